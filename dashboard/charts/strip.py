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
    reach = max(4, *(abs(level) for level in levels)) + 1.5
    notes, shapes = _labels(marks, levels, reach)
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
                    "opacity": 1,
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
            yaxis={"visible": False, "range": [-reach, reach + 2], "fixedrange": True},
            annotations=notes,
            shapes=shapes,
        ),
    }


def _labels(marks: Sequence[Mark], levels: Sequence[int], reach: float) -> tuple[list[Figure], list[Figure]]:
    """The lead's name on a line up from its dot; the extremes' names where they do not collide."""
    lead = next((m for m in marks if m.is_lead), None)
    low, high = min(marks, key=lambda m: m.value), max(marks, key=lambda m: m.value)
    notes, shapes = [], []
    for mark in (low, high):
        if lead is None or abs(mark.value - lead.value) > (high.value - low.value) * 0.1:
            font = {"size": 13, "color": "@ink-2"}
            text = f"{label(mark.name)} {label(mark.text)}"
            anchor = "left" if mark is low else "right"
            notes.append(
                {
                    "x": mark.value, "y": 0.8 - reach, "showarrow": False,
                    "text": text, "font": font, "xanchor": anchor, "xshift": -8 if mark is low else 8,
                }
            )  # fmt: skip
    if lead is not None:
        line = {"color": "@lead", "width": 1.5}
        level = levels[marks.index(lead)]
        shapes.append(
            {
                "type": "line",
                "x0": lead.value,
                "x1": lead.value,
                "y0": level,
                "y1": reach,
                "line": line,
                "layer": "below",
            }
        )
        share = (lead.value - low.value) / ((high.value - low.value) or 1)
        anchor = "left" if share < 0.15 else "right" if share > 0.85 else "center"
        notes.append(
            {
                "x": lead.value, "y": reach + 1.2, "showarrow": False, "xanchor": anchor,
                "text": f"<b>{label(lead.name)} {label(lead.text)}</b>", "font": {"size": 15, "color": "@lead"},
            }
        )  # fmt: skip
    return notes, shapes
