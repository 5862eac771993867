"""What was found in one survey file: what refuses it, what is only told, and the figures to judge it by."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from etl.errors import Fault, Where
from etl.readers.microdata import Microdata
from etl.survey_entries import Wave

MOST_VALUES = 20
"""How many different values of a column are listed one by one."""


@dataclass(frozen=True)
class Weights:
    """The weights of a file; `design_effect` is what their unevenness alone does to a variance (Kish)."""

    lowest: float
    highest: float
    zero: int
    missing: int
    design_effect: float


@dataclass
class SurveyReport:
    """The judgement of one file: with a fault it is refused, a warning leaves it usable.

    `counts` are respondents by rule, over faults and warnings alike. `answered`, `no_opinion` and `blank` are by
    item: the first a count, the others shares (of those with an answer or no opinion; of those asked).
    `design` are the design columns the file has, `encoding` the code page its letters turned out to be in.
    """

    file: str
    sheet: str | None
    wave_id: str
    rows: int
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    design: tuple[str, ...] = ()
    weights: Weights | None = None
    answered: dict[str, int] = field(default_factory=dict)
    no_opinion: dict[str, float] = field(default_factory=dict)
    blank: dict[str, float] = field(default_factory=dict)
    encoding: str | None = None

    @classmethod
    def of(cls, data: Microdata, wave: Wave) -> SurveyReport:
        """A report on `data` as `wave`, with what was told of its letters."""
        page = data.page.name if data.page else None
        return cls(
            data.file, wave.sheet, wave.wave_id, len(data.frame), warnings=list(data.notes), encoding=page
        )

    @property
    def is_refused(self) -> bool:
        """Whether the file cannot be used."""
        return bool(self.faults)

    def fault(self, rule: str, column: str | None, value: object = None, **told: object) -> None:
        """Note what refuses the file."""
        self.faults.append(self._told(rule, column, value, told))

    def warn(self, rule: str, column: str | None, value: object = None, **told: object) -> None:
        """Note what is worth knowing."""
        self.warnings.append(self._told(rule, column, value, told))

    def list_values(self, rule: str, values: pd.Series, is_fault: bool, **told: object) -> None:
        """Note every different value in `values` with the number of respondents who have it."""
        if values.empty:
            return
        note = self.fault if is_fault else self.warn
        column, tally = str(values.name), values.value_counts()
        for value, count in tally.head(MOST_VALUES).items():
            note(rule, column, value or None, count=count, **told)
        if len(tally) > MOST_VALUES:
            note("survey_more_values", column, len(tally) - MOST_VALUES, count=tally[MOST_VALUES:].sum())
        self.count(rule, len(values))

    def count(self, rule: str, respondents: int) -> None:
        """Add to the count of a rule."""
        if respondents:
            self.counts[rule] = self.counts.get(rule, 0) + respondents

    def _told(self, rule: str, column: str | None, value: object, told: dict[str, object]) -> Fault:
        shown = None if value is None else str(value)[:80]
        return Fault.at(Where(self.file, self.sheet, None, column), rule, shown, **told)
