"""Amounts on a price basis: nominal, real, per head, share of the budget; the one place that converts and names it.

real(base) = nominal x cpi(base) / cpi(year), both of complete years; per head divides by the people of the same year.
An amount that cannot be converted has a reason in place of a value, never another basis unsaid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard import numbers
from dashboard.text import Words
from dashboard.warehouse import Warehouse

NOMINAL, REAL, HEAD, HEAD_REAL, SHARE = "nominal", "reel", "kisi", "kisi-reel", "pay"
BASES = (NOMINAL, REAL, HEAD, HEAD_REAL, SHARE)
"""As addresses carry them."""
_NOMINAL_OF = {REAL: NOMINAL, HEAD_REAL: HEAD}
_FEW = 100
"""Below so many lira a head, two decimals: nothing is rounded to zero."""


@dataclass(frozen=True)
class Basis:
    """A price basis and the year whose prices it is in; 0 where an amount stays in those of its own year."""

    name: str = NOMINAL
    base_year: int = 0

    @property
    def is_real(self) -> bool:
        return self.name in _NOMINAL_OF

    @property
    def is_per_head(self) -> bool:
        return self.name in (HEAD, HEAD_REAL)

    @property
    def is_share(self) -> bool:
        return self.name == SHARE


@dataclass(frozen=True)
class Amount:
    """A converted amount (TRY, TRY per head, or per cent); without a value, why: `no_amount`, `no_deflator`,
    `no_population` or `no_total`."""

    value: float | None
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Prices:
    """The consumer price index (mart.price_level) of complete years, the oldest first."""

    cpi: Mapping[int, float]

    @cached_property
    def base_years(self) -> tuple[int, ...]:
        """Years whose prices amounts can be in, the newest first."""
        return tuple(sorted(self.cpi, reverse=True))

    @cached_property
    def default_base(self) -> int:
        """The newest complete year; 0 where there is no index at all."""
        return next(iter(self.base_years), 0)

    def basis(self, name: str, base_year: int = 0) -> Basis:
        """The basis of this name; a real one in prices of `base_year`, or of the newest complete year."""
        if name not in _NOMINAL_OF:
            return Basis(name)
        return Basis(name, base_year if base_year in self.cpi else self.default_base)

    def fitting(self, basis: Basis, year: int) -> Basis:
        """The basis an amount of `year` can be shown on: a real one is its nominal counterpart without an index."""
        return Basis(_NOMINAL_OF[basis.name]) if basis.is_real and year not in self.cpi else basis

    def convert(
        self,
        amount: float | None,
        year: int,
        basis: Basis,
        *,
        population: float | None = None,
        total: float | None = None,
    ) -> Amount:
        """A nominal amount of `year` on the basis; `total` is the budget it is a share of."""
        if amount is None:
            return Amount(None, "no_amount")
        if basis.is_share:
            return Amount(100 * amount / total) if total else Amount(None, "no_total")
        if basis.is_real:
            if year not in self.cpi or basis.base_year not in self.cpi:
                return Amount(None, "no_deflator")
            amount = amount * self.cpi[basis.base_year] / self.cpi[year]
        if basis.is_per_head:
            return Amount(amount / population) if population else Amount(None, "no_population")
        return Amount(amount)


def load(warehouse: Warehouse) -> Prices:
    """The index of the generation in service."""
    return Prices({row["year"]: row["cpi"] for row in warehouse.rows("price_levels")})


def unit(basis: Basis, words: Words) -> str:
    """Unit and basis in one: "TL, 2024 fiyatlarıyla (TÜFE)"; for axes, measure lines and headings."""
    return words(f"prices.unit_{_key(basis)}", year=basis.base_year)


def told(basis: Basis, words: Words) -> str:
    """The basis inside a sentence: "2024 fiyatlarıyla"."""
    return words(f"prices.told_{_key(basis)}", year=basis.base_year)


def name(basis: Basis, words: Words) -> str:
    """The basis as a control and a file name it: "Reel (TÜFE)"."""
    return words(f"prices.name_{_key(basis)}")


def text(value: float | None, basis: Basis, words: Words) -> str:
    """A converted amount as a reader sees it: 1,2 Mr ₺, 9.104 ₺, %12,5; nothing where there is none."""
    if value is None:
        return ""
    if basis.is_share:
        return numbers.with_unit(value, 1, "%", words.lang)
    if basis.is_per_head:
        return numbers.with_unit(value, decimals(value), "₺", words.lang)
    return numbers.money(value, words.lang)


def decimals(value: float) -> int:
    """Places of an amount in lira."""
    return 0 if abs(value) >= _FEW or value == 0 else 2


def symbol(basis: Basis) -> str:
    """What stands beside a number on an axis."""
    return "%" if basis.is_share else "₺"


def reason(code: str, year: int, words: Words) -> str:
    """Why there is no value on the basis, in words; nothing where there is one."""
    return words(f"prices.reason_{code}", year=year) if code else ""


def _key(basis: Basis) -> str:
    return basis.name.replace("-", "_")
