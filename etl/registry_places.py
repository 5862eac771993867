"""The places of the registry: country, provinces, the pilot roster and other municipalities, and their names.

Names are looked up only by kind of place: a province and its municipality may share one.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.errors import Fault
from etl.registry_entries import City, Kind, Position
from etl.registry_reader import RegistryFile
from etl.turkish import lookup_key, search_key, turkish_ranks

FROM_PROVINCE = ("plate", "nuts1", "nuts2", "nuts2_name", "latitude", "longitude")
"""What a municipality takes from its province unless its own entry says otherwise."""


class Names:
    """Every id, code, name and alias of every place, folded, by kind of place."""

    def __init__(self) -> None:
        self._owner: dict[Kind, dict[str, str]] = {"municipality": {}, "province": {}, "country": {}}

    def claim(self, name: str, kind: Kind, city_id: str) -> str | None:
        """Give `name` to a place; returns the other place that already has it, if any."""
        owner = self._owner[kind].setdefault(lookup_key(name), city_id)
        return owner if owner != city_id else None

    def resolve(self, name: str, kind: Kind) -> str | None:
        """The id of the place of this kind with this name, None if there is none."""
        return self._owner[kind].get(lookup_key(name))

    def nearest(self, name: str, kind: Kind) -> str | None:
        """The id of the place of this kind whose name is spelled most like `name`, None if none is close."""
        close = difflib.get_close_matches(lookup_key(name), self._owner[kind], n=1)
        return self._owner[kind][close[0]] if close else None


def read_places(folder: Path, faults: list[Fault]) -> tuple[dict[str, City], tuple[Position, ...], Names]:
    """Read provinces.yml and cities.yml; what has faults is left out and noted in `faults`."""
    provinces_file = RegistryFile("provinces.yml", faults)
    cities_file = RegistryFile("cities.yml", faults)
    provinces = provinces_file.sections(folder, ("country", "regions", "provinces"))
    roster = cities_file.sections(folder, ("alias_patterns", "pilots", "others"))
    context = dict(_context_places(provinces_file, provinces))
    positions, pilots = _pilots(cities_file, roster.get("pilots"), provinces_file.ids)
    others = _municipalities(cities_file, "others", roster.get("others"), provinces_file.ids)
    municipalities = [
        _with_province(city, context[city.province_id])
        for city in [*pilots, *others]
        if city.province_id in context
    ]
    cities = [*context.values(), *municipalities]
    patterns = cities_file.mapping("alias_patterns", roster.get("alias_patterns", {}), tuple[str, ...])
    names = _names(cities_file, cities, patterns)
    return _finished(cities_file, cities), tuple(positions), names


def _context_places(file: RegistryFile, content: Mapping[str, Any]) -> Iterator[tuple[str, City]]:
    regions = file.mapping("regions", content.get("regions", {}), str)
    for kind, key in (("country", "country"), ("province", "provinces")):
        for at, raw in file.entries(key, content.get(key)):
            defaults = {"kind": kind, "legal_type": kind, "role": "context"}
            city = file.entry(City, defaults | raw, at)
            if city and city.nuts2 is not None and city.nuts2 not in regions:
                file.unknown_reference(f"{at}.nuts2", city.nuts2, regions)
            elif city:
                yield city.city_id, replace(city, nuts2_name=regions.get(city.nuts2 or ""))


def _pilots(file: RegistryFile, content: Any, provinces: set[str]) -> tuple[list[Position], list[City]]:
    positions: list[Position] = []
    cities: list[City] = []
    for at, raw in file.entries("pilots", content):
        position = file.entry(Position, {key: value for key, value in raw.items() if key != "city"}, at)
        named = raw.get("state") == "named"
        given = {"city", "source_url"} & raw.keys()
        if position and len(given) != (2 if named else 0):
            file.fault(at, "registry_position_state", raw["state"], expected="✓" if named else "✗")
        role = {"role": "pilot", "named_in": raw.get("source_url")}
        found = list(_municipalities(file, f"{at}.city", raw.get("city"), provinces, **role))
        cities.extend(found)
        if position:
            positions.append(replace(position, city_id=found[0].city_id if found else None))
    file.repeated_ids("pilots", (position.position for position in positions))
    return sorted(positions, key=lambda position: position.position), cities


def _municipalities(
    file: RegistryFile, at: str, content: Any, provinces: set[str], **given: str | None
) -> Iterator[City]:
    for where, raw in file.entries(at, content):
        province = raw.get("province")
        if province is None:
            file.fault(f"{where}.province", "registry_missing_key")
        elif isinstance(province, str) and province not in provinces:
            file.unknown_reference(f"{where}.province", province, provinces)
        city = file.entry(City, {"kind": "municipality", "role": "member"} | given | raw, where)
        if city:
            yield city


def _with_province(city: City, province: City) -> City:
    taken = {name: getattr(province, name) for name in FROM_PROVINCE if getattr(city, name) is None}
    return replace(city, **taken)


def _names(file: RegistryFile, cities: Iterable[City], patterns: Mapping[str, tuple[str, ...]]) -> Names:
    names = Names()
    for city in cities:
        spoken = (city.name_tr, city.name_en, *city.aliases)
        made = [each.replace("{name}", name) for name in spoken for each in patterns.get(city.legal_type, ())]
        plates = [str(city.plate), f"{city.plate:02d}"] if city.kind == "province" and city.plate else []
        for name in (city.city_id, *city.codes, *plates, *spoken, *made):
            other = names.claim(name, city.kind, city.city_id)
            if other:
                file.fault(city.city_id, "registry_repeated_alias", name, first=other, second=city.city_id)
    return names


def _finished(file: RegistryFile, cities: list[City]) -> dict[str, City]:
    file.repeated_ids("id", (city.city_id for city in cities))
    ranks = turkish_ranks({city.city_id: city.name_tr for city in cities})
    finished = (
        replace(
            city,
            sort_key=ranks[city.city_id],
            search_key=search_key(" ".join(dict.fromkeys((city.name_tr, city.name_en, *city.aliases)))),
        )
        for city in cities
    )
    return {city.city_id: city for city in sorted(finished, key=lambda city: city.sort_key)}
