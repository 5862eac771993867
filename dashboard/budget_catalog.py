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
    """Codes by classification and code; years by city, the oldest first, and those of them that are not final."""

    codes: Mapping[tuple[str, str], Code]
    years: Mapping[str, tuple[int, ...]]
    provisional: Mapping[str, frozenset[int]]

    def code(self, classification: str, code: str) -> Code:
        """The named code, otherwise unclassified."""
        return self.codes.get((classification, code)) or self.codes[classification, UNCLASSIFIED]

    def knows(self, classification: str, code: str) -> bool:
        """Whether the code has a name."""
        return (classification, code) in self.codes

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """Years with the budget of any municipality, the oldest first."""
        return tuple(sorted({year for years in self.years.values() for year in years}))

    def years_of(self, city_id: str) -> tuple[int, ...]:
        """The city's years; of one without any, those of the others, so that it can be compared at all."""
        return self.years.get(city_id) or self.all_years

    def default_year(self, city_id: str) -> int:
        """The newest final year; 0 where there is no budget at all."""
        years = self.years_of(city_id)
        final = [year for year in years if year not in self.provisional.get(city_id, frozenset())]
        return next(reversed(final or years or (0,)))


def load(warehouse: Warehouse) -> Budgets:
    """What the generation in service has."""
    codes = [Code(**row) for row in warehouse.rows("budget_codes")]
    received = warehouse.rows("budget_years")
    return Budgets(
        codes={(one.classification, one.code): one for one in codes},
        years={row["city_id"]: tuple(row["years"]) for row in received},
        provisional={row["city_id"]: frozenset(row["provisional"] or ()) for row in received},
    )
