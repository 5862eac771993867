"""One service across cities: dot and interval, each city with the range its rank may be in."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.catalog import Catalog
from dashboard.charts.base import label
from dashboard.charts.ranking import Mark, ranking, ranking_height
from dashboard.components.html import render
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state import address
from dashboard.state_survey import SatisfactionState
from dashboard.survey_catalog import Question
from dashboard.text import Words
from dashboard.views.satisfaction_matrix import main_versions, shown_cities, state_of
from dashboard.views.survey_cells import NOTHING
from dashboard.views.survey_values import (
    SHARE,
    notes_of,
    percent,
    range_text,
    rank_text,
    responsible,
    service_name,
    share_text,
    stamp_columns,
    stamp_of,
    state_text,
    survey_source,
    waves_of,
)
from dashboard.views.values import lang_query

TOP = 5


def ranking_block(
    catalog: Catalog, state: SatisfactionState, every: Sequence[Row], question: Question, words: Words
) -> Block:
    """Chart, twin, the finding about the lead city, and the question's wording one click away."""
    year = state.asked.year
    frame = ranking_frame(catalog, state, every, question, words)
    shown = [row for row in frame if row["value"] is not None]
    compared = [row["value"] for row in shown if row["rank"] is not None]
    waves = waves_of(catalog, frame)
    found = _headline(frame, words)
    chart = None
    if shown:
        means = []
        if len(compared) > 1:
            mean = sum(compared) / len(compared)
            told = words("satisfaction.mean", n=len(compared), value=share_text(mean / 100, words))
            means = [(told, mean)]
        marks = [_mark(row, frame.lead, words) for row in shown]
        chart = Chart(ranking(marks, means, "%", words.lang), ranking_height(marks), found)
    return Block(
        id="ranking",
        title=service_name(catalog, question, words),
        measure=words(
            "satisfaction.measure", label=words.of(question, "label"), year=year,
            base=words(f"satisfaction.base_{'users' if question.is_filtered else 'all'}"),
        ),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(
            words("satisfaction.responsible", owner=responsible(catalog, question, words)),
            words("satisfaction.rank_note"),
            *notes_of(waves, words),
        ),
        body=_mirror_link(catalog, state, question, words) + str(_wording(catalog, year, question, words)),
        sortable=True,
    )  # fmt: skip


def ranking_frame(
    catalog: Catalog, state: SatisfactionState, every: Sequence[Row], question: Question, words: Words
) -> Frame:
    """One row a city, highest share first, cities without a figure last."""
    own = {row["city_id"]: row for row in every if row["item_id"] == question.item_id}
    with_wave = {row["city_id"] for row in every}
    version = main_versions(every, {question.item_id: question})[question.item_id]
    rows = []
    for city in shown_cities(catalog, every, state.asked.lead):
        row = own.get(city.city_id)
        has_wave = city.city_id in with_wave
        status, word = state_of(row, has_wave=has_wave, version=version, words=words)
        told = row or NOTHING
        asked = (told["n"] or 0) + (told.get("n_no_opinion") or 0)
        rows.append(
            {
                "city_id": city.city_id,
                "name": words.of(city, "name"),
                "type": words(f"legal.{city.legal_type}"),
                "sort_key": city.sort_key,
                "value": percent(told["share"]),
                "value_status": status,
                "value_word": word,
                "interval_low": percent(told["share_low"]),
                "interval_high": percent(told["share_high"]),
                "range": range_text(told["share_low"], told["share_high"], words),
                "mean": told.get("mean"),
                "n": told["n"],
                "no_opinion": percent(told["n_no_opinion"] / asked) if asked and told["n"] else None,
                "deff": told.get("deff"),
                "n_effective": told.get("n_effective"),
                "rank": told["rank"],
                "rank_low": told.get("rank_low"),
                "rank_high": told.get("rank_high"),
                "rank_of": told.get("rank_of"),
                "rank_text": rank_text(told, words) or words("satisfaction.not_ranked"),
                "rank_text_sort": told["rank"] or len(every),
                "status": status,
                "status_word": state_text(status, word, words),
                "reason": word,
                "interval_word": words("satisfaction.no_interval") if told["share"] is not None else "",
                "indicator": words.of(question, "label"),
                "item_id": question.item_id,
                "version": told.get("version", ""),
                "service": service_name(catalog, question, words),
                "year": state.asked.year,
                "wave_id": told["wave_id"],
                **stamp_of(catalog, told["wave_id"], words),
            }
        )
    # What cannot be ranked stands behind what can: between two ranks it would look like one.
    rows.sort(
        key=lambda row: (row["value"] is None, row["rank"] is None, -(row["value"] or 0.0), row["sort_key"])
    )
    return Frame(_columns(words), tuple(rows), lead=state.asked.lead, caption=words.of(question, "label"))


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("name", words("table.place"), "place", in_file=False),
        Column("value", words("satisfaction.satisfied"), "estimate", in_file=False, **SHARE),
        Column("interval", words("table.interval"), "interval", in_file=False, **SHARE),
        Column("rank_text", words("satisfaction.rank_range"), in_file=False),
        Column("n", words("table.n"), "plain", in_file=False),
        Column(
            "no_opinion", words("satisfaction.no_opinion"), "plain", decimals=1, symbol="%", in_file=False
        ),
        Column("deff", words("satisfaction.deff"), "plain", decimals=1, in_file=False),
        Column("status_word", words("table.status"), in_file=False),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("item_id", words("satisfaction.file_item")),
        filed("version", words("satisfaction.file_version")),
        filed("indicator", words("satisfaction.file_question")),
        filed("year", words("columns.period")),
        filed("value", words("satisfaction.file_share")),
        filed("interval_low", words("columns.lower")),
        filed("interval_high", words("columns.upper")),
        filed("mean", words("satisfaction.file_mean")),
        filed("n", words("columns.n")),
        filed("no_opinion", words("satisfaction.file_no_opinion")),
        filed("deff", words("satisfaction.file_deff")),
        filed("n_effective", words("satisfaction.file_n_effective")),
        filed("rank", words("columns.rank")),
        filed("rank_low", words("satisfaction.file_rank_low")),
        filed("rank_high", words("satisfaction.file_rank_high")),
        filed("rank_of", words("columns.rank_of")),
        filed("status_word", words("columns.status")),
        *stamp_columns(words),
    )


def _mark(row: Row, lead: str | None, words: Words) -> Mark:
    text = share_text(row["value"] / 100, words)
    ranked = row["rank"] is not None
    told = words("satisfaction.short_rank", rank=row["rank"], low=row["rank_low"], high=row["rank_high"])
    # Why a city is not ranked, up to the first comma: there is no room for more beside the dot.
    beside = told if ranked else row["reason"].partition(",")[0]
    return Mark(
        name=row["name"],
        value=row["value"],
        text=f"{text} · {beside}" if beside else text,
        hover="<br>".join(
            part
            for part in (
                f"<b>{label(row['name'])}</b>  {text}",
                words("satisfaction.hover_interval", range=row["range"]) if row["range"] else "",
                row["rank_text"],
                "" if row["status"] == "measured" else row["status_word"],
            )
            if part
        ),
        lower=row["interval_low"],
        upper=row["interval_high"],
        is_lead=row["city_id"] == lead,
        is_open=row["status"] != "measured",
        city_id=row["city_id"],
        short=words("satisfaction.shortest_rank", value=text, low=row["rank_low"], high=row["rank_high"])
        if ranked
        else text,
    )


def _headline(frame: Frame, words: Words) -> str:
    """The lead's share, interval and rank range, and how many cities may be among the first five."""
    row = next((row for row in frame if row["city_id"] == frame.lead), None)
    if row is None or row["value"] is None:
        name, word = (row["name"], row["reason"]) if row else ("", words("survey.reason_no_wave"))
        return words("satisfaction.headline_none", city=name, reason=word)
    told = words(
        "satisfaction.headline", service=row["service"], year=row["year"],
        city_loc=located(row["name"], words.lang), value=share_text(row["value"] / 100, words),
    )  # fmt: skip
    if row["range"]:
        told += f" ({row['range']})"
    if row["rank"] is None:
        return f"{told}: {row['reason']}."
    firsts = [other for other in frame if other["rank"] is not None and other["rank_low"] <= TOP]
    return f"{told}: {row['rank_text']}. " + words(
        "satisfaction.headline_top", k=len(firsts), n=row["rank_of"], top=TOP
    )


def _mirror_link(catalog: Catalog, state: SatisfactionState, question: Question, words: Words) -> str:
    """The way on to what was spent, promised and needed in the same service; empty where it has no mirror."""
    service = catalog.services.get(question.service_id or "")
    if service is None or not service.has_mirror:
        return ""
    query = {name: value for name, value in state.asked.query().items() if name != "hizmet"}
    href = address(f"/hizmet/{service.service_id}", query | lang_query(words))
    return str(render("soft_link.html", words, before="", href=href, text=words("satisfaction.mirror_link")))


def _wording(catalog: Catalog, year: int, question: Question, words: Words) -> str:
    """What was asked, of whom, on which scale: every version of the year."""
    versions: dict[str, tuple[Question, list[str]]] = {}
    for wave in catalog.surveys.of_year(year):
        own = catalog.surveys.questions.get((wave.wave_id, question.item_id))
        if own is not None:
            versions.setdefault(own.version, (own, []))[1].append(words.of(wave, "title"))
    told = [
        {
            "question": words.of(own, "question"),
            "facts": (
                (
                    words("satisfaction.scale"),
                    words("satisfaction.scale_of", low=own.lowest, high=own.highest),
                ),
                (words("satisfaction.counted"), ", ".join(str(code) for code in own.counted)),
                (
                    words("satisfaction.asked_of"),
                    words(f"satisfaction.base_{'users' if own.is_filtered else 'all'}"),
                ),
                (words("satisfaction.version"), own.version),
                (words("satisfaction.waves"), ", ".join(waves)),
            ),
        }
        for own, waves in versions.values()
    ]
    return render("wording.html", words, versions=told)
