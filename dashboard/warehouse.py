"""Opens the file in service read-only and runs named queries; the only `import duckdb` of this package.

A new generation is noticed by the pointer's mtime, so the file itself is never replaced: DuckDB
keeps instances by path and would go on serving the old bytes.
"""

import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard.errors import WarehouseMissing

Row = dict[str, Any]
QUERIES = Path(__file__).parent / "queries"


@cache
def statement(name: str) -> str:
    """The SQL of queries/<name>.sql."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


class Warehouse:
    """One per process. `folder` holds `current`, a text file that names the generation in service."""

    def __init__(self, folder: Path, *, threads: int = 2, query_ms: int = 5_000) -> None:
        self.folder = folder
        self._config: dict[str, str | bool | int | float | list[str]] = {
            "threads": str(threads),
            "memory_limit": "1GB",
            "enable_external_access": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "max_execution_time": str(query_ms),
            "lock_configuration": "true",
        }
        self._lock = threading.Lock()
        self._local = threading.local()
        self._pointer_mtime = -1
        self._generation = ""
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._open = ""  # the generation the connection reads

    def generation(self) -> str:
        """Name of the generation in service; one stat per call. Raises WarehouseMissing."""
        pointer = self.folder / "current"
        try:
            mtime = pointer.stat().st_mtime_ns
            if mtime != self._pointer_mtime:
                self._generation = pointer.read_text(encoding="utf-8").strip().removesuffix(".duckdb")
                self._pointer_mtime = mtime
        except FileNotFoundError:
            raise WarehouseMissing(str(self.folder)) from None
        return self._generation

    def rows(self, name: str, **parameters: Any) -> list[Row]:
        """Rows of queries/<name>.sql; values travel only as $name parameters."""
        cursor = self._cursor()
        cursor.execute(statement(name), parameters or None)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def schemas(self) -> Sequence[str]:
        """Schemas in the open file, for the guard that keeps staging out of the public app."""
        return [row["schema_name"] for row in self.rows("schemas")]

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        generation = self.generation()
        if getattr(self._local, "generation", None) != generation:
            with self._lock:
                if self._connection is None or self._open != generation:
                    path = self.folder / f"{generation}.duckdb"
                    if not path.exists():
                        raise WarehouseMissing(str(path))
                    # The old connection lives on until the last thread has dropped its cursor.
                    self._connection = duckdb.connect(str(path), read_only=True, config=self._config)
                    self._open = generation
                self._local.cursor = self._connection.cursor()
            self._local.generation = generation
        cursor: duckdb.DuckDBPyConnection = self._local.cursor
        return cursor
