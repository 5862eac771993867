"""A hundred equal parts in rows: one mark a part, so that shares can be counted and not only compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, brief, label, layout
from dashboard.charts.ranking import height, rows_axis

WIDE = 0.9
"""Of the room of a part; the rest is the gap to the next, however narrow the screen."""


@dataclass(frozen=True)
class Pile:
    """One row: how many parts it has, and how they are written beside it (`short` on a narrow screen)."""

    name: str
    count: int
    text: str
    short: str
    hover: str
    is_hatched: bool = False


def coins(piles: Sequence[Pile], lang: str) -> Figure:
    """In the order given; every part is a bar of its own, one wide."""
    rows = list(range(len(piles)))
    parts = [(row, part) for row, pile in enumerate(piles) for part in range(pile.count)]
    column = {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"}
    most = max((pile.count for pile in piles), default=1)
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [WIDE] * len(parts),
                "base": [part + (1 - WIDE) / 2 for _, part in parts],
                "y": [row for row, _ in parts],
                "width": 0.72,
                "customdata": [piles[row].hover for row, _ in parts],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "color": "@lead",
                    "pattern": {
                        "shape": ["/" if piles[row].is_hatched else "" for row, _ in parts],
                        "fillmode": "overlay",
                        "fgcolor": "@paper",
                        "size": 5,
                        "solidity": 0.4,
                    },
                },
            },
            column,
        ],
        "layout": layout(
            lang,
            height=height(len(piles)),
            barmode="overlay",
            meta={
                "narrow": {
                    "yaxis": {"ticktext": [label(brief(pile.name)) for pile in piles]},
                    "yaxis2": {"ticktext": [label(pile.short) for pile in piles]},
                }
            },
            xaxis={"visible": False, "range": [0, most + 0.2], "fixedrange": True},
            yaxis=rows_axis(rows, [label(pile.name) for pile in piles], []),
            yaxis2={
                **rows_axis(rows, [label(pile.text) for pile in piles], []),
                "overlaying": "y",
                "side": "right",
            },
        ),
    }
