"""What one state of Harcama reads once for all of its blocks, and the only way a block converts and stamps an amount.

No block asks for a budget itself: two blocks of one state would otherwise disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard import prices
from dashboard.budget_catalog import ENTITIES
from dashboard.catalog import City
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import SourceLine
from dashboard.prices import Amount, Basis
from dashboard.state_spending import MEASURES, SCOPES, Branch, SpendingState
from dashboard.text import Words

EXPENDITURE, REVENUE, TOTAL = "expenditure", "revenue", "total"
FACTS = ("place_id", "place", "period", "measure", "scope", "entities", "price_basis", "base_year", "unit")
STAMP = ("file", "source", "licence", "is_synthetic", "release")


@dataclass(frozen=True)
class Lens:
    """A state, the budget of its city, and the names of both.

    `budget` is by year and side, then by code (mart.spending_total); `parts` are the cells of the open unit in the
    year and in the one before; `shown` is the basis amounts of the year can be shown on.
    """

    data: Data
    state: SpendingState
    words: Words
    city: City
    shown: Basis
    budget: Mapping[tuple[int, str], Mapping[str, Row]]
    parts: Sequence[Row]

    @classmethod
    def read(cls, data: Data, state: SpendingState, words: Words) -> Lens:
        """Ask for everything about the city."""
        scope, branch = SCOPES[state.scope], state.branch
        budget: dict[tuple[int, str], dict[str, Row]] = {}
        for row in data.rows("spending_city", city_id=state.lead, scope=scope):
            budget.setdefault((row["year"], row["side"]), {})[row["code"]] = row
        asked = {
            "city_id": state.lead, "years": [state.year - 1, state.year], "entities": list(ENTITIES[scope]),
        }  # fmt: skip
        parts = (
            data.rows("spending_unit_parts", unit=branch.unit, **asked)
            if branch.unit
            else data.rows("spending_parts", **asked)
        )
        return cls(
            data=data,
            state=state,
            words=words,
            city=data.catalog.city(state.lead),
            shown=data.catalog.prices.fitting(state.real_basis(data.catalog), state.year),
            budget=budget,
            parts=parts,
        )

    @property
    def year(self) -> int:
        return self.state.year

    @property
    def column(self) -> str:
        """Where the chosen measure stands."""
        return f"{MEASURES[self.state.measure]}_try"

    @property
    def entities(self) -> list[str]:
        """Whose budgets the scope adds up."""
        return list(ENTITIES[SCOPES[self.state.scope]])

    @cached_property
    def name(self) -> str:
        """The city."""
        return self.words.of(self.city, "name")

    def total(self, year: int, side: str = EXPENDITURE) -> Row | None:
        """The whole budget of a year."""
        return self.budget.get((year, side), {}).get(TOTAL)

    def amount(
        self, row: Mapping[str, object], year: int, basis: Basis, side: str = EXPENDITURE, column: str = ""
    ) -> Amount:
        """A measure of a row of the city's budget, by default the chosen one, on the basis."""
        whole = self.total(year, side) or {}
        measure = column or self.column
        given = row.get(measure)
        return self.data.catalog.prices.convert(
            given if isinstance(given, (int, float)) else None, year, basis,
            population=whole.get("population"), total=whole.get(measure),
        )  # fmt: skip

    def cells(
        self, year: int, side: str = EXPENDITURE, *, function: str = "", economic: str = ""
    ) -> list[Row]:
        """The cells of a year in the open unit, under a function and an economic code where these are given."""
        return [
            row
            for row in self.parts
            if row["year"] == year
            and row["side"] == side
            and is_under(row["function_id"], function)
            and is_under(row["economic_id"], economic)
        ]

    def code(self, classification: str, code: str) -> str:
        """A code and its name; unclassified has no code."""
        known = self.data.catalog.budgets.code(classification, code)
        label = self.words.of(known, "label")
        return f"{code} {label}" if code[:1].isdigit() else label

    def label(self, classification: str, code: str) -> str:
        """A name without its code, as sentences have it."""
        return self.words.of(self.data.catalog.budgets.code(classification, code), "label")

    @cached_property
    def measure(self) -> str:
        """The chosen measure."""
        return self.words(f"spending.measure_{MEASURES[self.state.measure]}")

    @cached_property
    def basis(self) -> str:
        """The measure and the basis of the year's amounts, as sentences have them in brackets."""
        return self.words(
            "spending.basis", measure=self.measure.lower(), basis=prices.told(self.shown, self.words)
        )

    @cached_property
    def what(self) -> str:
        """The open branch in words; the whole budget where none is."""
        return self.branch_name(self.state.branch)

    def branch_name(self, branch: Branch) -> str:
        """A branch in words."""
        words = self.words
        parts = [
            self.code("functional", branch.function) if branch.function else "",
            self.code("economic", branch.economic) if branch.economic else "",
            words("spending.unit", code=branch.unit) if branch.unit else "",
        ]
        return " × ".join(part for part in parts if part) or words("spending.whole")

    def inside(self, branch: Branch) -> str:
        """A branch within a sentence."""
        return self.words("spending.whole_inside") if branch.is_whole else self.branch_name(branch)

    def told(self, basis: Basis, year: object = "", what: str = "") -> str:
        """The measure line of a block: what, which measure, unit and basis, whose, when."""
        return self.words(
            "spending.told", what=what or self.what, measure=self.measure, unit=prices.unit(basis, self.words),
            scope=self.words(f"spending.scope_{SCOPES[self.state.scope]}"), year=year or self.year,
        )  # fmt: skip

    def standing(self, amount: Amount, side: str = EXPENDITURE) -> Row:
        """Status of an amount of the year, and in words: why there is none, or whether it is final."""
        whole = self.total(self.year, side)
        if amount.value is None:
            return {
                "status": "not_collected",
                "status_word": prices.reason(amount.reason, self.year, self.words),
            }
        known = "provisional" if whole and whole["is_provisional"] else "measured"
        return {"status": known, "status_word": final(whole, self.words)}

    def facts(self, basis: Basis, row: Row | None = None, year: int = 0) -> Row:
        """What every row of a file says of its amounts."""
        whole = row or self.total(year or self.year) or {}
        return {
            "place_id": self.city.city_id,
            "place": self.name,
            "period": str(year or self.year),
            "measure": self.measure,
            **scope_facts(self, whole),
            **basis_facts(basis, self.words),
            **self.stamp(whole),
        }

    def stamp(self, row: Row) -> Row:
        """Whose figure a row (of a query with source_id and file) is, on what terms."""
        source = self.data.catalog.sources.get(row.get("source_id") or "")
        return {
            "file": row.get("file") or "",
            "source": self.words.of(source, "citation") if source else "",
            "licence": self.words.of(source, "licence") if source else "",
            "is_synthetic": bool(row.get("is_synthetic")),
            "release": self.data.catalog.release.release_id,
        }

    def source(self, rows: Iterable[Row], period: str) -> SourceLine:
        """The quiet line under a block about these rows: publications, and the file where it is one."""
        rows, words = list(rows), self.words
        sources = self.data.catalog.sources
        known = dict.fromkeys(row["source_id"] for row in rows if row["source_id"] in sources)
        named = "; ".join(words.of(sources[one], "short") for one in known)
        files = dict.fromkeys(row["file"] for row in rows if row["file"])
        if len(files) == 1:
            named = words("spending.source_file", source=named, file=next(iter(files)))
        elif files:
            named = words("spending.source_files", source=named, n=len(files))
        return SourceLine(
            text=named,
            level=words("level.municipality"),
            period=period,
            release=self.data.catalog.release.release_id,
            synthetic=any(row["is_synthetic"] for row in rows),
        )


def is_under(code: str, branch: str) -> bool:
    """Whether a code is the branch or below it; an empty branch takes all."""
    return not branch or code == branch or code.startswith(f"{branch}.")


def ordered(entities: Iterable[str]) -> list[str]:
    """The municipality first, then those it owns."""
    return sorted(entities, key=ENTITIES["all"].index)


def scope_facts(lens: Lens, whole: Row) -> Row:
    """Whose budgets are in an amount: what was asked for, and what there is."""
    words = lens.words
    return {
        "scope": words(f"spending.scope_{SCOPES[lens.state.scope]}"),
        "entities": tuple(words(f"spending.entity_{one}") for one in ordered(whole.get("entities", ()))),
    }


def final(row: Row | None, words: Words) -> str:
    """Whether a budget is final or provisional, in a word."""
    return words("status.provisional" if row and row["is_provisional"] else "spending.final")


def basis_facts(basis: Basis, words: Words) -> Row:
    """The price basis of an amount as every file has it."""
    return {
        "price_basis": prices.name(basis, words),
        "base_year": basis.base_year or None,
        "unit": prices.unit(basis, words),
    }
