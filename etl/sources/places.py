"""Finds the place a file names, by id, code, name or alias; a name is never matched by likeness."""

from __future__ import annotations

from etl.registry import Registry
from etl.registry_entries import City, Indicator, Kind
from etl.sources.contract import Report

# The kinds of place an indicator may be measured at: its own level first, then the context it stands in.
LOOKED_UP: dict[Kind, tuple[Kind, ...]] = {
    "municipality": ("municipality", "province", "country"),
    "province": ("province", "country", "municipality"),
    "country": ("country", "province", "municipality"),
}


class Places:
    """Look-up of places with a memory: a file names the same few hundred places thousands of times."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.found: dict[tuple[str, Kind], City | None] = {}

    def find(self, name: str, indicator: Indicator, row: int, report: Report) -> str | None:
        """The id of the place of ``name`` that ``indicator`` is measured at; None and a fault if none is."""
        if not name:  # an empty cell is a fault already
            return None
        key = (name, indicator.geo_level)
        if key not in self.found:
            self.found[key] = self.resolve(name, indicator.geo_level)
        city = self.found[key]
        if city is None:
            near = self.registry.nearest(name, indicator.geo_level)
            report.add("unknown_place", row, "place", name, nearest=near or "—")
            return None
        if city.legal_type not in indicator.applicable_types:
            report.add(
                "place_not_applicable",
                row,
                "place",
                name,
                indicator=indicator.indicator_id,
                expected=", ".join(indicator.applicable_types),
            )
            return None
        return city.city_id

    def resolve(self, name: str, level: Kind) -> City | None:
        """The place with exactly this id, else the one called so at the indicator's level or another."""
        if name in self.registry.cities:
            return self.registry.cities[name]
        for kind in LOOKED_UP[level]:
            if city_id := self.registry.resolve(name, kind):
                return self.registry.cities[city_id]
        return None
