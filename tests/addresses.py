"""Addresses to visit on every page there is: the plain ones, and one for each choice of a control."""

import re
from collections.abc import Iterator, Mapping

from dashboard.catalog import Catalog
from dashboard.page import Page
from dashboard.rendering import path_of
from dashboard.state import address

# Higher is better, lower is better, neither, one with parts, one of the country alone.
INDICATORS = ("satisfaction_cleaning", "unemployment_rate", "population", "life_index", "cpi")
# With one function of its own, with several that utilities have, with one it shares.
SERVICES = ("cleaning", "water_sewerage", "public_transport")
VARIABLES = {"indicator_id": INDICATORS, "service_id": SERVICES}


def variables(page: Page) -> list[dict[str, str]]:
    """Path variables to fill the page's path with; one empty dict for a path without any."""
    names = re.findall(r"<(\w+)>", page.path)
    if not names:
        return [{}]
    assert len(names) == 1, "more than one path variable: say here how they go together"
    return [{names[0]: value} for value in VARIABLES[names[0]]]


def paths(page: Page) -> list[str]:
    """Addresses of the page in its default state."""
    return [path_of(page, given) for given in variables(page)]


def choices(page: Page, catalog: Catalog, given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Queries that change one control each, every option once."""
    for control in page.controls(catalog, page.parse(dict(given), catalog)):
        for option in control.options:
            if option.value and not option.disabled:
                yield {control.name: option.value}


def addresses(page: Page, catalog: Catalog) -> Iterator[str]:
    """Every address of the page that differs from its default state in one choice, and the default."""
    for given in variables(page):
        yield path_of(page, given)
        for query in choices(page, catalog, given):
            yield address(path_of(page, given), query)
