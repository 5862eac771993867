"""What changed since the last wave, city by city; an arrow only where the change is firm after Holm."""

from __future__ import annotations

from dashboard.charts.differences import differences, height
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state_survey import SatisfactionState
from dashboard.survey_catalog import Question
from dashboard.text import Words
from dashboard.views.survey_differences import difference, in_points
from dashboard.views.survey_values import (
    SHARE,
    asked_rows,
    is_firm,
    p_text,
    percent,
    points,
    service_name,
    share_text,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
)


def change_block(data: Data, state: SatisfactionState, question: Question, words: Words) -> Block:
    """Changes of the chosen service in every city that was surveyed twice."""
    catalog, year = data.catalog, state.asked.year
    frame = change_frame(data, state, question, words)
    told = [row for row in frame if row["diff"] is not None]
    found = _headline(frame, words)
    chart = None
    if told:
        marks = [difference(row, _shares(row, words), "city_id", frame.lead, words) for row in told]
        ends = (words("satisfaction.change_fell"), words("satisfaction.change_rose"))
        chart = Chart(differences(marks, ends, words.lang), height(len(marks)), found)
    waves = waves_of(catalog, frame)
    earlier = sorted({row["earlier_year"] for row in told})
    return Block(
        id="change",
        title=words("satisfaction.change_of", service=service_name(catalog, question, words)),
        measure=words(
            "satisfaction.change_measure",
            service=service_name(catalog, question, words),
            year=year,
            earlier=", ".join(map(str, earlier)),
        )
        if told
        else "",
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(words("satisfaction.change_note"),),
        style="survey",
    )


def change_frame(data: Data, state: SatisfactionState, question: Question, words: Words) -> Frame:
    """One row a city with a sample this year, the largest rise first; what cannot be compared last, with why."""
    catalog, asked = data.catalog, state.asked
    changes = data.rows("survey_changes", year=asked.year, item_id=question.item_id)
    shares = {
        (year, row["city_id"]): row
        for year in {asked.year, *(row["earlier_year"] for row in changes if row["earlier_year"])}
        for row in asked_rows(data, "survey_shares", year)
        if row["item_id"] == question.item_id
    }
    rows = []
    for row in changes:
        now = shares.get((asked.year, row["city_id"]))
        before = shares.get((row["earlier_year"], row["city_id"]))
        line: Row = {
            "city_id": row["city_id"],
            "name": words.of(catalog.city(row["city_id"]), "name"),
            "sort_key": row["sort_key"],
            "status": row["status"],
            "year": asked.year,
            "earlier_year": row["earlier_year"],
            "now": percent(now["share"]) if now else None,
            "before": percent(before["share"]) if before else None,
            "diff": row["diff"],
            "diff_low": row["low"],
            "diff_high": row["high"],
            "p_holm": row["p_holm"],
            "indicator": words.of(question, "label"),
            "item_id": question.item_id,
            "n": now["n"] if now else None,
            "earlier_n": before["n"] if before else None,
            "service": service_name(catalog, question, words),
            "wave_id": now["wave_id"] if now else None,
            **stamp_of(catalog, now["wave_id"] if now else None, words),
        }
        line |= in_points(line, words)
        line["verdict"] = _verdict(line, words)
        rows.append(line)
    rows.sort(key=lambda row: (row["diff"] is None, -(row["diff"] or 0.0), row["sort_key"]))
    return Frame(_columns(words), tuple(rows), lead=asked.lead, caption=words("satisfaction.change"))


def _verdict(row: Row, words: Words) -> str:
    if row["diff"] is None:
        return words(f"satisfaction.change_{row['status']}")
    if not is_firm(row):
        return words("survey.no_change")
    return words("satisfaction.change_up" if row["diff"] > 0 else "satisfaction.change_down")


def _headline(frame: Frame, words: Words) -> str:
    """The lead's change, and in how many cities there is a firm one."""
    told = [row for row in frame if row["diff"] is not None]
    if not told:
        first = all(row["status"] == "no_earlier_wave" for row in frame)
        return words("satisfaction.change_first" if first else "satisfaction.change_none")
    firm = sum(1 for row in told if is_firm(row))
    every = words(
        "satisfaction.change_count" if firm else "satisfaction.change_count_none", n=len(told), k=firm
    )
    row = next((row for row in frame if row["city_id"] == frame.lead), None)
    if row is None:
        return every
    if row["diff"] is None:
        return f"{words('satisfaction.change_lead_none', city=row['name'], reason=row['verdict'])} {every}"
    told_of = words(
        "satisfaction.change_lead", service=row["service"], city_loc=located(row["name"], words.lang),
        earlier=row["earlier_year"], year=row["year"],
        before=share_text(row["before"] / 100, words), now=share_text(row["now"] / 100, words),
        diff=points(row["diff"], words, signed=True), range=row["diff_range"], verdict=row["verdict"],
        p=p_text(row["p_holm"], words),
    )  # fmt: skip
    return f"{told_of} {every}"


def _shares(row: Row, words: Words) -> tuple[str, str]:
    """Both shares, each with its year."""
    return (
        f"{row['earlier_year']}: {share_text(row['before'] / 100, words)}",
        f"{row['year']}: {share_text(row['now'] / 100, words)}",
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("name", words("table.place"), "place", in_file=False),
        Column("before", words("satisfaction.before"), "plain", in_file=False, **SHARE),
        Column("now", words("satisfaction.now"), "plain", in_file=False, **SHARE),
        Column("diff_points", words("satisfaction.difference"), "plain", decimals=1, in_file=False),
        Column("diff_range", words("table.interval"), in_file=False),
        Column("verdict", words("satisfaction.verdict"), in_file=False),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("item_id", words("satisfaction.file_item")),
        filed("indicator", words("satisfaction.file_question")),
        filed("earlier_year", words("satisfaction.file_earlier")),
        filed("before", words("satisfaction.file_before")),
        filed("earlier_n", words("satisfaction.file_earlier_n")),
        filed("year", words("columns.period")),
        filed("now", words("satisfaction.file_share")),
        filed("n", words("columns.n")),
        filed("diff_points", words("satisfaction.file_difference")),
        filed("diff_points_low", words("satisfaction.file_difference_low")),
        filed("diff_points_high", words("satisfaction.file_difference_high")),
        filed("p_holm", words("satisfaction.file_p")),
        filed("verdict", words("satisfaction.verdict")),
        *stamp_columns(words),
    )
