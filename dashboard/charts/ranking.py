"""Places in order of value: bars from zero, or dots with intervals where there are any."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from dashboard.charts.base import ROW_HEIGHT, Figure, label, layout, narrow, value_axis


@dataclass(frozen=True)
class Mark:
    """One place to draw; `text` is its formatted value (`short` on a narrow screen), `hover` its full sentence,
    `brief` its name where there is no room for all of it.

    `city_id` names the dot where charts and lists point at each other; all marks have one, or none has.
    """

    name: str
    value: float
    text: str
    hover: str
    lower: float | None = None
    upper: float | None = None
    is_lead: bool = False
    is_open: bool = False
    city_id: str = ""
    short: str = ""
    brief: str = ""


class Placed(Protocol):
    """What an excerpt needs to know of a row."""

    @property
    def is_lead(self) -> bool: ...


Row = TypeVar("Row", bound=Placed)


def excerpt(marks: Sequence[Row], most: int = 60, edge: int = 10) -> tuple[list[Row], list[int]]:
    """All marks when they fit; otherwise top, lead's neighbours and bottom, and the sizes of the gaps.

    Returns the kept marks and, for each, how many were left out right before it.
    """
    if len(marks) <= most:
        return list(marks), [0] * len(marks)
    keep = set(range(edge)) | set(range(len(marks) - edge, len(marks)))
    lead = next((i for i, mark in enumerate(marks) if mark.is_lead), None)
    if lead is not None:
        keep |= set(range(max(0, lead - edge // 2), min(len(marks), lead + edge // 2 + 1)))
    kept = sorted(keep)
    gaps = [i - (kept[n - 1] + 1 if n else 0) for n, i in enumerate(kept)]
    return [marks[i] for i in kept], gaps


def height(count: int) -> int:
    """CSS pixels for so many rows, axis included; never so flat that labels collide."""
    return 56 + ROW_HEIGHT * max(count, 3)


def slots(gaps: Sequence[int]) -> list[int]:
    """Row of each kept mark: one row a mark, and a row left free where others were left out."""
    rows: list[int] = []
    for gap in gaps:
        rows.append((rows[-1] + 1 if rows else 0) + (1 if gap else 0))
    return rows


def ranking_height(marks: Sequence[Mark]) -> int:
    """CSS pixels of the ranking of these marks."""
    _, gaps = excerpt(marks)
    return height(slots(gaps)[-1] + 1 if gaps else 0)


def ranking(marks: Sequence[Mark], references: Sequence[tuple[str, float]], symbol: str, lang: str) -> Figure:
    """Best first. `marks` are sorted; `references` are named vertical lines (name, value)."""
    kept, gaps = excerpt(marks)
    rows = slots(gaps)
    free = [(row - 1, f"… {gap}") for row, gap in zip(rows, gaps, strict=True) if gap]
    bounds = [b for mark in kept for b in (mark.lower, mark.upper) if b is not None]
    values = [mark.value for mark in kept] + [value for _, value in references] + bounds
    shapes, annotations = _reference_lines(references)
    # Values stand in a column of their own, so neither bars nor reference lines run through them.
    column = {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"}
    names = [_emphasis(mark.name, mark) for mark in kept]
    axis = value_axis(values, symbol, lang, zero=not bounds)
    short = [_emphasis(mark.short or mark.text, mark) for mark in kept]
    texts = [_emphasis(mark.text, mark) for mark in kept]
    briefly = [_emphasis(mark.brief or mark.name, mark) for mark in kept]
    small = (
        {"yaxis": {"ticktext": [*briefly, *(text for _, text in free)]}} if any(m.brief for m in kept) else {}
    )
    return {
        "data": [_trace(kept, rows, as_dots=bool(bounds)), column],
        "layout": layout(
            lang,
            height=ranking_height(marks),
            margin={"l": 8, "r": 8, "t": 26 if references else 8, "b": 28 if bounds else 8},
            # Bars have their values beside them; an axis would only say it twice.
            xaxis={
                **axis,
                "showgrid": bool(bounds),
                "showticklabels": bool(bounds),
            },
            yaxis=rows_axis(rows, names, free),
            yaxis2={**rows_axis(rows, texts, []), "overlaying": "y", "side": "right"},
            shapes=shapes,
            annotations=annotations,
            meta=narrow(axis, yaxis2={"ticktext": short}, **small),
        ),
    }


def named(marks: Sequence[Any]) -> Figure:
    """The ids of a trace; plotly draws dots of one id only once, so nameless ones get none at all."""
    ids = [mark.city_id for mark in marks]
    return {"ids": ids} if all(ids) else {}


def _emphasis(text: str, mark: Mark) -> str:
    return f"<b>{label(text)}</b>" if mark.is_lead else label(text)


def _trace(kept: Sequence[Mark], rows: Sequence[int], *, as_dots: bool) -> Figure:
    colours = ["@lead" if mark.is_lead else "@peer" for mark in kept]
    common = {
        "y": list(rows),
        "x": [mark.value for mark in kept],
        "customdata": [mark.hover for mark in kept],
        "hovertemplate": "%{customdata}<extra></extra>",
        **named(kept),
    }
    if not as_dots:
        marker = {"color": colours, "opacity": [0.55 if m.is_open else 1 for m in kept]}
        return {**common, "type": "bar", "orientation": "h", "width": 0.72, "marker": marker}
    return {
        **common,
        "type": "scatter",
        "mode": "markers",
        "marker": {"color": colours, "size": 10, "opacity": 1, "symbol": _symbols(kept)},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(m.upper if m.upper is not None else m.value) - m.value for m in kept],
            "arrayminus": [m.value - (m.lower if m.lower is not None else m.value) for m in kept],
            "color": "@ink-3",
            "thickness": 1.5,
            "width": 0,
        },
    }


def rows_axis(rows: Sequence[int], texts: Sequence[str], free: Sequence[tuple[int, str]]) -> Figure:
    """An axis of named rows from the top; `free` are rows that stand for those left out."""
    last = rows[-1] if rows else 0
    return {
        "tickmode": "array",
        "tickvals": [*rows, *(row for row, _ in free)],
        "ticktext": [*texts, *(text for _, text in free)],
        "range": [last + 0.6, -0.6],
        "tickfont": {"size": 14, "color": "@ink"},
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": "rgba(0,0,0,0)",
        "fixedrange": True,
        "automargin": True,
        "ticklabeloverflow": "allow",  # there is room; measuring every label takes half of the drawing
    }


def _symbols(marks: Sequence[Mark]) -> list[str]:
    return ["circle-open" if mark.is_open else "circle" for mark in marks]


def _reference_lines(references: Sequence[tuple[str, float]]) -> tuple[list[Figure], list[Figure]]:
    shapes, annotations = [], []
    for name, value in references:
        line = {"color": "@ink-2", "width": 1, "dash": "dot"}
        shapes.append(
            {"type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        )
        annotations.append(
            {
                "x": value,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": label(name),
                "showarrow": False,
                "font": {"size": 12, "color": "@ink-2"},
            }
        )
    return shapes, annotations
