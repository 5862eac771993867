"""Whose budget an amount is of, of which year, in which unit: told by a cell, else by the manifest, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.errors import Sentence
from etl.sources.contract import Record
from etl.sources.observation import Reading

MEASURES = ("initial", "appropriation", "accrued", "outturn")
YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
FIRST_YEAR_OF_TRY = 2005
OLD_LIRA = 1_000_000
UNITS = {"tl": 1.0, "thousand_tl": 1000.0}
# What a manifest may say of a budget beside its place and year.
WORDS: dict[str, Iterable[str]] = {
    "entity": ("municipality", "utility", "company"),
    "side": ("expenditure", "revenue"),
    "measure": MEASURES,
    "unit": UNITS,
    "currency": ("try", "trl"),
    "state": ("final", "provisional"),
}


class Told:
    """What the manifest tells of a whole file, and a row of itself."""

    def __init__(self, reading: Reading) -> None:
        self.layout, self.report, self.registry = reading.layout, reading.report, reading.registry
        self.manifest = reading.submission
        self.said: set[tuple[str, object]] = set()
        self.places: dict[str, str | None] = {}

    def check(self) -> None:
        """Report what nothing tells of the whole file, and a word of the manifest that means nothing."""
        columns = {column.name for column in self.layout.columns}
        if "place" not in columns and not self.manifest.place:
            self.report.add("place_untold")
        if "period" not in columns and not self.layout.across and not self.manifest.period:
            self.report.add("year_untold")
        if "amount" in self.report.headers and not self.manifest.measure:
            self.report.add("measure_untold", None, self.report.headers["amount"])
        if not {"amount", *MEASURES} & self.report.headers.keys():
            self.report.add("no_amount_column")
        for key, allowed in WORDS.items():
            value = getattr(self.manifest, key)
            if value is not None and value not in allowed:
                told = ", ".join(allowed)
                self.report.add("manifest_word", None, None, value, key=key, expected=Sentence(told, told))

    def once(self, rule: str, value: object = None, **fields: object) -> None:
        """A fault of the file, said once however many rows have it."""
        if (rule, value) not in self.said:
            self.said.add((rule, value))
            self.report.add(rule, None, None, value, **fields)

    def header(self, column: str) -> str:
        """What the file calls a column; of a code in levels, its first level."""
        headers = self.report.headers
        return headers.get(column) or headers.get(f"{column}_1") or headers.get("amount") or column

    def place(self, record: Record) -> str | None:
        """The municipality whose budget the row is of, None where it is none; empty where nothing tells."""
        name = record.texts.get("place", self.manifest.place or "")
        if not name:  # a fault already
            return None if "place" in record.texts else ""
        found = self.municipality(name)
        if found is None:
            self.report_place(name, record)
        return found

    def municipality(self, name: str) -> str | None:
        """The id of the municipality with this id, code, name or alias."""
        if name not in self.places:
            known = self.registry.cities.get(name)
            is_id = known is not None and known.kind == "municipality"
            self.places[name] = name if is_id else self.registry.resolve(name, "municipality")
        return self.places[name]

    def report_place(self, name: str, record: Record) -> None:
        """Report a name that is no municipality's, with the nearest that is."""
        others = (self.registry.resolve(name, kind) for kind in ("province", "country"))
        rule = "place_no_municipality" if name in self.registry.cities or any(others) else "unknown_place"
        nearest = self.registry.nearest(name, "municipality") or "—"
        if "place" in record.texts:
            self.report.add(rule, record.row, self.header("place"), name, nearest=nearest)
        else:
            self.once(rule, name, nearest=nearest)

    def year(self, period: str, record: Record) -> int | None:
        """The year of an amount, None where it is none; 0 where nothing tells."""
        if YEAR.fullmatch(period):
            return int(period)
        has_column = "period" in record.texts
        if not period and not self.layout.across:  # a fault already
            return None if has_column else 0
        if has_column:
            self.report.add("year_unreadable", record.row, self.header("period"), period)
        else:
            self.once("year_unreadable", period)
        return None

    def scale(self, record: Record, year: int) -> float:
        """How many lira of today one of the row's amounts stands for; six zeros were taken off in 2005."""
        unit, currency = record.texts.get("unit") or self.manifest.unit, self.manifest.currency
        if not unit:
            self.once("unit_untold")
        if 0 < year < FIRST_YEAR_OF_TRY and not currency:
            self.once("currency_untold", year)
        elif year >= FIRST_YEAR_OF_TRY and currency == "trl":
            self.once("currency_too_late", year)
        return UNITS.get(unit or "", 1.0) / (OLD_LIRA if currency == "trl" else 1.0)
