"""What is on Genel bakış: no controls, two blocks."""

from dashboard.page import Page
from dashboard.state import PlainState
from dashboard.views import overview

PAGE = Page(
    name="overview",
    path="/",
    order=1,
    parse=PlainState.parse,
    controls=lambda _catalog, _state: (),
    view=overview.view,
    graphs=("map",),
)
