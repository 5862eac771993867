"""Strategic plans: a performance indicator a row, years across; one plan of one municipality a file.

What a plan lacks (a unit, a target, an indicator) is no fault of its file: etl/plans/lint.py tells it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from etl.errors import Sentence
from etl.registry import Registry
from etl.sources.contract import Record
from etl.sources.observation import Reading
from etl.sources.plan_nodes import Nodes
from etl.sources.plan_years import Spot, spots, values_of
from etl.turkish import lookup_key

PERIOD = re.compile(r"(?P<first>\d{4})\s*[-–—/]\s*(?P<last>\d{4})")
MOST_YEARS = 10
# How a unit says that its values are percentages.
PERCENT = re.compile("%|yüzde|percent|per cent", re.IGNORECASE)


class Plan(NamedTuple):
    """Whose plan a file holds, and its first and last year."""

    city_id: str
    first_year: int
    last_year: int

    @property
    def plan_id(self) -> str:
        """Its id, by city and first year."""
        return f"{self.city_id}-sp{self.first_year}"

    @property
    def years(self) -> range:
        """Every year of it."""
        return range(self.first_year, self.last_year + 1)


class PlanRow(NamedTuple):
    """One row of a plan's file: an indicator, or a goal or objective that stands alone (None for the rest)."""

    plan_id: str
    city_id: str
    first_year: int
    last_year: int
    goal_id: str
    goal: str
    objective_id: str | None
    objective: str | None
    service_id: str | None
    responsible: str | None
    indicator_id: str | None
    indicator: str | None
    definition: str | None
    unit: str | None
    kind: str | None
    direction: str | None
    baseline: float | None
    weight: float | None
    tolerance_pct: float | None
    row_number: int

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """The years of the plan: a municipality has one plan a year."""
        return tuple((self.city_id, "plan", year) for year in range(self.first_year, self.last_year + 1))


class PlanValue(NamedTuple):
    """What a plan says of one indicator and year of it; there is one for every year."""

    plan_id: str
    indicator_id: str
    year: int
    target: float | None
    actual: float | None
    month: int | None
    deviation_reason: str | None
    row_number: int

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """None but those of its plan."""
        return ()


def plan_rows(rows: Iterable[Record], reading: Reading) -> Iterator[PlanRow | PlanValue]:
    """The rows and values of a plan; every fault goes to the report."""
    return PlanTable(reading).rows(rows)


class PlanTable:
    """One plan's table while it is read: it remembers whose it is, its columns and its codes."""

    def __init__(self, reading: Reading) -> None:
        self.registry = reading.registry
        self.report = reading.report
        self.nodes = Nodes(reading.report)
        self.services = service_words(reading.registry)
        self.told: dict[tuple[str, str], Plan | None] = {}
        self.plan: Plan | None = None
        self.spots: dict[str, Spot] | None = None

    def rows(self, rows: Iterable[Record]) -> Iterator[PlanRow | PlanValue]:
        """Row after row."""
        for record in rows:
            self.check_plan(record)
            if self.spots is None:
                period = read_period(record.texts["period"])
                self.spots = spots(record, period, self.report)
            codes = self.nodes.read(record)
            service_id = self.read_service(record)
            if service_id and "objective" in codes:
                self.nodes.check_service(codes["objective"], service_id, record)
            self.check_numbers(record)
            kind, direction = self.read_kind(record, "indicator" in codes)
            if self.plan is None or "goal" not in codes:
                continue
            yield self.row(record, self.plan, codes, (service_id, kind, direction))
            if "indicator" in codes:
                for year, one in values_of(record, self.spots, self.plan.years).items():
                    yield PlanValue(self.plan.plan_id, codes["indicator"], year, *one, record.row)

    def check_plan(self, record: Record) -> None:
        """Report a city or period that cannot be read, and a row of another plan; each spelling once."""
        spelled = record.texts["city"], record.texts["period"]
        if not all(spelled) or spelled in self.told:  # an empty cell is a fault already
            return
        city_id, period = self.read_city(record), read_period(record.texts["period"])
        if period is None:
            self.nodes.add("plan_period_unreadable", record, "period", record.texts["period"])
        found = Plan(city_id, *period) if city_id and period else None
        self.told[spelled] = found
        if found and self.plan and found != self.plan:
            first = f"{self.registry.cities[self.plan.city_id].name_tr} {self.plan.first_year}-{self.plan.last_year}"
            self.nodes.add("plan_more_than_one", record, "city", " ".join(spelled), first=first)
        self.plan = self.plan or found

    def read_city(self, record: Record) -> str | None:
        """The municipality of a row; None and a fault where there is none of that name."""
        name = record.texts["city"]
        city_id = self.registry.resolve(name, "municipality")
        if city_id is None:
            nearest = self.registry.nearest(name, "municipality") or "—"
            self.nodes.add("unknown_place", record, "city", name, nearest=nearest)
        return city_id

    def read_service(self, record: Record) -> str | None:
        """The service a row names; None where it names none, with a fault where it is unknown."""
        name = record.texts.get("service", "")
        if not name or (service_id := self.services.get(lookup_key(name))):
            return service_id if name else None
        near = difflib.get_close_matches(lookup_key(name), self.services, n=1, cutoff=0.0)
        service = self.registry.services[self.services[near[0]]]
        nearest = Sentence(service.label_tr, service.label_en)
        self.nodes.add("unknown_service", record, "service", name, nearest=nearest)
        return None

    def read_kind(self, record: Record, is_indicator: bool) -> tuple[str | None, str | None]:
        """Kind and direction of an indicator; a value to be kept has no direction of its own."""
        kind, direction = record.texts["kind"], record.texts["direction"]
        if not is_indicator:
            return None, None
        if kind == "maintain":
            if direction:
                self.nodes.add("plan_direction_kept", record, "direction", direction)
            return kind, kind
        for name, word in (("kind", kind), ("direction", direction)):
            if not word:
                self.nodes.add("cell_empty", record, name)
        return kind or None, direction or None

    def check_numbers(self, record: Record) -> None:
        """Report a weight or tolerance that is no percentage, and a value that is one where the unit is none."""
        for name in ("weight", "tolerance"):
            number = record.numbers.get(name)
            if number and not 0 <= number.value <= 100:
                self.nodes.add("out_of_range", record, name, f"{number.value:g}", low="0", high="100")
        unit = record.texts.get("unit") or ""
        if not unit or PERCENT.search(unit):
            return
        baseline = (self.report.headers.get("baseline", ""), record.numbers.get("baseline"))
        for header, number in (baseline, *((one.header, one.number) for one in record.measures)):
            if number and number.is_percent:
                told = {"indicator": record.texts["indicator_code"], "expected": unit}
                self.report.add("percent_unexpected", record.row, header, f"%{number.value:g}", **told)

    def row(
        self,
        record: Record,
        plan: Plan,
        codes: dict[str, str],
        told: tuple[str | None, str | None, str | None],
    ) -> PlanRow:
        """The row with empty cells as None and texts as they first came."""
        texts = {name: " ".join(text.split()) or None for name, text in record.texts.items()}
        numbers = {name: number.value if number else None for name, number in record.numbers.items()}
        goal, objective, indicator = (codes.get(level) for level in ("goal", "objective", "indicator"))
        service_id, kind, direction = told
        return PlanRow(
            plan.plan_id,
            *plan,
            goal or "",
            self.nodes.text("goal", goal or ""),
            objective,
            self.nodes.text("objective", objective) if objective else None,
            service_id,
            texts.get("responsible"),
            indicator,
            texts["indicator"],
            texts.get("definition"),
            texts.get("unit"),
            kind,
            direction,
            numbers.get("baseline"),
            numbers.get("weight"),
            numbers.get("tolerance"),
            record.row,
        )


def read_period(text: str) -> tuple[int, int] | None:
    """First and last year of a plan as 2020-2024 says it; None where it does not."""
    told = PERIOD.fullmatch(text)
    if told is None:
        return None
    first, last = int(told["first"]), int(told["last"])
    return (first, last) if 1900 <= first < last < first + MOST_YEARS else None


def service_words(registry: Registry) -> dict[str, str]:
    """Everything a plan may call a service, folded -> its id; ids and labels go before further words."""
    services = registry.services.values()
    names = [(word, one) for one in services for word in (one.service_id, one.label_tr, one.label_en)]
    words = [(word, one) for one in services for word in one.plan_words]
    return {lookup_key(word): one.service_id for word, one in reversed([*names, *words])}
