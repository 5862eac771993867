"""The frame behind the map: all provinces on one indicator under one method, in five classes.

A class is a fifth of the provinces by value, so class 4 is the highest values, not the best ones.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dashboard.catalog import Catalog, City, Indicator
from dashboard.charts.map import CLASSES
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.state import address
from dashboard.state_map import PUBLISHED, MapState, province_of
from dashboard.text import Words
from dashboard.views.values import level_badge, value_frame

# What scores need to tell neighbours apart: those of min-max and ranks are on 0-100, the others near 0.
DECIMALS = {"minmax_geometric": 1, "zscore_arithmetic": 2, "rank_arithmetic": 1, "pca": 2}


def cuts(values: Sequence[float]) -> list[float]:
    """The four values at which a next fifth begins; none where there are fewer than five values."""
    ordered = sorted(values)
    if len(ordered) < CLASSES:
        return []
    return [ordered[len(ordered) * step // CLASSES] for step in range(1, CLASSES)]


def province_badge(city: City, catalog: Catalog, words: Words) -> str:
    """ "il değeri" for a municipality that shows its province's figure, as all do on this page."""
    shown = {
        "value_level": "province", "kind": city.kind, "legal_type": city.legal_type,
        "measured_id": province_of(city),
    }  # fmt: skip
    return level_badge(shown, catalog, words)


def as_scored(indicator: Indicator, method: str, words: Words) -> Indicator:
    """The indicator as the map shows it: of provinces, and under another method with that method's unit."""
    if method == PUBLISHED:
        return replace(indicator, geo_level="province")
    unit = words(f"map.unit_{method}")
    scored = replace(indicator, unit_tr=unit, unit_en=unit, unit_symbol="", decimals=DECIMALS[method])
    return replace(scored, geo_level="province")


def _values(data: Data, state: MapState) -> list[Row]:
    """Province rows; under another method its score and rank stand in place of the published ones."""
    indicator = data.catalog.indicator(state.indicator)
    rows = data.rows(
        "city_values", indicator_id=indicator.indicator_id, period=indicator.latest, kinds=["province"]
    )
    if state.method == PUBLISHED:
        return [row | {"rank_published": row["rank"]} for row in rows]
    scored = {
        row["city_id"]: row
        for row in data.rows("index_variants", index_id=indicator.indicator_id)
        if row["variant"] == state.method
    }
    made = []
    for row in rows:
        score = scored.get(row["city_id"], {"score": None, "rank": None})
        changes = {
            "rank_published": row["rank"], "value": score["score"], "rank": score["rank"], "lower": None,
            "upper": None, "status": "measured" if score["score"] is not None else "not_applicable",
        }  # fmt: skip
        made.append(row | changes)
    return made


def map_frame(data: Data, state: MapState, indicator: Indicator, words: Words) -> Frame:
    """All provinces best first with class, rank, published rank and the pilots in them."""
    catalog = data.catalog
    base = value_frame(data, indicator, _values(data, state), words, province_of(catalog.city(state.lead)))
    bounds = cuts([row["value"] for row in base if row["value"] is not None])
    pilots: dict[str, list[str]] = {}
    for city in catalog.pilots:
        pilots.setdefault(province_of(city), []).append(words.of(city, "name"))
    method = words(f"map.method_{state.method}") if state.indicator in catalog.components else ""
    rows = []
    for row in base:
        missing = row["value"] is None
        step = None if missing else bisect_right(bounds, row["value"])
        target = replace(state, lead=_focus(row["city_id"], catalog))
        inside = ", ".join(pilots.get(row["city_id"], ()))
        added = {
            "value_class": step,
            "value_status": row["status"],
            "class_word": row["status_word"] if missing else words(f"map.class_{step}"),
            "change": _change(row),
            "pilots": inside,
            "badges": (words("map.pilot"),) if inside else (),
            "method": method,
            "map_id": row["city_id"],
            "href": address("/harita", target.query()),
        }
        rows.append(row | added)
    return replace(base, columns=_columns(base, indicator, state, words), rows=tuple(rows))


def _focus(province: str, catalog: Catalog) -> str:
    """The place a click on a province means: its one whole-province municipality, otherwise the province."""
    own = [c for c in catalog.municipalities if c.province_id == province and c.legal_type != "district"]
    return own[0].city_id if len(own) == 1 else province


def _change(row: Row) -> str:
    if row["rank"] is None or row["rank_published"] is None or row["rank"] == row["rank_published"]:
        return ""
    risen = row["rank"] < row["rank_published"]
    return f"{'▲' if risen else '▼'} {abs(row['rank'] - row['rank_published'])}"


def _columns(base: Frame, indicator: Indicator, state: MapState, words: Words) -> tuple[Column, ...]:
    shown = [
        Column("rank_shown", words("map.rank"), "rank", in_file=False),
        Column("name", words("table.province"), "place", in_file=False),
        Column(
            "value", words("table.value"), "heat", decimals=indicator.decimals, symbol=indicator.unit_symbol,
            in_file=False,
        ),
    ]  # fmt: skip
    if state.method != PUBLISHED:
        shown.append(Column("change", words("map.change"), in_file=False, title=words("map.change_why")))
    filed = [
        Column(key, words(f"map.file_{key}"), on_screen=False)
        for key in ("class_word", "pilots", "method", "rank_published")
    ]
    return (*shown, *base.file_columns(), *filed)
