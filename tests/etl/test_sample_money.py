"""Sample budgets and plans are what their generators write; good ones are taken as they are, faulty ones refused."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from etl import intake
from etl.manifest import Delivery, deliveries
from etl.readers.file import open_table
from etl.registry import Registry

ROOT = Path(__file__).resolve().parents[2]
SAMPLE, FAULTY = ROOT / "data" / "sample", ROOT / "data" / "sample_faulty"
MONEY = ("spending", "plan")
WRONG = {
    "butce_siirt.xlsx": {"sum_wrong"},
    "butce_bingol.xlsx": {
        *(
            "amount_negative",
            "amount_missing",
            "line_twice",
            "unit_untold",
            "currency_untold",
            "unknown_place",
        ),
    },
    "plan_bingol_2025.xlsx": {
        *("plan_year_header", "plan_indicator_twice", "number_unreadable", "unknown_service"),
        "plan_period_unreadable",
    },
}


def tables(folder: Path, registry: Registry) -> list[Delivery]:
    """The budgets and plans of a folder."""
    every = [one for one in deliveries(folder, registry) if isinstance(one, Delivery)]
    return [one for one in every if one.layout.kind in MONEY]


def cells(path: Path) -> list[tuple[object, ...]]:
    """Everything that stands in a file."""
    if path.suffix == ".csv":
        return [row.cells for row in open_table(path, delimiter=";").rows]
    book = openpyxl.load_workbook(path, read_only=True)
    return [*book.worksheets[0].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the generators write now."""
    folder = tmp_path_factory.mktemp("made")
    for name in ("make_sample_budgets", "make_sample_plans"):
        command = [sys.executable, str(ROOT / "tools" / f"{name}.py"), "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


@pytest.mark.parametrize("folder", [SAMPLE, FAULTY], ids=lambda one: one.name)
def test_generators_write_the_shipped_values(folder: Path, made: Path, registry: Registry) -> None:
    shipped = {one.path.name for one in tables(folder, registry)}
    assert {path.name for path in (made / folder.name).iterdir()} == shipped
    for name in shipped:
        assert cells(made / folder.name / name) == cells(folder / name), name


def test_every_sample_is_taken_as_it_is(registry: Registry) -> None:
    judged = [intake.judge(one, registry) for one in tables(SAMPLE, registry)]
    intake.report_shared_keys(judged)
    assert [fault for one in judged for fault in one.report.faults] == []
    assert len(judged) > 30
    assert sum(one.delivery.path.stat().st_size for one in judged) < 2_000_000
    assert all(one.found for one in judged)


def test_every_sample_says_that_it_is_made_up(registry: Registry) -> None:
    for one in [*tables(SAMPLE, registry), *tables(FAULTY, registry)]:
        assert registry.sources[one.submission.source_id].is_synthetic
        assert "sentetik" in str(cells(one.path)[2]).lower() + str(cells(one.path)[-2]).lower()


def test_faulty_samples_are_refused_whole_with_every_fault(registry: Registry) -> None:
    found = {one.path.name: intake.judge(one, registry) for one in tables(FAULTY, registry)}
    told = {name: {fault.rule for fault in one.report.faults} for name, one in found.items()}
    assert told == WRONG
    assert all(one.verdict == "rejected" and one.found == [] for one in found.values())
