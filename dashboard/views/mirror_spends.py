"""What was spent on a service: outturn of its functions per head at prices of a base year, or why it is not told."""

from __future__ import annotations

from functools import cached_property

from dashboard import prices
from dashboard.catalog import Catalog, Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.prices import HEAD_REAL, REAL
from dashboard.state import address
from dashboard.state_mirror import MirrorState
from dashboard.state_spending import OWN, SCOPES
from dashboard.text import Words
from dashboard.views.mirror_measure import Measure, missing
from dashboard.views.values import lang_query

FACTS = ("unit", "scope", "functions", "shared", "nominal", "population", "unclassified")
PATH = "/harcama"
FUNCTIONAL = "functional"
ENTITIES = {
    "own": ("municipality",), "utilities": ("municipality", "utility"), "all": ("municipality", "utility", "company"),
}  # fmt: skip


class Spends:
    """The asked services in every city, or in one, in the year of the spending."""

    def __init__(
        self,
        data: Data,
        state: MirrorState,
        services: tuple[Service, ...],
        words: Words,
        city_id: str | None = None,
    ) -> None:
        self._catalog, self._state, self._words = data.catalog, state, words
        self.year = state.spending_year
        self.basis = data.catalog.prices.fitting(data.catalog.prices.basis(HEAD_REAL, state.base), self.year)
        self._data, self._city = data, city_id
        self._services = [service.service_id for service in services if service.functions]

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Row]:
        rows = self._data.rows(
            "mirror_spending",
            year=self.year,
            entities=list(ENTITIES[SCOPES[self._state.scope]]),
            city_id=self._city,
            services=self._services,
        )
        return {(row["city_id"], row["service_id"]): row for row in rows}

    @property
    def cities(self) -> frozenset[str]:
        """Those with a budget of any year."""
        return frozenset(self._catalog.budgets.years)

    def of(self, city_id: str, service: Service) -> Measure:
        """Spending per head on the functions of the service."""
        if not service.functions:
            return self._missing("no_function")
        row = self._rows.get((city_id, service.service_id))
        if row is None:
            return self._missing("no_budget")
        reason = self._reason(row)
        if reason:
            return self._missing(reason, row, service)
        amount = self._catalog.prices.convert(
            row["spent"], self.year, self.basis, population=row["population"]
        )
        if amount.value is None:
            return self._missing(amount.reason, row, service)
        status, word = self._status(row)
        return Measure(
            value=amount.value,
            text=prices.text(amount.value, self.basis, self._words),
            status=status,
            word=word,
            short=word,
            year=str(self.year),
            unit=prices.unit(self.basis, self._words),
            **self._rest(row, service),
        )

    def links(self, city_id: str, service: Service) -> tuple[tuple[str, str], ...]:
        """Each function of the service, with where the city's budget is open at it."""
        return tuple(
            (function_name(code, self._catalog, self._words), self._link(city_id, code))
            for code in service.functions
        )

    @staticmethod
    def _reason(row: Row) -> str:
        """What stands in the way of an amount, before any price is asked."""
        if row["lacks_outturn"]:
            return "no_outturn"
        if not row["has_own"]:
            return "coarse" if row["has_coarse"] else "no_line"
        return ""

    def _status(self, row: Row) -> tuple[str, str]:
        """A state and its word where the amount is not all there is, or not final."""
        words = self._words
        if not row["has_municipality"]:
            return "low_reliability", words("mirror.only_affiliate")
        if row["has_coarse"]:
            return "low_reliability", words("mirror.partly_coarse")
        return ("provisional", words("status.provisional")) if row["is_provisional"] else ("measured", "")

    def _missing(self, reason: str, row: Row | None = None, service: Service | None = None) -> Measure:
        words = self._words
        more = self._rest(row, service) if row and service else {}
        real = self._catalog.prices.fitting(self._catalog.prices.basis(REAL, self._state.base), self.year)
        total = self._catalog.prices.convert(row["spent"], self.year, real).value if row else None
        told = words("mirror.total_is", total=prices.text(total, real, words), basis=prices.told(real, words))
        why = words(f"mirror.why_{reason}", year=self.year)
        return missing(
            f"{why} {told}" if total is not None else why,
            words(f"mirror.short_{reason}"),
            status="not_applicable" if reason == "no_function" else "not_collected",
            year=str(self.year),
            unit=prices.unit(self.basis, words),
            **more,
        )

    def _rest(self, row: Row, service: Service) -> Row:
        """Where it is told, whose it is, and what a file has besides."""
        words = self._words
        source = self._catalog.sources.get(row["source_id"] or "")
        return {
            "href": self._link(row["city_id"], service.functions[0]),
            "source": words.of(source, "citation") if source else "",
            "licence": words.of(source, "licence") if source else "",
            "is_synthetic": row["is_synthetic"],
            "facts": (
                ("scope", words(f"mirror.scope_{SCOPES[self._state.scope]}")),
                ("functions", "; ".join(service.functions)),
                ("shared", self._shared(service)),
                ("nominal", row["spent"]),
                ("population", row["population"]),
                ("unclassified", 100 * row["unclassified"] / row["total"] if row["total"] else None),
            ),
        }

    def _shared(self, service: Service) -> str:
        """The other services that the amount is of as well."""
        others = {one.service_id: one for found in shared(service, self._catalog).values() for one in found}
        named = ", ".join(self._words.of(one, "label") for one in others.values())
        return self._words("mirror.shared_with", services=named) if named else ""

    def _link(self, city_id: str, function: str) -> str:
        """The budget of the city in that year, opened at the function, on the same basis and scope."""
        catalog, state = self._catalog, self._state
        query = {"kent": city_id, "yil": str(self.year), "fiyat": self.basis.name, "baz": str(state.base)}
        usual = {
            "kent": state.default_lead, "yil": str(catalog.budgets.default_year(city_id)),
            "baz": str(state.default_base),
        }  # fmt: skip
        asked = {name: value for name, value in query.items() if value != usual.get(name)}
        if state.scope != OWN:
            asked["kapsam"] = state.scope
        return address(PATH, {**asked, "dal": function, **lang_query(self._words)})


def function_name(code: str, catalog: Catalog, words: Words) -> str:
    """A functional code and what the classification calls it."""
    named = catalog.budgets.knows(FUNCTIONAL, code)
    return f"{code} {words.of(catalog.budgets.code(FUNCTIONAL, code), 'label')}" if named else code


def shared(service: Service, catalog: Catalog) -> dict[str, list[Service]]:
    """Functions of a service that other mirrored services are booked under as well: budgets do not part them."""
    others = [other for other in catalog.mirrors if other.service_id != service.service_id]
    found = {code: [other for other in others if code in other.functions] for code in service.functions}
    return {code: named for code, named in found.items() if named}
