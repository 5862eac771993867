"""Karşılaştır: a lead city against like-typed, chosen or all places, on one indicator."""

from dashboard.catalog import City
from dashboard.data import Data
from dashboard.page import View
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.compare_distribution import distribution
from dashboard.views.compare_members import chips, guard
from dashboard.views.compare_ranking import ranking_block
from dashboard.views.compare_series import over_time


def view(data: Data, state: CompareState) -> View:
    """Ranking, series and distribution of one indicator, and what must be said about the comparison."""
    words = Words(state.lang)
    catalog = data.catalog
    indicator, lead = catalog.indicator(state.indicator), catalog.city(state.lead)
    name, period = words.of(indicator, "label"), state.period
    everyone = data.rows(
        "city_values", indicator_id=state.indicator, period=period, kinds=["municipality", "province"]
    )
    group = words(f"compare.with_{state.group}", **_type_name(lead, state, words))
    notices, offers = guard(data, state, words)
    return View(
        title=words("compare.title", indicator=name, city=words.of(lead, "name")),
        question=words("compare.question"),
        lead=words("compare.lead"),
        choice=words(
            "compare.choice", city=words.of(lead, "name"), group=group, indicator=name, period=period
        ),
        notices=tuple(words(key) for key in state.notices) + notices,
        chips=chips(data, state, words) + offers,
        blocks=(
            ranking_block(data, state, everyone, words),
            over_time(data, state, words),
            distribution(data, state, everyone, words),
        ),
        synthetic=any(row["is_synthetic"] for row in everyone),
    )


def _type_name(lead: City, state: CompareState, words: Words) -> dict[str, str]:
    return {"type": words(f"legal.{lead.legal_type}_plural")} if state.group == "type" else {}
