"""Writes a form as a workbook: how to fill it in, the sheet that is read, an example, the lists to choose from.

Only the sheet to fill in is read. The example has a line above its header, so it is never taken for that sheet.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

ROWS_TO_FILL = 5000
# Number formats of a column. Text keeps 05.10 as it is typed; a spreadsheet in Turkish makes a date of 05.02.
TEXT, AMOUNT, WHOLE = "@", "#,##0.00", "0"
# The day a form says it was made on: one for all, so that equal forms are equal bytes.
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  (a workbook knows no time zone)
HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E4EBF4", "border": 1}
PROSE = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class FormColumn:
    """A column to fill in: its header, what belongs into it, and what may be chosen.

    ``must_choose``: nothing but one of the ``choices`` is taken; otherwise they are suggestions. ``meanings``
    stand beside them in the lists.
    """

    header: str
    note: str
    width: int = 14
    number_format: str = TEXT
    choices: tuple[str, ...] = ()
    must_choose: bool = True
    meanings: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormWords:
    """The words of a form around its columns: names of its other sheets, heads, the line above the example."""

    instructions: str
    example: str
    lists: str
    column: str
    note: str
    banner: str
    refusal: str


@dataclass(frozen=True)
class Form:
    """A form: the ``sheet`` that is read, its columns, paragraphs on how to fill it in, rows of an example."""

    sheet: str
    title: str
    columns: tuple[FormColumn, ...]
    paragraphs: tuple[str, ...]
    example: tuple[Sequence[str | float | None], ...]
    words: FormWords


def write_form(form: Form) -> bytes:
    """The workbook of a form."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"title": form.title, "created": MADE})
    write_instructions(book, form)
    to_fill = book.add_worksheet(form.sheet)
    write_columns(book, to_fill, form, header_row=0)
    example = book.add_worksheet(form.words.example)
    example.write_string(0, 0, form.words.banner, book.add_format({"bold": True}))
    write_columns(book, example, form, header_row=1)
    for number, row in enumerate(form.example, start=2):
        example.write_row(number, 0, row)
    offer_choices(book.add_worksheet(form.words.lists), to_fill, form)
    to_fill.activate()
    book.close()
    return stream.getvalue()


def write_instructions(book: Any, form: Form) -> None:
    """The first sheet: what to do, then what belongs into each column."""
    sheet = book.add_worksheet(form.words.instructions)
    bold, prose, head = (book.add_format(style) for style in ({**PROSE, "bold": True}, PROSE, HEAD))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
    row = 2
    for paragraph in form.paragraphs:
        sheet.merge_range(row, 0, row, 1, paragraph, prose)
        sheet.set_row(row, 15 * (1 + len(paragraph) // 120))
        row += 1
    sheet.write_row(row + 1, 0, [form.words.column, form.words.note], head)
    for place, column in enumerate(form.columns, start=row + 2):
        sheet.write_string(place, 0, column.header, bold)
        sheet.write_string(place, 1, column.note, prose)


def write_columns(book: Any, sheet: Any, form: Form, header_row: int) -> None:
    """The header, kept in sight, and the number format of each column."""
    head = book.add_format(HEAD)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, column.width, book.add_format({"num_format": column.number_format}))
        sheet.write_string(header_row, place, column.header, head)
    sheet.freeze_panes(header_row + 1, 0)


def offer_choices(lists: Any, to_fill: Any, form: Form) -> None:
    """Each column's choices as a list on a sheet of their own, which the column's cells offer."""
    at = 0
    for place, column in enumerate(form.columns):
        if not column.choices:
            continue
        lists.write_string(0, at, column.header)
        lists.write_column(1, at, column.choices)
        lists.write_column(1, at + 1, column.meanings)
        lists.set_column(at, at, 2 + max(map(len, (column.header, *column.choices))))
        lists.set_column(at + 1, at + 1, 60 if column.meanings else None)
        letter = xlsxwriter.utility.xl_col_to_name(at)
        source = f"='{form.words.lists}'!${letter}$2:${letter}${len(column.choices) + 1}"
        told = {"validate": "list", "source": source, "show_error": column.must_choose}
        refusal = {"error_title": column.header[:32], "error_message": form.words.refusal}
        to_fill.data_validation(1, place, ROWS_TO_FILL, place, told | refusal)
        at += 2 if column.meanings else 1
