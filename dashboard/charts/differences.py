"""Differences around zero: a dot and its interval a row, the significant ones in colour and bold.

A difference is never coloured by its direction: which end is better is for words to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import ROW_HEIGHT, Figure, label, layout, narrow, value_axis
from dashboard.charts.ranking import excerpt, named, rows_axis, slots

MOST = 60
_EDGE = 20
_AXIS = 64


@dataclass(frozen=True)
class Difference:
    """One row, in percentage points; `text` stands in the column on the right (`short` on a narrow screen), `hover`
    is the whole sentence.

    `low` and `high` are None where there is no interval. `is_firm`: significant. `is_lead`: the place in focus.
    `is_open`: not reliable, drawn as a ring.
    """

    name: str
    value: float
    low: float | None
    high: float | None
    text: str
    hover: str
    is_firm: bool
    is_lead: bool = False
    is_open: bool = False
    city_id: str = ""
    short: str = ""


def height(count: int) -> int:
    """CSS pixels for so many differences, axis included; beyond MOST an excerpt is drawn."""
    return _AXIS + ROW_HEIGHT * min(max(count, 3), MOST)


def differences(marks: Sequence[Difference], ends: tuple[str, str], lang: str) -> Figure:
    """In the order given. `ends` say what the left and the right of zero mean."""
    kept, gaps = excerpt(marks, MOST, _EDGE)
    rows = slots(gaps)
    free = [(row - 1, f"… {gap}") for row, gap in zip(rows, gaps, strict=True) if gap]
    reach = [end for mark in kept for end in (mark.value, mark.low, mark.high) if end is not None]
    # The lead stands on a band: colour and weight are taken by significance.
    bands = [_band(row) for row, mark in zip(rows, kept, strict=True) if mark.is_lead]
    # Values stand in a column of their own, so no interval runs through them.
    column = {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"}
    names = [_weighted(mark.name, mark) for mark in kept]
    texts = [_weighted(mark.text, mark) for mark in kept]
    short = [_weighted(mark.short or mark.text, mark) for mark in kept]
    axis = value_axis([0.0, *reach], "", lang, zero=True)
    left, right = f"◂ {label(ends[0])}", f"{label(ends[1])} ▸"
    small = narrow(axis, yaxis2={"ticktext": short}, margin={"b": 66})
    small["narrow"]["xaxis"]["title"] = {"text": f"{left}<br>{right}"}
    return {
        "data": [*(_trace(kept, rows, firm=firm) for firm in (False, True)), column],
        "layout": layout(
            lang,
            height=height(len(marks)),
            margin={"l": 8, "r": 8, "t": 8, "b": 48},
            xaxis={
                **axis,
                "zeroline": True,
                "zerolinecolor": "@ink-2",
                "zerolinewidth": 1.5,
                "title": {
                    "text": f"{left}      {right}",
                    "font": {"size": 13, "color": "@ink-2"},
                    "standoff": 4,
                },
            },
            yaxis=rows_axis(rows, names, free),
            yaxis2={**rows_axis(rows, texts, []), "overlaying": "y", "side": "right"},
            shapes=bands,
            meta=small,
        ),
    }


def _weighted(text: str, mark: Difference) -> str:
    return f"<b>{label(text)}</b>" if mark.is_firm else label(text)


def _band(row: int) -> Figure:
    span = {"x0": 0, "x1": 1, "xref": "paper", "y0": row - 0.5, "y1": row + 0.5}
    return {"type": "rect", "layer": "below", "fillcolor": "@lead-soft", "line": {"width": 0}, **span}


def _trace(kept: Sequence[Difference], rows: Sequence[int], *, firm: bool) -> Figure:
    """One trace for the significant and one for the others: error bars of a trace have one colour."""
    own = [(row, mark) for row, mark in zip(rows, kept, strict=True) if mark.is_firm == firm]
    colour = "@lead" if firm else "@peer"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.value for _, mark in own],
        "y": [row for row, _ in own],
        "customdata": [mark.hover for _, mark in own],
        "hovertemplate": "%{customdata}<extra></extra>",
        **named([mark for _, mark in own]),
        "marker": {
            "color": colour,
            "size": 10,
            "opacity": 1,
            "symbol": ["circle-open" if mark.is_open else "circle" for _, mark in own],
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(mark.value if mark.high is None else mark.high) - mark.value for _, mark in own],
            "arrayminus": [mark.value - (mark.value if mark.low is None else mark.low) for _, mark in own],
            "color": colour,
            "thickness": 2 if firm else 1.5,
            "width": 0,
        },
    }
