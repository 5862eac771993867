"""Runs the statements of sql/bulk on one large file; the only place of this package that opens DuckDB.

What does not fit into memory waits in a folder beside the warehouse, and is gone when the engine is closed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd

from etl import marts
from etl.errors import KarneError, Sentence, UnreadableFile, Where, sentence

MEMORY = "4GB"
PAUSE = 10.0  # seconds between two words on a statement that is running
CALL, COLUMN, VALUE = duckdb.FunctionExpression, duckdb.ColumnExpression, duckdb.ConstantExpression
Say = Callable[[Sentence], None]
Row = dict[str, Any]
Rows = duckdb.DuckDBPyRelation
Cell = duckdb.Expression


@dataclass(frozen=True)
class Step:
    """Something that takes a while: what it is, and how many bytes it reads where that tells how far it is."""

    told: Sentence
    size: int = 0

    def so_far(self, seconds: float, read: int) -> Sentence:
        """A word on how far it is."""
        if self.size and read:
            percent = min(99, 100 * read // self.size)
            return sentence("bulk_percent", step=self.told, percent=percent)
        return sentence("bulk_seconds", step=self.told, seconds=f"{seconds:.0f}")


class Engine:
    """One file's engine: `written` are its rows as they stand, `staged` what is kept of them until they are loaded."""

    def __init__(self, room: Path, say: Say) -> None:
        room.mkdir(parents=True, exist_ok=True)
        self.say = say
        self._folder = TemporaryDirectory(prefix="bulk-", dir=room, ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self.staged = self.folder / "staged.duckdb"
        self._connection = duckdb.connect(
            ":memory:", config={"memory_limit": MEMORY, "temp_directory": str(self.folder / "spill")}
        )
        self.run("begin", staged=str(self.staged))

    def release(self) -> None:
        """Let go of the staged rows, so that another connection may read them."""
        self._connection.close()

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()
        self._folder.cleanup()

    def run(self, name: str, step: Step | None = None, /, **values: object) -> list[Row]:
        """The rows of the last statement of sql/bulk/<name>.sql; of a long `step` a word is said now and then."""
        text = marts.sql(f"bulk/{name}")
        with explained():
            return self._patiently(text, values, step) if step else statements(self._connection, text, values)

    def put(self, name: str, frame: pd.DataFrame) -> None:
        """Let the statements name a frame."""
        self._connection.register(name, frame)

    def source(self, name: str, file: str, **values: object) -> Rows:
        """The rows of a received file, not read yet; a file that is not what it should be is a fault of it."""
        try:
            return self._connection.sql(marts.sql(f"bulk/{name}"), params=values)
        except duckdb.Error as error:
            raise UnreadableFile(Where(file), "bulk_unreadable", value=first_line(error)) from error

    def _patiently(self, text: str, values: dict[str, object], step: Step) -> list[Row]:
        """The rows of statements that run beside this thread, which tells how far they are."""
        began, before = time.monotonic(), bytes_read()
        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(statements, self._connection, text, values)
            try:
                while not _is_done(running):
                    self.say(step.so_far(time.monotonic() - began, bytes_read() - before))
                return running.result()
            except BaseException:
                self._connection.interrupt()
                raise


def statements(connection: duckdb.DuckDBPyConnection, text: str, values: dict[str, object]) -> list[Row]:
    """The rows of the last of the statements in `text`; each takes of `values` what it names."""
    rows: list[Row] = []
    for statement in connection.extract_statements(text):
        named = {key: value for key, value in values.items() if key in statement.named_parameters}
        made = connection.execute(statement, named or None)
        names = [column[0] for column in made.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in made.fetchall()]
    return rows


@contextmanager
def explained() -> Iterator[None]:
    """A disk or a memory that is too small is one sentence, not a traceback."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise KarneError("bulk_no_room", value=first_line(error), memory=MEMORY) from error


def bytes_read() -> int:
    """How many bytes this process has read so far; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/io").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(told.partition("rchar: ")[2].partition("\n")[0])


def _is_done(running: Future[list[Row]]) -> bool:
    try:
        running.result(timeout=PAUSE)
    except TimeoutError:
        return running.done()
    return True


def first_line(error: Exception) -> str:
    """What DuckDB says, without its advice."""
    return str(error).partition("\n")[0]
