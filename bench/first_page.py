"""How soon, and after how many bytes, the first page reads and shows its chart; against a static page."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from bench import static_page
from bench.browser import FIGURES, Load, cold_load, settled, visit
from bench.report import Result, ratio
from bench.servers import ROOT

PAGES = ("/", "/karsilastir", "/harita")
PROVINCES = ROOT / "assets" / "geo" / "tr-provinces.geojson"
OUTLINES = "() => document.documentElement.dataset.provinces"
READABLE_SHARE, READABLE_KB, WHOLE_KB, CHART_TIMES = 0.3, 60, 800, 1.2


def first_figure_page(browser: Browser, app: str, path: str, folder: Path) -> str:
    """Write the static page that holds the first figure of `path`; gives its name."""
    name = path.strip("/").replace("/", "-") or "overview"
    with visit(browser) as (_, page):
        page.goto(app + path)
        settled(page)
        static_page.put(folder, Path(page.evaluate(OUTLINES)).name, PROVINCES.read_bytes())
        static_page.write(folder, name, page.evaluate(FIGURES)[:1])
    return name


def results(browser: Browser, app: str, static: str, folder: Path, times: int) -> Iterator[Result]:
    """Every promise about a cold load, over `times` loads a page, the static page in turns with ours."""
    for path in PAGES:
        name = first_figure_page(browser, app, path, folder)
        reference: list[Load] = []
        own: list[Load] = []
        for _ in range(times):
            reference.append(cold_load(browser, f"{static}/{name}.html"))
            own.append(cold_load(browser, app + path))
        yield from judged(path, own, reference)
        yield slow_chart(browser, app + path, f"{static}/{name}.html", path, max(3, times // 2))


def judged(path: str, own: list[Load], reference: list[Load]) -> Iterator[Result]:
    """The promises about one page."""
    chart = statistics.median(load.chart for load in reference)
    readable = statistics.median(load.table or load.chart for load in own)
    yield ratio(f"{path} figures readable / static chart", readable, chart, READABLE_SHARE)
    yield Result(f"{path} bytes the first paint waits for", own[0].before_paint / 1024, READABLE_KB, "KB")
    yield Result(
        f"{path} cold, all bytes",
        own[0].wire.total / 1024,
        WHOLE_KB,
        "KB",
        f"{len(own[0].wire.sizes)} requests",
    )
    yield ratio(
        f"{path} first chart / static chart",
        statistics.median(load.chart for load in own),
        chart,
        CHART_TIMES,
    )


def slow_chart(browser: Browser, own: str, reference: str, path: str, times: int) -> Result:
    """The first chart on a line of 10 Mbit/s and 40 ms, for information."""
    pairs = [
        (cold_load(browser, own, slow=True), cold_load(browser, reference, slow=True)) for _ in range(times)
    ]
    mine, static = (statistics.median(pair[i].chart for pair in pairs) for i in (0, 1))
    result = ratio(f"{path} first chart / static chart, 10 Mbit/s", mine, static, CHART_TIMES)
    return Result(result.measure, result.measured, None, result.unit, result.note)
