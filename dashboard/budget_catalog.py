"""What budgets there are: the classification and the years received of each municipality; built once a release.

A code without a name here is shown under the one its first levels name; the ETL has put all others under unclassified.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.warehouse import Warehouse

UNCLASSIFIED = "unclassified"
ENTITIES = {
    "own": ("municipality",),
    "utilities": ("municipality", "utility"),
    "all": ("municipality", "utility", "company"),
}
"""Whose budgets a scope adds up (mart.spending_total.scope)."""


@dataclass(frozen=True)
class Code:
    """One named code of the budget classification (mart.dim_budget_code)."""

    classification: str
    code: str
    parent: str | None
    level: int
    label_tr: str
    label_en: str
    sort_key: int


@dataclass(frozen=True, eq=False)
class Budgets:
    """Codes by classification and code; years by city, the oldest first, those of them that are not final, and those
    whose outturn is known."""

    codes: Mapping[tuple[str, str], Code]
    years: Mapping[str, tuple[int, ...]]
    provisional: Mapping[str, frozenset[int]]
    spent: Mapping[str, frozenset[int]]

    def code(self, classification: str, code: str) -> Code:
        """The named code, otherwise unclassified."""
        return self.codes.get((classification, code)) or self.codes[classification, UNCLASSIFIED]

    def knows(self, classification: str, code: str) -> bool:
        """Whether the code has a name."""
        return (classification, code) in self.codes

    def level_one(self, classification: str) -> tuple[str, ...]:
        """Codes of level I in their order; unclassified is none."""
        own = [one for one in self.codes.values() if one.classification == classification and one.level == 1]
        return tuple(one.code for one in own if one.code != UNCLASSIFIED)

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """Years with the budget of any municipality, the oldest first."""
        return tuple(sorted({year for years in self.years.values() for year in years}))

    def years_of(self, city_id: str) -> tuple[int, ...]:
        """The city's years; of one without any, those of the others, so that it can be compared at all."""
        return self.years.get(city_id) or self.all_years

    def default_year(self, city_id: str) -> int:
        """The newest final year with an outturn, otherwise the newest with one, otherwise the newest.

        Of a city without a budget that of the others; 0 where there is no budget at all.
        """
        own = (city_id,) if city_id in self.years else tuple(self.years)
        spent = {year for one in own for year in self.spent[one]}
        final = {year for one in own for year in self.spent[one] - self.provisional[one]}
        return max(final or spent or self.years_of(city_id), default=0)


def load(warehouse: Warehouse) -> Budgets:
    """What the generation in service has."""
    codes = [Code(**row) for row in warehouse.rows("budget_codes")]
    received = warehouse.rows("budget_years")
    return Budgets(
        codes={(one.classification, one.code): one for one in codes},
        years={row["city_id"]: tuple(row["years"]) for row in received},
        provisional={row["city_id"]: frozenset(row["provisional"] or ()) for row in received},
        spent={row["city_id"]: frozenset(row["spent"] or ()) for row in received},
    )
