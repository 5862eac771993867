"""Rows of a mirror, a place and a service with the four measures each, on scales their columns share; and the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from dashboard import numbers, prices
from dashboard.catalog import Catalog, City, Service
from dashboard.data import Data
from dashboard.frame import Column, Row, filed
from dashboard.state_mirror import MirrorState
from dashboard.text import Words
from dashboard.views import mirror_needs, mirror_plans, mirror_says, mirror_spends
from dashboard.views.mirror_measure import (
    MEASURES,
    NEEDS,
    PLANS,
    SAYS,
    SPENDS,
    Measure,
    Scale,
    extent,
    file_columns,
    placed,
)
from dashboard.views.mirror_needs import Needs
from dashboard.views.mirror_plans import Plans
from dashboard.views.mirror_says import Says
from dashboard.views.mirror_spends import Spends

STEP = 10
"""The ends of a track of percentages are round ones."""


@dataclass(frozen=True)
class Four:
    """The four sources of one state."""

    says: Says
    spends: Spends
    plans: Plans
    needs: Needs

    @classmethod
    def read(
        cls,
        data: Data,
        state: MirrorState,
        services: tuple[Service, ...],
        words: Words,
        city_id: str | None = None,
    ) -> Four:
        """Of these services in every municipality, or in one."""
        return cls(
            Says(data, state.year, words),
            Spends(data, state, services, words, city_id),
            Plans(data, state.year, services, words, city_id),
            Needs(data, state.year, services, words, city_id),
        )

    def of(self, key: str, city_id: str, service: Service) -> Measure:
        """One measure of one place and service."""
        measure: Measure = getattr(self, key).of(city_id, service)
        return measure

    @property
    def cities(self) -> frozenset[str]:
        """Places with a survey that year, a budget or a plan of any: those a row is for, whatever the lag."""
        return self.says.cities | self.spends.cities | self.plans.cities


def row_of(city: City, service: Service, four: Four, words: Words) -> Row:
    """One row: who and what, and the columns of each measure."""
    made = _head(city, service, words)
    for key in MEASURES:
        made |= four.of(key, city.city_id, service).columns(key, words)
    return made


def rows_of(data: Data, state: MirrorState, service: Service, four: Four) -> list[Row]:
    """A row for each pilot, the lead, and each municipality with a survey, a budget or a plan, in Turkish order.

    What a measure says of a place does not depend on who leads, so it is worked out once.
    """
    words, catalog = Words(state.lang), data.catalog
    sent = four.cities
    told = [city for city in catalog.municipalities if city.role == "pilot" or city.city_id in sent]
    made = {city.city_id: _head(city, service, words) for city in told}
    depends = {"service": service.service_id, "year": state.year, "lang": state.lang}
    money = {"spending": state.spending_year, "scope": state.scope, "base": state.base}
    for key in MEASURES:
        kept = data.made(
            f"mirror_{key}",
            partial(_columns, four, key, service, told, words),
            **depends,
            **(money if key == SPENDS else {}),
        )
        for row, columns in zip(made.values(), kept, strict=True):
            row.update(columns)
    if state.lead not in made:
        made[state.lead] = row_of(catalog.city(state.lead), service, four, words)
    return sorted(made.values(), key=lambda row: row["sort_key"])


def _columns(four: Four, key: str, service: Service, cities: Sequence[City], words: Words) -> list[Row]:
    return [four.of(key, city.city_id, service).columns(key, words) for city in cities]


def _head(city: City, service: Service, words: Words) -> Row:
    return {
        "city_id": city.city_id,
        "place": words.of(city, "name"),
        "sort_key": city.sort_key,
        "legal_type": city.legal_type,
        "type": words(f"legal.{city.legal_type}"),
        "service_id": service.service_id,
        "service": words.of(service, "label"),
    }


@dataclass(frozen=True)
class Shown:
    """All of one state that the blocks of a mirror are made from; every row with a value is placed on its scale."""

    catalog: Catalog
    state: MirrorState
    four: Four
    rows: Sequence[Row]
    scales: Mapping[str, Scale]
    words: Words

    @property
    def unit(self) -> str:
        """The unit and basis of the spending."""
        return prices.unit(self.four.spends.basis, self.words)

    @property
    def is_synthetic(self) -> bool:
        """Whether any figure is made up."""
        return any(row[f"{key}_synthetic"] for row in self.rows for key in MEASURES)


def shown(data: Data, state: MirrorState, four: Four, rows: Sequence[Row], needs: Scale | None) -> Shown:
    """The rows of a state, placed on the scales of the measures that have one."""
    words = Words(state.lang)
    found = {
        SAYS: _percent_scale(rows, SAYS, words),
        SPENDS: _money_scale(rows, four.spends.basis, words),
        NEEDS: needs,
    }
    scales = {key: scale for key, scale in found.items() if scale}
    for key, scale in scales.items():
        placed(rows, key, scale)
    return Shown(data.catalog, state, four, rows, scales, words)


def _percent_scale(rows: Sequence[Row], key: str, words: Words) -> Scale | None:
    """From the round percentage below everything shown to the one above."""
    found = extent(rows, key)
    if found is None:
        return None
    ends = STEP * (found[0] // STEP), min(100.0, STEP * -(-found[1] // STEP))
    low, high = (numbers.with_unit(end, 0, "%", words.lang) for end in ends)
    return Scale(*ends, (low, high))


def _money_scale(rows: Sequence[Row], basis: prices.Basis, words: Words) -> Scale | None:
    """From zero to the most that is spent: lengths are compared."""
    found = extent(rows, SPENDS)
    if found is None:
        return None
    return Scale(0.0, found[1], (numbers.number(0, 0, words.lang), prices.text(found[1], basis, words)))


def files(words: Words) -> tuple[Column, ...]:
    """What every file of a mirror has: place, service and all of the four measures."""
    return (
        filed("city_id", words("columns.place_id")),
        filed("place", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("service_id", words("satisfaction.file_service_id")),
        filed("service", words("satisfaction.file_service")),
        *file_columns(SAYS, mirror_says.FACTS, words),
        *file_columns(SPENDS, mirror_spends.FACTS, words),
        *file_columns(PLANS, mirror_plans.FACTS, words),
        *file_columns(NEEDS, mirror_needs.FACTS, words),
    )
