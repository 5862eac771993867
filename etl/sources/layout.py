"""The declared shapes of received files, from layouts/*.yml; a shape is data, never a branch in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from etl.errors import KarneError
from etl.turkish import lookup_key

FOLDER = Path(__file__).with_name("layouts")


@dataclass(frozen=True)
class Column:
    """A column: what it is called here, the headers it may carry in a file, and what its cells hold.

    ``holds`` is ``text``, ``number`` or ``figure`` (a number, or a yes or no in words); a column that is not
    ``required`` may be absent from the file, one that ``may_be_empty`` must stand there but may have empty
    cells. A text with ``words`` holds one of these words only, and is read as what it stands for. Where a form
    is written from a layout, of headers and words the first is Turkish and the second English.
    An indicator on a column of a wide table says which indicator its cells are values of.
    """

    name: str
    headers: tuple[str, ...] = ()
    holds: str = "text"
    required: bool = True
    indicator: str | None = None
    may_be_empty: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """A shape of file: the ``kind`` of submission it is, its sheet, header and number format.

    A header of two rows is read as one: the group named in the upper row and the numeral under it. Where the shape
    ``has_titles``, rows of one cell above the header are skipped.
    ``wide`` is a pattern that headers of further number columns match (years across the sheet);
    ``across`` are columns that stand once a period, their header followed by it: Hedef 2024, Hedef 2025.
    ``low`` and ``high`` bound every number of the table where the table has one unit.
    ``whole``: any fault refuses the file, because a budget or a plan less a row is another budget or plan.

    Of a budget: the ``side`` it is of where no column says so; what its printed ``totals`` are called; whether it
    has ``subtotals``, rows with fewer codes that sum up others; whether its codes are the official classification
    (``is_classified``); and what its ``lines`` are, a pattern of names for each side, where all others only sum up.
    """

    layout: str
    kind: str
    title_tr: str
    title_en: str
    columns: tuple[Column, ...]
    header_rows: int = 1
    has_titles: bool = False
    delimiter: str | None = None
    trailing_delimiter: bool = False
    sheet: str | None = None
    number_format: str | None = None
    wide: str | None = None
    across: tuple[Column, ...] = ()
    period: str | None = None
    low: float | None = None
    high: float | None = None
    whole: bool = False
    side: str | None = None
    totals: tuple[str, ...] = ()
    subtotals: bool = False
    is_classified: bool = True
    lines: dict[str, str] | None = None


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
    if "like" in declared:
        declared = columns_of(declared.pop("like")) | declared
    title = declared.pop("title")
    columns, across = (
        tuple(read_column(column) for column in declared.pop(key, ())) for key in ("columns", "across")
    )
    told = {"title_tr": title["tr"], "title_en": title["en"], "columns": columns, "across": across}
    told["totals"] = tuple(declared.pop("totals", ()))
    return Layout(layout=path.stem, **told, **declared)


def columns_of(name: str) -> dict[str, Any]:
    """The columns and totals of another layout, each column under its own name as well."""
    declared = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    columns = [{**one, "headers": [*one["headers"], *_as_header(one)]} for one in declared["columns"]]
    return {"columns": columns, "totals": declared["totals"]}


def read_column(declared: dict[str, Any]) -> Column:
    """One column as its layout declares it."""
    words = {meant: tuple(spelled) for meant, spelled in declared.get("words", {}).items()}
    return Column(**{**declared, "headers": tuple(declared.get("headers", ())), "words": words})


def _as_header(column: dict[str, Any]) -> list[str]:
    """The column's name, unless one of its headers already folds to it."""
    folded = {lookup_key(header) for header in column["headers"]}
    return [] if lookup_key(column["name"]) in folded else [column["name"]]
