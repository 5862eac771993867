"""`karne method kpi` on files: R's tables cell by cell, notes on the results, every fault at once."""

import pytest

from etl import method_command as command
from etl.methods import kpi
from etl.methods.kpi_files import REALISED_OUT, ROLLED_UP_OUT
from tests.etl.conftest import places_of
from tests.oracle import FIXTURE, assert_same_cells, cells_of, needs_shared

HEADER = ",".join(kpi.COLUMNS) + "\n"
GOOD = "x,P,A1,H1,PG1,2025,increase,level,40,60,55,50,\n"


@needs_shared
@pytest.mark.parametrize(
    ("name", "words"),
    [
        (REALISED_OUT, {*kpi.INDICATOR, "year", "status", "over"}),
        (ROLLED_UP_OUT, {"level", *kpi.HEDEF_YEAR, "n", "n_used", "weights_ok", "display"}),
    ],
)
def test_the_reference_is_reproduced_file_by_file(tmp_path, name, words):
    assert command.main(["kpi", str(FIXTURE / "kpi_input.csv"), "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {REALISED_OUT, ROLLED_UP_OUT}
    assert_same_cells(tmp_path / name, FIXTURE / name, words)


def test_results_by_hand(method, tmp_path):
    code, printed, complained = method("kpi", HEADER + GOOD + GOOD.replace("PG1", "PG2").replace("55", "70"))
    assert (code, complained) == (0, "")
    assert printed.count("Written: ") == 2
    assert printed.count("\n") == 2
    assert cells_of(tmp_path / "out" / REALISED_OUT)[1:] == [
        ["x", "P", "A1", "H1", "PG1", "2025", "55", "75", "75", "ok", "0", "0.5"],
        ["x", "P", "A1", "H1", "PG2", "2025", "70", "150", "100", "ok", "1", "0.5"],
    ]
    assert cells_of(tmp_path / "out" / ROLLED_UP_OUT)[1:] == [
        ["hedef", "x", "P", "2025", "A1", "H1", "2", "2", "1", "87.5", "1", "high"],
        ["amac", "x", "P", "2025", "A1", "", "1", "1", "1", "87.5", "1", "high"],
        ["plan", "x", "P", "2025", "", "", "1", "1", "1", "87.5", "1", "high"],
    ]


def test_columns_may_stand_in_any_order_with_others_beside_them(method, tmp_path):
    assert method("kpi", HEADER + GOOD)[0] == 0
    plain = (tmp_path / "out" / REALISED_OUT).read_bytes()
    names, cells = HEADER.strip().split(","), GOOD.strip().split(",")
    turned = ",".join(["unit", *reversed(names)]) + "\n" + ",".join(["km", *reversed(cells)]) + "\n"
    assert method("kpi", turned)[0] == 0
    assert (tmp_path / "out" / REALISED_OUT).read_bytes() == plain


def test_a_weight_or_tolerance_of_nothing_is_one(method):
    assert method("kpi", changed(weight="0", tolerance_pct="0"))[0] == 0


def test_what_a_reader_has_to_know_is_said(method):
    rows = [
        "x,P,A1,H1,PG1,2025,increase,level,40,30,55,50,",
        "x,P,A1,H1,PG2,2025,increase,annual_flow,1,2,,40,",
        "x,P,A1,H1,PG2,2026,increase,annual_flow,1,3,1,40,",
    ]
    _, printed, _ = method("kpi", HEADER + "\n".join(rows) + "\n")
    notes = [line for line in printed.splitlines() if line.startswith("Note: ")]
    assert [note.removeprefix("Note: ")[:20] for note in notes] == [
        "x PG2 (2026): the fl",
        "x PG1 (2025): the ta",
        "x H1 (2025, 2026): t",
        "x H1 (2026): less th",
    ]
    _, printed, _ = method("kpi", HEADER + rows[0] + "\n", lang="tr")
    assert "Not: x PG1 (2025): hedef, yönün söylediğinin tersine" in printed
    assert "Not: x H1 (2025): ağırlıklar 100 etmiyor" in printed


def changed(**told):
    """The good row with some cells replaced."""
    cells = dict(zip(kpi.COLUMNS, GOOD.strip().split(","), strict=True)) | told
    return HEADER + ",".join(cells.values()) + "\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "input.csv: The file has no rows"),
        (HEADER, "input.csv: The file has no rows"),
        (
            HEADER.replace("weight", "agirlik") + GOOD,
            "input.csv, row 1, column weight: The column is missing",
        ),
        (HEADER + GOOD[:-2] + "\n", "input.csv, row 2: The row has 12 cells; it must have 13"),
        (
            changed(direction="up"),
            "row 2, column direction, 'up': This word is not known. It may be: increase,",
        ),
        (changed(direction="Increase"), "row 2, column direction, 'Increase': This word is not known"),
        (changed(direction=""), "row 2, column direction: This word is not known"),
        (
            changed(value_basis="flow"),
            "column value_basis, 'flow': This word is not known. It may be: level,",
        ),
        (changed(year="ilk yıl"), "row 2, column year, 'ilk yıl': Not a year"),
        (changed(year="2025.0"), "row 2, column year, '2025.0': Not a year"),
        (changed(year=""), "row 2, column year: Not a year"),
        (changed(year="٢٠٢٥"), "row 2, column year, '٢٠٢٥': Not a year"),
        (changed(year="20255"), "row 2, column year, '20255': Not a year"),
        (changed(weight="-5"), "row 2, column weight, '-5': A weight cannot be below zero"),
        (changed(tolerance_pct="-1"), "row 2, column tolerance_pct, '-1': A tolerance cannot be negative"),
        (changed(actual="#DIV/0!"), "row 2, column actual, '#DIV/0!': Not a number"),
        (changed(target='"61,5"'), "row 2, column target, '61,5': Not a number"),
        (changed(baseline="yok"), "row 2, column baseline, 'yok': Not a number"),
        (changed(actual="inf"), "row 2, column actual, 'inf': Not a number"),
        (changed(hedef=""), "row 2, column hedef: The name is empty"),
        (changed(indicator_id=" "), "row 2, column indicator_id: The name is empty"),
        (
            HEADER + GOOD + GOOD.replace("55", "56"),
            "row 3, column year, '2025': This row stands twice: city, plan_id, amac, hedef, indicator_id, year",
        ),
        (
            HEADER + GOOD + GOOD.replace("2025,increase", "2026,decrease"),
            "row 3, column direction, 'decrease': Row 2 has another value",
        ),
        (
            HEADER + GOOD + GOOD.replace("2025,increase,level", "2026,increase,annual_flow"),
            "row 3, column value_basis, 'annual_flow': Row 2 has another value",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(refused, text, said):
    (line,) = refused("kpi", text)
    assert said in line


def test_every_fault_comes_at_once(refused):
    rows = [
        ",P,A1,H1,PG1,two,up,level,4O,60,55,50,",
        "x,P,A1,H1,PG1,2025,increase,level,40,60,55,-1,-2",
        "x,P,A1,H1,PG1,2025,maintain,sum,40,60,55,1,",
        "x,P,A1",
    ]
    found = sorted(places_of(refused("kpi", HEADER + "\n".join(rows) + "\n")), key=str)
    assert found == sorted(
        [
            ("2", "baseline", "not_a_number"),
            ("2", "city", "key_empty"),
            ("2", "direction", "word_unknown"),
            ("2", "year", "not_a_year"),
            ("3", "tolerance_pct", "tolerance_negative"),
            ("3", "weight", "weight_negative"),
            ("4", "direction", "value_differs"),
            ("4", "value_basis", "value_differs"),
            ("4", "value_basis", "word_unknown"),
            ("4", "year", "row_duplicate"),
            ("5", None, "cell_count"),
        ],
        key=str,
    )


def test_faults_are_told_in_turkish(refused):
    place = "input.csv, satır 2, sütun"
    known = "increase, decrease, maintain"
    assert refused("kpi", changed(direction="artan", year="25"), lang="tr") == [
        f"{place} year, '25': Yıl değil. Dört rakamla yazın: 2025. [not_a_year]",
        f"{place} direction, 'artan': Bu sözcük tanımlı değil. Olabilecekler: {known}. [word_unknown]",
    ]
