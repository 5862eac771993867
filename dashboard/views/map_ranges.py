"""Ranks under other methods and weights: what a rank of a composite index is worth."""

from typing import Any

from dashboard import numbers
from dashboard.catalog import Catalog, City, Indicator
from dashboard.charts.base import label
from dashboard.charts.ranges import RankRange, height, rank_ranges
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state import address
from dashboard.state_map import METHODS, PUBLISHED, MapState, overall_index, province_of
from dashboard.text import Words
from dashboard.views.map_values import province_badge
from dashboard.views.values import lang_query, source_line

MOST_PLACES = 60


def ranges_block(data: Data, state: MapState, words: Words) -> Block:
    """The shown index, or the overall one when a plain indicator is shown, which no method can move."""
    catalog = data.catalog
    own = state.indicator in catalog.components
    index = catalog.indicator(state.indicator) if own else overall_index(catalog)
    found = data.rows("index_ranges", index_id=index.indicator_id) if index else []
    if index is None or not found:
        return Block(id="ranges", title=words("map.ranges"), notes=(words("map.ranges_none"),))
    frame = ranges_frame(data, state, index, found, words)
    count = max(row["rank"] or 0 for row in found)
    name = words.of(index, "label")
    return Block(
        id="ranges",
        title=words("map.ranges"),
        measure=words("map.ranges_measure", indicator=name, period=index.latest, n=count),
        headline=_headline(frame, words),
        frame=frame,
        chart=_chart(frame, count, words),
        source=source_line(
            data, index, index.latest, words, synthetic=any(row["is_synthetic"] for row in frame)
        ),
        notes=_notes(index, found, catalog, words, own=own),
        legend=(
            ("lead dot", words("map.ranges_dot")),
            ("tick", words("map.ranges_median")),
            ("band", words("map.ranges_band")),
        ),
        sortable=True,
    )


def _notes(
    index: Indicator, found: list[Row], catalog: Catalog, words: Words, *, own: bool
) -> tuple[str, ...]:
    tried = words(
        "map.ranges_note",
        draws=numbers.number(found[0]["draws"], 0, words.lang),
        components=len(catalog.components[index.indicator_id]),
    )
    notes = (tried, words("map.ranges_meaning"), words("map.province_note"))
    return notes if own else (words("map.ranges_other"), *notes)


def _places(catalog: Catalog, lead: City) -> list[City]:
    """The pilots and the place in focus; all provinces where there are too many to draw."""
    pilots = list(catalog.pilots)
    if len(pilots) > MOST_PLACES:
        return [city for city in catalog.cities.values() if city.kind == "province"]
    covered = lead in pilots or any(province_of(city) == lead.city_id for city in pilots)
    return pilots if covered else [*pilots, lead]


def ranges_frame(data: Data, state: MapState, index: Indicator, found: list[Row], words: Words) -> Frame:
    """One row a place, by published rank: range, median, rank by each method, share of draws in the top 5."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    ranges = {row["city_id"]: row for row in found if row["rank"] is not None}
    by_method: dict[str, dict[str, int | None]] = {}
    for row in data.rows("index_variants", index_id=index.indicator_id):
        by_method.setdefault(row["city_id"], {})[row["variant"]] = row["rank"]
    values = data.rows("province_values", indicator_ids=[index.indicator_id])
    invented = {row["city_id"] for row in values if row["is_synthetic"]}
    made = []
    for city in _places(catalog, lead):
        province = province_of(city)
        if province not in ranges:
            continue
        facts = {
            "is_lead": city == lead or province == lead.city_id,
            "is_synthetic": province in invented,
            "period": index.latest,
            "indicator": words.of(index, "label"),
        }
        ranks = {method: by_method.get(province, {}).get(method) for method in METHODS}
        made.append({**_row(city, index, ranges[province], catalog, words), **facts, **ranks})
    made.sort(key=lambda row: (row["rank"], row["sort_key"]))
    focus = next((row["city_id"] for row in made if row["is_lead"]), None)
    return Frame(_columns(words), tuple(made), lead=focus, caption=words("map.ranges"))


def _row(city: City, index: Indicator, spread: Row, catalog: Catalog, words: Words) -> Row:
    badge = province_badge(city, catalog, words)
    link = {"gosterge": index.indicator_id, "kent": city.city_id, **lang_query(words)}
    share = spread["share_top5"]
    source = catalog.sources[index.source_id]
    return {
        "city_id": city.city_id,
        "name": words.of(city, "name"),
        "sort_key": city.sort_key,
        "badges": (badge,) if badge else (),
        "href": address("/karsilastir", link) if city.kind == "municipality" else "",
        "measured": words.of(catalog.cities[province_of(city)], "name"),
        "level": words("level.province_value"),
        "rank": spread["rank"],
        "rank_low": spread["rank_p05"],
        "rank_high": spread["rank_p95"],
        "median": spread["rank_p50"],
        "top5": None if share is None else share * 100,
        "draws": spread["draws"],
        "seed": spread["seed"],
        "source": words.of(source, "citation"),
        "licence": words.of(source, "licence"),
        "release": catalog.release.release_id,
    }


def _columns(words: Words) -> tuple[Column, ...]:
    by_method = [
        Column(method, words(f"map.column_{method}"), "rank", title=words(f"map.method_{method}"))
        for method in METHODS
        if method != PUBLISHED
    ]
    filed = {
        "city_id": "columns.place_id",
        "rank_low": "map.file_rank_p05",
        "rank_high": "map.file_rank_p95",
        "draws": "map.file_draws",
        "seed": "map.file_seed",
        "indicator": "columns.indicator",
        "period": "columns.period",
        "level": "columns.level",
        "measured": "columns.measured",
        "is_synthetic": "columns.synthetic",
        "source": "columns.source",
        "licence": "columns.licence",
        "release": "columns.release",
    }
    top5: dict[str, Any] = {"decimals": 0, "symbol": "%", "title": words("map.top5_why")}
    return (
        Column("name", words("table.place"), "place"),
        Column("rank", words("map.column_rank"), "rank"),
        Column("median", words("map.column_median"), "value"),
        *by_method,
        Column("top5", words("map.column_top5"), "value", **top5),
        *(Column(key, words(label), on_screen=False) for key, label in filed.items()),
    )


def _chart(frame: Frame, count: int, words: Words) -> Chart | None:
    marks = [_mark(row, words) for row in frame]
    if not marks:
        return None
    lead = next((mark for mark in marks if mark.is_lead), marks[0])
    alt = words("map.ranges_alt", n=len(marks), city=lead.name, text=lead.text)
    return Chart(rank_ranges(marks, count, words("map.rank_axis"), words.lang), height(len(marks)), alt)


def _ends(row: Row) -> dict[str, Any]:
    return {"rank": row["rank"], "low": round(row["rank_low"]), "high": round(row["rank_high"])}


def _mark(row: Row, words: Words) -> RankRange:
    middle = words("map.hover_median", median=round(row["median"]))
    hover = [f"<b>{label(row['name'])}</b>  {words('map.range_full', **_ends(row))}", middle, *row["badges"]]
    return RankRange(
        name=row["name"],
        rank=row["rank"],
        low=row["rank_low"],
        high=row["rank_high"],
        median=row["median"],
        text=words("map.range_short", **_ends(row)),
        hover="<br>".join(hover),
        href=row["href"],
        is_lead=row["is_lead"],
    )


def _headline(frame: Frame, words: Words) -> str:
    """The range of the place in focus, and the widest and the narrowest of those drawn."""
    rows = list(frame)
    parts = [words("map.ranges_headline", city=row["name"], **_ends(row)) for row in rows if row["is_lead"]][
        :1
    ]
    widest = max(rows, key=lambda row: row["rank_high"] - row["rank_low"], default=None)
    narrowest = min(rows, key=lambda row: row["rank_high"] - row["rank_low"], default=None)
    if widest is not None and narrowest is not None and widest is not narrowest:
        spread: dict[str, Any] = {}
        for name, row in (("wide", widest), ("narrow", narrowest)):
            ends = {"city": row["name"], **_ends(row)}
            spread |= {f"{name}_{key}": ends[key] for key in ("city", "low", "high")}
        parts.append(words("map.ranges_spread", **spread))
    return " ".join(parts)
