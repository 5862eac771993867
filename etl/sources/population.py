"""District populations as MEDAS exports them; a municipality is found by the district's code, never its name.

The Merkez district of a province is not the municipality of the same name: it has villages too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.registry import Registry
from etl.sources.contract import Record, Report
from etl.sources.layout import Layout
from etl.sources.observation import Observation, Submission

INDICATOR = "population"
DISTRICT = re.compile(r"(?P<province>[^()]+)\((?P<district>[^()]+)\)-(?P<code>\d+)")


def observations(
    rows: Iterable[Record], layout: Layout, submission: Submission, registry: Registry, report: Report
) -> Iterator[Observation]:
    """The population of every province and of each district in the roster, for the submission's period.

    Districts outside the roster count in their province. Where the submission declares a control total, the
    sum of all districts must equal it.
    """
    period = submission.period or ""
    seen: dict[str, int] = {}
    provinces: dict[str, tuple[int, float]] = {}
    total = 0.0
    for record in rows:
        found = DISTRICT.fullmatch(record.texts["district"])
        people = record.numbers["population"]
        if found is None or people is None:
            rule = "cell_empty" if found else "district_unreadable"
            report.add(rule, record.row, value=record.texts["district"])
            continue
        if (first := seen.setdefault(found["code"], record.row)) != record.row:
            report.add("duplicate_key", record.row, value=found["code"], first=first)
            continue
        total += people.value
        if (province_id := province_of(found["province"], registry, record.row, report)) is not None:
            first_row, so_far = provinces.get(province_id, (record.row, 0.0))
            provinces[province_id] = first_row, so_far + people.value
        if city_id := registry.resolve(found["code"], "municipality"):
            yield observation(city_id, period, people.value, record.row)
    expected = submission.control_total
    if expected is not None and total != expected:
        report.add("total_wrong", value=f"{total:.0f}", expected=f"{expected:.0f}")
    for province_id, (row, people_there) in provinces.items():
        yield observation(province_id, period, people_there, row)


def province_of(name: str, registry: Registry, row: int, report: Report) -> str | None:
    """The id of the province called ``name``; a fault with the nearest name where none is."""
    province_id = registry.resolve(name, "province")
    if province_id is None:
        report.add("unknown_place", row, "district", name, nearest=registry.nearest(name, "province") or "—")
    return province_id


def observation(place_id: str, period: str, people: float, row: int) -> Observation:
    """One measured population."""
    return Observation(
        place_id, INDICATOR, period, "total", people, None, None, None, None, "measured", row, INDICATOR
    )
