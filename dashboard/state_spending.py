"""Address <-> state of Harcama: whose budget of which year, on which price basis, and the branch of it that is open.

A branch crosses the three classifications: `05.1~e03~k46.3.12.04` is a function, an economic code and a unit, each of
which may be absent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.catalog import Catalog
from dashboard.prices import BASES, NOMINAL, Basis
from dashboard.state import Reading, comparators, default_lead

PATH = "/harcama"
SCOPES = {"belediye": "own", "bagli": "utilities", "hepsi": "all"}
"""What an address calls a scope -> what the marts call it."""
MEASURES = {"baslangic": "initial", "yilsonu": "appropriation", "gerceklesme": "outturn"}
"""What an address calls a measure -> the first part of its column."""
CHARTS = TREE, BARS = "agac", "cubuk"
GROUPS = ("type", "pilots", "chosen")
OWN, OUTTURN = "belediye", "gerceklesme"
_UNIT = re.compile(r"\d{1,4}(\.\d{1,4}){0,3}")


@dataclass(frozen=True)
class Branch:
    """A part of a budget: function, economic code, unit (institutional code); empty ones leave it whole."""

    function: str = ""
    economic: str = ""
    unit: str = ""

    @classmethod
    def read(cls, reading: Reading, catalog: Catalog) -> "Branch":
        """Of the address; the whole budget, with a notice, when a part of it is no code."""
        asked = reading.text("dal")
        function, *rest = asked.split("~")
        parts = {part[:1]: part[1:] for part in rest}
        made = cls(function, parts.get("e", ""), parts.get("k", ""))
        is_known = (
            (not made.function or catalog.budgets.knows("functional", made.function))
            and (not made.economic or catalog.budgets.knows("economic", made.economic))
            and (not made.unit or _UNIT.fullmatch(made.unit))
        )
        if is_known and str(made) == asked:
            return made
        reading.notices.append("notice.unknown_dal")
        return cls()

    def __str__(self) -> str:
        parts = (f"~e{self.economic}" if self.economic else "", f"~k{self.unit}" if self.unit else "")
        return self.function + "".join(parts)

    @property
    def is_whole(self) -> bool:
        return self == Branch()

    @property
    def across(self) -> "Branch":
        """What of it every municipality can be asked for: units are each municipality's own."""
        return Branch(self.function, self.economic)


@dataclass(frozen=True)
class SpendingState:
    """`basis` is the one asked for; a year without a deflator is shown on its nominal counterpart."""

    lead: str
    year: int
    basis: str
    base: int
    scope: str
    measure: str
    chart: str
    branch: Branch
    group: str
    chosen: tuple[str, ...]
    lang: str
    default_lead: str
    default_year: int
    default_base: int
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "SpendingState":
        reading = Reading(query)
        lang = reading.lang
        municipalities = {city.city_id for city in catalog.municipalities}
        home = default_lead(catalog).city_id
        lead = reading.one_of("kent", municipalities, home)
        years = {str(year): year for year in catalog.budgets.years_of(lead)}
        newest = catalog.budgets.default_year(lead)
        bases = {str(year): year for year in catalog.prices.base_years}
        base = catalog.prices.default_base
        group, chosen = comparators(reading, municipalities, lead, GROUPS)
        return cls(
            lead=lead,
            year=years.get(reading.one_of("yil", years, str(newest), "butce_yili"), newest),
            basis=reading.one_of("fiyat", BASES, NOMINAL),
            base=bases.get(reading.one_of("baz", bases, str(base)), base),
            scope=reading.one_of("kapsam", SCOPES, OWN),
            measure=reading.one_of("olcu", MEASURES, OUTTURN),
            chart=reading.one_of("gorunum", CHARTS, TREE),
            branch=Branch.read(reading, catalog),
            group=group,
            chosen=chosen,
            lang=lang,
            default_lead=home,
            default_year=newest,
            default_base=base,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        values = {
            "kent": self.lead,
            "yil": str(self.year),
            "fiyat": self.basis,
            "baz": str(self.base),
            "kapsam": self.scope,
            "olcu": self.measure,
            "gorunum": self.chart,
            "dal": str(self.branch),
            "grup": self.group,
            "ile": ",".join(self.chosen),
            "lang": self.lang,
        }
        defaults = {
            "kent": self.default_lead,
            "yil": str(self.default_year),
            "fiyat": NOMINAL,
            "baz": str(self.default_base),
            "kapsam": OWN,
            "olcu": OUTTURN,
            "gorunum": TREE,
            "grup": "chosen" if self.chosen else "type",
            "lang": "tr",
        }
        return {name: value for name, value in values.items() if value and value != defaults.get(name)}

    def at(self, **changed: object) -> dict[str, str]:
        """The query of a neighbouring state."""
        return replace(self, **changed).query()  # type: ignore[arg-type]

    def real_basis(self, catalog: Catalog) -> Basis:
        """The basis asked for, in prices of the base year."""
        return catalog.prices.basis(self.basis, self.base)
