"""Loads what exists, as etl/registry/ declares it, and refuses it as a whole when any part is wrong.

No code knows how many places or positions there are, or any place's name: they are entries like any other.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from etl.errors import Fault, RegistryError
from etl.registry_budget import BudgetCodes, PlanRules, read_budget_codes, read_plan_rules
from etl.registry_entries import City, Grouping, Indicator, Kind, Position, Service, Source, Theme
from etl.registry_indicators import arranged, read_indicators
from etl.registry_places import Names, read_places
from etl.registry_reader import Entry, RegistryFile
from etl.registry_surveys import read_surveys, read_wave
from etl.survey_entries import Wave
from etl.survey_wording import check_wording

FOLDER = Path(__file__).with_name("registry")


@dataclass(frozen=True)
class Registry:
    """Everything that exists, by id, in the order it is shown."""

    cities: Mapping[str, City]
    positions: tuple[Position, ...]
    themes: Mapping[str, Theme]
    services: Mapping[str, Service]
    groupings: Mapping[str, Grouping]
    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    surveys: Mapping[str, Wave]
    budget_codes: BudgetCodes
    plan_rules: PlanRules
    names: Names

    def resolve(self, name: str, kind: Kind) -> str | None:
        """The id of the place of this kind that is called `name`: an id, a code, a name or an alias."""
        return self.names.resolve(name, kind)

    def nearest(self, name: str, kind: Kind) -> str | None:
        """The Turkish name of the place of this kind spelled most like `name`: for a suggestion only."""
        city_id = self.names.nearest(name, kind)
        return self.cities[city_id].name_tr if city_id else None

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of every registry table of the warehouse: table name -> rows of column -> value."""
        indicators = self.indicators.values()
        return {
            "mart.dim_city": [_row(city) for city in self.cities.values()],
            "mart.roster_position": [_row(position) for position in self.positions],
            "mart.dim_theme": [_row(theme) for theme in self.themes.values()],
            "mart.dim_service": [_row(service) for service in self.services.values()],
            "mart.dim_grouping": [_row(grouping) for grouping in self.groupings.values()],
            "mart.dim_budget_code": [_row(code) for code in self.budget_codes.codes],
            "mart.plan_band": [_row(band) for band in self.plan_rules.bands],
            "mart.dim_source": [_row(source) for source in self.sources.values()],
            "mart.dim_indicator": [_row(indicator) for indicator in indicators],
            "mart.dim_break": [
                {"indicator_id": one.indicator_id} | asdict(each) for one in indicators for each in one.breaks
            ],
            "mart.index_component": [
                {"index_id": one.indicator_id} | asdict(component) | {"sort_key": place}
                for one in indicators
                if one.index
                for place, component in enumerate(one.index.components, start=1)
            ],
        }


def load(folder: Path = FOLDER) -> Registry:
    """Read and check the whole registry; raises RegistryError carrying every fault found."""
    faults: list[Fault] = []
    known: dict[str, set[str]] = {}
    cities, positions, names = read_places(folder, faults)
    themes = _catalogue(folder, "themes", Theme, known, faults)
    services = _catalogue(folder, "services", Service, known, faults)
    groupings = _catalogue(folder, "groupings", Grouping, known, faults)
    sources = _catalogue(folder, "sources", Source, known, faults)
    indicators = read_indicators(folder, known, faults)
    surveys = read_surveys(folder, known | {"cities": set(cities)}, faults)
    check_wording(surveys, faults)
    budget_codes = read_budget_codes(folder, faults)
    plan_rules = read_plan_rules(folder, faults)
    _check_services(services, known["indicators"], set(budget_codes.named("functional")), faults)
    lead = RegistryFile("themes.yml", faults)
    for theme in themes:
        if theme.lead_indicator_id is not None and theme.lead_indicator_id not in known["indicators"]:
            lead.unknown_reference(theme.theme_id, theme.lead_indicator_id, known["indicators"])
    if faults:
        raise RegistryError(faults)
    return Registry(
        cities=cities,
        positions=positions,
        themes={each.theme_id: replace(each, sort_key=n) for n, each in enumerate(themes, start=1)},
        services={each.service_id: replace(each, sort_key=n) for n, each in enumerate(services, start=1)},
        groupings={each.grouping_id: replace(each, sort_key=n) for n, each in enumerate(groupings, start=1)},
        sources={each.source_id: each for each in sources},
        indicators=arranged(indicators, themes),
        surveys={each.wave_id: each for each in surveys},
        budget_codes=budget_codes,
        plan_rules=plan_rules,
        names=names,
    )


def declared_wave(path: Path, known: Registry) -> Wave:
    """The survey wave in one file, its cities and services held against `known`; raises RegistryError."""
    faults: list[Fault] = []
    wave = read_wave(path, {"cities": set(known.cities), "services": set(known.services)}, faults)
    if wave is None or faults:
        raise RegistryError(faults)
    return wave


def _check_services(
    services: list[Service], indicators: set[str], functions: set[str], faults: list[Fault]
) -> None:
    """What a service points to must exist; one that has a mirror needs a function to be seen in it."""
    file = RegistryFile("services.yml", faults)
    for one in services:
        for code in one.functions:
            if code not in functions:
                file.unknown_reference(f"{one.service_id}.functions", code, functions)
        if one.need_indicator_id is not None and one.need_indicator_id not in indicators:
            file.unknown_reference(f"{one.service_id}.need_indicator", one.need_indicator_id, indicators)
        if one.has_mirror and not one.functions:
            file.fault(f"{one.service_id}.functions", "registry_missing_key")


def _catalogue(
    folder: Path, stem: str, cls: type[Entry], known: dict[str, set[str]], faults: list[Fault]
) -> list[Entry]:
    file = RegistryFile(f"{stem}.yml", faults)
    found = list(file.entries(stem, file.sections(folder, (stem,)).get(stem)))
    entries = [file.entry(cls, raw, at) for at, raw in found]
    file.repeated_ids(stem, (raw.get("id") for _, raw in found))
    if not found:
        file.fault(stem, "registry_nothing_defined")
    known[stem] = file.ids
    return [entry for entry in entries if entry is not None]


def _row(entry: Any) -> dict[str, Any]:
    columns = (f.name for f in fields(entry) if f.metadata.get("column", True))
    values = ((name, getattr(entry, name)) for name in columns)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values}
