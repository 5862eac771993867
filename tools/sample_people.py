"""Who is asked in a sample wave: made-up neighbourhoods, weights and groups, as category ids of the registry.

Every number comes from a seed and a position in the roster; nothing real about a city is looked up here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

SEED = 20262
INTERVIEWS_A_UNIT = 9
FEWEST_UNITS = 20
AGES = {"18-29": (18, 29, 0.26), "30-44": (30, 44, 0.31), "45-59": (45, 59, 0.25), "60-plus": (60, 84, 0.18)}
"""First and last age of a band and its share of the interviews."""
YOUNGER = {"18-29": 0.48, "30-44": 0.34, "45-59": 0.13, "60-plus": 0.05}
"""Who answers an open link."""
WEIGHT_OF_AGE = {"18-29": 1.2, "30-44": 1.0, "45-59": 0.95, "60-plus": 0.85}
NOT_STATED = {"sex": 0.005, "age_band": 0.01, "disability": 0.02, "income_band": 0.08, "settlement": 0.01}
DISABLED = 0.13
DISABLED_WHERE_FEW = 0.025


@dataclass(frozen=True)
class Visit:
    """One city in one wave: its position in the roster, the year, and how many are asked there.

    `has_few` marks a city where few people are disabled and few get social support: its cells are suppressed.
    """

    position: int
    year: int
    interviews: int
    is_open: bool = False
    has_few: bool = False

    def rng(self, purpose: int) -> np.random.Generator:
        """The random numbers of one purpose, the same whatever else is drawn."""
        return np.random.default_rng([SEED, self.year, self.position, int(self.is_open), purpose])


def people(visit: Visit) -> pd.DataFrame:
    """A row a respondent: stratum, unit, units_of_stratum, weight, age, a column a grouping (None: not stated).

    `unit_effect` is what the neighbours share, in standard deviations of an answer.
    """
    rng = visit.rng(1)
    made = _units(visit, rng)
    shares = YOUNGER if visit.is_open else {band: share for band, (_, _, share) in AGES.items()}
    count = visit.interviews
    made["sex"] = _drawn(rng, {"women": 0.53, "men": 0.47}, count)
    made["age_band"] = _drawn(rng, shares, count)
    spans = np.array([AGES[band][:2] for band in made["age_band"]])
    made["age"] = rng.integers(spans[:, 0], spans[:, 1] + 1)
    disabled = np.where(made["age_band"] == "60-plus", 1.8, 0.85)
    disabled *= DISABLED_WHERE_FEW if visit.has_few else DISABLED
    made["disability"] = np.where(rng.random(count) < disabled, "with", "without")
    made["income_band"] = _income(made, rng)
    made["weight"] = _weights(made, rng)
    for group, share in NOT_STATED.items():
        made[group] = made[group].astype(object).where(rng.random(count) >= share, None)
    return made


def _units(visit: Visit, rng: np.random.Generator) -> pd.DataFrame:
    """Neighbourhoods of about nine interviews in two to four strata, the last of them rural."""
    units = max(FEWEST_UNITS, visit.interviews // INTERVIEWS_A_UNIT)
    strata = int(rng.integers(2, 5))
    share = rng.dirichlet(np.full(strata, 12.0))
    sampled = np.maximum(4, np.floor(share * units)).astype(int)
    sampled[0] += units - sampled.sum()
    in_population = np.ceil(sampled * rng.uniform(3, 7, strata)).astype(int)
    stratum_of_unit = np.repeat(np.arange(strata), sampled)
    numbers = np.sort(rng.choice(np.arange(101, 999), units, replace=False))
    shared = rng.normal(0, 0.4, units)
    unit = np.arange(visit.interviews) * units // visit.interviews
    stratum = stratum_of_unit[unit]
    return pd.DataFrame(
        {
            "stratum": stratum + 1,
            "unit": numbers[unit],
            "units_of_stratum": in_population[stratum],
            "stratum_factor": np.exp(rng.normal(0, 0.2, strata))[stratum],
            "unit_effect": shared[unit],
            "settlement": np.where(stratum == strata - 1, "rural", "urban"),
        }
    )


def _income(made: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """The quarter of the income order; disabled and rural people, and poor neighbourhoods, stand lower."""
    standing = rng.normal(0, 1, len(made)) + 0.6 * made["unit_effect"]
    standing -= 0.5 * (made["disability"] == "with") + 0.4 * (made["settlement"] == "rural")
    quarters: np.ndarray = np.array(["1", "2", "3", "4"], dtype=object)[
        np.digitize(standing, [-0.75, -0.05, 0.65])
    ]
    return quarters


def _weights(made: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Weights of mean 1: strata are sampled unevenly, men and the young are hard to find at home."""
    weight = made["stratum_factor"] * np.where(made["sex"] == "men", 1.15, 0.9)
    weight *= made["age_band"].map(WEIGHT_OF_AGE)
    weight *= np.exp(rng.normal(0, 0.25, len(made)))
    return np.round(np.asarray(weight / weight.mean()), 3)


def _drawn(rng: np.random.Generator, shares: dict[str, float], count: int) -> np.ndarray:
    return rng.choice(np.array(list(shares), dtype=object), count, p=list(shares.values()))
