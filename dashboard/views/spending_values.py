"""What blocks of Harcama share: bars of amounts, who is in a sum, border changes, and the columns every file has."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers, prices
from dashboard.catalog import Break, Catalog, City
from dashboard.charts.base import titled
from dashboard.charts.ranking import Mark, ranking
from dashboard.frame import Column, filed
from dashboard.page import Chart
from dashboard.prices import Basis
from dashboard.state import address
from dashboard.state_spending import PATH, SpendingState
from dashboard.text import Words
from dashboard.views.spending_lens import FACTS, STAMP, Lens, ordered

BORDERS = "population"
"""The indicator whose series breaks are the border changes of metropolitan municipalities (law 6360)."""


def bars(lens: Lens, marks: Sequence[Mark], told: str, means: Sequence[tuple[str, float]] = ()) -> Chart:
    """Bars of amounts of the year, unit and basis on their axis; `told` is the finding, for those who do not see it."""
    unit = prices.unit(lens.shown, lens.words)
    figure = titled(ranking(marks, means, prices.symbol(lens.shown), lens.words.lang), unit)
    return Chart(figure, figure["layout"]["height"], told)


def scope_notes(lens: Lens, *, full: bool = False) -> tuple[str, ...]:
    """Whose budgets are in the sum, that nothing between them is netted, and whose did not come.

    That the municipality stands alone is said where it is asked for in `full`; measure lines say it everywhere.
    """
    words, whole = lens.words, lens.total(lens.year)
    if whole is None:
        return ()
    there = ordered(whole["entities"])
    named = ", ".join(words(f"spending.entity_{one}") for one in there)
    told = []
    if len(there) > 1:
        told.append(words("spending.scope_several", entities=named))
    elif full:
        told.append(words("spending.scope_single", entities=named))
    absent = [one for one in lens.entities if one not in there]
    if absent:
        missing = ", ".join(words(f"spending.entity_{one}") for one in absent)
        told.append(words("spending.scope_absent", entities=missing))
    return tuple(told)


def border_changes(catalog: Catalog, city: City) -> tuple[Break, ...]:
    """Years from which on a metropolitan municipality has another border, and so other people and other services."""
    known = catalog.indicators.get(BORDERS)
    return known.breaks if known and city.legal_type == "metropolitan" else ()


def signed_percent(value: float, basis: Basis, words: Words) -> str:
    """A change: +%12,3; of shares in points."""
    sign = "+" if round(value, 1) > 0 else ""
    if basis.is_share:
        return words("survey.points", value=sign + numbers.number(value, 1, words.lang))
    return sign + numbers.with_unit(value, 1, "%", words.lang)


def here(state: SpendingState, **changed: object) -> str:
    """The address of a neighbouring state, on this page."""
    return address(PATH, state.at(**changed))


def fact_columns(words: Words) -> tuple[Column, ...]:
    """The columns of Lens.facts, in files only."""
    return tuple(filed(name, words(f"columns.{name}")) for name in FACTS)


def stamp_columns(words: Words) -> tuple[Column, ...]:
    """The columns of Lens.stamp, in files only."""
    named = {"is_synthetic": "synthetic"}
    return tuple(filed(name, words(f"columns.{named.get(name, name)}")) for name in STAMP)
