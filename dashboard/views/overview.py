"""Genel bakış: what this is, the pilots on the map, and the scorecard of cities by themes."""

from bisect import bisect_right
from typing import Any

from dashboard import numbers
from dashboard.catalog import City, Indicator
from dashboard.charts.map import Place, pilot_map
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart, SourceLine, View
from dashboard.state import PlainState, address
from dashboard.text import Words
from dashboard.views.values import formatted, lang_query, level_badge

SPARK = "population"


def view(data: Data, state: PlainState) -> View:
    """The map of pilots and the scorecard."""
    words = Words(state.lang)
    catalog = data.catalog
    pilots = catalog.pilots
    positions = data.rows("roster")
    unnamed = sum(1 for position in positions if position["state"] == "unnamed")
    scorecard = _scorecard(data, words)
    lead = words("overview.lead", n=len(pilots), indicators=len(catalog.comparable))
    if unnamed:
        lead += " " + words("overview.unnamed", n=unnamed, total=len(positions))
    return View(
        title=words("site.tagline"),
        question=words("overview.question"),
        lead=lead,
        blocks=(_map(data, pilots, words), scorecard),
        notices=tuple(words(key) for key in state.notices),
        synthetic=catalog.release.has_synthetic,
    )


def _map(data: Data, pilots: tuple[City, ...], words: Words) -> Block:
    catalog = data.catalog
    tinted = {city.province_id for city in pilots}
    provinces = [
        Place(
            city_id=city.city_id,
            name=words.of(city, "name"),
            hover=words.of(city, "name"),
            step=1 if city.city_id in tinted else 0,
        )
        for city in catalog.cities.values()
        if city.kind == "province"
    ]
    points = [
        Place(
            city_id=city.city_id,
            name=words.of(city, "name"),
            hover=f"<b>{words.of(city, 'name')}</b><br>{words('legal.' + city.legal_type)}",
            latitude=city.latitude,
            longitude=city.longitude,
            href=address("/karsilastir", {"kent": city.city_id, **lang_query(words)}),
        )
        for city in pilots
        if city.latitude is not None
    ]
    rows = tuple(
        {
            "city_id": city.city_id,
            "name": words.of(city, "name"),
            "sort_key": city.sort_key,
            "badges": (),
            "href": address("/karsilastir", {"kent": city.city_id, **lang_query(words)}),
            "type": words("legal." + city.legal_type),
            "nuts2": city.nuts2_name or "",
            "named_in": city.named_in or "",
        }
        for city in sorted(pilots, key=lambda city: city.sort_key)
    )
    frame = Frame(
        columns=(
            Column("name", words("table.place"), "place"),
            Column("type", words("table.legal_type")),
            Column("nuts2", words("overview.region")),
            Column("named_in", words("overview.named_in"), on_screen=False),
            Column("city_id", words("columns.place_id"), on_screen=False),
        ),
        rows=rows,
        caption=words("overview.map"),
    )
    names = ", ".join(row["name"] for row in rows[:40])
    return Block(
        id="map",
        title=words("overview.map"),
        headline=words("overview.map_headline", n=len(pilots), provinces=len(tinted)),
        frame=frame,
        chart=Chart(pilot_map(provinces, points, 470), 470, words("overview.map_alt", names=names)),
        source=SourceLine(words("overview.roster_source"), release=catalog.release.release_id),
        style="map",
    )


def _scorecard(data: Data, words: Words) -> Block:
    catalog = data.catalog
    rows = data.rows("scorecard")
    themes = [
        (theme, catalog.indicators[theme.lead_indicator_id])
        for theme in catalog.themes.values()
        if theme.lead_indicator_id in catalog.indicators
        and catalog.indicators[theme.lead_indicator_id].geo_level != "country"
        and catalog.indicators[theme.lead_indicator_id].periods
    ]
    classes = {indicator.indicator_id: _quintiles(data, indicator) for _, indicator in themes}
    by_city: dict[str, dict[str, Row]] = {}
    for row in rows:
        by_city.setdefault(row["city_id"], {})[row["indicator_id"]] = row
    sparks: dict[str, list[tuple[int, float | None]]] = {}
    if SPARK in catalog.indicators:
        for row in data.rows("sparkline", indicator_id=SPARK):
            sparks.setdefault(row["city_id"], []).append((row["year"], row["value"]))
    made = [
        _row(catalog.cities[city_id], own, classes, sparks, data, words) for city_id, own in by_city.items()
    ]
    made.sort(key=lambda row: row["sort_key"])
    columns = [Column("name", words("table.place"), "place")]
    for theme, indicator in themes:
        columns.append(
            Column(
                indicator.indicator_id, words.of(theme, "label"), "heat", decimals=_digits(indicator),
                symbol=indicator.unit_symbol, title=words.of(indicator, "label"),
            )
        )  # fmt: skip
    if sparks and SPARK in catalog.indicators:
        columns.append(
            Column("spark", words.of(catalog.indicators[SPARK], "short_label"), "spark", in_file=False)
        )
    columns.append(Column("city_id", words("columns.place_id"), on_screen=False))
    columns.append(Column("level", words("columns.level"), on_screen=False))
    return Block(
        id="scorecard",
        title=words("overview.scorecard"),
        measure=words("overview.scorecard_measure"),
        headline=_scorecard_headline(made, themes, words),
        frame=Frame(tuple(columns), tuple(made), caption=words("overview.scorecard_measure")),
        source=_scorecard_source(data, [indicator for _, indicator in themes], words),
        notes=(words("overview.scorecard_note"), words("compare.province_note")),
        legend=tuple((f"h{step}", words(f"overview.class_{step}")) for step in range(5)),
        twin_open=True,
        style="matrix",
        sortable=True,
    )


def _digits(indicator: Indicator) -> int:
    return min(indicator.decimals, 2)


def _quintiles(data: Data, indicator: Indicator) -> list[float]:
    """Four cut points over all measured places, so a class means the same in every row."""
    rows = data.rows(
        "city_values",
        indicator_id=indicator.indicator_id,
        period=indicator.latest,
        kinds=["municipality", "province"],
    )
    values = sorted({(row["measured_id"], row["value"]) for row in rows if row["value"] is not None})
    ordered = sorted(value for _, value in values)
    if len(ordered) < 5:
        return []
    return [ordered[len(ordered) * step // 5] for step in range(1, 5)]


def _row(
    city: City,
    own: dict[str, Row],
    classes: dict[str, list[float]],
    sparks: dict[str, list[tuple[int, float | None]]],
    data: Data,
    words: Words,
) -> Row:
    made: dict[str, Any] = {
        "city_id": city.city_id,
        "name": words.of(city, "name"),
        "sort_key": city.sort_key,
        "href": address("/karsilastir", {"kent": city.city_id, **lang_query(words)}),
        "spark": tuple(sparks.get(city.city_id, ())),
    }
    if SPARK in data.catalog.indicators:
        made["spark_breaks"] = tuple(b.year for b in data.catalog.indicators[SPARK].breaks)
    badges = [level_badge(row | {"kind": city.kind}, data.catalog, words) for row in own.values()]
    made["badges"] = tuple(dict.fromkeys(badge for badge in badges if badge))[:1]
    if city.role == "model":
        made["badges"] = (*made["badges"], words("level.model"))
    made["level"] = made["badges"][0] if made["badges"] else words("level.province")
    for indicator_id, row in own.items():
        indicator = data.catalog.indicators[indicator_id]
        made[indicator_id] = row["value"]
        made[f"{indicator_id}_status"] = row["status"]
        made[f"{indicator_id}_href"] = address(
            "/karsilastir", {"gosterge": indicator_id, "kent": city.city_id, **lang_query(words)}
        )
        cuts = classes.get(indicator_id, [])
        if row["value"] is not None and cuts and indicator.direction != "contextual":
            step = bisect_right(cuts, row["value"])
            made[f"{indicator_id}_class"] = 4 - step if indicator.direction == "lower" else step
    return made


def _scorecard_headline(rows: list[Row], themes: list[Any], words: Words) -> str:
    """Widest gap between cities over the themes that share the 0-1 scale of an index."""
    best: tuple[float, Any, Row, Row] | None = None
    for theme, indicator in themes:
        known = [row for row in rows if row.get(indicator.indicator_id) is not None]
        if indicator.kind != "index" or len(known) < 2:
            continue
        low = min(known, key=lambda row: row[indicator.indicator_id])
        high = max(known, key=lambda row: row[indicator.indicator_id])
        gap = high[indicator.indicator_id] - low[indicator.indicator_id]
        if best is None or gap > best[0]:
            best = (gap, (theme, indicator), high, low)
    if best is None:
        return ""
    _, (theme, indicator), high, low = best
    return words(
        "overview.headline", theme=words.of(theme, "label"), high=high["name"], low=low["name"],
        high_value=numbers.number(high[indicator.indicator_id], _digits(indicator), words.lang),
        low_value=formatted(low[indicator.indicator_id], indicator, words)
        if _digits(indicator) == indicator.decimals
        else numbers.number(low[indicator.indicator_id], _digits(indicator), words.lang),
    )  # fmt: skip


def _scorecard_source(data: Data, indicators: list[Indicator], words: Words) -> SourceLine:
    sources = dict.fromkeys(indicator.source_id for indicator in indicators)
    text = "; ".join(words.of(data.catalog.sources[source], "short") for source in sources)
    return SourceLine(text=text, level=words("level.province"), release=data.catalog.release.release_id)
