"""Holds a table against its declared layout: columns found, cells typed, every fault kept with its spot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from etl.errors import Fault, Sentence, Where, sentence
from etl.numbers import NotANumber, Number, parse_number
from etl.readers.file import open_table
from etl.readers.table import Cell, Row, Table, is_title
from etl.sources.layout import Column, Layout
from etl.turkish import lookup_key

MOST_FAULTS = 10_000
LONGEST_VALUE = 80
# Old lira in thousands included, no figure is larger; sums and ratios of what lies between stay finite.
SMALLEST, LARGEST = 1e-100, 1e18
# A yes or no in words, as lookup_key folds them.
ANSWERS = {"evet": 1.0, "yes": 1.0, "hayir": 0.0, "no": 0.0}
# The levels of a code, as a header numbers them.
NUMERAL = re.compile(r"I{1,3}|IV|V")
# A failed formula in a csv that a spreadsheet saved: #REF!, #DIV/0!, #N/A, in Turkish #SAYI/0!, #YOK.
FORMULA_ERROR = re.compile(r"#[A-ZÇĞİÖŞÜ]+(/[0A-Z])?[!?]?")


class NotTheTable(Exception):
    """Reading this file is of no further use; what is wrong stands in the report."""


@dataclass
class Report:
    """What was found wrong in one file; a fault without a row is a fault of the file as a whole.

    ``notes`` are worth telling but no fault; ``headers`` are what the file calls the columns it has.
    """

    file: str
    sheet: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    rows_read: int = 0
    is_unreadable: bool = False

    def add(
        self,
        rule: str,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        **fields: object,
    ) -> None:
        """Keep one fault; NotTheTable once there are more than anyone would mend."""
        shown = None if value is None else printable(str(value))
        self.faults.append(Fault.at(Where(self.file, self.sheet, row, column), rule, shown, **fields))
        if len(self.faults) >= MOST_FAULTS:
            where = Where(self.file, self.sheet)
            self.faults.insert(0, Fault.at(where, "too_many_faults", count=len(self.faults)))
            raise NotTheTable

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole cannot be used."""
        return self.is_unreadable or any(fault.row is None for fault in self.faults)

    @property
    def faulty_rows(self) -> set[int]:
        """The rows that have a fault."""
        return {fault.row for fault in self.faults if fault.row is not None}


def printable(text: str) -> str:
    """What a terminal may be shown of a cell: nothing invisible, and not a whole page."""
    clean = legible(text)
    return clean if len(clean) <= LONGEST_VALUE else f"{clean[:LONGEST_VALUE]}…"


def legible(text: str) -> str:
    """What can be seen of a text: a line break or another control is a space, and a mark that turns the direction of
    writing, which would turn the figures after it as well, is nothing."""
    if text.isprintable():
        return text
    seen = (letter if letter.isprintable() else "" if category(letter) == "Cf" else " " for letter in text)
    return "".join(seen)


class Measure(NamedTuple):
    """A number cell with the header it stood under and what the header's pattern told."""

    column: Column
    header: str
    number: Number | None
    told: dict[str, str]


class Remark(NamedTuple):
    """A text cell of a column that stands once a period, with its header and the period that told."""

    column: Column
    header: str
    text: str
    told: dict[str, str]


class Record(NamedTuple):
    """One row held against its layout: texts and numbers by column name, measures and remarks in file order.

    ``is_faulty``: a cell of it could not be read and stands here as empty; the row is still checked further,
    so that its other faults are told too, but it is not used.
    """

    row: int
    texts: dict[str, str]
    numbers: dict[str, Number | None]
    measures: tuple[Measure, ...]
    is_faulty: bool = False
    remarks: tuple[Remark, ...] = ()


class Found(NamedTuple):
    """A column of the file that the layout knows, and where it stands."""

    position: int
    header: str
    column: Column
    told: dict[str, str]


def open_as(layout: Layout, path: Path) -> Table:
    """The file as a table of the declared shape; raises UnreadableFile or FaultyInput with a sentence."""
    return open_table(
        path,
        delimiter=layout.delimiter,
        sheet=layout.sheet,
        header_rows=layout.header_rows,
        has_titles=layout.has_titles,
    )


def records(table: Table, layout: Layout, report: Report) -> Iterator[Record]:
    """The rows of ``table`` as ``layout`` declares them; cells that do not fit are reported.

    Raises NotTheTable at once where the columns are not the declared ones, before any row is read.
    """
    report.sheet = table.sheet
    rows = iter(table.rows)
    header = list(islice(rows, layout.header_rows))
    first = next(rows, None)
    columns = match_columns(spelled_header(header), layout, report)
    if first is None:
        report.add("no_rows")
        raise NotTheTable
    width = max(found.position for found in columns) + 1
    for row in chain([first], rows):
        report.rows_read += 1
        before = len(report.faults)
        record = read_row(row, columns, width, layout, report)
        if record is not None:
            yield record._replace(is_faulty=len(report.faults) > before)


def spelled_header(rows: list[Row]) -> tuple[Cell, ...] | None:
    """The header as one row; of two, the name of a group stands before each numeral under it (KURUMSAL II)."""
    if len(rows) < 2:
        return rows[0].cells if rows else None
    spelled, group = [], ""
    for upper, lower in zip_longest(*(row.cells for row in rows), fillvalue=""):
        above, below = str(upper).strip(), str(lower).strip()
        group = above or group
        spelled.append(f"{group if NUMERAL.fullmatch(below) else above} {below}".strip())
    return tuple(spelled)


def match_columns(header: tuple[Cell, ...] | None, layout: Layout, report: Report) -> list[Found]:
    """Where each declared column stands. All missing, unknown and repeated columns are reported together."""
    if header is None:
        return [Found(place, column.name, column, {}) for place, column in enumerate(layout.columns)]
    known = {lookup_key(spelling): column for column in layout.columns for spelling in column.headers}
    found: list[Found] = []
    for position, cell in enumerate(header):
        spelling = " ".join(str(cell).split())
        wide = re.fullmatch(layout.wide, spelling) if layout.wide else None
        if column := known.get(lookup_key(spelling)):
            if any(column is one.column for one in found):
                report.add("columns_repeated", value=spelling)
            found.append(Found(position, spelling, column, {}))
        elif wide:
            found.append(Found(position, spelling, Column("wide", holds="number"), wide.groupdict()))
        elif across := match_across(spelling, layout):
            found.append(Found(position, spelling, *across))
        elif spelling:
            report.add("columns_unknown", value=spelling)
    present = {one.column.name for one in found}
    missing = [c.headers[0] for c in layout.columns if c.required and c.name not in present]
    if layout.wide and "wide" not in present:
        missing.append(layout.wide)
    missing += [f"{c.headers[0]} 2025" for c in layout.across if c.required and c.name not in present]
    report.headers = {one.column.name: one.header for one in found}
    if missing:
        spelled = ", ".join(f"“{' '.join(name.split())}”" for name in missing)
        seen = ", ".join(" ".join(str(cell).split()) for cell in header[:20])
        report.add("columns_missing", missing=spelled, found=seen)
    if report.is_refused:
        raise NotTheTable
    return found


def match_across(spelling: str, layout: Layout) -> tuple[Column, dict[str, str]] | None:
    """The column across periods that a header begins with, its ``word`` and the ``period`` after it, folded.

    A header that has such a word elsewhere, and a digit (2024 hedefi), is that column of an unknown period.
    """
    key = f"{lookup_key(spelling)} "
    for column, word in ((one, word) for one in layout.across for word in one.headers):
        folded = lookup_key(word)
        if key.startswith(f"{folded} "):
            return column, {"word": word, "period": key.removeprefix(folded).strip()}
        if f" {folded}" in key and re.search(r"\d", key):
            return column, {"word": word, "period": ""}
    return None


def read_row(row: Row, columns: list[Found], width: int, layout: Layout, report: Report) -> Record | None:
    """One row with its cells typed, None where it has too many; what does not fit goes to the report."""
    cells = row.cells
    if layout.trailing_delimiter and cells and cells[-1] == "":
        cells = cells[:-1]
    record = Record(row.number, {}, {}, ())
    if len(cells) > width and any(str(cell).strip() for cell in cells[width:]):
        report.add("row_width", row.number, value=len(cells), expected=width)
        return None
    if is_title(row) and sum(is_always_filled(one.column) for one in columns) > 1:
        report.add("row_lone_cell", row.number, value="".join(map(str, cells)).strip())
        return None
    measures, remarks = [], []
    for found in columns:
        cell = cells[found.position] if found.position < len(cells) else ""
        if found.column.holds == "text":
            text = read_text(cell, found, row.number, report)
            if found.told:
                remarks.append(Remark(found.column, found.header, text, found.told))
            else:
                record.texts[found.column.name] = text
            continue
        number = read_number(cell, found, layout, row.number, report)
        record.numbers[found.column.name] = number
        if found.told or found.column.indicator:
            measures.append(Measure(found.column, found.header, number, found.told))
    return record._replace(measures=tuple(measures), remarks=tuple(remarks))


def is_always_filled(column: Column) -> bool:
    """Whether every row has a text there."""
    return column.holds == "text" and column.required and not column.may_be_empty


def read_text(cell: Cell, found: Found, row: int, report: Report) -> str:
    """The text of a cell; a whole number a workbook stores (a year, a code) is written without decimals."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = legible(text).strip()
    if FORMULA_ERROR.fullmatch(text):
        report.add("formula_error", row, found.header, text)
        return ""
    if not text and is_always_filled(found.column):
        report.add("cell_empty", row, found.header)
    return read_word(text, found, row, report) if text and found.column.words else text


def read_word(text: str, found: Found, row: int, report: Report) -> str:
    """What a word of a closed list stands for; another word is reported and stays as it is written."""
    key = lookup_key(text)
    for meant, words in found.column.words.items():
        if key in (meant, *map(lookup_key, words)):
            return meant
    told = [", ".join(words[place] for words in found.column.words.values()) for place in (0, 1)]
    report.add("unknown_word", row, found.header, text, expected=Sentence(*told))
    return text


def read_number(cell: Cell, found: Found, layout: Layout, row: int, report: Report) -> Number | None:
    """The number in a cell, None where the cell is empty or its number is of a size that nothing has."""
    number = number_in(cell, found, layout, row, report)
    if number and number.value and not SMALLEST <= abs(number.value) <= LARGEST:
        report.add("number_absurd", row, found.header, f"{number.value:g}")
        return None
    return number


def number_in(cell: Cell, found: Found, layout: Layout, row: int, report: Report) -> Number | None:
    """The number in a cell, None where the cell is empty; a workbook's own number needs no format."""
    if isinstance(cell, float):
        return Number(cell, is_percent=False)
    if not cell.strip():
        return None
    if FORMULA_ERROR.fullmatch(cell.strip()):
        report.add("formula_error", row, found.header, cell.strip())
        return None
    if found.column.holds == "figure" and (answer := ANSWERS.get(lookup_key(cell))) is not None:
        return Number(answer, is_percent=False, is_answer=True)
    try:
        return parse_number(cell, layout.number_format)
    except NotANumber as refusal:
        declared = sentence(f"format_{layout.number_format or 'none'}")
        report.add(refusal.rule, row, found.header, cell, looks_like=refusal.looks_like, expected=declared)
        return None
