"""What a visitor must never meet: serious accessibility faults, requests to other hosts, console errors.

Every page there is, in both languages and both themes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from bench.browser import settled, visit
from bench.report import Result
from bench.servers import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FIND = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(v => v.impact === 'serious' || v.impact === 'critical')
  .flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target.join(' ')))"""
KINDS = {"axe": "axe serious + critical", "external": "requests to other hosts", "console": "console errors"}


def results(browser: Browser, app: str, paths: Sequence[str]) -> Iterator[Result]:
    """One count a kind of fault, over all visits; the first three in the note."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for theme in ("light", "dark"):
        for lang in ("tr", "en"):
            for path in paths:
                address = path if lang == "tr" else f"{path}?lang=en"
                for kind, faults in faults_of(browser, app, address, theme).items():
                    found[kind] += [f"{address} ({theme}): {fault}" for fault in faults]
    for kind, name in KINDS.items():
        often = Counter(found[kind])
        yield Result(name, len(found[kind]), 0, "", "; ".join(list(often)[:3]) or f"{4 * len(paths)} visits")


def faults_of(browser: Browser, app: str, address: str, theme: str) -> dict[str, list[str]]:
    """The faults of one visit by kind."""
    asked: list[str] = []
    said: list[ConsoleMessage] = []
    thrown: list[Error] = []
    with visit(browser, color_scheme=theme) as (_, page):
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda one: said.append(one))  # noqa: PLW0108  (it marks its handlers, which builtins forbid)
        page.on("pageerror", lambda error: thrown.append(error))  # noqa: PLW0108
        page.goto(app + address)
        settled(page)
        axe = _axe(page)
    host = urlsplit(app).netloc
    errors = [one.text[:200] for one in said if one.type == "error"]
    return {
        "axe": axe,
        "external": [url for url in asked if _outside(url, host)],
        "console": [*errors, *(str(one)[:200] for one in thrown)],
    }


def _outside(url: str, host: str) -> bool:
    return url.startswith(("http:", "https:", "ws:", "wss:")) and urlsplit(url).netloc != host


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(FIND)
    return found
