"""Reads a survey file whole, codes as the file has them: SPSS and Stata with their labels, and any other table.

Codes are never replaced by labels, and a code the file calls missing stays a code: what it means is declared
elsewhere.
"""

from __future__ import annotations

import math
import re
import struct
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from etl.errors import Fault, UnreadableFile, Where
from etl.readers.code_page import LOST_LETTER, CodePage, python_name, settle
from etl.readers.file import open_table

SPSS_MARKS = (b"$FL2", b"$FL3")
# Format number, byte order, file type, unused: how Stata files began before they were tagged.
OLD_STATA = re.compile(rb"[\x68-\x73][\x01\x02]\x01\x00")
TAGGED_STATA = b"<stata_dta>"
RELEASE = re.compile(rb"<release>(\d+)</release>")
FIRST_UNICODE_STATA = 118
# Every byte is a letter of it, so the raw bytes of any text can be had back.
BYTEWISE = "ISO-8859-1"
HEAD_BYTES = 1 << 22
SPSS_PAGES = {2: "ascii", 1252: "windows-1252", 1254: "windows-1254", 65001: "utf-8"}


@dataclass(frozen=True)
class Microdata:
    """A survey file: `frame` has a row a respondent and a column a variable, numbers as float, texts as str.

    An empty cell is missing (NaN or None). `labels` are of columns, `value_labels` of their codes; a table
    without labels (csv, a workbook) has none. `page` is None for those. `notes` are worth telling, no fault.
    """

    file: str
    format: str
    frame: pd.DataFrame
    labels: Mapping[str, str]
    value_labels: Mapping[str, Mapping[float | str, str]]
    page: CodePage | None
    notes: tuple[Fault, ...]


def open_microdata(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Microdata:
    """The survey file at `path`, told by its first bytes; `encoding` is the page an SPSS or Stata file is in.

    Raises UnreadableFile with a sentence for a damaged file and for letters that cannot be told, and
    FaultyInput for a workbook with faulty cells.
    """
    kind = statistics_format(path) if path.is_file() else None
    if kind is None:
        return from_table(path, sheet)
    reader = pyreadstat.read_sav if kind == "sav" else pyreadstat.read_dta
    where = Where(path.name)
    raw, meta = read_bytewise(reader, path, where)
    texts = list(raw_texts(raw, meta))
    page = settle(texts, declared_page(path, kind), encoding, where)
    meant = {text: page.text(text.encode(BYTEWISE)) for text in {one.decode(BYTEWISE) for one in texts}}
    frame = raw.rename(columns=meant).apply(lambda column: with_texts(column, meant))
    labels = {meant[name]: meant[told] for name, told in meta.column_names_to_labels.items() if told}
    values = {
        meant[name]: {meant.get(code, code): meant[told] for code, told in codes.items() if told}
        for name, codes in meta.variable_value_labels.items()
    }
    named = [*labels.values(), *(label for one in values.values() for label in one.values())]
    notes = tuple(encoding_notes(where, page, encoding, meant.values(), named))
    return Microdata(path.name, kind, frame, labels, values, page, notes)


def statistics_format(path: Path) -> str | None:
    """``sav`` (zsav too) or ``dta`` by the first bytes of ``path``; None where it is neither."""
    with path.open("rb") as stream:
        start = stream.read(len(TAGGED_STATA))
    if start.startswith(SPSS_MARKS):
        return "sav"
    return "dta" if start == TAGGED_STATA or OLD_STATA.match(start) else None


def read_bytewise(reader: Callable[..., Any], path: Path, where: Where) -> tuple[pd.DataFrame, Any]:
    """Data and metadata with every text in its raw bytes, one letter each; dates as the numbers they are."""
    try:
        frame, meta = reader(
            str(path), encoding=BYTEWISE, user_missing=True, disable_datetime_conversion=True
        )
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        ValueError,
        LookupError,
        MemoryError,
    ) as error:
        raise UnreadableFile(where, "statistics_file_damaged", value=str(error)) from error
    if not all([*frame.columns, *meta.variable_value_labels, *meta.column_names_to_labels]):
        raise UnreadableFile(where, "statistics_file_damaged", value="variable name")
    if frame.empty:
        raise UnreadableFile(where, "no_rows")
    return frame, meta


def declared_page(path: Path, kind: str) -> str | None:
    """The code page a file names itself; Stata names none before release 14, and UTF-8 from then on."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if kind == "dta":
        release = RELEASE.search(head[:100])
        return "utf-8" if release and int(release[1]) >= FIRST_UNICODE_STATA else None
    for order in "<>":  # records of the dictionary: type 7, subtype, size, count, content
        named = head.find(struct.pack(f"{order}iii", 7, 20, 1))
        if named >= 0:
            (length,) = struct.unpack_from(f"{order}i", head, named + 12)
            return head[named + 16 : named + 16 + length].decode("ascii", "replace").strip("\0 ")
        machine = head.find(struct.pack(f"{order}iiii", 7, 3, 4, 8))
        if machine >= 0:
            (page,) = struct.unpack_from(f"{order}i", head, machine + 16 + 28)
            return SPSS_PAGES.get(page, f"cp{page}")
    return None


def raw_texts(frame: pd.DataFrame, meta: Any) -> Iterator[bytes]:
    """Every text of the file once or more: names, labels and cells."""
    for codes in meta.variable_value_labels.values():
        yield from (text.encode(BYTEWISE) for pair in codes.items() for text in pair if isinstance(text, str))
    for name, label in meta.column_names_to_labels.items():
        yield from (text.encode(BYTEWISE) for text in (name, label) if text)
    for name in frame.columns[[not pd.api.types.is_numeric_dtype(each) for each in frame.dtypes]]:
        yield from (text.encode(BYTEWISE) for text in frame[name].dropna().unique() if isinstance(text, str))


def with_texts(column: pd.Series, meant: Mapping[str, str]) -> pd.Series:
    """A column with its texts as meant; an empty text is a missing one, numbers stay as they are."""
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float)
    cells = [meant[cell].strip() or None if isinstance(cell, str) else cell for cell in column]
    return pd.Series(cells, index=column.index, dtype=object)


def encoding_notes(
    where: Where, page: CodePage, told: str | None, texts: Collection[str], labels: Collection[str]
) -> Iterator[Fault]:
    """What a reader should know of the letters of all `texts`; only a label is quoted, never an answer."""
    if page.is_misread:
        yield Fault.at(where, "page_misread")
    elif page.declared is not None and python_name(page.declared) != page.name:
        rule = "page_told" if told else "page_settled"
        yield Fault.at(where, rule, page.declared, page=page.name)
    elif page.declared is None and not told:
        yield Fault.at(where, "page_undeclared", page.name)
    lost = sum(1 for text in texts if LOST_LETTER.search(text))
    if lost:
        example = next((one for one in labels if LOST_LETTER.search(one)), None)
        yield Fault.at(where, "letters_lost", example, count=lost)


def from_table(path: Path, sheet: str | None) -> Microdata:
    """A csv or workbook: its first row names the columns. A header that is empty or stands twice is a fault."""
    table = open_table(path, sheet=sheet)
    where = Where(path.name, table.sheet)
    rows = iter(table.rows)
    header = next(rows, None)
    names = [spelled(cell) for cell in header.cells] if header else []
    while names and not names[-1]:
        names.pop()
    if repeated := [name for name, count in Counter(names).items() if count > 1 or not name]:
        raise UnreadableFile(where, "columns_repeated", value=", ".join(repeated))
    cells = []
    for row in rows:
        if any(str(cell).strip() for cell in row.cells[len(names) :]):
            raise UnreadableFile(
                where._replace(row=row.number), "row_width", str(len(row.cells)), expected=len(names)
            )
        cells.append(
            [row.cells[i] if i < len(row.cells) and row.cells[i] != "" else None for i in range(len(names))]
        )
    if not cells:
        raise UnreadableFile(where, "no_rows")
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    return Microdata(path.name, table.format, frame, {}, {}, None, ())


def spelled(cell: object) -> str:
    """A cell as a code is spelled: 1.0 is `1`, 1.5 is `1.5`, ` K ` is `K`; a missing one is empty."""
    if isinstance(cell, float):
        return "" if math.isnan(cell) else str(int(cell)) if cell.is_integer() else repr(float(cell))
    return "" if cell is None else str(cell).strip()
