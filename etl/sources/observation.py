"""What a source hands on: one observation at the grain its file has, with the row it stood in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from etl.registry import Registry
from etl.sources.contract import Report
from etl.sources.layout import Layout

# A value is NULL exactly where one of these says why; the schema's CHECK on mart.fact_value holds the same.
WITHOUT_VALUE = ("suppressed", "not_collected", "not_applicable", "not_published")
WITH_VALUE = ("measured", "estimated", "provisional", "low_reliability", "break")


class Found(Protocol):
    """One row a source hands on, whatever its grain."""

    @property
    def row_number(self) -> int: ...

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """What no other file of the same build may bring too."""
        ...


class Observation(NamedTuple):
    """A value as published: staging.observation without the file, plus the column it stood in."""

    place_id: str
    indicator_id: str
    period: str
    group_id: str
    value: float | None
    lower: float | None
    upper: float | None
    n: float | None
    n_effective: float | None
    status: str
    row_number: int
    column_name: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What may stand once only."""
        return self[:4]

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """The key itself."""
        return (self.key,)


@dataclass(frozen=True)
class Submission:
    """What is known of a file besides its content: where its figures come from, what they add up to.

    A budget that does not say so itself is told whose it is (`place` by any name, `entity`), of which year
    (`period`) and `side` (expenditure, revenue), which
    `measure` its only amount is, in which `unit` (tl, thousand_tl) and `currency` (try, trl), and
    whether it is final (`state`: final, provisional). A bulk csv is told its `encoding`.
    """

    name: str
    source_id: str
    period: str | None = None
    control_total: float | None = None
    place: str | None = None
    entity: str | None = None
    measure: str | None = None
    unit: str | None = None
    currency: str | None = None
    state: str | None = None
    side: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Reading:
    """One file being read: the layout and submission it should be, and the report of what is wrong in it."""

    layout: Layout
    submission: Submission
    registry: Registry
    report: Report
