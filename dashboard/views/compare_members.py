"""Who is in a comparison: the lead and the places its group stands for; and like with like, or the reason why not."""

from typing import Protocol

from dashboard.catalog import City
from dashboard.data import Data
from dashboard.page import Chip
from dashboard.text import Words

MOST_REASONS = 3


class Comparing(Protocol):
    """A state with a lead and those it is compared with (state.comparators)."""

    @property
    def lead(self) -> str: ...

    @property
    def group(self) -> str: ...

    @property
    def chosen(self) -> tuple[str, ...]: ...

    def query(self) -> dict[str, str]: ...


def members(data: Data, state: Comparing) -> list[City]:
    """The places compared, the lead (or, among provinces, its province) included."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    if state.group == "provinces":
        return [city for city in catalog.cities.values() if city.kind == "province"]
    if state.group == "chosen":
        return [lead, *(catalog.city(city_id) for city_id in state.chosen)]
    pilots = [
        city for city in catalog.pilots if state.group == "pilots" or city.legal_type == lead.legal_type
    ]
    return pilots if lead in pilots else [lead, *pilots]


def lead_id(data: Data, state: Comparing) -> str:
    """The place in focus: the lead, or its province where provinces are compared."""
    lead = data.catalog.city(state.lead)
    return (lead.province_id or lead.city_id) if state.group == "provinces" else lead.city_id


def guard(data: Data, state: Comparing, words: Words) -> tuple[tuple[str, ...], tuple[Chip, ...]]:
    """Another legal type among the compared is said with its reason, and a way out offered."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    types = {city.legal_type for city in members(data, state) if city.kind == "municipality"}
    if len(types) < 2:
        return (), ()
    query = {name: value for name, value in state.query().items() if name not in ("grup", "ile")}
    offer = Chip(label=words("compare.guard_offer"), query=query, action="offer")
    if state.group == "pilots":
        return (words("compare.guard_all"),), (offer,)
    others = [catalog.city(c) for c in state.chosen if catalog.city(c).legal_type != lead.legal_type]
    reasons = tuple(
        words(
            "compare.guard", other=words.of(other, "name"), other_type=words(f"legal.{other.legal_type}"),
            city=words.of(lead, "name"), city_type=words(f"legal.{lead.legal_type}"),
        )
        for other in others[:MOST_REASONS]
    )  # fmt: skip
    return reasons, (offer,)


def chips(data: Data, state: Comparing, words: Words) -> tuple[Chip, ...]:
    """Each chosen city as a link to the comparison without it."""
    made = []
    for city_id in state.chosen:
        rest = ",".join(other for other in state.chosen if other != city_id)
        query = {**state.query(), "ile": rest}
        if not rest:
            query = {k: v for k, v in query.items() if k not in ("ile", "grup")}
        made.append(Chip(words.of(data.catalog.city(city_id), "name"), query, "remove"))
    return tuple(made)
