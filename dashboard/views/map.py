"""Sosyo-ekonomik harita: provinces in five classes, the pilots on top, the list beside."""

from collections.abc import Sequence

from dashboard import numbers
from dashboard.catalog import Catalog, Indicator
from dashboard.charts.base import label
from dashboard.charts.map import CLASSES, Place, bubbles, choropleth
from dashboard.data import Data
from dashboard.frame import Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart, View
from dashboard.state_map import PUBLISHED, MapState, overall_index, province_of
from dashboard.text import Words
from dashboard.views.map_profile import profile_block
from dashboard.views.map_ranges import ranges_block
from dashboard.views.map_values import as_scored, map_frame, province_badge
from dashboard.views.values import formatted, measure, source_line

HEIGHT = 430


def view(data: Data, state: MapState) -> View:
    """The map with its list, ranks under other methods, and the dimensions of the place in focus."""
    words = Words(state.lang)
    choice = words.of(data.catalog.city(state.lead), "name")
    blocks: tuple[Block, ...] = (Block(id="map", title=words("map.map"), notes=(words("map.nothing"),)),)
    if state.indicator:
        name = words.of(data.catalog.indicator(state.indicator), "label")
        choice = words("map.choice", city=choice, indicator=name)
        if state.method != PUBLISHED:
            choice += f", {words(f'map.method_{state.method}')}"
        blocks = (
            _map(data, state, words),
            ranges_block(data, state, words),
            profile_block(data, state, words),
        )
    return View(
        title=words("map.title", choice=choice),
        question=words("map.question"),
        lead=words("map.lead"),
        choice=choice,
        blocks=blocks,
        notices=tuple(words(key) for key in state.notices),
        synthetic=any(row.get("is_synthetic") for block in blocks if block.frame for row in block.frame),
    )


def _map(data: Data, state: MapState, words: Words) -> Block:
    catalog = data.catalog
    declared = catalog.indicator(state.indicator)
    indicator = as_scored(declared, state.method, words)
    frame = map_frame(data, state, indicator, words)
    known = [row for row in frame if row["value"] is not None]
    described = measure(indicator, declared.latest, words)
    if declared.indicator_id in catalog.components:
        described += f" · {words(f'map.method_{state.method}')}"
    draw = bubbles if declared.kind == "count" else choropleth
    figure = draw(
        _provinces(frame, indicator, catalog, words), _points(frame, state, indicator, catalog, words)
    )
    alt = words(
        "map.alt", n=len(known), indicator=words.of(indicator, "label"), **_ends(known, indicator, words)
    )
    synthetic = any(row["is_synthetic"] for row in frame)
    return Block(
        id="map",
        title=words("map.map"),
        measure=described,
        headline=headline(frame, state, indicator, catalog, words),
        frame=frame,
        chart=Chart(figure, HEIGHT, alt) if known else None,
        source=source_line(data, indicator, declared.latest, words, synthetic=synthetic),
        notes=_notes(declared, state, catalog, words),
        legend=_legend(frame, indicator, words),
        twin_open=True,
        sortable=True,
        style="beside",
    )


def _notes(indicator: Indicator, state: MapState, catalog: Catalog, words: Words) -> tuple[str, ...]:
    """What the figure is and is not, whose figure it is, which end is good.

    The registry's reading of a whole index says itself that it is no poverty rate; a part of one, and a score
    by another method, need it said.
    """
    overall = overall_index(catalog)
    is_part = overall is not None and indicator != overall and indicator.indicator_id in catalog.components
    published = state.method == PUBLISHED
    notes = [words.of(indicator, "reading") if published else words(f"map.note_{state.method}")]
    if is_part or not published:
        notes.append(words("map.index_note"))
    if indicator.direction == "lower":
        notes.insert(0, words("map.lower_note"))
    return (*notes, words("map.province_note"))


def _hover(row: Row, name: str, indicator: Indicator, words: Words) -> str:
    if row["value"] is None:
        return f"<b>{label(name)}</b><br>{row['status_word']}"
    place = words("map.hover_rank", rank=row["rank_shown"], step=row["class_word"])
    return f"<b>{label(name)}</b>  {formatted(row['value'], indicator, words)}<br>{place}"


def _provinces(frame: Frame, indicator: Indicator, catalog: Catalog, words: Words) -> list[Place]:
    made = []
    for row in frame:
        seat = catalog.cities[row["city_id"]]
        made.append(
            Place(
                city_id=row["city_id"],
                name=row["name"],
                hover=_hover(row, row["name"], indicator, words),
                latitude=seat.latitude,
                longitude=seat.longitude,
                step=row["value_class"],
                value=row["value"],
                is_lead=row["city_id"] == frame.lead,
            )
        )
    return made


def _points(
    frame: Frame, state: MapState, indicator: Indicator, catalog: Catalog, words: Words
) -> list[Place]:
    """The pilots and the place in focus; each point stands for its province, whose value it shows."""
    by_province = {row["city_id"]: row for row in frame}
    lead = catalog.city(state.lead)
    cities = list(catalog.pilots)
    if lead not in cities and not any(province_of(city) == lead.city_id for city in cities):
        cities.append(lead)
    made = []
    for city in cities:
        row = by_province.get(province_of(city))
        if row is None or city.latitude is None:
            continue
        name = words.of(city, "name")
        hover = _hover(row, name, indicator, words)
        badge = province_badge(city, catalog, words)
        made.append(
            Place(
                city_id=row["city_id"], name=name, hover=f"{hover}<br>{badge}" if badge else hover,
                latitude=city.latitude, longitude=city.longitude,
                is_lead=city == lead or province_of(city) == lead.city_id,
            )
        )  # fmt: skip
    return made


def _ends(known: Sequence[Row], indicator: Indicator, words: Words) -> dict[str, str]:
    if not known:
        return dict.fromkeys(("high", "high_value", "low", "low_value"), "")
    low, high = min(known, key=lambda row: row["value"]), max(known, key=lambda row: row["value"])
    return {
        "high": high["name"], "high_value": formatted(high["value"], indicator, words),
        "low": low["name"], "low_value": formatted(low["value"], indicator, words),
    }  # fmt: skip


def headline(frame: Frame, state: MapState, indicator: Indicator, catalog: Catalog, words: Words) -> str:
    """Where the place in focus stands and which provinces are the ends; under another method, what moves."""
    known = [row for row in frame if row["value"] is not None]
    lead = catalog.city(state.lead)
    own = next((row for row in known if row["city_id"] == frame.lead), None)
    name = words.of(lead, "name")
    if own is None:
        return words("map.headline_missing", city=name) if known else ""
    badge = province_badge(lead, catalog, words)
    if state.method != PUBLISHED:
        return _moves(known, own, f"{name} ({badge})" if badge else name, state.method, words)
    value = formatted(own["value"], indicator, words) + (f" ({badge})" if badge else "")
    text = words(
        "map.headline", city_loc=located(name, words.lang), value=value, n=len(known),
        rank=own["rank_shown"], step=own["class_word"],
    )  # fmt: skip
    ends = _ends(known, indicator, words)
    # The place in focus has just been named: an end it holds itself is not said twice.
    named = "low" if ends["high"] == own["name"] else "high" if ends["low"] == own["name"] else "both"
    return f"{text} {words(f'map.ends_{named}', **ends)}"


def _moves(known: Sequence[Row], own: Row, name: str, method: str, words: Words) -> str:
    moved = [row for row in known if row["change"]]
    key = "headline_method_same" if not own["change"] else "headline_method"
    text = words(
        f"map.{key}", method=words(f"map.method_{method}"), city=name, before=own["rank_published"],
        after=own["rank"],
    )  # fmt: skip
    if not moved:
        return f"{text} {words('map.moves_none')}"
    most = max(moved, key=lambda row: abs(row["rank"] - row["rank_published"]))
    return f"{text} " + words(
        "map.moves", n=numbers.number(len(known), 0, words.lang), moved=len(moved), city=most["name"],
        before=most["rank_published"], after=most["rank"],
    )  # fmt: skip


def _legend(frame: Frame, indicator: Indicator, words: Words) -> tuple[tuple[str, str], ...]:
    """The bounds and size of each class that occurs, the missing ones, and what the marks are."""
    made = []
    for step in range(CLASSES):
        inside = [row["value"] for row in frame if row["value_class"] == step]
        if inside:
            low, high = formatted(min(inside), indicator, words), formatted(max(inside), indicator, words)
            bounds = low if low == high else words("map.bounds", low=low, high=high)
            word = words(f"map.class_{step}")
            made.append((f"h{step}", words("map.class", step=word, bounds=bounds, n=len(inside))))
    missing = dict.fromkeys(row["status_word"] for row in frame if row["value"] is None)
    if missing:
        count = sum(1 for row in frame if row["value"] is None)
        made.append(("none", words("map.missing", word=", ".join(missing), n=count)))
    if indicator.kind == "count":
        made.append(("lead dot", words("map.area")))
    return (*made, ("pilot", words("map.pilot_point")), ("ring", words("map.ring")))
