"""Ranks as dots with the range they fall in under other choices; rank 1 is at the left."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import ROW_HEIGHT, Figure, label, layout

BAND = 7  # width of a range in pixels
EDGE = 0.03  # share of the axis kept free at both ends, so that no dot is cut


@dataclass(frozen=True)
class RankRange:
    """One place: its rank, the range and the median of its ranks, `text` as printed, `hover` in full."""

    name: str
    rank: float
    low: float
    high: float
    median: float
    text: str
    hover: str
    href: str = ""
    is_lead: bool = False


def height(count: int) -> int:
    """CSS pixels for so many rows, the axis included."""
    return 64 + ROW_HEIGHT * max(count, 3)


def rank_ranges(rows: Sequence[RankRange], ranked: int, axis_title: str, lang: str) -> Figure:
    """`rows` in the order drawn; `ranked` is how many places have a rank at all."""
    positions = list(range(len(rows)))
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500) if ranked / step <= 6 or step == 500)
    ticks = [1, *range(step, ranked + 1, step)] if step > 1 else list(range(1, ranked + 1))
    rows_axis = {
        "tickmode": "array",
        "tickvals": positions,
        "range": [len(rows) - 0.4, -0.6],
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": "rgba(0,0,0,0)",
        "tickfont": {"size": 14, "color": "@ink"},
        "fixedrange": True,
        "automargin": True,
        "ticklabeloverflow": "allow",  # there is room; measuring every label takes half of the drawing
    }
    return {
        "data": [
            _bands([(i, row) for i, row in enumerate(rows) if not row.is_lead], "@line-2"),
            _bands([(i, row) for i, row in enumerate(rows) if row.is_lead], "@seq-3"),
            _medians(rows),
            _published(rows),
            {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"},
        ],
        "layout": layout(
            lang,
            height=height(len(rows)),
            margin={"l": 8, "r": 8, "t": 4, "b": 46},
            xaxis={
                "range": [1 - ranked * EDGE, ranked * (1 + EDGE)],
                "tickvals": ticks,
                "tickfont": {"size": 13, "color": "@ink-3"},
                "title": {"text": label(axis_title), "font": {"size": 13, "color": "@ink-2"}, "standoff": 6},
                "gridcolor": "@line",
                "zeroline": False,
                "fixedrange": True,
            },
            yaxis={**rows_axis, "ticktext": [_bold(row.name, row.is_lead) for row in rows]},
            yaxis2={
                **rows_axis,
                "ticktext": [_bold(row.text, row.is_lead) for row in rows],
                "overlaying": "y",
                "side": "right",
            },
        ),
    }


def _bold(text: str, bold: bool) -> str:
    return f"<b>{label(text)}</b>" if bold else label(text)


def _bands(rows: Sequence[tuple[int, RankRange]], colour: str) -> Figure:
    """All ranges as one trace; a gap stands between two."""
    xs: list[float | None] = []
    ys: list[int | None] = []
    for position, row in rows:
        # A range of one rank still has to be seen.
        reach = 0.25 if row.low == row.high else 0.0
        xs += [row.low - reach, row.high + reach, None]
        ys += [position, position, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": {"color": colour, "width": BAND},
        "hoverinfo": "skip",
    }


def _medians(rows: Sequence[RankRange]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.median for row in rows],
        "y": list(range(len(rows))),
        "marker": {
            "symbol": "line-ns",
            "size": 13,
            "opacity": 1,
            "line": {"width": 2.5, "color": ["@ink" if row.is_lead else "@ink-2" for row in rows]},
        },
        "hoverinfo": "skip",
    }


def _published(rows: Sequence[RankRange]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.rank for row in rows],
        "y": list(range(len(rows))),
        "customdata": [row.hover for row in rows],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": {"links": [row.href for row in rows]},
        "marker": {
            "size": [12 if row.is_lead else 9 for row in rows],
            "opacity": 1,
            "color": ["@lead" if row.is_lead else "@ink-3" for row in rows],
            "line": {"color": "@paper", "width": 1.5},
        },
    }
