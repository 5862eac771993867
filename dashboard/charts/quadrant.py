"""What matters against what satisfies: a dot a service, the plane cut at both medians, names beside the dots."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout, narrow, value_axis

HEIGHT = 460
NEAR_X, NEAR_Y = 0.24, 0.055
"""How close two dots are, as shares of the axes, before one name gives way to the other."""
SHIFTS = {
    "top center": (0.0, 0.05),
    "bottom center": (0.0, -0.05),
    "middle right": (0.08, 0.0),
    "middle left": (-0.08, 0.0),
}
"""Where a name's middle is, beside its dot, as shares of the axes."""
Spot = tuple[float, float]


@dataclass(frozen=True)
class Point:
    """One service: importance (x) and satisfaction (y) in per cent, `hover` in full."""

    name: str
    x: float
    y: float
    hover: str
    is_lead: bool = False
    is_first: bool = False


def quadrant(points: Sequence[Point], cut: tuple[float, float], axes: tuple[str, str], corners: tuple[str, ...],
             lang: str) -> Figure:  # fmt: skip
    """`cut` divides the plane, `corners` name its quarters: top left, top right, bottom left, bottom right."""
    across = _axis([point.x for point in points], axes[0], lang)
    up = _axis([point.y for point in points], axes[1], lang)
    sides = _sides(points, cut, across["range"], up["range"])
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [point.x for point in points],
                "y": [point.y for point in points],
                "text": [f"<b>{label(p.name)}</b>" if p.is_lead else label(p.name) for p in points],
                "textposition": sides,
                "textfont": {"size": 13, "color": "@ink"},
                "cliponaxis": False,
                "customdata": [point.hover for point in points],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "size": 12,
                    "opacity": 1,
                    "color": ["@lead" if p.is_lead else "@accent" if p.is_first else "@peer" for p in points],
                    "symbol": ["diamond" if p.is_first else "circle" for p in points],
                },
            }
        ],
        "layout": layout(
            lang,
            height=HEIGHT,
            meta=narrow(across, annotations=_corners([text.partition(":")[0] for text in corners])),
            margin={"l": 8, "r": 24, "t": 12, "b": 48},
            xaxis=across,
            yaxis=up,
            shapes=_cut(cut),
            annotations=_corners(corners),
        ),
    }


def _cut(at: tuple[float, float]) -> list[Figure]:
    """The upright and the level line, under names and dots."""
    line = {"type": "line", "layer": "below", "line": {"color": "@line-2", "width": 1}}
    upright = {"x0": at[0], "x1": at[0], "y0": 0, "y1": 1, "yref": "paper"}
    level = {"y0": at[1], "y1": at[1], "x0": 0, "x1": 1, "xref": "paper"}
    return [line | upright, line | level]


def _corners(texts: Sequence[str]) -> list[Figure]:
    """The names of the quarters, in their corners."""
    return [
        {
            "text": label(text), "x": x, "y": y, "xref": "paper", "yref": "paper",
            "xanchor": "left" if x == 0 else "right", "yanchor": "top" if y == 1 else "bottom",
            "showarrow": False, "font": {"size": 13, "color": "@ink-3"},
        }
        for text, (x, y) in zip(texts, ((0, 1), (1, 1), (0, 0), (1, 0)), strict=True)
    ]  # fmt: skip


def _axis(values: Sequence[float], title: str, lang: str) -> Figure:
    """From a little below the least to a little above the greatest, so that names and corners have room."""
    low, high = min(values), max(values)
    room = max((high - low) * 0.22, 4)
    made = value_axis([max(low - room, 0), min(high + room, 100)], "%", lang, zero=False)
    made["showgrid"] = False  # the plane is cut by its medians alone
    made["ticktext"] = ["", *made["ticktext"][1:]]  # two axes would write into one corner
    made["title"] = {"text": label(title), "font": {"size": 13, "color": "@ink-2"}, "standoff": 8}
    return made


def _sides(
    points: Sequence[Point], cut: tuple[float, float], across: Sequence[float], up: Sequence[float]
) -> list[str]:
    """Where each name stands: on the side where the least is in its way, above its dot where all are alike."""
    wide, tall = across[1] - across[0], up[1] - up[0]
    spots = [((point.x - across[0]) / wide, (point.y - up[0]) / tall) for point in points]
    lines = (cut[0] - across[0]) / wide, (cut[1] - up[0]) / tall
    taken: list[Spot] = []
    chosen = []
    for number, (x, y) in enumerate(spots):
        others = [spot for place, spot in enumerate(spots) if place != number]
        costs = {
            side: _in_the_way((x + right, y + above), taken, others, lines)
            for side, (right, above) in SHIFTS.items()
        }
        best = min(SHIFTS, key=costs.__getitem__)
        taken.append((x + SHIFTS[best][0], y + SHIFTS[best][1]))
        chosen.append(best)
    return chosen


def _in_the_way(spot: Spot, names: Sequence[Spot], dots: Sequence[Spot], lines: Spot) -> float:
    """How much a name centred at `spot` would run into: names, dots, the edge of the plane, its two lines."""
    cost = float(sum(abs(spot[0] - x) < NEAR_X and abs(spot[1] - y) < NEAR_Y for x, y in names))
    cost += sum(abs(spot[0] - x) < NEAR_X / 2 and abs(spot[1] - y) < NEAR_Y * 0.8 for x, y in dots)
    cost += 2 * (not 0.1 <= spot[0] <= 0.9) + 2 * (not 0.08 <= spot[1] <= 0.92)
    return cost + 0.4 * (abs(spot[0] - lines[0]) < NEAR_X / 4) + 0.4 * (abs(spot[1] - lines[1]) < NEAR_Y / 2)
