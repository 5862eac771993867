"""How many of what stand in each row: bars of parts, each with its sign and count; a part is never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.base import ROW_HEIGHT, Figure, label, layout
from dashboard.charts.ranking import rows_axis

ROOM = 8
"""Space between the bars and what stands right of them, in per cent of the longest."""


@dataclass(frozen=True)
class Tone:
    """One kind of part: its sign and word, its colour tokens, and whether it is hatched."""

    key: str
    sign: str
    word: str
    fill: str
    ink: str
    hatched: bool = False


@dataclass(frozen=True)
class Stack:
    """One row: its name (`short` on a narrow screen), counts by tone, and what stands at its end."""

    name: str
    short: str
    counts: dict[str, int]
    text: str
    short_text: str
    is_total: bool = False


def stacks_height(rows: Sequence[Stack]) -> int:
    """CSS pixels."""
    return 24 + (ROW_HEIGHT + 9) * max(len(rows), 1)


def stacks(rows: Sequence[Stack], tones: Sequence[Tone], lang: str) -> Figure:
    """Rows from the top; parts in the order of `tones`."""
    places = list(range(len(rows)))
    longest = max((sum(row.counts.values()) for row in rows), default=0) or 1
    names, shorts = (
        [_strong(text, row) for row, text in zip(rows, texts, strict=True)] for texts in _texts(rows)
    )
    ends, short_ends = (
        [_strong(text, row) for row, text in zip(rows, texts, strict=True)]
        for texts in ([row.text for row in rows], [row.short_text for row in rows])
    )
    axis = rows_axis(places, names, [])
    column: Figure = {"type": "scatter", "x": [], "y": [], "yaxis": "y2", "hoverinfo": "skip"}
    return {
        "data": [*(_trace(rows, tone) for tone in tones), column],
        "layout": layout(
            lang,
            height=stacks_height(rows),
            barmode="stack",
            uniformtext={"mode": "hide", "minsize": 12},
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            xaxis={
                "range": [0, longest * (1 + ROOM / 100)],
                "visible": False,
                "fixedrange": True,
            },
            yaxis=axis,
            yaxis2={**rows_axis(places, ends, []), "overlaying": "y", "side": "right"},
            meta={"narrow": {"yaxis": {"ticktext": shorts}, "yaxis2": {"ticktext": short_ends}}},
        ),
    }


def _texts(rows: Sequence[Stack]) -> tuple[list[str], list[str]]:
    return [row.name for row in rows], [row.short for row in rows]


def _strong(text: str, row: Stack) -> str:
    return f"<b>{label(text)}</b>" if row.is_total else label(text)


def _trace(rows: Sequence[Stack], tone: Tone) -> Figure:
    counts = [row.counts.get(tone.key, 0) for row in rows]
    marker: dict[str, Any] = {"color": tone.fill, "line": {"color": "@paper", "width": 2}}
    if tone.hatched:
        marker["pattern"] = {
            "shape": "/",
            "bgcolor": "@paper",
            "fgcolor": tone.fill,
            "size": 6,
            "solidity": 0.35,
        }
    return {
        "type": "bar",
        "orientation": "h",
        "name": tone.word,
        "y": list(range(len(rows))),
        "x": counts,
        "width": 0.74,
        "text": [f"{tone.sign} {count}" if count else "" for count in counts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"size": 14, "color": tone.ink},
        "marker": marker,
        "customdata": [
            label(f"{row.name}: {count} {tone.word}") for row, count in zip(rows, counts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
