"""Veri: every indicator, found by name, synonym or place, with all of its data to take away."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import fold, numbers
from dashboard.catalog import Catalog, City, Indicator
from dashboard.components import html
from dashboard.data import Data
from dashboard.frame import Column, Frame, Kind, Row
from dashboard.page import Block, SourceLine, View
from dashboard.state import address
from dashboard.state_catalogue import ALL, CatalogueState
from dashboard.text import Words
from dashboard.views.definition import next_edition, span
from dashboard.views.values import lang_query

MOST_CITIES = 12
FILES = ("excel", "csv", "xlsx")


@dataclass(frozen=True)
class Found:
    """What a search finds; `provinces` only when no municipality has that name."""

    indicators: tuple[Indicator, ...]
    cities: tuple[City, ...] = ()
    provinces: tuple[City, ...] = ()


def view(data: Data, state: CatalogueState) -> View:
    """The list, or what to try instead."""
    words = Words(state.lang)
    found = find(data.catalog, state)
    return View(
        title=words("catalogue.title"),
        question=words("catalogue.question"),
        lead=words("catalogue.lead"),
        blocks=(_places_block(found, words), _block(data, state, found, words)),
        notices=tuple(words(key) for key in state.notices),
    )


def find(catalog: Catalog, state: CatalogueState) -> Found:
    """Indicators, and municipalities, of a search; names of places in it are not asked of indicators."""
    listed = [
        indicator
        for indicator in catalog.indicators.values()
        if state.theme in (ALL, indicator.theme_id) and state.source in (ALL, indicator.source_id)
    ]
    asked = fold.words_of(state.search)
    if not state.search:
        return Found(tuple(listed))
    named = [
        part
        for part in asked
        if any(fold.matches([part], city.search_key) for city in catalog.cities.values())
    ]
    places = [city for city in catalog.cities.values() if named and fold.matches(named, city.search_key)]
    indicators = _named_first(listed, asked)
    rest = [part for part in asked if part not in named]
    if not indicators and rest:
        indicators = _named_first(listed, rest)
    cities = tuple(city for city in places if city.kind == "municipality")[:MOST_CITIES]
    provinces = () if cities else tuple(city for city in places if city.kind == "province")[:MOST_CITIES]
    return Found(tuple(indicators), cities, provinces)


def _named_first(listed: list[Indicator], asked: list[str]) -> list[Indicator]:
    """Matches, those whose own name holds all that was asked before those found by a synonym."""
    if not asked:
        return []
    hits = [i for i in listed if fold.matches(asked, f"{i.search_key} {i.indicator_id}")]
    return sorted(hits, key=lambda i: not fold.matches(asked, fold.fold(f"{i.label_tr} {i.label_en}")))


def _block(data: Data, state: CatalogueState, found: Found, words: Words) -> Block:
    catalog = data.catalog
    rows = tuple(_row(indicator, catalog, words) for indicator in found.indicators)
    onward = _places(found, words)
    count = numbers.number(len(rows), 0, words.lang)
    if not state.search:
        themes = len({indicator.theme_id for indicator in found.indicators})
        sources = len({indicator.source_id for indicator in found.indicators})
        headline = words("catalogue.headline", n=count, themes=themes, sources=sources)
    else:
        key = "headline_found" if rows else "headline_places" if onward else "headline_none"
        headline = words(f"catalogue.{key}", search=state.search, n=count)
    nothing = not rows and not onward
    body = html.render(
        "catalogue_empty.html",
        words,
        lost=nothing,
        suggestions=_suggestions(catalog, state, words) if nothing else [],
        wider=_wider(catalog, state, words) if not rows else None,
        all_link=address("/veri", lang_query(words)),
    )
    return Block(
        id="indicators",
        title=words("catalogue.indicators"),
        headline=headline,
        frame=Frame(_columns(words), rows, caption=words("catalogue.caption")) if rows else None,
        body="" if rows else str(body),
        source=SourceLine(words("catalogue.source"), release=catalog.release.release_id) if rows else None,
        style="catalogue",
        sortable=True,
    )


def _places_block(found: Found, words: Words) -> Block:
    """Always there, because a page keeps its blocks; without a place it has nothing to show."""
    onward = _places(found, words)
    body = html.render("catalogue_places.html", words, places=onward) if onward else ""
    return Block(id="places", title=words("catalogue.places"), body=str(body), style="found")


def _places(found: Found, words: Words) -> list[tuple[str, str, str]]:
    """(name, address, what is behind it) of the places found; a found indicator comes along."""
    first = found.indicators[0] if found.indicators else None
    made = []
    for city in found.cities:
        query = {"kent": city.city_id, **lang_query(words)}
        if first is not None and first.geo_level != "country" and first.periods:
            query = {"gosterge": first.indicator_id, **query}
        made.append((words.of(city, "name"), address("/karsilastir", query), words("catalogue.to_compare")))
    for city in found.provinces:
        query = {"grup": "provinces", **lang_query(words)}
        made.append((words.of(city, "name"), address("/karsilastir", query), words("catalogue.to_provinces")))
    return made


def _wider(catalog: Catalog, state: CatalogueState, words: Words) -> tuple[str, str] | None:
    """A link to the same search without filters, when that finds something."""
    if not state.is_filtered:
        return None
    wider = state.unfiltered()
    count = len(find(catalog, wider).indicators)
    return (words("catalogue.wider", n=count), address("/veri", wider.query())) if count else None


def _suggestions(catalog: Catalog, state: CatalogueState, words: Words) -> list[tuple[str, str]]:
    """Terms of the catalogue that look like what was asked, as searches."""
    terms = fold.nearest(fold.words_of(state.search), _terms(catalog, words)) if state.search else []
    return [(term, address("/veri", {"ara": term, **lang_query(words)})) for term in terms]


def _terms(catalog: Catalog, words: Words) -> Iterator[str]:
    """Single words first: a synonym is what people type."""
    for indicator in catalog.indicators.values():
        yield from indicator.synonyms
    for city in catalog.municipalities:
        yield words.of(city, "name")
    for indicator in catalog.indicators.values():
        yield words.of(indicator, "short_label")


def _row(indicator: Indicator, catalog: Catalog, words: Words) -> Row:
    source = catalog.sources[indicator.source_id]
    name = words.of(indicator, "label")
    _, is_late = next_edition(catalog, indicator, words)
    due = indicator.next_update
    last = indicator.last_update
    query = {"indicator_id": indicator.indicator_id, **lang_query(words)}
    return {
        "indicator_id": indicator.indicator_id,
        "name": name,
        "indicator": name,
        "href": address(f"/gosterge/{indicator.indicator_id}", lang_query(words)),
        "sub": words.of(indicator, "summary"),
        "theme": words.of(catalog.themes[indicator.theme_id], "label"),
        "unit": words.of(indicator, "unit"),
        "level": words(f"level.{indicator.geo_level}"),
        "direction": words(f"indicator.direction_{indicator.direction}"),
        "periods": span(indicator),
        "source": words.of(source, "short"),
        "citation": words.of(source, "citation"),
        "licence": words.of(source, "licence"),
        "last": numbers.day(last, words.lang) if last else words("catalogue.unknown"),
        "last_sort": last.isoformat() if last else "",
        "last_update": last,
        "next": _due(due, is_late, words),
        "next_sort": due.isoformat() if due else "",
        "next_update": due,
        "files": tuple(
            (
                words(f"catalogue.file_{kind}"),
                address(f"/indir/indicator/data.{kind}", query),
                words("catalogue.file_of", kind=words(f"catalogue.file_{kind}"), indicator=name),
            )
            for kind in FILES
        ),
    }  # fmt: skip


def _due(due: dt.date | None, is_late: bool, words: Words) -> str:
    if due is None:
        return words("catalogue.next_none")
    day = numbers.day(due, words.lang)
    return words("catalogue.late", day=day) if is_late else day


def _columns(words: Words) -> tuple[Column, ...]:
    def file_only(key: str, label: str) -> Column:
        return Column(key, words(f"columns.{label}"), on_screen=False)

    def screen_only(key: str, label: str, kind: Kind = "text") -> Column:
        return Column(key, words(label), kind, in_file=False)

    return (
        screen_only("name", "catalogue.indicator", "place"),
        screen_only("theme", "definition.theme"),
        screen_only("unit", "definition.unit"),
        screen_only("level", "table.level"),
        screen_only("periods", "table.period", "period"),
        screen_only("source", "source.source"),
        screen_only("last", "definition.last_update"),
        screen_only("next", "definition.next_update"),
        screen_only("files", "catalogue.files", "links"),
        file_only("indicator_id", "indicator_id"),
        file_only("indicator", "indicator"),
        file_only("theme", "theme_name"),
        file_only("unit", "unit"),
        file_only("direction", "direction"),
        file_only("level", "level"),
        file_only("periods", "period"),
        file_only("last_update", "last_update"),
        file_only("next_update", "next_update"),
        file_only("citation", "source"),
        file_only("licence", "licence"),
    )
