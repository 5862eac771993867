"""Table and its passport -> a workbook: the rows on the first sheet, what they are on the second.

Every text is written as text: no cell of ours is ever a formula or a link.
"""

import datetime as dt
import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.export.passport import Passport
from dashboard.export.table import Cell, Table
from dashboard.text import Words

WIDEST = 48
MEASURED_ROWS = 200  # rows looked at for the width of a column


def xlsx_bytes(table: Table, passport: Passport, words: Words) -> bytes:
    """The workbook; equal input gives equal bytes."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": passport.title, "created": passport.built_at})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        _rows(book.add_worksheet(words("export.sheet")), table, heading, day)
        about_sheet(book, passport.lines, words)
    return stream.getvalue()


def _rows(sheet: Worksheet, table: Table, heading: Format, day: Format) -> None:
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(table.fields):
        sheet.write_string(0, column, field.title, heading)
        longest = max((len(str(row[column] or "")) for row in table.rows[:MEASURED_ROWS]), default=0)
        sheet.set_column(column, column, min(WIDEST, max(longest, len(field.title)) + 2))
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, day)
    if table.rows:
        last = len(table.rows), len(table.fields) - 1
        sheet.autofilter(0, 0, *last)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_corner(*last)}"})


def _corner(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    if isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, day)
    elif cell:
        sheet.write_string(row, column, cell)


def about_sheet(book: Workbook, lines: Sequence[tuple[str, str]], words: Words) -> None:
    """The sheet that says what the workbook is, on what terms and of when: the lines of its passport."""
    sheet = book.add_worksheet(words("export.about"))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 100)
    for number, (name, text) in enumerate(lines):
        sheet.write_string(number, 0, name, heading)
        sheet.write_string(number, 1, text, wrapped)
