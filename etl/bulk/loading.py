"""Hands the staged lines of a bulk file to the marts, some millions at a time, by the statement small files use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl import marts
from etl.bulk.engine import Engine, Row, Say, statements
from etl.bulk.judging import counted
from etl.errors import sentence

if TYPE_CHECKING:
    import duckdb

# Loaded together, and how often a word is said.
BATCH = 5_000_000


def load(
    connection: duckdb.DuckDBPyConnection, staged: Engine, file: str, origin: tuple[int, bool], say: Say
) -> None:
    """Fill mart.spending_row from `staged`; `origin` are the lineage_id of the file and whether it is synthetic."""
    lineage_id, is_synthetic = origin

    def run(name: str, **values: object) -> list[Row]:
        return statements(connection, marts.sql(f"bulk/{name}"), values)

    lines = int(run("load_begin", staged=str(staged.staged))[0]["lines"])
    for first in range(0, lines, BATCH):
        last = min(first + BATCH, lines)
        run("incoming", first=first, last=last, lineage_id=lineage_id, is_synthetic=is_synthetic)
        # A part of a file is large enough for DuckDB to keep its order while it looks codes up.
        for name in (marts.CLASSED, "bulk/classed") if last - first == BATCH else marts.SPENDING_ROWS:
            connection.execute(marts.sql(name))
        say(sentence("bulk_loaded", file=file, done=counted(last), rows=counted(lines)))
    run("load_end")
