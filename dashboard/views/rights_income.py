"""Income and satisfaction in one city, service by service: slope, concentration, widest gap.

A slope is called significant by its p value adjusted over the services of the city, never by its interval.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.charts.base import label
from dashboard.charts.differences import Difference, differences, height
from dashboard.components.symbols import STATES
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block, Chart
from dashboard.state_survey import RightsState
from dashboard.survey_catalog import Question, Wave
from dashboard.text import Words
from dashboard.views.rights_values import link, span, wave_of
from dashboard.views.survey_values import (
    DECIMALS,
    FIRM,
    bare_points,
    notes_of,
    percent,
    points_range,
    service_name,
    stamp_columns,
    stamp_of,
    survey_source,
)

INCOME = "income_band"
MEASURES = ("sii", "sii_low", "sii_high", "concentration", "erreygers", "wagstaff", "max_min_gap")


def income_block(data: Data, state: RightsState, words: Words) -> Block:
    """Chart of the slopes, twin with all three measures, and how to read each."""
    catalog, asked = data.catalog, state.asked
    wave = wave_of(catalog, asked.lead, asked.year)
    rows = {
        row["item_id"]: row
        for row in data.rows("survey_inequality", year=asked.year, city_id=asked.lead)
        if wave and row["wave_id"] == wave.wave_id
    }
    frame = income_frame(catalog, state, wave, rows, words)
    city = words.of(catalog.city(asked.lead), "name")
    found = _headline(frame, city, words)
    drawn = [row for row in frame if row["sii"] is not None]
    chart = None
    if drawn:
        ends = (words("rights.end_poor"), words("rights.end_rich"))
        marks = [_mark(row) for row in drawn]
        chart = Chart(
            differences(marks, ends, words.lang), height(len(marks)), words("rights.income_alt", found=found)
        )
    waves = [wave] if wave else []
    return Block(
        id="income",
        title=words("rights.income_of", city=city),
        measure=words("rights.income_measure", year=asked.year),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, asked.year, words),
        notes=(
            words("rights.read_sii"), words("rights.read_erreygers"), words("rights.read_widest"),
            *notes_of(waves, words),
        ),
        legend=(("lead dot", words("rights.legend_clear")), ("peer dot", words("rights.legend_unclear_sii"))),
        sortable=True,
    )  # fmt: skip


def income_frame(
    catalog: Catalog, state: RightsState, wave: Wave | None, found: Mapping[str, Row], words: Words
) -> Frame:
    """One row a service, the steepest slope first; a service without one says why."""
    rows = [
        _row(catalog, state, question, wave, found.get(item), words)
        for item, question in catalog.surveys.asked(state.asked.year).items()
    ]
    rows.sort(key=lambda row: (row["sii"] is None, -(row["sii"] or 0.0)))
    return Frame(_columns(words), tuple(rows), caption=words("rights.income"))


def _row(
    catalog: Catalog, state: RightsState, question: Question, wave: Wave | None, row: Row | None, words: Words
) -> Row:
    told: Row = row or dict.fromkeys(MEASURES) | {"status": "not_collected"}
    has = told["sii"] is not None
    clear = has and told["sii_p_holm"] < FIRM
    missing = f"{STATES[told['status']]} {words('status.' + told['status'])}"
    word = _why(catalog, wave, row, words)
    made = {
        "name": service_name(catalog, question, words),
        "sort_key": question.sort_key,
        "item": question.item_id,
        "href": link(state, hizmet=question.item_id),
        "status": told["status"],
        "state_word": word,
        "finding": words(f"rights.sii_{'clear' if clear else 'unclear'}") if has else word,
        "is_clear": clear,
        "sii": percent(told["sii"]),
        "sii_low": percent(told["sii_low"]),
        "sii_high": percent(told["sii_high"]),
        "p_holm": told.get("sii_p_holm"),
        "interval_text": span(told["sii_low"], told["sii_high"], words) if has else missing,
        "interval_text_sort": told["sii_high"] - told["sii_low"] if has else "",
        "sii_text": bare_points(told["sii"], words) if has else "",
        "concentration": told["concentration"],
        "erreygers": told["erreygers"],
        "wagstaff": told["wagstaff"],
        "max_min_gap": percent(told["max_min_gap"]),
        "erreygers_text": missing
        if told["erreygers"] is None
        else numbers.number(told["erreygers"], 3, words.lang),
        "erreygers_text_sort": "" if told["erreygers"] is None else told["erreygers"],
        "place_id": state.asked.lead,
        "place": words.of(catalog.city(state.asked.lead), "name"),
        "period": state.asked.year,
        **stamp_of(catalog, wave.wave_id if wave else None, words),
    }
    return made | {"hover": _hover(made, told, words) if has else ""}


def _why(catalog: Catalog, wave: Wave | None, row: Row | None, words: Words) -> str:
    """What state the figures are in: told, hidden with a band, no income, no test, or no answers."""
    if row is not None:
        return words("rights.income_hidden" if row["status"] == "suppressed" else "status.measured")
    if wave is None:
        return words("survey.reason_no_wave")
    if not any(one.group_var == INCOME for one in catalog.surveys.categories.get(wave.wave_id, ())):
        owner = next((words.of(o, "owner") for o in catalog.surveys.groupings if o.grouping_id == INCOME), "")
        return f"{words('rights.no_data')}; {words('survey.owed_by', owner=owner)}"
    return words("rights.gap_open_link" if wave.mode == "open_link" else "rights.income_band_empty")


def _hover(made: Row, told: Row, words: Words) -> str:
    reach = words("rights.interval_of", interval=points_range(told["sii_low"], told["sii_high"], words))
    lines = (f"<b>{label(made['name'])}</b>  {made['sii_text']}", label(reach), label(made["finding"]))
    return "<br>".join(lines)


def _mark(row: Row) -> Difference:
    return Difference(
        name=row["name"],
        value=row["sii"],
        low=row["sii_low"],
        high=row["sii_high"],
        text=f"{row['sii_text']} · {row['finding']}",
        city_id=row["item"],
        hover=row["hover"],
        is_firm=row["is_clear"],
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("name", words("survey.question"), "place", in_file=False),
        Column("sii", words("rights.sii"), "value", in_file=False, decimals=DECIMALS),
        Column("interval_text", words("table.interval"), in_file=False),
        Column("erreygers_text", words("rights.erreygers"), in_file=False),
        Column("max_min_gap", words("rights.widest"), "value", in_file=False, decimals=DECIMALS),
        Column("finding", words("rights.finding"), in_file=False),
        *(filed(key, words(f"columns.{key}")) for key in ("place_id", "place", "period")),
        filed("item", words("rights.file_item")),
        filed("name", words("survey.question")),
        *(filed(key, words(f"rights.file_{key}")) for key in MEASURES),
        filed("state_word", words("columns.status")),
        *stamp_columns(words),
    )


def _headline(frame: Frame, city: str, words: Words) -> str:
    """The steepest significant slope; without any there is none to name."""
    known = [row for row in frame if row["sii"] is not None]
    if not known:
        word = frame.rows[0]["state_word"] if frame.rows else words("survey.reason_no_wave")
        return words("rights.income_none", city=city, word=word)
    clear = [row for row in known if row["is_clear"]]
    if not clear:
        return words("rights.income_unclear", city=city, n=len(known))
    steepest = max(clear, key=lambda row: abs(row["sii"]))
    interval = points_range(steepest["sii_low"] / 100, steepest["sii_high"] / 100, words)
    return words(
        "rights.income_headline", city=city, service=steepest["name"], sii=steepest["sii_text"],
        interval=interval, n=len(known), clear=len(clear),
    )  # fmt: skip
