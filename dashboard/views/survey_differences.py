"""A difference of two shares as a chart draws it and as table and file have it: in points, with its verdict."""

from __future__ import annotations

from dashboard.charts.base import label
from dashboard.charts.differences import Difference
from dashboard.frame import Row
from dashboard.text import Words
from dashboard.views.survey_values import is_firm, percent, points, points_range


def in_points(row: Row, words: Words) -> Row:
    """The difference and its interval as table and file have them: percentage points, and a text."""
    made = {f"diff_points{end}": percent(row[f"diff{end}"]) for end in ("", "_low", "_high")}
    told = row["diff"] is not None
    return made | {"diff_range": points_range(row["diff_low"], row["diff_high"], words) if told else ""}


def difference(row: Row, sides: tuple[str, str], key: str, lead: str | None, words: Words) -> Difference:
    """The mark of a row (name, diff, p_holm, verdict); `sides` tell both shares, `key` names what the row stands for.

    Where there is little room, a word says what the difference is worth.
    """
    size = points(row["diff"], words, signed=True)
    text = f"{size} · {row['verdict']}"
    worth = words("survey.short_firm" if is_firm(row) else "survey.short_not_firm")
    interval = points_range(row["diff_low"], row["diff_high"], words)
    return Difference(
        name=row["name"],
        value=row["diff_points"],
        low=row["diff_points_low"],
        high=row["diff_points_high"],
        text=text,
        hover="<br>".join((f"<b>{label(row['name'])}</b>  {text}", interval, *map(label, sides))),
        is_firm=is_firm(row),
        is_lead=row[key] == lead,
        city_id=row[key],
        short=f"{size} · {worth}",
    )
