"""Published figures: a row, or a cell of a wide row, is a place, indicator and period; no unit is guessed."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.errors import sentence
from etl.numbers import Number
from etl.registry_entries import Indicator
from etl.sources.contract import Record
from etl.sources.observation import WITH_VALUE, WITHOUT_VALUE, Observation, Reading
from etl.sources.places import Places

TOTAL = "total"
FEWEST_FOR_FRACTIONS = 5
# What the kind of an indicator allows, whatever the place; other kinds are unbounded.
BOUNDS = {"share": (0.0, 100.0), "count": (0.0, math.inf)}


class Figure(NamedTuple):
    """One cell to be read as a figure: whose indicator's, under which header, and the number in it."""

    indicator_id: str
    column: str
    number: Number | None


def observations(rows: Iterable[Record], reading: Reading) -> Iterator[Observation]:
    """The observations of an indicator table; every fault goes to the report and its row is left out."""
    return FigureTable(reading).observations(rows)


class FigureTable:
    """One table of figures while it is read: it remembers the keys it has seen and each indicator's size."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.report = reading.report
        self.places = Places(reading.registry)
        self.seen: dict[tuple[str, str, str, str], int] = {}
        self.sizes: dict[str, tuple[int, float]] = {}
        self.wrong_units: set[str] = set()

    def observations(self, rows: Iterable[Record]) -> Iterator[Observation]:
        """Row after row, and at the end what only the whole table shows."""
        for record in rows:
            before = len(self.report.faults)
            found = [one for figure in figures(record) if (one := self.read(figure, record)) is not None]
            for one in found:
                self.check_first(one)
                self.note_size(one)
            if not record.is_faulty and len(self.report.faults) == before:
                yield from found
        self.check_fractions()

    def read(self, figure: Figure, record: Record) -> Observation | None:
        """The observation in one cell; None where it belongs to no known indicator and place."""
        indicator = self.reading.registry.indicators.get(figure.indicator_id)
        if indicator is None:
            self.report_unknown(figure, record)
            return None
        if indicator.computed_from is not None:
            told = sentence(f"computed_from_{indicator.computed_from}")
            self.report.add("indicator_computed", record.row, "indicator", figure.indicator_id, source=told)
            return None
        layout, submission = self.reading.layout, self.reading.submission
        period = record.texts.get("period", layout.period or submission.period or "")
        place_id = self.places.find(record.texts["place"], indicator, record.row, self.report)
        self.check_period(period, indicator, record)
        self.check_unit(figure, indicator, record)
        self.check_status(figure, record)
        self.check_answer(figure, indicator, record)
        self.check_range(figure, indicator, record)
        self.check_interval(figure, record)
        if place_id is None:
            return None
        return Observation(
            place_id,
            figure.indicator_id,
            period,
            record.texts.get("group") or TOTAL,
            figure.number.value if figure.number else None,
            bound(record, "lower"),
            bound(record, "upper"),
            bound(record, "n"),
            bound(record, "n_effective"),
            record.texts.get("status") or "measured",
            record.row,
            figure.column,
        )

    def report_unknown(self, figure: Figure, record: Record) -> None:
        """Report an indicator nobody has declared, with the nearest one that is."""
        if figure.indicator_id:
            near = difflib.get_close_matches(figure.indicator_id, self.reading.registry.indicators, n=1)
            nearest = near[0] if near else "—"
            self.report.add(
                "unknown_indicator", record.row, "indicator", figure.indicator_id, nearest=nearest
            )

    def check_first(self, one: Observation) -> None:
        """Report a key that an earlier row has."""
        first = self.seen.setdefault(one.key, one.row_number)
        if first != one.row_number:
            self.report.add("duplicate_key", one.row_number, first=first)

    def check_period(self, period: str, indicator: Indicator, record: Record) -> None:
        """Report a period the indicator is not expected for."""
        if period and period not in indicator.periods:
            expected = f"{indicator.first_period} … {indicator.last_period}"
            told = {"indicator": indicator.indicator_id, "expected": expected}
            self.report.add("unknown_period", record.row, "period", period, **told)

    def check_unit(self, figure: Figure, indicator: Indicator, record: Record) -> None:
        """Report a declared unit that is another one (a fault of the file), and a misplaced percent sign."""
        unit, number = record.texts.get("unit", ""), figure.number
        units = {indicator.unit_symbol, indicator.unit_tr, indicator.unit_en}
        if unit and unit not in units and unit not in self.wrong_units:
            self.wrong_units.add(unit)
            expected = indicator.unit_symbol or indicator.unit_tr
            self.report.add("unit_wrong", None, "unit", unit, expected=expected)
        if number and number.is_percent and indicator.unit_symbol != "%":
            told = {"indicator": indicator.indicator_id, "expected": indicator.unit_tr}
            self.report.add("percent_unexpected", record.row, figure.column, f"{number.value:g}%", **told)

    def check_answer(self, figure: Figure, indicator: Indicator, record: Record) -> None:
        """Report a yes or no where a number belongs, and a number that is neither where one belongs."""
        number = figure.number
        if number is None:
            return
        if indicator.kind == "yes_no" and number.value not in (0.0, 1.0):
            self.report.add("answer_expected", record.row, figure.column, f"{number.value:g}")
        elif indicator.kind != "yes_no" and number.is_answer:
            told = {"indicator": indicator.indicator_id, "expected": indicator.unit_tr}
            self.report.add("answer_unexpected", record.row, figure.column, **told)

    def check_status(self, figure: Figure, record: Record) -> None:
        """Report an unknown status, and one that contradicts the value beside it."""
        status, row = record.texts.get("status", ""), record.row
        if status and status not in WITH_VALUE + WITHOUT_VALUE:
            allowed = ", ".join(WITH_VALUE + WITHOUT_VALUE)
            self.report.add("unknown_status", row, "status", status, expected=allowed)
        elif figure.number is None and status not in WITHOUT_VALUE and not record.is_faulty:
            self.report.add("value_without_number", row, figure.column, status or "measured")
        elif figure.number is not None and status in WITHOUT_VALUE:
            self.report.add("number_without_value", row, "status", status)

    def check_range(self, figure: Figure, indicator: Indicator, record: Record) -> None:
        """Report a value that the indicator's kind, or the table's own scale, does not allow."""
        low, high = BOUNDS.get(indicator.kind, (-math.inf, math.inf))
        layout = self.reading.layout
        low = low if layout.low is None else max(low, layout.low)
        high = high if layout.high is None else min(high, layout.high)
        if figure.number and not low <= figure.number.value <= high:
            told = {"low": f"{low:g}", "high": f"{high:g}".replace("inf", "∞")}
            self.report.add("out_of_range", record.row, figure.column, f"{figure.number.value:g}", **told)

    def check_interval(self, figure: Figure, record: Record) -> None:
        """Report a value outside its own interval."""
        lower, upper = bound(record, "lower"), bound(record, "upper")
        if figure.number is None or (lower is None and upper is None):
            return
        low, high = -math.inf if lower is None else lower, math.inf if upper is None else upper
        if not low <= figure.number.value <= high:
            told = {"low": f"{low:g}", "high": f"{high:g}"}
            self.report.add("interval_wrong", record.row, figure.column, f"{figure.number.value:g}", **told)

    def note_size(self, one: Observation) -> None:
        """Remember how many values an indicator has and the largest of them."""
        if one.value is not None:
            count, most = self.sizes.get(one.indicator_id, (0, 0.0))
            self.sizes[one.indicator_id] = count + 1, max(most, one.value)

    def check_fractions(self) -> None:
        """Report a share whose values all lie between 0 and 1: fractions where per cent is declared."""
        for indicator_id, (count, most) in self.sizes.items():
            is_share = self.reading.registry.indicators[indicator_id].kind == "share"
            if is_share and count >= FEWEST_FOR_FRACTIONS and 0 < most <= 1:
                self.report.add("unit_fraction", None, "value", indicator=indicator_id)


def figures(record: Record) -> list[Figure]:
    """The figure of a tidy row, or one for each indicator column of a wide row."""
    if record.measures:
        return [Figure(one.column.indicator or "", one.header, one.number) for one in record.measures]
    return [Figure(record.texts["indicator"], "value", record.numbers["value"])]


def bound(record: Record, name: str) -> float | None:
    """The number in an optional column; None where the file has no such column or the cell is empty."""
    number = record.numbers.get(name)
    return number.value if number else None
