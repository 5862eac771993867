"""Freezes what is published of a warehouse as its own file; staging, drafts and persons never enter it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from etl import marts


def freeze(warehouse: Path, target: Path) -> None:
    """Write mart and meta of the published indicators in ``warehouse`` to the new file ``target``.

    The file is filled afresh, not thinned out: blocks of a deleted table would still hold its rows.
    """
    with duckdb.connect(str(target)) as connection:
        connection.execute(marts.schema())
        connection.execute(marts.sql("release/attach"), {"warehouse": str(warehouse)})
        connection.execute(marts.sql("release/money"))
        connection.execute(marts.sql("release/freeze"))
