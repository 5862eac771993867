"""Karşılaştır: a lead city against like-typed, chosen or all places, on one indicator."""

from dashboard.catalog import City
from dashboard.data import Data
from dashboard.page import Chip, View
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.compare_distribution import distribution
from dashboard.views.compare_members import members
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
    notices, offers = _guard(data, state, words)
    return View(
        title=words("compare.title", indicator=name, city=words.of(lead, "name")),
        question=words("compare.question"),
        lead=words("compare.lead"),
        choice=words(
            "compare.choice", city=words.of(lead, "name"), group=group, indicator=name, period=period
        ),
        notices=tuple(words(key) for key in state.notices) + notices,
        chips=_chips(data, state, words) + offers,
        blocks=(
            ranking_block(data, state, everyone, words),
            over_time(data, state, words),
            distribution(data, state, everyone, words),
        ),
        synthetic=any(row["is_synthetic"] for row in everyone),
    )


def _type_name(lead: City, state: CompareState, words: Words) -> dict[str, str]:
    return {"type": words(f"legal.{lead.legal_type}_plural")} if state.group == "type" else {}


def _guard(data: Data, state: CompareState, words: Words) -> tuple[tuple[str, ...], tuple[Chip, ...]]:
    """Like with like: another legal type in the comparison is said with its reason, and a way out offered."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    types = {city.legal_type for city in members(data, state) if city.kind == "municipality"}
    if len(types) < 2:
        return (), ()
    offer = Chip(
        label=words("compare.guard_offer"),
        query={k: v for k, v in state.query().items() if k not in ("grup", "ile")},
        action="offer",
    )
    if state.group == "pilots":
        return (words("compare.guard_all"),), (offer,)
    others = [catalog.city(c) for c in state.chosen if catalog.city(c).legal_type != lead.legal_type]
    reasons = tuple(
        words(
            "compare.guard", other=words.of(other, "name"), other_type=words(f"legal.{other.legal_type}"),
            city=words.of(lead, "name"), city_type=words(f"legal.{lead.legal_type}"),
        )
        for other in others[:3]
    )  # fmt: skip
    return reasons, (offer,)


def _chips(data: Data, state: CompareState, words: Words) -> tuple[Chip, ...]:
    """Each chosen city as a link to the comparison without it."""
    made = []
    for city_id in state.chosen:
        rest = ",".join(other for other in state.chosen if other != city_id)
        query = {**state.query(), "ile": rest}
        if not rest:
            query = {k: v for k, v in query.items() if k not in ("ile", "grup")}
        made.append(Chip(words.of(data.catalog.city(city_id), "name"), query, "remove"))
    return tuple(made)
