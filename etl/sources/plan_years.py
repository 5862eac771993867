"""The columns of a plan that stand once a year: which year each is of, and the values of a row by year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from etl.sources.contract import Measure, Record, Remark, Report

YEAR_END = 12
YEAR = re.compile(r"(19|20)\d\d")
# A year counted from the plan's first: Hedef 2. yıl.
NTH = re.compile(r"\b[1-9]\b")
# The year in a header, and behind it the month up to which a value within the year was measured, folded: 2025 06.
SPOT = re.compile(r"(?P<year>\d{4})(?: (?P<month>0?[1-9]|1[0-2]))?")


class Spot(NamedTuple):
    """What a column across the years holds: target, actual or reason, of which year, up to which month."""

    name: str
    year: int
    month: int


class YearValues(NamedTuple):
    """What a row says of one year; ``month`` is the one ``actual`` was measured in, None without a value."""

    target: float | None
    actual: float | None
    month: int | None
    reason: str | None


def spots(record: Record, period: tuple[int, int] | None, report: Report) -> dict[str, Spot]:
    """Header -> spot of every readable column across the years; reports the others, once for the file.

    ``period`` are the plan's first and last year, None where they could not be read.
    """
    found: dict[str, Spot] = {}
    cells: Iterable[Measure | Remark] = (*record.measures, *record.remarks)
    for cell in cells:
        spot = read_spot(cell)
        if spot is None:
            expected = f"{cell.told['word']} {likely_year(cell.header, period)}"
            rule = "plan_month_header" if cell.column.name == "actual" else "plan_year_header"
            report.add(rule, None, cell.header, cell.header, expected=expected)
        elif period and not period[0] <= spot.year <= period[1]:
            told = {"first": period[0], "last": period[1]}
            report.add("plan_year_outside", None, cell.header, spot.year, **told)
        elif spot in found.values() or cell.header in found:
            report.add("columns_repeated", None, cell.header, cell.header)
        else:
            found[cell.header] = spot
    return found


def likely_year(header: str, period: tuple[int, int] | None) -> int:
    """The year to propose for a header that cannot be read: the one it has, or the one it counts to."""
    if told := YEAR.search(header):
        return int(told[0])
    nth = NTH.search(header)
    return (period[0] if period else 2025) + (int(nth[0]) - 1 if nth else 0)


def read_spot(cell: Measure | Remark) -> Spot | None:
    """The spot a header names; only an actual value may be of a month."""
    told = SPOT.fullmatch(cell.told["period"])
    if told is None or (told["month"] and cell.column.name != "actual"):
        return None
    return Spot(cell.column.name, int(told["year"]), int(told["month"] or YEAR_END))


def values_of(record: Record, at: dict[str, Spot], years: Iterable[int]) -> dict[int, YearValues]:
    """The values of a row for each year: of the actual ones that of the year's end, else of the latest month."""
    numbers = {at[one.header]: one.number.value for one in record.measures if one.number and one.header in at}
    reasons = {at[one.header].year: one.text for one in record.remarks if one.text and one.header in at}
    found = {}
    for year in years:
        month = max((one.month for one in numbers if one.name == "actual" and one.year == year), default=None)
        actual = None if month is None else numbers[Spot("actual", year, month)]
        target = numbers.get(Spot("target", year, YEAR_END))
        found[year] = YearValues(target, actual, month, reasons.get(year))
    return found
