"""Published figures: a row (or a cell of a wide row) is one place, indicator and period; units are never guessed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from etl.numbers import Number
from etl.registry import Registry
from etl.registry_entries import Indicator
from etl.sources.contract import Record, Report
from etl.sources.layout import Layout
from etl.sources.observation import WITH_VALUE, WITHOUT_VALUE, Observation, Submission
from etl.sources.places import Places

TOTAL = "total"
FEWEST_FOR_FRACTIONS = 5


def observations(
    rows: Iterable[Record], layout: Layout, submission: Submission, registry: Registry, report: Report
) -> Iterator[Observation]:
    """The observations of an indicator table; every fault goes to ``report``, its row is left out."""
    places = Places(registry)
    seen: dict[tuple[str, str, str, str], int] = {}
    largest: dict[str, tuple[int, float]] = {}
    for record in rows:
        before = len(report.faults)
        found = list(read_record(record, layout, submission, registry, places, report))
        for one in found:
            first = seen.setdefault(one.key, one.row_number)
            if first != one.row_number:
                report.add("duplicate_key", one.row_number, first=first)
            note_size(one, largest)
        if len(report.faults) == before:
            yield from found
    report_fractions(largest, registry, report)


def read_record(
    record: Record, layout: Layout, submission: Submission, registry: Registry, places: Places, report: Report
) -> Iterator[Observation]:
    """The one observation of a tidy row, or one for each measure of a wide row."""
    period = record.texts.get("period") or layout.period or submission.period or ""
    if record.measures:
        cells = [(one.column.indicator or "", one.header, one.number) for one in record.measures]
    else:
        cells = [(record.texts["indicator"], "value", record.numbers["value"])]
    for indicator_id, column, number in cells:
        indicator = registry.indicators.get(indicator_id)
        if indicator is None:
            near = difflib.get_close_matches(indicator_id, registry.indicators, n=1, cutoff=0)
            report.add("unknown_indicator", record.row, "indicator", indicator_id, nearest=near[0])
            continue
        place_id = places.find(record.texts["place"], indicator, record.row, report)
        check_period(period, indicator, record.row, report)
        check_unit(record, number, indicator, report)
        status = read_status(record, number, report)
        check_range(number, indicator, layout, record.row, column, report)
        if place_id:
            yield Observation(
                place_id, indicator_id, period, record.texts.get("group") or TOTAL,
                number.value if number else None, *interval(record, number, report), status, record.row, column,
            )


def check_period(period: str, indicator: Indicator, row: int, report: Report) -> None:
    """Report a period the indicator is not expected for."""
    if period not in indicator.periods:
        expected = f"{indicator.periods[0]} … {indicator.periods[-1]}" if indicator.periods else "—"
        report.add("unknown_period", row, "period", period, indicator=indicator.indicator_id, expected=expected)


def check_unit(record: Record, number: Number | None, indicator: Indicator, report: Report) -> None:
    """Report a declared unit that is another one (a fault of the file), and a percent sign where none belongs."""
    units = {indicator.unit_symbol, indicator.unit_tr, indicator.unit_en}
    unit = record.texts.get("unit", "")
    if unit and unit not in units:
        expected = indicator.unit_symbol or indicator.unit_tr
        if not any(fault.rule == "unit_wrong" and fault.value == unit for fault in report.faults):
            report.add("unit_wrong", None, "unit", unit, expected=expected)
    if number and number.is_percent and indicator.unit_symbol != "%":
        report.add("percent_unexpected", record.row, "value", f"{number.value:g}%",
                   indicator=indicator.indicator_id, expected=indicator.unit_tr)


def read_status(record: Record, number: Number | None, report: Report) -> str:
    """The declared status, ``measured`` where a value stands without one; reports a contradiction."""
    status = record.texts.get("status", "")
    if status and status not in WITH_VALUE + WITHOUT_VALUE:
        report.add("unknown_status", record.row, "status", status, expected=", ".join(WITH_VALUE + WITHOUT_VALUE))
    elif number is None and status not in WITHOUT_VALUE:
        report.add("value_without_number", record.row, "value", status or "measured")
    elif number is not None and status in WITHOUT_VALUE:
        report.add("number_without_value", record.row, "status", status)
    return status or "measured"


def check_range(
    number: Number | None, indicator: Indicator, layout: Layout, row: int, column: str, report: Report
) -> None:
    """Report a value that the indicator's kind, or the table's own scale, does not allow."""
    low, high = {
        "share": (0.0, 100.0), "yes_no": (0.0, 1.0), "count": (0.0, float("inf")),
    }.get(indicator.kind, (float("-inf"), float("inf")))
    low = max(low, layout.low) if layout.low is not None else low
    high = min(high, layout.high) if layout.high is not None else high
    if number and not low <= number.value <= high:
        report.add("out_of_range", row, column, f"{number.value:g}", low=f"{low:g}", high=f"{high:g}")


def interval(
    record: Record, number: Number | None, report: Report
) -> tuple[float | None, float | None, float | None, float | None]:
    """Lower and upper bound, sample size and effective size; reports a value outside its own interval."""
    lower, upper, n, n_effective = (
        cell.value if (cell := record.numbers.get(name)) else None
        for name in ("lower", "upper", "n", "n_effective")
    )
    if number and not (-float("inf") if lower is None else lower) <= number.value <= (
        float("inf") if upper is None else upper
    ):
        report.add("interval_wrong", record.row, "value", f"{number.value:g}", low=lower, high=upper)
    return lower, upper, n, n_effective


def note_size(one: Observation, largest: dict[str, tuple[int, float]]) -> None:
    """Remember how many values an indicator has and the largest of them."""
    if one.value is not None:
        count, most = largest.get(one.indicator_id, (0, 0.0))
        largest[one.indicator_id] = count + 1, max(most, one.value)


def report_fractions(largest: dict[str, tuple[int, float]], registry: Registry, report: Report) -> None:
    """Report a share whose values all lie between 0 and 1: fractions where per cent is declared."""
    for indicator_id, (count, most) in largest.items():
        is_share = registry.indicators[indicator_id].kind == "share"
        if is_share and count >= FEWEST_FOR_FRACTIONS and 0 < most <= 1:
            report.add("unit_fraction", None, "value", indicator=indicator_id)
