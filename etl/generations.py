"""One file per generation and a ``current`` pointer beside it; a published file is never written to again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

KEPT = 3
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

    def last(self) -> str | None:
        """The id of the newest generation on the shelf."""
        return max((path.stem for path in self.folder.glob("*.duckdb")), default=None)

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
