"""The finance indicators of the lead in the chosen scope: numerator, denominator, the median of those compared.

The legal ceiling on personnel is told beside the ratio with its article; what the ratio cannot tell is in its entry.
"""

from __future__ import annotations

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.components.html import render
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block
from dashboard.state import address
from dashboard.state_spending import SCOPES
from dashboard.views.spending_lens import Lens, scope_facts
from dashboard.views.spending_peers import Peers
from dashboard.views.spending_values import stamp_columns
from dashboard.views.spread import quantile
from dashboard.views.values import formatted, lang_query

COMPONENT = "spending"
PERSONNEL = "personnel_ratio"
CEILING, SMALL_CEILING, SMALL = 30.0, 40.0, 10_000
"""Law 5393, article 49: personnel spending, per cent of revenue; the second below so many inhabitants."""


def ceiling(population: float | None) -> float:
    """The legal ceiling of a municipality with so many inhabitants; the general one where they are not known."""
    return SMALL_CEILING if population is not None and population < SMALL else CEILING


def indicators_block(lens: Lens, peers: Peers) -> Block:
    """A table: ten indicators have no axis in common."""
    words = lens.words
    frame = indicators_frame(lens, peers)
    total = lens.total(lens.year)
    notes = (words("spending.indicators_note"), words("spending.ceiling_note"))
    return Block(
        id="indicators",
        title=words("spending.block_indicators"),
        measure=words(
            "spending.indicators_measure", year=lens.year, scope=words(f"spending.scope_{_scope(lens)}")
        ),
        headline=_headline(lens, frame),
        frame=frame,
        source=lens.source([total] if total else [], str(lens.year)),
        notes=notes if len(frame) else (),
        body=str(render("onward.html", words, **_onward(lens))) if len(frame) else "",
        style="money indicators",
    )


def _scope(lens: Lens) -> str:
    return SCOPES[lens.state.scope]


def _onward(lens: Lens) -> dict[str, str]:
    """To the method: how each of them is worked out."""
    return {
        "href": address("/yontem", lang_query(lens.words)) + "#para",
        "text": lens.words("spending.indicators_method"),
    }


def indicators_frame(lens: Lens, peers: Peers) -> Frame:
    """One row an indicator of the component, in the catalogue's order."""
    words, catalog = lens.words, lens.data.catalog
    found = lens.data.rows(
        "finance_indicators", year=lens.year, scope=_scope(lens), city_ids=sorted(peers.cities)
    )
    by_indicator: dict[str, dict[str, Row]] = {}
    for row in found:
        by_indicator.setdefault(row["indicator_id"], {})[row["city_id"]] = row
    known = [one for one in catalog.indicators.values() if one.indicator_id in by_indicator]
    rows = [_row(lens, indicator, by_indicator[indicator.indicator_id]) for indicator in known]
    columns = (
        Column("name", words("spending.indicator"), "place", in_file=False),
        Column("value_text", words("table.value"), in_file=False),
        Column("numerator_text", words("spending.numerator"), in_file=False),
        Column("denominator_text", words("spending.denominator"), in_file=False),
        Column("median_text", words(f"spending.median_{lens.state.group}"), in_file=False),
        Column("told", words("table.status"), in_file=False),
        filed("indicator_id", words("columns.indicator_id")),
        filed("name", words("columns.indicator")),
        filed("unit", words("columns.unit")),
        filed("period", words("columns.period")),
        filed("value", words("columns.value")),
        filed("numerator", words("columns.numerator")),
        filed("denominator", words("columns.denominator")),
        filed("median", words("columns.median")),
        filed("n", words("columns.cities")),
        filed("legal_ceiling", words("columns.legal_ceiling")),
        filed("told", words("columns.status")),
        filed("place_id", words("columns.place_id")),
        filed("place", words("columns.place")),
        filed("scope", words("columns.scope")),
        filed("entities", words("columns.entities")),
        filed("price_basis", words("columns.price_basis")),
        filed("base_year", words("columns.base_year")),
        *stamp_columns(words),
    )
    return Frame(columns, tuple(rows), caption=words("spending.block_indicators"))


def _row(lens: Lens, indicator: Indicator, own: dict[str, Row]) -> Row:
    words, mine = lens.words, own.get(lens.state.lead)
    values = sorted(row["value"] for row in own.values() if row["value"] is not None)
    median = quantile(values, 0.5) if values else None
    value = mine["value"] if mine else None
    is_limited = indicator.indicator_id == PERSONNEL and _scope(lens) == "own"
    limit = ceiling(_population(lens)) if is_limited else None
    facts = lens.facts(lens.shown, lens.total(lens.year))
    return {
        **{
            name: facts[name]
            for name in ("place_id", "place", "period", "file", "source", "licence", "release")
        },
        **scope_facts(lens, lens.total(lens.year) or {}),
        "indicator_id": indicator.indicator_id,
        "name": words.of(indicator, "label"),
        "href": address(f"/gosterge/{indicator.indicator_id}", lang_query(words)),
        "sort_key": indicator.sort_key,
        "unit": words.of(indicator, "unit"),
        "value": value,
        "value_text": formatted(value, indicator, words) or "–",
        "value_text_sort": "" if value is None else value,
        "numerator": mine["numerator"] if mine else None,
        "denominator": mine["denominator"] if mine else None,
        "numerator_text": _part(mine, "numerator", words.of(indicator, "numerator"), words.lang),
        "denominator_text": _part(mine, "denominator", words.of(indicator, "denominator"), words.lang),
        "median": median,
        "median_text": words("spending.median_of", value=formatted(median, indicator, words), n=len(values))
        if median is not None
        else "–",
        "median_text_sort": "" if median is None else median,
        "n": len(values),
        "legal_ceiling": limit,
        "told": _told(lens, mine, value, limit),
        "price_basis": words("prices.name_nominal"),
        "base_year": None,
        "is_synthetic": bool(mine and mine["is_synthetic"]),
    }


def _population(lens: Lens) -> float | None:
    total = lens.total(lens.year)
    found = total["population"] if total else None
    return found if found is None else float(found)


def _part(row: Row | None, name: str, meaning: str | None, lang: str) -> str:
    """The amount (or the people) and what it is."""
    if row is None or row[name] is None:
        return meaning or "–"
    text = numbers.compact(row[name], lang)
    return f"{text} ({meaning})" if meaning else text


def _told(lens: Lens, row: Row | None, value: float | None, limit: float | None) -> str:
    """Why there is no value, whether it is final, and where it stands to the legal ceiling."""
    words = lens.words
    if row is None:
        return words("spending.no_budget", year=lens.year)
    told = []
    if row["value"] is not None:
        told.append(words("status.provisional" if row["status"] == "provisional" else "spending.final"))
    if row["reason"]:
        told.append(words(f"spending.reason_{row['reason']}"))
    if limit is not None and value is not None:
        key = "over" if value > limit else "under"
        told.append(words(f"spending.ceiling_{key}", limit=numbers.with_unit(limit, 0, "%", words.lang)))
    return "; ".join(told)


def _headline(lens: Lens, frame: Frame) -> str:
    words = lens.words
    own = next((row for row in frame if row["indicator_id"] == PERSONNEL and row["value"] is not None), None)
    if own is None:
        return words("spending.indicators_none", city=lens.name, year=lens.year)
    values = {"city_loc": located(lens.name, words.lang), "year": lens.year, "value": own["value_text"]}
    if own["legal_ceiling"] is None:
        return words("spending.indicators_wider", median=own["median_text"], **values)
    limit = numbers.with_unit(own["legal_ceiling"], 0, "%", words.lang)
    return words("spending.indicators_headline", limit=limit, median=own["median_text"], **values)
