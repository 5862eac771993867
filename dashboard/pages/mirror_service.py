"""What is on the mirror of one service: the controls of all mirrors, three blocks, one of them with a chart."""

from dashboard.page import Page
from dashboard.pages.mirror import controls
from dashboard.state_mirror import MirrorState
from dashboard.views import mirror_service

PAGE = Page(
    name="mirror_service",
    path="/hizmet/<service_id>",
    order=91,
    parse=MirrorState.of_service,
    controls=controls,
    view=mirror_service.view,
    graphs=("scatter",),
    following=("gecikme",),
    in_menu=False,
)
