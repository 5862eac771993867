"""Public budgets: a row is a budget line, or the sum of some; codes and amounts are read, nothing is guessed.

A line whose code is not in the classification is kept and counted; what does not add up refuses the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from etl.numbers import Number
from etl.sources.contract import Record
from etl.sources.observation import Reading
from etl.sources.spending_codes import WIDTHS, Codes, normalised
from etl.sources.spending_notes import tell
from etl.sources.spending_sums import Group, Line, check_sums, lira
from etl.sources.spending_told import MEASURES, WORDS, Told
from etl.turkish import lookup_key

# How many levels of an institutional code name the municipality itself; the next is the unit inside it.
LEVELS_OF_MUNICIPALITY = 3


class SpendingLine(NamedTuple):
    """A budget line: mart.spending_row without the file, codes and amounts as far as the file has them."""

    city_id: str
    year: int
    entity: str
    side: str
    institutional: str | None
    functional: str | None
    finance_type: str | None
    economic: str | None
    label: str | None
    initial_try: float | None
    appropriation_try: float | None
    accrued_try: float | None
    outturn_try: float | None
    is_provisional: bool
    row_number: int

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """The measures it has of its city, year, entity and side."""
        amounts = (self.initial_try, self.appropriation_try, self.accrued_try, self.outturn_try)
        named = zip(MEASURES, amounts, strict=True)
        return tuple((*self[:4], measure) for measure, amount in named if amount is not None)


def lines(rows: Iterable[Record], reading: Reading) -> Iterator[SpendingLine]:
    """The lines of a budget; every fault goes to the report, sums are checked and not handed on."""
    budget = BudgetFile(reading)
    found = [line for record in rows for line in budget.read(record)]
    budget.told.check()
    details = check_sums(found, reading.layout, reading.report)
    budget.check_institutions(details)
    tell(details, budget.left_out, reading)
    for line in details:
        if not line.is_faulty:
            yield handed_on(line, reading.layout.is_classified)


class BudgetFile:
    """One budget while its rows are read."""

    def __init__(self, reading: Reading) -> None:
        self.layout, self.report = reading.layout, reading.report
        self.told = Told(reading)
        self.totals = {lookup_key(word) for word in self.layout.totals}
        self.left_out = 0

    def read(self, record: Record) -> Iterator[Line]:
        """The lines of one row, one a year; none where its year or place cannot be told."""
        before = len(self.report.faults)
        side = self.side_of(record)
        if side is None:
            self.left_out += self.layout.lines is not None  # an empty cell is a fault already
            return
        codes, place = self.codes_of(record), self.told.place(record)
        entity = record.texts.get("entity") or self.told.manifest.entity or "municipality"
        is_known = entity in WORDS["entity"] and side in WORDS["side"]  # where not, it is a fault already
        state = record.texts.get("state") or self.told.manifest.state
        label = ": ".join(filter(None, (record.texts.get(name, "") for name in ("division", "label"))))
        is_total = not any(codes) and self.is_total(record)
        for period, amounts in self.amounts_of(record).items():
            year = self.told.year(period, record)
            if place is None or year is None or not is_known:
                continue
            scale = self.told.scale(record, year)
            is_faulty = record.is_faulty or len(self.report.faults) > before
            group = Group(place, year, entity, side)
            yield Line(
                record.row, group, codes, label, amounts, scale, state == "provisional", is_total, is_faulty
            )

    def side_of(self, record: Record) -> str | None:
        """Expenditure or revenue; None for a line that the layout leaves out."""
        if self.layout.lines is None:
            return record.texts.get("side") or self.told.manifest.side or self.layout.side
        label = record.texts["label"]
        sides = (side for side, pattern in self.layout.lines.items() if re.fullmatch(pattern, label))
        return next(sides, None)

    def is_total(self, record: Record) -> bool:
        """Whether the row is called a total, in its text or where a code would stand."""
        spelled = [text for name, text in record.texts.items() if name == "label" or is_code(name)]
        return any(lookup_key(text) in self.totals for text in spelled if text)

    def codes_of(self, record: Record) -> Codes:
        """The codes of a row; none of them, and a fault, where a cell holds no code."""
        spelled = {kind: code_cells(record, kind) for kind in WIDTHS}
        written = [text for cells in spelled.values() for text in cells if text]
        if written and all(lookup_key(text) in self.totals for text in written):
            return Codes()
        found = {kind: normalised(kind, cells) for kind, cells in spelled.items()}
        for kind, code in found.items():
            if code is None:
                cells = ".".join(spelled[kind])
                self.report.add("code_unreadable", record.row, self.told.header(kind), cells)
        if None in found.values():
            return Codes()
        codes = Codes(**{kind: code or "" for kind, code in found.items()})
        if self.layout.is_classified and not any(codes) and not self.is_total(record):
            label = record.texts.get("label")
            self.report.add("codes_missing", record.row, self.told.header("economic"), label)
        return codes

    def amounts_of(self, record: Record) -> dict[str, dict[str, float | None]]:
        """The amounts of a row by measure, by the year they are of; what is no amount is reported."""
        found: dict[str, dict[str, Number | None]] = {}
        if self.layout.across:
            for one in record.measures:
                period, measure = one.told["period"], one.column.name
                self.report.headers.setdefault(f"{measure} {period}", one.header)
                found.setdefault(period, {})[measure] = one.number
        else:
            own = found.setdefault(record.texts.get("period", self.told.manifest.period or ""), {})
            own |= record.numbers
            if "amount" in own:  # undeclared it is a fault already; its sums are checked all the same
                own[self.told.manifest.measure or "initial"] = own.pop("amount")
        return {
            period: {
                measure: self.amount(one, measure, period, record.row) for measure, one in numbers.items()
            }
            for period, numbers in found.items()
        }

    def amount(self, number: Number | None, measure: str, period: str, row: int) -> float | None:
        """A number as an amount, which is neither negative nor a percentage."""
        if number is None:
            return None
        rule = "amount_percent" if number.is_percent else "amount_negative" if number.value < 0 else None
        if rule:
            header = self.report.headers.get(f"{measure} {period}") or self.told.header(measure)
            self.report.add(rule, row, header, f"{number.value:.2f}", shown=lira(number.value))
        return number.value

    def check_institutions(self, found: list[Line]) -> None:
        """Report a table of one municipality whose lines belong to several."""
        institutions: dict[str, int] = {}
        for line in found if self.layout.subtotals else ():
            levels = line.codes.institutional.split(".")
            if len(levels) >= LEVELS_OF_MUNICIPALITY:
                institutions.setdefault(".".join(levels[:LEVELS_OF_MUNICIPALITY]), line.row)
        first, header = next(iter(institutions), ""), self.told.header("institutional")
        for other, row in list(institutions.items())[1:]:
            self.report.add("institutions_mixed", row, header, other, first=first)


def handed_on(line: Line, is_classified: bool) -> SpendingLine:
    """The line in lira of today, with its codes where they are those of the classification."""
    codes = line.codes if is_classified else line.codes._replace(functional="", economic="")
    institutional, functional, finance_type, economic = (code or None for code in codes)
    initial, appropriation, accrued, outturn = (
        line.lira(name) if line.has(name) else None for name in MEASURES
    )
    return SpendingLine(
        *line.group,
        institutional, functional, finance_type, economic, line.label or None,
        initial, appropriation, accrued, outturn,
        line.is_provisional, line.row,
    )  # fmt: skip


def is_code(column: str) -> bool:
    """Whether a column holds a code or a level of one."""
    return column.rpartition("_")[0] in WIDTHS or column in WIDTHS


def code_cells(record: Record, kind: str) -> list[str]:
    """The cells of a row that spell one code: one, or one a level."""
    if kind in record.texts:
        return [record.texts[kind]]
    return [text for name, text in record.texts.items() if name.rpartition("_")[0] == kind]
