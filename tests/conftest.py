"""The warehouse every test reads: built once a run from the shipped figures, by the code that ships."""

import datetime as dt
from pathlib import Path

import pytest

from etl.build import Request, build

ROOT = Path(__file__).resolve().parents[1]
AS_OF = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def var_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `var` folder with ledger, warehouse and release of what ships: data/official and data/sample."""
    var = tmp_path_factory.mktemp("var")
    request = Request(
        data=(ROOT / "data" / "official", ROOT / "data" / "sample"),
        registry=ROOT / "etl" / "registry",
        var=var,
        as_of=AS_OF,
    )
    build(request, say=lambda _: None)
    return var


@pytest.fixture(scope="session")
def release_folder(var_folder: Path) -> Path:
    """What the public app opens: releases and the pointer to the one in service."""
    return var_folder / "releases"
