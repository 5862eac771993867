"""What a municipality commits to, does and achieves: indicators of the rights-based programme, reported by itself.

Somebody who reported nothing is no "no": the cell says who owes the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from dashboard import numbers
from dashboard.catalog import Catalog, Indicator
from dashboard.components.html import render
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block, SourceLine
from dashboard.state import address
from dashboard.state_survey import RightsState
from dashboard.text import Words
from dashboard.views.values import formatted, lang_query

KINDS = ("structural", "process", "outcome")


def measures_block(data: Data, state: RightsState, words: Words) -> Block:
    """The lead city beside all that reported, by kind of indicator."""
    catalog = data.catalog
    frame = measures_frame(catalog, state, data.rows("rights_measures"), words)
    city = words.of(catalog.city(state.asked.lead), "name")
    own = [row for row in frame if row["value"] is not None]
    due = [row for row in frame if row["status"] != "not_applicable"]
    key = "measures_headline" if own else "measures_headline_none"
    found = words(f"rights.{key}", city=city, n=len(own), of=len(due))
    return Block(
        id="measures",
        title=words("rights.measures"),
        measure=words("rights.measures_measure", city=city),
        headline=found,
        frame=frame,
        source=_source(catalog, frame, words),
        notes=(*(words(f"rights.asks_{kind}") for kind in KINDS), words("rights.fill_in")),
        twin_open=True,
        style="survey rights",
    )


def measures_frame(catalog: Catalog, state: RightsState, rows: Sequence[Row], words: Words) -> Frame:
    """One row an indicator: structural, process, outcome, in the registry's order."""
    chosen = [one for one in catalog.indicators.values() if one.rights_measure]
    chosen.sort(key=lambda one: KINDS.index(one.rights_measure or ""))
    made = []
    for indicator in chosen:
        every = [
            row for row in rows
            if row["indicator_id"] == indicator.indicator_id and row["period"] == indicator.latest
        ]  # fmt: skip
        made.append(_row(catalog, state, indicator, every, words))
    return Frame(_columns(words), tuple(made), caption=words("rights.measures"))


def _row(catalog: Catalog, state: RightsState, indicator: Indicator, every: list[Row], words: Words) -> Row:
    lead = next((row for row in every if row["city_id"] == state.asked.lead), None)
    status = lead["status"] if lead else "not_collected"
    value = lead["value"] if lead else None
    synthetic = any(row["is_synthetic"] for row in every)
    known = [row["value"] for row in every if row["value"] is not None]
    due = sum(row["status"] != "not_applicable" for row in every)
    source = catalog.origin(indicator, synthetic)
    text = formatted(value, indicator, words)
    if status == "not_applicable":
        text = words("status.not_applicable")
    return {
        "name": words.of(indicator, "label"),
        "indicator_id": indicator.indicator_id,
        "sort_key": indicator.sort_key,
        "href": address(f"/gosterge/{indicator.indicator_id}", lang_query(words)),
        "sub": words("rights.unit_period", unit=words.of(indicator, "unit"), period=indicator.latest),
        "kind": words(f"rights.kind_{indicator.rights_measure}"),
        "value": value,
        "status": status,
        "told": text or None,
        "told_owner": words.of(indicator, "responsible"),
        "told_tone": "told",
        "told_sort": "" if value is None else value,
        "status_word": words(f"status.{status}"),
        "owner": words.of(indicator, "responsible"),
        "reported": len(known),
        "due": due,
        "reported_text": words("rights.reported", n=len(known), of=due),
        "reported_text_sort": len(known),
        "median": median(known) if known and indicator.kind != "yes_no" else None,
        "yes_share": 100 * sum(known) / len(known) if known and indicator.kind == "yes_no" else None,
        "others": _others(indicator, known, words),
        "unit": words.of(indicator, "unit"),
        "period": indicator.latest,
        "place_id": state.asked.lead,
        "place": words.of(catalog.city(state.asked.lead), "name"),
        "source": words.of(source, "citation"),
        "licence": words.of(source, "licence"),
        "is_synthetic": synthetic,
        "source_short": words.of(source, "short"),
        "release": catalog.release.release_id,
    }


def _others(indicator: Indicator, known: list[float], words: Words) -> str:
    """The middle of those that reported; of a yes or no, how many said yes."""
    if not known:
        return words("rights.nobody_reported")
    if indicator.kind == "yes_no":
        share = numbers.with_unit(100 * sum(known) / len(known), 0, "%", words.lang)
        return words("rights.yes_of", yes=round(sum(known)), n=len(known), share=share)
    return words("rights.median_of", value=formatted(median(known), indicator, words))


def _source(catalog: Catalog, frame: Frame, words: Words) -> SourceLine | None:
    if not frame.rows:
        return None
    return SourceLine(
        text="; ".join(dict.fromkeys(row["source_short"] for row in frame)),
        level=words("level.municipality"),
        period=", ".join(sorted({row["period"] for row in frame})),
        release=catalog.release.release_id,
        synthetic=any(row["is_synthetic"] for row in frame),
    )


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column("name", words("rights.indicator"), "place", in_file=False),
        Column("kind", words("rights.kind"), in_file=False),
        Column("told", words("rights.own_value"), "owed", in_file=False),
        Column("others", words("rights.others"), in_file=False),
        Column("reported_text", words("rights.reporting"), in_file=False),
        *(filed(key, words(f"columns.{key}")) for key in ("place_id", "place", "indicator_id", "period")),
        filed("name", words("columns.indicator")),
        filed("kind", words("rights.file_kind")),
        filed("value", words("columns.value")),
        filed("unit", words("columns.unit")),
        filed("status_word", words("columns.status")),
        filed("owner", words("rights.file_owner")),
        filed("reported", words("rights.file_reported")),
        filed("due", words("rights.file_due")),
        filed("median", words("rights.file_median")),
        filed("yes_share", words("rights.file_yes_share")),
        filed("is_synthetic", words("columns.synthetic")),
        *(filed(key, words(f"columns.{key}")) for key in ("source", "licence", "release")),
    )


def handbooks_block(words: Words) -> Block:
    """The three handbooks the approach comes from, by title alone."""
    return Block(
        id="handbooks",
        title=words("rights.handbooks"),
        measure=words("rights.handbooks_measure"),
        body=str(render("rights_handbooks.html", words)),
    )
