"""Opens a bulk file as its layout: which column stands where, and how its amounts are written; reads no row yet."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

from etl.bulk.engine import CALL, COLUMN, VALUE, Engine, Rows
from etl.errors import Sentence, UnreadableFile, Where
from etl.readers.csv_table import sniff_delimiter
from etl.readers.workbook import workbook_format
from etl.sources.contract import MOST_FAULTS, Found, NotTheTable, match_columns
from etl.sources.observation import Reading
from etl.sources.spending_told import MEASURES

PARQUET = b"PAR1"
CHUNK = 1 << 24
UTF8 = "utf-8"
ENCODINGS = (UTF8, "cp1254", "iso-8859-9")
WHOLE_NUMBERS = {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"}
NUMBERS = {*WHOLE_NUMBERS, "hugeint", "uhugeint", "float", "double", "decimal"}
CODES = ("institutional", "functional", "finance_type", "economic")
TEXTS = ("place", "period", "entity", "side", *CODES, "label", "unit", "state")


@dataclass(frozen=True)
class Arrival:
    """A bulk file whose columns are known; `encoding` is None where the file is no text."""

    columns: list[Found]
    encoding: str | None

    @property
    def header_rows(self) -> int:
        """How many rows stand before the first line."""
        return 1 if self.encoding else 0


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet does, whatever its name."""
    with path.open("rb") as stream:
        return stream.read(len(PARQUET)) == PARQUET


def open_arrival(engine: Engine, path: Path, reading: Reading) -> Arrival:
    """Make the views `written` (cells as they stand) and `arrived` (texts, and amounts as numbers) of a file.

    Raises UnreadableFile or NotTheTable where it is not the table it should be.
    """
    report = reading.report
    if not path.is_file():
        raise UnreadableFile(Where(report.file), "file_missing", value=str(path))
    if path.stat().st_size == 0:
        raise UnreadableFile(Where(report.file), "empty_file")
    if workbook_format(path) is not None:
        raise UnreadableFile(Where(report.file), "bulk_workbook")
    if is_parquet(path):
        return _open_parquet(engine, path, reading)
    try:
        return _open_csv(engine, path, reading)
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x}"
        raise UnreadableFile(Where(report.file), "bulk_encoding", byte, encoding=error.encoding) from error


def _open_parquet(engine: Engine, path: Path, reading: Reading) -> Arrival:
    report = reading.report
    rows = engine.source("parquet", report.file, path=str(path))
    header, kinds = rows.columns[:-1], [kind.id for kind in rows.types[:-1]]
    columns = match_columns(tuple(header), reading.layout, report)
    for one in columns:
        fitting = NUMBERS if one.column.holds == "number" else WHOLE_NUMBERS
        if kinds[one.position] not in (*fitting, "varchar"):
            report.add("bulk_column_type", None, one.header, kinds[one.position])
    written = rows.select(
        *(COLUMN(header[one.position]).alias(one.column.name) for one in columns),
        (COLUMN("file_row_number") + 1).alias("row_number"),
    )
    numeric = {one.column.name for one in columns if kinds[one.position] in NUMBERS}
    _make_views(written, columns, numeric, reading)
    return Arrival(columns, None)


def _open_csv(engine: Engine, path: Path, reading: Reading) -> Arrival:
    report, encoding = reading.report, reading.submission.encoding or UTF8
    if encoding not in ENCODINGS:
        told = ", ".join(ENCODINGS)
        report.add("manifest_word", None, None, encoding, key="encoding", expected=Sentence(told, told))
        raise NotTheTable
    if encoding != UTF8:
        path = as_utf8(path, encoding, engine.folder)
    delimiter = reading.layout.delimiter or sniff_delimiter(path, "utf-8-sig", Where(report.file))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream, delimiter=delimiter), [])
    columns = match_columns(tuple(header), reading.layout, report)
    names = {one.position: one.column.name for one in columns}
    kinds = {names.get(place, f"column_{place}"): "VARCHAR" for place in range(len(header))}
    rows = engine.source(
        "csv", report.file, path=str(path), columns=kinds, delimiter=delimiter, most=MOST_FAULTS
    )
    written = rows.select(
        *(COLUMN(name) for name in names.values()), VALUE(None).cast("BIGINT").alias("row_number")
    )
    _make_views(written, columns, set(), reading)
    return Arrival(columns, encoding)


def _make_views(written: Rows, columns: list[Found], numeric: set[str], reading: Reading) -> None:
    """The two views of the rows; NotTheTable where it is not told how their amounts are written."""
    present = {one.column.name for one in columns}
    number_format, report = reading.layout.number_format, reading.report
    if number_format is None and present & set(MEASURES) - numeric:
        report.add("bulk_numbers_untold")
    if report.faults:
        raise NotTheTable
    written.create_view("written")
    nothing = VALUE(None).cast("VARCHAR")
    texts = [(COLUMN(name).cast("VARCHAR") if name in present else nothing).alias(name) for name in TEXTS]
    amounts = [
        (
            nothing.cast("DOUBLE")
            if name not in present
            else COLUMN(name).cast("DOUBLE")
            if name in numeric
            else CALL(f"amount_{number_format}", COLUMN(name))
        ).alias(name)
        for name in MEASURES
    ]
    written.select(*texts, *amounts, COLUMN("row_number")).create_view("arrived")


def as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    """A copy of a text file in UTF-8; UnicodeDecodeError where it is not in the encoding it is said to be in."""
    copy, decoder = folder / "utf8.csv", codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as source, copy.open("wb") as target:
        while chunk := source.read(CHUNK):
            target.write(decoder.decode(chunk).encode())
        target.write(decoder.decode(b"", final=True).encode())
    return copy
