"""How long the estimates of a survey take, and how much memory; from a csv to every table."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.report import Result
from bench.servers import ROOT, WORK
from etl.methods.survey.engine import Engine, Scale
from etl.methods.survey.estimates import estimates
from etl.methods.survey.files import UNREPORTED
from etl.methods.survey.microdata import read


@dataclass(frozen=True)
class Size:
    """So many interviews, PSUs a stratum (there are 156 strata), and the most the command may take."""

    rows: int
    psus: int
    seconds: float
    gigabytes: float


SMALL = Size(20_000, 13, 1.5, 3)
LARGE = (Size(1_000_000, 650, 20, 3), Size(10_000_000, 160, 150, 6))


def results() -> Iterator[Result]:
    """Estimates of a usual survey in this process; then the whole command on large ones."""
    source = written(SMALL)
    start = time.perf_counter()
    with Engine() as engine:
        faults = read(engine, source, Scale())
        engine.moments(Scale(), UNREPORTED)
        cells = len(estimates(engine.run("estimate")))
    spent = time.perf_counter() - start
    if faults:
        raise SystemExit(f"{source}: {faults[0]}")
    yield Result("survey of 20,000, csv to estimates", spent, SMALL.seconds, "s", f"{cells:,} cells")
    for size in LARGE:
        source = written(size)
        seconds, gigabytes = command(source)
        source.unlink()
        name = f"survey of {size.rows:,}, {size.psus * 156:,} PSUs, csv to all tables"
        yield Result(name, seconds, size.seconds, "s")
        yield Result(f"{name}, memory", gigabytes, size.gigabytes, "GB")


def written(size: Size) -> Path:
    """The csv of a survey nobody took."""
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"survey-{size.rows}.csv"
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").replace("'FILE'", f"'{path}'")
    duckdb.connect().execute(text, {"psus": size.psus, "rows": size.rows})
    return path


def command(source: Path) -> tuple[float, float]:
    """(seconds, gigabytes at the peak) of `karne method survey` on the file."""
    out = WORK / "survey"
    words = [sys.executable, "-m", "karne", "method", "survey", str(source), "--out", str(out)]
    start = time.perf_counter()
    process = os.posix_spawn(sys.executable, words, {**os.environ, "PYTHONPATH": str(ROOT)},
                             file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])  # fmt: skip
    _, status, used = os.wait4(process, 0)
    if status:
        raise SystemExit(f"karne method survey ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, used.ru_maxrss / 1024**2
