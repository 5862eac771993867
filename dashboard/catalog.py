"""What exists in the release: places, indicators, themes, sources; built once a release, frozen.

Every id a browser sends is looked up here; nothing else decides what is valid.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

from dashboard import budget_catalog, plan_catalog, prices, survey_catalog
from dashboard.budget_catalog import Budgets
from dashboard.errors import BadInput
from dashboard.plan_catalog import Plans
from dashboard.prices import Prices
from dashboard.survey_catalog import Surveys
from dashboard.warehouse import Warehouse

Known = TypeVar("Known")


@dataclass(frozen=True)
class City:
    """A place: municipality, province or country (mart.dim_city)."""

    city_id: str
    name_tr: str
    name_en: str
    sort_key: int
    search_key: str
    kind: str
    legal_type: str
    legal_type_before: str | None
    legal_type_since: int | None
    role: str
    province_id: str | None
    plate: int | None
    nuts1: str | None
    nuts2: str | None
    nuts2_name: str | None
    latitude: float | None
    longitude: float | None
    named_in: str | None


@dataclass(frozen=True)
class Theme:
    """A theme of the scorecard (mart.dim_theme)."""

    theme_id: str
    label_tr: str
    label_en: str
    sort_key: int
    lead_indicator_id: str | None


@dataclass(frozen=True)
class Service:
    """A public service, who answers for it, and what it is mirrored by (mart.dim_service)."""

    service_id: str
    label_tr: str
    label_en: str
    responsible_tr: str
    responsible_en: str
    functions: list[str]
    need_indicator_id: str | None
    has_mirror: bool
    sort_key: int


@dataclass(frozen=True)
class Source:
    """A publication (mart.dim_source)."""

    source_id: str
    producer_tr: str
    producer_en: str
    title_tr: str
    title_en: str
    citation_tr: str
    citation_en: str
    short_tr: str
    short_en: str
    url: str | None
    published: str | None
    accessed: dt.date | None
    licence_tr: str
    licence_en: str
    redistribution_tr: str
    redistribution_en: str
    is_synthetic: bool


@dataclass(frozen=True)
class Break:
    """From `year` on, values of the indicator are not comparable with those before (mart.dim_break)."""

    indicator_id: str
    year: int
    text_tr: str
    text_en: str


@dataclass(frozen=True)
class Indicator:
    """Everything the registry declares of one indicator (mart.dim_indicator), and its periods with values."""

    indicator_id: str
    theme_id: str
    service_id: str | None
    component: str
    rights_measure: str | None
    kind: str
    label_tr: str
    label_en: str
    short_label_tr: str
    short_label_en: str
    summary_tr: str
    summary_en: str
    reading_tr: str
    reading_en: str
    key_points_tr: list[str]
    key_points_en: list[str]
    unit_tr: str
    unit_en: str
    unit_symbol: str
    decimals: int
    direction: str
    direction_reason_tr: str | None
    direction_reason_en: str | None
    numerator_tr: str | None
    numerator_en: str | None
    denominator_tr: str | None
    denominator_en: str | None
    formula: str | None
    average_method: str
    geo_level: str
    applicable_types: list[str]
    time_type: str
    first_period: str | None
    last_period: str | None
    breakdowns: list[str]
    expected_breakdowns: list[str]
    uncertainty_tr: str
    uncertainty_en: str
    suppression_min_n: int | None
    suppression_tr: str
    suppression_en: str
    source_id: str
    source_table: str
    cadence: str
    last_update: dt.date | None
    next_update: dt.date | None
    processing_level: str
    processing_note_tr: str
    processing_note_en: str
    responsible_tr: str
    responsible_en: str
    state: str
    question_tr: str | None
    question_en: str | None
    synonyms: list[str]
    search_key: str
    sort_key: int
    periods: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def latest(self) -> str:
        """The newest period with a value; an indicator without any has its declared last period."""
        return self.periods[-1] if self.periods else (self.last_period or "")


@dataclass(frozen=True)
class Component:
    """One component of a composite index (mart.index_component)."""

    index_id: str
    component_id: str
    weight: float
    is_reversed: bool
    sort_key: int


@dataclass(frozen=True)
class Release:
    """The generation being served (meta.release)."""

    release_id: str
    audience: str
    schema_version: int
    as_of: dt.date
    built_at: dt.datetime
    has_synthetic: bool


@dataclass(frozen=True, eq=False)
class Catalog:
    """All of the above by id, in display order."""

    release: Release
    cities: Mapping[str, City]
    indicators: Mapping[str, Indicator]
    themes: Mapping[str, Theme]
    services: Mapping[str, Service]
    sources: Mapping[str, Source]
    components: Mapping[str, tuple[Component, ...]]
    surveys: Surveys
    budgets: Budgets
    prices: Prices
    plans: Plans

    def city(self, city_id: object) -> City:
        """Raises BadInput on anything that is no id of a place."""
        return _known(self.cities, city_id, "city")

    def indicator(self, indicator_id: object) -> Indicator:
        """Raises BadInput on anything that is no id of an indicator."""
        return _known(self.indicators, indicator_id, "indicator")

    def mirrored(self, service_id: object) -> Service:
        """Raises BadInput on anything that is no id of a service that has a mirror."""
        return _known({one.service_id: one for one in self.mirrors}, service_id, "service")

    @cached_property
    def mirrors(self) -> tuple[Service, ...]:
        """Services whose money, plan, citizens and need are laid side by side."""
        return tuple(service for service in self.services.values() if service.has_mirror)

    @cached_property
    def municipalities(self) -> tuple[City, ...]:
        """Places that can lead a comparison, in Turkish order."""
        return tuple(city for city in self.cities.values() if city.kind == "municipality")

    def origin(self, indicator: Indicator, is_synthetic: bool) -> Source:
        """Whose figure it is: the indicator's source, but of a made-up figure never a body that did not make it."""
        own = self.sources[indicator.source_id]
        if not is_synthetic or own.is_synthetic:
            return own
        return next((one for one in self.sources.values() if one.is_synthetic), own)

    @cached_property
    def pilots(self) -> tuple[City, ...]:
        """Municipalities of the programme's roster; of any other roster, all its members."""
        pilots = tuple(city for city in self.municipalities if city.role == "pilot")
        return pilots or self.municipalities

    @cached_property
    def comparable(self) -> tuple[Indicator, ...]:
        """Indicators that have a value for places, in theme order."""
        return tuple(i for i in self.indicators.values() if i.geo_level != "country" and i.periods)


def _known(table: Mapping[str, Known], key: object, name: str) -> Known:
    if not isinstance(key, str) or key not in table:
        raise BadInput(name, key)
    return table[key]


def load(warehouse: Warehouse) -> Catalog:
    """Read the catalogue of the generation in service."""
    periods: dict[str, list[str]] = {}
    for row in warehouse.rows("periods"):
        periods.setdefault(row["indicator_id"], []).append(row["period"])
    breaks: dict[str, list[Break]] = {}
    for row in warehouse.rows("breaks"):
        breaks.setdefault(row["indicator_id"], []).append(Break(**row))
    components: dict[str, list[Component]] = {}
    for row in warehouse.rows("components"):
        components.setdefault(row["index_id"], []).append(Component(**row))
    indicators = {
        row["indicator_id"]: Indicator(
            **_only(Indicator, row),
            periods=tuple(periods.get(row["indicator_id"], ())),
            breaks=tuple(breaks.get(row["indicator_id"], ())),
        )
        for row in warehouse.rows("indicators")
    }
    return Catalog(
        release=Release(**warehouse.rows("release")[0]),
        cities={row["city_id"]: City(**row) for row in warehouse.rows("cities")},
        indicators=indicators,
        themes={row["theme_id"]: Theme(**row) for row in warehouse.rows("themes")},
        services={row["service_id"]: Service(**row) for row in warehouse.rows("services")},
        sources={row["source_id"]: Source(**row) for row in warehouse.rows("sources")},
        components={index: tuple(parts) for index, parts in components.items()},
        surveys=survey_catalog.load(warehouse),
        budgets=budget_catalog.load(warehouse),
        prices=prices.load(warehouse),
        plans=plan_catalog.load(warehouse),
    )


def _only(record: Any, row: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(record)}
    return {key: value for key, value in row.items() if key in names}
