"""Made-up budgets of a municipality: lines by year, entity and code, drawn from a seed and its place in the roster.

The size of a budget comes from people and a drawn amount per head, or from a drawn size where nobody counts the
municipality's people; prices follow the consumer price index. Nothing comes from a real budget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

# Function (level IV), unit of the municipality (institutional IV), share in a municipality's budget.
FUNCTIONS = (
    ("01.1.1.00", "02", 0.07), ("01.3.9.00", "10", 0.17), ("03.2.0.00", "16", 0.03), ("04.5.1.00", "30", 0.15),
    ("05.1.0.00", "32", 0.14), ("05.2.0.00", "30", 0.02), ("05.6.0.00", "33", 0.02), ("06.2.0.00", "34", 0.14),
    ("06.3.0.00", "30", 0.03), ("06.4.0.00", "30", 0.02), ("08.1.0.00", "33", 0.07), ("08.2.0.00", "36", 0.06),
    ("09.6.0.00", "36", 0.01), ("10.4.0.00", "37", 0.04), ("10.7.0.00", "37", 0.03),
)  # fmt: skip
UTILITY_FUNCTIONS = (("01.3.9.00", "10", 0.1), ("05.2.0.00", "20", 0.38), ("06.3.0.00", "21", 0.52))
COMPANY_FUNCTIONS = (("04.5.2.00", "01", 0.7), ("08.2.0.00", "02", 0.3))
# Economic code (level IV), what the line is called, share within a function.
ECONOMIC = (
    ("01.1.1.01", "Memurlar, temel maaşlar", 0.11), ("01.3.1.01", "Sürekli işçiler, ücretler", 0.07),
    ("02.3.4.01", "Sosyal güvenlik prim ödemeleri", 0.03), ("03.2.3.01", "Enerji alımları", 0.09),
    ("03.5.1.90", "Hizmet alımları", 0.33), ("05.4.2.01", "Hane halkına yardımlar", 0.02),
    ("05.8.9.01", "Paylar ve diğer transferler", 0.03), ("06.5.7.01", "Gayrimenkul sermaye üretimi", 0.27),
    ("07.1.9.01", "Sermaye transferleri", 0.05),
)  # fmt: skip
INTEREST = ("04.2.9.01", "İç borç faiz giderleri", 0.12)
# Revenue code, what it is called, share, how much of what is accrued is collected.
REVENUE = (
    ("01.2.9.51", "Bina ve arsa vergileri", 0.09, 0.78), ("03.1.2.04", "Mal ve hizmet satışları", 0.12, 0.85),
    ("04.4.1.01", "Bağış ve yardımlar", 0.02, 1.0),
    ("05.2.2.51", "Merkezi idare vergi gelirlerinden paylar", 0.58, 1.0),
    ("05.9.1.99", "Diğer çeşitli gelirler", 0.09, 0.66), ("06.1.4.01", "Taşınmaz satışları", 0.1, 0.9),
    ("09.1.1.01", "Red ve iadeler", 0.008, 1.0),
)  # fmt: skip
PER_HEAD = {"metropolitan": (5_000, 11_000), "district": (4_000, 7_500)}
"""Lowest and highest drawn amount a head, in TRY of the base year."""
SIZE = (4.5e8, 1.4e9)
"""Lowest and highest drawn budget where people are not counted, in TRY of the base year."""
BASE_YEAR = 2024
MARK = " (sentetik)"
"""Every line says that it is made up, whatever becomes of its file."""


class Line(NamedTuple):
    """One budget line; amounts in TRY, None where the year has no such measure yet."""

    year: int
    entity: str
    side: str
    institutional: str
    functional: str
    economic: str
    label: str
    initial: float
    appropriation: float | None
    accrued: float | None
    outturn: float | None


@dataclass(frozen=True)
class Town:
    """Who is drawn for: `position` in the roster seeds, `people` by year where the municipality's are known.

    After `last_outturn` a year has its initial budget only.
    """

    position: int
    plate: int
    legal_type: str
    people: dict[int, float]
    prices: dict[int, float]
    entities: tuple[str, ...] = ("municipality",)
    last_outturn: int = 2025


@dataclass(frozen=True)
class Drawn:
    """What chance gave a municipality: how its functions differ from the usual, and more chance."""

    bent: tuple[float, ...]
    rng: np.random.Generator


def lines(town: Town, years: range) -> Iterator[Line]:
    """Every line of the years."""
    rng = np.random.default_rng([town.position, BASE_YEAR])
    low, high = PER_HEAD.get(town.legal_type, (0, 0))
    per_head, size = rng.uniform(low, high), rng.uniform(*SIZE)
    drawn = Drawn(tuple(rng.uniform(0.75, 1.3, len(FUNCTIONS))), rng)
    for entity in town.entities:
        weight = {"municipality": 1.0, "utility": 0.32, "company": 0.12}[entity]
        for year in years:
            level = town.prices.get(year, town.prices[max(town.prices)] * 1.35) / town.prices[BASE_YEAR]
            people = town.people.get(year) or town.people.get(max(town.people, default=0), 0)
            total = (per_head * people if people and high else size) * level * weight
            total *= 1.03 ** (year - BASE_YEAR) * rng.uniform(0.92, 1.08)
            is_over = year <= town.last_outturn
            for line in _spent(town, entity, year, total, drawn):
                yield line if is_over else line._replace(appropriation=None, outturn=None)
            for line in _received(entity, year, total * rng.uniform(0.88, 1.06), drawn):
                yield line if is_over else line._replace(accrued=None, outturn=None)


def _spent(town: Town, entity: str, year: int, total: float, drawn: Drawn) -> Iterator[Line]:
    rng = drawn.rng
    functions = {"utility": UTILITY_FUNCTIONS, "company": COMPANY_FUNCTIONS}.get(entity, FUNCTIONS)
    if town.legal_type == "district":
        functions = tuple(one for one in functions if not one[0].startswith(("03.2", "05.2", "06.3")))
    for place, (function, unit, share) in enumerate(functions):
        economic = [*ECONOMIC, INTEREST] if function.startswith("01.1") else ECONOMIC
        for code, label, part in economic:
            if rng.random() < 0.12 and not code.startswith(("01", "03.5")):
                continue
            initial = total * share * drawn.bent[place % len(drawn.bent)] * part * rng.uniform(0.8, 1.2)
            appropriation = initial * rng.uniform(0.96, 1.28)
            done = appropriation * rng.uniform(0.62, 0.99)
            amounts = round(initial, 2), round(appropriation, 2), None, round(done, 2)
            institutional = f"46.{town.plate:02d}.00.{unit}"
            yield Line(year, entity, "expenditure", institutional, function, code, label + MARK, *amounts)


def _received(entity: str, year: int, total: float, drawn: Drawn) -> Iterator[Line]:
    rng = drawn.rng
    for code, label, share, rate in REVENUE:
        if entity != "municipality" and code.startswith(("01", "05.2")):
            continue
        collected = total * share * rng.uniform(0.85, 1.15)
        accrued = collected / min(1.0, rate * rng.uniform(0.93, 1.05))
        estimate = collected * rng.uniform(0.85, 1.2)
        amounts = round(estimate, 2), None, round(accrued, 2), round(collected, 2)
        yield Line(year, entity, "revenue", "", "", code, label + MARK, *amounts)
