"""A bulk file from its arrival to its verdict: spellings, codes, one sort, an examination; whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

import pandas as pd

from etl.bulk.arrival import open_arrival
from etl.bulk.engine import Engine, Row, Say
from etl.bulk.faults import Examination
from etl.bulk.meanings import Meanings
from etl.errors import Sentence, sentence
from etl.sources.contract import NotTheTable
from etl.sources.observation import Reading

KIND = "spending_bulk"


@dataclass(frozen=True)
class Room:
    """Where the lines of a bulk file wait until they are loaded, and where its progress is told."""

    folder: Path = field(default_factory=lambda: Path(gettempdir()))
    say: Say = lambda _: None


class Budget(NamedTuple):
    """A budget in a bulk file; its lines wait elsewhere."""

    city_id: str
    year: int
    entity: str
    side: str
    measures: tuple[str, ...]
    row_number: int

    @property
    def claims(self) -> tuple[tuple[Any, ...], ...]:
        """The measures it has of its city, year, entity and side."""
        return tuple((*self[:4], measure) for measure in self.measures)


class BulkFile:
    """One bulk file being judged; `staged` has the lines, sorted, of one that is in order, until it is closed."""

    def __init__(self, path: Path, reading: Reading, room: Room) -> None:
        self.path, self.reading, self.report, self.room = path, reading, reading.report, room
        self.encoding: str | None = None
        self.staged: Engine | None = None

    def budgets(self) -> list[Budget]:
        """The budgets of the file; what is wrong goes to its report. Raises as the readers of small files do."""
        engine = Engine(self.room.folder, self.room.say)
        try:
            found = self._examined(engine)
        except BaseException:
            engine.close()
            raise
        if self.report.faults:
            engine.close()
            return []
        engine.release()
        self.staged = engine
        return [budget(row) for row in found]

    def _examined(self, engine: Engine) -> list[Row]:
        report = self.report
        arrival = open_arrival(engine, self.path, self.reading)
        self.encoding = arrival.encoding
        if arrival.encoding:
            engine.run("kept_csv", self._step("kept"))
        spelled = engine.run("spelled", self._step("spelled"))
        if not spelled:
            report.add("no_rows")
            raise NotTheTable
        report.rows_read = int(spelled[0]["lines"])
        meanings = Meanings(self.reading, arrival)
        engine.put("meaning", meanings.of(pd.DataFrame(spelled)))
        report.faults += meanings.whole
        for name in ("meaning", "meant", "sorted"):
            engine.run(name, self._step("sorted"))
        found = Examination(engine, arrival, self.reading, meanings.budget).run()
        self._note(engine)
        return found

    def _step(self, name: str) -> Sentence:
        return sentence(f"bulk_{name}", file=self.report.file, rows=counted(self.report.rows_read))

    def _note(self, engine: Engine) -> None:
        """Note how many lines have no class."""
        named = self.reading.registry.budget_codes.named
        known = {kind: [*named(kind)] for kind in ("functional", "economic", "revenue")}
        found = engine.run("unclassified", **known)[0]
        if found["lines"]:
            told = {"count": counted(int(found["lines"])), "row": found["row_number"]}
            self.report.notes.append(sentence("lines_unclassified", **told))


def budget(row: Row) -> Budget:
    """A row of bulk/budgets.sql."""
    return Budget(
        row["city_id"], row["year"], row["entity"], row["side"], tuple(row["measures"]), row["row_number"]
    )


def counted(number: int) -> Sentence:
    """A number of rows as each language writes it."""
    english = f"{number:,}"
    return Sentence(english.replace(",", "."), english)
