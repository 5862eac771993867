"""What every figure shares: no box, no grid behind bars, our formatter on the axis, text escaped."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from dashboard import numbers

Figure = dict[str, Any]
FONT = "'Source Sans 3', 'Karne Symbols', system-ui, sans-serif"
ROW_HEIGHT = 25
SMALLEST = 1e-9
"""What a sum of floats leaves of nothing is no span of an axis."""


def label(text: object) -> str:
    """Text for a figure: plotly renders a small HTML subset, so markup is escaped."""
    return escape(str(text), quote=False)


def layout(lang: str, **more: Any) -> dict[str, Any]:
    """The base layout with `more` merged over it (one level deep)."""
    base: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": "@ink-2"},
        "separators": ",." if lang == "tr" else ".,",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": "@surface",
            "bordercolor": "@line",
            "font": {"family": FONT, "size": 14, "color": "@ink"},
            "align": "left",
        },
        "autosize": True,
    }
    for key, value in more.items():
        base[key] = {**base[key], **value} if isinstance(value, dict) and key in base else value
    return base


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values covering [low, high]: steps of 1, 2, 2.5 or 5 times a power of ten."""
    span = high - low
    if span <= 0:
        return [low]
    rough = span / wanted
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough * 0.999)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]


def narrow(axis: dict[str, Any], **more: Any) -> dict[str, Any]:
    """What a layout says for narrow screens (assets/js/plot.js): every second tick, zero among them, and `more`."""
    first = axis["tickvals"].index(0) % 2 if 0 in axis["tickvals"] else 0
    fewer = {"tickvals": axis["tickvals"][first::2], "ticktext": axis["ticktext"][first::2]}
    return {"narrow": {"xaxis": fewer, **more}}


_BRIEF = 19
"""Letters of a name beside a row where there is no room for more."""


def brief(name: str) -> str:
    """The beginning of a long name, cut between words where that leaves most of it."""
    if len(name) <= _BRIEF:
        return name
    cut = name[:_BRIEF]
    word = cut[:-1].rpartition(" ")[0] if cut[-1] != " " and name[_BRIEF] != " " else cut
    return f"{(word if 2 * len(word) > _BRIEF else cut[:-1]).rstrip(' ,')}…"


TITLE = 22
"""Pixels the title under an axis needs."""


def titled(figure: Figure, text: str, axis: str = "xaxis") -> Figure:
    """The figure with what its values are written at their axis: unit and price basis travel with an image."""
    plan = figure["layout"]
    said = {"text": label(text), "font": {"size": 13, "color": "@ink-2"}, "standoff": 6}
    changed = {axis: {**plan[axis], "title": said}}
    if axis == "xaxis":
        changed["margin"] = {**plan["margin"], "b": plan["margin"]["b"] + TITLE}
        changed["height"] = plan["height"] + TITLE
    return {**figure, "layout": {**plan, **changed}}


def value_axis(values: Sequence[float], symbol: str, lang: str, *, zero: bool) -> dict[str, Any]:
    """A numeric axis whose tick labels come from our formatter (never k, M or B)."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < SMALLEST:
        low, high = low - 1, high + 1
    marks = [0.0, 1.0] if symbol == numbers.YES_NO else ticks(low, high)
    step = abs(marks[1] - marks[0]) if len(marks) > 1 else 1.0
    decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step < 1 else 0
    if abs(step * 10**decimals - round(step * 10**decimals)) > 1e-9:
        decimals += 1
    big = max(abs(marks[0]), abs(marks[-1])) >= 1_000_000
    texts = [
        numbers.compact(mark, lang) if big else numbers.with_unit(mark, decimals, symbol, lang)
        for mark in marks
    ]
    return {
        "tickmode": "array",
        "tickvals": marks,
        "ticktext": texts,
        "range": [marks[0], marks[-1]],
        "gridcolor": "@line",
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": {"size": 13, "color": "@ink-3"},
        "tickangle": 0,
        "fixedrange": True,
        "automargin": True,
    }
