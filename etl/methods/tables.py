"""The csv tables `karne method` reads and writes: UTF-8, comma, decimal point, empty means missing.

Reading never stops at the first fault: each goes to the list it is given, and a faulty cell reads as NaN.
"""

import csv
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import yaml

from etl.errors import Fault, FaultyInput, Sentence, Where
from etl.numbers import read_as

YEAR = re.compile(r"[12][0-9]{3}")


@cache
def _sentences() -> dict[str, Sentence]:
    text = Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8")
    return {rule: Sentence(entry["tr"], entry["en"]) for rule, entry in yaml.safe_load(text).items()}


def sentence(rule: str, **fields: object) -> Sentence:
    """The sentence of `rule` with its placeholders filled; an unknown rule is a KeyError."""
    template = _sentences()[rule]
    return Sentence(template.tr.format_map(fields), template.en.format_map(fields))


def fault(where: Where, rule: str, value: str | None = None, **fields: object) -> Fault:
    """The fault of breaking `rule` at `where` (the header is row 1); `fields` fill the sentence."""
    told = sentence(rule, **fields)
    return Fault(*where, value, rule, told.tr, told.en)


@dataclass(frozen=True)
class Table:
    """A csv file as text: `columns` of the header, `rows` of equally many cells with their row number."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def where(self, row: int, column: str) -> Where:
        """The cell's address for a fault."""
        return Where(self.file, None, row, column)

    def cells(self, column: str) -> list[tuple[int, str]]:
        """Row number and text of every cell in a column."""
        position = self.columns.index(column)
        return [(number, row[position]) for number, row in self.rows]


def read_table(path: Path, required: Sequence[str], faults: list[Fault]) -> Table | None:
    """Read a csv with at least the `required` columns; None when it cannot be used as a table at all.

    Rows with too many or too few cells become faults and are left out; blank lines are skipped.
    """
    where = Where(path.name)
    records = _records(path, faults)
    if records is None:
        return None
    if len(records) < 2:
        faults.append(fault(where, "empty_file"))
        return None
    (header, names), *body = records
    columns = tuple(name.strip() for name in names)
    wrong = _header_faults(where._replace(row=header), columns, required)
    if wrong:
        faults.extend(wrong)
        return None
    rows = []
    for number, cells in body:
        if len(cells) == len(columns):
            rows.append((number, tuple(cell.strip() for cell in cells)))
        else:
            spot = where._replace(row=number)
            faults.append(fault(spot, "cell_count", found=len(cells), expected=len(columns)))
    return Table(path.name, columns, tuple(rows))


def read_frame(
    path: Path, required: Sequence[str], frame_of: Callable[[Table, list[Fault]], pd.DataFrame]
) -> pd.DataFrame:
    """The csv as the frame that `frame_of` makes of it. Raises FaultyInput with every fault of both steps."""
    faults: list[Fault] = []
    table = read_table(path, required, faults)
    frame = None if table is None else frame_of(table, faults)
    if faults or frame is None:
        raise FaultyInput(faults)
    return frame


def read_header(path: Path, required: Sequence[str], faults: list[Fault]) -> tuple[str, ...]:
    """The column names of a csv that has rows; what is wrong with them, or with the file, goes to `faults`."""
    records: list[list[str]] = []
    with _told(path, faults), path.open(encoding="utf-8-sig", newline="") as lines:
        records = list(islice(filter(any, csv.reader(lines)), 2))
    columns = tuple(name.strip() for name in records[0]) if records else ()
    if not faults and len(records) < 2:
        faults.append(fault(Where(path.name), "empty_file"))
    elif records:
        faults.extend(_header_faults(Where(path.name, row=1), columns, required))
    return columns


def _header_faults(where: Where, columns: tuple[str, ...], required: Sequence[str]) -> list[Fault]:
    unnamed = [position for position, name in enumerate(columns, start=1) if not name]
    repeated = [name for name in dict.fromkeys(columns) if name and columns.count(name) > 1]
    missing = [name for name in required if name not in columns]
    return [
        *(fault(where, "column_unnamed", position=position) for position in unnamed),
        *(fault(where._replace(column=name), "column_duplicate") for name in repeated),
        *(fault(where._replace(column=name), "column_missing") for name in missing),
    ]


def _records(path: Path, faults: list[Fault]) -> list[tuple[int, list[str]]] | None:
    """Numbered records of the file without the blank ones, or None with the reason among the faults."""
    records: list[tuple[int, list[str]]] = []
    before = len(faults)
    with _told(path, faults), path.open(encoding="utf-8-sig", newline="") as lines:
        records += [(number, cells) for number, cells in enumerate(csv.reader(lines), start=1) if any(cells)]
    return records if len(faults) == before else None


@contextmanager
def _told(path: Path, faults: list[Fault]) -> Iterator[None]:
    """What keeps a file from being read goes to the faults."""
    try:
        yield
    except FileNotFoundError:
        faults.append(fault(Where(path.name), "file_missing"))
    except OSError as error:
        faults.append(fault(Where(path.name), "file_unreadable", reason=error.strerror))
    except UnicodeDecodeError:
        faults.append(fault(Where(path.name), "not_utf8"))
    except csv.Error as error:
        faults.append(fault(Where(path.name), "not_csv", reason=error))


def refuse(
    table: Table, column: str, wrong: Iterable[bool], rule: str, faults: list[Fault], **fields: object
) -> None:
    """A fault for every cell of the column that is wrong; `wrong` goes row by row."""
    for (row, text), is_wrong in zip(table.cells(column), wrong, strict=True):
        if is_wrong:
            faults.append(fault(table.where(row, column), rule, text or None, **fields))


def names(table: Table, column: str, faults: list[Fault]) -> list[str]:
    """The column as text; an empty cell is a fault."""
    found = [text for _, text in table.cells(column)]
    refuse(table, column, (not text for text in found), "key_empty", faults)
    return found


def words(table: Table, column: str, known: Sequence[str], faults: list[Fault]) -> list[str]:
    """The column as words; one that is not among the `known` is a fault."""
    found = [text for _, text in table.cells(column)]
    refuse(
        table, column, (text not in known for text in found), "word_unknown", faults, known=", ".join(known)
    )
    return found


def years(table: Table, column: str, faults: list[Fault]) -> list[int]:
    """The column as years of four digits; anything else is a fault and reads as 0."""
    found = [int(text) if YEAR.fullmatch(text) else 0 for _, text in table.cells(column)]
    refuse(table, column, (year == 0 for year in found), "not_a_year", faults)
    return found


def unique_keys(table: Table, column: str, faults: list[Fault]) -> list[str]:
    """The names in a key column, row by row; an empty or repeated one is a fault."""
    found = names(table, column, faults)
    unique_rows(table, [column], faults)
    return found


def unique_rows(table: Table, columns: Sequence[str], faults: list[Fault]) -> None:
    """A combination of key columns that stands twice is a fault; one with an empty cell is passed over."""
    rule = "row_duplicate" if len(columns) > 1 else "key_duplicate"
    first_row: dict[tuple[str, ...], int] = {}
    for (row, _), key in zip(table.rows, _keys(table, columns), strict=True):
        first = first_row.setdefault(key, row)
        if first != row and all(key):
            spot = table.where(row, columns[-1])
            faults.append(fault(spot, rule, key[-1], columns=", ".join(columns), first=first))


def one_value(table: Table, columns: Sequence[str], column: str, faults: list[Fault]) -> None:
    """A combination of key columns has one value in `column`: another in a later row is a fault.

    Numbers are compared as numbers; an empty cell says nothing.
    """
    told: dict[tuple[str, ...], tuple[int, object]] = {}
    for (row, text), key in zip(table.cells(column), _keys(table, columns), strict=True):
        number = read_as("plain", text)
        if text and all(key):
            value = text if number is None else number
            first, known = told.setdefault(key, (row, value))
            if known != value:
                spot = table.where(row, column)
                faults.append(fault(spot, "value_differs", text, columns=", ".join(columns), first=first))


def _keys(table: Table, columns: Sequence[str]) -> list[tuple[str, ...]]:
    positions = [table.columns.index(name) for name in columns]
    return [tuple(cells[position] for position in positions) for _, cells in table.rows]


def numbers(table: Table, column: str, faults: list[Fault], *, required: bool = False) -> list[float]:
    """The column as floats, NaN where empty (a fault when `required`) or not a number (always a fault)."""
    values = []
    for number, text in table.cells(column):
        value = read_as("plain", text)
        if value is None and text:
            faults.append(fault(table.where(number, column), "not_a_number", text))
        elif value is None and required:
            faults.append(fault(table.where(number, column), "number_missing"))
        values.append(math.nan if value is None else value)
    return values


def write_tables(folder: Path, tables: dict[str, pd.DataFrame]) -> list[Path]:
    """Write each frame as `folder/name`; all are complete before one is in place.

    An index that has a name comes first. Numbers carry every digit they have; a missing one is an empty cell.
    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".karne-") as drafts:
        for name, frame in tables.items():
            whole = frame if frame.index.name is None else frame.reset_index()
            with Path(drafts, name).open("w", encoding="utf-8", newline="") as lines:
                writer = csv.writer(lines, lineterminator="\n")
                writer.writerow(whole.columns)
                writer.writerows([_cell(value) for value in row] for row in whole.astype(object).to_numpy())
        return [Path(drafts, name).replace(folder / name) for name in tables]


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float) or math.isnan(value):
        return ""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
