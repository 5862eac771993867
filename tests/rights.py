"""What the tests of Haklar share: a view of the page, its blocks, and the release asked without the dashboard."""

import duckdb

from dashboard.data import Data
from dashboard.frame import Frame, Row
from dashboard.page import Block, View
from dashboard.pages.rights import PAGE

BEHIND, SMALL, OPEN_LINK, OTHER_SCALE, UNASKED = (
    "aydin",
    "bartin",
    "izmir-bornova",
    "siirt",
    "istanbul-atasehir",
)
CITIES = (BEHIND, SMALL, OPEN_LINK, OTHER_SCALE, UNASKED)


def shown(data: Data, **query: str) -> View:
    return PAGE.view(data, PAGE.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def frame(found: View, name: str) -> Frame:
    made = block(found, name).frame
    assert made is not None
    return made


def asked(mart: duckdb.DuckDBPyConnection, text: str, **values: object) -> list[Row]:
    found = mart.execute(text, values)
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def questions(data: Data, year: int = 2026) -> list[str]:
    return list(data.catalog.surveys.asked(year))
