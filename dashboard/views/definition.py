"""Everything the registry declares of one indicator, as labelled fields in the order a reader asks.

A field without content is named as such: a panel that hides its gaps cannot be checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard import numbers
from dashboard.catalog import Catalog, Component, Indicator
from dashboard.state import address
from dashboard.text import Words
from dashboard.views.values import lang_query


@dataclass(frozen=True)
class Field:
    """One line of the panel; `points` make a list, `links` are (label, address)."""

    label: str
    text: str = ""
    points: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    tone: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the registry has nothing here."""
        return not (self.text or self.points or self.links)


@dataclass(frozen=True)
class Group:
    """Fields that answer one question: those with content, and the labels of those without."""

    title: str
    stated: tuple[Field, ...]
    unstated: tuple[str, ...]


def definition(catalog: Catalog, indicator: Indicator, words: Words) -> tuple[Group, ...]:
    """All fields of the indicator in groups."""
    groups = {
        "what": _what, "measure": _measure, "where": _where, "trust": _trust, "source": _source,
        "update": _update, "place": _place,
    }  # fmt: skip
    return tuple(
        _group(words(f"definition.{name}"), tuple(fields(catalog, indicator, words)))
        for name, fields in groups.items()
    )


def _group(title: str, fields: tuple[Field, ...]) -> Group:
    return Group(
        title,
        tuple(field for field in fields if not field.is_empty),
        tuple(field.label for field in fields if field.is_empty),
    )


def next_edition(catalog: Catalog, indicator: Indicator, words: Words) -> tuple[str, bool]:
    """When the next edition is due, in words, and whether it is overdue on the day of this release."""
    due, as_of = indicator.next_update, catalog.release.as_of
    if due is None:
        return words("definition.next_none"), False
    if due < as_of:
        days = numbers.number((as_of - due).days, 0, words.lang)
        return words("definition.next_late", day=numbers.day(due, words.lang), days=days), True
    return numbers.day(due, words.lang), False


def memberships(catalog: Catalog, indicator: Indicator) -> list[Component]:
    """The composite indices this indicator is a component of."""
    return [
        c for parts in catalog.components.values() for c in parts if c.component_id == indicator.indicator_id
    ]


def share(component: Component, catalog: Catalog, words: Words) -> str:
    """A component's weight as a share of all weights of its index."""
    total = sum(other.weight for other in catalog.components[component.index_id])
    return numbers.with_unit(component.weight / total * 100, 1, "%", words.lang)


def _what(_: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    yield Field(words("definition.summary"), words.of(indicator, "summary"))
    yield Field(words("definition.reading"), words.of(indicator, "reading"))
    points: list[str] = getattr(indicator, f"key_points_{words.lang}")
    yield Field(words("definition.key_points"), points=tuple(points))
    yield Field(words("definition.question"), getattr(indicator, f"question_{words.lang}") or "")


def _measure(_: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    unit = words.of(indicator, "unit")
    symbol = f" ({indicator.unit_symbol})" if indicator.unit_symbol not in ("", numbers.YES_NO) else ""
    yield Field(words("definition.unit"), f"{unit}{symbol}")
    yield Field(words("definition.kind"), words(f"definition.kind_{indicator.kind}"))
    reason = getattr(indicator, f"direction_reason_{words.lang}")
    text = words(f"definition.direction_{indicator.direction}")
    yield Field(words("definition.direction"), f"{text} {reason}" if reason else text)
    for name in ("numerator", "denominator"):
        yield Field(words(f"definition.{name}"), getattr(indicator, f"{name}_{words.lang}") or "")
    yield Field(words("definition.formula"), indicator.formula or "", tone="formula")
    yield Field(words("definition.average"), words(f"definition.average_{indicator.average_method}"))
    yield Field(words("definition.decimals"), numbers.number(indicator.decimals, 0, words.lang))


def _where(_: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    yield Field(
        words("definition.level"),
        f"{words(f'level.{indicator.geo_level}')}. {words(f'definition.level_{indicator.geo_level}')}",
    )
    types = (words(f"legal.{kind}") for kind in indicator.applicable_types)
    yield Field(words("definition.types"), ", ".join(types))
    yield Field(words("definition.time_type"), words(f"definition.time_{indicator.time_type}"))
    yield Field(words("definition.periods"), span(indicator))
    yield Field(words("definition.breakdowns"), ", ".join(indicator.breakdowns))
    yield Field(words("definition.expected_breakdowns"), ", ".join(indicator.expected_breakdowns))
    yield Field(
        words("definition.breaks"), points=tuple(f"{b.year}: {words.of(b, 'text')}" for b in indicator.breaks)
    )


def span(indicator: Indicator) -> str:
    """First and last period with a value: 2007–2025, or 2013."""
    periods = indicator.periods
    if not periods:
        return ""
    return periods[0] if len(periods) == 1 else f"{periods[0]}–{periods[-1]}"


def _trust(_: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    yield Field(words("definition.uncertainty"), words.of(indicator, "uncertainty"))
    text = words.of(indicator, "suppression")
    if indicator.suppression_min_n is not None:
        text += " " + words("definition.suppression_min_n", n=indicator.suppression_min_n)
    yield Field(words("definition.suppression"), text)


def _source(catalog: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    source = catalog.sources[indicator.source_id]
    yield Field(words("definition.producer"), words.of(source, "producer"))
    yield Field(words("definition.publication"), words.of(source, "title"))
    yield Field(words("definition.citation"), words.of(source, "citation"))
    yield Field(words("definition.table"), indicator.source_table)
    yield Field(words("definition.url"), links=((source.url, source.url),) if source.url else ())
    published = numbers.loose_day(source.published, words.lang) if source.published else ""
    yield Field(words("definition.published"), published)
    accessed = numbers.day(source.accessed, words.lang) if source.accessed else ""
    yield Field(words("definition.accessed"), accessed)
    yield Field(words("definition.licence"), words.of(source, "licence"))
    yield Field(words("definition.redistribution"), words.of(source, "redistribution"))


def _update(catalog: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    yield Field(words("definition.cadence"), words(f"definition.cadence_{indicator.cadence}"))
    last = numbers.day(indicator.last_update, words.lang) if indicator.last_update else ""
    yield Field(words("definition.last_update"), last)
    text, is_late = next_edition(catalog, indicator, words)
    yield Field(words("definition.next_update"), text, tone="late" if is_late else "")
    level = words(f"definition.processing_{indicator.processing_level}")
    yield Field(words("definition.processing"), f"{level}. {words.of(indicator, 'processing_note')}")
    yield Field(words("definition.responsible"), words.of(indicator, "responsible"))


def _place(catalog: Catalog, indicator: Indicator, words: Words) -> Iterator[Field]:
    theme = catalog.themes[indicator.theme_id]
    query = {"alan": theme.theme_id, **lang_query(words)}
    yield Field(words("definition.theme"), links=((words.of(theme, "label"), address("/veri", query)),))
    service = catalog.services.get(indicator.service_id or "")
    text = f"{words.of(service, 'label')} – {words.of(service, 'responsible')}" if service else ""
    yield Field(words("definition.service"), text)
    yield Field(words("definition.component"), words(f"definition.component_{indicator.component}"))
    yield Field(
        words("definition.indices"),
        links=tuple(
            (
                words(
                    f"definition.index_{'reversed' if member.is_reversed else 'straight'}",
                    index=words.of(catalog.indicators[member.index_id], "label"),
                    share=share(member, catalog, words),
                ),
                address(f"/gosterge/{member.index_id}", lang_query(words)),
            )
            for member in memberships(catalog, indicator)
            if member.index_id in catalog.indicators
        ),
    )
    yield Field(words("definition.synonyms"), ", ".join(indicator.synonyms))
    yield Field(words("definition.state"), words(f"definition.state_{indicator.state}"))
    yield Field(words("definition.id"), indicator.indicator_id, tone="formula")
