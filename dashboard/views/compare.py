"""Karşılaştır: a lead city against like-typed, chosen or all places, on one indicator."""

from dataclasses import replace
from typing import Any

from dashboard import numbers
from dashboard.catalog import City, Indicator
from dashboard.charts.ranking import Mark, excerpt, height, ranking
from dashboard.charts.series import Line, Point, series
from dashboard.charts.strip import strip
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart, Chip, View
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.values import (
    OPEN,
    formatted,
    marks,
    measure,
    source_line,
    value_frame,
)

MOST_LINES = 7


def view(data: Data, state: CompareState) -> View:
    """Ranking, series and distribution of one indicator, and what must be said about the comparison."""
    words = Words(state.lang)
    catalog = data.catalog
    indicator, lead = catalog.indicator(state.indicator), catalog.city(state.lead)
    name, period = words.of(indicator, "label"), state.period
    everyone = data.rows(
        "city_values", indicator_id=state.indicator, period=period, kinds=["municipality", "province"]
    )
    group = words(f"compare.with_{state.group}", **_type_name(lead, state, words))
    notices, offers = _guard(data, state, words)
    return View(
        title=words("compare.title", indicator=name, city=words.of(lead, "name")),
        question=words("compare.question"),
        lead=words("compare.lead"),
        choice=words(
            "compare.choice", city=words.of(lead, "name"), group=group, indicator=name, period=period
        ),
        notices=tuple(words(key) for key in state.notices) + notices,
        chips=_chips(data, state, words) + offers,
        blocks=(
            _ranking(data, state, everyone, words),
            _series(data, state, words),
            _distribution(data, state, everyone, words),
        ),
        synthetic=any(row["is_synthetic"] for row in everyone),
    )


def _type_name(lead: City, state: CompareState, words: Words) -> dict[str, str]:
    return {"type": words(f"legal.{lead.legal_type}_plural")} if state.group == "type" else {}


def members(data: Data, state: CompareState) -> list[City]:
    """The places compared, the lead (or, among provinces, its province) included."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    if state.group == "provinces":
        return [city for city in catalog.cities.values() if city.kind == "province"]
    if state.group == "chosen":
        return [lead, *(catalog.city(city_id) for city_id in state.chosen)]
    pilots = [
        city for city in catalog.pilots if state.group == "pilots" or city.legal_type == lead.legal_type
    ]
    return pilots if lead in pilots else [lead, *pilots]


def _lead_id(data: Data, state: CompareState) -> str:
    lead = data.catalog.city(state.lead)
    return (lead.province_id or lead.city_id) if state.group == "provinces" else lead.city_id


def _ranking(data: Data, state: CompareState, everyone: list[Row], words: Words) -> Block:
    indicator = data.catalog.indicator(state.indicator)
    wanted = {city.city_id for city in members(data, state)}
    rows = [row for row in everyone if row["city_id"] in wanted]
    frame = value_frame(data, indicator, rows, words, _lead_id(data, state))
    drawn = marks(frame, indicator, words)
    means = _references(data, state, words)
    notes = []
    if any(row["value_level"] == "province" for row in rows) and state.group != "provinces":
        own = indicator.geo_level == "municipality"
        notes.append(words("compare.mixed_note" if own else "compare.province_note"))
    if indicator.direction == "lower":
        notes.append(words("compare.order_note_lower"))
    chart = None
    if drawn:
        key = "chart_alt_high" if indicator.direction == "contextual" else "chart_alt"
        alt = words(
            f"compare.{key}", n=numbers.number(len(drawn), 0, state.lang), first=drawn[0].name,
            first_value=drawn[0].text, last=drawn[-1].name, last_value=drawn[-1].text,
        )  # fmt: skip
        figure = ranking(drawn, means, indicator.unit_symbol, state.lang)
        chart = Chart(figure, height(len(excerpt(drawn)[0])), alt)
    return Block(
        id="ranking",
        title=words("compare.ranking"),
        measure=measure(indicator, state.period, words),
        headline=headline(frame, indicator, means, words),
        frame=frame,
        chart=chart,
        source=source_line(data, indicator, state.period, words, synthetic=_synthetic(rows)),
        notes=tuple(notes),
        sortable=True,
    )


def _synthetic(rows: list[Row]) -> bool:
    return any(row["is_synthetic"] for row in rows)


def _references(data: Data, state: CompareState, words: Words) -> list[tuple[str, float]]:
    """The mean of all provinces (or, in a roster without province values, of all members)."""
    found = {
        row["reference_id"]: row
        for row in data.rows("references", indicator_id=state.indicator)
        if row["period"] == state.period and row["value"] is not None and row["method"] != "sum"
    }
    for reference in ("provinces", "pilots", "members"):
        if reference in found:
            row = found[reference]
            return [(words(f"reference.{reference}", n=row["n"]), row["value"])]
    return []


def headline(frame: Frame, indicator: Indicator, means: list[tuple[str, float]], words: Words) -> str:
    """The finding about the lead place, from the frame that is drawn."""
    row = next((row for row in frame if row["city_id"] == frame.lead), None)
    if row is None or row["value"] is None:
        status = row["status_word"] if row else words("status.not_collected")
        return words("compare.headline_missing", city=row["name"] if row else "", status=status)
    key = "headline_contextual" if indicator.direction == "contextual" else "headline"
    values = {
        "city_loc": located(row["name"], words.lang),
        "value": formatted(row["value"], indicator, words),
        "n": sum(1 for other in frame if other["value"] is not None),
        "rank": row["rank_shown"],
    }
    if not means:
        return words(f"compare.{key}_no_mean", **values)
    return words(
        f"compare.{key}", reference=means[0][0], mean=formatted(means[0][1], indicator, words), **values
    )


def _series(data: Data, state: CompareState, words: Words) -> Block:
    indicator = data.catalog.indicator(state.indicator)
    lead = _lead_id(data, state)
    cities = {city.city_id: city for city in members(data, state)}
    rows = data.rows("city_series", indicator_id=state.indicator, city_ids=list(cities))
    for row in rows:
        row["name"] = words.of(cities[row["city_id"]], "name")
        row["text"] = formatted(row["value"], indicator, words) or words(f"status.{row['status']}")
    frame = _series_frame(rows, indicator, cities, words, lead)
    breaks = [(b.year, words("compare.break_label", year=b.year)) for b in indicator.breaks]
    notes = tuple(
        words("compare.series_break", year=b.year, text=words.of(b, "text")) for b in indicator.breaks
    )
    source = source_line(data, indicator, "–".join(_span(indicator)), words, synthetic=_synthetic(rows))
    base = Block(
        id="series", title=words("compare.series"), measure=measure(indicator, "–".join(_span(indicator)), words),
        frame=frame, source=source, notes=notes,
    )  # fmt: skip
    if len(indicator.periods) < 2:
        return replace(
            base,
            headline="",
            frame=None,
            source=None,
            notes=(words("compare.series_one", period=indicator.latest),),
        )
    lines = _lines(rows, lead)
    alt = words("compare.series_alt", n=len(lines), first=indicator.periods[0], last=indicator.periods[-1])
    figure = series(lines, breaks, indicator.unit_symbol, state.lang, 380)
    return replace(
        base, headline=_series_headline(rows, lead, indicator, words), chart=Chart(figure, 380, alt)
    )


def _span(indicator: Indicator) -> tuple[str, ...]:
    periods = indicator.periods
    return (periods[0], periods[-1]) if len(periods) > 1 else periods


def _lines(rows: list[Row], lead: str) -> list[Line]:
    by_city: dict[str, list[Row]] = {}
    for row in rows:
        by_city.setdefault(row["city_id"], []).append(row)
    # The lead and those nearest to it in the last year: more lines than that are a ball of wool.
    last = {city: _last_value(own) for city, own in by_city.items()}
    target = last.get(lead, 0.0)
    near = sorted((c for c in by_city if c != lead), key=lambda c: abs(last[c] - target))
    kept = [c for c in (lead, *near[: MOST_LINES - 1]) if c in by_city]
    tones = ["lead", "cat-2", "cat-3", "cat-4", "cat-5", "cat-6", "peer"]
    return [
        Line(
            name=by_city[city][0]["name"],
            points=tuple(
                Point(
                    r["year"],
                    r["value"],
                    f"<b>{r['name']}</b> {r['period']}: {r['text']}",
                    r["status"] in OPEN,
                )
                for r in by_city[city]
            ),
            tone=tones[i],
            is_lead=city == lead,
        )
        for i, city in enumerate(kept)
    ]


def _last_value(rows: list[Row]) -> float:
    return next((row["value"] for row in reversed(rows) if row["value"] is not None), 0.0)


def _series_headline(rows: list[Row], lead: str, indicator: Indicator, words: Words) -> str:
    """First and last value since the newest series break: no sentence compares across one."""
    since = max((b.year for b in indicator.breaks), default=0)
    own = [r for r in rows if r["city_id"] == lead and r["value"] is not None and r["year"] >= since]
    if len(own) < 2:
        return ""
    return words(
        "compare.series_headline", city_loc=located(own[0]["name"], words.lang), first=own[0]["period"],
        first_value=own[0]["text"], last=own[-1]["period"], last_value=own[-1]["text"],
    )  # fmt: skip


def _series_frame(
    rows: list[Row], indicator: Indicator, cities: dict[str, City], words: Words, lead: str
) -> Frame:
    """Wide on screen would hide states, so the series twin is long: place, period, value, state."""
    made = tuple(
        row
        | {
            "sort_key": cities[row["city_id"]].sort_key, "badges": (), "href": "",
            "status_word": words(f"status.{row['status']}"), "level": words(f"level.{row['value_level']}"),
        }
        for row in sorted(rows, key=lambda r: (r["city_id"] != lead, cities[r["city_id"]].sort_key, r["period"]))
    )  # fmt: skip
    digits: dict[str, Any] = {"decimals": indicator.decimals, "symbol": indicator.unit_symbol}
    return Frame(
        columns=(
            Column("name", words("table.place"), "place"),
            Column("period", words("table.period"), "period"),
            Column("value", words("table.value"), "value", **digits),
            Column("level", words("table.level")),
            Column("status_word", words("table.status"), on_screen=False),
            Column("city_id", words("columns.place_id"), on_screen=False),
            Column("is_synthetic", words("columns.synthetic"), on_screen=False),
        ),
        rows=made,
        lead=lead,
        caption=words.of(indicator, "label"),
    )


def _distribution(data: Data, state: CompareState, everyone: list[Row], words: Words) -> Block:
    """All provinces as dots; a roster that has own municipal values shows its municipalities."""
    catalog = data.catalog
    indicator = catalog.indicator(state.indicator)
    provinces = [row for row in everyone if row["kind"] == "province"]
    own = [row for row in everyone if row["kind"] == "municipality" and row["value_level"] == "municipality"]
    use_own = len(own) > len(provinces)
    rows = own if use_own else provinces
    lead = catalog.city(state.lead)
    lead_id = lead.city_id if use_own else (lead.province_id or lead.city_id)
    frame = value_frame(data, indicator, rows, words, lead_id)
    drawn: list[Mark] = marks(frame, indicator, words)
    dark = frozenset(city.city_id if use_own else city.province_id or "" for city in catalog.pilots)
    kind = words("compare.kind_municipality" if use_own else "compare.kind_province")
    me = next((mark for mark in drawn if mark.is_lead), None)
    head = ""
    if me is not None and len(drawn) > 1:
        above = sum(1 for mark in drawn if mark.value > me.value)
        below = sum(1 for mark in drawn if mark.value < me.value)
        head = words("compare.strip_headline", city=me.name, above=above, below=below)
    chart = None
    if drawn:
        ordered = sorted(drawn, key=lambda mark: mark.value)
        alt = words(
            "compare.strip_alt", n=len(drawn), low=ordered[0].text, high=ordered[-1].text,
            city=me.name if me else "", value=me.text if me else "",
        )  # fmt: skip
        chart = Chart(strip(drawn, dark, indicator.unit_symbol, state.lang, 260), 260, alt)
    strip_key = "compare.strip_measure_own" if use_own else "compare.strip_measure"
    return Block(
        id="distribution",
        title=words("compare.distribution"),
        measure=words(strip_key, kind=kind),
        headline=head,
        frame=frame,
        chart=chart,
        source=source_line(data, indicator, state.period, words, synthetic=_synthetic(rows)),
    )


def _guard(data: Data, state: CompareState, words: Words) -> tuple[tuple[str, ...], tuple[Chip, ...]]:
    """Like with like: another legal type in the comparison is said with its reason, and a way out offered."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    types = {city.legal_type for city in members(data, state) if city.kind == "municipality"}
    if len(types) < 2:
        return (), ()
    offer = Chip(
        label=words("compare.guard_offer"),
        query={k: v for k, v in state.query().items() if k not in ("grup", "ile")},
        action="offer",
    )
    if state.group == "pilots":
        return (words("compare.guard_all"),), (offer,)
    others = [catalog.city(c) for c in state.chosen if catalog.city(c).legal_type != lead.legal_type]
    reasons = tuple(
        words(
            "compare.guard", other=words.of(other, "name"), other_type=words(f"legal.{other.legal_type}"),
            city=words.of(lead, "name"), city_type=words(f"legal.{lead.legal_type}"),
        )
        for other in others[:3]
    )  # fmt: skip
    return reasons, (offer,)


def _chips(data: Data, state: CompareState, words: Words) -> tuple[Chip, ...]:
    """Each chosen city as a link to the comparison without it."""
    made = []
    for city_id in state.chosen:
        rest = ",".join(other for other in state.chosen if other != city_id)
        query = {**state.query(), "ile": rest}
        if not rest:
            query = {k: v for k, v in query.items() if k not in ("ile", "grup")}
        made.append(Chip(words.of(data.catalog.city(city_id), "name"), query, "remove"))
    return tuple(made)
