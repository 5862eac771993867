"""The series block of Gösterge: all asked places over time, those that moved most in colour.

Change is measured since the newest series break only: no sentence compares across one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.charts.base import label
from dashboard.charts.series import Line, Point, series
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state import IndicatorState
from dashboard.text import Words
from dashboard.views.definition import span
from dashboard.views.values import OPEN, formatted, measure, shown_name, source_line

HEIGHT = 400
LINES = 30  # more places than this are drawn as the ends of the range only
NAMED = 5  # the largest places have their name at the line's end, beside those that moved most


@dataclass(frozen=True)
class Course:
    """One place over time; `change` is relative, since the newest break, None where it cannot be told."""

    rows: tuple[Row, ...]
    change: float | None

    @property
    def city_id(self) -> str:
        """Of the place."""
        return str(self.rows[0]["city_id"])

    @property
    def name(self) -> str:
        """Of the place."""
        return str(self.rows[0]["name"])

    @property
    def last(self) -> float:
        """The newest value there is, 0 without any."""
        return next((row["value"] for row in reversed(self.rows) if row["value"] is not None), 0.0)


def series_block(data: Data, state: IndicatorState, words: Words) -> Block:
    """Lines of all pilots (or provinces, or the country), the table twin with every year."""
    indicator = data.catalog.indicator(state.indicator)
    courses = _courses(data, state, indicator, words)
    periods = indicator.periods
    frame = _frame(courses, indicator, words)
    drawn = _coloured(courses)
    breaks = [(b.year, words("compare.break_label", year=b.year)) for b in indicator.breaks]
    alt = words("compare.series_alt", n=len(courses), first=periods[0], last=periods[-1])
    figure = series(drawn, breaks, indicator.unit_symbol, state.lang, HEIGHT)
    synthetic = any(row["is_synthetic"] for row in frame)
    return Block(
        id="series",
        title=words("compare.series"),
        measure=measure(indicator, span(indicator), words),
        headline=_headline(courses, indicator, words),
        frame=frame,
        chart=Chart(figure, HEIGHT, alt) if courses else None,
        source=source_line(data, indicator, span(indicator), words, synthetic=synthetic),
        notes=tuple(
            words("compare.series_break", year=b.year, text=words.of(b, "text")) for b in indicator.breaks
        ),
    )


def _courses(data: Data, state: IndicatorState, indicator: Indicator, words: Words) -> list[Course]:
    catalog = data.catalog
    kind = "country" if indicator.geo_level == "country" else "province"
    asked = [city for city in catalog.cities.values() if city.kind == kind]
    if kind == "province" and state.places == "pilots":
        asked = list(catalog.pilots)
    names = {city.city_id: city for city in asked}
    by_city: dict[str, list[Row]] = {}
    for row in data.rows("city_series", indicator_id=indicator.indicator_id, city_ids=list(names)):
        city = names[row["city_id"]]
        name = shown_name(row | {"legal_type": city.legal_type}, words.of(city, "name"), words)
        row |= {
            "name": name, "sort_key": city.sort_key,
            "text": formatted(row["value"], indicator, words) or words(f"status.{row['status']}"),
            "indicator_id": indicator.indicator_id,
            "status_word": words(f"status.{row['status']}"), "level": words(f"level.{row['value_level']}"),
        }  # fmt: skip
        by_city.setdefault(row["city_id"], []).append(row)
    since = max((b.year for b in indicator.breaks), default=0)
    return [Course(tuple(rows), _change(rows, since)) for rows in by_city.values()]


def _change(rows: Sequence[Row], since: int) -> float | None:
    known = [row["value"] for row in rows if row["year"] >= since and row["value"] is not None]
    return known[-1] / known[0] - 1 if len(known) > 1 and known[0] else None


def _ends(courses: Sequence[Course]) -> tuple[Course, Course] | None:
    """The places that fell and rose most."""
    told = [course for course in courses if course.change is not None]
    if len(told) < 2:
        return None
    return min(told, key=lambda c: c.change or 0.0), max(told, key=lambda c: c.change or 0.0)


def _coloured(courses: Sequence[Course]) -> list[Line]:
    """Those that moved most in colour, the largest of the others with a name, the rest grey and nameless."""
    ends = _ends(courses)
    kept = courses if len(courses) <= LINES or ends is None else ends
    tones = {ends[0].city_id: "cat-2", ends[1].city_id: "lead"} if ends else {}
    if len(courses) == 1:
        tones = {courses[0].city_id: "lead"}
    largest = sorted(kept, key=lambda course: -course.last)[:NAMED]
    named = {*tones, *(course.city_id for course in largest)}
    return [
        Line(
            name=course.name if course.city_id in named else "",
            points=tuple(_point(row) for row in course.rows),
            tone=tones.get(course.city_id, "peer"),
            is_lead=course.city_id in tones,
        )
        for course in kept
    ]


def _point(row: Row) -> Point:
    hover = f"<b>{label(row['name'])}</b> {row['period']}: {row['text']}"
    return Point(row["year"], row["value"], hover, row["status"] in OPEN)


def _headline(courses: Sequence[Course], indicator: Indicator, words: Words) -> str:
    since = max((b.year for b in indicator.breaks), default=0)
    years = sorted({row["period"] for course in courses for row in course.rows if row["year"] >= since})
    ends = _ends(courses)
    if ends:
        low, high = ends
        return words(
            "indicator.series_headline", first=years[0], last=years[-1], high=high.name, low=low.name,
            high_change=_signed(high.change, words), low_change=_signed(low.change, words),
        )  # fmt: skip
    rows = courses[0].rows if len(courses) == 1 else ()
    known = [row for row in rows if row["value"] is not None and row["year"] >= since]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    return words(
        "indicator.series_one_place", place=first["name"], first=first["period"], first_value=first["text"],
        last=last["period"], last_value=last["text"],
    )  # fmt: skip


def _signed(change: float | None, words: Words) -> str:
    text = numbers.with_unit((change or 0.0) * 100, 1, "%", words.lang)
    return f"+{text}" if (change or 0.0) > 0 else text


def _frame(courses: Sequence[Course], indicator: Indicator, words: Words) -> Frame:
    digits: dict[str, Any] = {"decimals": indicator.decimals, "symbol": indicator.unit_symbol}
    ordered = sorted(courses, key=lambda course: course.rows[0]["sort_key"])
    return Frame(
        columns=(
            Column("name", words("table.place"), "place"),
            Column("period", words("table.period"), "period"),
            Column("value", words("table.value"), "value", **digits),
            Column("level", words("table.level")),
            Column("status_word", words("table.status"), on_screen=False),
            Column("city_id", words("columns.place_id"), on_screen=False),
            Column("measured_id", words("columns.measured"), on_screen=False),
            Column("indicator_id", words("columns.indicator_id"), on_screen=False),
            Column("is_synthetic", words("columns.synthetic"), on_screen=False),
        ),
        rows=tuple(row for course in ordered for row in course.rows),
        caption=words.of(indicator, "label"),
    )
