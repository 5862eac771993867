"""The compared places over time; no sentence and no line crosses a series break."""

from typing import Any

from dashboard.catalog import Indicator
from dashboard.charts.base import label
from dashboard.charts.series import Line, Point, series
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.compare_members import lead_id, members
from dashboard.views.values import OPEN, formatted, level_badge, measure, source_line

HEIGHT = 380
MOST_LINES = 7  # more lines than that are a ball of wool
FILED = {
    "city_id": "place_id",
    "name": "place",
    "indicator": "indicator",
    "unit": "unit",
    "period": "period",
    "value": "value",
    "lower": "lower",
    "upper": "upper",
    "n": "n",
    "status_word": "status",
    "level": "level",
    "is_synthetic": "synthetic",
    "source": "source",
    "licence": "licence",
    "release": "release",
}


def over_time(data: Data, state: CompareState, words: Words) -> Block:
    """Lines of the lead and those nearest to it; a sentence instead where there is one period only."""
    indicator = data.catalog.indicator(state.indicator)
    title, span = words("compare.series"), "–".join(_span(indicator))
    if len(indicator.periods) < 2:
        why = words("compare.series_one", period=indicator.latest)
        return Block(id="series", title=title, measure=measure(indicator, span, words), notes=(why,))
    lead = lead_id(data, state)
    cities = {city.city_id: city for city in members(data, state)}
    rows = data.rows("city_series", indicator_id=state.indicator, city_ids=list(cities))
    for row in rows:
        row["name"] = words.of(cities[row["city_id"]], "name")
        row["text"] = formatted(row["value"], indicator, words) or words(f"status.{row['status']}")
    breaks = [(b.year, words("compare.break_label", year=b.year)) for b in indicator.breaks]
    lines = _lines(rows, lead)
    alt = words("compare.series_alt", n=len(lines), first=indicator.periods[0], last=indicator.periods[-1])
    figure = series(lines, breaks, indicator.unit_symbol, state.lang, HEIGHT)
    return Block(
        id="series",
        title=title,
        measure=measure(indicator, span, words),
        headline=_series_headline(rows, lead, indicator, words),
        frame=_series_frame(rows, indicator, data, words, lead),
        chart=Chart(figure, HEIGHT, alt),
        source=source_line(data, indicator, span, words, synthetic=any(row["is_synthetic"] for row in rows)),
        notes=tuple(
            words("compare.series_break", year=b.year, text=words.of(b, "text")) for b in indicator.breaks
        ),
    )


def _span(indicator: Indicator) -> tuple[str, ...]:
    periods = indicator.periods
    return (periods[0], periods[-1]) if len(periods) > 1 else periods


def _lines(rows: list[Row], lead: str) -> list[Line]:
    by_city: dict[str, list[Row]] = {}
    for row in rows:
        by_city.setdefault(row["city_id"], []).append(row)
    last = {city: _last_value(own) for city, own in by_city.items()}
    target = last.get(lead, 0.0)
    near = sorted((c for c in by_city if c != lead), key=lambda c: abs(last[c] - target))
    kept = [c for c in (lead, *near[: MOST_LINES - 1]) if c in by_city]
    tones = ["lead", "cat-2", "cat-3", "cat-4", "cat-5", "cat-6", "peer"]
    return [
        Line(
            name=by_city[city][0]["name"],
            points=tuple(
                Point(
                    r["year"],
                    r["value"],
                    f"<b>{label(r['name'])}</b> {r['period']}: {r['text']}",
                    r["status"] in OPEN,
                )
                for r in by_city[city]
            ),
            tone=tones[i],
            is_lead=city == lead,
        )
        for i, city in enumerate(kept)
    ]


def _last_value(rows: list[Row]) -> float:
    return next((row["value"] for row in reversed(rows) if row["value"] is not None), 0.0)


def _series_headline(rows: list[Row], lead: str, indicator: Indicator, words: Words) -> str:
    """First and last value since the newest series break: no sentence compares across one."""
    since = max((b.year for b in indicator.breaks), default=0)
    own = [r for r in rows if r["city_id"] == lead and r["value"] is not None and r["year"] >= since]
    if len(own) < 2:
        return ""
    return words(
        "compare.series_headline", city_loc=located(own[0]["name"], words.lang), first=own[0]["period"],
        first_value=own[0]["text"], last=own[-1]["period"], last_value=own[-1]["text"],
    )  # fmt: skip


def _series_frame(rows: list[Row], indicator: Indicator, data: Data, words: Words, lead: str) -> Frame:
    """Wide on screen would hide states, so the series twin is long: place, period, value, state."""
    cities = data.catalog.cities
    made = []
    for row in sorted(rows, key=lambda r: (r["city_id"] != lead, cities[r["city_id"]].sort_key, r["period"])):
        city, source = cities[row["city_id"]], data.catalog.origin(indicator, row["is_synthetic"])
        badge = level_badge(row | {"kind": city.kind, "legal_type": city.legal_type}, data.catalog, words)
        made.append(
            row
            | {
                "sort_key": city.sort_key,
                "status_word": words(f"status.{row['status']}"),
                "level": badge or words(f"level.{row['value_level']}"),
                "indicator": words.of(indicator, "label"),
                "unit": words.of(indicator, "unit"),
                "source": words.of(source, "citation"),
                "licence": words.of(source, "licence"),
                "release": data.catalog.release.release_id,
            }
        )
    digits: dict[str, Any] = {"decimals": indicator.decimals, "symbol": indicator.unit_symbol}
    return Frame(
        columns=(
            Column("name", words("table.place"), "place", in_file=False),
            Column("period", words("table.period"), "period", in_file=False),
            Column("value", words("table.value"), "value", in_file=False, **digits),
            Column("level", words("table.level"), in_file=False),
            *(Column(key, words(f"columns.{name}"), on_screen=False) for key, name in FILED.items()),
        ),
        rows=tuple(made),
        lead=lead,
        caption=words.of(indicator, "label"),
    )
