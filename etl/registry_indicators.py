"""Reads etl/registry/indicators/: one file an indicator, named after its id.

`defaults: <name>` takes what a file leaves out from _defaults/<name>.yml; a key in the file wins as a whole.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.errors import Fault
from etl.registry_entries import Indicator, Theme
from etl.registry_reader import RegistryFile, yaml_keys
from etl.turkish import search_key

_PERIOD = re.compile(r"\d{4}(-.+)?")
_REFERENCES = {"theme": "themes", "service": "services", "source": "sources"}


def read_indicators(folder: Path, known: dict[str, set[str]], faults: list[Fault]) -> list[Indicator]:
    """Read and check every indicator file; `known` are the ids of themes, services and sources."""
    paths = sorted((folder / "indicators").glob("*.yml"))
    known["indicators"] = {path.stem for path in paths}
    if not paths:
        RegistryFile("indicators/", faults).fault("", "registry_nothing_defined")
    defaults = _Defaults(folder, faults)
    indicators = [_read_indicator(path, defaults, known, faults) for path in paths]
    return [indicator for indicator in indicators if indicator is not None]


def arranged(indicators: Iterable[Indicator], themes: Iterable[Theme]) -> dict[str, Indicator]:
    """The indicators in the order of their themes, then of their `order`, with sort and search keys."""
    place = {theme.theme_id: (n, theme) for n, theme in enumerate(themes)}
    ordered = sorted(indicators, key=lambda one: (place[one.theme_id][0], one.order, one.indicator_id))
    return {
        one.indicator_id: replace(one, sort_key=n, search_key=_search_text(one, place[one.theme_id][1]))
        for n, one in enumerate(ordered, start=1)
    }


class _Defaults:
    """The files of _defaults/, each read once."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self._folder = folder
        self._faults = faults
        self._read: dict[str, Mapping[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        if name not in self._read:
            file = RegistryFile(f"indicators/_defaults/{name}.yml", self._faults)
            self._read[name] = file.sections(self._folder, yaml_keys(Indicator))
        return self._read[name]


def _read_indicator(
    path: Path, defaults: _Defaults, known: Mapping[str, set[str]], faults: list[Fault]
) -> Indicator | None:
    file = RegistryFile(f"indicators/{path.name}", faults)
    raw = file.content(path)
    if isinstance(raw, dict):
        own = {key: value for key, value in raw.items() if key != "defaults"}
        raw = {**defaults[str(raw["defaults"])], **own} if "defaults" in raw else own
        raw["periods"] = _expanded(raw.get("periods"))
        _check_references(file, path.stem, raw, known)
    elif raw is None:
        return None
    indicator = file.entry(Indicator, raw)
    if indicator is None:
        return None
    for period in indicator.periods:
        if not _PERIOD.fullmatch(period):
            file.fault("periods", "registry_bad_period", period)
    if not indicator.periods:
        file.fault("periods", "registry_nothing_defined")
        return None
    file.repeated_ids("periods", indicator.periods)
    file.repeated_ids("breaks", (each.year for each in indicator.breaks))
    periods = tuple(sorted(indicator.periods))
    return replace(indicator, periods=periods, first_period=periods[0], last_period=periods[-1])


def _check_references(
    file: RegistryFile, stem: str, raw: Mapping[str, Any], known: Mapping[str, set[str]]
) -> None:
    if raw.get("id", stem) != stem:
        file.fault("id", "registry_id_not_stem", raw["id"], stem=stem)
    for key, catalogue in _REFERENCES.items():
        if isinstance(raw.get(key), str) and raw[key] not in known[catalogue]:
            file.unknown_reference(key, raw[key], known[catalogue])
    index = raw.get("index")
    listed = index.get("components") if isinstance(index, dict) else None
    listed = listed if isinstance(listed, list) else []
    components = [each.get("id") for each in listed if isinstance(each, dict)]
    for component in components:
        if isinstance(component, str) and component not in known["indicators"] - {stem}:
            file.unknown_reference("index.components", component, known["indicators"] - {stem})
    file.repeated_ids("index.components", components)


def _expanded(periods: Any) -> Any:
    """`{first: 2007, last: 2025}` as the list of its years, and years of a list as texts."""
    if isinstance(periods, dict) and all(isinstance(periods.get(key), int) for key in ("first", "last")):
        periods = list(range(periods["first"], periods["last"] + 1))
    if not isinstance(periods, list):
        return periods
    return [str(period) if isinstance(period, int) else period for period in periods]


def _search_text(indicator: Indicator, theme: Theme) -> str:
    texts = (
        indicator.label_tr,
        indicator.label_en,
        indicator.short_label_tr,
        indicator.short_label_en,
        theme.label_tr,
        theme.label_en,
        *indicator.synonyms,
    )
    return search_key(" ".join(dict.fromkeys(texts)))
