"""What is worth telling of a budget that is in order: what it adds up to, what has no class, what was left out."""

from __future__ import annotations

import math

from etl.errors import Sentence, sentence
from etl.registry import Registry
from etl.sources.observation import Reading
from etl.sources.spending_sums import Group, Line, lira
from etl.sources.spending_told import MEASURES


def tell(found: list[Line], left_out: int, reading: Reading) -> None:
    """Add the notes on the lines of one file to its report."""
    notes = reading.report.notes
    if left_out:
        notes.append(sentence("lines_left_out", count=left_out))
    named = {
        kind: set(reading.registry.budget_codes.named(kind)) for kind in ("functional", "economic", "revenue")
    }
    is_classified = reading.layout.is_classified
    rows = {line.row for line in found if not is_classified or is_unclassified(line, named)}
    if rows:
        notes.append(sentence("lines_unclassified", count=len(rows), row=min(rows)))
    groups: dict[Group, list[Line]] = {}
    for line in found:
        groups.setdefault(line.group, []).append(line)
    for lines in groups.values():
        if other := next((line.row for line in lines if line.scale != lines[0].scale), None):
            notes.append(sentence("units_mixed", first=lines[0].row, row=other))
    if reading.report.faults:  # what a faulty file adds up to is nothing to go by
        return
    notes += [total_of(group, lines, reading.registry) for group, lines in groups.items()]


def is_unclassified(line: Line, named: dict[str, set[str]]) -> bool:
    """Whether the function or the economic class of a line is none of the classification."""
    economic, function = line.codes.economic.partition(".")[0], line.codes.functional.partition(".")[0]
    if line.group.side == "revenue":
        return economic not in named["revenue"]
    return economic not in named["economic"] or function not in named["functional"]


def total_of(group: Group, lines: list[Line], registry: Registry) -> Sentence:
    """What the lines of one city, year, kind of body and side add up to, measure by measure."""
    city = registry.cities[group.city_id]
    told = []
    for measure in MEASURES:
        if any(line.has(measure) for line in lines):
            amount = lira(math.fsum(line.signed(measure) for line in lines))
            told.append(sentence(f"total_of_{group.side}_{measure}", amount=amount))
    return sentence(
        "total_of",
        city=Sentence(city.name_tr, city.name_en),
        year=group.year,
        entity=sentence(f"entity_{group.entity}"),
        side=sentence(f"side_{group.side}"),
        amounts=Sentence("; ".join(one.tr for one in told), "; ".join(one.en for one in told)),
        count=len(lines),
    )
