"""What a source hands on: one observation at the grain its file has, with the row it stood in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from etl.registry import Registry
from etl.sources.contract import Report
from etl.sources.layout import Layout

# A value is NULL exactly where one of these says why; the schema's CHECK on mart.fact_value holds the same.
WITHOUT_VALUE = ("suppressed", "not_collected", "not_applicable", "not_published")
WITH_VALUE = ("measured", "estimated", "provisional", "low_reliability", "break")


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


@dataclass(frozen=True)
class Submission:
    """What is known of a file besides its content: where its figures come from, what they add up to."""

    name: str
    source_id: str
    period: str | None = None
    control_total: float | None = None


@dataclass(frozen=True)
class Reading:
    """One file being read: the layout and submission it should be, and the report of what is wrong in it."""

    layout: Layout
    submission: Submission
    registry: Registry
    report: Report
