"""A bulk file from its arrival to its verdict: spellings, codes, one sort, an examination; whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Any, NamedTuple

import pandas as pd

from etl.bulk.arrival import open_arrival
from etl.bulk.engine import Engine, Row, Say, Step
from etl.bulk.faults import Examination
from etl.bulk.meanings import Meanings
from etl.errors import Sentence, sentence
from etl.sources.contract import MOST_FAULTS, NotTheTable
from etl.sources.observation import Reading

KIND = "spending_bulk"
# Rows that are sorted in the memory an engine may take.
PART = 35_000_000


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
        is_csv = arrival.encoding is not None
        spelled = self._kept(engine) if is_csv else []
        counted = engine.run("counted_csv" if is_csv else "counted")[0]
        report.rows_read = counted["rows"]
        if not report.rows_read:
            report.add("no_rows")
            raise NotTheTable
        if counted["rest"]:
            spelled += engine.run("spelled", self._step("spelled"))
        meanings = Meanings(self.reading, arrival)
        engine.put("meaning", meanings.of(pd.DataFrame(spelled).drop_duplicates()))
        report.faults += meanings.whole
        for name in ("meaning", "coded", *["coded_csv"] * is_csv, "meant"):
            engine.run(name)
        self._sort(engine)
        found = Examination(engine, arrival, self.reading, meanings.budget).run()
        self._note(engine, any(one["has_units"] for one in found))
        return found

    def _kept(self, engine: Engine) -> list[Row]:
        """The spellings of a csv as far as a sample shows them; its rows are kept by them."""
        engine.run("known", self._step("spelled"))
        engine.run("kept_csv", Step(self._step("kept").told, self.path.stat().st_size))
        return engine.run("spelled_known", self._step("spelled"))

    def _sort(self, engine: Engine) -> None:
        """Sort the rows municipality by municipality, as many together as go into memory."""
        found, rows, done = engine.run("places")[0], self.report.rows_read, 0
        parts = -(-rows // PART) if found["places"] else 0
        for part in range(parts):
            values = {"part": part, "parts": parts, "places": found["places"]}
            done += engine.run("sorted", self._step("sorting"), **values)[0]["Count"]
            self.room.say(self._step("sorted", done=counted(done)).told)
        if found["has_others"]:
            engine.run("unplaced")
        engine.run("forgotten")

    def _step(self, name: str, **told: object) -> Step:
        rows = counted(self.report.rows_read)
        return Step(sentence(f"bulk_{name}", file=self.report.file, rows=rows, **told))

    def _note(self, engine: Engine, has_units: bool) -> None:
        """Note how many lines have no class, and where the unit changes within a budget."""
        named = self.reading.registry.budget_codes.named
        known = {kind: [*named(kind)] for kind in ("functional", "economic", "revenue")}
        found = engine.run("unclassified", **known)[0]
        if found["lines"]:
            told = {"count": counted(int(found["lines"])), "row": found["row_number"]}
            self.report.notes.append(sentence("lines_unclassified", **told))
        for row in engine.run("units_mixed", most=MOST_FAULTS) if has_units else ():
            self.report.notes.append(sentence("units_mixed", **row))


def budget(row: Row) -> Budget:
    """A row of bulk/budgets.sql."""
    return Budget(
        row["city_id"], row["year"], row["entity"], row["side"], tuple(row["measures"]), row["row_number"]
    )


def counted(number: int) -> Sentence:
    """A number of rows as each language writes it."""
    english = f"{number:,}"
    return Sentence(english.replace(",", "."), english)
