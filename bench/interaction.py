"""One control changed until every chart of the page is painted anew, against a static page's own repaint.

The static page holds the very figures the product draws at that moment, in boxes of the same size, and
repaints all of them with Plotly.react from objects it already has. Both stop at the last plotly_afterplot
with the wanted traces; the product also waits for the new headline. Changes and repaints take turns.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench import servers, static_page
from bench.browser import FIGURES, settled, visit
from bench.first_page import OUTLINES, PROVINCES
from bench.report import Result, percentile, ratio

Json = dict[str, Any]
UPDATE = "/_dash-update-component"
CHANGES = 31
HEATS = 12  # posts a body, so that both workers have the answer


@dataclass(frozen=True)
class Case:
    """A page, the control that is changed, the most its repaint may cost in static repaints, and how many changes."""

    name: str
    path: str
    control: str
    budget: float
    changes: int = CHANGES


@dataclass(frozen=True)
class Step:
    """One state of the case: the value chosen, what is said and drawn then, and the body that asked for it."""

    value: str
    headline: str
    plots: list[Json]
    body: bytes

    @property
    def signs(self) -> dict[str, str]:
        return {plot["id"]: plot["sign"] for plot in self.plots}


def results(browser: Browser, var: Path, port: int, folder: Path, cases: Sequence[Case]) -> Iterator[Result]:
    """Both numbers of every case: states nobody asked for before, and states in the cache."""
    for case in cases:
        with servers.app(var, port) as app:
            start, steps = walked(browser, app, case)
        every = {plot["id"]: plot for step in reversed(steps) for plot in step.plots}
        static_page.write(folder, "repaint", list((every | {plot["id"]: plot for plot in start}).values()))
        with servers.app(var, port) as app, servers.static_pages(folder, port + 1) as static:
            yield judged(f"{case.name}, new states", case, *timed(browser, app, static, case, steps))
            heat(browser, app, steps)
            yield judged(f"{case.name}, cached states", case, *timed(browser, app, static, case, steps))


def walked(browser: Browser, app: str, case: Case) -> tuple[list[Json], list[Step]]:
    """Go through the states once, untimed: what is drawn in each."""
    steps: list[Step] = []
    with visit(browser) as (_, page):
        page.goto(app + case.path)
        settled(page)
        start = page.evaluate(FIGURES)
        static_page.put(servers.WORK / "static", Path(page.evaluate(OUTLINES)).name, PROVINCES.read_bytes())
        for value in values(page, case):
            with page.expect_response(lambda response: UPDATE in response.url) as answer:
                page.evaluate("([id, value]) => bench.choose(id, value)", [case.control, value])
            answer.value.finished()
            page.evaluate("() => bench.quiet()")
            body = answer.value.request.post_data_buffer or b""
            steps.append(Step(value, page.evaluate("() => bench.headline()"), page.evaluate(FIGURES), body))
    return start, steps


def values(page: Page, case: Case) -> list[str]:
    """As many choices of the control other than the one it has as the case asks for, spread over all of them."""
    every = page.evaluate("id => bench.choices(id)", case.control)
    step = max(1, len(every) // case.changes)
    chosen = every[::step][: case.changes]
    if len(chosen) < case.changes:
        raise SystemExit(f"{case.control} has {len(chosen)} other choices, {case.changes} are needed")
    return list(chosen)


def timed(
    browser: Browser, app: str, static: str, case: Case, steps: Sequence[Step]
) -> tuple[list[float], list[float]]:
    """(milliseconds a change, milliseconds a static repaint) over the same states in turns."""
    own: list[float] = []
    reference: list[float] = []
    with visit(browser) as (_, page), visit(browser) as (_, plain):
        page.goto(app + case.path)
        settled(page)
        plain.goto(f"{static}/repaint.html")
        plain.wait_for_load_state("networkidle")
        for step in steps:
            page.bring_to_front()
            own.append(
                page.evaluate(
                    "given => bench.change(given)", [case.control, step.value, step.signs, step.headline]
                )
            )
            page.wait_for_timeout(100)
            plain.bring_to_front()
            reference.append(plain.evaluate("given => bench.repaint(given)", [step.plots]))
            plain.wait_for_timeout(100)
    return own, reference


def heat(browser: Browser, app: str, steps: Sequence[Step]) -> None:
    """Ask for every state until it is in the cache of every worker."""
    with visit(browser) as (context, _):
        for step in steps:
            for _ in range(HEATS):
                context.request.post(
                    app + UPDATE,
                    data=step.body,
                    headers={"Content-Type": "application/json", "Connection": "close"},
                )


def judged(name: str, case: Case, own: Sequence[float], reference: Sequence[float]) -> Result:
    """p50 over p50; the p95 of the change in the note."""
    result = ratio(
        f"{name}: change / static repaint", statistics.median(own), statistics.median(reference), case.budget
    )
    return Result(
        result.measure,
        result.measured,
        result.budget,
        result.unit,
        f"{result.note}, p95 {percentile(own, 0.95):.0f} ms",
    )
