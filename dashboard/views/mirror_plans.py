"""What was promised for a service: the objectives of a plan that name it, each with its state; never one score."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from dashboard.catalog import Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.state import address
from dashboard.state_plan import default_city
from dashboard.text import Words
from dashboard.views.mirror_measure import Measure, Step, missing
from dashboard.views.values import lang_query

FACTS = ("counts", "objectives", "period")
PATH = "/plan"
DISPLAYS = ("full", "high", "partial", "low", "insufficient")


class Plans:
    """The asked services in every city, or in one, as far as was told by the end of a year."""

    def __init__(
        self, data: Data, year: int, services: tuple[Service, ...], words: Words, city_id: str | None = None
    ) -> None:
        self._catalog, self._words, self._year = data.catalog, words, year
        self._data, self._city = data, city_id
        self._services = [service.service_id for service in services]
        self._home = default_city(data.catalog)

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        rows = self._data.rows("mirror_plans", year=self._year, services=self._services, city_id=self._city)
        for row in rows:
            found.setdefault(row["city_id"], []).append(row)
        return found

    @property
    def cities(self) -> frozenset[str]:
        """Those with a plan of any years."""
        return frozenset(self._catalog.plans.by_city)

    def of(self, city_id: str, service: Service) -> Measure:
        """The objectives of the service, counted by state."""
        words, rows = self._words, self._rows.get(city_id)
        if not rows:
            return missing(words("mirror.why_no_plan", year=self._year), words("mirror.short_no_plan"))
        first = rows[0]
        plan = words("mirror.plan_years", first=first["first_year"], last=first["last_year"])
        own = [row for row in rows if row["service_id"] == service.service_id]
        source = self._catalog.sources.get(first["source_id"] or "")
        stamp = {
            "source": words.of(source, "citation") if source else "",
            "licence": words.of(source, "licence") if source else "",
            "is_synthetic": first["is_synthetic"],
        }
        if not own:
            why = words("mirror.why_no_objective", plan=plan)
            return missing(why, words("mirror.short_no_objective"), **stamp, facts=(("period", plan),))
        steps = tuple(self._step(row) for row in own)
        counts = counted(steps, words)
        year = "" if first["year"] is None else str(first["year"])
        return Measure(
            value=float(len(steps)),
            text=counts,
            sub="",
            word="" if year else words("mirror.not_told_yet"),
            status="measured",
            year=year,
            unit=words("mirror.unit_objectives"),
            href=steps[0].href,
            steps=steps,
            facts=(
                ("counts", counts),
                ("objectives", "; ".join(f"{step.code} {step.label}: {step.word}" for step in steps)),
                ("period", plan),
            ),
            **stamp,
        )

    def _step(self, row: Row) -> Step:
        words = self._words
        display = row["display"] or "insufficient"
        word = words(f"plan.is_{display}")
        return Step(
            display=display,
            word=word,
            code=row["objective_id"],
            label=row["label"],
            href=self._link(row),
        )

    def _link(self, row: Row) -> str:
        """The plan of the city in the year the state is of, opened at the objective."""
        plans = self._catalog.plans
        year = row["year"] or min(self._year, row["last_year"])
        query = {"kent": row["city_id"], "yil": str(year), "hedef": f"{row['plan_id']}~{row['objective_id']}"}
        usual = {"kent": self._home, "yil": str(plans.newest(row["city_id"]))}
        asked = {name: value for name, value in query.items() if value != usual.get(name)}
        return address(PATH, {**asked, **lang_query(self._words)})


def counted(steps: tuple[Step, ...], words: Words) -> str:
    """1 ulaşıldı, 2 kısmen: how many objectives are in each state, best first."""
    found = Counter(step.display for step in steps)
    named = {step.display: step.word for step in steps}
    return ", ".join(
        words("mirror.count", n=found[display], state=named[display])
        for display in DISPLAYS
        if display in found
    )
