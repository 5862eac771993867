"""What is on the map page; no data access here."""

from dashboard.catalog import Catalog
from dashboard.components.options import city_options, indicator_options, municipality_options
from dashboard.page import Control, Option, Page
from dashboard.state_map import METHODS, PUBLISHED, MapState, mapped
from dashboard.text import Words
from dashboard.views import map as views


def controls(catalog: Catalog, state: MapState) -> tuple[Control, ...]:
    """What to show, the place in focus, and the method where the shown index has several."""
    words = Words(state.lang)
    provinces = tuple(city for city in catalog.cities.values() if city.kind == "province")
    places = (
        Option("_municipalities", f"— {words('map.municipalities')} —", disabled=True),
        *municipality_options(catalog, state.lang),
        Option("_provinces", f"— {words('map.provinces')} —", disabled=True),
        *city_options(provinces, words),
    )
    composite = state.indicator in catalog.components
    methods = {method: words(f"map.method_{method}") for method in METHODS}
    if not composite:
        methods = {PUBLISHED: words("map.method_as_published")}
    return (
        Control(
            "boyut", words("map.indicator"), indicator_options(mapped(catalog), catalog, words),
            state.indicator, wide=True, fixed=True,
        ),
        Control("kent", words("compare.city"), places, state.lead, fixed=True),
        Control(
            "yontem", words("map.method"), tuple(Option(key, name) for key, name in methods.items()),
            state.method,
        ),
    )  # fmt: skip


PAGE = Page(
    name="map",
    path="/harita",
    order=4,
    parse=MapState.parse,
    controls=controls,
    view=views.view,
    graphs=("map", "ranges", "profile"),
)
