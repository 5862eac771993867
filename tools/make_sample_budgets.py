"""Writes the made-up budgets of data/sample and data/sample_faulty in the formats municipalities send.

Files are the same value for value on every run. Which city sends what is told by its position in the roster.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import xlsxwriter
from sample_budget import Line, Town, lines

from etl import registry
from etl.registry import Registry

DATA = Path(__file__).resolve().parents[1] / "data"
MADE_UP = "SENTETİK / SYNTHETIC (Kent Karnesi)"
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
LAST_OUTTURN, NEXT = 2025, 2026
COLUMNS = (
    "Kent", "Yıl", "Kurum türü", "Taraf", "Kurumsal kod", "Fonksiyonel kod", "Finans tipi", "Ekonomik kod",
    "Açıklama", "Başlangıç ödeneği", "Yıl sonu ödeneği", "Tahakkuk", "Gerçekleşme", "Birim", "Durum",
)  # fmt: skip
ENTITIES = {"municipality": "belediye", "utility": "bağlı idare", "company": "şirket"}
SIDES = {"expenditure": "gider", "revenue": "gelir"}
# By position in the roster: what the municipality sends, since when, and whose budgets beside its own.
TEMPLATES = {
    1: (2019, ("utility",)), 2: (2019, ("utility", "company")), 3: (2019, ("utility",)), 4: (2019, ()),
    5: (2021, ()), 7: (2019, ("utility",)), 9: (2020, ()), 10: (2019, ("utility",)), 11: (2020, ()),
    12: (2020, ()), 13: (2019, ("utility", "company")), 16: (2021, ()), 17: (2019, ("utility",)), 19: (2020, ()),
}  # fmt: skip
THOUSANDS, WIDE, CEDVEL, DOTTED = 20, 15, 14, 8
WIDE_SINCE = 2011
WRONG_TOTAL, WRONG_AMOUNTS = 18, 6
UNKNOWN_FUNCTION = "11.1.0.00"
"""A code no classification has, as a typing error makes it; it lands in unclassified."""


@dataclass(frozen=True)
class Sheet:
    """What goes into one file, ready to be written."""

    stem: str
    header: Sequence[Sequence[str]]
    rows: Sequence[Sequence[object]]


def town(known: Registry, position: int, beside: Sequence[str] = ()) -> Town:
    """The municipality at a position of the roster, with its people where its borders have a count."""
    city_id = id_of(known, position)
    city = known.cities[city_id]
    counted = pd.read_csv(DATA / "official" / "population_adnks.csv")
    measured = city_id if city.legal_type == "district" else city.province_id
    own = counted[counted["place"] == measured] if city.legal_type != "provincial" else counted.iloc[:0]
    prices = pd.read_csv(DATA / "official" / "cpi_2003_100.csv")
    return Town(
        position,
        int(city.plate or 0),
        city.legal_type,
        dict(zip(own["period"].astype(int), own["value"].astype(float), strict=True)),
        dict(zip(prices["period"].astype(int), prices["value"].astype(float), strict=True)),
        ("municipality", *beside),
    )


def id_of(known: Registry, position: int) -> str:
    """The municipality at a position of the roster."""
    return next(one.city_id for one in known.positions if one.position == position and one.city_id)


def name_of(known: Registry, position: int) -> str:
    """What the municipality calls itself."""
    return next(
        known.cities[one.city_id].name_tr
        for one in known.positions
        if one.position == position and one.city_id
    )


def stem_of(known: Registry, position: int) -> str:
    """The id of the municipality as part of a file's name."""
    return id_of(known, position).replace("-", "_")


def template_rows(name: str, found: Iterable[Line], unit: str = "TL") -> list[list[object]]:
    """Lines as our own template has them."""
    rows = []
    for one in found:
        amounts = [
            None if amount is None else round(amount / 1000, 3) if unit != "TL" else amount
            for amount in (one.initial, one.appropriation, one.accrued, one.outturn)
        ]
        rows.append(
            [
                name, one.year, ENTITIES[one.entity], SIDES[one.side], one.institutional, one.functional,
                "5" if one.functional else "", one.economic, one.label, *amounts, unit,
                "kesin" if one.year < LAST_OUTTURN else "geçici",
            ]
        )  # fmt: skip
    return rows


def totals(rows: list[list[object]]) -> list[list[object]]:
    """The printed total of each year, entity and side, as a municipality adds them below."""
    sums: dict[tuple[object, ...], list[float | None]] = {}
    for row in rows:
        key = tuple(row[:4])
        before = sums.setdefault(key, [None] * 4)
        for place, amount in enumerate(row[9:13]):
            if isinstance(amount, float):
                sign = -1 if row[3] == "gelir" and str(row[7]).startswith("09") else 1
                before[place] = round((before[place] or 0.0) + sign * amount, 3)
    last = {key: row for row in rows for key in [tuple(row[:4])]}
    return [
        [*key, "", "", "", "", "TOPLAM", *amounts, last[key][13], last[key][14]]
        for key, amounts in sums.items()
    ]


def template(known: Registry, position: int) -> Sheet:
    """A municipality's own template: all years, its utility and companies beside it."""
    since, beside = TEMPLATES[position]
    found = list(lines(town(known, position, beside), range(since, NEXT + 1)))
    if position == min(TEMPLATES):
        found = [replace_function(one) if number == 7 else one for number, one in enumerate(found)]
    rows = template_rows(name_of(known, position), found)
    return Sheet(f"butce_{stem_of(known, position)}", [COLUMNS], [*rows, *totals(rows)])


def replace_function(one: Line) -> Line:
    """The line under a code that no classification has."""
    return one._replace(functional=UNKNOWN_FUNCTION)


def thousands(known: Registry) -> Sheet:
    """The same columns as a csv in thousands of lira, as some treasuries report."""
    found = lines(town(known, THOUSANDS), range(2020, NEXT))
    rows = template_rows(name_of(known, THOUSANDS), found, "bin TL")
    return Sheet(f"butce_{stem_of(known, THOUSANDS)}", [COLUMNS], rows)


def wide(known: Registry) -> Sheet:
    """Years across: what was budgeted and what was spent, by function and economic code."""
    years = range(WIDE_SINCE, NEXT)
    cells: dict[tuple[str, str, str], dict[str, float]] = {}
    for one in lines(town(known, WIDE), years):
        if one.side == "expenditure":
            own = cells.setdefault((one.functional, one.economic, one.label), {})
            own[f"Bütçe {one.year}"] = round(one.initial)
            own[f"Gerçekleşme {one.year}"] = round(one.outturn or 0)
    across = [f"{measure} {year}" for year in years for measure in ("Bütçe", "Gerçekleşme")]
    rows = [[*key, *(own.get(name, 0) for name in across)] for key, own in cells.items()]
    return Sheet(
        f"butce_{stem_of(known, WIDE)}", [("Fonksiyonel kod", "Ekonomik kod", "Kalem", *across)], rows
    )


def cedvel(known: Registry, year: int) -> Sheet:
    """An A-cetveli: codes in a column a level, subtotals by function, a printed total."""
    groups = ("KURUMSAL",) * 4 + ("FONKSİYONEL",) * 4 + ("FİNANS TİPİ",) + ("EKONOMİK",) * 4
    levels = ("I", "II", "III", "IV") * 2 + ("I",) + ("I", "II", "III", "IV")
    amounts = ("BAŞLANGIÇ ÖDENEĞİ", "YIL SONU ÖDENEĞİ", "GERÇEKLEŞME")
    head = [(*groups, "AÇIKLAMA", *amounts), (*levels, "", "", "", "")]
    found = [one for one in lines(town(known, CEDVEL), range(year, year + 1)) if one.side == "expenditure"]
    rows: list[list[object]] = []
    functions = list(dict.fromkeys(one.functional for one in found))
    for function in functions:
        own = [one for one in found if one.functional == function]
        rows.append([""] * 4 + function.split(".") + [""] * 5 + [f"Fonksiyon {function}", *_sums(own)])
        rows += [
            [*one.institutional.split("."), *function.split("."), "5", *one.economic.split("."), one.label,
             one.initial, one.appropriation, one.outturn]
            for one in own
        ]  # fmt: skip
    rows.append([""] * 13 + ["TOPLAM", *_sums(found)])
    return Sheet(f"a_cetveli_{stem_of(known, CEDVEL)}_{year}", head, rows)


def _sums(found: Sequence[Line]) -> list[float]:
    return [
        round(sum(getattr(one, measure) or 0 for one in found), 2)
        for measure in ("initial", "appropriation", "outturn")
    ]


def revenue(known: Registry, year: int) -> Sheet:
    """Gelirlerin ekonomik sınıflandırması of the same municipality and year."""
    found = [one for one in lines(town(known, CEDVEL), range(year, year + 1)) if one.side == "revenue"]
    rows = [[*one.economic.split("."), one.label, one.initial, one.accrued, one.outturn] for one in found]
    net = [
        round(
            sum((-1 if one.economic.startswith("09") else 1) * (getattr(one, measure) or 0) for one in found),
            2,
        )
        for measure in ("initial", "accrued", "outturn")
    ]
    head = ("I", "II", "III", "IV", "AÇIKLAMA", "BÜTÇE TAHMİNİ", "TAHAKKUK", "TAHSİLAT")
    return Sheet(f"gelir_{stem_of(known, CEDVEL)}_{year}", [head], [*rows, ["", "", "", "", "TOPLAM", *net]])


def dotted(known: Registry, year: int) -> Sheet:
    """An A-cetveli with whole codes in a column each and one amount."""
    found = [one for one in lines(town(known, DOTTED), range(year, year + 1)) if one.side == "expenditure"]
    rows = [[one.institutional, one.functional, "5", one.economic, one.label, one.initial] for one in found]
    head = ("Kurumsal kod", "Fonksiyonel kod", "Finans tipi", "Ekonomik kod", "Açıklama", "Ödenek")
    return Sheet(f"a_cetveli_{stem_of(known, DOTTED)}_{year}", [head], rows)


def wrong_total(known: Registry) -> Sheet:
    """A template whose printed total is off by what was typed wrong in one line."""
    found = lines(town(known, WRONG_TOTAL), range(2023, 2025))
    rows = template_rows(name_of(known, WRONG_TOTAL), found)
    printed = totals(rows)
    printed[0][9] = round(float(str(printed[0][9])) + 1_250_000, 2)
    return Sheet(f"butce_{stem_of(known, WRONG_TOTAL)}", [COLUMNS], [*rows, *printed])


def wrong_amounts(known: Registry) -> Sheet:
    """What goes wrong by hand: a negative outturn, a line twice, an empty cell, an old year, no unit, a misspelling."""
    found = list(lines(town(known, WRONG_AMOUNTS), range(2024, 2025)))
    rows = template_rows(name_of(known, WRONG_AMOUNTS), found)
    rows[3][12] = -float(str(rows[3][12]))
    rows[9][12] = None
    rows[14][13] = ""
    rows[20][1] = 2003
    rows[26][0] = name_of(known, WRONG_AMOUNTS).replace("ö", "o")[:-1]
    rows.append(list(rows[5]))
    return Sheet(f"butce_{stem_of(known, WRONG_AMOUNTS)}", [COLUMNS], rows)


def write_workbook(sheet: Sheet, path: Path, name: str) -> None:
    """A workbook of one sheet; of two header rows the first has its groups merged, as the printed table has."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": MADE_UP, "created": STAMP})
        page = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        for line, header in enumerate(sheet.header):
            page.write_row(line, 0, header, bold)
        if len(sheet.header) > 1:
            _merge(page, sheet.header[0], bold)
        for line, row in enumerate(sheet.rows, start=len(sheet.header)):
            for place, value in enumerate(row):
                if value not in (None, ""):
                    page.write(line, place, value)
        page.freeze_panes(len(sheet.header), 0)


def _merge(page: xlsxwriter.worksheet.Worksheet, groups: Sequence[str], bold: object) -> None:
    start = 0
    for place in range(1, len(groups) + 1):
        if place == len(groups) or groups[place] != groups[start]:
            if place - start > 1:
                page.merge_range(0, start, 0, place - 1, groups[start], bold)
            start = place


def write_csv(sheet: Sheet, path: Path) -> None:
    """Semicolons and Turkish numbers, as a spreadsheet in Turkish saves them."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";", lineterminator="\n")
        writer.writerows(sheet.header)
        writer.writerows([_turkish(value) for value in row] for row in sheet.rows)


def _turkish(value: object) -> object:
    if isinstance(value, float):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return "" if value is None else value


def main() -> None:
    """Write every sample budget, the faulty ones into a folder of their own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA)
    folder = parser.parse_args().out
    sample, faulty = folder / "sample", folder / "sample_faulty"
    for one in (sample, faulty):
        one.mkdir(parents=True, exist_ok=True)
    known = registry.load()
    books = [(template(known, position), "Bütçe", sample) for position in TEMPLATES]
    books += [(cedvel(known, 2024), "A cetveli", sample), (revenue(known, 2024), "Gelir", sample)]
    books += [(make(known), "Bütçe", faulty) for make in (wrong_total, wrong_amounts)]
    for sheet, name, place in books:
        write_workbook(sheet, place / f"{sheet.stem}.xlsx", name)
    for sheet in (thousands(known), wide(known), dotted(known, 2024), dotted(known, 2025)):
        write_csv(sheet, sample / f"{sheet.stem}.csv")
    for path in sorted([*sample.glob("*butce*"), *sample.glob("*cetveli*"), *faulty.iterdir()]):
        print(f"{path.parent.name}/{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
