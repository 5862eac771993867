"""The services of one city: who uses them, who had a problem, whether it was solved, how much it matters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.catalog import Catalog, Service
from dashboard.charts.base import label
from dashboard.charts.quadrant import HEIGHT, Point, quadrant
from dashboard.charts.ranking import Mark, ranking, ranking_height
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state_survey import SatisfactionState
from dashboard.text import Words
from dashboard.views.spread import quantile
from dashboard.views.survey_cells import cell, cell_columns
from dashboard.views.survey_values import (
    SHARE,
    notes_of,
    reason_word,
    service_name,
    share_text,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
    with_questions,
)

ASPECTS = ("use", "satisfaction", "problem", "solved", "importance")
FEWEST = 3
"""Services from which on a plane cut at their medians says anything."""


def services_block(catalog: Catalog, state: SatisfactionState, frame: Frame, words: Words) -> Block:
    """Problem incidence as a chart, every aspect of every service (services_frame) as the table."""
    year = state.asked.year
    name = words.of(catalog.city(state.asked.lead), "name")
    shown = sorted(
        (row for row in frame if row["problem"] is not None),
        key=lambda row: (-row["problem"], row["sort_key"]),
    )
    found = _headline(catalog, shown, name, words)
    chart = None
    if shown:
        marks = [_mark(row, words) for row in shown]
        chart = Chart(ranking(marks, [], "%", words.lang), ranking_height(marks), found)
    waves = waves_of(catalog, frame)
    return Block(
        id="services",
        title=words("satisfaction.services_of", city=name),
        measure=words("satisfaction.services_measure", year=year),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(words("satisfaction.services_note"), *notes_of(waves, words)),
        twin_open=True,
        style="survey",
    )


def services_frame(data: Data, state: SatisfactionState, words: Words) -> Frame:
    """One row a service; for each aspect the columns components/survey.py reads.

    Where several questions of one aspect are about a service, each further one has a row of its own.
    """
    catalog = data.catalog
    found: dict[tuple[str, int], dict[str, Row]] = {}
    every = data.rows("survey_city", year=state.asked.year, city_id=state.asked.lead)
    for row in sorted(with_questions(catalog, every), key=lambda row: row["question_key"]):
        service = row["service_id"]
        if service in catalog.services:
            nth = next(n for n in range(len(every)) if row["aspect"] not in found.get((service, n), {}))
            found.setdefault((service, nth), {})[row["aspect"]] = row
    city = catalog.city(state.asked.lead)
    place = {"place_id": city.city_id, "place": words.of(city, "name")}
    rows = [
        _row(catalog.services[service], own, catalog, words) | place for (service, _), own in found.items()
    ]
    rows.sort(key=lambda row: row["sort_key"])
    return Frame(_columns(words), tuple(rows), caption=words("satisfaction.services"))


def _row(service: Service, own: dict[str, Row], catalog: Catalog, words: Words) -> Row:
    first = own.get("satisfaction") or next(iter(own.values()))
    question = catalog.surveys.questions[first["wave_id"], first["item_id"]]
    line: Row = {
        "service_id": service.service_id,
        "item_id": question.item_id,
        "name": service_name(catalog, question, words),
        "sub": words.of(service, "responsible"),
        "responsible": words.of(service, "responsible"),
        "sort_key": first["question_key"],
        "wave_id": first["wave_id"],
        "year": first["year"],
        **stamp_of(catalog, first["wave_id"], words),
    }
    for aspect in ASPECTS:
        row = own.get(aspect)
        word = reason_word(row, words) if row else words("survey.reason_not_asked")
        status = row["status"] if row else "not_collected"
        line |= cell(aspect, row, status, word, words)
        line[f"{aspect}_sub"] = line[f"{aspect}_range"]
        line[f"{aspect}_short"] = "" if row else words("survey.short_not_asked")
    return line


def _columns(words: Words) -> tuple[Column, ...]:
    made = [
        Column("name", words("survey.question"), "place", in_file=False),
        filed("place_id", words("columns.place_id")),
        filed("place", words("columns.place")),
        filed("service_id", words("satisfaction.file_service_id")),
        filed("name", words("satisfaction.file_service")),
        filed("responsible", words("satisfaction.responsible_short")),
        filed("year", words("columns.period")),
    ]
    for aspect in ASPECTS:
        name = words(f"satisfaction.aspect_{aspect}")
        made.append(
            Column(
                aspect,
                name,
                "estimate",
                in_file=False,
                title=words(f"satisfaction.aspect_{aspect}_why"),
                **SHARE,
            )
        )
        made += cell_columns(aspect, name, "satisfaction.file_percent", words)
    return (*made, *stamp_columns(words))


def _mark(row: Row, words: Words) -> Mark:
    text = share_text(row["problem"] / 100, words)
    parts = (f"<b>{label(row['name'])}</b>  {text}", row["problem_sub"], row["problem_word"])
    return Mark(
        name=row["name"],
        value=row["problem"],
        text=text,
        hover="<br>".join(part for part in parts if part),
        city_id=row["item_id"],
        lower=row["problem_low"],
        upper=row["problem_high"],
        is_open=row["problem_status"] != "measured",
    )


def _is_open_link(catalog: Catalog, rows: Iterable[Row]) -> bool:
    return any(wave.design == "open_link" for wave in waves_of(catalog, rows))


def _headline(catalog: Catalog, shown: Sequence[Row], city: str, words: Words) -> str:
    if _is_open_link(catalog, shown):
        return words("satisfaction.open_link_told", city=city)
    if not shown:
        return words("satisfaction.services_none", city=city)
    first = shown[0]
    said = words(
        "satisfaction.services_headline", city_loc=located(city, words.lang), service=first["name"],
        value=share_text(first["problem"] / 100, words), range=first["problem_sub"] or first["problem_word"],
    )  # fmt: skip
    if first["solved"] is None:
        return said
    solved = words(
        "satisfaction.services_solved", value=share_text(first["solved"] / 100, words),
        range=first["solved_sub"] or first["solved_word"],
    )  # fmt: skip
    return f"{said} {solved}"


def quadrant_block(catalog: Catalog, state: SatisfactionState, services: Frame, words: Words) -> Block:
    """Importance against satisfaction, cut at the medians of the city's own services (services_frame)."""
    year = state.asked.year
    name = words.of(catalog.city(state.asked.lead), "name")
    frame = quadrant_frame(services, words)
    found = _first_things(catalog, frame, name, words)
    chart = None
    if len(frame) >= FEWEST:
        cut = frame.rows[0]["cut_importance"], frame.rows[0]["cut_satisfaction"]
        points = [_point(row, state.asked.item, words) for row in frame]
        axes = words("satisfaction.quadrant_x"), words("satisfaction.quadrant_y")
        corners = tuple(
            words(f"satisfaction.quadrant_{place}") for place in ("ease", "keep", "watch", "first")
        )
        chart = Chart(quadrant(points, cut, axes, corners, words.lang), HEIGHT, found)
    waves = waves_of(catalog, frame)
    return Block(
        id="quadrant",
        title=words("satisfaction.quadrant_of", city=name),
        measure=words("satisfaction.quadrant_measure", year=year),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(words("satisfaction.quadrant_note"),),
        style="survey",
    )


def quadrant_frame(services: Frame, words: Words) -> Frame:
    """Services with both shares, the quarter each is in; too few of them give no row."""
    known = [row for row in services if row["importance"] is not None and row["satisfaction"] is not None]
    if len(known) < FEWEST:
        known = []
    cuts = {
        aspect: quantile(sorted(row[aspect] for row in known), 0.5)
        for aspect in ("importance", "satisfaction")
        if known
    }
    rows = []
    for row in known:
        matters, pleases = (
            row["importance"] >= cuts["importance"],
            row["satisfaction"] >= cuts["satisfaction"],
        )
        place = {(True, True): "keep", (True, False): "first", (False, True): "ease", (False, False): "watch"}
        kept = {key: value for key, value in row.items() if not key.startswith(("use", "problem", "solved"))}
        rows.append(
            kept
            | {f"cut_{aspect}": cut for aspect, cut in cuts.items()}
            | {"quarter": place[matters, pleases]}
            | {"quarter_word": words(f"satisfaction.quadrant_{place[matters, pleases]}")}
            | {"is_clear": _is_clear(row, matters, cuts["satisfaction"])}
        )
    rows.sort(key=lambda row: (row["quarter"] != "first", -row["importance"]))
    return Frame(_quadrant_columns(words), tuple(rows), caption=words("satisfaction.quadrant"))


def _is_clear(row: Row, matters: bool, median: float) -> bool:
    """Whether the service is important and its interval lies below the median."""
    return matters and row["satisfaction_high"] is not None and row["satisfaction_high"] < median


def _quadrant_columns(words: Words) -> tuple[Column, ...]:
    two = ("importance", "satisfaction")
    kept = {"name", "place_id", "place", "service_id", "responsible", "year", *two}
    kept |= {f"{aspect}_{end}" for aspect in two for end in ("low", "high", "n", "state")}
    kept |= {column.key for column in stamp_columns(words)}
    own = [column for column in _columns(words) if column.key in kept]
    return (*own, Column("quarter_word", words("satisfaction.quadrant_place")))


def _point(row: Row, chosen: str, words: Words) -> Point:
    told = [f"<b>{label(row['name'])}</b>", row["quarter_word"]]
    for aspect in ("importance", "satisfaction"):
        value = share_text(row[aspect] / 100, words)
        told.append(f"{words(f'satisfaction.aspect_{aspect}')}: {value} ({row[f'{aspect}_sub']})")
    return Point(
        name=row["name"],
        x=row["importance"],
        y=row["satisfaction"],
        hover="<br>".join(told),
        is_lead=row["item_id"] == chosen,
        is_first=row["is_clear"],
    )


def _first_things(catalog: Catalog, frame: Frame, city: str, words: Words) -> str:
    """What matters and satisfies less than the median, as far as the interval leaves the median out."""
    if _is_open_link(catalog, frame):
        return words("satisfaction.open_link_told", city=city)
    if not len(frame):
        return words("satisfaction.quadrant_none", city=city)
    named = [
        words(
            "satisfaction.quadrant_named", service=row["name"], range=row["satisfaction_sub"],
            value=share_text(row["satisfaction"] / 100, words),
        )
        for row in frame
        if row["is_clear"]
    ]  # fmt: skip
    key = "quadrant_headline" if named else "quadrant_clear"
    return words(f"satisfaction.{key}", city_loc=located(city, words.lang), names=", ".join(named))
