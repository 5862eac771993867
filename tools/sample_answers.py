"""What people answer in a sample wave: a latent opinion of each service, cut into the codes an item declares.

City effects are drawn by position from a seed and never from a published figure, so no city is imitated.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sample_people import SEED, Visit

from etl.survey_entries import Item, Wave

POSITIONS = 40
"""Roster positions that effects are drawn for."""
SERVICES = {
    "cleaning": 0.45, "public_transport": 0.5, "water_sewerage": 0.5, "roads": 0.3,
    "parks": 0.5, "social_support": 0.1, "health": 0.4, "public_order": 0.6,
}  # fmt: skip
"""How a service is liked where nothing else counts; 0 is half of the people."""
IMPORTANCE = {
    "cleaning": 0.9, "public_transport": 0.7, "water_sewerage": 1.3, "roads": 0.8,
    "parks": 0.2, "social_support": 0.1, "health": 1.5, "public_order": 1.1,
}  # fmt: skip
USE = {"public_transport": 0.6, "parks": 0.5, "social_support": -0.45, "health": 0.8}
GROUPS = {
    ("disability", "with"): {"public_transport": -0.6, "roads": -0.6, "parks": -0.3, "health": -0.2},
    ("income_band", "1"): {
        "public_transport": -0.5,
        "roads": -0.4,
        "cleaning": -0.25,
        "water_sewerage": -0.2,
    },
    ("income_band", "2"): {"public_transport": -0.25, "roads": -0.2, "cleaning": -0.1},
    ("settlement", "rural"): {"public_transport": -0.5, "roads": -0.45},
    ("sex", "women"): {"public_order": -0.4, "parks": -0.1},
    ("age_band", "60-plus"): {"health": 0.15, "social_support": 0.1},
}
"""How much less (or more) a group likes a service; each city has its own share of it."""
USERS = {
    ("income_band", "1"): {"social_support": 0.6},
    ("income_band", "4"): {"public_transport": -0.4, "social_support": -0.5},
    ("disability", "with"): {"social_support": 0.5, "health": 0.4},
    ("age_band", "60-plus"): {"health": 0.4, "parks": -0.2},
    ("age_band", "18-29"): {"public_transport": 0.3},
    ("settlement", "rural"): {"public_transport": -0.3},
}
FEWER_USERS = -0.8
"""What a city with few users of social support lacks of them."""
CUTS = {5: (-1.3, -0.7, 0.0, 0.95), 10: (-1.8, -1.5, -1.15, -0.8, -0.4, 0.0, 0.4, 0.85, 1.35)}
"""Where the latent opinion is cut into points; 0 parts the satisfied from the others on both scales."""
LOWEST, HIGHEST = -0.22, 1.05
"""The opinion of a city stays where 35 to 85 per cent are satisfied."""
MOVED = ((1, "roads", 0.6), (6, "public_transport", -0.6), (13, "cleaning", 0.6), (15, "parks", -0.6))
"""The few changes between the years that a survey of this size can see: place in the roster, service, size."""
OPEN_LINK = -0.4
SILENCE = {"satisfaction": (0.04, 0.004, 0.006), "importance": (0.02, 0.003, 0.006)}
SILENCE_YES_NO = (0.008, 0.003, 0.004)
"""Shares of no opinion, refused and blank among those asked."""


class Opinions:
    """The latent opinions of one city's respondents, and the answers they give to the items of a wave."""

    def __init__(self, visit: Visit, asked: pd.DataFrame) -> None:
        self.visit, self.asked = visit, asked
        self.rng = visit.rng(2)
        self.person = self.rng.normal(0, 0.45, len(asked))
        self.strength = np.random.default_rng([SEED, visit.position, 3]).uniform(0.3, 1.7, len(GROUPS))
        self.liked = {service: self._liking(service) for service in SERVICES}

    def answers(self, wave: Wave) -> pd.DataFrame:
        """A column an item under its name in the file; NaN is blank."""
        made: dict[str, np.ndarray] = {}
        for item in wave.items:
            codes = self._codes(item, wave)
            if item.asked is not None:
                codes = np.where(
                    np.isin(made[item.asked.column], [int(code) for code in item.asked.codes]), codes, np.nan
                )
            made[item.column] = codes
        return pd.DataFrame(made)

    def _liking(self, service: str) -> np.ndarray:
        """The opinion of a service, of variance about 1.2 within the city."""
        group = self._of_groups(GROUPS, service, self.strength)
        level = _level(self.visit, service) + (OPEN_LINK if self.visit.is_open else 0)
        noise = self.rng.normal(0, 0.85, len(self.asked))
        liking: np.ndarray = level + group + self.asked["unit_effect"].to_numpy() + self.person + noise
        return liking

    def _codes(self, item: Item, wave: Wave) -> np.ndarray:
        scale, service = wave.scale_of(item), str(item.service_id)
        noise = self.rng.normal(0, 1, len(self.asked))
        if item.aspect == "satisfaction":
            codes = np.digitize(self.liked[service], CUTS[scale.highest]) + 1.0
        elif item.aspect == "importance":
            latent = IMPORTANCE[service] + 0.3 * self.person + noise
            codes = np.digitize(latent, CUTS[scale.highest]) + 1.0
        else:
            codes = np.where(self._yes(item.aspect, service) + noise > 0, 1.0, 2.0)
        none, refused, blank = SILENCE.get(item.aspect, SILENCE_YES_NO)
        silent = np.searchsorted(np.cumsum([none, refused, blank]), self.rng.random(len(codes)))
        kinds = [float(scale.no_opinion[0]), float(scale.refused[0]), np.nan]
        return np.select([silent == 0, silent == 1, silent == 2], kinds, codes)

    def _yes(self, aspect: str, service: str) -> np.ndarray:
        """The leaning to yes: use by group, problems and what became of them by opinion."""
        if aspect == "problem":
            return -0.4 - 0.5 * self.liked[service]
        if aspect == "solved":
            return -0.25 + 0.35 * self.liked[service]
        few = FEWER_USERS if self.visit.has_few and service == "social_support" else 0.0
        city = np.random.default_rng([SEED, self.visit.position, 4]).normal(0, 0.15)
        return USE[service] + city + few + self._of_groups(USERS, service, np.ones(len(USERS)))

    def _of_groups(
        self, effects: dict[tuple[str, str], dict[str, float]], service: str, strength: np.ndarray
    ) -> np.ndarray:
        total = np.zeros(len(self.asked))
        for share, ((group, category), by_service) in zip(strength, effects.items(), strict=True):
            total += share * by_service.get(service, 0.0) * (self.asked[group] == category).to_numpy()
        return total


def _level(visit: Visit, service: str) -> float:
    """What a city's people think of a service on the whole: 0 where half of them are satisfied."""
    drawn = np.random.default_rng([SEED, 0])
    city = drawn.normal(0, 0.24, POSITIONS)[visit.position]
    own = drawn.normal(0, 0.2, (POSITIONS, len(SERVICES)))[visit.position, list(SERVICES).index(service)]
    level = float(np.clip(SERVICES[service] + city + own, LOWEST, HIGHEST))
    if visit.year == 2024:
        return level
    drift = visit.rng(5).normal(0, 0.06, len(SERVICES))[list(SERVICES).index(service)]
    moved = sum(size for place, name, size in MOVED if (place, name) == (visit.position, service))
    return float(np.clip(level + drift + moved, LOWEST, HIGHEST))
