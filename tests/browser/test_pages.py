"""Every page in a real browser: nothing leaves the machine, nothing fails, nothing overflows, all can use it."""

from pathlib import Path

import pytest

from dashboard.pages import PAGES
from tests.addresses import paths
from tests.browser.conftest import Visit

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => {
  if (!one.hadRecentInput) { window.shifted += one.value; }
})).observe({type: 'layout-shift', buffered: true});
"""
CASES = [
    (path, width, lang, dark)
    for page in PAGES
    for path in paths(page)[:2]
    for width, lang, dark in ((1440, "tr", False), (360, "tr", True), (1440, "en", True), (360, "en", False))
]


@pytest.mark.parametrize(("path", "width", "lang", "dark"), CASES)
def test_a_page_is_whole(visit: Visit, path: str, width: int, lang: str, dark: bool) -> None:
    visitor = visit(width, dark=dark)
    visitor.page.add_init_script(SHIFTS)
    page = visitor.open(path if lang == "tr" else f"{path}?lang=en")
    assert visitor.suffered == []
    assert visitor.look("document.documentElement.lang") == lang
    assert page.title().endswith("Kent Karnesi")
    assert page.locator("h1").count() == 1
    assert page.locator("h1").is_visible()
    assert visitor.look("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    # What was there before Dash took over stands where it stood.
    assert visitor.look("window.shifted") < 0.1
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in grave] == []
    assert visitor.suffered == []


@pytest.mark.parametrize("path", sorted({path for path, *_ in CASES}))
def test_charts_are_drawn_with_marks_in_them(visit: Visit, path: str) -> None:
    visitor = visit()
    visitor.open(path)
    empty = """[...document.querySelectorAll('.plot:not([hidden])')].filter(plot =>
        !plot.querySelector('.points path, .point path, .choroplethlayer path, .scatterlayer path, .js-line, .trace')
    ).map(plot => plot.dataset.block)"""
    assert visitor.look(empty) == []
    assert visitor.look("document.querySelectorAll('#first').length") == 0


def test_an_unknown_path_reads_and_leads_on(visit: Visit) -> None:
    visitor = visit()
    response = visitor.page.goto(f"{visitor.base}/yok")
    assert response
    assert response.status == 404
    visitor.page.get_by_role("link", name="Genel bakış").last.click()
    visitor.live()
    assert visitor.page.url == f"{visitor.base}/"
    assert [one for one in visitor.suffered if "404" not in one] == []
