"""The open branch in every compared municipality and year, converted; trend and comparison read these rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import prices
from dashboard.budget_catalog import ENTITIES
from dashboard.catalog import City
from dashboard.frame import Row
from dashboard.prices import Amount, Basis
from dashboard.state_spending import SCOPES
from dashboard.views.compare_members import members
from dashboard.views.spending_lens import TOTAL, Lens
from dashboard.views.spread import quantile


@dataclass(frozen=True)
class Peers:
    """The compared cities, the lead among them, and their rows by city and year."""

    cities: Mapping[str, City]
    rows: Mapping[tuple[str, int], Row]

    @classmethod
    def read(cls, lens: Lens) -> Peers:
        """Ask once for all of them; a function of level I is in the totals, anything finer in the cells."""
        state, branch, data = lens.state, lens.state.branch, lens.data
        cities = {city.city_id: city for city in members(data, state)}
        scope = SCOPES[state.scope]
        asked = {"scope": scope, "city_ids": sorted(cities)}
        if branch.function and "." not in branch.function and not branch.economic:
            found = data.rows("spending_places", code=branch.function, **asked)
        elif branch.function or branch.economic:
            found = data.rows(
                "spending_crossed", entities=list(ENTITIES[scope]), function=branch.function,
                economic=branch.economic, **asked,
            )  # fmt: skip
        else:
            found = data.rows("spending_places", code=TOTAL, **asked)
        return cls(cities, {(row["city_id"], row["year"]): row for row in found})

    @property
    def years(self) -> list[int]:
        """Years with a budget of any of them, the oldest first."""
        return sorted({year for _, year in self.rows})

    def is_provisional(self, year: int) -> bool:
        """Whether any of them has a budget of the year that is not final."""
        return any(row["is_provisional"] for (_, other), row in self.rows.items() if other == year)

    def value(self, lens: Lens, city_id: str, year: int, basis: Basis) -> Row:
        """The chosen measure on the basis: value, status, the reason in words, and the amount as reported."""
        row = self.rows.get((city_id, year))
        words = lens.words
        if row is None:
            return _missing(words("spending.no_budget", year=year))
        if not row["has_lines"]:
            return _missing(words("spending.no_such_lines"))
        amount = _amount(lens, row, year, basis)
        known = "provisional" if row["is_provisional"] else "measured"
        return {
            "value": amount.value,
            "text": prices.text(amount.value, basis, words),
            "status": known if amount.value is not None else "not_collected",
            "code": amount.reason,
            "reason": prices.reason(amount.reason, year, words),
            "nominal": row[lens.column],
            "population": row["population"],
            "row": row,
        }

    def median(self, lens: Lens, year: int, basis: Basis) -> tuple[float | None, int]:
        """The median of the cities with a value, the lead among them, and how many these are."""
        rows = (self.rows.get((city_id, year)) for city_id in self.cities)
        values = (_amount(lens, row, year, basis).value for row in rows if row and row["has_lines"])
        known = sorted(value for value in values if value is not None)
        return (quantile(known, 0.5), len(known)) if known else (None, 0)


def _amount(lens: Lens, row: Row, year: int, basis: Basis) -> Amount:
    return lens.data.catalog.prices.convert(
        row[lens.column], year, basis, population=row["population"], total=row[f"total_{lens.column}"]
    )


def _missing(reason: str) -> Row:
    return {
        "value": None, "text": "", "status": "not_collected", "code": "no_lines", "reason": reason,
        "nominal": None, "population": None, "row": {},
    }  # fmt: skip
