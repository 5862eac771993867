"""Every place as one dot on the value axis: where the lead stands in the whole distribution."""

from collections.abc import Sequence

from dashboard.charts.base import Figure, label, layout, value_axis
from dashboard.charts.ranking import Mark


def _levels(values: Sequence[float]) -> list[int]:
    """Stack equal-ish values upwards and downwards around the middle (a plain dot plot)."""
    low, high = min(values), max(values)
    width = (high - low) / 70 or 1.0
    seen: dict[int, int] = {}
    levels = []
    for value in values:
        cell = int((value - low) / width)
        count = seen.get(cell, 0)
        seen[cell] = count + 1
        levels.append((count + 1) // 2 * (1 if count % 2 else -1))
    return levels


def strip(marks: Sequence[Mark], highlighted: frozenset[str], symbol: str, lang: str, height: int) -> Figure:
    """`marks` in any order; those whose city_id is highlighted are darker, the lead is labelled."""
    if not marks:
        return {"data": [], "layout": layout(lang, height=height)}
    levels = _levels([mark.value for mark in marks])
    order = sorted(range(len(marks)), key=lambda i: (marks[i].is_lead, marks[i].city_id in highlighted))
    picked = [marks[i] for i in order]
    dark = "@ink-2" if any(m.is_lead for m in marks) else "@lead"
    colours = ["@lead" if m.is_lead else dark if m.city_id in highlighted else "@peer" for m in picked]
    lead = next((m for m in marks if m.is_lead), None)
    extremes = [min(marks, key=lambda m: m.value), max(marks, key=lambda m: m.value)]
    notes = [
        {
            "x": m.value, "y": levels[marks.index(m)], "showarrow": False,
            "yshift": 26 if m is lead else 20, "text": f"<b>{label(m.name)}</b>" if m is lead else label(m.name),
            "font": {"size": 14 if m is lead else 12, "color": "@lead" if m is lead else "@ink-3"},
        }
        for m in dict.fromkeys([*( [lead] if lead else []), *extremes])
        if m is lead or lead is None or abs(m.value - lead.value) > (extremes[1].value - extremes[0].value) * 0.12
    ]  # fmt: skip
    reach = max(4, *(abs(level) for level in levels)) + 1.5
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [m.value for m in picked],
                "y": [levels[i] for i in order],
                "customdata": [m.hover for m in picked],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {
                    "size": [15 if m.is_lead else 10 if len(marks) < 200 else 6 for m in picked],
                    "color": colours,
                    "line": {"width": 1, "color": "@surface"},
                },
            }
        ],
        "layout": layout(
            lang,
            height=height,
            margin={"l": 16, "r": 16, "t": 8, "b": 28},
            xaxis={**value_axis([m.value for m in marks], symbol, lang, zero=False), "showgrid": True},
            yaxis={"visible": False, "range": [-reach, reach + 1], "fixedrange": True},
            annotations=notes,
        ),
    }
