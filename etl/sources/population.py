"""District populations as MEDAS exports them; a municipality is found by the district's code, never its name.

The Merkez district of a province is not the municipality of the same name: it has villages too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.sources.contract import Record
from etl.sources.observation import Observation, Reading

INDICATOR = "population"
DISTRICT = re.compile(r"(?P<province>[^()]+)\((?P<district>[^()]+)\)-(?P<code>\d+)")


class District(NamedTuple):
    """One line of the export."""

    row: int
    province_id: str
    code: str
    people: float


def observations(rows: Iterable[Record], reading: Reading) -> Iterator[Observation]:
    """The population of every province and of each district in the roster, for the submission's period.

    Districts outside the roster count in their province. A faulty line makes a province's sum wrong, so one
    refuses the file; so does a sum of all districts that is not the declared control total.
    """
    report, period = reading.report, reading.submission.period or ""
    if period not in reading.registry.indicators[INDICATOR].periods:
        report.add("period_untold", value=period or None)
    districts = list(read_districts(rows, reading))
    total, expected = sum(one.people for one in districts), reading.submission.control_total
    if report.faulty_rows:
        report.add("sums_incomplete", value=len(report.faulty_rows))
    elif expected is not None and total != expected:
        report.add("total_wrong", value=f"{total:.0f}", expected=f"{expected:.0f}")
    provinces: dict[str, District] = {}
    for one in districts:
        first = provinces.get(one.province_id, one._replace(people=0.0))
        provinces[one.province_id] = first._replace(people=first.people + one.people)
        if city_id := reading.registry.resolve(one.code, "municipality"):
            yield observation(city_id, period, one)
    for province_id, summed in provinces.items():
        yield observation(province_id, period, summed)


def read_districts(rows: Iterable[Record], reading: Reading) -> Iterator[District]:
    """The lines that can be used; every other is reported."""
    report, seen = reading.report, dict[str, int]()
    for record in rows:
        spelled, number = record.texts["district"], record.numbers["population"]
        found = DISTRICT.fullmatch(spelled)
        province_id = reading.registry.resolve(found["province"], "province") if found else None
        if found is None:
            report.add("district_unreadable", record.row, "district", spelled)
        elif province_id is None:
            nearest = reading.registry.nearest(found["province"], "province") or "—"
            report.add("unknown_place", record.row, "district", found["province"], nearest=nearest)
        elif (first := seen.setdefault(found["code"], record.row)) != record.row:
            report.add("duplicate_key", record.row, "district", spelled, first=first)
        elif number is None:
            if not record.is_faulty:
                report.add("cell_empty", record.row, "population")
        elif number.value < 0 or not number.value.is_integer():
            report.add("out_of_range", record.row, "population", f"{number.value:g}", low="0", high="∞")
        else:
            yield District(record.row, province_id, found["code"], number.value)


def observation(place_id: str, period: str, counted: District) -> Observation:
    """One measured population, told by the (first) line it stands in."""
    nothing = (None, None, None, None)
    return Observation(
        place_id, INDICATOR, period, "total", counted.people, *nothing, "measured", counted.row, INDICATOR
    )
