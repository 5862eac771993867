"""Budgets for tests: rows of our template, and any table as a workbook with merged cells and further sheets."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

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
    row = (spent if side == "gider" else earned)(None, None, *amounts)
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
