"""Opens a bulk file as its layout: which column stands where, and how its amounts are written; reads no row yet."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass
from pathlib import Path

from etl.bulk.engine import CALL, COLUMN, VALUE, Cell, Engine, Rows
from etl.errors import Sentence, UnreadableFile, Where
from etl.readers.csv_table import sniff_delimiter
from etl.readers.workbook import workbook_format
from etl.sources.contract import MOST_FAULTS, Found, NotTheTable, match_columns
from etl.sources.observation import Reading
from etl.sources.spending_told import MEASURES

PARQUET = b"PAR1"
CHUNK = 1 << 24
PIECES, PIECE = 2_000, 1 << 17
UTF8 = "utf-8"
ENCODINGS = (UTF8, "cp1254", "iso-8859-9")
WHOLE_NUMBERS = {"tinyint", "smallint", "integer", "bigint", "utinyint", "usmallint", "uinteger", "ubigint"}
NUMBERS = {*WHOLE_NUMBERS, "hugeint", "uhugeint", "float", "double", "decimal"}
CODES = ("institutional", "functional", "finance_type", "economic")
TEXTS = ("place", "period", "entity", "side", *CODES, "label", "unit", "state")


@dataclass(frozen=True)
class Arrival:
    """A bulk file whose columns are known; where it is a csv also its encoding, delimiter and number of columns."""

    columns: list[Found]
    encoding: str | None = None
    delimiter: str = ""
    width: int = 0

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
    texts = {one.column.name for one in columns if kinds[one.position] == "varchar"}
    _make_views(written, columns, texts, reading)
    return Arrival(columns)


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
    _make_views(written, columns, set(names.values()), reading)
    pieces = sample(path, engine.folder)
    sampled = engine.source("sampled", report.file, path=str(pieces), columns=kinds, delimiter=delimiter)
    sampled.select(*_texts(set(names.values()))).create_view("sampled")
    return Arrival(columns, encoding, delimiter, len(header))


def _make_views(written: Rows, columns: list[Found], texts: set[str], reading: Reading) -> None:
    """The two views of the rows, of which `texts` are text; NotTheTable where nothing tells how amounts are written."""
    present, spelled = {one.column.name for one in columns}, texts & set(MEASURES)
    number_format, report = reading.layout.number_format, reading.report
    if number_format is None and spelled:
        report.add("bulk_numbers_untold")
    if report.faults:
        raise NotTheTable
    written.create_view("written")
    amounts = {name: COLUMN(name).cast("DOUBLE") for name in present & set(MEASURES) - spelled}
    amounts |= {name: CALL(f"amount_{number_format}", COLUMN(name)) for name in spelled}
    nothing = VALUE(None).cast("DOUBLE")
    read = [amounts.get(name, nothing).alias(name) for name in MEASURES]
    written.select(*_texts(present), *read, COLUMN("row_number")).create_view("arrived")


def _texts(present: set[str]) -> list[Cell]:
    """Every text column, of one that the file lacks nothing."""
    nothing = VALUE(None).cast("VARCHAR")
    return [(COLUMN(name).cast("VARCHAR") if name in present else nothing).alias(name) for name in TEXTS]


def sample(path: Path, folder: Path) -> Path:
    """The file, or of a large one many pieces under its header: what is sorted in it is met in all of them."""
    size = path.stat().st_size
    if size <= PIECES * PIECE:
        return path
    pieces = folder / "pieces.csv"
    with path.open("rb") as source, pieces.open("wb") as target:
        target.write(source.readline())
        for place in range(PIECES):
            source.seek(size // PIECES * place)
            source.readline()  # begins within a row
            target.write(source.read(PIECE).rpartition(b"\n")[0] + b"\n")
    return pieces


def as_utf8(path: Path, encoding: str, folder: Path) -> Path:
    """A copy of a text file in UTF-8; UnicodeDecodeError where it is not in the encoding it is said to be in."""
    copy, decoder = folder / "utf8.csv", codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as source, copy.open("wb") as target:
        while chunk := source.read(CHUNK):
            target.write(decoder.decode(chunk).encode())
        target.write(decoder.decode(b"", final=True).encode())
    return copy
