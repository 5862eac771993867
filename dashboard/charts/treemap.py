"""Parts of a whole as areas; a list beside it, because a small tile has no room for its name."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from dashboard.charts.base import Figure, label, layout

HEIGHT = 400
SMALLEST_TEXT = 12
"""Pixels below which a tile says nothing."""
_LINE = 20
"""Letters of a name before it goes on in a second line."""


@dataclass(frozen=True)
class Tile:
    """One part: its area is `value`, `text` stands under its name, `hover` says all; a click follows `href`."""

    id: str
    name: str
    value: float
    text: str
    hover: str
    href: str = ""
    is_lead: bool = False
    is_hatched: bool = False


def treemap(tiles: Sequence[Tile], lang: str) -> Figure:
    """One level of tiles, the largest at the top left; only parts greater than nothing have an area."""
    return {
        "data": [
            {
                "type": "treemap",
                "ids": [tile.id for tile in tiles],
                "labels": [_named(tile) for tile in tiles],
                "parents": [""] * len(tiles),
                "values": [tile.value for tile in tiles],
                "text": [label(tile.text) for tile in tiles],
                "textinfo": "label+text",
                "textposition": "top left",
                "textfont": {
                    "size": 16,
                    "color": ["@surface" if tile.is_lead else "@seq-t2" for tile in tiles],
                },
                "customdata": [tile.hover for tile in tiles],
                "hovertemplate": "%{customdata}<extra></extra>",
                "branchvalues": "total",
                "pathbar": {"visible": False},
                "tiling": {"packing": "squarify", "pad": 2},
                "root": {"color": "rgba(0,0,0,0)"},
                "marker": {
                    "colors": ["@lead" if tile.is_lead else "@seq-2" for tile in tiles],
                    "line": {"width": 0},
                    "pad": {"t": 2, "l": 2, "r": 2, "b": 2},
                    "pattern": {
                        "shape": ["/" if tile.is_hatched else "" for tile in tiles],
                        "fillmode": "overlay",
                        "fgcolor": "@surface",
                        "size": 9,
                        "solidity": 0.35,
                    },
                },
                "meta": {"links": [tile.href for tile in tiles]},
            }
        ],
        "layout": layout(
            lang,
            height=HEIGHT,
            margin={"l": 0, "r": 0, "t": 0, "b": 0},
            uniformtext={"minsize": SMALLEST_TEXT, "mode": "hide"},
        ),
    }


def _named(tile: Tile) -> str:
    """The name in lines: plotly would make a long one small instead."""
    return "<br>".join(f"<b>{label(line)}</b>" for line in wrap(tile.name, _LINE) or [""])
