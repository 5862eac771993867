"""The command line: real files as they are, every fault in the reader's language, plain exit codes."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
import pytest
from old_workbook import write_xls

import karne
from etl.sources.layout import layouts
from tests.etl.conftest import HEADER, OFFICIAL, ROOT, as_csv


@pytest.fixture
def run(capsys):
    """Run a command in this process: its exit code and what it wrote."""

    def ran(*arguments):
        code = karne.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert said.err == ""
        return code, said.out

    return ran


# --------------------------------------------------------------------- real files, as they are


@pytest.mark.parametrize(
    ("file", "arguments", "rows"),
    [
        ("official/medas_raw_ilce_2023.csv", ["--as", "medas_population", "--period", "2023"], 973),
        ("official/life-quality-index-tuik.xlsx", [], 81),
        ("budget/gesamtergebnisplan.csv", ["--place", "adana", "--unit", "tl"], 26),
    ],
)
def test_a_real_file_is_clean(run, shared, file, arguments, rows):
    code, out = run("check", shared / "data" / file, *arguments, "--lang", "en")
    assert code == 0, out
    assert f"({rows} rows)" in out


@pytest.mark.parametrize("path", sorted(OFFICIAL.glob("*.csv")), ids=lambda path: path.stem)
def test_a_shipped_file_is_clean_unless_it_holds_ranks(run, path):
    code, out = run("check", path, "--lang", "en")
    assert (code == 2) == path.stem.endswith("_ranks"), out


def test_the_real_population_export_adds_up(shared, registry):
    from etl import intake  # noqa: PLC0415
    from etl.manifest import Delivery  # noqa: PLC0415
    from etl.sources.layout import layout_of  # noqa: PLC0415
    from etl.sources.observation import Submission  # noqa: PLC0415

    told = Submission("medas", "tuik_adnks", period="2023", control_total=85_372_377)
    path = shared / "data/official/medas_raw_ilce_2023.csv"
    judged = intake.judge(Delivery(path, layout_of("medas_population"), told), registry)
    people = {one.place_id: one.value for one in judged.found}
    assert judged.report.faults == []
    assert judged.encoding == "utf-8-sig"
    assert sum(value for place, value in people.items() if place.startswith("tr-")) == 85_372_377
    assert people["istanbul-kartal"] == 475_042
    assert "bartin" not in people  # the Merkez district is not the municipality


def test_the_real_budget_keeps_its_thousands(shared):
    from etl.readers.file import open_table  # noqa: PLC0415
    from etl.sources.contract import Report, records  # noqa: PLC0415

    layout = layouts()["budget_lines_wide"]
    table = open_table(shared / "data/budget/gesamtergebnisplan.csv", delimiter=layout.delimiter)
    first = next(iter(records(table, layout, Report("budget"))))
    assert first.texts["label"] == "01 - Steuern und ähnliche Abgaben"
    assert [(one.column.name, one.told["period"], one.number.value) for one in first.measures][:2] == [
        ("outturn", "2010", 1_596_852_249), ("initial", "2011", 1_695_635_000),
    ]  # fmt: skip


# ------------------------------------------------------------------------------- what is said


def test_every_fault_is_told_with_its_spot_in_the_language_asked_for(run, tmp_path):
    path = tmp_path / "kent.csv"
    path.write_bytes(as_csv([HEADER, ["Izmr", "satisfaction_cleaning", "2013", "101", ""]]))
    code, turkish = run("check", path)
    assert code == 2
    assert "kent.csv · satır 2 · place: “Izmr” diye bir yer tanınmıyor. En yakın ad: İzmir." in turkish
    assert "[out_of_range]" in turkish
    assert "2 hata" in turkish
    code, english = run("check", path, "--lang", "en")
    assert code == 2
    assert "kent.csv · row 2 · place: No place is known as “Izmr”. The nearest name is: İzmir." in english


def test_a_clean_file_answers_0_and_says_what_it_is(run, tmp_path):
    path = tmp_path / "kent.csv"
    path.write_bytes(as_csv([HEADER, ["tr-35", "satisfaction_cleaning", "2013", "62", ""]]))
    assert run("check", path) == (
        0, "kent.csv: Düzenli gösterge tablosu (satır başına bir değer) olarak temiz (1 satır).\n",
    )  # fmt: skip


def test_xls_content_under_an_xlsx_name_is_read_and_said(run, tmp_path):
    path = tmp_path / "kent.xlsx"
    write_xls(path, [HEADER, ["tr-35", "satisfaction_cleaning", 2013.0, 62.5, ""]])
    code, out = run("check", path, "--lang", "en")
    assert code == 0, out
    assert "its content is xls" in out


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("merged_cells", lambda book: book["Bütçe"].merge_cells("A2:A3")),
        ("formula_error", lambda book: book["Bütçe"].append(["#REF!"])),
        ("sheet_twin", lambda book: book.copy_worksheet(book["Bütçe"])),
        ("columns_missing", lambda book: book["Bütçe"].insert_rows(1)),
        ("sheet_ambiguous", lambda book: setattr(book["Bütçe"], "title", "Sayfa1")),
    ],
)
def test_a_form_of_ours_is_known_by_its_sheet_whatever_is_wrong_with_it(run, tmp_path, rule, spoil):
    path = tmp_path / "budget.xlsx"
    run("template", "spending", "--out", path)
    book = openpyxl.load_workbook(path)
    spoil(book)
    if rule == "columns_missing":
        book["Bütçe"]["A1"] = "2024 yılı bütçesi"
    book.save(path)
    code, said = run("check", path)
    assert code == 2
    assert f"[{rule}]" in said
    assert (rule == "sheet_ambiguous") == ("[sheet_ambiguous]" in said)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["check", "nothing.csv"], "There is no file"),
        (["check", "karne.py"], "column delimiter"),
        (["check", "README.md", "--as", "nothing"], "There is no layout"),
        (["status", "--var", "nowhere"], "No warehouse has been built yet"),
        (["build", "--data", "etl", "--var", "{tmp}"], "manifest.yml"),
        (["build", "--registry", "data", "--var", "{tmp}"], "registry"),
    ],
)
def test_an_expected_failure_is_one_sentence(run, tmp_path, monkeypatch, arguments, part):
    monkeypatch.chdir(ROOT)
    code, out = run(*(word.format(tmp=tmp_path / "var") for word in arguments), "--lang", "en")
    assert code == 2
    assert part in out
    assert "Traceback" not in out


def test_a_table_nobody_declared_names_the_known_ones(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n")
    code, out = run("check", path)
    assert code == 2
    assert all(name in out for name in layouts())


def test_a_folder_without_write_permission_is_one_sentence():
    """As a user without rights, in a process of its own: root may write anywhere."""
    command = [sys.executable, str(ROOT / "karne.py"), "build", "--lang", "en", "--var"]
    nobody = {"user": 65534} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as closed:  # not tmp_path: only its owner may enter that
        Path(closed).chmod(0o555)
        try:
            subprocess.run(
                [sys.executable, "-c", "import yaml, duckdb"], check=True, capture_output=True, **nobody
            )
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("another user cannot run this Python")
        done = subprocess.run(
            [*command, f"{closed}/var"], capture_output=True, text=True, check=False, **nobody
        )
        Path(closed).chmod(0o755)
    assert (done.returncode, done.stderr) == (2, "")
    assert "cannot be written" in done.stdout


def test_status_says_what_is_in_service(run, shipped):
    var = shipped.warehouse.parents[1]
    code, turkish = run("status", "--var", var)
    assert code == 0
    assert shipped.release_id in turkish
    assert "population_adnks.csv · baskı 1 · kabul edildi · 1595 satır alındı, 0 satır reddedildi" in turkish
    assert "a clerk" in turkish
    code, english = run("status", "--var", var, "--lang", "en")
    assert re.search(r"76 indicators, \d+ municipalities, \d+ values", english)


def test_method_has_its_own_arguments(capsys):
    assert karne.main(["method", "nothing"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_etl_commands_run_without_dash():
    code = "import sys, karne; karne.parser(); sys.exit({'dash', 'flask'} & set(sys.modules) != set())"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# ---------------------------------------------------------------------------- very large files


MEASURED = """
import sys, karne
code = karne.main(sys.argv[1:])
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
sys.exit(code)
"""


def check_in_a_process(path):
    """Exit code, output and peak memory (MB) of `karne check` in a process of its own."""
    command = [sys.executable, "-c", MEASURED, "check", str(path), "--as", "tidy", "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, int(re.search(r"VmHWM:\s+(\d+) kB", done.stdout)[1]) // 1024


@pytest.mark.parametrize(
    ("header", "line", "rule", "rows"),
    [
        ("name,amount,note", "somebody,12345,nothing at all", "columns_missing", "(0 rows read)"),
        (",".join(HEADER), "tr-01,population,2024,12345,measured", "too_many_faults", "(10001 rows read)"),
        (",".join(HEADER), "somewhere,population,2024,12345,x", "too_many_faults", None),
    ],
)
def test_200_megabytes_are_refused_in_bounded_memory(tmp_path, header, line, rule, rows):
    path = tmp_path / "large.csv"
    block = f"{line}\n" * 20_000
    with path.open("w", encoding="ascii") as stream:
        stream.write(f"{header}\n")
        while stream.tell() < 200_000_000:
            stream.write(block)
    code, out, megabytes = check_in_a_process(path)
    path.unlink()
    assert code == 2
    assert f"[{rule}]" in out
    assert rows is None or rows in out
    assert megabytes < 400


# ------------------------------------------------------------------------------------ layouts


@pytest.mark.parametrize("layout", layouts().values(), ids=lambda layout: layout.layout)
def test_a_layout_is_whole(layout, registry):
    """Its kind is taken by a source, its headers are told apart, its indicators exist, it has both titles."""
    from etl.bulk.judging import KIND  # noqa: PLC0415
    from etl.intake import SOURCES  # noqa: PLC0415
    from etl.turkish import lookup_key  # noqa: PLC0415

    spelled = [lookup_key(header) for column in layout.columns for header in column.headers]
    assert layout.kind in {*SOURCES, KIND}
    assert len(spelled) == len(set(spelled))
    assert {column.indicator for column in layout.columns} - {None} <= set(registry.indicators)
    assert layout.title_tr != layout.title_en
    assert all(column.headers or not layout.header_rows for column in layout.columns)


def test_status_names_a_file_that_was_refused_since(run, inbox):
    inbox.put("a.csv", [HEADER, ["tr-35", "satisfaction_cleaning", "2013", "62", ""]])
    inbox.build()
    inbox.put("a.csv", [HEADER, ["tr-35", "satisfaction_cleaning", "2013", "162", ""]])
    assert run("build", "--data", inbox.folder, "--var", inbox.var)[0] == 2
    code, out = run("status", "--var", inbox.var)
    assert code == 0
    assert "a.csv · baskı 2 · reddedildi; yürürlükteki ambarda değil" in out
