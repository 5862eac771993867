"""Frame -> the one Table every file format writes: plain cells under unique headings.

Numbers keep their full precision and stay numbers; text that a spreadsheet would run as a formula is
neutralised here, once, for all formats. A missing value is None beside the word for its state.
"""

import datetime as dt
import math
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from dashboard.frame import Column, Frame, Row
from dashboard.text import Words, keys

Cell = str | int | float | dt.date | None
Datatype = Literal["string", "integer", "number", "boolean", "date"]
FORMULA_STARTS = frozenset("=+-@")
# A column that any page may have is called the same in every file, whatever its page calls it on screen.
STANDARD = {"name": "place", "type": "legal_type", "status_word": "status"}


@dataclass(frozen=True)
class Field:
    """One column of a file: its machine name, its heading and what its cells are."""

    name: str
    title: str
    datatype: Datatype


@dataclass(frozen=True)
class Table:
    """Fields and rows of equal width."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class _Source:
    """Where the cells of one field come from."""

    name: str
    title: str
    read: Callable[[Row], Any]


def table(frame: Frame, words: Words) -> Table:
    """The frame's file columns and all of its rows."""
    sources = [source for column in frame.file_columns() for source in _sources(column, frame, words)]
    raw = [[plain(source.read(row)) for row in frame.rows] for source in sources]
    fields = tuple(
        Field(source.name, neutral(source.title), _datatype(cells))
        for source, cells in zip(sources, raw, strict=True)
    )
    written = [[_cell(cell, words) for cell in cells] for cells in raw]
    return Table(fields, tuple(zip(*written, strict=True)) if written else ())


def neutral(text: str) -> str:
    """`text`, behind an apostrophe when its first visible character would start a formula.

    Full-width signs count (NFKC folds them), and so does what hides behind spaces or control characters.
    """
    first = next((letter for letter in text if unicodedata.category(letter)[0] not in "CZ"), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first)[:1] in FORMULA_STARTS and first else text


def plain(value: Any) -> bool | Cell:
    """A cell as Python's own type: arrays' scalars unwrapped, not-a-number missing, lists joined."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if value is None or isinstance(value, (str, int, dt.date)):
        return value
    if isinstance(value, (list, tuple)):
        return "; ".join(str(item) for item in value)
    return str(value)


def _cell(value: bool | Cell, words: Words) -> Cell:
    if isinstance(value, bool):
        return words("export.yes") if value else words("export.no")
    return neutral(value) if isinstance(value, str) else value


def _datatype(cells: list[bool | Cell]) -> Datatype:
    kinds = {type(cell) for cell in cells if cell is not None}
    known: dict[frozenset[type], Datatype] = {
        frozenset({bool}): "boolean",
        frozenset({int}): "integer",
        frozenset({float}): "number",
        frozenset({int, float}): "number",
        frozenset({dt.date}): "date",
    }
    return known.get(frozenset(kinds), "string")


def _sources(column: Column, frame: Frame, words: Words) -> Iterator[_Source]:
    """The fields of one column; those that read neighbours on screen write them out."""
    key, heading = column.key, _heading(column, frame, words)
    if column.kind == "spark":
        return
    if column.kind == "status":
        yield _Source(key, heading, lambda row: words(f"status.{row.get(key) or 'measured'}"))
        return
    if column.kind != "interval":
        yield _Source(key, heading, lambda row: row.get(key))
    if column.kind == "heat":
        status = f"{key}_status"
        title = words("export.status_of", label=heading)
        yield _Source(status, title, lambda row: words(f"status.{row.get(status) or 'measured'}"))
    if column.kind in ("interval", "rank"):
        for end in ("low", "high"):
            name = f"{key}_{end}"
            if any(row.get(name) is not None for row in frame.rows):
                title = words(f"export.{end}_of", label=heading)
                yield _Source(name, title, _reader(name))


def _heading(column: Column, frame: Frame, words: Words) -> str:
    """The standard name of what a column holds; `name` is a place only where rows are places."""
    standard = f"columns.{STANDARD.get(column.key, column.key)}"
    is_place = column.key != "name" or any("city_id" in row for row in frame.rows)
    return words(standard) if is_place and standard in keys(words.lang) else column.label


def _reader(name: str) -> Callable[[Row], Any]:
    return lambda row: row.get(name)
