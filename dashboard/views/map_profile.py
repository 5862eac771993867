"""The dimensions of the place in focus: where it stands on each part of the overall index."""

from bisect import bisect_right
from statistics import median

from dashboard.catalog import Catalog, Indicator
from dashboard.charts.profile import Strip, height, profile
from dashboard.components.html import render
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state import address
from dashboard.state_map import MapState, overall_index, province_of
from dashboard.text import Words
from dashboard.views.map_values import cuts
from dashboard.views.values import formatted, lang_query, level_badge, source_line


def profile_block(data: Data, state: MapState, words: Words) -> Block:
    """One row a dimension of the overall index, the place's best rank first."""
    catalog = data.catalog
    index = overall_index(catalog)
    if index is None:
        return Block(id="profile", title=words("map.profile"), notes=(words("map.profile_none"),))
    lead = catalog.city(state.lead)
    name = words.of(lead, "name")
    parts = [catalog.indicator(part.component_id) for part in catalog.components[index.indicator_id]]
    values = data.rows("province_values", indicator_ids=[part.indicator_id for part in parts])
    frame = _frame(parts, values, state, catalog, words)
    strips = _strips(frame, parts, values, catalog, words)
    shares = None if _one_scale(parts) else (words("map.lowest"), words("map.highest"))
    badge = level_badge(
        {
            "value_level": "province", "kind": lead.kind, "legal_type": lead.legal_type,
            "measured_id": province_of(lead),
        },
        catalog, words,
    )  # fmt: skip
    shown = f"{name} ({badge})" if badge else name
    return Block(
        id="profile",
        title=words("map.profile_of", city=shown),
        measure=words("map.profile_measure", indicator=words.of(index, "label"), n=len(parts), period=index.latest),
        headline=_headline(frame, name, words),
        frame=frame,
        chart=Chart(profile(strips, shares, words.lang), height(len(strips)), words("map.profile_alt", city=shown))
        if strips
        else None,
        source=source_line(
            data, index, index.latest, words, synthetic=any(row["is_synthetic"] for row in values)
        ),
        notes=(words("map.profile_note"),),
        legend=(
            ("lead dot", shown), ("tick", words("map.profile_median")), ("peer dot", words("map.profile_peer")),
        ),
        body=_compare_link(state, lead.kind, name, words),
        twin_open=True,
        sortable=True,
    )  # fmt: skip


def _compare_link(state: MapState, kind: str, name: str, words: Words) -> str:
    """A municipality can lead a comparison; a province cannot."""
    if kind != "municipality":
        return ""
    query = {"gosterge": state.indicator, "kent": state.lead, **lang_query(words)}
    text = words("map.compare", city=name)
    return str(render("onward.html", words, href=address("/karsilastir", query), text=text))


def _one_scale(parts: list[Indicator]) -> bool:
    return all(part.kind == "index" for part in parts)


def _frame(
    parts: list[Indicator], values: list[Row], state: MapState, catalog: Catalog, words: Words
) -> Frame:
    """One row a dimension: the place's value, class and rank, the provinces' median and extremes."""
    province = province_of(catalog.city(state.lead))
    rows = []
    for part in parts:
        own = [row for row in values if row["indicator_id"] == part.indicator_id]
        known = [row for row in own if row["value"] is not None]
        mine = next((row for row in own if row["city_id"] == province), None)
        value = mine["value"] if mine else None
        status = mine["status"] if mine else "not_collected"
        if not known:
            continue
        step = None if value is None else bisect_right(cuts([row["value"] for row in known]), value)
        rows.append(
            {
                "city_id": part.indicator_id, "name": words.of(part, "short_label"), "sort_key": part.sort_key,
                "href": address(f"/gosterge/{part.indicator_id}", lang_query(words)), "value": value,
                "value_class": step, "value_status": status, "status": "measured",
                "class_word": words(f"status.{status}") if step is None else words(f"map.class_{step}"),
                "rank": mine["rank"] if mine else None, "rank_of": mine["rank_of"] if mine else None,
                "median": median(row["value"] for row in known), "low": min(row["value"] for row in known),
                "high": max(row["value"] for row in known), "period": part.latest,
                "indicator": words.of(part, "label"), "place": words.of(catalog.city(state.lead), "name"),
                "measured": words.of(catalog.cities[province], "name"), "level": words("level.province"),
                "release": catalog.release.release_id,
            }
        )  # fmt: skip
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["sort_key"]))
    chosen = next((row["city_id"] for row in rows if row["city_id"] == state.indicator), None)
    return Frame(_columns(parts, words), tuple(rows), lead=chosen, caption=words("map.profile"))


def _columns(parts: list[Indicator], words: Words) -> tuple[Column, ...]:
    """Numbers carry the dimension's own unit only where all share one."""
    decimals = max(part.decimals for part in parts)
    shown = [
        Column("name", words("map.dimension"), "place", in_file=False),
        Column("value", words("table.value"), "heat", decimals=decimals),
        Column("class_word", words("map.class_column")),
        Column("rank", words("table.rank_all"), "rank"),
        Column("median", words("map.profile_median"), "value", decimals=decimals),
        Column("low", words("map.lowest"), "value", decimals=decimals),
        Column("high", words("map.highest"), "value", decimals=decimals),
    ]
    keys = ("place", "indicator", "rank_of", "period", "level", "measured", "release")
    return (
        *shown,
        Column("city_id", words("columns.indicator_id"), on_screen=False),
        *(Column(key, words(f"columns.{key}"), on_screen=False) for key in keys),
    )


def _strips(
    frame: Frame, parts: list[Indicator], values: list[Row], catalog: Catalog, words: Words
) -> list[Strip]:
    by_id = {part.indicator_id: part for part in parts}
    shared = _one_scale(parts)
    strips = []
    for row in frame:
        part = by_id[row["city_id"]]
        known = [v for v in values if v["indicator_id"] == part.indicator_id and v["value"] is not None]
        low, span = (0.0, 1.0) if shared else (row["low"], (row["high"] - row["low"]) or 1.0)
        own = formatted(row["value"], part, words)
        detail = words("map.strip_detail", value=own, step=row["class_word"]) if own else row["class_word"]
        hover = words("map.strip_hover", name=row["name"], value=own, rank=row["rank"], n=row["rank_of"])
        strips.append(
            Strip(
                name=row["name"], detail=detail,
                positions=tuple((v["value"] - low) / span for v in known),
                names=tuple(
                    f"{words.of(catalog.cities[v['city_id']], 'name')} {formatted(v['value'], part, words)}"
                    for v in known
                ),
                lead=None if row["value"] is None else (row["value"] - low) / span,
                median=(row["median"] - low) / span, hover=hover, href=row["href"],
                is_marked=row["city_id"] == frame.lead,
            )
        )  # fmt: skip
    return strips


def _headline(frame: Frame, name: str, words: Words) -> str:
    """The dimensions with the best and the worst rank."""
    ranked = [row for row in frame if row["rank"] is not None]
    if len(ranked) < 2:
        return ""
    best, worst = ranked[0], ranked[-1]
    return words(
        "map.profile_headline", city=name, best=best["name"], best_rank=best["rank"], worst=worst["name"],
        worst_rank=worst["rank"], n=best["rank_of"],
    )  # fmt: skip
