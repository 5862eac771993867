"""`karne method` on files: the reference reproduced, every fault at once, nothing half-written."""

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from etl import method_command as command
from etl import methods
from etl.methods.composite_files import DRAWS, META
from tests.oracle import FIXTURE, assert_same_cells, needs_shared

OUTPUTS = ["composite_expected.csv", "composite_minmax_expected.csv", "composite_pca_expected.csv"]

# min-max: a 0, 50, 100; b (reversed) 100, 75, 0.
FILES = {
    "input.csv": "city,a,b\nx,10,1\ny,20,2\nz,30,5\n",
    META: "indicator,pillar,positive,weight\na,p,1,1\nb,p,0,3\n",
    DRAWS: "draw,a,b\n1,0.5,0.5\n2,1,0\n3,0,1\n",
}


@pytest.fixture
def run(tmp_path, capsys):
    """Write the three files, some replaced, run the command on them; returns (code, printed, complained)."""

    def _run(replaced=None, lang="en"):
        for name, text in (FILES | (replaced or {})).items():
            if text is not None:
                (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        out = tmp_path / "out"
        code = command.main(["composite", str(tmp_path / "input.csv"), "--out", str(out), "--lang", lang])
        return (code, *capsys.readouterr())

    return _run


@needs_shared
@pytest.mark.parametrize("name", OUTPUTS)
def test_the_reference_is_reproduced_file_by_file(tmp_path, name):
    assert command.main(["composite", str(FIXTURE / "composite_input.csv"), "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == OUTPUTS
    assert_same_cells(
        tmp_path / name, FIXTURE / name, {"city", "indicator", "rank", "rank_geo", "rank_z", "rank_pca"}
    )


def test_results_by_hand(run, tmp_path):
    code, printed, complained = run()
    assert (code, complained) == (0, "")
    assert printed.count("Written: ") == 3
    scores = pd.read_csv(tmp_path / "out" / OUTPUTS[0], index_col="city")
    assert scores["minmax_arith"].tolist() == [75.0, 68.75, 25.0]
    assert scores["rank"].tolist() == [1, 2, 3]
    # The draws rank x 2 (50, 62.5, 50: tied with z), 3, 1 · y 1, 2, 2 · z 2, 1, 3.
    assert scores["rank_p50"].tolist() == [2, 2, 2]
    assert scores["share_top5"].tolist() == [1, 1, 1]
    minmax = (tmp_path / "out" / OUTPUTS[1]).read_text()
    assert minmax == "city,a,b\nx,0,100\ny,50,75\nz,100,0\n"


def test_bom_blank_lines_quotes_and_windows_line_ends_are_read(run, tmp_path):
    text = '\ufeffcity,a,b\r\n"x, the ""first""",10,1\r\n\r\ny,20, 2 \r\nİğdır,30,5\r\n'
    assert run({"input.csv": text})[0] == 0
    scores = pd.read_csv(tmp_path / "out" / OUTPUTS[0], index_col="city")
    assert list(scores.index) == ['x, the "first"', "y", "İğdır"]


def test_the_order_of_columns_and_companion_rows_does_not_matter(run, tmp_path):
    run()
    first = (tmp_path / "out" / OUTPUTS[0]).read_bytes()
    turned = {META: "weight,indicator,positive\n3,b,0\n1,a,1\n", DRAWS: "b,draw,a\n0.5,1,0.5\n0,2,1\n1,3,0\n"}
    assert run(turned)[0] == 0
    assert (tmp_path / "out" / OUTPUTS[0]).read_bytes() == first


def test_an_indicator_without_two_values_is_dropped_with_a_note(run, tmp_path):
    same = {
        "input.csv": "city,a,same,b\nx,10,7,1\ny,20,7,2\nz,30,7,5\n",
        META: FILES[META] + "same,p,1,9\n",
        DRAWS: "draw,a,b,same\n1,0.5,0.5,0.1\n2,1,0,0.1\n3,0,1,0.1\n",
    }
    code, printed, _ = run(same)
    assert code == 0
    assert "Note: same left out of the index" in printed
    scores = pd.read_csv(tmp_path / "out" / OUTPUTS[0], index_col="city")
    assert scores["minmax_arith"].tolist() == [75.0, 68.75, 25.0]
    assert scores["coverage"].tolist() == [1, 1, 1]
    assert "x,0,,100\n" in (tmp_path / "out" / OUTPUTS[1]).read_text()
    assert "same,,," in (tmp_path / "out" / OUTPUTS[2]).read_text()


def test_a_negative_loading_and_a_missing_score_are_noted(run):
    _, printed, _ = run(
        {
            "input.csv": "city,a,b,c\nw,1,1,\nx,1,5,4\ny,2,4,3\nz,3,3,2\nv,4,2,1\n",
            META: "indicator,positive,weight\na,1,1\nb,1,1\nc,1,9\n",
            DRAWS: "draw,a,b,c\n1,1,1,1\n",
        },
        lang="tr",
    )
    assert "Not: w için puan yok" in printed
    assert "Not: a birinci temel bileşene ters yönde giriyor" in printed


@pytest.mark.parametrize(
    ("document", "method"), [("composite", "composite"), ("plan", "kpi"), ("finance", "finance")]
)
def test_the_documented_example_is_true(tmp_path, document, method):
    text = (Path(__file__).parents[2] / "docs" / "methods" / f"{document}.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"^```csv (\S+)\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL))
    given = {name for name in files if not name.endswith("expected.csv")}
    for name in given:
        (tmp_path / name).write_text(files[name], encoding="utf-8")
    out = tmp_path / "results"
    assert command.main([method, str(tmp_path / f"{method}_input.csv"), "--out", str(out)]) == 0
    assert len(files) > len(given)
    for name in files.keys() - given:
        assert (out / name).read_text(encoding="utf-8").startswith(files[name])


# ------------------------------------------------------------------------------------ faults


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        ({META: None}, f"{META}: "),
        ({DRAWS: None}, f"{DRAWS}: "),
        ({"input.csv": None}, "input.csv: "),
    ],
)
def test_a_missing_file_is_named(run, replaced, expected):
    code, _, complained = run(replaced)
    assert code == 2
    assert f"{expected}The file does not exist." in complained
    assert "[file_missing]" in complained


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("input.csv", "", "input.csv: The file has no rows"),
        ("input.csv", "city,a,b\n", "input.csv: The file has no rows"),
        ("input.csv", "city,a,b\nx,10,Ağrı\n".encode("cp1254"), "input.csv: The file is not UTF-8"),
        ("input.csv", "city;a;b\nx;10;1\n", "input.csv, row 1, column city: The column is missing"),
        ("input.csv", "city,a,a\nx,1,1\n", "row 1, column a: The column name occurs more than once"),
        ("input.csv", "city,a,\nx,1,1\n", "row 1: Column number 3 has no name"),
        ("input.csv", "city,a,b\nx,1\ny,2,2\n", "input.csv, row 2: The row has 2 cells; it must have 3"),
        (
            "input.csv",
            "city,a,b\nx,1,1\ny,2,2\nx,3,4\n",
            "row 4, column city, 'x': The name already stands in row 2",
        ),
        ("input.csv", "city,a,b\n,1,1\ny,2,2\n", "row 2, column city: The name is empty"),
        ("input.csv", "city,a,b\nx,1,bad\ny,2,2\n", "row 2, column b, 'bad': Not a number"),
        ("input.csv", 'city,a,b\nx,1,"3,5"\ny,2,2\n', "row 2, column b, '3,5': Not a number"),
        ("input.csv", "city,a,b\nx,1,nan\ny,2,2\n", "'nan': Not a number"),
        ("input.csv", "city,a,b\nx,1,inf\ny,2,2\n", "'inf': Not a number"),
        ("input.csv", "city,a,b\nx,1,1e999\ny,2,2\n", "'1e999': Not a number"),
        ("input.csv", "city,a,b\nx,1,1_0\ny,2,2\n", "'1_0': Not a number"),
        ("input.csv", "city,a,b\nx,1,#N/A\ny,2,2\n", "'#N/A': Not a number"),
        ("input.csv", "city,a,b\nx,1,2\ny,1,2\n", "input.csv: No indicator tells the places apart"),
        ("input.csv", "city,a,b\nx,1,2\n", "input.csv: No indicator tells the places apart"),
        (
            "input.csv",
            "city,a,b,c\nx,1,2,3\ny,2,3,4\n",
            f"row 1, column c: This indicator has no row in {META}",
        ),
        ("input.csv", "city,a,b\nx,1," + "9" * 140_000 + "\n", "could not be read as CSV"),
        ("input.csv", b"city,a,b\nx,1,\x00\n", "[not_"),
        (
            META,
            FILES[META] + "c,p,1,1\n",
            f"{META}, column indicator, 'c': This indicator is not a column of input.csv",
        ),
        (META, FILES[META] + "a,p,1,1\n", "row 4, column indicator, 'a': The name already stands in row 2"),
        (
            META,
            FILES[META].replace("a,p,1,1", "a,p,1,0"),
            "row 2, column weight, '0': A weight must be greater",
        ),
        (
            META,
            FILES[META].replace("a,p,1,1", "a,p,1,-2"),
            "row 2, column weight, '-2': A weight must be greater",
        ),
        (META, FILES[META].replace("a,p,1,1", "a,p,1,"), "row 2, column weight: The value is empty"),
        (META, FILES[META].replace("a,p,1,1", "a,p,yes,1"), "column positive, 'yes': The direction must be"),
        (META, FILES[META].replace("weight", "w"), f"{META}, row 1, column weight: The column is missing"),
        (DRAWS, "draw,a\n1,1\n", f"{DRAWS}, column b: The column is missing"),
        (
            DRAWS,
            "draw,a,b,c\n1,1,1,1\n",
            f"{DRAWS}, row 1, column c: This indicator is not a column of input.csv",
        ),
        (DRAWS, "draw,a,b\n1,1,-1\n", "row 2, column b, '-1': A weight cannot be below zero"),
        (DRAWS, "draw,a,b\n1,1,\n", "row 2, column b: The value is empty"),
        (DRAWS, "draw,a,b\n1,1,0\n2,0,0\n", "row 3: The weights of the draw add to zero"),
        (DRAWS, "draw,a,b\n1,1,1\n1,2,2\n", "row 3, column draw, '1': The name already stands in row 2"),
    ],
)
def test_a_fault_is_told_with_its_place(run, tmp_path, name, text, said):
    code, printed, complained = run({name: text})
    assert code == 2
    assert said in complained
    assert printed == ""
    assert not (tmp_path / "out").exists()
    assert "Traceback" not in complained


def test_every_fault_of_all_three_files_comes_at_once(run):
    code, _, complained = run(
        {
            "input.csv": "city,a,b,d\nx,ten,1,1\nx,20,two,\n",
            META: "indicator,positive,weight\na,2,0\nb,0,1\ne,1,1\n",
            DRAWS: "draw,a,b\n1,-1,x\n",
        }
    )
    assert code == 2
    first, *lines = complained.splitlines()
    assert first == f"{len(lines)} faults found; no result was written."
    rules = sorted(re.search(r"\[(\w+)\]$", line).group(1) for line in lines)
    assert rules == [
        "column_missing",
        "indicator_unknown",
        "indicator_without_meta",
        "key_duplicate",
        "not_a_number",
        "not_a_number",
        "not_a_number",
        "positive_not_0_1",
        "weight_negative",
        "weight_not_positive",
    ]


def test_faults_are_told_in_turkish_by_default(tmp_path, capsys):
    (tmp_path / "input.csv").write_text("city,a\nx,1\ny,1.234,5\n")
    assert command.main(["composite", str(tmp_path / "input.csv"), "--out", str(tmp_path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "3 hata bulundu; hiçbir sonuç yazılmadı."
    assert lines[1] == "input.csv, satır 3: Satırda 3 hücre var; 2 olmalı. [cell_count]"


def test_a_long_value_is_cut(run):
    _, _, complained = run({"input.csv": f"city,a,b\nx,1,{'?' * 5000}\ny,2,2\n"})
    assert "'" + "?" * 60 + "'" in complained
    assert len(complained) < 500


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, run, capsys):
    run()
    (tmp_path / "file").write_text("")
    code = command.main(["composite", str(tmp_path / "input.csv"), "--out", str(tmp_path / "file")])
    complained = capsys.readouterr().err
    assert code == 2
    assert complained.startswith("Sonuçlar ")
    assert len(complained.splitlines()) == 1


def test_a_failed_run_leaves_earlier_results_as_they_were(run, tmp_path):
    run()
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert run({META: None, "input.csv": "city,a,b\nx,?,1\n"})[0] == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize(
    "argv", [[], ["composite"], ["nonsense", "x.csv", "--out", "y"], ["composite", "x.csv"]]
)
def test_a_wrong_command_line_is_told_in_both_languages(argv, capsys):
    assert command.main(argv) == 2
    complained = capsys.readouterr().err.splitlines()
    assert complained[0].startswith("Komut anlaşılamadı")
    assert complained[1].startswith("The command was not understood")


def test_sentences_have_the_same_placeholders_in_both_languages():
    path = Path(methods.__file__).with_name("sentences.yml")
    for rule, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        assert set(entry) == {"tr", "en"}, rule
        tr, en = (set(re.findall(r"{(\w+)}", entry[lang])) for lang in ("tr", "en"))
        assert tr == en, rule
