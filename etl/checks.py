"""What must hold of finished marts before they go into service; a failing check names what does not."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl import marts
from etl.errors import ChecksFailed, Sentence, sentence

# Against the last build: losing more than this share of the values is a mistake, not an edition.
COLLAPSE = 0.8


def hold(warehouse: Path, previous: Path | None, may_shrink: bool = False) -> None:
    """Run every check of sql/checks on the file at ``warehouse``; ChecksFailed names all that fail.

    Each file of sql/checks is one check and selects what breaks it: how many rows, and one as an example.
    No more than a fifth of the values of the ``previous`` generation may be gone, unless it ``may_shrink``.
    """
    broken = []
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name in names():
            count, example = connection.execute(marts.sql(f"checks/{name}")).fetchone() or (0, None)
            if count:
                broken.append(sentence("check_failed", check=name, count=count, example=example))
    if previous is not None and not may_shrink:
        broken += collapse(warehouse, previous)
    if broken:
        raise ChecksFailed(broken)


def names() -> list[str]:
    """Every check, by what must hold."""
    return sorted(path.stem for path in (marts.FOLDER / "checks").glob("*.sql"))


def collapse(warehouse: Path, previous: Path) -> list[Sentence]:
    """What is said when the new build has far fewer values than the one in service."""
    before, now = (values(path) for path in (previous, warehouse))
    return [sentence("check_collapse", before=before, now=now)] if now < COLLAPSE * before else []


def values(path: Path) -> int:
    """How many figures a warehouse holds."""
    with duckdb.connect(str(path), read_only=True) as connection:
        (count,) = connection.execute(marts.sql("compare/values")).fetchone() or (0,)
    return int(count)
