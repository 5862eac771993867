"""One place on several scales at once: a strip of all places a row, the lead's dot and the median on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout, value_axis

ROW = 46
EDGE = 0.025  # share of the axis kept free at both ends, so that no dot is cut


@dataclass(frozen=True)
class Strip:
    """One row: the others' positions and names, the lead's position (None: no value), the median.

    Positions are values where the rows share a scale, otherwise shares of the row's own range.
    """

    name: str
    detail: str
    positions: tuple[float, ...]
    names: tuple[str, ...]
    lead: float | None
    median: float
    hover: str
    href: str = ""
    is_marked: bool = False


def height(count: int) -> int:
    """CSS pixels for so many rows, the axis included."""
    return 40 + ROW * max(count, 2)


def profile(rows: Sequence[Strip], ends: tuple[str, str] | None, decimals: int, lang: str) -> Figure:
    """`rows` in the order drawn; `ends` names both ends of an axis of shares, None shows values."""
    every = [position for row in rows for position in row.positions]
    axis = value_axis(every, "", lang, zero=False)
    if ends:
        axis |= {"range": [0, 1], "tickvals": [0, 1], "ticktext": list(ends)}
    low, high = axis["range"]
    axis["range"] = [low - (high - low) * EDGE, high + (high - low) * EDGE]
    texts = [_row_name(row) for row in rows]
    return {
        "data": [_others(rows, None if ends else decimals), _medians(rows), _lead(rows)],
        "layout": layout(
            lang,
            height=height(len(rows)),
            margin={"l": 8, "r": 16, "t": 4, "b": 30},
            xaxis=axis,
            yaxis={
                "tickmode": "array",
                "tickvals": list(range(len(rows))),
                "ticktext": texts,
                "tickfont": {"size": 14, "color": "@ink"},
                "range": [len(rows) - 0.45, -0.55],
                "showgrid": False,
                "zeroline": False,
                "ticks": "outside",
                "ticklen": 8,
                "tickcolor": "rgba(0,0,0,0)",
                "fixedrange": True,
                "automargin": True,
                "ticklabeloverflow": "allow",  # there is room; measuring every label takes half of the drawing
            },
        ),
    }


def _row_name(row: Strip) -> str:
    """The row's name over what it says of the lead, in the lead's colour only where it is meant."""
    name = f"<b>{label(row.name)}</b>"
    return f"{'▸ ' if row.is_marked else ''}{name}<br>{label(row.detail)}"


def _others(rows: Sequence[Strip], decimals: int | None) -> Figure:
    """All places; plotly writes the value itself by the layout's separators: texts would be 900 sentences."""
    value = "" if decimals is None else f"  %{{x:.{decimals}f}}"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [position for row in rows for position in row.positions],
        "y": [i for i, row in enumerate(rows) for _ in row.positions],
        "text": [label(name) for row in rows for name in row.names],
        "hovertemplate": f"%{{text}}{value}<extra></extra>",
        "marker": {"size": 8, "color": "@peer", "opacity": 0.38, "line": {"width": 0}},
    }


def _medians(rows: Sequence[Strip]) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.median for row in rows],
        "y": list(range(len(rows))),
        "marker": {"symbol": "line-ns", "size": 20, "line": {"width": 2, "color": "@ink-2"}},
        "hoverinfo": "skip",
    }


def _lead(rows: Sequence[Strip]) -> Figure:
    known = [(i, row) for i, row in enumerate(rows) if row.lead is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [row.lead for _, row in known],
        "y": [i for i, _ in known],
        "customdata": [row.hover for _, row in known],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": {"links": [row.href for _, row in known]},
        "marker": {"size": 16, "color": "@lead", "line": {"color": "@paper", "width": 2}},
    }
