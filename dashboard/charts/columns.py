"""Upright bars, one a year, from zero to a hundred per cent; a year without a value is words where its bar would be."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import numbers
from dashboard.charts.base import Figure, label, layout, value_axis

HEIGHT = 300
TOP = 138
"""The axis goes past the whole: words stand on top of every bar."""


@dataclass(frozen=True)
class Bar:
    """One year: its percentage or None, the lines of text on top of it (`short` on a narrow screen), its sentence.

    Lines are markup of ours, never words of a file.
    """

    name: str
    value: float | None
    lines: tuple[str, ...]
    short: tuple[str, ...]
    hover: str
    is_lead: bool = False


def columns_height() -> int:
    """CSS pixels."""
    return HEIGHT


def columns_figure(bars: Sequence[Bar], lang: str) -> Figure:
    """In the order given; the axis shows 0, 50 and 100 per cent."""
    axis = value_axis([0.0, 100.0], "%", lang, zero=True)
    marks = [0, 50, 100]
    known = [bar for bar in bars if bar.value is not None]
    return {
        "data": [
            {
                "type": "bar",
                "x": [bar.name for bar in known],
                "y": [bar.value for bar in known],
                "width": 0.62,
                "customdata": [label(bar.hover) for bar in known],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {"color": ["@lead" if bar.is_lead else "@peer" for bar in known]},
            }
        ],
        "layout": layout(
            lang,
            height=HEIGHT,
            margin={"l": 8, "r": 8, "t": 8, "b": 28},
            xaxis={
                "type": "category", "categoryorder": "array", "categoryarray": [bar.name for bar in bars],
                "range": [-0.5, len(bars) - 0.5], "fixedrange": True, "showgrid": False, "automargin": True,
                "tickvals": [bar.name for bar in bars], "tickfont": {"size": 14, "color": "@ink"}, "tickangle": 0,
            },
            yaxis={**axis, "range": [0, TOP], "tickvals": marks,
                   "ticktext": [numbers.with_unit(mark, 0, "%", lang) for mark in marks]},
            annotations=[_words(place, bar, bar.lines) for place, bar in enumerate(bars)],
            meta={"narrow": {"annotations": [_words(place, bar, bar.short) for place, bar in enumerate(bars)]}},
        ),
    }  # fmt: skip


def _words(place: int, bar: Bar, lines: Sequence[str]) -> Figure:
    return {
        "x": place,
        "y": bar.value or 0,
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "text": "<br>".join(lines),
        "font": {"size": 14, "color": "@ink" if bar.value is not None else "@ink-3"},
    }
