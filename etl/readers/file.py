"""Opens any received file by what it holds: a workbook by its first bytes, everything else as text."""

from __future__ import annotations

from pathlib import Path

from etl.errors import UnreadableFile, Where
from etl.readers.csv_table import open_csv
from etl.readers.table import Table
from etl.readers.workbook import open_workbook, workbook_format


def open_table(
    path: Path, *, delimiter: str | None = None, sheet: str | None = None, header_rows: int = 1
) -> Table:
    """The table in the file at ``path``; raises UnreadableFile or FaultyInput with a sentence."""
    if not path.is_file():
        raise UnreadableFile(Where(path.name), "file_missing", value=str(path))
    if path.stat().st_size == 0:
        raise UnreadableFile(Where(path.name), "empty_file")
    if workbook_format(path) is None:
        return open_csv(path, delimiter)
    return open_workbook(path, sheet, header_rows)
