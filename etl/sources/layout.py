"""The declared shapes of received files, from layouts/*.yml; a shape is data, never a branch in code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.errors import KarneError

FOLDER = Path(__file__).with_name("layouts")


@dataclass(frozen=True)
class Column:
    """A column: what it is called here, the headers it may carry in a file, and what its cells hold.

    ``holds`` is ``text``, ``number`` or ``figure`` (a number, or a yes or no in words); a column that is not
    ``required`` may be absent from the file.
    An indicator on a column of a wide table says which indicator its cells are values of.
    """

    name: str
    headers: tuple[str, ...] = ()
    holds: str = "text"
    required: bool = True
    indicator: str | None = None


@dataclass(frozen=True)
class Layout:
    """A shape of file: the ``kind`` of submission it is, its sheet, header and number format.

    ``wide`` is a pattern that headers of further number columns match (years across the sheet);
    ``low`` and ``high`` bound every number of the table where the table has one unit.
    ``whole``: any fault refuses the file, because a budget or a plan less a row is another budget or plan.
    """

    layout: str
    kind: str
    title_tr: str
    title_en: str
    columns: tuple[Column, ...]
    header_rows: int = 1
    delimiter: str | None = None
    trailing_delimiter: bool = False
    sheet: str | None = None
    number_format: str | None = None
    wide: str | None = None
    period: str | None = None
    low: float | None = None
    high: float | None = None
    whole: bool = False


@cache
def layouts() -> dict[str, Layout]:
    """Every declared layout by its id (the stem of its file)."""
    return {path.stem: read_layout(path) for path in sorted(FOLDER.glob("*.yml"))}


def layout_of(name: str) -> Layout:
    """The layout called ``name``; KarneError names the known ones."""
    if name not in layouts():
        raise KarneError("unknown_layout", value=name, known=", ".join(layouts()))
    return layouts()[name]


def read_layout(path: Path) -> Layout:
    """The layout one file declares; an unknown key is a TypeError that names it."""
    declared: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    title = declared.pop("title")
    columns = tuple(
        Column(**{**column, "headers": tuple(column.get("headers", ()))})
        for column in declared.pop("columns")
    )
    return Layout(layout=path.stem, title_tr=title["tr"], title_en=title["en"], columns=columns, **declared)
