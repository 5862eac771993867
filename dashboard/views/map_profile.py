"""The dimensions of the place in focus: where it stands on each part of the overall index."""

from bisect import bisect_right
from statistics import median

from dashboard.catalog import Catalog, City, Indicator
from dashboard.charts.profile import Strip, height, profile
from dashboard.components.html import render
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state import address
from dashboard.state_map import MapState, overall_index, province_of
from dashboard.text import Words
from dashboard.views.map_values import cuts, province_badge
from dashboard.views.values import formatted, lang_query, source_line


def profile_block(data: Data, state: MapState, words: Words) -> Block:
    """One row a dimension of the overall index, the place's best rank first."""
    catalog = data.catalog
    index = overall_index(catalog)
    if index is None:
        return Block(id="profile", title=words("map.profile"), notes=(words("map.profile_none"),))
    lead = catalog.city(state.lead)
    name, badge = words.of(lead, "name"), province_badge(lead, catalog, words)
    shown = f"{name} ({badge})" if badge else name
    parts = [catalog.indicator(part.component_id) for part in catalog.components[index.indicator_id]]
    values = data.rows("province_values", indicator_ids=[part.indicator_id for part in parts])
    frame = profile_frame(parts, values, state, catalog, words)
    described = {"indicator": words.of(index, "label"), "n": len(parts), "period": index.latest}
    return Block(
        id="profile",
        title=words("map.profile_of", city=shown),
        measure=words("map.profile_measure", **described),
        headline=_headline(frame, name, words),
        frame=frame,
        chart=_chart(frame, parts, values, shown, catalog, words),
        source=source_line(
            data, index, index.latest, words, synthetic=any(row["is_synthetic"] for row in values)
        ),
        notes=(words("map.profile_note"),),
        legend=(
            ("lead dot", shown),
            ("tick", words("map.profile_median")),
            ("peer dot", words("map.profile_peer")),
        ),
        body=_compare_link(state, lead, words),
        twin_open=True,
        sortable=True,
    )


def _compare_link(state: MapState, lead: City, words: Words) -> str:
    """A municipality can lead a comparison; a province cannot."""
    if lead.kind != "municipality":
        return ""
    query = {"gosterge": state.indicator, "kent": state.lead, **lang_query(words)}
    text = words("map.compare", city=words.of(lead, "name"))
    return str(render("onward.html", words, href=address("/karsilastir", query), text=text))


def profile_frame(
    parts: list[Indicator], values: list[Row], state: MapState, catalog: Catalog, words: Words
) -> Frame:
    """One row a dimension: the place's value, class and rank, the provinces' median and extremes."""
    lead = catalog.city(state.lead)
    rows = []
    for part in parts:
        own = [row for row in values if row["indicator_id"] == part.indicator_id]
        if any(row["value"] is not None for row in own):
            rows.append(_row(part, own, lead, catalog, words))
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0, row["sort_key"]))
    chosen = state.indicator if any(row["city_id"] == state.indicator for row in rows) else None
    return Frame(_columns(parts, words), tuple(rows), lead=chosen, caption=words("map.profile"))


def _row(part: Indicator, own: list[Row], lead: City, catalog: Catalog, words: Words) -> Row:
    known = [row["value"] for row in own if row["value"] is not None]
    empty = {"value": None, "status": "not_collected", "rank": None, "rank_of": None}
    mine = next((row for row in own if row["city_id"] == province_of(lead)), empty)
    step = None if mine["value"] is None else bisect_right(cuts(known), mine["value"])
    return {
        # The row stands for an indicator: that is what the table marks and a file names.
        "city_id": part.indicator_id,
        "name": words.of(part, "short_label"),
        "sort_key": part.sort_key,
        "href": address(f"/gosterge/{part.indicator_id}", lang_query(words)),
        "value": mine["value"],
        "value_class": step,
        "value_status": mine["status"],
        "class_word": words(f"status.{mine['status']}") if step is None else words(f"map.class_{step}"),
        "rank": mine["rank"],
        "rank_of": mine["rank_of"],
        "median": median(known),
        "low": min(known),
        "high": max(known),
        "period": part.latest,
        "indicator": words.of(part, "label"),
        "place": words.of(lead, "name"),
        "measured": words.of(catalog.cities[province_of(lead)], "name"),
        "level": words("level.province"),
        "release": catalog.release.release_id,
    }


def _columns(parts: list[Indicator], words: Words) -> tuple[Column, ...]:
    """Numbers carry no unit: dimensions share the index's, raw components have none in common."""
    decimals = max(part.decimals for part in parts)
    keys = ("place", "indicator", "rank_of", "period", "level", "measured", "release")
    return (
        Column("name", words("map.dimension"), "place", in_file=False),
        Column("value", words("table.value"), "heat", decimals=decimals),
        Column("class_word", words("map.class_column")),
        Column("rank", words("table.rank_all"), "rank"),
        Column("median", words("map.profile_column"), "value", decimals=decimals),
        Column("low", words("map.lowest"), "value", decimals=decimals),
        Column("high", words("map.highest"), "value", decimals=decimals),
        Column("city_id", words("columns.indicator_id"), on_screen=False),
        *(Column(key, words(f"columns.{key}"), on_screen=False) for key in keys),
    )


def _chart(
    frame: Frame, parts: list[Indicator], values: list[Row], shown: str, catalog: Catalog, words: Words
) -> Chart | None:
    """Index dimensions share the scale 0-1; components in units of their own are put on their own range."""
    shared = all(part.kind == "index" for part in parts)
    by_id = {part.indicator_id: part for part in parts}
    strips = []
    for row in frame:
        known = [v for v in values if v["indicator_id"] == row["city_id"] and v["value"] is not None]
        low, span = (0.0, 1.0) if shared else (row["low"], (row["high"] - row["low"]) or 1.0)
        part = by_id[row["city_id"]]
        own = formatted(row["value"], part, words)
        facts = {"name": row["name"], "value": own, "rank": row["rank"], "n": row["rank_of"]}
        strips.append(
            Strip(
                name=row["name"],
                detail=words("map.strip_detail", value=own, step=row["class_word"])
                if own
                else row["class_word"],
                positions=tuple((v["value"] - low) / span for v in known),
                names=tuple(words.of(catalog.cities[v["city_id"]], "name") for v in known),
                lead=None if row["value"] is None else (row["value"] - low) / span,
                median=(row["median"] - low) / span,
                hover=words("map.strip_hover", **facts),
                href=row["href"],
                is_marked=row["city_id"] == frame.lead,
            )
        )
    if not strips:
        return None
    ends = None if shared else (words("map.lowest"), words("map.highest"))
    figure = profile(strips, ends, max(part.decimals for part in parts), words.lang)
    return Chart(figure, height(len(strips)), words("map.profile_alt", city=shown))


def _headline(frame: Frame, name: str, words: Words) -> str:
    """The dimensions with the best and the worst rank."""
    ranked = [row for row in frame if row["rank"] is not None]
    if len(ranked) < 2:
        return ""
    best, worst = ranked[0], ranked[-1]
    return words(
        "map.profile_headline",
        city=name,
        best=best["name"],
        best_rank=best["rank"],
        worst=worst["name"],
        worst_rank=worst["rank"],
        n=best["rank_of"],
    )
