"""What is on İzleme: two controls, four blocks, no chart."""

from dashboard.catalog import Catalog
from dashboard.page import Control, Option, Page
from dashboard.state_monitoring import ALL, FILTERS, MonitoringState
from dashboard.text import Words
from dashboard.views import monitoring


def controls(catalog: Catalog, state: MonitoringState) -> tuple[Control, ...]:
    """Theme, and which states to show."""
    words = Words(state.lang)
    used = {indicator.theme_id for indicator in catalog.indicators.values()}
    themes = (
        Option(ALL, words("monitoring.all_themes")),
        *(Option(t.theme_id, words.of(t, "label")) for t in catalog.themes.values() if t.theme_id in used),
    )
    states = (
        Option(ALL, words("monitoring.all_states")),
        *(Option(one, words("monitoring.only", state=words(f"monitoring.state_{one}"))) for one in FILTERS),
    )
    return (
        Control("alan", words("monitoring.theme"), themes, state.theme or ALL, wide=True),
        Control("durum", words("monitoring.state"), states, state.show or ALL),
    )


PAGE = Page(
    name="monitoring",
    path="/izleme",
    order=9,
    parse=MonitoringState.parse,
    controls=controls,
    view=monitoring.view,
)
