"""A survey wave as frozen dataclasses: their types are the schema its YAML file is read by.

Keys are written as registry_entries.py says. A code is spelled as text (`1`, `1.5`, `K`), since a file may hold either.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class CityCode:
    """Which city a code of the city column stands for."""

    code: str
    city_id: str


@dataclass(frozen=True, kw_only=True)
class CityColumn:
    """The column that says in which city a respondent was asked."""

    column: str
    codes: tuple[CityCode, ...]


@dataclass(frozen=True, kw_only=True)
class Fieldwork:
    """The first and the last day of the interviews."""

    start: date
    end: date


@dataclass(frozen=True, kw_only=True)
class Design:
    """The columns of the sampling design; one that a file lacks is left out, never made up.

    `psu_total` is the number of PSUs in the stratum's population.
    """

    weight: str | None = None
    stratum: str | None = None
    psu: str | None = None
    psu_total: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The points an answer may have, whole numbers from `lowest` to `highest`, and the codes that are none.

    `direction` is the better end. `refused` becomes an empty answer, `no_opinion` stays as it is. `undeclared`
    says what happens to any other value: the file is refused, or the value becomes empty; both are told.
    """

    scale_id: str
    lowest: int
    highest: int
    direction: Literal["higher", "lower"]
    satisfied: tuple[int, ...]
    no_opinion: tuple[int, ...] = ()
    refused: tuple[str, ...] = ()
    undeclared: Literal["refuse", "empty"] = "refuse"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Who was asked: those with one of the `codes` in `column`."""

    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question about a service; `version` tells wordings apart, two of which are never one series.

    `aspect` is what is asked of the service: how satisfied people are with it, whether they use it, had a problem
    with it, whether that was solved, how much it matters to them. The `satisfied` codes of the scale are those
    whose share is told: the satisfied, and the yes of a question about use, problems and solutions.
    """

    item_id: str
    column: str
    aspect: Literal["satisfaction", "use", "problem", "solved", "importance"] = "satisfaction"
    service_id: str | None = None
    scale_id: str
    version: str
    label_tr: str
    label_en: str
    question_tr: str
    question_en: str
    asked: Asked | None = None


@dataclass(frozen=True, kw_only=True)
class Category:
    """A group of respondents: some codes of the column, or its values from `lowest` to `highest` (an age)."""

    category_id: str
    label_tr: str
    label_en: str
    codes: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A grouping; `not_stated` codes are no group, `reference` is the category others are compared with."""

    group_id: str
    column: str
    label_tr: str
    label_en: str
    categories: tuple[Category, ...]
    not_stated: tuple[str, ...] = ()
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Crossed:
    """Two groupings told together (women with a disability); never more than two, and only those declared."""

    first: str
    second: str

    @property
    def group_var(self) -> str:
        """The name of the crossed grouping."""
        return f"{self.first}*{self.second}"


@dataclass(frozen=True, kw_only=True)
class People:
    """How many people of a city are in one category of each grouping of a margin, in the margin's order."""

    categories: tuple[str, ...]
    city_id: str
    population: int


@dataclass(frozen=True, kw_only=True)
class Margin:
    """A population by the crossed categories of one grouping or more, for every city of the wave."""

    groups: tuple[str, ...]
    people: tuple[People, ...]


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What weights are raked to, and whose figures those are; without it weights are used as they come."""

    source_tr: str
    source_en: str
    margins: tuple[Margin, ...]


@dataclass(frozen=True, kw_only=True)
class Wave:
    """One wave of a survey: of one `city`, or of the cities that `city_column` tells.

    `fieldwork` is left out only where nobody knows it any more. `encoding` is that of an SPSS or Stata file,
    for files that lie about theirs; `number_format` is that of numbers a csv or a workbook holds as text.
    A `draft` is built and stays inside; what is published is in the public release too.
    """

    wave_id: str
    title_tr: str
    title_en: str
    year: int
    city_id: str | None = None
    city_column: CityColumn | None = None
    is_synthetic: bool
    state: Literal["draft", "published"] = "published"
    mode: Literal["sample", "open_link"]
    questionnaire: str
    fieldwork: Fieldwork | None = None
    agency_tr: str
    agency_en: str
    consent_tr: str
    consent_en: str
    licence_tr: str
    licence_en: str
    respondent: str
    design: Design = Design()
    encoding: str | None = None
    sheet: str | None = None
    number_format: Literal["tr", "plain"] = "plain"
    scales: tuple[Scale, ...]
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    crossed: tuple[Crossed, ...] = ()
    calibration: Calibration | None = None

    def scale_of(self, item: Item) -> Scale:
        """The scale an item is answered on."""
        return next(scale for scale in self.scales if scale.scale_id == item.scale_id)
