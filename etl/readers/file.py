"""Opens any received file by what it holds: a workbook by its first bytes, everything else as text."""

from __future__ import annotations

from dataclasses import replace
from itertools import dropwhile
from pathlib import Path

from etl.errors import UnreadableFile, Where
from etl.readers.csv_table import open_csv
from etl.readers.table import Table, is_title
from etl.readers.workbook import open_workbook, workbook_format


def open_table(
    path: Path,
    *,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_rows: int = 1,
    has_titles: bool = False,
) -> Table:
    """The table in the file at ``path``; raises UnreadableFile or FaultyInput with a sentence.

    ``has_titles``: rows of one cell above the header are no part of the table.
    """
    if not path.is_file():
        raise UnreadableFile(Where(path.name), "file_missing", value=str(path))
    if path.stat().st_size == 0:
        raise UnreadableFile(Where(path.name), "empty_file")
    is_workbook = workbook_format(path) is not None
    table = open_workbook(path, sheet, header_rows, has_titles) if is_workbook else open_csv(path, delimiter)
    return replace(table, rows=dropwhile(is_title, table.rows)) if has_titles else table
