"""Receives files: ledger, reader, contract, verdict; a file is used less its faulty rows, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from etl.bulk.engine import Engine
from etl.bulk.judging import KIND, BulkFile, Room
from etl.errors import Fault, FaultyInput, sentence
from etl.ledger import Entry, Ledger, written
from etl.manifest import Delivery
from etl.registry import Registry
from etl.sources import indicators, plan, population, spending
from etl.sources.contract import NotTheTable, Record, Report, open_as, records
from etl.sources.observation import Found, Observation, Reading

SOURCES: dict[str, Callable[[Iterable[Record], Reading], Iterable[Found]]] = {
    "indicators": indicators.observations,
    "plan": plan.plan_rows,
    "population": population.observations,
    "spending": spending.lines,
}


@dataclass(frozen=True)
class Judged:
    """A file held against its contract: what may be used of it and everything wrong with it.

    Of a bulk file the lines are `staged` elsewhere; whoever judges it closes that.
    """

    delivery: Delivery
    report: Report
    encoding: str | None
    found: list[Any]
    staged: Engine | None = None

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the file may be used; any fault does that to a file used whole or not at all."""
        return self.report.is_refused or (self.delivery.layout.whole and bool(self.report.faults))

    @property
    def verdict(self) -> str:
        """``accepted``, ``accepted_with_rejects`` or ``rejected``."""
        if self.is_refused or (self.report.faults and not self.found):
            return "rejected"
        return "accepted_with_rejects" if self.report.faults else "accepted"


@dataclass(frozen=True)
class Received:
    """A judged file and its receipt in the ledger."""

    entry: Entry
    judged: Judged

    @property
    def faults(self) -> list[Fault]:
        """Everything wrong in the file."""
        return self.judged.report.faults


@dataclass(frozen=True)
class Intake:
    """Where files are received: the registry they are held against, the ledger, and who brought them when."""

    registry: Registry
    ledger: Ledger
    received_at: datetime
    received_from: str | None
    room: Room = field(default_factory=Room)

    def receive(self, deliveries: list[Delivery]) -> list[Received]:
        """Judge every file, then every file against the others, and write each verdict into the ledger."""
        judged = [judge(one, self.registry, room=self.room) for one in deliveries]
        report_shared_keys(judged)
        return [Received(self.enter(one), one) for one in judged]

    def with_earlier_editions(self, received: list[Received]) -> list[Received]:
        """The received files and, for each one rejected, its last accepted edition where there is one."""
        rejected = [one for one in received if not one.entry.is_accepted]
        earlier = [found for one in rejected if (found := self.last_accepted(one)) is not None]
        report_shared_keys([one.judged for one in [*received, *earlier]])
        return [*received, *earlier]

    def enter(self, judged: Judged) -> Entry:
        """Keep the file and its verdict."""
        report = judged.report
        rejected = report.rows_read if judged.verdict == "rejected" else len(report.faulty_rows)
        slot, verdict = judged.delivery.submission.name, judged.verdict
        return self.receipt(
            judged.delivery.path, slot, judged.encoding, verdict, (report.rows_read, rejected)
        )

    def receipt(
        self, path: Path, slot: str, encoding: str | None, verdict: str, rows: tuple[int, int]
    ) -> Entry:
        """Keep the file at `path` in the ledger's `slot`; `rows` are how many were read, and rejected."""
        read, rejected = rows
        return self.ledger.record(
            Entry(
                file_id=self.ledger.keep(path),
                submission=slot,
                name=path.name,
                bytes=path.stat().st_size,
                encoding=encoding,
                received_at=written(self.received_at),
                received_from=self.received_from,
                edition=1,
                supersedes=None,
                verdict=verdict,
                rows_read=read,
                rows_accepted=read - rejected,
                rows_rejected=rejected,
            )
        )

    def last_accepted(self, rejected: Received) -> Received | None:
        """The newest earlier edition of a rejected file that was accepted, judged by today's registry."""
        for entry in reversed(self.ledger.editions(rejected.entry.submission)):
            if entry.is_accepted and entry.file_id != rejected.entry.file_id:
                kept = replace(rejected.judged.delivery, path=self.ledger.path_of(entry.file_id))
                return Received(entry, judge(kept, self.registry, entry.name, self.room))
        return None


def judge(
    delivery: Delivery, registry: Registry, name: str | None = None, room: Room | None = None
) -> Judged:
    """Read one file as its layout; never raises for what is wrong inside the file.

    ``name`` is what the report calls a file that is kept under another one; ``room`` is where the lines of a
    bulk file wait.
    """
    layout, report, encoding = delivery.layout, Report(name or delivery.path.name), None
    reading = Reading(layout, delivery.submission, registry, report)
    found: list[Any] = []
    bulk = BulkFile(delivery.path, reading, room or Room()) if layout.kind == KIND else None
    try:
        if bulk:
            found = bulk.budgets()
        else:
            table = open_as(layout, delivery.path)
            encoding = table.encoding
            if table.format not in ("csv", delivery.path.suffix.lstrip(".").lower()):
                report.notes.append(sentence("format_differs", file=delivery.path.name, found=table.format))
            found = list(SOURCES[layout.kind](records(table, layout, report), reading))
    except FaultyInput as error:
        report.is_unreadable = True
        report.faults.extend(error.faults)
    except NotTheTable:
        report.is_unreadable = True
    judged = Judged(
        delivery, report, bulk.encoding if bulk else encoding, found, bulk.staged if bulk else None
    )
    if judged.is_refused:
        found.clear()
    return judged


def report_shared_keys(judged: list[Judged]) -> None:
    """Report, in the later file, everything that two files of one build claim; its row is left out."""
    owner: dict[tuple[Any, ...], Judged] = {}
    for one in judged:
        own: list[Found] = []
        told: set[tuple[Any, ...]] = set()
        try:
            for row in one.found:
                taken = [claim for claim in row.claims if owner.setdefault(claim, one) is not one]
                if not taken:
                    own.append(row)
                fresh = [claim for claim in taken if claim not in told]
                told.update(fresh)
                # A row that shares several claims with one file (the years of a plan) is one fault.
                for claim in {owner[claim].delivery.path: claim for claim in reversed(fresh)}.values():
                    one.report.add(
                        "duplicate_elsewhere",
                        row.row_number,
                        value=" · ".join(str(part) for part in claim[:3]),
                        first=owner[claim].delivery.path.name,
                    )
        except NotTheTable:
            own = []
        one.found[:] = [] if one.is_refused else own


def observed(received: Iterable[Received], registry: Registry) -> pd.DataFrame:
    """Every usable observation with its file, sheet, source and a lineage_id from 1 on."""
    every = rows_of(received, registry, Observation)
    return every.assign(lineage_id=range(1, len(every) + 1))


def has_synthetic(received: Iterable[Received], registry: Registry) -> bool:
    """Whether anything usable is of a synthetic source."""
    used = {one.judged.delivery.submission.source_id for one in received if one.judged.found}
    return any(registry.sources[source_id].is_synthetic for source_id in used)


def rows_of(received: Iterable[Received], registry: Registry, grain: type[Any]) -> pd.DataFrame:
    """Every usable row of one `grain` (a NamedTuple of a source) with its file, sheet and source."""
    frames = [
        own.assign(
            file_id=one.entry.file_id,
            sheet=one.judged.report.sheet,
            source_id=one.judged.delivery.submission.source_id,
            is_synthetic=registry.sources[one.judged.delivery.submission.source_id].is_synthetic,
        )
        for one in received
        if not (own := frame_of(one.judged, grain)).empty
    ]
    empty = pd.DataFrame(columns=[*grain._fields, "file_id", "sheet", "source_id", "is_synthetic"])
    return pd.concat(frames, ignore_index=True) if frames else empty


def frame_of(judged: Judged, grain: type[Any]) -> pd.DataFrame:
    """The usable rows of one `grain` in a file, its fields as columns."""
    return pd.DataFrame([row for row in judged.found if isinstance(row, grain)], columns=grain._fields)


def with_file_lineage(rows: pd.DataFrame, first: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with a lineage_id a file and sheet, from `first` on, and the meta.lineage rows of those."""
    origin = ["source_id", "file_id", "sheet"]
    files = rows[origin].drop_duplicates().reset_index(drop=True)
    files = files.assign(lineage_id=range(first, first + len(files)), kind="source")
    return rows.merge(files[[*origin, "lineage_id"]], on=origin, how="left"), files


def rejects(told: Iterable[tuple[Entry, Sequence[Fault]]]) -> pd.DataFrame:
    """meta.reject rows of the faults of each receipt."""
    return pd.DataFrame(
        [
            (
                entry.file_id,
                fault.sheet,
                fault.row,
                fault.column,
                fault.value,
                fault.rule,
                fault.message_tr,
                fault.message_en,
            )
            for entry, faults in told
            for fault in faults
        ],
        columns=[
            "file_id",
            "sheet",
            "row_number",
            "column_name",
            "value",
            "rule",
            "message_tr",
            "message_en",
        ],
    )
