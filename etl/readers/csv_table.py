"""Reads a delimited text file row by row in bounded memory; its delimiter is declared, or told for sure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from etl.errors import UnreadableFile, Where
from etl.readers.encoding import detect_encoding
from etl.readers.table import Row, Table

DELIMITERS = (",", ";", "|", "\t")
SAMPLE_ROWS = 50


def open_csv(path: Path, delimiter: str | None = None) -> Table:
    """The delimited text file at ``path``; without a ``delimiter`` the one that alone fits.

    Raises UnreadableFile at once for an encoding or delimiter that cannot be told, and while rows are
    walked for a row that is not CSV (an open quotation mark, for instance).
    """
    where = Where(path.name)
    encoding = detect_encoding(path, where)
    found = delimiter or sniff_delimiter(path, encoding, where)
    return Table(path.name, "csv", None, encoding, found, walk(path, encoding, found, where))


def sniff_delimiter(path: Path, encoding: str, where: Where) -> str:
    """The only delimiter under which the first rows all have the same number (two or more) of cells."""
    fitting = [d for d in DELIMITERS if cells_a_row(path, encoding, d) > 1]
    if len(fitting) == 1:
        return fitting[0]
    seen = " ".join("⇥" if d == "\t" else d for d in fitting)
    raise UnreadableFile(where, "delimiter_ambiguous" if fitting else "delimiter_unknown", value=seen or None)


def cells_a_row(path: Path, encoding: str, delimiter: str) -> int:
    """How many cells each of the first rows has under ``delimiter``; 0 where they differ or are not CSV."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            rows = islice(csv.reader(stream, delimiter=delimiter, strict=True), SAMPLE_ROWS)
            widths = {len(cells) for cells in rows if cells}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0


def walk(path: Path, encoding: str, delimiter: str, where: Where) -> Iterator[Row]:
    """The rows that hold anything, numbered as a spreadsheet would."""
    number = 0
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                if any(cell.strip() for cell in cells):
                    yield Row(number, tuple(cells))
        except csv.Error as error:
            raise UnreadableFile(where._replace(row=number + 1), "csv_broken", value=str(error)) from error
