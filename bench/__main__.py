"""`python -m bench [SECTION …]`: measure, print one table, end with 1 where a budget is missed."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import building, first_page, hygiene, interaction, load, servers, spending, static_page, survey
from bench.browser import chromium
from bench.report import Result, table
from bench.servers import ROOT, WORK
from dashboard.pages import PAGES
from tests.addresses import paths
from tests.roster import SURVEYED

SMALL = (
    interaction.Case("/karsilastir, 26 places", "/karsilastir?grup=pilots", "compare-gosterge", 1.5),
    interaction.Case("/harita, 26 places", "/harita", "map-boyut", 1.5),
    interaction.Case("/memnuniyet", "/memnuniyet", "satisfaction-kent", 1.5, changes=18),
    interaction.Case("/haklar", "/haklar", "rights-kent", 1.5, changes=18),
    interaction.Case("/harcama", "/harcama", "spending-kent", 1.5, changes=18),
    interaction.Case("/plan", "/plan", "plan-kent", 1.5, changes=18),
    interaction.Case("/hizmet/cleaning", "/hizmet/cleaning", "mirror_service-kent", 1.5, changes=18),
)
LARGE = (
    interaction.Case(
        "/karsilastir, 1,400 places", f"/karsilastir?gosterge={SURVEYED[0]}", "compare-kent", 2.0
    ),
)


@dataclass(frozen=True)
class Setting:
    """Where things are for one run; `var` is the shipped data, `many` the large roster."""

    var: Path
    many: Callable[[], Path]
    port: int
    times: int
    rows: int
    folder: Path = WORK / "static"


def main(argv: list[str]) -> int:
    """Run the sections asked for (all by default)."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {' '.join(SECTIONS)}")
    parser.add_argument("--port", type=int, default=8070, help="first of two ports in a row (8070)")
    parser.add_argument("--times", type=int, default=9, help="cold loads a page (9)")
    parser.add_argument("--rows", type=int, default=100_000_000, help="spending rows in bulk (100,000,000)")
    given = parser.parse_args(argv)
    unknown = set(given.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    var, built = building.cold_build()
    setting = Setting(var, building.large, given.port, given.times, given.rows)
    plotly = next((ROOT / "build" / "front").glob("plotly-*.js"))
    static_page.equip(setting.folder, {"plotly.js": plotly})
    results = [built]
    for name, measured in SECTIONS.items():
        if not given.sections or name in given.sections:
            for result in measured(setting):
                print(
                    f"{result.measure}: {result.measured:.2f} {result.unit} {result.verdict}", file=sys.stderr
                )
                results.append(result)
    print(table(results))
    return int(any(one.verdict == "NOT ok" for one in results))


def first(setting: Setting) -> Iterator[Result]:
    """Cold loads against a static page."""
    with (
        servers.app(setting.var, setting.port) as app,
        servers.static_pages(setting.folder, setting.port + 1) as static,
        chromium() as browser,
    ):
        yield from first_page.results(browser, app, static, setting.folder, setting.times)


def interactions(setting: Setting) -> Iterator[Result]:
    """Changes of a control against repaints of a static page."""
    with chromium() as browser:
        yield from interaction.results(browser, setting.var, setting.port, setting.folder, SMALL)
        yield from interaction.results(browser, setting.many(), setting.port, setting.folder, LARGE)


def server(setting: Setting) -> Iterator[Result]:
    """Fifty clients at once."""
    yield from load.results(setting.var, setting.port, "26 places")
    yield from load.results(setting.many(), setting.port, "1,400 places")


def clean(setting: Setting) -> Iterator[Result]:
    """Faults on any page."""
    with servers.app(setting.var, setting.port) as app, chromium() as browser:
        yield from hygiene.results(browser, app, [path for page in PAGES for path in paths(page)])


def surveyed(_: Setting) -> Iterator[Result]:
    """Estimates of surveys of three sizes."""
    yield from survey.results()


def spent(setting: Setting) -> Iterator[Result]:
    """Budgets in bulk, by default a hundred million lines."""
    yield from spending.results(setting.rows)


SECTIONS: dict[str, Callable[[Setting], Iterator[Result]]] = {
    "first": first, "interaction": interactions, "server": server, "hygiene": clean, "survey": surveyed,
    "spending": spent,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
