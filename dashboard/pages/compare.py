"""What is on Karşılaştır; no data access here."""

from dataclasses import replace

from dashboard.catalog import Catalog
from dashboard.components.options import indicator_options, municipality_options, period_options
from dashboard.page import Control, Option, Page
from dashboard.state import GROUPS, CompareState
from dashboard.text import Words
from dashboard.views import compare


def controls(catalog: Catalog, state: CompareState) -> tuple[Control, ...]:
    """Lead city, comparators, indicator, period."""
    words = Words(state.lang)
    indicator = catalog.indicator(state.indicator)
    taken = {state.lead, *state.chosen}
    cities = municipality_options(catalog, state.lang)
    add = tuple(replace(city, disabled=True) if city.value in taken else city for city in cities)
    groups = tuple(Option(g, words(f"compare.group_{g}")) for g in GROUPS)
    return (
        Control("kent", words("compare.city"), cities, state.lead, fixed=True),
        Control("grup", words("compare.group"), groups, state.group, fixed=True),
        Control("ekle", words("compare.add"), add, "", placeholder=words("compare.add_none"), fixed=True),
        Control(
            "gosterge", words("compare.indicator"), indicator_options(catalog.comparable, catalog, words),
            state.indicator, wide=True, fixed=True,
        ),
        Control("donem", words("compare.period"), period_options(indicator), state.period),
    )  # fmt: skip


PAGE = Page(
    name="compare",
    path="/karsilastir",
    order=3,
    parse=CompareState.parse,
    controls=controls,
    view=compare.view,
    following=("donem",),
    graphs=("ranking", "series", "distribution"),
)
