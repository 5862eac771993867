"""What citizens were asked: waves, questions, groups; built once a release, frozen.

Two waves show one series only where item and version are the same; nothing here decides otherwise.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from dashboard.warehouse import Row, Warehouse


@dataclass(frozen=True)
class Wave:
    """One questionnaire in the field once (mart.dim_wave); `cities` are those with an estimate."""

    wave_id: str
    title_tr: str
    title_en: str
    year: int
    state: str
    mode: str
    has_weight: bool
    has_strata: bool
    has_psu: bool
    is_calibrated: bool
    questionnaire: str
    fieldwork_start: dt.date | None
    fieldwork_end: dt.date | None
    agency_tr: str
    agency_en: str
    consent_tr: str
    consent_en: str
    licence_tr: str
    licence_en: str
    interviews: int
    used: int
    weight_lowest: float | None
    weight_highest: float | None
    weight_effect: float | None
    is_synthetic: bool
    lineage_id: int
    cities: tuple[str, ...] = ()

    @property
    def design(self) -> str:
        """`open_link`, `full` (strata or PSUs are known), `weights` or `none`."""
        if self.mode == "open_link":
            return "open_link"
        if self.has_psu or self.has_strata:
            return "full"
        return "weights" if self.has_weight else "none"


@dataclass(frozen=True)
class Question:
    """One question of one wave (mart.dim_item)."""

    wave_id: str
    item_id: str
    version: str
    aspect: str
    service_id: str | None
    label_tr: str
    label_en: str
    question_tr: str
    question_en: str
    lowest: int
    highest: int
    direction: str
    counted: list[int]
    is_filtered: bool
    sort_key: int


@dataclass(frozen=True)
class Category:
    """One category of a grouping of a wave (mart.dim_category)."""

    wave_id: str
    group_var: str
    group_id: str
    variable_tr: str
    variable_en: str
    label_tr: str
    label_en: str
    is_reference: bool
    sort_key: int

    @property
    def key(self) -> str:
        """Grouping and category in one word, as addresses carry it."""
        return f"{self.group_var}:{self.group_id}"


@dataclass(frozen=True)
class Grouping:
    """A grouping every survey is expected to offer, and who owes it (mart.dim_grouping)."""

    grouping_id: str
    label_tr: str
    label_en: str
    owner_tr: str
    owner_en: str
    sort_key: int


@dataclass(frozen=True, eq=False)
class Surveys:
    """All of the above; empty where no wave was received."""

    waves: Mapping[str, Wave]
    questions: Mapping[tuple[str, str], Question]
    categories: Mapping[str, tuple[Category, ...]]
    groupings: tuple[Grouping, ...]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years with a wave, the oldest first."""
        return tuple(sorted({wave.year for wave in self.waves.values()}))

    @cached_property
    def _alike(self) -> Counter[tuple[str, str | None, str]]:
        return Counter((one.wave_id, one.service_id, one.aspect) for one in self.questions.values())

    def stands_alone(self, question: Question) -> bool:
        """Whether its wave asks nothing else of this kind about its service, so that the service can name it."""
        return self._alike[question.wave_id, question.service_id, question.aspect] == 1

    def of_year(self, year: int) -> tuple[Wave, ...]:
        """The waves of a year: drafts last, samples before open links, those with most interviews first.

        The first one a city is in is the one that stands for it (mart.survey_estimate.is_first).
        """
        own = [wave for wave in self.waves.values() if wave.year == year]
        return tuple(sorted(own, key=_standing))

    def asked(self, year: int, aspect: str = "satisfaction") -> dict[str, Question]:
        """Item id -> its question in the largest wave of the year that has it, in the questionnaire's order."""
        found: dict[str, Question] = {}
        for wave in self.of_year(year):
            for question in self.questions.values():
                if question.wave_id == wave.wave_id and question.aspect == aspect:
                    found.setdefault(question.item_id, question)
        return found

    def groups(self, year: int) -> dict[str, Category]:
        """Key -> category of every grouping of the year, in declared order; crossed ones last."""
        found: dict[str, Category] = {}
        for wave in self.of_year(year):
            for category in self.categories.get(wave.wave_id, ()):
                found.setdefault(category.key, category)
        return dict(sorted(found.items(), key=lambda item: "*" in item[0]))


def _standing(wave: Wave) -> tuple[bool, bool, int, str]:
    return wave.state == "draft", wave.mode == "open_link", -wave.interviews, wave.wave_id


def load(warehouse: Warehouse) -> Surveys:
    """Read what was asked in the generation in service."""
    cities: dict[str, list[str]] = {}
    for row in warehouse.rows("survey_cities"):
        cities.setdefault(row["wave_id"], []).append(row["city_id"])
    categories: dict[str, list[Category]] = {}
    for row in warehouse.rows("survey_categories"):
        categories.setdefault(row["wave_id"], []).append(Category(**_only(Category, row)))
    waves = [
        Wave(**_only(Wave, row), cities=tuple(cities.get(row["wave_id"], ())))
        for row in warehouse.rows("survey_waves")
    ]
    questions = [Question(**_only(Question, row)) for row in warehouse.rows("survey_items")]
    return Surveys(
        waves={wave.wave_id: wave for wave in waves},
        questions={(one.wave_id, one.item_id): one for one in questions},
        categories={wave: tuple(own) for wave, own in categories.items()},
        groupings=tuple(Grouping(**row) for row in warehouse.rows("survey_groupings")),
    )


def _only(record: Any, row: Row) -> Row:
    names = {field.name for field in fields(record)}
    return {key: value for key, value in row.items() if key in names}
