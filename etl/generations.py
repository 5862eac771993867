"""One file per generation and a ``current`` pointer beside it; a published file is never written to again."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.errors import KarneError

KEPT = 3
ID = "%Y%m%dT%H%M%S"
POINTER = "current"


@dataclass(frozen=True)
class Shelf:
    """A folder of generations: ``var/warehouse`` or ``var/releases``.

    A running DuckDB keeps the file it opened by its path, so a generation is never replaced in place.
    """

    folder: Path

    def current(self) -> Path | None:
        """The file in service; None where nothing was ever published."""
        pointer = self.folder / POINTER
        if not pointer.exists():
            return None
        path = self.folder / f"{pointer.read_text(encoding='utf-8').strip()}.duckdb"
        return path if path.exists() else None

    def next_id(self) -> str:
        """The present second as 20261122T013000, or the one after the last generation's: ids only ever grow."""
        moment = datetime.now(UTC)
        if last := max((path.stem for path in self.folder.glob("*.duckdb")), default=None):
            moment = max(moment, datetime.strptime(last, ID).replace(tzinfo=UTC) + timedelta(seconds=1))
        return moment.strftime(ID)

    def arriving(self, release_id: str) -> Path:
        """Where a new generation is written until it is published; abandoned ones are removed first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.discard()
        return self.folder / f"{release_id}.duckdb.tmp"

    def discard(self) -> None:
        """Remove whatever was not published; only one build runs at a time."""
        for path in self.folder.glob("*.duckdb.tmp*"):
            path.unlink()

    def publish(self, release_id: str) -> Path:
        """Put the arriving generation in service with one atomic step and keep the last three."""
        arriving, path = self.folder / f"{release_id}.duckdb.tmp", self.folder / f"{release_id}.duckdb"
        arriving.chmod(0o444)
        with arriving.open("rb") as stream:
            os.fsync(stream.fileno())
        arriving.rename(path)
        pointer = self.folder / f"{POINTER}.tmp"
        pointer.write_text(f"{release_id}\n", encoding="utf-8")
        pointer.replace(self.folder / POINTER)
        for old in sorted(self.folder.glob("*.duckdb"))[:-KEPT]:
            old.unlink()
        return path


@contextmanager
def one_build_at_a_time(var: Path) -> Iterator[None]:
    """Hold the lock of ``var``; KarneError where another build holds it or nothing may be written."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        lock = (var / "build.lock").open("w", encoding="utf-8")
    except OSError as error:
        raise KarneError("not_writable", value=str(var)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise KarneError("build_running") from error
        yield
