"""How long budgets in bulk take from the file to the marts, with how much memory, and a drill-down among them then."""

import math
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from bench.report import Result, percentile
from bench.servers import ROOT, WORK
from dashboard.warehouse import Warehouse
from tests.roster import write_roster

CITIES, YEARS = 1_400, 10
SECONDS, GIGABYTES, MILLISECONDS = 180, 6, 150
ASKED = 60
FOLDER = WORK / "spending"
# How a build says, in English, that a part of it begins.
PARTS = {"receive": "2/7", "keep": "entered into the ledger", "fill": "3/7", "check": "6/7", "freeze": "7/7"}


@dataclass(frozen=True)
class Case:
    """A kind of file and whether it is sorted by municipality and year."""

    kind: str
    is_sorted: bool

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.kind}, {'sorted' if self.is_sorted else 'in no order'}"


@dataclass(frozen=True)
class Run:
    """One build: seconds when each part began and when all ended, and the memory at its peak."""

    began: dict[str, float]
    ended: float
    gigabytes: float

    def between(self, first: str, last: str | None = None) -> float:
        """Seconds from the beginning of one part to that of another, or to the end."""
        return (self.began[last] if last else self.ended) - self.began[first]


CASES = (Case("Parquet", False), Case("Parquet", True), Case("csv", True), Case("csv", False))


def results(rows: int) -> Iterator[Result]:
    """Each case from the file to the release; the drill-down on what the last one left."""
    lines = math.ceil(rows / (CITIES * YEARS))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    registry = write_roster(FOLDER / "roster", CITIES).registry
    for case in CASES:
        shutil.rmtree(FOLDER / "var", ignore_errors=True)
        source = written(case, lines)
        yield from told(case, rows, built(registry, source), source.stat().st_size)
        source.unlink()
    yield drill_down(rows)
    shutil.rmtree(FOLDER)


def written(case: Case, lines: int) -> Path:
    """The file of budgets nobody had, and the manifest that says what it is."""
    folder = FOLDER / "bulk"
    folder.mkdir(exist_ok=True)
    path = folder / f"budgets.{case.kind.lower()}"
    told = {"layout": "spending_bulk", "source": "municipal_budget", "numbers": "plain"}
    (folder / "manifest.yml").write_text(yaml.safe_dump({"files": {path.name: told}}), encoding="utf-8")
    text = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").replace("'FILE'", f"'{path}'")
    total = CITIES * YEARS * lines
    step = (
        1 if case.is_sorted else next(n for n in range(int(total * 0.618), total) if math.gcd(n, total) == 1)
    )
    values = {"cities": CITIES, "years": YEARS, "lines": lines, "step": step}
    connection = duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(FOLDER / "spill")})
    for statement in connection.extract_statements(text):
        named = {name: values[name] for name in statement.named_parameters}
        connection.execute(statement, named or None)
    return path


def built(registry: Path, source: Path) -> Run:
    """`karne build` on the file beside the published figures."""
    data = [str(ROOT / "data" / "official"), str(source.parent)]
    command = [sys.executable, "-m", "karne", "build", "--lang", "en", "--var", str(FOLDER / "var")]
    command += ["--registry", str(registry), "--data", *data]
    began: dict[str, float] = {}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    for line in process.stdout or ():
        print(f"{time.perf_counter() - start:7.1f} s {line.rstrip()}", file=sys.stderr)
        for part, words in PARTS.items():
            if words in line:
                began[part] = time.perf_counter()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"karne build ended with {os.waitstatus_to_exitcode(status)}")
    return Run(began, time.perf_counter(), used.ru_maxrss / 1024**2)


def told(case: Case, rows: int, run: Run, size: int) -> Iterator[Result]:
    """Rows to marts with its budget, and what the ledger, the checks and the release cost besides."""
    name = f"{rows:,} spending rows ({case.name})"
    marts = run.between("receive", "check") - run.between("keep", "fill")
    yield Result(
        f"{name} to marts", marts, SECONDS, "s", f"file {size / 1e9:.1f} GB, load {os.getloadavg()[1]:.1f}"
    )
    yield Result(f"{name}, memory", run.gigabytes, GIGABYTES, "GB", f"{run.gigabytes:.2f} GB")
    besides = [("ledger", run.between("keep", "fill")), ("checks", run.between("check", "freeze"))]
    besides += [("release", run.between("freeze"))]
    note = ", ".join(f"{part} {seconds:.0f} s" for part, seconds in besides)
    yield Result(f"{name}, besides", sum(seconds for _, seconds in besides), None, "s", note)


def drill_down(rows: int) -> Result:
    """The question behind a click on a function, of cities and years taken at random."""
    warehouse, chance, took = Warehouse(FOLDER / "var" / "releases"), random.Random(4), []
    for _ in range(ASKED):
        asked = {
            "city_id": f"belediye-{chance.randint(1, CITIES):04d}", "year": chance.randint(2025 - YEARS, 2024),
            "function": f"{chance.randint(1, 10):02d}", "economic": "", "unit": "", "measure": "outturn",
            "entities": ["municipality", "utility", "company"], "most": 500,
        }  # fmt: skip
        start = time.perf_counter()
        found = warehouse.rows("spending_rows", **asked)
        took.append(1_000 * (time.perf_counter() - start))
        if not found:
            raise SystemExit(f"no rows of {asked}")
    size = next((FOLDER / "var" / "releases").glob("*.duckdb")).stat().st_size
    note = f"p50 {percentile(took, 0.5):.0f} ms, release {size / 1e9:.1f} GB"
    return Result(f"one city's rows among {rows:,}, p95", percentile(took, 0.95), MILLISECONDS, "ms", note)
