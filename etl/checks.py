"""What must hold of finished marts before they go into service; a failing check names what does not."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl import marts
from etl.errors import ChecksFailed, Sentence, sentence

# Against the last build: losing more than this share of the values is a mistake, not an edition.
COLLAPSE = 0.8


def hold(warehouse: Path, previous: Path | None) -> None:
    """Run every check of sql/checks on the file at ``warehouse``; ChecksFailed names all that fail.

    Each file of sql/checks is one check and selects what breaks it: a count and an example.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        broken = [
            sentence("check_failed", check=name, count=count, example=example)
            for name in names()
            if (
                count := (found := connection.execute(marts.sql(f"checks/{name}")).fetchone() or (0, None))[0]
            )
            for example in found[1:2]
        ]
    broken += collapse(warehouse, previous)
    if broken:
        raise ChecksFailed(broken)


def names() -> list[str]:
    """Every check, by what must hold."""
    return sorted(path.stem for path in (marts.FOLDER / "checks").glob("*.sql"))


def collapse(warehouse: Path, previous: Path | None) -> list[Sentence]:
    """What is said when the new build has far fewer values than the one in service."""
    if previous is None:
        return []
    counts = []
    for path in (previous, warehouse):
        with duckdb.connect(str(path), read_only=True) as connection:
            counts.append((connection.execute(marts.sql("compare/values")).fetchone() or (0,))[0])
    before, now = counts
    return [sentence("check_collapse", before=before, now=now)] if now < COLLAPSE * before else []
