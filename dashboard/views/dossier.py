"""What is known of an indicator besides one period's figures: its parts, definition, kin and full data.

Everything comes from the registry through the catalogue; no text about a particular indicator stands here.
"""

from typing import Any

from dashboard.catalog import Indicator
from dashboard.components import html
from dashboard.data import Data
from dashboard.frame import Column, Frame
from dashboard.page import Block
from dashboard.state import address
from dashboard.text import Words
from dashboard.views.definition import definition, share, span
from dashboard.views.values import lang_query, source_line, value_frame


def blocks(data: Data, indicator: Indicator, words: Words) -> list[Block]:
    """Components (of an index), definition, related indicators and the full data."""
    parts = [_components(data, indicator, words)] if indicator.indicator_id in data.catalog.components else []
    return [
        *parts,
        _definition(data, indicator, words),
        _related(data, indicator, words),
        _data(data, indicator, words),
    ]


def _components(data: Data, indicator: Indicator, words: Words) -> Block:
    """What a composite index is made of, with weights and directions."""
    catalog = data.catalog
    parts = [c for c in catalog.components[indicator.indicator_id] if c.component_id in catalog.indicators]
    rows = tuple(
        {
            "component_id": part.component_id,
            "indicator_id": indicator.indicator_id,
            "name": words.of(catalog.indicators[part.component_id], "label"),
            "indicator": words.of(catalog.indicators[part.component_id], "label"),
            "href": address(f"/gosterge/{part.component_id}", lang_query(words)),
            "weight": part.weight,
            "share": share(part, catalog, words),
            "share_sort": part.weight,
            "direction": words(f"indicator.component_{'reversed' if part.is_reversed else 'straight'}"),
            "unit": words.of(catalog.indicators[part.component_id], "unit"),
            "periods": span(catalog.indicators[part.component_id]),
        }
        for part in parts
    )
    reversed_count = sum(part.is_reversed for part in parts)
    return Block(
        id="components",
        title=words("indicator.components"),
        measure=words("indicator.components_measure"),
        headline=words(
            "indicator.components_headline" if reversed_count else "indicator.components_headline_straight",
            n=len(parts), reversed=reversed_count,
        ),
        frame=Frame(
            columns=(
                Column("name", words("compare.indicator"), "place", in_file=False),
                Column("share", words("indicator.weight_share"), in_file=False),
                Column("direction", words("definition.direction"), in_file=False),
                Column("unit", words("definition.unit"), in_file=False),
                Column("periods", words("table.period"), "period", in_file=False),
                Column("component_id", words("columns.indicator_id"), on_screen=False),
                Column("indicator", words("columns.indicator"), on_screen=False),
                Column("weight", words("columns.weight"), on_screen=False),
                Column("direction", words("columns.direction"), on_screen=False),
                Column("unit", words("columns.unit"), on_screen=False),
                Column("periods", words("columns.period"), on_screen=False),
            ),
            rows=rows,
            caption=words("indicator.components_measure"),
        ),
        source=source_line(data, indicator, indicator.latest, words, synthetic=False),
        style="components",
    )  # fmt: skip


def _definition(data: Data, indicator: Indicator, words: Words) -> Block:
    groups = definition(data.catalog, indicator, words)
    return Block(
        id="definition",
        title=words("indicator.definition"),
        body=str(html.render("definition.html", words, groups=groups)),
        style="plain definition",
    )


def _related(data: Data, indicator: Indicator, words: Words) -> Block:
    """Other indicators of the theme, and where to go on."""
    catalog = data.catalog
    theme = catalog.themes[indicator.theme_id]
    others = [
        (words.of(other, "label"), address(f"/gosterge/{other.indicator_id}", lang_query(words)))
        for other in catalog.indicators.values()
        if other.theme_id == indicator.theme_id and other.indicator_id != indicator.indicator_id
    ]
    onward = [(words("indicator.to_catalogue"), address("/veri", lang_query(words)))]
    if indicator in catalog.comparable:
        query = {"gosterge": indicator.indicator_id, **lang_query(words)}
        onward.insert(0, (words("indicator.to_compare"), address("/karsilastir", query)))
    if indicator.kind == "index" and indicator.indicator_id in catalog.components:
        onward.insert(1, (words("indicator.to_map"), address("/harita", lang_query(words))))
        onward.insert(2, (words("indicator.to_method"), address("/yontem", lang_query(words)) + "#endeks"))
    return Block(
        id="related",
        title=words(
            "indicator.related" if others else "indicator.related_none", theme=words.of(theme, "label")
        ),
        body=str(html.render("related.html", words, others=others, onward=onward)),
        style="plain",
    )


def _data(data: Data, indicator: Indicator, words: Words) -> Block:
    """All places and all periods, to be taken away."""
    rows = data.rows("indicator_data", indicator_id=indicator.indicator_id)
    made = value_frame(data, indicator, rows, words, None)
    digits: dict[str, Any] = {"decimals": indicator.decimals, "symbol": indicator.unit_symbol}
    kinds = {"country": 0, "municipality": 1, "province": 2}
    ordered = sorted(made.rows, key=lambda row: (kinds[row["kind"]], row["sort_key"], row["period"]))
    columns = (
        Column("name", words("table.place"), "place", in_file=False),
        Column("period", words("table.period"), "period", in_file=False),
        Column("value", words("table.value"), "value", in_file=False, **digits),
        Column("level", words("table.level"), in_file=False),
        *(column for column in made.columns if not column.on_screen),
    )
    places = len({row["city_id"] for row in rows})
    return Block(
        id="data",
        title=words("indicator.data"),
        measure=words("indicator.data_measure", places=places, periods=span(indicator)),
        frame=Frame(columns, tuple(ordered), caption=words.of(indicator, "label")),
        source=source_line(
            data, indicator, span(indicator), words, synthetic=any(row["is_synthetic"] for row in rows)
        ),
        twin_open=False,
        style="plain",
    )
