"""Genel bakış: what this is, the pilots on the map, and the scorecard of cities by themes."""

from dashboard.catalog import City
from dashboard.charts.base import label
from dashboard.charts.map import Place, pilot_map
from dashboard.data import Data
from dashboard.frame import Column, Frame
from dashboard.page import Block, Chart, SourceLine, View
from dashboard.state import PlainState, address
from dashboard.text import Words
from dashboard.views.scorecard import scorecard
from dashboard.views.values import lang_query


def view(data: Data, state: PlainState) -> View:
    """The map of pilots and the scorecard."""
    words = Words(state.lang)
    catalog = data.catalog
    pilots = catalog.pilots
    positions = data.rows("roster")
    unnamed = sum(1 for position in positions if position["state"] == "unnamed")
    lead = words("overview.lead", n=len(pilots), indicators=len(catalog.comparable))
    if unnamed:
        lead += " " + words("overview.unnamed", n=unnamed, total=len(positions))
    return View(
        title=words("site.tagline"),
        question=words("overview.question"),
        lead=lead,
        blocks=(_map(data, pilots, words), scorecard(data, words)),
        notices=tuple(words(key) for key in state.notices),
        synthetic=catalog.release.has_synthetic,
    )


def _map(data: Data, pilots: tuple[City, ...], words: Words) -> Block:
    catalog = data.catalog
    tinted = {city.province_id for city in pilots}
    frame = _roster(pilots, words)
    chart = pilot_map(_provinces(data, tinted, words), _points(pilots, words))
    names = ", ".join(frame.values("name")[:40])
    return Block(
        id="map",
        title=words("overview.map"),
        headline=words("overview.map_headline", n=len(pilots), provinces=len(tinted)),
        frame=frame,
        chart=Chart(chart, 470, words("overview.map_alt", names=names)),
        source=SourceLine(words("overview.roster_source"), release=catalog.release.release_id),
        style="pilots",
    )


def _provinces(data: Data, tinted: set[str | None], words: Words) -> list[Place]:
    return [
        Place(
            city_id=city.city_id,
            name=words.of(city, "name"),
            hover=label(words.of(city, "name")),
            step=1 if city.city_id in tinted else 0,
        )
        for city in data.catalog.cities.values()
        if city.kind == "province"
    ]


def _points(pilots: tuple[City, ...], words: Words) -> list[Place]:
    return [
        Place(
            city_id=city.city_id,
            name=words.of(city, "name"),
            hover=f"<b>{label(words.of(city, 'name'))}</b><br>{words('legal.' + city.legal_type)}",
            latitude=city.latitude,
            longitude=city.longitude,
            href=_lead_link(city.city_id, words),
        )
        for city in pilots
        if city.latitude is not None
    ]


def _roster(pilots: tuple[City, ...], words: Words) -> Frame:
    rows = tuple(
        {
            "city_id": city.city_id,
            "name": words.of(city, "name"),
            "sort_key": city.sort_key,
            "href": _lead_link(city.city_id, words),
            "type": words("legal." + city.legal_type),
            "nuts2": city.nuts2_name or "",
            "named_in": city.named_in or "",
        }
        for city in sorted(pilots, key=lambda city: city.sort_key)
    )
    return Frame(
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


def _lead_link(city_id: str, words: Words) -> str:
    return address("/karsilastir", {"kent": city_id, **lang_query(words)})
