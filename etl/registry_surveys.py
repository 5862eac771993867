"""Reads etl/registry/surveys/: one file a wave, named after its id, checked as a whole.

What a file may leave out it leaves out in the open: a scale, a satisfied code or a direction is never assumed.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from etl.errors import Fault
from etl.registry_reader import RegistryFile
from etl.survey_entries import Group, Item, Margin, Scale, Wave

CODE_KEYS = (
    "id", "code", "codes", "refused", "not_stated", "version", "questionnaire", "reference", "categories",
)  # fmt: skip
RESERVED = (
    "wave", "city", "stratum", "psu", "stratum_psu_total", "respondent_id", "weight",
    "all", "line", "psu_id", "psu_total", "stratum_id", "group_var", "group", "item", "sums",
)  # fmt: skip
"""The columns of every wave's table and of its estimation; no item and no grouping may be called so."""
NUMBERED = re.compile(r"q[0-9]+")
"""What the estimation calls items; no grouping may be called so."""


def read_surveys(folder: Path, known: Mapping[str, Collection[str]], faults: list[Fault]) -> list[Wave]:
    """Read and check every wave file of `folder`/surveys; `known` are the ids of cities and services."""
    paths = sorted((folder / "surveys").glob("*.yml"))
    waves = [read_wave(path, known, faults) for path in paths]
    return [wave for wave in waves if wave is not None]


def read_wave(path: Path, known: Mapping[str, Collection[str]], faults: list[Fault]) -> Wave | None:
    """The wave in one file, None when it has a fault; all its faults are noted in `faults`."""
    file = RegistryFile(f"surveys/{path.name}", faults)
    raw = file.content(path)
    if raw is None:
        return None
    before = len(faults)
    wave = file.entry(Wave, _spelled(raw))
    if isinstance(raw, dict) and raw.get("id", path.stem) != path.stem:
        file.fault("id", "registry_id_not_stem", raw["id"], stem=path.stem)
    if wave is None:
        return None
    _check_wave(file, wave, known)
    _check_names(file, wave)
    for scale in wave.scales:
        _check_scale(file, scale)
    for item in wave.items:
        _check_item(file, item, wave, known)
    for group in wave.groups:
        _check_group(file, group)
    if wave.calibration is not None:
        _check_calibration(file, wave, wave.calibration.margins)
    return wave if len(faults) == before else None


def _check_wave(file: RegistryFile, wave: Wave, known: Mapping[str, Collection[str]]) -> None:
    if (wave.city_id is None) == (wave.city_column is None):
        file.fault("city", "survey_one_city")
    if wave.city_id is not None and wave.city_id not in known["cities"]:
        file.unknown_reference("city", wave.city_id, known["cities"])
    if wave.city_column is not None:
        _at_least_one(file, "city_column.codes", wave.city_column.codes)
        file.repeated_ids("city_column.codes", (each.code for each in wave.city_column.codes))
        for each in wave.city_column.codes:
            if each.city_id not in known["cities"]:
                file.unknown_reference(f"city_column.codes.{each.code}", each.city_id, known["cities"])
    if days := wave.fieldwork:
        if days.end < days.start:
            file.fault("fieldwork.end", "survey_order", days.end, first=days.start)
        elif not days.start.year <= wave.year <= days.end.year:
            file.fault("year", "survey_year", wave.year, first=days.start, last=days.end)
    if wave.design.psu_total and not wave.design.psu:
        file.fault("design.psu_total", "survey_total_without_psu", wave.design.psu_total)
    if wave.encoding is not None and not _is_encoding(wave.encoding):
        file.fault("encoding", "survey_encoding", wave.encoding)


def _check_names(file: RegistryFile, wave: Wave) -> None:
    _at_least_one(file, "scales", wave.scales)
    _at_least_one(file, "items", wave.items)
    items, groups = [one.item_id for one in wave.items], [one.group_id for one in wave.groups]
    file.repeated_ids("scales", (one.scale_id for one in wave.scales))
    file.repeated_ids("items", [*items, *groups])
    for name in {*items, *groups} & {*RESERVED} | {name for name in groups if NUMBERED.fullmatch(name)}:
        file.fault(name, "survey_reserved", name)
    columns = [one.column for one in wave.items]
    for column in sorted({one for one in columns if columns.count(one) > 1}):
        file.fault("items", "survey_column_twice", column)
    split = [one.column for one in wave.groups]
    for column in sorted({one for one in split if split.count(one) > 1}):
        file.fault("groups", "survey_split_twice", column)
    _check_crossed(file, wave)


def _check_crossed(file: RegistryFile, wave: Wave) -> None:
    groups = {one.group_id for one in wave.groups}
    seen: set[frozenset[str]] = set()
    for number, pair in enumerate(wave.crossed, start=1):
        for name, group_id in (("first", pair.first), ("second", pair.second)):
            if group_id not in groups:
                file.unknown_reference(f"crossed.{number}.{name}", group_id, groups)
        both = frozenset((pair.first, pair.second))
        if len(both) < 2 or both in seen:
            file.fault(f"crossed.{number}", "survey_crossed_twice", pair.group_var)
        seen.add(both)


def _check_scale(file: RegistryFile, scale: Scale) -> None:
    at = f"scales.{scale.scale_id}"
    points = range(scale.lowest, scale.highest + 1)
    if len(points) < 2:
        file.fault(f"{at}.highest", "survey_order", scale.highest, first=scale.lowest)
        return
    best = scale.highest if scale.direction == "higher" else scale.lowest
    _at_least_one(file, f"{at}.satisfied", scale.satisfied)
    for code in scale.satisfied:
        if code not in points:
            file.fault(f"{at}.satisfied", "survey_off_scale", code, low=scale.lowest, high=scale.highest)
    if scale.satisfied and best not in scale.satisfied:
        file.fault(f"{at}.satisfied", "survey_wrong_end", best, direction=scale.direction)
    for name in ("no_opinion", "refused"):
        for code in getattr(scale, name):
            if str(code) in map(str, points):
                file.fault(f"{at}.{name}", "survey_on_scale", code, low=scale.lowest, high=scale.highest)
    file.repeated_ids(at, [*map(str, scale.no_opinion), *scale.refused])


def _check_item(file: RegistryFile, item: Item, wave: Wave, known: Mapping[str, Collection[str]]) -> None:
    scales = [one.scale_id for one in wave.scales]
    if item.scale_id not in scales:
        file.unknown_reference(f"items.{item.item_id}.scale", item.scale_id, scales)
    if item.service_id is not None and item.service_id not in known["services"]:
        file.unknown_reference(f"items.{item.item_id}.service", item.service_id, known["services"])
    if item.asked is not None:
        _at_least_one(file, f"items.{item.item_id}.asked.codes", item.asked.codes)


def _check_group(file: RegistryFile, group: Group) -> None:
    at = f"groups.{group.group_id}"
    names = [one.category_id for one in group.categories]
    _at_least_one(file, f"{at}.categories", group.categories)
    file.repeated_ids(f"{at}.categories", names)
    file.repeated_ids(at, [*(code for one in group.categories for code in one.codes), *group.not_stated])
    ranges = []
    for one in group.categories:
        spans = one.lowest is not None and one.highest is not None
        if spans == bool(one.codes) or (one.lowest is None) != (one.highest is None):
            file.fault(f"{at}.categories.{one.category_id}", "survey_category")
        elif one.lowest is not None and one.highest is not None:
            ranges.append((one.lowest, one.highest, one.category_id))
    ranges.sort()
    for (_, end, _), (start, _, name) in pairwise(ranges):
        if start <= end:
            file.fault(f"{at}.categories.{name}", "survey_order", start, first=end)
    if group.reference is not None and group.reference not in names:
        file.unknown_reference(f"{at}.reference", group.reference, names)


def _check_calibration(file: RegistryFile, wave: Wave, margins: tuple[Margin, ...]) -> None:
    at = "calibration.margins"
    _at_least_one(file, at, margins)
    asked = {each.city_id for each in wave.city_column.codes} if wave.city_column else {wave.city_id} - {None}
    totals: dict[str, int] = {}
    for place, margin in enumerate(margins):
        _check_margin(file, f"{at}[{place}]", wave, margin)
        counted: Counter[str] = Counter()
        for one in margin.people:
            counted[one.city_id] += one.population
        for city in sorted(map(str, asked)):
            if counted[city] <= 0:
                file.fault(f"{at}[{place}].people", "survey_margin_empty", city)
            elif totals.setdefault(city, counted[city]) != counted[city]:
                file.fault(
                    f"{at}[{place}].people",
                    "survey_margin_total",
                    counted[city],
                    city=city,
                    first=totals[city],
                )
        for city in sorted(counted.keys() - asked):
            file.unknown_reference(f"{at}[{place}].people", city, map(str, asked))


def _check_margin(file: RegistryFile, at: str, wave: Wave, margin: Margin) -> None:
    groups = {group.group_id: [one.category_id for one in group.categories] for group in wave.groups}
    _at_least_one(file, f"{at}.groups", margin.groups)
    file.repeated_ids(f"{at}.groups", margin.groups)
    for name in margin.groups:
        if name not in groups:
            file.unknown_reference(f"{at}.groups", name, groups)
    file.repeated_ids(f"{at}.people", (", ".join((one.city_id, *one.categories)) for one in margin.people))
    for place, one in enumerate(margin.people):
        if one.population < 0:
            file.fault(f"{at}.people[{place}].population", "survey_margin_negative", one.population)
        if len(one.categories) != len(margin.groups):
            file.fault(
                f"{at}.people[{place}].categories", "survey_margin_width", groups=", ".join(margin.groups)
            )
            continue
        for category, name in zip(one.categories, margin.groups, strict=True):
            if name in groups and category not in groups[name]:
                file.unknown_reference(f"{at}.people[{place}].categories", category, groups[name])


def _at_least_one(file: RegistryFile, at: str, entries: Iterable[object]) -> None:
    if not tuple(entries):
        file.fault(at, "registry_nothing_defined")


def _is_encoding(name: str) -> bool:
    try:
        return "a".encode(name) == b"a"
    except (LookupError, ValueError):
        return False


def _spelled(raw: Any, is_code: bool = False) -> Any:
    """What was read, with numbers that are codes or names spelled as texts: `codes: [1, K]` is `["1", "K"]`."""
    if isinstance(raw, dict):
        return {key: _spelled(value, key in CODE_KEYS) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_spelled(value, is_code) for value in raw]
    if not is_code or isinstance(raw, bool) or not isinstance(raw, int | float):
        return raw
    return str(int(raw)) if raw == int(raw) else repr(raw)
