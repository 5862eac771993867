"""Budget tables with years across: held against their layout and kept; no mart takes spending yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.sources.contract import Record
from etl.sources.observation import Observation, Reading


def observations(rows: Iterable[Record], reading: Reading) -> Iterator[Observation]:
    """No observations: reports a budget line that stands twice and an amount that is missing."""
    seen: dict[str, int] = {}
    for record in rows:
        if (first := seen.setdefault(record.texts["line"], record.row)) != record.row:
            reading.report.add("duplicate_key", record.row, value=record.texts["line"], first=first)
        for measure in record.measures:
            if measure.number is None:
                reading.report.add("cell_empty", record.row, measure.header)
    yield from ()
