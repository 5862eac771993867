"""Reads budget_codes.yml and plans.yml: the budget classification, and how plan realisation is told.

A code below the named ones is no fault of a file: it belongs to the longest named code it begins with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args, get_type_hints

from etl.errors import Fault
from etl.registry_entries import Band, BudgetCode
from etl.registry_reader import RegistryFile

UNCLASSIFIED = "unclassified"
SECTIONS: tuple[str, ...] = get_args(get_type_hints(BudgetCode)["classification"])


@dataclass(frozen=True)
class BudgetCodes:
    """Every named code of every classification, in the order of the file."""

    codes: tuple[BudgetCode, ...]

    def named(self, classification: str) -> Mapping[str, BudgetCode]:
        """Code -> entry of one classification, unclassified among them."""
        return {one.code: one for one in self.codes if one.classification == classification}


@dataclass(frozen=True)
class PlanRules:
    """Bands, best first; `coverage_floor` 0..1; `pace_tolerance` in percentage points.

    From `overachieved_from` per cent on a result has to be explained as one below the target has.
    """

    bands: tuple[Band, ...]
    coverage_floor: float
    pace_tolerance: float
    overachieved_from: float


# The least and the most that each number of plans.yml may be.
RANGES = {"coverage_floor": (0.0, 1.0), "pace_tolerance": (0.0, 100.0), "overachieved_from": (100.0, 1000.0)}


def read_budget_codes(folder: Path, faults: list[Fault]) -> BudgetCodes:
    """The classification; every classification must have its catch-all."""
    file = RegistryFile("budget_codes.yml", faults)
    content = file.sections(folder, SECTIONS)
    found: list[BudgetCode] = []
    for section in SECTIONS:
        declared = content.get(section)
        if not isinstance(declared, dict) or UNCLASSIFIED not in declared:
            file.fault(f"{section}.{UNCLASSIFIED}", "registry_missing_key")
            continue
        for code, label in declared.items():
            raw = {"classification": section, "code": code, "label": label}
            if entry := file.entry(BudgetCode, raw, f"{section}.{code}"):
                parent = code.rpartition(".")[0] or None
                if parent and parent not in declared:
                    file.unknown_reference(f"{section}.{code}", parent, declared)
                found.append(
                    replace(entry, parent=parent, level=code.count(".") + 1, sort_key=len(found) + 1)
                )
    return BudgetCodes(tuple(found))


def read_plan_rules(folder: Path, faults: list[Fault]) -> PlanRules:
    """The bands in falling order, and the numbers of RANGES."""
    file = RegistryFile("plans.yml", faults)
    content = file.sections(folder, ("bands", *RANGES))
    bands = [file.entry(Band, raw, at) for at, raw in file.entries("bands", content.get("bands"))]
    known = [replace(one, sort_key=n) for n, one in enumerate(filter(None, bands), start=1)]
    if not known or known[-1].lowest != 0 or known != sorted(known, key=lambda one: -one.lowest):
        file.fault("bands", "registry_bands_order")
    numbers = {}
    for key, (least, most) in RANGES.items():
        value = content.get(key)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= float(value) <= most:  # type: ignore[arg-type]
            file.fault(key, "registry_wrong_type", value, expected=f"{least:g} … {most:g}")
        numbers[key] = float(value) if is_number else least  # type: ignore[arg-type]
    return PlanRules(tuple(known), **numbers)
