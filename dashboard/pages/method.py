"""What is on Yöntem: no controls, one block a section."""

from dashboard.page import Page
from dashboard.state import PlainState
from dashboard.views import method

PAGE = Page(
    name="method",
    path="/yontem",
    order=10,
    parse=PlainState.parse,
    controls=lambda _catalog, _state: (),
    view=method.view,
)
