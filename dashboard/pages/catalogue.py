"""What is on Veri: a search, two filters and the list."""

from dashboard.catalog import Catalog
from dashboard.page import Control, Option, Page
from dashboard.state_catalogue import ALL, CatalogueState
from dashboard.text import Words
from dashboard.views import catalogue


def controls(catalog: Catalog, state: CatalogueState) -> tuple[Control, ...]:
    """Search, theme, source; only themes and sources that have an indicator."""
    words = Words(state.lang)
    indicators = catalog.indicators.values()
    used = {indicator.theme_id for indicator in indicators} | {
        indicator.source_id for indicator in indicators
    }
    themes = tuple(Option(k, words.of(theme, "label")) for k, theme in catalog.themes.items() if k in used)
    sources = tuple(
        Option(k, words.of(source, "short")) for k, source in catalog.sources.items() if k in used
    )
    every_theme, every_source = (
        Option(ALL, words(f"catalogue.all_{kind}")) for kind in ("themes", "sources")
    )
    search = Control(
        name="ara",
        label=words("catalogue.search"),
        options=(),
        value=state.search,
        wide=True,
        placeholder=words("catalogue.placeholder", city=words.of(catalog.pilots[-1], "name")),
        kind="search",
    )
    return (
        search,
        Control("alan", words("definition.theme"), (every_theme, *themes), state.theme),
        Control("kaynak", words("source.source"), (every_source, *sources), state.source),
    )


PAGE = Page(
    name="catalogue",
    path="/veri",
    order=11,
    parse=CatalogueState.parse,
    controls=controls,
    view=catalogue.view,
)
