"""Ranks under other methods and weights: what a rank of a composite index is worth."""

from dashboard import numbers
from dashboard.catalog import Catalog, City, Indicator
from dashboard.charts.ranges import RankRange, height, rank_ranges
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state import address
from dashboard.state_map import METHODS, PUBLISHED, MapState, overall_index, province_of
from dashboard.text import Words
from dashboard.views.values import lang_query, level_badge, source_line

MOST_PLACES = 60


def ranges_block(data: Data, state: MapState, words: Words) -> Block:
    """The shown index, or the overall one when a plain indicator is shown, which no method can move."""
    catalog = data.catalog
    own = state.indicator in catalog.components
    indicator = catalog.indicator(state.indicator) if own else overall_index(catalog)
    found = data.rows("index_ranges", index_id=indicator.indicator_id) if indicator else []
    if indicator is None or not found:
        return Block(id="ranges", title=words("map.ranges"), notes=(words("map.ranges_none"),))
    frame = ranges_frame(data, state, indicator, found, words)
    count = max(row["rank"] or 0 for row in found)
    marks = _marks(frame, words)
    note = words(
        "map.ranges_note", draws=numbers.number(found[0]["draws"], 0, words.lang),
        components=len(catalog.components[indicator.indicator_id]),
    )  # fmt: skip
    notes = (note, words("map.ranges_meaning"), words("map.province_note"))
    lead = next((mark for mark in marks if mark.is_lead), marks[0])
    alt = words("map.ranges_alt", n=len(marks), city=lead.name, text=lead.text)
    return Block(
        id="ranges",
        title=words("map.ranges"),
        measure=words("map.ranges_measure", indicator=words.of(indicator, "label"), period=indicator.latest, n=count),
        headline=_headline(frame, words),
        frame=frame,
        chart=Chart(rank_ranges(marks, count, words("map.rank_axis"), words.lang), height(len(marks)), alt),
        source=source_line(data, indicator, indicator.latest, words, synthetic=_synthetic(frame)),
        notes=notes if own else (words("map.ranges_other"), *notes),
        legend=(
            ("lead dot", words("map.ranges_dot")), ("tick", words("map.ranges_median")),
            ("band", words("map.ranges_band")),
        ),
        sortable=True,
    )  # fmt: skip


def _synthetic(frame: Frame) -> bool:
    return any(row["is_synthetic"] for row in frame)


def _places(catalog: Catalog, lead: City) -> list[City]:
    """The pilots and the place in focus; all provinces where there are too many to draw."""
    pilots = list(catalog.pilots)
    if len(pilots) > MOST_PLACES:
        return [city for city in catalog.cities.values() if city.kind == "province"]
    covered = lead in pilots or any(province_of(city) == lead.city_id for city in pilots)
    return pilots if covered else [*pilots, lead]


def ranges_frame(data: Data, state: MapState, index: Indicator, found: list[Row], words: Words) -> Frame:
    """One row a place, by published rank: range, median, rank under each method, share of draws in the top five."""
    catalog = data.catalog
    lead = catalog.city(state.lead)
    ranges = {row["city_id"]: row for row in found}
    variants: dict[str, dict[str, Row]] = {}
    for row in data.rows("index_variants", index_id=index.indicator_id):
        variants.setdefault(row["city_id"], {})[row["variant"]] = row
    values = {
        row["city_id"]: row
        for row in data.rows("province_values", indicator_ids=[index.indicator_id])
    }  # fmt: skip
    made = []
    for city in _places(catalog, lead):
        province = province_of(city)
        spread = ranges.get(province)
        if spread is None or spread["rank"] is None:
            continue
        name = words.of(city, "name")
        badge = level_badge(
            {"value_level": "province", "kind": city.kind, "legal_type": city.legal_type, "measured_id": province},
            catalog, words,
        )  # fmt: skip
        link = {"gosterge": index.indicator_id, "kent": city.city_id, **lang_query(words)}
        made.append(
            {
                "city_id": city.city_id, "name": name, "sort_key": city.sort_key, "badges": (badge,) if badge else (),
                "href": address("/karsilastir", link) if city.kind == "municipality" else "",
                "measured": words.of(catalog.cities[province], "name"), "level": words("level.province_value"),
                "is_lead": city == lead or province_of(city) == lead.city_id, "period": index.latest,
                "indicator": words.of(index, "label"), "rank": spread["rank"], "rank_low": spread["rank_p05"],
                "rank_high": spread["rank_p95"], "median": spread["rank_p50"],
                "top5": spread["share_top5"] * 100 if spread["share_top5"] is not None else None,
                "draws": spread["draws"], "seed": spread["seed"], "release": catalog.release.release_id,
                "is_synthetic": values.get(province, {}).get("is_synthetic", False),
                **{m: variants.get(province, {}).get(m, {}).get("rank") for m in METHODS},
            }
        )  # fmt: skip
    made.sort(key=lambda row: (row["rank"], row["sort_key"]))
    focus = next((row["city_id"] for row in made if row["is_lead"]), None)
    return Frame(_columns(words), tuple(made), lead=focus, caption=words("map.ranges"))


def _columns(words: Words) -> tuple[Column, ...]:
    variants = [
        Column(method, words(f"map.column_{method}"), "rank", title=words(f"map.method_{method}"))
        for method in METHODS
        if method != PUBLISHED
    ]
    filed = [
        Column("city_id", words("columns.place_id"), on_screen=False),
        Column("rank_low", words("map.file_rank_p05"), on_screen=False),
        Column("rank_high", words("map.file_rank_p95"), on_screen=False),
        Column("draws", words("map.file_draws"), on_screen=False),
        Column("seed", words("map.file_seed"), on_screen=False),
        *(
            Column(key, words(f"columns.{key}"), on_screen=False)
            for key in ("indicator", "period", "level", "measured", "release")
        ),
    ]
    return (
        Column("name", words("table.place"), "place"),
        Column("rank", words("map.column_rank"), "rank"),
        Column("median", words("map.column_median"), "value"),
        *variants,
        Column(
            "top5", words("map.column_top5"), "value", decimals=0, symbol="%", title=words("map.top5_why")
        ),
        *filed,
    )


def _marks(frame: Frame, words: Words) -> list[RankRange]:
    made = []
    for row in frame:
        values = {"rank": row["rank"], "low": round(row["rank_low"]), "high": round(row["rank_high"])}
        full = words("map.range_full", **values)
        hover = f"<b>{row['name']}</b>  {full}<br>{words('map.hover_median', median=round(row['median']))}"
        made.append(
            RankRange(
                name=row["name"], rank=row["rank"], low=row["rank_low"], high=row["rank_high"], median=row["median"],
                text=words("map.range_short", **values), hover="<br>".join([hover, *row["badges"]]), href=row["href"],
                is_lead=row["is_lead"],
            )
        )  # fmt: skip
    return made


def _headline(frame: Frame, words: Words) -> str:
    """The lead's range, and the widest and narrowest of those drawn."""
    rows = list(frame)
    if not rows:
        return ""

    def ends(row: Row) -> dict[str, object]:
        return {
            "city": row["name"],
            "rank": row["rank"],
            "low": round(row["rank_low"]),
            "high": round(row["rank_high"]),
        }

    widest = max(rows, key=lambda row: row["rank_high"] - row["rank_low"])
    narrowest = min(rows, key=lambda row: row["rank_high"] - row["rank_low"])
    parts = [words("map.ranges_headline", **ends(row)) for row in rows if row["is_lead"]][:1]
    if widest is not narrowest:
        wide = {f"wide_{key}": value for key, value in ends(widest).items()}
        narrow = {f"narrow_{key}": value for key, value in ends(narrowest).items()}
        parts.append(words("map.ranges_spread", **wide, **narrow))
    return " ".join(parts)
