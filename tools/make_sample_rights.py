"""Writes data/sample/rights_2026.csv: made-up municipal returns of human rights indicators, the same on every run.

Every row says that it is synthetic, and the manifest gives the file the synthetic source.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

from etl import registry
from etl.registry_entries import Indicator

OUTPUT = Path(__file__).resolve().parents[1] / "data" / "sample" / "rights_2026.csv"
MADE_UP = "SENTETİK / SYNTHETIC (Kent Karnesi)"
SEED, RETURNS, ROW_MISSING = 2026, 14, 0.06
YES = 0.55
# Lowest and highest made-up value of what is no yes or no; by indicator.
RANGES = {
    "rights_accessible_buses": (45, 100),
    "rights_information_answered": (60, 99),
    "rights_council_opinions": (0, 80),
    "rights_women_council": (8, 34),
    "rights_childcare_places": (0.5, 6),
    "rights_disabled_staff": (2, 5),
}


def main() -> None:
    """Fourteen of the named pilots have a return, now and then without an indicator; the others have none."""
    known, chance = registry.load(), random.Random(SEED)
    pilots = [one.city_id for one in known.positions if one.city_id]
    asked = [one for one in known.indicators.values() if one.rights_measure]
    with OUTPUT.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["place", "indicator", "period", "value", "note"])
        for city_id in sorted(chance.sample(pilots, RETURNS)):
            legal_type = known.cities[city_id].legal_type
            for one in asked:
                value, is_missing = made_up(one, chance), chance.random() < ROW_MISSING
                if legal_type in one.applicable_types and not is_missing:
                    writer.writerow([city_id, one.indicator_id, one.last_period, value, MADE_UP])


def made_up(indicator: Indicator, chance: random.Random) -> str:
    """A value as a form would have it."""
    if indicator.kind == "yes_no":
        return "evet" if chance.random() < YES else "hayır"
    low, high = RANGES[indicator.indicator_id]
    return f"{chance.uniform(low, high):.{indicator.decimals}f}"


if __name__ == "__main__":
    main()
