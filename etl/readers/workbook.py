"""Reads one sheet of a workbook, told by its first bytes, not its name; an error cell is never empty."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from etl.errors import Fault, FaultyInput, UnreadableFile, Where
from etl.readers import parse_workbook
from etl.readers.table import Cell, Row, Table
from etl.turkish import lookup_key

ZIP_MARK = b"PK\x03\x04"
OLE2_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How Office names the stream of an encrypted workbook, in the UTF-16 of the container's directory.
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
LARGEST = 512 << 20
LONGEST_PARSE = 120
# The parser lays a sheet out as a full grid: a stray cell in the last corner makes 17 thousand million.
MOST_CELLS = 20_000_000
CHUNK = 1 << 20
CELL_REFERENCE = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
ERROR_CELL = re.compile(rb'<c [^>]*?\bt="e"')
LONGEST_CELL_TAG = 200


def workbook_format(path: Path) -> str | None:
    """``xlsx`` or ``xls`` by the first bytes of ``path``; None where it is no workbook."""
    with path.open("rb") as stream:
        start = stream.read(len(OLE2_MARK))
    return "xlsx" if start.startswith(ZIP_MARK) else "xls" if start == OLE2_MARK else None


def open_workbook(path: Path, sheet: str | None, header_rows: int = 1, has_titles: bool = False) -> Table:
    """The ``sheet`` of the workbook at ``path``; without a name the only sheet that holds anything.

    Raises UnreadableFile for a password, a damaged or oversized file and a missing sheet, and FaultyInput
    with every merged and every error cell and every other sheet under the same header.
    """
    where, found = Where(path.name), workbook_format(path)
    if (size := path.stat().st_size) > LARGEST:
        raise UnreadableFile(where, "workbook_too_large", value=f"{size >> 20} MB")
    has_errors = found == "xlsx" and inspect(path, where)
    page = parse(path, sheet, header_rows, where)
    faults = twin_sheets(page, where) + merged_cells(page, header_rows, has_titles, where)
    faults += error_cells(path, page["sheet"], where) if has_errors else []
    if faults:
        raise FaultyInput(faults)
    return Table(path.name, str(found), page["sheet"], None, None, walk(page["rows"]))


def parse(path: Path, sheet: str | None, header_rows: int, where: Where) -> dict[str, Any]:
    """What parse_workbook.py, run as a process of its own, says of the sheet."""
    told = [str(path), str(header_rows), *([sheet] if sheet else [])]
    command = [sys.executable, parse_workbook.__file__, *told]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_PARSE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(where, "workbook_damaged") from error
    if done.returncode == parse_workbook.PASSWORD or (done.returncode and is_encrypted(path)):
        raise UnreadableFile(where, "workbook_password")
    if done.returncode != 0:
        raise UnreadableFile(where, "workbook_damaged")
    page: dict[str, Any] = json.loads(done.stdout)
    if page["sheet"] is not None:
        return page
    if sheet is not None:
        raise UnreadableFile(where, "sheet_missing", value=sheet, found=", ".join(page["sheets"]))
    if not page["filled"]:
        raise UnreadableFile(where, "empty_file")
    raise UnreadableFile(where, "sheet_ambiguous", found=", ".join(page["filled"]))


def is_encrypted(path: Path) -> bool:
    """Whether the container holds a workbook under a password."""
    content = path.read_bytes()
    return content.startswith(OLE2_MARK) and ENCRYPTED_STREAM in content


def inspect(path: Path, where: Where) -> bool:
    """Whether any cell holds a formula error; raises for an archive damaged or too large to lay out."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if (unpacked := sum(member.file_size for member in members)) > LARGEST:
                raise UnreadableFile(where, "workbook_too_large", value=f"{unpacked >> 20} MB")
            sheets = [member for member in members if member.filename.startswith("xl/worksheets/sheet")]
            found = [inspect_sheet(archive, member, where) for member in sheets]  # all, for their size
            return any(found)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise UnreadableFile(where, "workbook_damaged") from error


def inspect_sheet(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: Where) -> bool:
    """Whether the sheet has an error cell; raises where its last row and column span too many cells."""
    last_row, last_column, has_errors, tail = 0, 0, False, b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            text = tail + chunk
            has_errors = has_errors or bool(ERROR_CELL.search(text))
            for letters, digits in CELL_REFERENCE.findall(text):
                last_row, last_column = max(last_row, int(digits)), max(last_column, column_number(letters))
            tail = text[-LONGEST_CELL_TAG:]
    if last_row * last_column > MOST_CELLS:
        raise UnreadableFile(where, "sheet_too_wide", value=f"{last_row} × {last_column}")
    return has_errors


def twin_sheets(page: dict[str, Any], where: Where) -> list[Fault]:
    """One fault for each other sheet that has the header of the one read: which of them counts is a guess."""
    headers = {
        sheet: [[lookup_key(str(cell)) for cell in row] for row in rows]
        for sheet, rows in page["headers"].items()
    }
    read = headers.get(page["sheet"])
    twins = [sheet for sheet, header in headers.items() if read and header == read and sheet != page["sheet"]]
    return [Fault.at(Where(where.file, sheet), "sheet_twin", value=page["sheet"]) for sheet in twins]


def merged_cells(page: dict[str, Any], header_rows: int, has_titles: bool, where: Where) -> list[Fault]:
    """One fault for each merged range: what a merged cell says about its neighbours is a guess.

    Not so in titles above the header, and where a header of several rows names a group of columns, or one
    column over all its rows.
    """
    found = []
    filled = [sum(bool(str(cell).strip()) for cell in row) for row in page["rows"]]
    first = next((at for at, cells in enumerate(filled) if cells > has_titles), 0)
    last = first + header_rows - 1
    for (top, left), (bottom, right) in page["merged"]:
        is_title = has_titles and bottom < first
        if is_title or (first <= top < last and bottom <= last and (bottom < last or left == right)):
            continue
        spot = Where(where.file, page["sheet"], top + 1, column_letter(left))
        span = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
        found.append(Fault.at(spot, "merged_cells", value=span))
    return found


def error_cells(path: Path, sheet: str, where: Where) -> list[Fault]:
    """One fault for each cell whose formula failed (#REF!, #DIV/0! …); the parser gives them as empty."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        return [
            Fault.at(Where(where.file, sheet, row, column_letter(index)), "formula_error", str(cell.value))
            for row, cells in enumerate(book[sheet].iter_rows(), start=1)
            for index, cell in enumerate(cells)
            if cell.data_type == "e"
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


def column_number(letters: bytes) -> int:
    """The 1-based number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def walk(cells: list[list[Any]]) -> Iterator[Row]:
    """The rows that hold anything; empty columns on the right are cut."""
    for number, values in enumerate(cells, start=1):
        row = [as_cell(value) for value in values]
        while row and row[-1] == "":
            row.pop()
        if row:
            yield Row(number, tuple(row))


def as_cell(value: str | float | bool) -> Cell:
    """A workbook's number as a number, everything else as text."""
    if isinstance(value, bool):
        return str(value).upper()
    return float(value) if isinstance(value, int | float) else value
