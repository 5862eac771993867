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

    def arriving(self, release_id: str) -> Path:
        """Where a new generation is written until it is published; an abandoned one is removed first."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{release_id}.duckdb.tmp"
        self.discard(release_id)
        return path

    def discard(self, release_id: str) -> None:
        """Remove an unpublished generation."""
        for path in self.folder.glob(f"{release_id}.duckdb.tmp*"):
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
