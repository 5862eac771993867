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
    """The only delimiter that splits the first rows into equally many cells, two or more.

    Where none does (a row is too long), the only one that splits every row at all.
    """
    widths = {delimiter: row_widths(path, encoding, delimiter) for delimiter in DELIMITERS}
    splitting = [delimiter for delimiter in DELIMITERS if min(widths[delimiter], default=0) > 1]
    even = [delimiter for delimiter in splitting if len(set(widths[delimiter])) == 1]
    fitting = even or splitting
    if len(fitting) == 1:
        return fitting[0]
    seen = " ".join("⇥" if delimiter == "\t" else delimiter for delimiter in fitting)
    raise UnreadableFile(where, "delimiter_ambiguous" if fitting else "delimiter_unknown", value=seen or None)


def row_widths(path: Path, encoding: str, delimiter: str) -> list[int]:
    """How many cells each of the first rows has under ``delimiter``; none where they are not CSV under it."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            rows = islice(csv.reader(stream, delimiter=delimiter, strict=True), SAMPLE_ROWS)
            return [len(cells) for cells in rows if cells]
    except csv.Error:
        return []


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
