"""What is on Gösterge: one address an indicator, its period and whose values are ranked."""

from dashboard.catalog import Catalog
from dashboard.components.options import period_options
from dashboard.page import Control, Option, Page
from dashboard.state import IndicatorState
from dashboard.text import Words
from dashboard.views import indicator


def controls(catalog: Catalog, state: IndicatorState) -> tuple[Control, ...]:
    """Places and period; an indicator of the whole country has one choice of place."""
    words = Words(state.lang)
    chosen = catalog.indicator(state.indicator)
    if chosen.geo_level == "country":
        places: tuple[Option, ...] = (Option("pilots", words("indicator.places_country")),)
    else:
        places = tuple(Option(name, words(f"indicator.places_{name}")) for name in ("pilots", "provinces"))
    return (
        Control("yer", words("indicator.places"), places, state.places),
        Control("donem", words("compare.period"), period_options(chosen), state.period),
    )


PAGE = Page(
    name="indicator",
    path="/gosterge/<indicator_id>",
    order=90,
    parse=IndicatorState.parse,
    controls=controls,
    view=indicator.view,
    graphs=("ranking", "distribution", "series"),
    in_menu=False,
)
