"""Frames of İzleme's lists: reasons cell by cell, indicators with their calendar, files received.

A day is shown in words and filed as a date; a missing one is a word on screen and empty in the file.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.state import address
from dashboard.state_monitoring import URGENCY
from dashboard.text import Words, keys
from dashboard.views.monitoring_matrix import place_name
from dashboard.views.values import lang_query


def late_since(indicator: Indicator, as_of: dt.date) -> dt.date | None:
    """The day its next edition was announced for, if that is past."""
    due = indicator.next_update
    return due if due and due < as_of else None


def reasons_frame(data: Data, rows: list[Row], words: Words, *, is_open: bool) -> Frame:
    """Rows of queries/coverage_reasons. `is_open`: all of one place, which then needs no column."""
    made = tuple(_reasons(data, rows, words))
    shown = (
        Column("name", words("table.place"), "place", in_file=False),
        Column("indicator", words("monitoring.indicator"), href="href_indicator", in_file=False),
        Column("period", words("table.period"), in_file=False),
        Column("state", words("table.status"), "cover_state", in_file=False),
        Column("reason", words("monitoring.reason"), in_file=False),
        Column("since_text", words("monitoring.since"), in_file=False),
        Column("next_text", words("monitoring.next"), in_file=False),
        Column("owner", words("monitoring.owner"), in_file=False),
        Column("origin", words("monitoring.origin"), in_file=False),
    )
    filed = {
        "city_id": "columns.place_id", "name": "columns.place", "position": "monitoring.file_position",
        "theme": "monitoring.file_theme", "indicator_id": "columns.indicator_id",
        "indicator": "columns.indicator", "period": "columns.period", "state_word": "columns.status",
        "reason": "monitoring.file_reason", "since": "monitoring.file_since", "due": "monitoring.file_due",
        "next": "monitoring.file_next", "owner": "monitoring.file_owner",
        "file_name": "monitoring.file_file", "row_number": "monitoring.file_row",
        "method": "monitoring.file_method", "release": "columns.release",
    }  # fmt: skip
    hidden = (Column(key, words(label), on_screen=False) for key, label in filed.items())
    columns = (*(shown[1:] if is_open else shown), *hidden)
    return Frame(columns, made, caption=words("monitoring.reasons_caption"))


def _reasons(data: Data, rows: Iterable[Row], words: Words) -> Iterable[Row]:
    """Rows with their words; what many rows share is put together once."""
    catalog = data.catalog

    @cache
    def place(position: int, city_id: str | None) -> Row:
        city = catalog.cities.get(city_id or "")
        name = place_name(catalog, position, city_id, words)
        return {"name": name, "sort_key": city.sort_key if city else ""}

    @cache
    def told(reason: str, city_id: str | None, due: dt.date | None) -> str:
        city = catalog.cities.get(city_id or "")
        province = catalog.cities.get(city.province_id or "") if city else None
        return words(
            f"monitoring.reason_{reason}",
            province=words.of(province, "name") if province else "",
            due=_day(due, "", words.lang),
            days=numbers.number((catalog.release.as_of - due).days, 0, words.lang) if due else "",
        )

    @cache
    def about(indicator_id: str, state: str) -> Row:
        indicator = catalog.indicators[indicator_id]
        due = indicator.next_update if state != "unnamed" else None
        return {
            "theme": words.of(catalog.themes[indicator.theme_id], "label"),
            "indicator": words.of(indicator, "label"),
            "href_indicator": address(f"/gosterge/{indicator_id}", lang_query(words)),
            "state_word": words(f"monitoring.state_{state}"),
            "urgency": URGENCY.index(state),
            "next": due,
            "next_text": _day(due, words("monitoring.not_planned"), words.lang),
            "next_text_sort": due or "",
            "owner": words("monitoring.owner_roster")
            if state == "unnamed"
            else words.of(indicator, "responsible"),
            "release": catalog.release.release_id,
        }

    for row in rows:
        yield row | place(row["position"], row["city_id"]) | about(row["indicator_id"], row["state"]) | {
            "reason": told(row["reason"], row["city_id"], row["due"]),
            "since_text": _day(row["since"], "–", words.lang),
            "since_text_sort": row["since"] or "",
            "origin": _origin(row, words),
        }  # fmt: skip


@lru_cache(4_096)
def _day(day: dt.date | None, missing: str, lang: str) -> str:
    return numbers.day(day, lang) if day else missing


def _origin(row: Row, words: Words) -> str:
    """The cell of a received file, or the method that computed the value."""
    if row["file_name"] and row["row_number"] is not None:
        return words("monitoring.origin_row", file=row["file_name"], row=row["row_number"])
    if row["method"]:
        key = f"monitoring.method_{row['method']}"
        return words(
            "monitoring.origin_method", method=words(key) if key in keys(words.lang) else row["method"]
        )
    return row["file_name"] or "–"


def indicators_frame(data: Data, rows: Iterable[Row], words: Words) -> Frame:
    """Rows of queries/coverage_indicators with source, cadence and calendar."""
    made = sorted((_indicator(data, row, words) for row in rows), key=_calendar)

    def counted(key: str) -> Column:
        return Column(key, words(f"monitoring.n_{key}"), "value")

    optional = [key for key in ("provisional", "suppressed") if any(row[key] for row in made)]
    columns = (
        Column("indicator", words("monitoring.indicator"), href="href"),
        Column("theme", words("monitoring.theme")),
        Column("source", words("source.source")),
        Column("cadence", words("monitoring.cadence")),
        Column("period", words("monitoring.newest")),
        *_days("last_update", words), *_days("next_update", words), *_days("late_since", words),
        counted("received"), counted("province_value"), *(counted(key) for key in optional),
        counted("missing"), counted("not_applicable"),
        Column("owner", words("monitoring.file_owner"), on_screen=False),
        Column("indicator_id", words("columns.indicator_id"), on_screen=False),
        Column("release", words("columns.release"), on_screen=False),
    )  # fmt: skip
    return Frame(columns, tuple(made), caption=words("monitoring.indicators_caption"))


def _calendar(row: Row) -> tuple[bool, dt.date]:
    """Longest overdue first, then by the next day announced; the rest keeps the registry's order."""
    return (row["next_update"] is None, row["next_update"] or dt.date.max)


def _days(key: str, words: Words) -> tuple[Column, Column]:
    label = words(f"monitoring.{key}")
    return Column(f"{key}_text", label, in_file=False), Column(key, label, on_screen=False)


def _indicator(data: Data, row: Row, words: Words) -> Row:
    catalog, lang = data.catalog, words.lang
    indicator = catalog.indicators[row["indicator_id"]]
    late = late_since(indicator, catalog.release.as_of)
    waiting = numbers.number((catalog.release.as_of - late).days, 0, lang) if late else ""
    days = {
        "last_update": (indicator.last_update, words("monitoring.unknown_day")),
        "next_update": (indicator.next_update, words("monitoring.not_planned")),
        "late_since": (late, "–"),
    }
    texts = {f"{key}_text": _day(day, missing, lang) for key, (day, missing) in days.items()}
    if late:
        texts["late_since_text"] = words("monitoring.late_days", day=numbers.day(late, lang), days=waiting)
    return row | texts | {
        **{f"{key}_text_sort": day or "" for key, (day, _) in days.items()},
        **{key: day for key, (day, _) in days.items()},
        "indicator": words.of(indicator, "label"),
        "href": address(f"/gosterge/{indicator.indicator_id}", lang_query(words)),
        "theme": words.of(catalog.themes[indicator.theme_id], "label"),
        "source": words.of(catalog.sources[indicator.source_id], "short"),
        "cadence": words(f"monitoring.cadence_{indicator.cadence}"),
        "owner": words.of(indicator, "responsible"),
        "release": catalog.release.release_id,
    }  # fmt: skip


def files_frame(rows: Iterable[Row], data: Data, words: Words) -> Frame:
    """Rows of queries/files."""
    made = tuple(
        row
        | {
            "received_text": numbers.moment(row["received_at"], words.lang),
            "received_text_sort": row["received_at"].isoformat(),
            "verdict_word": words(f"monitoring.verdict_{row['verdict']}"),
            "release": data.catalog.release.release_id,
        }
        for row in rows
    )
    columns = (
        Column("name", words("monitoring.file_name")),
        Column("submission", words("monitoring.submission")),
        Column("edition", words("monitoring.edition"), "value"),
        Column("received_text", words("monitoring.received_at"), in_file=False),
        Column("received_at", words("monitoring.received_at"), on_screen=False),
        Column("verdict_word", words("monitoring.verdict")),
        Column("rows_read", words("monitoring.rows_read"), "value"),
        Column("rows_accepted", words("monitoring.rows_accepted"), "value"),
        Column("rows_rejected", words("monitoring.rows_rejected"), "value"),
        Column("file_id", words("monitoring.file_id"), on_screen=False),
        Column("release", words("columns.release"), on_screen=False),
    )
    return Frame(columns, made, caption=words("monitoring.files_caption"))
