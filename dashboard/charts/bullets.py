"""Outturn against what was allowed: a bar on the track of the initial budget, a tick at the year-end appropriation.

Everything is in per cent of one denominator, so that small rows can be read beside large ones; more than a hundred
is drawn as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, brief, label, layout, narrow, titled, value_axis
from dashboard.charts.ranking import height, rows_axis

WHOLE = 100.0


@dataclass(frozen=True)
class Bullet:
    """One row: `done` and `allowed` in per cent of the track (None where not known); `text` stands beside it."""

    name: str
    done: float | None
    allowed: float | None
    text: str
    short: str
    hover: str
    is_lead: bool = False


def bullets(rows: Sequence[Bullet], title: str, lang: str) -> Figure:
    """In the order given; `title` names the denominator on the axis."""
    places = list(range(len(rows)))
    reach = [value for row in rows for value in (row.done, row.allowed) if value is not None]
    axis = value_axis([WHOLE, *reach], "%", lang, zero=True)
    column = {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"}
    ticks = [
        (place, row.allowed, row.hover)
        for place, row in zip(places, rows, strict=True)
        if row.allowed is not None
    ]
    figure: Figure = {
        "data": [
            _bars(places, [WHOLE] * len(rows), [row.hover for row in rows], "@line", 0.72),
            _bars(
                places, [row.done for row in rows], [row.hover for row in rows],
                ["@lead" if row.is_lead else "@peer" for row in rows], 0.36,
            ),
            {
                "type": "scatter",
                "mode": "markers",
                "x": [value for _, value, _ in ticks],
                "y": [place for place, _, _ in ticks],
                "customdata": [hover for _, _, hover in ticks],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "symbol": "line-ns", "size": 15, "opacity": 1, "line": {"width": 3, "color": "@accent"},
                },
            },
            column,
        ],
        "layout": layout(
            lang,
            height=height(len(rows)),
            barmode="overlay",
            margin={"l": 8, "r": 8, "t": 8, "b": 28},
            xaxis=axis,
            yaxis=rows_axis(places, [_weighted(row.name, row) for row in rows], []),
            yaxis2={
                **rows_axis(places, [_weighted(row.text, row) for row in rows], []),
                "overlaying": "y",
                "side": "right",
            },
            meta=narrow(
                axis,
                yaxis={"ticktext": [_weighted(brief(row.name), row) for row in rows]},
                yaxis2={"ticktext": [_weighted(row.short, row) for row in rows]},
            ),
        ),
    }  # fmt: skip
    return titled(figure, title)


def _weighted(text: str, row: Bullet) -> str:
    return f"<b>{label(text)}</b>" if row.is_lead else label(text)


def _bars(
    rows: list[int], values: Sequence[float | None], hovers: list[str], colour: object, width: float
) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": rows,
        "width": width,
        "customdata": hovers,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"color": colour},
    }
