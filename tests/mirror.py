"""What tests of the mirror ask of its views."""

from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.state_mirror import MirrorState
from dashboard.views import mirror, mirror_service

NO_BUDGET = "bartin"
ADDRESS = "https://karne.example"
FIGURES = (
    "n", "n_no_opinion", "sum_w", "n_psu", "df", "mean", "mean_se", "mean_low", "mean_high", "share", "share_se",
    "share_low", "share_high", "deff", "n_effective", "rank",
)  # fmt: skip
"""What of a suppressed estimate is not in a release."""


def shown(data: Data, service: str = "cleaning", **query: str) -> View:
    return mirror_service.view(data, MirrorState.of_service({"service_id": service, **query}, data.catalog))


def every(data: Data, **query: str) -> View:
    return mirror.view(data, MirrorState.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def rows(found: View, name: str = "cities") -> dict[str, Row]:
    frame = block(found, name).frame
    assert frame is not None
    return {row["service_id" if name == "services" else "city_id"]: row for row in frame}
