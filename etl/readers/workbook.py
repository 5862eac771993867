"""Reads one sheet of a workbook, told by its first bytes and not by its name; an error cell is never empty."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from etl.errors import Fault, FaultyInput, UnreadableFile, Where
from etl.readers.table import Cell, Row, Table

ZIP_MARK = b"PK\x03\x04"
OLE2_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How Office names the stream that holds an encrypted workbook, in the UTF-16 of an OLE2 directory.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
LARGEST_UNPACKED = 512 << 20
ERROR_CELL = b't="e"'


def workbook_format(path: Path) -> str | None:
    """``xlsx``, ``xls`` or ``encrypted`` by the first bytes of ``path``; None where it is no workbook."""
    with path.open("rb") as stream:
        start = stream.read(8)
        if start.startswith(ZIP_MARK):
            return "xlsx"
        if start != OLE2_MARK:
            return None
        return "encrypted" if ENCRYPTED_STREAM in stream.read(1 << 20) else "xls"


def open_workbook(path: Path, sheet: str | None) -> Table:
    """The ``sheet`` of the workbook at ``path``; without a name the only sheet that holds anything.

    Raises UnreadableFile for a password, a damaged or oversized file and a missing sheet, and FaultyInput
    with every merged and every error cell.
    """
    where = Where(path.name)
    found = workbook_format(path)
    if found == "encrypted":
        raise UnreadableFile(where, "workbook_password")
    if found == "xlsx":
        refuse_oversized(path, where)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        page = pick_sheet(book, sheet, where)
        cells = page.to_python(skip_empty_area=False)
    except python_calamine.PasswordError as error:
        raise UnreadableFile(where, "workbook_password") from error
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError) as error:
        raise UnreadableFile(where, "workbook_damaged") from error
    faults = merged_cells(page, where) + (error_cells(path, page.name, where) if found == "xlsx" else [])
    if faults:
        raise FaultyInput(faults)
    return Table(path.name, str(found), page.name, None, None, walk(cells))


def pick_sheet(book: python_calamine.CalamineWorkbook, name: str | None, where: Where) -> Any:
    """The sheet called ``name``, or the only one that is not empty."""
    if name is not None:
        if name not in book.sheet_names:
            raise UnreadableFile(where, "sheet_missing", value=name, found=", ".join(book.sheet_names))
        return book.get_sheet_by_name(name)
    filled = [page for page in map(book.get_sheet_by_name, book.sheet_names) if page.total_height]
    if not filled:
        raise UnreadableFile(where, "empty_file")
    if len(filled) > 1:
        raise UnreadableFile(where, "sheet_ambiguous", found=", ".join(page.name for page in filled))
    return filled[0]


def refuse_oversized(path: Path, where: Where) -> None:
    """Raise for a damaged archive, and for one that would unpack to more than memory should hold."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFile(where, "workbook_damaged") from error
    if unpacked > LARGEST_UNPACKED:
        raise UnreadableFile(where, "workbook_too_large", value=f"{unpacked >> 20} MB")


def merged_cells(page: Any, where: Where) -> list[Fault]:
    """One fault for each merged range: what a merged cell says about its neighbours is a guess."""
    ranges = page.merged_cell_ranges or []
    return [
        Fault.at(Where(where.file, page.name, top + 1, column_letter(left)), "merged_cells",
                 value=f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}")
        for (top, left), (bottom, right) in ranges
    ]


def error_cells(path: Path, sheet: str, where: Where) -> list[Fault]:
    """One fault for each cell whose formula failed (#REF!, #DIV/0! …); calamine would give them as empty."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(ERROR_CELL in archive.read(name) for name in names):
            return []
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [
            Fault.at(Where(where.file, sheet, cell.row, column_letter(cell.column - 1)), "formula_error",
                     value=str(cell.value))
            for cells in book[sheet].iter_rows() for cell in cells if cell.data_type == "e"
        ]
    finally:
        book.close()


def column_letter(index: int) -> str:
    """The spreadsheet letter of the 0-based column ``index``: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def walk(cells: list[list[Any]]) -> Iterator[Row]:
    """The rows that hold anything; empty columns on the right are cut."""
    for number, values in enumerate(cells, start=1):
        row = [as_cell(value) for value in values]
        while row and row[-1] == "":
            row.pop()
        if row:
            yield Row(number, tuple(row))


def as_cell(value: object) -> Cell:
    """A workbook's number as a number, everything else as text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime.date):  # a datetime is a date too
        return value.isoformat()
    return str(value)
