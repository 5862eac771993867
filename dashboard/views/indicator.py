"""Gösterge: one indicator for all places: ranking, spread, time, what it is made of, and its definition."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.charts.ranking import Mark, excerpt, ranking, ranking_height
from dashboard.charts.strip import strip
from dashboard.components import html
from dashboard.data import Data
from dashboard.frame import Frame, Row
from dashboard.page import Block, Chart, View
from dashboard.state import IndicatorState
from dashboard.text import Words
from dashboard.views import dossier
from dashboard.views.indicator_series import series_block
from dashboard.views.spread import fifths, quantile
from dashboard.views.values import (
    answers,
    formatted,
    marks,
    measure,
    measured_provinces,
    shown_name,
    source_line,
    value_frame,
)

STRIP_HEIGHT = 240
NAMED = 2  # tied places named before the rest is counted


def view(data: Data, state: IndicatorState) -> View:
    """What one indicator says about all places, and all there is to know about it."""
    words = Words(state.lang)
    indicator = data.catalog.indicator(state.indicator)
    label = words.of(indicator, "label")
    everyone = data.rows(
        "city_values", indicator_id=state.indicator, period=state.period, kinds=["municipality", "province"]
    )
    for_places = indicator.geo_level != "country"
    blocks = []
    if for_places:
        blocks.append(_ranking(data, state, everyone, words))
    if for_places and indicator.kind != "yes_no":  # the headline of the ranking says all of its spread
        blocks.append(_distribution(data, state, everyone, words))
    if len(indicator.periods) > 1:
        blocks.append(series_block(data, state, words))
    blocks += dossier.blocks(data, indicator, words)
    return View(
        title=label,
        question=words(f"indicator.{_question(indicator)}", indicator=label),
        lead=words.of(indicator, "summary"),
        blocks=tuple(blocks),
        notices=tuple(words(key) for key in state.notices),
        synthetic=any(row["is_synthetic"] for row in everyone),
    )


def _question(indicator: Indicator) -> str:
    if indicator.geo_level == "country":
        return "question_country"
    return "question_yes_no" if indicator.kind == "yes_no" else "question"


def shown(data: Data, state: IndicatorState, everyone: Sequence[Row]) -> list[Row]:
    """The rows of the places asked for: pilots or provinces."""
    if state.places == "provinces":
        return [row for row in everyone if row["kind"] == "province"]
    pilots = {city.city_id for city in data.catalog.pilots}
    return [row for row in everyone if row["city_id"] in pilots]


def _ranking(data: Data, state: IndicatorState, everyone: list[Row], words: Words) -> Block:
    indicator = data.catalog.indicator(state.indicator)
    rows = shown(data, state, everyone)
    frame = value_frame(data, indicator, rows, words, None)
    drawn = _emphasised(data, state, marks(frame, words))
    means = _means(data, state, words)
    notes = []
    levels = {row["value_level"] for row in rows}
    if state.places == "pilots" and "province" in levels:
        notes.append(words("compare.province_note" if len(levels) == 1 else "indicator.province_note"))
    if indicator.direction == "lower":
        notes.append(words("compare.order_note_lower"))
    chart = None
    if drawn:
        kept = excerpt(drawn)[0]
        if len(kept) < len(drawn):
            notes.append(words("indicator.excerpt", kept=len(kept) // 2, n=len(drawn)))
        key = "chart_alt_high" if indicator.direction == "contextual" else "chart_alt"
        alt = words(
            f"compare.{key}", n=numbers.number(len(drawn), 0, state.lang), first=drawn[0].name,
            first_value=drawn[0].text, last=drawn[-1].name, last_value=drawn[-1].text,
        )  # fmt: skip
        figure = ranking(drawn, means[-1:], indicator.unit_symbol, state.lang)
        chart = Chart(figure, ranking_height(drawn), alt)
    return Block(
        id="ranking",
        title=words(f"indicator.ranking_{state.places}"),
        measure=measure(indicator, state.period, words),
        headline=headline(
            frame, indicator, means, words(f"indicator.scope_{state.places}", n=len(rows)), words
        ),
        frame=frame,
        chart=chart,
        source=source_line(data, indicator, state.period, words, synthetic=_synthetic(rows)),
        notes=tuple(notes),
        sortable=True,
    )


def _synthetic(rows: Sequence[Row]) -> bool:
    return any(row["is_synthetic"] for row in rows)


def _emphasised(data: Data, state: IndicatorState, drawn: list[Mark]) -> list[Mark]:
    """In strong colour: pilots' provinces among provinces, the two ends among pilots."""
    if state.places == "provinces":
        strong = {city.province_id or "" for city in data.catalog.pilots}
        return [replace(mark, is_lead=mark.city_id in strong) for mark in drawn]
    ends = {drawn[0].value, drawn[-1].value} if drawn else set()
    return [replace(mark, is_lead=mark.value in ends) for mark in drawn]


def _means(data: Data, state: IndicatorState, words: Words) -> list[tuple[str, float]]:
    """Averages worth naming, the one for the chart's line last: pilots, then all provinces."""
    found = {
        row["reference_id"]: row
        for row in data.rows("references", indicator_id=state.indicator)
        if row["period"] == state.period and row["value"] is not None and row["method"] != "sum"
    }
    wanted = ("pilots", "provinces") if state.places == "pilots" else ("provinces",)
    if not any(name in found for name in wanted):
        wanted = ("members",)
    return [
        (words(f"reference.{name}", n=found[name]["n"]), found[name]["value"])
        for name in wanted
        if name in found
    ]


def headline(
    frame: Frame, indicator: Indicator, means: Sequence[tuple[str, float]], scope: str, words: Words
) -> str:
    """The range of the values with the places at its ends, which end is better, and the averages."""
    known = [row for row in frame if row["value"] is not None]
    if not known:
        return words("indicator.headline_none", scope=scope)
    if indicator.kind == "yes_no":
        return answers(known, words)
    low, high = min(row["value"] for row in known), max(row["value"] for row in known)
    ends = {
        name: [shown_name(row, row["name"], words) for row in known if row["value"] == value]
        for name, value in (("low", low), ("high", high))
    }
    sentence = words(
        "indicator.headline" if low < high else "indicator.headline_same",
        scope=scope, low=formatted(low, indicator, words), high=formatted(high, indicator, words),
        low_places=_named(ends["low"], words), high_places=_named(ends["high"], words),
        direction=words(f"indicator.direction_{indicator.direction}"),
    )  # fmt: skip
    averages = "; ".join(f"{name} {formatted(value, indicator, words)}" for name, value in means)
    return f"{sentence} {words('indicator.headline_means', means=averages)}" if averages else sentence


def _named(names: list[str], words: Words) -> str:
    if len(names) <= NAMED:
        return words("indicator.and", first=names[0], second=names[1]) if len(names) == 2 else names[0]
    return words("indicator.and_more", first=names[0], n=len(names) - 1)


def _distribution(data: Data, state: IndicatorState, everyone: list[Row], words: Words) -> Block:
    catalog = data.catalog
    indicator = catalog.indicator(state.indicator)
    provinces = measured_provinces(everyone)
    own = [row for row in everyone if row["kind"] == "municipality" and row["value_level"] == "municipality"]
    rows = own if len(own) > len(provinces) else provinces
    frame = value_frame(data, indicator, rows, words, None)
    drawn = marks(frame, words)
    pilots = {city.city_id for city in catalog.pilots}
    carried = [row for row in everyone if row["city_id"] in pilots]
    dark = frozenset(row["measured_id"] for row in carried)
    base = Block(
        id="distribution",
        title=words("compare.distribution"),
        measure=words("indicator.strip_measure", n=len(drawn)),
        frame=frame,
        source=source_line(data, indicator, state.period, words, synthetic=_synthetic(rows)),
    )
    if not drawn:
        return base
    ordered = sorted(mark.value for mark in drawn)
    facts = {
        name: formatted(quantile(ordered, at), indicator, words)
        for name, at in (("low", 0.0), ("q1", 0.25), ("median", 0.5), ("q3", 0.75), ("high", 1.0))
    }
    parts = [
        {**vars(part), "range": _range(part.low, part.high, indicator, words)}
        for part in fifths(rows, carried, catalog, words)
    ]
    label = words("indicator.fifths", n=len(drawn))
    return replace(
        base,
        headline=words("indicator.strip_headline", n=len(drawn), **facts),
        chart=Chart(
            strip(drawn, dark, indicator.unit_symbol, state.lang, STRIP_HEIGHT), STRIP_HEIGHT,
            words("indicator.strip_alt", n=len(drawn), **facts),
        ),
        body=str(html.render("fifths.html", words, fifths=parts, label=label)) if parts else "",
    )  # fmt: skip


def _range(low: float, high: float, indicator: Indicator, words: Words) -> str:
    ends = [formatted(low, indicator, words), formatted(high, indicator, words)]
    return ends[0] if low == high else "–".join(ends)
