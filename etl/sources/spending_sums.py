"""Which rows of a budget are lines and which are sums of lines; every printed sum must be the sum of its lines.

Refunds (revenue 09) are written as positive amounts and taken off the total, not off anything below it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from etl.errors import Sentence
from etl.sources.contract import Report
from etl.sources.layout import Layout
from etl.sources.spending_codes import Codes, parents
from etl.sources.spending_told import MEASURES

REFUNDS = "09"
# A printed sum may be off by the rounding of its lines: this much of the written unit for each of them.
TOLERANCE_A_LINE = 0.01


class Group(NamedTuple):
    """Whose budget of which year, and which side of it: what a printed total is the total of."""

    city_id: str
    year: int
    entity: str
    side: str


class Line(NamedTuple):
    """A row of a budget in one year; ``scale`` is how many lira of today the unit of its amounts is."""

    row: int
    group: Group
    codes: Codes
    label: str
    amounts: dict[str, float | None]
    scale: float
    is_provisional: bool
    is_total: bool
    is_faulty: bool

    def has(self, measure: str) -> bool:
        """Whether the row has the amount."""
        return self.amounts.get(measure) is not None

    def lira(self, measure: str) -> float:
        """An amount in lira; 0 where it is missing, which is a fault of its own."""
        return (self.amounts.get(measure) or 0.0) * self.scale

    def signed(self, measure: str) -> float:
        """The same as it counts in a total: refunds are money paid back."""
        is_refund = self.group.side == "revenue" and self.codes.economic.partition(".")[0] == REFUNDS
        return -self.lira(measure) if is_refund else self.lira(measure)


def check_sums(found: Iterable[Line], layout: Layout, report: Report) -> list[Line]:
    """The budget lines among ``found``; reports lines that stand twice, holes and sums that do not add up."""
    groups: dict[Group, list[Line]] = {}
    for line in found:
        groups.setdefault(line.group, []).append(line)
    # A row that stands for no year or place is missing in a sum, nobody knows which.
    is_whole = report.faulty_rows <= {line.row for lines in groups.values() for line in lines}
    details = []
    for lines in groups.values():
        details += GroupOfLines(lines, layout, report).checked(is_whole)
    return details


class GroupOfLines:
    """The rows of one municipality, year, kind of body and side."""

    def __init__(self, lines: list[Line], layout: Layout, report: Report) -> None:
        self.report, self.layout, self.year = report, layout, lines[0].group.year
        self.totals = [line for line in lines if line.is_total]
        self.rows = [line for line in lines if not line.is_total]
        self.above = parents([line.codes for line in self.rows])
        wider = {codes for parts in self.above.values() for codes in parts}
        self.wider = [line for line in self.rows if line.codes in wider and any(line.codes)]
        self.details = [line for line in self.rows if line.codes not in wider or not layout.subtotals]

    def checked(self, is_whole: bool) -> list[Line]:
        """The lines; sums are only compared where every line could be read."""
        before = len(self.report.faults)
        self.check_once()
        measures = [name for name in MEASURES if any(one.has(name) for one in self.details)]
        if self.details and not measures:
            self.report.add("amounts_none", self.details[0].row)
        for measure in measures:
            self.check_holes(measure)
        self.check_no_subtotals()
        is_sound = not any(line.is_faulty for line in self.rows) and len(self.report.faults) == before
        for measure in MEASURES if is_whole and is_sound else ():
            self.check_subtotals(measure)
            self.check_totals(measure)
        return self.details

    def check_once(self) -> None:
        """Report a line that stands twice; where codes are no classification the name belongs to it."""
        seen: dict[tuple[Codes, str], int] = {}
        for line in self.rows:
            key = line.codes, "" if self.layout.is_classified else line.label
            if not any(key[0]) and not key[1]:  # its codes could not be read
                continue
            if (first := seen.setdefault(key, line.row)) != line.row:
                told = ", ".join(filter(None, line.codes)) or line.label
                self.report.add("line_twice", line.row, value=told, first=first)

    def check_holes(self, measure: str) -> None:
        """Report a line without the amount that others have: nothing spent is 0, not an empty cell."""
        for line in self.details:
            if not line.has(measure) and not line.is_faulty:
                self.report.add("amount_missing", line.row, self.header(measure))

    def check_subtotals(self, measure: str) -> None:
        """Report each row with fewer codes that is not the sum of the lines under it."""
        parts = self.parts_of(measure)
        for line in self.wider if self.layout.subtotals else ():
            self.compare(line, measure, parts.get(line.codes, []))

    def check_no_subtotals(self) -> None:
        """Report a row that is the sum of others in all it has, where every row counts as a line."""
        parts = {measure: self.parts_of(measure) for measure in MEASURES}
        for line in () if self.layout.subtotals else self.wider:
            amounts = [
                (line.lira(one), math.fsum(parts[one].get(line.codes, [])))
                for one in MEASURES
                if line.has(one)
            ]
            is_sum = all(math.isclose(*pair, abs_tol=0.01) for pair in amounts)
            if is_sum and any(told for told, _ in amounts):
                self.report.add("subtotal_row", line.row, value=", ".join(filter(None, line.codes)))

    def parts_of(self, measure: str) -> dict[Codes, list[float]]:
        """The amounts of the lines under each row with fewer codes."""
        parts: dict[Codes, list[float]] = {}
        for line in self.details:
            for codes in self.above[line.codes]:
                parts.setdefault(codes, []).append(line.lira(measure))
        return parts

    def check_totals(self, measure: str) -> None:
        """Report each printed total that is not the sum of all lines, less the refunds."""
        parts = [line.signed(measure) for line in self.details]
        for line in self.totals:
            self.compare(line, measure, parts)

    def compare(self, printed: Line, measure: str, parts: list[float]) -> None:
        """Report a printed sum that is not the sum of its parts."""
        if printed.has(measure):
            sums, room = (printed.lira(measure), math.fsum(parts)), printed.scale * max(1, len(parts))
            compare(self.report, printed.row, self.header(measure), sums, room)

    def header(self, measure: str) -> str:
        """What the file calls a measure."""
        headers, year = self.report.headers, self.year
        return headers.get(f"{measure} {year}") or headers.get(measure) or headers.get("amount") or measure


def compare(report: Report, row: int, header: str, sums: tuple[float, float], room: float) -> None:
    """Report a printed sum that differs from the sum of its lines by more than their rounding has ``room`` for: as many
    of the written unit as there are lines."""
    told, summed = sums
    if abs(told - summed) > TOLERANCE_A_LINE * room + 1e-6:
        amounts = {"printed": lira(told), "summed": lira(summed), "difference": lira(abs(told - summed))}
        report.add("sum_wrong", row, header, f"{told:.2f}", **amounts)


def lira(amount: float) -> Sentence:
    """An amount as each language writes it: 1.234,50 and 1,234.50."""
    english = f"{amount:,.2f}"
    return Sentence(english.translate(str.maketrans(",.", ".,")), english)
