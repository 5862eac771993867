"""What is on Harcama: whose budget, which year, on which price basis and scope, beside whom; ten blocks."""

from dataclasses import replace

from dashboard.catalog import Catalog
from dashboard.components.options import base_options, municipality_options, price_options
from dashboard.page import Control, Option, Page
from dashboard.state_spending import GROUPS, MEASURES, PATH, SCOPES, SpendingState
from dashboard.text import Words
from dashboard.views import spending


def controls(catalog: Catalog, state: SpendingState) -> tuple[Control, ...]:
    """City, year, price basis and base year, measure, scope, comparators."""
    words = Words(state.lang)
    cities = municipality_options(catalog, state.lang)
    taken = {state.lead, *state.chosen}
    add = tuple(replace(city, disabled=True) if city.value in taken else city for city in cities)
    measures = tuple(Option(key, words(f"spending.measure_{name}")) for key, name in MEASURES.items())
    scopes = tuple(Option(key, words(f"spending.scope_{name}")) for key, name in SCOPES.items())
    groups = tuple(Option(group, words(f"compare.group_{group}")) for group in GROUPS)
    base = str(state.base) if catalog.prices.base_years else ""
    return (
        Control("kent", words("table.place"), cities, state.lead, fixed=True),
        Control("yil", words("spending.year"), _years(catalog, state, words), str(state.year)),
        Control("fiyat", words("prices.basis"), price_options(words), state.basis, fixed=True),
        Control("baz", words("prices.base_year"), base_options(catalog.prices), base, fixed=True),
        Control("olcu", words("spending.measure"), measures, state.measure, fixed=True),
        Control("kapsam", words("spending.scope"), scopes, state.scope, fixed=True),
        Control("grup", words("compare.group"), groups, state.group, fixed=True),
        Control("ekle", words("compare.add"), add, "", placeholder=words("compare.add_none"), fixed=True),
    )


def _years(catalog: Catalog, state: SpendingState, words: Words) -> tuple[Option, ...]:
    """Years with a budget of the city, the newest first; one that is not final, or not spent yet, says so."""
    budgets = catalog.budgets
    made = []
    for year in reversed(budgets.years_of(state.lead)):
        told = str(year)
        if year not in budgets.spent.get(state.lead, (year,)):
            told = words("spending.year_unspent", year=year)
        elif year in budgets.provisional.get(state.lead, ()):
            told = words("spending.year_provisional", year=year)
        made.append(Option(str(year), told))
    return tuple(made)


PAGE = Page(
    name="spending",
    path=PATH,
    order=5,
    parse=SpendingState.parse,
    controls=controls,
    view=spending.view,
    graphs=("composition", "economic", "lira", "trend", "ranking", "execution", "revenue"),
    following=("yil",),
)
