"""Budgets for tests: rows of our template, and any table as a workbook with merged cells and further sheets."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

HEADER = [
    "Kent", "Yıl", "Kurum türü", "Taraf", "Kurumsal kod", "Fonksiyonel kod", "Finans tipi", "Ekonomik kod",
    "Açıklama", "Başlangıç ödeneği", "Yıl sonu ödeneği", "Tahakkuk", "Gerçekleşme", "Birim", "Durum",
]  # fmt: skip
SPOT = {name: at for at, name in enumerate(HEADER)}


def spent(functional: str | None, economic: str | None, *amounts: float | None, **told: Any) -> list[Any]:
    """A row of expenditure: initial budget, year-end appropriation, outturn; ``told`` replaces cells by header."""
    initial, appropriation, outturn = amounts
    row = ["Adana", 2024, "belediye", "gider", None, functional, "5", economic, "Kalem",
           initial, appropriation, None, outturn, "TL", "kesin"]  # fmt: skip
    return with_cells(row, told)


def earned(economic: str | None, *amounts: float | None, **told: Any) -> list[Any]:
    """A row of revenue: estimate, accrued, collected."""
    initial, accrued, outturn = amounts
    row = ["Adana", 2024, "belediye", "gelir", None, None, None, economic, "Gelir",
           initial, None, accrued, outturn, "TL", "kesin"]  # fmt: skip
    return with_cells(row, told)


def with_cells(row: list[Any], told: Mapping[str, Any]) -> list[Any]:
    """The row with cells replaced; a keyword is a header with _ for blanks."""
    for name, cell in told.items():
        row[SPOT[name.replace("_", " ")]] = cell
    return row


def total(side: str, *amounts: float | None, **told: Any) -> list[Any]:
    """A printed total."""
    row = spent(None, None, *amounts) if side == "gider" else earned(None, *amounts)
    return with_cells(row, {"Açıklama": "TOPLAM", "Finans_tipi": None} | told)


def book(
    sheets: Mapping[str, Iterable[Iterable[Any]]], merged: Iterable[tuple[int, int, int, int, str]] = ()
) -> bytes:
    """A workbook of these sheets; ``merged`` are ranges (0-based, corners included) of the first one and their text."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for top, left, bottom, right, text in merged if number == 0 else ():
            sheet.merge_range(top, left, bottom, right, text)
    made.close()
    return stream.getvalue()


def budget(*rows: list[Any]) -> bytes:
    """Our template, filled in."""
    return book({"Bütçe": [HEADER, *rows]})


# One budget with everything the ratios are made of; it spends 1000 and collects 1040.
SPENDING = [
    # functional, economic, initial budget, year-end appropriation, outturn
    spent("01.3.0.00", "01.1.1.01", 400, 420, 410), spent("01.3.0.00", "02.1.6.01", 60, 60, 61),
    spent("01.7.0.00", "04.2.1.01", 30, 40, 35), spent("06.4.0.00", "06.5.7.01", 300, 500, 344),
    spent("06.4.0.00", "07.1.1.01", 10, 10, 6), spent("10.7.0.00", "05.4.1.01", 40, 40, 40),
    spent("10.7.0.00", "03.2.1.01", 20, 20, 16), spent("08.2.0.00", "05.4.2.01", 10, 10, 8),
    spent("05.1.0.00", "03.5.1.01", 130, 130, 80),
]  # fmt: skip
REVENUE = [
    # estimate, accrued, collected
    earned("01.2.9.51", 200, 260, 210), earned("03.1.1.01", 100, 120, 90), earned("04.2.1.01", 50, 50, 50),
    earned("05.2.2.51", 600, 640, 640), earned("05.3.1.01", 50, 60, 40), earned("06.1.1.01", 40, 40, 30),
    earned("09.1", 10, 20, 20),
]  # fmt: skip


def of(rows: Iterable[list[Any]], **cells: Any) -> list[list[Any]]:
    """The rows with cells of each replaced."""
    return [with_cells(list(row), cells) for row in rows]


def ask(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask a warehouse."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()
