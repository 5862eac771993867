"""What every reader gives: rows of cells, lazily; a cell is text, or a number a workbook stores as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

Cell = str | float


class Row(NamedTuple):
    """One row of a file; ``number`` is 1-based as a spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


def is_title(row: Row) -> bool:
    """Whether the row holds one cell only, as a title above a table does."""
    return sum(bool(str(cell).strip()) for cell in row.cells) < 2


@dataclass(frozen=True)
class Table:
    """A file opened for reading: ``rows`` can be walked once.

    ``encoding`` and ``delimiter`` are what was found (None for a workbook); ``format`` is the
    content found by its first bytes (csv, xlsx, xls), whatever the name says.
    """

    file: str
    format: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    rows: Iterator[Row]
