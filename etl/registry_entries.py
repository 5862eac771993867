"""The entries of the registry as frozen dataclasses: their types are the schema the YAML files are read by.

A field is a column of the same name in warehouse.duckdb.sql unless marked `not_a_column`; one marked
`computed` is filled in by the loader and may not stand in a file. In YAML `label_tr` + `label_en` are
`label: {tr, en}`, `theme_id` is `theme`, the first `…_id` is `id` and `is_reversed` is `reversed`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Kind = Literal["municipality", "province", "country"]
LegalType = Literal["metropolitan", "provincial", "district", "province", "country"]


def computed(default: Any) -> Any:
    """A column the loader works out."""
    return field(default=default, metadata={"computed": True})


def not_a_column(default: Any) -> Any:
    """A key of the file that no table carries under this name."""
    return field(default=default, metadata={"column": False})


def may_be_blank() -> Any:
    """A text that may be empty but not absent."""
    return field(metadata={"may_be_blank": True})


@dataclass(frozen=True, kw_only=True)
class City:
    """A place: a municipality, a province or the country. Coordinates in decimal degrees (WGS 84)."""

    city_id: str
    name_tr: str
    name_en: str
    sort_key: int = computed(0)
    search_key: str = computed("")
    kind: Kind
    legal_type: LegalType
    legal_type_before: LegalType | None = None
    legal_type_since: int | None = None
    role: Literal["pilot", "model", "member", "context"]
    province_id: str | None = None
    plate: int | None = None
    nuts1: str | None = None
    nuts2: str | None = None
    nuts2_name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    named_in: str | None = None
    codes: tuple[str, ...] = not_a_column(())
    aliases: tuple[str, ...] = not_a_column(())


@dataclass(frozen=True, kw_only=True)
class Position:
    """A pilot position of the programme; `city_id` is None while the position is unnamed."""

    position: int
    state: Literal["named", "unnamed"]
    city_id: str | None = computed(None)
    source_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Theme:
    """A theme; the order of the file is the order on screen."""

    theme_id: str
    label_tr: str
    label_en: str
    sort_key: int = computed(0)
    lead_indicator_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Service:
    """A public service: who is responsible for it, and where money, plans, citizens and need meet.

    `functions` are the functional budget codes its spending is booked under (05.1), `need_indicator_id` tells how
    much of it is needed, `plan_words` are what a plan may call it beside its id and labels.
    """

    service_id: str
    label_tr: str
    label_en: str
    responsible_tr: str
    responsible_en: str
    functions: tuple[str, ...] = ()
    need_indicator_id: str | None = None
    has_mirror: bool = False
    plan_words: tuple[str, ...] = not_a_column(())
    sort_key: int = computed(0)


@dataclass(frozen=True, kw_only=True)
class BudgetCode:
    """A named code of the analytical budget classification; level and parent are read off the code."""

    classification: Literal["functional", "economic", "revenue", "finance_type"]
    code: str
    parent: str | None = computed(None)
    level: int = computed(1)
    label_tr: str
    label_en: str
    sort_key: int = computed(0)


@dataclass(frozen=True, kw_only=True)
class Band:
    """A band of plan realisation, from `lowest` per cent on."""

    display: Literal["full", "high", "partial", "low"]
    lowest: float
    sort_key: int = computed(0)


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """A way to tell people apart that every survey is expected to offer, and the body that owes it."""

    grouping_id: str
    label_tr: str
    label_en: str
    owner_tr: str
    owner_en: str
    sort_key: int = computed(0)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A publication figures come from."""

    source_id: str
    producer_tr: str
    producer_en: str
    title_tr: str
    title_en: str
    citation_tr: str
    citation_en: str
    short_tr: str
    short_en: str
    url: str | None = None
    published: str | None = None
    accessed: date | None = None
    licence_tr: str
    licence_en: str
    redistribution_tr: str
    redistribution_en: str
    is_synthetic: bool = False


@dataclass(frozen=True, kw_only=True)
class Break:
    """A series break: from `year` on values are not comparable with those before."""

    year: int
    text_tr: str
    text_en: str


@dataclass(frozen=True, kw_only=True)
class Component:
    """A component of a composite index; reversed means that a higher value lowers the index."""

    component_id: str
    weight: float = 1.0
    is_reversed: bool = False


@dataclass(frozen=True, kw_only=True)
class IndexDefinition:
    """What a composite index is made of, in the order its publication lists the components."""

    components: tuple[Component, ...]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """An indicator with every text a reader may ask for. `periods` are the periods it is expected for.

    One that is `computed_from` other submissions is never taken from a table of figures. `owed` are the periods that
    monitoring asks a place for; a figure of an earlier one is welcome.
    """

    indicator_id: str
    theme_id: str
    service_id: str | None = None
    component: Literal["map", "spending", "report_card", "plan", "council", "rights", "context"]
    rights_measure: Literal["structural", "process", "outcome"] | None = None
    kind: Literal["share", "rate", "count", "index", "score", "amount", "yes_no"]
    label_tr: str
    label_en: str
    short_label_tr: str
    short_label_en: str
    summary_tr: str
    summary_en: str
    reading_tr: str
    reading_en: str
    key_points_tr: tuple[str, ...]
    key_points_en: tuple[str, ...]
    unit_tr: str
    unit_en: str
    unit_symbol: str = may_be_blank()
    decimals: Literal[0, 1, 2, 3, 4, 5, 6]
    direction: Literal["higher", "lower", "target", "contextual"]
    direction_reason_tr: str | None = None
    direction_reason_en: str | None = None
    numerator_tr: str | None = None
    numerator_en: str | None = None
    denominator_tr: str | None = None
    denominator_en: str | None = None
    formula: str | None = None
    average_method: Literal["unweighted", "population_weighted", "ratio_of_sums", "sum", "none"]
    geo_level: Kind
    applicable_types: tuple[LegalType, ...]
    time_type: Literal["year", "wave"]
    first_period: str | None = computed(None)
    last_period: str | None = computed(None)
    breakdowns: tuple[str, ...] = ()
    expected_breakdowns: tuple[str, ...] = ()
    uncertainty_tr: str
    uncertainty_en: str
    suppression_min_n: int | None = None
    suppression_tr: str
    suppression_en: str
    source_id: str
    source_table: str
    cadence: Literal["once", "monthly", "yearly", "irregular"]
    last_update: date | None = None
    next_update: date | None = None
    processing_level: Literal["none", "minor", "major"]
    processing_note_tr: str
    processing_note_en: str
    responsible_tr: str
    responsible_en: str
    state: Literal["draft", "review", "published", "withdrawn"]
    question_tr: str | None = None
    question_en: str | None = None
    synonyms: tuple[str, ...] = ()
    search_key: str = computed("")
    sort_key: int = computed(0)
    order: int = not_a_column(0)
    periods: tuple[str, ...] = field(metadata={"column": False})
    breaks: tuple[Break, ...] = not_a_column(())
    computed_from: Literal["budget"] | None = not_a_column(None)
    owed: Literal["every_period", "last_period"] = not_a_column("every_period")
    index: IndexDefinition | None = field(default=None, metadata={"column": False})
