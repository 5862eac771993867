"""Address <-> state of the map page.

A method is part of the state only where the shown indicator is a composite index: for a plain indicator it
is dropped without a notice, because the control that asked for it was set on another indicator.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog, City, Indicator
from dashboard.state import Reading, default_lead

PUBLISHED = "minmax_arithmetic"
METHODS = (PUBLISHED, "minmax_geometric", "zscore_arithmetic", "rank_arithmetic", "pca")


def mapped(catalog: Catalog) -> tuple[Indicator, ...]:
    """Indicators defined for provinces, in catalogue order."""
    return tuple(indicator for indicator in catalog.comparable if "province" in indicator.applicable_types)


def overall_index(catalog: Catalog) -> Indicator | None:
    """The first composite index made of composite indices, otherwise the first composite index, if any."""
    composite = [indicator for indicator in mapped(catalog) if indicator.indicator_id in catalog.components]
    nested = [
        indicator
        for indicator in composite
        if all(part.component_id in catalog.components for part in catalog.components[indicator.indicator_id])
    ]
    return next(iter(nested or composite), None)


def default_mapped(catalog: Catalog) -> Indicator | None:
    """What the map opens with."""
    return overall_index(catalog) or next(iter(mapped(catalog)), None)


def leads(catalog: Catalog) -> tuple[City, ...]:
    """Places that can be in focus: municipalities, then provinces."""
    provinces = tuple(city for city in catalog.cities.values() if city.kind == "province")
    return (*catalog.municipalities, *provinces)


def province_of(city: City) -> str:
    """The province whose value and outline stand for the place."""
    return city.province_id or city.city_id


@dataclass(frozen=True)
class MapState:
    """One indicator under one method, and a place in focus; no indicator where nothing can be mapped."""

    indicator: str
    lead: str
    method: str
    lang: str
    default_indicator: str
    default_lead: str
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "MapState":
        reading = Reading(query)
        lang = reading.lang
        first = default_mapped(catalog)
        start = first.indicator_id if first else ""
        indicator = reading.one_of("boyut", {i.indicator_id for i in mapped(catalog)}, start)
        home = default_lead(catalog).city_id
        lead = reading.one_of("kent", {city.city_id for city in leads(catalog)}, home)
        method = reading.one_of("yontem", METHODS, PUBLISHED)
        return cls(
            indicator=indicator,
            lead=lead,
            method=method if indicator in catalog.components else PUBLISHED,
            lang=lang,
            default_indicator=start,
            default_lead=home,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        values = {"boyut": self.indicator, "kent": self.lead, "yontem": self.method, "lang": self.lang}
        defaults = {
            "boyut": self.default_indicator,
            "kent": self.default_lead,
            "yontem": PUBLISHED,
            "lang": "tr",
        }
        return {name: value for name, value in values.items() if value != defaults[name]}
