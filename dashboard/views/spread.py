"""How values spread over all measured places: median, middle half, and which pilots stand in which fifth.

Fifths are of places by value, low to high; they say where, never how good.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.frame import Row
from dashboard.text import Words
from dashboard.views.values import shown_name


@dataclass(frozen=True)
class Fifth:
    """One fifth of the places: its values' ends, how many places, and the pilots among them."""

    step: int
    low: float
    high: float
    count: int
    pilots: tuple[str, ...]


def quantile(ordered: Sequence[float], share: float) -> float:
    """Quantile of sorted values, linear between neighbours (type 7, R's default)."""
    at = share * (len(ordered) - 1)
    below = int(at)
    rest = at - below
    return ordered[below] if not rest else ordered[below] * (1 - rest) + ordered[below + 1] * rest


def cuts(ordered: Sequence[float]) -> list[float]:
    """The least values of the second to fifth fifth; none for fewer than five places."""
    return [ordered[len(ordered) * step // 5] for step in range(1, 5)] if len(ordered) >= 5 else []


def fifths(rows: Sequence[Row], carried: Sequence[Row], catalog: Catalog, words: Words) -> tuple[Fifth, ...]:
    """`rows` are the measured places; `carried` those of the pilots, named where theirs was measured."""
    ordered = sorted(row["value"] for row in rows if row["value"] is not None)
    edges = cuts(ordered)
    if not edges:
        return ()
    measured = {row["city_id"] for row in rows}
    pilots: dict[int, list[Row]] = {}
    for row in sorted(carried, key=lambda row: row["sort_key"]):
        if row["measured_id"] in measured and row["value"] is not None:
            pilots.setdefault(bisect_right(edges, row["value"]), []).append(row)
    made = []
    for step in range(5):
        own = [value for value in ordered if bisect_right(edges, value) == step]
        named = sorted(pilots.get(step, ()), key=lambda row: row["value"])
        names = tuple(
            shown_name(row, words.of(catalog.cities[row["city_id"]], "name"), words) for row in named
        )
        if own:
            made.append(Fifth(step, own[0], own[-1], len(own), names))
    return tuple(made)
