"""What is on Hizmet aynası: four controls, one block; a row leads to the mirror of one service."""

from dashboard.catalog import Catalog
from dashboard.components.options import base_options, municipality_options
from dashboard.page import Control, Option, Page
from dashboard.state_mirror import LAGS, MirrorState, mirror_years
from dashboard.state_spending import SCOPES
from dashboard.text import Words
from dashboard.views import mirror


def controls(catalog: Catalog, state: MirrorState) -> tuple[Control, ...]:
    """Lead city, the survey's year, the spending's, whose budget, and whose prices."""
    words = Words(state.lang)
    years = tuple(Option(str(year), str(year)) for year in reversed(mirror_years(catalog)))
    scopes = tuple(Option(key, words(f"mirror.scope_{scope}")) for key, scope in SCOPES.items())
    bases = base_options(catalog.prices)
    return (
        Control(
            "kent", words("mirror.city"), municipality_options(catalog, state.lang), state.lead, fixed=True
        ),
        Control("yil", words("mirror.year"), years, str(state.year), fixed=True),
        Control("gecikme", words("mirror.lag"), _lags(state, words), str(state.lag)),
        Control("kapsam", words("mirror.scope"), scopes, state.scope, fixed=True),
        Control("baz", words("prices.base_year"), bases, str(state.base) if bases else "", fixed=True),
    )


def _lags(state: MirrorState, words: Words) -> tuple[Option, ...]:
    """The years the spending may be of, each with how far behind the survey it is."""
    made = []
    for lag in LAGS:
        behind = words("mirror.lag_behind", n=lag) if int(lag) else words("mirror.lag_0")
        made.append(Option(lag, words("mirror.lag_option", year=state.year - int(lag), lag=behind)))
    return tuple(made)


PAGE = Page(
    name="mirror",
    path="/hizmet",
    order=7,
    parse=MirrorState.parse,
    controls=controls,
    view=mirror.view,
    following=("gecikme",),
)
