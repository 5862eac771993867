"""A synthetic roster of any size: municipalities, indicators and figures that nobody published.

Everything it adds is named and flagged as synthetic. It stands on the shipped registry and data, so that what
is built from it has the real provinces, themes and published figures beside the invented ones.
"""

from __future__ import annotations

import csv
import random
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from etl.build import Built, Request, build

ROOT = Path(__file__).resolve().parents[1]
SHIPPED_DATA = ROOT / "data" / "official"
SHIPPED_REGISTRY = ROOT / "etl" / "registry"
SOURCE = "synthetic_survey"
PERIODS = ("2022", "2023", "2024", "2025")
AS_OF = date(2026, 11, 22)
LEGAL_TYPES = ("metropolitan", "provincial", "district", "district", "district")
# kind, unit symbol, decimals, direction, average method, typical value, spread between places
INDICATORS: dict[str, tuple[str, str, int, str, str, float, float]] = {
    "synthetic_satisfaction_parks": ("share", "%", 1, "higher", "population_weighted", 62, 12),
    "synthetic_satisfaction_roads": ("share", "%", 1, "higher", "population_weighted", 48, 14),
    "synthetic_satisfaction_lighting": ("share", "%", 1, "higher", "population_weighted", 66, 10),
    "synthetic_satisfaction_water": ("share", "%", 1, "higher", "unweighted", 71, 9),
    "synthetic_satisfaction_information": ("share", "%", 1, "higher", "unweighted", 44, 13),
    "synthetic_complaints_open": ("share", "%", 1, "lower", "unweighted", 23, 8),
    "synthetic_response_days": ("rate", "", 1, "lower", "unweighted", 9, 4),
    "synthetic_green_area": ("rate", "m²", 1, "higher", "population_weighted", 11, 5),
    "synthetic_council_meetings": ("count", "", 0, "higher", "sum", 14, 6),
    "synthetic_staff": ("count", "", 0, "contextual", "sum", 900, 400),
    "synthetic_spending_per_person": ("amount", "₺", 0, "contextual", "population_weighted", 8200, 2400),
    "synthetic_governance_score": ("score", "", 2, "higher", "unweighted", 5.6, 1.4),
}
SURVEYED = tuple(name for name in INDICATORS if "satisfaction" in name)


@dataclass(frozen=True)
class Roster:
    """Where a written roster lies: what ``karne build --registry … --data …`` needs."""

    registry: Path
    data: tuple[Path, ...]


def write_roster(folder: Path, municipalities: int = 1400) -> Roster:
    """Write a registry with that many synthetic municipalities and their figures under ``folder``."""
    registry, data = folder / "registry", folder / "synthetic"
    shutil.copytree(SHIPPED_REGISTRY, registry)
    data.mkdir()
    cities = yaml.safe_load((registry / "cities.yml").read_text(encoding="utf-8"))
    provinces = [f"tr-{plate:02d}" for plate in range(1, 82)]
    added = [municipality(number, provinces) for number in range(1, municipalities + 1)]
    cities["others"] = [*(cities.get("others") or []), *added]
    write_yaml(registry / "cities.yml", cities)
    sources = yaml.safe_load((registry / "sources.yml").read_text(encoding="utf-8"))
    sources["sources"].append(synthetic_source())
    write_yaml(registry / "sources.yml", sources)
    for order, name in enumerate(INDICATORS):
        write_yaml(registry / "indicators" / f"{name}.yml", indicator(name, order))
    write_figures(data / "figures.csv", [entry["id"] for entry in added])
    write_yaml(data / "manifest.yml", {"files": {"figures.csv": {"source": SOURCE, "layout": "tidy"}}})
    shipped = (SHIPPED_DATA,) if SHIPPED_DATA.is_dir() else ()
    return Roster(registry, (*shipped, data))


def build_roster(folder: Path, municipalities: int = 1400) -> Built:
    """Write a roster under ``folder`` and build it into ``folder/var``."""
    roster = write_roster(folder, municipalities)
    request = Request(data=roster.data, registry=roster.registry, var=folder / "var", as_of=AS_OF)
    return build(request, say=lambda _: None)


def municipality(number: int, provinces: list[str]) -> dict[str, Any]:
    """One synthetic municipality; they go round the provinces."""
    name = f"Belediye {number:04d}"
    return {
        "id": f"belediye-{number:04d}",
        "name": {"tr": name, "en": f"Municipality {number:04d}"},
        "province": provinces[(number - 1) % len(provinces)],
        "legal_type": LEGAL_TYPES[number % len(LEGAL_TYPES)],
        "role": "member",
    }


def write_figures(path: Path, places: list[str]) -> None:
    """A tidy table: every place and period, some suppressed, provisional or never collected."""
    chance = random.Random(20261122)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        header = ["place", "indicator", "period", "value", "lower", "upper", "n", "n_effective", "status"]
        writer.writerow(header)
        for place in places:
            for name in INDICATORS:
                level = chance.gauss(0, 1)
                for step, period in enumerate(PERIODS):
                    cells = figure(name, level + 0.15 * step, period, chance)
                    if cells is not None:
                        writer.writerow([place, name, period, *cells])


def figure(name: str, level: float, period: str, chance: random.Random) -> list[Any] | None:
    """value, lower, upper, n, n_effective, status of one cell; None for a row that never arrived."""
    kind, _, decimals, _, _, typical, spread = INDICATORS[name]
    draw = chance.random()
    if draw < 0.05:
        return None
    if draw < 0.08:
        return ["", "", "", chance.randint(3, 9), "", "suppressed"]
    if draw < 0.10:
        return ["", "", "", "", "", "not_collected"]
    value = round(max(0.0, typical + spread * level), decimals)
    value = min(value, 100.0) if kind == "share" else value
    status = "provisional" if period == PERIODS[-1] else "measured"
    if name not in SURVEYED:
        return [value, "", "", "", "", status]
    n = chance.randint(20, 900)
    half = 196 * (max(value, 1) / 100 * (1 - min(value, 99) / 100) / (n / 1.8)) ** 0.5
    status = "low_reliability" if n < 30 else status
    return [
        value,
        round(max(0, value - half), 1),
        round(min(100, value + half), 1),
        n,
        round(n / 1.8, 1),
        status,
    ]


def indicator(name: str, order: int) -> dict[str, Any]:
    """The registry file of one synthetic indicator."""
    kind, symbol, decimals, direction, average, *_ = INDICATORS[name]
    words = name.removeprefix("synthetic_").replace("_", " ")
    label = {"tr": f"Sentetik: {words}", "en": f"Synthetic: {words}"}
    text = {"tr": "Deneme için üretilmiş değer.", "en": "A value made up for testing."}
    return {
        "id": name, "theme": "participation", "component": "report_card", "kind": kind,
        "label": label, "short_label": label, "summary": text, "reading": text,
        "key_points": {"tr": [text["tr"]], "en": [text["en"]]},
        "unit": {"tr": symbol or "sayı", "en": symbol or "number"},
        "unit_symbol": symbol, "decimals": decimals,
        "direction": direction, "average_method": average, "geo_level": "municipality",
        "applicable_types": ["metropolitan", "provincial", "district"], "time_type": "year",
        "periods": list(PERIODS), "uncertainty": text, "suppression_min_n": 10, "suppression": text,
        "source": SOURCE, "source_table": "—", "cadence": "yearly", "last_update": date(2026, 2, 1),
        "next_update": date(2027, 2, 1), "processing_level": "none", "processing_note": text,
        "responsible": text, "state": "published", "order": 900 + order,
    }  # fmt: skip


def synthetic_source() -> dict[str, Any]:
    """The source of every figure made up here."""
    made_up = {"tr": "Sentetik deneme verisi", "en": "Synthetic test data"}
    return {
        "id": SOURCE, "producer": made_up, "title": made_up, "citation": made_up, "short": made_up,
        "licence": made_up, "redistribution": made_up, "synthetic": True,
    }  # fmt: skip


def write_yaml(path: Path, content: dict[str, Any]) -> None:
    """Write ``content`` as readable YAML."""
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
