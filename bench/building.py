"""Warehouses to measure: the shipped data, built cold and on the clock, and a synthetic roster of 1,400."""

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.report import Result
from bench.servers import ROOT, WORK
from tests.roster import build_roster

BUDGET = 15  # seconds
MANY = 1_400


def cold_build() -> tuple[Path, Result]:
    """(`var` folder, seconds of `karne build` into it, from the start of the process to its end)."""
    var = WORK / "var"
    shutil.rmtree(var, ignore_errors=True)
    start = time.perf_counter()
    command = [sys.executable, "-m", "karne", "build", "--var", str(var)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return var, Result("cold build of the shipped data", time.perf_counter() - start, BUDGET, "s")


def large() -> Path:
    """The `var` folder of the large roster, kept as long as nothing it is built from has changed."""
    folder, stamp = WORK / "roster", WORK / "roster.stamp"
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources())).hexdigest()
    if not stamp.exists() or stamp.read_text() != digest:
        stamp.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        build_roster(folder, MANY)
        stamp.write_text(digest)
    return folder / "var"


def sources() -> Iterator[Path]:
    """Everything that decides what is in a warehouse."""
    for place in (ROOT / "etl", ROOT / "data" / "official"):
        yield from sorted(path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
    yield ROOT / "warehouse.duckdb.sql"
    yield ROOT / "tests" / "roster.py"
