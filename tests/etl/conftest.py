"""What the ETL tests share: the shipped registry, a folder to deliver into, the shipped figures built."""

import csv
import io
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import yaml

from etl import build as building
from etl import intake, method_command
from etl.errors import Fault, Sentence
from etl.manifest import Delivery
from etl.registry import Registry, load
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from tests.etl import plan_files

ROOT = Path(__file__).resolve().parents[2]
REGISTRY = ROOT / "etl" / "registry"
OFFICIAL = ROOT / "data" / "official"
SAMPLE = ROOT / "data" / "sample"
AS_OF = date(2026, 11, 22)
HEADER = ["place", "indicator", "period", "value", "status"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs beside the project."""
    folder = Path(os.environ.get("KARNE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the real inputs are not here (KARNE_SHARED names their folder)")
    return folder


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load(REGISTRY)


@dataclass
class Inbox:
    """A folder of deliveries with its manifest, and the var folder they are built into."""

    folder: Path
    var: Path
    said: list[Sentence] = field(default_factory=list)

    def put(self, name: str, rows: Iterable[Iterable[Any]] | bytes, **told: Any) -> Path:
        """Deliver one file and name it in the manifest; rows become a tidy csv."""
        self.folder.mkdir(exist_ok=True)
        path, manifest = self.folder / name, self.folder / "manifest.yml"
        path.write_bytes(rows if isinstance(rows, bytes) else as_csv(rows))
        declared = (
            yaml.safe_load(manifest.read_text(encoding="utf-8")) if manifest.exists() else {"files": {}}
        )
        declared["files"][name] = {"layout": "tidy", "source": "tuik_adnks"} | told
        manifest.write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
        return path

    def build(self, **told: Any) -> building.Built:
        """Build what was delivered."""
        request = {"data": (self.folder,), "registry": REGISTRY, "var": self.var, "as_of": AS_OF} | told
        return building.build(building.Request(**request), self.said.append)

    def current(self, shelf: str = "warehouse") -> str:
        """The generation in service."""
        return (self.var / shelf / "current").read_text(encoding="utf-8").strip()


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "inbox", tmp_path / "var")


def as_csv(rows: Iterable[Iterable[Any]], delimiter: str = ",") -> bytes:
    """Rows as UTF-8 csv."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


@pytest.fixture
def faults(tmp_path: Path, registry: Registry) -> Callable[..., list[Fault]]:
    """Judge rows (or bytes) as a layout and give every fault found."""

    def judged(content: Iterable[Iterable[Any]] | bytes, layout: str = "tidy", **told: Any) -> list[Fault]:
        path = tmp_path / told.pop("name", "file.csv")
        path.write_bytes(content if isinstance(content, bytes) else as_csv(content))
        delivery = Delivery(path, layout_of(layout), Submission("file", "tuik_adnks", **told))
        return intake.judge(delivery, registry).report.faults

    return judged


@pytest.fixture
def method(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run one method on a text, results into `out`: exit code, what it printed, what it complained of."""

    def _run(name: str, text: str, lang: str = "en") -> tuple[int, str, str]:
        (tmp_path / "input.csv").write_text(text, encoding="utf-8")
        argv = [name, str(tmp_path / "input.csv"), "--out", str(tmp_path / "out"), "--lang", lang]
        return (method_command.main(argv), *capsys.readouterr())

    return _run


@pytest.fixture
def refused(method: Callable[..., tuple[int, str, str]], tmp_path: Path) -> Callable[..., list[str]]:
    """Run a method on a text it must refuse, with nothing written: what it complained of, line by line."""

    def _run(name: str, text: str, lang: str = "en") -> list[str]:
        code, printed, complained = method(name, text, lang)
        first, *lines = complained.splitlines()
        assert (code, printed) == (2, "")
        assert first.startswith(f"{len(lines)} ")
        assert not (tmp_path / "out").exists()
        return lines

    return _run


def places_of(lines: list[str]) -> list[tuple[str | None, ...]]:
    """Row, column and rule of every fault that a method told in English."""
    found = [re.search(r"row (\d+)(?:, column (\w+))?.*\[(\w+)\]$", line) for line in lines]
    return [match.groups() for match in found if match]


@pytest.fixture
def plan(tmp_path: Path, registry: Registry) -> Callable[..., Callable[[str], pd.DataFrame]]:
    """Make the plan marts of one plan from its rows; the answer takes questions to them."""

    def made(*rows: Mapping[str, Any]) -> Callable[[str], pd.DataFrame]:
        path = tmp_path / "plan.xlsx"
        path.write_bytes(plan_files.as_workbook(rows))
        connection = plan_files.marts_of(path, registry)
        return lambda sql: connection.execute(sql).df()

    return made


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> building.Built:
    """What ships, built: the official figures and the made-up surveys."""
    var = tmp_path_factory.mktemp("shipped")
    request = building.Request(
        data=(OFFICIAL, SAMPLE), registry=REGISTRY, var=var, as_of=AS_OF, received_from="a clerk"
    )
    return building.build(request, lambda _: None)


@pytest.fixture(scope="session")
def query(shipped: building.Built) -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the shipped warehouse (or, with release=True, its release)."""

    def ask(sql: str, *values: object, release: bool = False) -> list[tuple[Any, ...]]:
        path = shipped.release if release else shipped.warehouse
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    return ask
