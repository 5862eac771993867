"""Yöntem: the methodology, with every number, list and example in it taken from the release.

The prose lives in templates/method_<lang>.html, one Jinja block a section; what can be counted is counted.
"""

import math
from dataclasses import dataclass
from typing import Any

from dashboard import numbers
from dashboard.catalog import Catalog, City, Indicator
from dashboard.components import html
from dashboard.components.symbols import STANDINGS, STATES
from dashboard.data import Data
from dashboard.frame import Column, Frame
from dashboard.page import Block, SourceLine, View
from dashboard.state import PlainState, address, default_indicator
from dashboard.text import Words
from dashboard.views.method_services import services_frame
from dashboard.views.values import lang_query

SECTIONS = (
    "program", "zincir", "durumlar", "duzeyler", "sinirlar", "ortalamalar", "siralama", "endeks", "anket", "para",
    "plan", "ayna", "okuma", "yazim", "sozluk", "kaynaklar", "gostergeler", "atif", "yeniden", "erisilebilirlik",
)  # fmt: skip
"""Sections in reading order; each is an anchor, the title method.<section> and a block of the template."""


@dataclass(frozen=True)
class Example:
    """One pilot's rank in a composite index and where it falls under other choices."""

    index: str
    city: str
    rank: int
    low: int
    high: int
    draws: int


def view(data: Data, state: PlainState) -> View:
    """Table of contents and all sections."""
    words = Words(state.lang)
    facts = _facts(data, words)
    contents = html.render(
        "method_contents.html", words, sections=[(name, words(f"method.{name}")) for name in SECTIONS]
    )
    sections = []
    tables = {"kaynaklar": _sources, "ayna": services_frame}
    for name in SECTIONS:
        body = html.part(f"method_{state.lang}.html", name, words, **facts)
        frame = tables[name](data.catalog, words) if name in tables else None
        sections.append(
            Block(
                id=name,
                title=words(f"method.{name}"),
                body=str(body),
                frame=frame,
                source=SourceLine(frame.caption, release=data.catalog.release.release_id) if frame else None,
                style="plain section",
            )
        )
    counts = {"indicators": len(data.catalog.indicators), "sources": len(data.catalog.sources)}
    top = Block(
        id="icindekiler",
        title=words("method.contents"),
        headline=words("method.headline", cities=len(data.catalog.pilots), **counts),
        body=str(contents),
        style="contents",
    )
    return View(
        title=words("method.title"),
        question=words("method.question"),
        lead=words("method.lead"),
        blocks=(top, *sections),
        notices=tuple(words(key) for key in state.notices),
    )


def _facts(data: Data, words: Words) -> dict[str, Any]:
    """Everything the prose may ask for."""
    catalog = data.catalog
    positions = data.rows("roster")
    example = default_indicator(catalog)
    return {
        "catalog": catalog,
        "source": lambda name: _link(
            words, words(f"programme.url_{name}"), words(f"programme.name_{name}"), "external"
        ),
        "page": lambda path, text: _link(words, address(path, lang_query(words)), text),
        "positions": len(positions),
        "unnamed": sum(1 for position in positions if position["state"] == "unnamed"),
        "pilots": [words.of(city, "name") for city in catalog.pilots],
        "models": [words.of(city, "name") for city in catalog.municipalities if city.role == "model"],
        "districts": [
            words.of(city, "name") for city in catalog.municipalities if city.legal_type == "district"
        ],
        "provinces": sum(1 for city in catalog.cities.values() if city.kind == "province"),
        "regions": len({city.nuts2 for city in catalog.cities.values() if city.nuts2}),
        "changed": _changed(catalog.municipalities, words),
        "states": [(STATES[status], status) for status in STATES],
        "indices": _indices(catalog, words),
        "bands": [
            (STANDINGS[key], words(f"plan.is_{key}"), numbers.realised(lowest, words.lang))
            for key, lowest in catalog.plans.bands.items()
        ],
        "example": _example(data, words),
        "themes": _themes(catalog, words),
        "cite": {
            "indicator": words.of(example, "label"),
            "period": example.latest,
            "address": address(f"/gosterge/{example.indicator_id}", lang_query(words)),
            "citation": words.of(catalog.sources[example.source_id], "citation"),
        },
        "day": numbers.day(catalog.release.as_of, words.lang),
    }


def _link(words: Words, href: str, text: str, rel: str = "") -> str:
    return html.render("link.html", words, href=href, text=text, rel=rel)


def _changed(cities: tuple[City, ...], words: Words) -> list[tuple[int, list[str]]]:
    """Municipalities whose legal type changed, by the first year of the present one."""
    by_year: dict[int, list[str]] = {}
    for city in cities:
        if city.legal_type_since and city.legal_type_before != city.legal_type:
            by_year.setdefault(city.legal_type_since, []).append(words.of(city, "name"))
    return sorted(by_year.items())


def _indices(catalog: Catalog, words: Words) -> list[dict[str, Any]]:
    """Composite indices that are no component of another, with the sizes of their parts."""
    inner = {part.component_id for parts in catalog.components.values() for part in parts}
    made = []
    for index_id in catalog.components:
        if index_id in inner or index_id not in catalog.indicators:
            continue
        parts = catalog.components[index_id]
        leaves = [leaf for part in parts for leaf in catalog.components.get(part.component_id, (part,))]
        made.append(
            {
                "label": words.of(catalog.indicators[index_id], "label"),
                "href": address(f"/gosterge/{index_id}", lang_query(words)),
                "components": len(parts),
                "leaves": len(leaves),
                "reversed": sum(leaf.is_reversed for leaf in leaves),
            }
        )
    return made


def _example(data: Data, words: Words) -> Example | None:
    """The pilot whose rank is least certain: the range says more than the rank."""
    inner = {part.component_id for parts in data.catalog.components.values() for part in parts}
    provinces = {city.province_id or city.city_id for city in data.catalog.pilots}
    for index_id in data.catalog.components:
        if index_id in inner or index_id not in data.catalog.indicators:
            continue
        rows = [row for row in data.rows("index_ranges", index_id=index_id) if row["city_id"] in provinces]
        if rows:
            row = max(rows, key=lambda row: (row["rank_p95"] - row["rank_p05"], -row["rank"]))
            return Example(
                index=words.of(data.catalog.indicators[index_id], "label"),
                city=words.of(data.catalog.cities[row["city_id"]], "name"),
                rank=row["rank"], low=math.floor(row["rank_p05"]), high=math.ceil(row["rank_p95"]), draws=row["draws"],
            )  # fmt: skip
    return None


def _themes(catalog: Catalog, words: Words) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(theme, [(indicator, address, newest period)])."""
    by_theme: dict[str, list[Indicator]] = {}
    for indicator in catalog.indicators.values():
        by_theme.setdefault(indicator.theme_id, []).append(indicator)
    return [
        (
            words.of(catalog.themes[theme], "label"),
            [
                (words.of(i, "label"), address(f"/gosterge/{i.indicator_id}", lang_query(words)), i.latest)
                for i in indicators
            ],
        )
        for theme, indicators in by_theme.items()
    ]


def _sources(catalog: Catalog, words: Words) -> Frame:
    """One row a publication."""
    used: dict[str, int] = {}
    for indicator in catalog.indicators.values():
        used[indicator.source_id] = used.get(indicator.source_id, 0) + 1
    rows = tuple(
        {
            "source_id": source.source_id,
            "name": words.of(source, "title"),
            "title": words.of(source, "title"),
            "sub": words.of(source, "citation"),
            "producer": words.of(source, "producer"),
            "published": numbers.loose_day(source.published, words.lang) if source.published else "",
            "published_sort": source.published or "",
            "published_iso": source.published,
            "indicator_count": used[source.source_id],
            "url": source.url,
            "licence": words.of(source, "licence"),
            "redistribution": words.of(source, "redistribution"),
            "citation": words.of(source, "citation"),
        }
        for source in sorted(catalog.sources.values(), key=lambda source: -used.get(source.source_id, 0))
        if source.source_id in used
    )

    def file_only(key: str, label: str) -> Column:
        return Column(key, words(f"columns.{label}"), on_screen=False)

    return Frame(
        columns=(
            Column("name", words("definition.publication"), "place", in_file=False),
            Column("producer", words("definition.producer"), in_file=False),
            Column("published", words("definition.published"), in_file=False),
            Column("indicator_count", words("method.indicator_count"), "value", in_file=False),
            file_only("source_id", "source_id"),
            file_only("title", "title"),
            file_only("producer", "producer"),
            file_only("published_iso", "published"),
            file_only("indicator_count", "indicator_count"),
            file_only("url", "url"),
            file_only("citation", "citation"),
            file_only("licence", "licence"),
            file_only("redistribution", "redistribution"),
        ),
        rows=rows,
        caption=words("method.sources_line"),
    )
