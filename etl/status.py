"""Says what is in service: the generation, the files behind it, and what is late; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from etl import marts
from etl.errors import KarneError, Sentence, sentence
from etl.generations import Shelf
from etl.ledger import Ledger


def lines(var: Path) -> Iterator[Sentence]:
    """The report, line by line; KarneError where nothing was ever built."""
    current = Shelf(var / "warehouse").current()
    if current is None:
        raise KarneError("nothing_built")
    with duckdb.connect(str(current), read_only=True) as connection:
        yield from (sentence("status_release", **row) for row in rows(connection, "release"))
        for row in rows(connection, "files"):
            verdict = sentence(f"verdict_{row['verdict']}")
            yield sentence(
                "status_file", **{**row, "verdict": verdict, "received_from": row["received_from"] or "—"}
            )
        in_service = {row["file_id"] for row in rows(connection, "files")}
        for entry in Ledger(var / "ledger").waiting():
            if entry.file_id not in in_service:
                verdict = sentence(f"verdict_{entry.verdict}")
                yield sentence("status_refused", name=entry.name, edition=entry.edition, verdict=verdict)
        waiting = rows(connection, "waiting")
        yield sentence("status_waiting" if waiting else "status_nothing_waiting", count=len(waiting))
        for row in waiting:
            label = Sentence(row["short_label_tr"], row["short_label_en"])
            yield sentence(f"status_{row['state']}", label=label, **row)


def rows(connection: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """The result of sql/status/<name>.sql as dictionaries."""
    found = connection.execute(marts.sql(f"status/{name}"))
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
