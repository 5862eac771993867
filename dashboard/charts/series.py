"""Values over time, one line a place; no segment crosses a series break or a missing period."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout, value_axis

_LABEL = 17.0  # pixels a name at a line end needs


@dataclass(frozen=True)
class Point:
    """One year of one place; value None leaves a gap. `is_open` marks a provisional value."""

    year: int
    value: float | None
    hover: str
    is_open: bool = False


@dataclass(frozen=True)
class Line:
    """One place. `tone` is a colour token without the @; a line without a name gets no label at its end."""

    name: str
    points: tuple[Point, ...]
    tone: str = "peer"
    is_lead: bool = False
    dashed: bool = False


def series(
    lines: Sequence[Line], breaks: Sequence[tuple[int, str]], symbol: str, lang: str, height: int
) -> Figure:
    """`breaks` are (first year of the new series, label)."""
    values = [p.value for line in lines for p in line.points if p.value is not None]
    years = sorted({p.year for line in lines for p in line.points})
    traces = [_trace(line, [year for year, _ in breaks]) for line in sorted(lines, key=lambda x: x.is_lead)]
    shapes, annotations = [], []
    for year, text in breaks:
        if years and years[0] < year <= years[-1]:
            at = year - 0.5
            line = {"color": "@accent", "width": 1.5, "dash": "dash"}
            shapes.append(
                {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper", "line": line}
            )
            annotations.append(
                {
                    "x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center",
                    "text": label(text), "showarrow": False, "font": {"size": 12, "color": "@accent"},
                }
            )  # fmt: skip
    axis = value_axis(values, symbol, lang, zero=bool(values) and min(values) >= 0)
    annotations += _end_labels(lines, axis, height - 54)
    return {
        "data": traces,
        "layout": layout(
            lang,
            height=height,
            margin={"l": 8, "r": 118, "t": 26, "b": 28},
            xaxis={
                "tickmode": "array",
                "tickvals": _years(years),
                "ticktext": [str(year) for year in _years(years)],
                "range": [years[0] - 0.6, years[-1] + 0.6] if years else [0, 1],
                "tickangle": 0,
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": 13, "color": "@ink-3"},
            },
            yaxis=axis,
            shapes=shapes,
            annotations=annotations,
        ),
    }


def _trace(line: Line, breaks: Sequence[int]) -> Figure:
    x: list[float] = []
    y: list[float | None] = []
    hover: list[str] = []
    symbols: list[str] = []
    for before, point in zip((None, *line.points), line.points, strict=False):
        if before and any(before.year < year <= point.year for year in breaks):
            x.append(point.year - 0.5)
            y.append(None)
            hover.append("")
            symbols.append("circle")
        x.append(point.year)
        y.append(point.value)
        hover.append(point.hover)
        symbols.append("circle-open" if point.is_open else "circle")
    tone = f"@{line.tone}"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label(line.name),
        "x": x,
        "y": y,
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "connectgaps": False,
        "line": {
            "color": tone, "width": 3 if line.is_lead else 1.75, "dash": "dot" if line.dashed else "solid",
        },
        "marker": {"size": 7 if line.is_lead else 4.5, "color": tone, "symbol": symbols},
    }  # fmt: skip


def _years(years: Sequence[int]) -> list[int]:
    """At most five labels, the newest among them: they stand side by side on a phone too."""
    step = -(-len(years) // 5)
    return [year for i, year in enumerate(reversed(years)) if i % step == 0][::-1]


def _end_labels(lines: Sequence[Line], axis: Figure, plot: float) -> list[Figure]:
    """Names at the line ends, pushed apart in pixels so that no two stand on each other."""
    ends: list[tuple[float, int, Line]] = []
    low, high = axis["range"]
    for line in lines:
        last = next((p for p in reversed(line.points) if p.value is not None), None)
        if line.name and last is not None and last.value is not None:
            ends.append(((last.value - low) / (high - low) * plot, last.year, line))
    ends.sort(key=lambda end: end[0])
    notes, above = [], -_LABEL
    for at, year, line in ends:
        place = max(at, above + _LABEL)
        above = place
        text = f"<b>{label(line.name)}</b>" if line.is_lead else label(line.name)
        notes.append(
            {
                "x": year, "y": low + at / plot * (high - low), "xanchor": "left", "xshift": 10,
                "yshift": round(place - at, 1), "showarrow": False, "text": text,
                "font": {"size": 14, "color": f"@{line.tone}" if line.tone != "peer" else "@ink-2"},
            }
        )  # fmt: skip
    return notes
