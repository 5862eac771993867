"""Budget tables with years across: held against their layout and kept; there is no spending table to fill yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.registry import Registry
from etl.sources.contract import Record, Report
from etl.sources.layout import Layout
from etl.sources.observation import Observation, Submission


def observations(
    rows: Iterable[Record], layout: Layout, submission: Submission, registry: Registry, report: Report
) -> Iterator[Observation]:
    """No observations; reports a budget line that stands twice and an amount that is missing."""
    seen: dict[str, int] = {}
    for record in rows:
        if (first := seen.setdefault(record.texts["line"], record.row)) != record.row:
            report.add("duplicate_key", record.row, value=record.texts["line"], first=first)
        for measure in record.measures:
            if measure.number is None:
                report.add("cell_empty", record.row, measure.header)
    yield from ()
