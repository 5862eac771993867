"""What a test asks the views of Harcama for."""

from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.state_spending import SpendingState
from dashboard.views.spending import view
from tests.budgets import CITY


def shown(data: Data, **query: str) -> View:
    return view(data, SpendingState.parse({"kent": CITY, **query}, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def headline(found: View, name: str) -> str:
    """What a block says, its hard spaces soft."""
    return block(found, name).headline.replace("\u00a0", " ")


def rows(found: View, name: str) -> dict[str, Row]:
    frame = block(found, name).frame
    assert frame is not None
    return {row.get("city_id") or row.get("code") or row["name"]: row for row in frame}
