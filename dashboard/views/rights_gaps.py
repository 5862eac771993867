"""One group against its reference in every city, on one service.

A city without a gap stands in the table with its reason; it is drawn nowhere.
"""

from __future__ import annotations

from collections import Counter

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.charts.base import label
from dashboard.charts.differences import Difference, differences, height
from dashboard.components.symbols import STATES
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block, Chart
from dashboard.state_survey import RightsState
from dashboard.survey_catalog import Category, Question
from dashboard.text import Words
from dashboard.views.rights_values import (
    HIGHER,
    LOWER,
    UNCLEAR,
    gap_sentence,
    link,
    ratio_text,
    span,
    verdict_of,
)
from dashboard.views.survey_values import (
    DECIMALS,
    bare_points,
    is_firm,
    notes_of,
    p_text,
    percent,
    points,
    service_name,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
)


def gaps_block(data: Data, state: RightsState, question: Question, group: Category, words: Words) -> Block:
    """Chart, twin, and in how many cities the group is significantly lower or higher."""
    catalog, year = data.catalog, state.asked.year
    rows = data.rows(
        "rights_gaps", year=year, item_id=question.item_id, group_var=group.group_var, group_id=group.group_id
    )
    service = service_name(catalog, question, words)
    reference = reference_name(catalog, year, group, words)
    frame = gaps_frame(catalog, state, rows, question, words)
    named = {"group": words.of(group, "label"), "reference": reference, "service": service}
    found = _headline(frame, named, words)
    waves = waves_of(catalog, frame)
    drawn = [row for row in frame if row["gap"] is not None]
    chart = None
    if drawn:
        ends = (words("rights.end_lower"), words("rights.end_higher"))
        marks = [_mark(row, state.asked.lead) for row in drawn]
        alt = words("rights.gaps_alt", found=found, **named)
        chart = Chart(differences(marks, ends, words.lang), height(len(marks)), alt)
    return Block(
        id="gaps",
        title=words("rights.gaps_of", **named),
        measure=words("rights.gaps_measure", year=year, **named),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(words("rights.gaps_note"), *notes_of(waves, words)),
        legend=(("lead dot", words("rights.legend_firm")), ("peer dot", words("rights.legend_not_firm"))),
        sortable=True,
    )


def reference_name(catalog: Catalog, year: int, group: Category, words: Words) -> str:
    """The category a group is held against, as the largest wave of the year calls it."""
    every = catalog.surveys.groups(year).values()
    return next(
        (words.of(one, "label") for one in every if one.group_var == group.group_var and one.is_reference), ""
    )


def gaps_frame(
    catalog: Catalog, state: RightsState, rows: list[Row], question: Question, words: Words
) -> Frame:
    """The widest gap below the reference first, cities without a gap last."""
    made = [_row(catalog, state, row, question, words) for row in rows]
    made.sort(key=lambda row: (row["gap"] is None, row["gap"] or 0.0, row["sort_key"]))
    caption = words("rights.gaps")
    return Frame(_columns(words), tuple(made), lead=state.asked.lead, caption=caption)


def _row(catalog: Catalog, state: RightsState, row: Row, question: Question, words: Words) -> Row:
    status, word = _state(catalog, state, row, question, words)
    verdict = verdict_of(row)
    missing = f"{STATES[status]} {words(f'status.{status}')}"
    return {
        "city_id": row["city_id"],
        "name": words.of(catalog.cities[row["city_id"]], "name"),
        "sort_key": row["sort_key"],
        "type": words(f"legal.{catalog.cities[row['city_id']].legal_type}"),
        "href": link(state, kent=row["city_id"]),
        "period": state.asked.year,
        "item": question.item_id,
        "group": state.group,
        "status": status,
        "status_word": word,
        "gap": percent(row["diff"]),
        "gap_low": percent(row["low"]),
        "gap_high": percent(row["high"]),
        "interval_text": span(row["low"], row["high"], words) if verdict else missing,
        "interval_text_sort": row["high"] - row["low"] if verdict else "",
        "share": percent(row["share"]),
        "reference_share": percent(row["reference_share"]),
        "n": row["n"],
        "reference_n": row["reference_n"],
        "n_text": _count(row["n"], missing, words),
        "n_text_sort": row["n"] if row["n"] is not None else "",
        "reference_n_text": _count(row["reference_n"], missing, words),
        "reference_n_text_sort": row["reference_n"] if row["reference_n"] is not None else "",
        "ratio": row["ratio"],
        "ratio_low": row["ratio_low"],
        "ratio_high": row["ratio_high"],
        "ratio_text": ratio_text(row, words) if verdict else missing,
        "ratio_text_sort": row["ratio"] if row["ratio"] is not None else "",
        "p_holm": row["p_holm"],
        "p_text": p_text(row["p_holm"], words) if verdict else missing,
        "p_text_sort": row["p_holm"] if row["p_holm"] is not None else "",
        "verdict": verdict,
        "verdict_word": words(f"rights.verdict_{verdict}") if verdict else word,
        "hover": _hover(catalog, row, words),
        "text": words(f"rights.text_{verdict}", gap=bare_points(row["diff"], words)) if verdict else "",
        "gap_text": bare_points(row["diff"], words) if verdict else "",
        "is_firm": is_firm(row),
        "wave_id": row["wave_id"],
        **stamp_of(catalog, row["wave_id"], words),
    }


def _state(
    catalog: Catalog, state: RightsState, row: Row, question: Question, words: Words
) -> tuple[str, str]:
    """The status of a city's gap, and why: no wave, no such group, hidden, an open link, another question."""
    if row["wave_id"] is None:
        return "not_collected", words("survey.reason_no_wave")
    wave = catalog.surveys.waves[row["wave_id"]]
    own = catalog.surveys.questions.get((wave.wave_id, question.item_id), question)
    if row["group_status"] is None:
        return "not_collected", _lacking(catalog, state, row, words)
    if row["status"] is None:
        return "not_collected", words(
            "rights.gap_open_link" if wave.mode == "open_link" else "rights.gap_untested"
        )
    reason = row["group_reason"] or row["reference_reason"]
    if row["diff"] is not None and own.version != question.version:
        return "low_reliability", words("rights.other_question")
    return row["status"], words(f"survey.reason_{reason}") if reason else words(f"status.{row['status']}")


def _lacking(catalog: Catalog, state: RightsState, row: Row, words: Words) -> str:
    """The wave has no such group, which somebody owes, or did not ask the question."""
    group_var = state.group.partition(":")[0]
    if any(one.group_var == group_var for one in catalog.surveys.categories.get(row["wave_id"], ())):
        return words("survey.reason_not_asked")
    owner = next((words.of(o, "owner") for o in catalog.surveys.groupings if o.grouping_id == group_var), "")
    return (
        f"{words('rights.no_data')}; {words('survey.owed_by', owner=owner)}"
        if owner
        else words("rights.no_data")
    )


def _count(n: int | None, missing: str, words: Words) -> str:
    return missing if n is None else numbers.number(n, 0, words.lang)


def _hover(catalog: Catalog, row: Row, words: Words) -> str:
    if row["diff"] is None:
        return ""
    name = label(words.of(catalog.cities[row["city_id"]], "name"))
    told = points(row["diff"], words, signed=True)
    return f"<b>{name}</b>  {told}<br>{label(gap_sentence(row, words))}"


def _mark(row: Row, lead: str) -> Difference:
    return Difference(
        name=row["name"],
        value=row["gap"],
        low=row["gap_low"],
        high=row["gap_high"],
        text=row["text"],
        hover=row["hover"],
        is_firm=row["is_firm"],
        is_lead=row["city_id"] == lead,
        is_open=row["status"] == "low_reliability",
        city_id=row["city_id"],
    )


def _columns(words: Words) -> tuple[Column, ...]:
    own = ("gap", "gap_low", "gap_high", "ratio", "ratio_low", "ratio_high", "p_holm")
    return (
        Column("name", words("table.place"), "place", in_file=False),
        Column("n_text", words("rights.n_group"), in_file=False),
        Column("reference_n_text", words("rights.n_reference"), in_file=False),
        Column("gap", words("rights.gap"), "value", in_file=False, decimals=DECIMALS),
        Column("interval_text", words("table.interval"), in_file=False),
        Column("ratio_text", words("rights.ratio"), in_file=False),
        Column("p_text", words("rights.p"), in_file=False),
        Column("verdict_word", words("rights.verdict"), in_file=False),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("period", words("columns.period")),
        filed("item", words("rights.file_item")),
        filed("group", words("rights.file_group")),
        filed("share", words("rights.file_share")),
        filed("n", words("rights.file_n")),
        filed("reference_share", words("rights.file_reference_share")),
        filed("reference_n", words("rights.file_reference_n")),
        *(filed(key, words(f"rights.file_{key}")) for key in own),
        filed("verdict_word", words("rights.file_verdict")),
        filed("status_word", words("columns.status")),
        *stamp_columns(words),
    )


def _headline(frame: Frame, named: dict[str, str], words: Words) -> str:
    """How many cities were tested and with which verdict; what it is in the lead city."""
    counted = Counter(row["verdict"] for row in frame if row["verdict"])
    if not counted:
        return words("rights.gaps_none")
    told = words(
        "rights.gaps_headline",
        **named,
        n=sum(counted.values()),
        lower=counted[LOWER],
        higher=counted[HIGHER],
        unclear=counted[UNCLEAR],
    )
    lead = next((row for row in frame if row["city_id"] == frame.lead), None)
    if lead is None:
        return told
    if lead["verdict"]:
        own = words("rights.gaps_lead", city=lead["name"], gap=lead["gap_text"], verdict=lead["verdict_word"])
    else:
        own = words("rights.gaps_lead_none", city=lead["name"], word=lead["status_word"])
    return f"{told} {own}"
