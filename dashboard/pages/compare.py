"""What is on Karşılaştır; no data access here."""

from dashboard.catalog import Catalog
from dashboard.components.options import city_options, indicator_options, period_options
from dashboard.page import Control, Option, Page
from dashboard.state import GROUPS, CompareState
from dashboard.text import Words
from dashboard.views import compare


def controls(catalog: Catalog, state: CompareState) -> tuple[Control, ...]:
    """Lead city, comparators, indicator, period."""
    words = Words(state.lang)
    indicator = catalog.indicator(state.indicator)
    taken = {state.lead, *state.chosen}
    add = tuple(o for o in city_options(catalog.municipalities, words) if o.value not in taken)
    groups = tuple(Option(g, words(f"compare.group_{g}")) for g in GROUPS)
    return (
        Control("kent", words("compare.city"), city_options(catalog.municipalities, words), state.lead),
        Control("grup", words("compare.group"), groups, state.group),
        Control("ekle", words("compare.add"), add, "", placeholder=words("compare.add_none")),
        Control(
            "gosterge", words("compare.indicator"), indicator_options(catalog.comparable, catalog, words),
            state.indicator, wide=True,
        ),
        Control("donem", words("compare.period"), period_options(indicator), state.period),
    )  # fmt: skip


PAGE = Page(
    name="compare",
    path="/karsilastir",
    order=2,
    parse=CompareState.parse,
    controls=controls,
    view=compare.view,
    following=("donem",),
    graphs=("ranking", "series", "distribution"),
)
