"""The scorecard: cities by themes, each theme by its lead indicator, coloured by fifths of all places measured."""

from bisect import bisect_right
from typing import Any

from dashboard import numbers
from dashboard.catalog import City, Indicator, Theme
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, SourceLine
from dashboard.state import address
from dashboard.text import Words
from dashboard.views.values import lang_query, level_badge

SPARK = "population"
Leads = list[tuple[Theme, Indicator]]


def scorecard(data: Data, words: Words) -> Block:
    """Every municipality x every theme that has values for places."""
    catalog = data.catalog
    leads = _leads(data)
    by_city: dict[str, dict[str, Row]] = {}
    for row in data.rows("scorecard"):
        by_city.setdefault(row["city_id"], {})[row["indicator_id"]] = row
    cuts = {indicator.indicator_id: _quintiles(data, indicator) for _, indicator in leads}
    rows = [_row(catalog.cities[city_id], own, cuts, data, words) for city_id, own in by_city.items()]
    _add_sparklines(rows, data)
    rows.sort(key=lambda row: row["sort_key"])
    pilots = {city.city_id for city in catalog.pilots}
    return Block(
        id="scorecard",
        title=words("overview.scorecard"),
        measure=words("overview.scorecard_measure"),
        headline=_headline([row for row in rows if row["city_id"] in pilots], leads, words),
        frame=Frame(_columns(data, leads, words), tuple(rows), caption=words("overview.scorecard_measure")),
        source=_source(data, [indicator for _, indicator in leads], words),
        notes=(words("overview.scorecard_note"), words("compare.province_note")),
        legend=tuple((f"h{step}", words(f"overview.class_{step}")) for step in range(5)),
        style="matrix",
        sortable=True,
    )


def _leads(data: Data) -> Leads:
    indicators = data.catalog.indicators
    found = [(theme, indicators.get(theme.lead_indicator_id or "")) for theme in data.catalog.themes.values()]
    return [(theme, lead) for theme, lead in found if lead and lead.geo_level != "country" and lead.periods]


def _columns(data: Data, leads: Leads, words: Words) -> tuple[Column, ...]:
    themes = [
        Column(
            indicator.indicator_id,
            words.of(theme, "label"),
            "heat",
            decimals=_digits(indicator),
            symbol=indicator.unit_symbol,
            title=words.of(indicator, "label"),
        )
        for theme, indicator in leads
    ]
    spark = data.catalog.indicators.get(SPARK)
    span = _span(spark) if spark and spark.periods else ""
    return (
        Column("name", words("table.place"), "place"),
        *themes,
        *(
            [Column("spark", span, "spark", in_file=False, title=words.of(spark, "label"))]
            if spark and span
            else []
        ),
        Column("city_id", words("columns.place_id"), on_screen=False),
        Column("level", words("columns.level"), on_screen=False),
    )


def _span(spark: Indicator) -> str:
    """The years the change is told for: since the newest series break."""
    since = max((b.year for b in spark.breaks), default=0)
    return f"{max(spark.periods[0], str(since))}–{spark.latest}"


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
    measured = {row["measured_id"]: row["value"] for row in rows if row["value"] is not None}
    ordered = sorted(measured.values())
    if len(ordered) < 5:
        return []
    return [ordered[len(ordered) * step // 5] for step in range(1, 5)]


def _row(city: City, own: dict[str, Row], cuts: dict[str, list[float]], data: Data, words: Words) -> Row:
    marked = any(level_badge(row | {"kind": city.kind}, data.catalog, words) for row in own.values())
    badges = (words("level.province_value"),) if marked else ()
    made: dict[str, Any] = {
        "city_id": city.city_id,
        "name": words.of(city, "name"),
        "sort_key": city.sort_key,
        "href": address("/karsilastir", {"kent": city.city_id, **lang_query(words)}),
        "badges": (*badges, words("overview.model")) if city.role == "model" else badges,
        "level": badges[0] if badges else words("level.province"),
    }
    for indicator_id, row in own.items():
        indicator = data.catalog.indicators[indicator_id]
        query = {"gosterge": indicator_id, "kent": city.city_id, **lang_query(words)}
        made[indicator_id] = row["value"]
        made[f"{indicator_id}_status"] = row["status"]
        made[f"{indicator_id}_href"] = address("/karsilastir", query)
        made[f"{indicator_id}_class"] = _step(row["value"], cuts.get(indicator_id, []), indicator)
    return made


def _step(value: float | None, cuts: list[float], indicator: Indicator) -> int | None:
    """The fifth a value falls in, 4 best by direction; contextual indicators are never coloured."""
    if value is None or not cuts or indicator.direction == "contextual":
        return None
    step = bisect_right(cuts, value)
    return 4 - step if indicator.direction == "lower" else step


def _add_sparklines(rows: list[Row], data: Data) -> None:
    spark = data.catalog.indicators.get(SPARK)
    if spark is None:
        return
    points: dict[str, list[tuple[int, float | None]]] = {}
    for row in data.rows("sparkline", indicator_id=SPARK):
        points.setdefault(row["city_id"], []).append((row["year"], row["value"]))
    for row in rows:
        row["spark"] = tuple(points.get(row["city_id"], ()))
        row["spark_breaks"] = tuple(b.year for b in spark.breaks)


def _headline(rows: list[Row], leads: Leads, words: Words) -> str:
    """The theme on which the cities lie furthest apart, over the themes that share an index's scale."""
    widest: tuple[float, Theme, Indicator, Row, Row] | None = None
    for theme, indicator in leads:
        key = indicator.indicator_id
        known = [row for row in rows if row.get(key) is not None]
        if indicator.kind != "index" or len(known) < 2:
            continue
        low, high = min(known, key=lambda row: row[key]), max(known, key=lambda row: row[key])
        if widest is None or high[key] - low[key] > widest[0]:
            widest = (high[key] - low[key], theme, indicator, high, low)
    if widest is None:
        return ""
    _, theme, indicator, high, low = widest
    shown = [
        numbers.number(row[indicator.indicator_id], _digits(indicator), words.lang) for row in (high, low)
    ]
    return words(
        "overview.headline",
        theme=words.of(theme, "label"),
        high=high["name"],
        low=low["name"],
        high_value=shown[0],
        low_value=shown[1],
    )


def _source(data: Data, indicators: list[Indicator], words: Words) -> SourceLine:
    sources = dict.fromkeys(indicator.source_id for indicator in indicators)
    text = "; ".join(words.of(data.catalog.sources[source], "short") for source in sources)
    return SourceLine(text=text, level=words("level.province"), release=data.catalog.release.release_id)
