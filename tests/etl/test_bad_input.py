"""Bad input: every fault at once, in both languages, with its spot; the old warehouse stays in service."""

import re

import pytest
import xlsxwriter
from old_workbook import write_encrypted

import karne
from etl.errors import FaultyInput, sentences
from etl.sources import contract
from etl.sources.layout import layout_of
from tests.etl.conftest import HEADER, as_csv

GOOD = ["tr-01", "population", "2024", "100", "measured"]


def told(faults):
    return [(fault.rule, fault.row, fault.column, fault.value) for fault in faults]


@pytest.mark.parametrize(
    ("row", "rule", "column"),
    [
        (["Ankra", "households_failing_basic_needs", "2015", "1", ""], "unknown_place", "place"),
        (["tr-82", "population", "2024", "1", ""], "unknown_place", "place"),
        (["", "population", "2024", "1", ""], "cell_empty", "place"),
        (["tr-01", "populaton", "2024", "1", ""], "unknown_indicator", "indicator"),
        (["tr-01", "population", "1999", "1", ""], "unknown_period", "period"),
        (["tr-01", "population", "24", "1", ""], "unknown_period", "period"),
        (["tr-01", "population", "2024", "1.234,5", ""], "number_format", "value"),
        (["tr-01", "population", "2024", "1,234", ""], "number_format", "value"),
        (["tr-01", "population", "2024", "#REF!", ""], "formula_error", "value"),
        (["tr-01", "population", "2024", "#SAYI/0!", ""], "formula_error", "value"),
        (["#N/A", "population", "2024", "1", ""], "formula_error", "place"),
        (["tr-01", "population", "2024", "12%", ""], "percent_unexpected", "value"),
        (["tr-01", "population", "2024", "-5", ""], "out_of_range", "value"),
        (["tr-01", "satisfaction_cleaning", "2013", "100.1", ""], "out_of_range", "value"),
        (["tr-01", "satisfaction_cleaning", "2013", "-0.1", ""], "out_of_range", "value"),
        (["tr-01", "population", "2024", "", ""], "value_without_number", "value"),
        (["tr-01", "population", "2024", "", "measured"], "value_without_number", "value"),
        (["tr-01", "population", "2024", "5", "suppressed"], "number_without_value", "status"),
        (["tr-01", "population", "2024", "5", "geçici"], "unknown_status", "status"),
        (["tr-01", "cpi", "2024", "5", ""], "place_not_applicable", "place"),
        (["adana", "investment_share", "2024", "25", ""], "indicator_computed", "indicator"),
    ],
)
def test_a_faulty_row_is_told_by_rule_and_column(faults, row, rule, column):
    found = faults([HEADER, ["tr-02", *GOOD[1:]], row])
    assert [(fault.rule, fault.row, fault.column) for fault in found] == [(rule, 3, column)]


def test_a_row_without_fault_has_none(faults):
    assert faults([HEADER, GOOD]) == []


def test_all_faults_of_all_rows_are_told_at_once(faults):
    found = faults([
        HEADER,
        ["Ankra", "populaton", "1999", "1.5", "x"],
        ["Ankra", "population", "1999", "1,5", "x"],
        GOOD,
        ["tr-02", "population", "2024", "-1", ""],
    ])  # fmt: skip
    assert [(fault.row, fault.rule) for fault in found] == [
        (2, "unknown_indicator"),
        (3, "number_format"), (3, "unknown_place"), (3, "unknown_period"), (3, "unknown_status"),
        (5, "out_of_range"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("spelled", "indicator", "nearest"),
    [
        ("Eskisehır Bld", "satisfaction_cleaning", "Eskişehir"),
        ("Kırklarelli", "satisfaction_cleaning", "Kırklareli"),
        ("Izmr", "satisfaction_cleaning", "İzmir"),
    ],
)
def test_an_unknown_spelling_gets_the_nearest_known_name(faults, spelled, indicator, nearest):
    (fault,) = faults([HEADER, [spelled, indicator, "2013", "50", ""]])
    assert fault.rule == "unknown_place"
    assert nearest in fault.message_tr
    assert nearest in fault.message_en


@pytest.mark.parametrize("spelled", ["İZMİR", "izmir", "IZMIR", "İzmir İli", "tr-35", "35", " İzmir "])
def test_known_spellings_of_a_province_are_taken(faults, spelled):
    assert faults([HEADER, [spelled, "satisfaction_cleaning", "2013", "50", ""]]) == []


def test_duplicate_keys_name_the_first_row(faults):
    found = faults([HEADER, GOOD, ["Adana", "satisfaction_cleaning", "2013", "1", ""],
                    ["tr-01", "satisfaction_cleaning", "2013", "2", ""]])  # fmt: skip
    assert [(fault.rule, fault.row) for fault in found] == [("duplicate_key", 4)]
    assert "3." in found[0].message_tr


@pytest.mark.parametrize(
    ("content", "rules"),
    [
        (b"", ["empty_file"]),
        (b"place,indicator,period,value,status\n", ["no_rows"]),
        # another table in the right place
        (b"il,nufus\nAdana,5\n", ["columns_unknown", "columns_missing"]),
        (b"Wert;Ergebnis 2010\nA;1\n", ["columns_unknown", "columns_unknown", "columns_missing"]),
        (b"place,indicator,period,value,value\ntr-01,population,2024,1,2\n", ["columns_repeated"]),
        (b"\x00\x01\x02", ["not_text"]),
    ],
)
def test_another_table_in_the_right_place_is_refused_as_a_whole(faults, content, rules):
    found = faults(content)
    assert [fault.rule for fault in found] == rules
    assert all(fault.row is None for fault in found)


def test_another_unit_is_refused_as_a_whole(faults):
    header = [*HEADER, "unit"]
    found = faults([header, [*GOOD, "bin kişi"], ["tr-02", *GOOD[1:], "bin kişi"]])
    assert told(found) == [("unit_wrong", None, "unit", "bin kişi")]
    assert faults([header, [*GOOD, "kişi"]]) == []


def test_fractions_where_per_cent_is_declared_are_refused_as_a_whole(faults):
    rows = [[f"tr-{plate:02d}", "satisfaction_cleaning", "2013", f"0.{plate}", ""] for plate in range(10, 20)]
    assert told(faults([HEADER, *rows])) == [("unit_fraction", None, "value", None)]
    assert faults([HEADER, *rows, ["tr-34", "satisfaction_cleaning", "2013", "80.7", ""]]) == []


def test_a_value_outside_its_own_interval_is_told(faults):
    header = [*HEADER, "lower", "upper"]
    found = faults([header, ["tr-01", "satisfaction_cleaning", "2013", "50", "", "51", "60"]])
    assert [fault.rule for fault in found] == ["interval_wrong"]


def test_turkish_numbers_are_read_where_they_are_declared(faults):
    row = ["tr-01", "population", "2024", "2.280.484", ""]
    assert faults([HEADER, row], layout="tidy_tr") == []
    assert [fault.rule for fault in faults([HEADER, row])] == ["number_format"]


def test_a_flood_of_faults_ends_the_reading(faults, monkeypatch):
    monkeypatch.setattr(contract, "MOST_FAULTS", 50)
    found = faults([HEADER, *([["yok", "population", "2024", "1", ""]] * 500)])
    assert found[0].rule == "too_many_faults"
    assert len(found) == 51


def test_a_row_with_too_many_cells_is_told(faults):
    found = faults([HEADER, GOOD, ["tr-02", *GOOD[1:], "x"], ["tr-03", *GOOD[1:], ""]])
    assert told(found) == [("row_width", 3, None, "6")]


MEDAS = "Muş(Bulanık)-1207|100.0|\nMuş(Merkez)-1552|200.0|\nİstanbul(Kartal)-1449|475042.0|\n"


@pytest.mark.parametrize(
    ("text", "told_of_it", "rules"),
    [
        (MEDAS, {"period": "2023", "control_total": 475342}, []),
        (MEDAS, {"period": "2023", "control_total": 475343}, ["total_wrong"]),
        (MEDAS, {}, ["period_untold"]),
        (MEDAS.replace("Muş(M", "Muz(M"), {"period": "2023"}, ["unknown_place", "sums_incomplete"]),
        (MEDAS.replace("1552", "1207"), {"period": "2023"}, ["duplicate_key", "sums_incomplete"]),
        (MEDAS.replace("200.0", "200,0"), {"period": "2023"}, ["number_format", "sums_incomplete"]),
        (MEDAS.replace("200.0", "200.5"), {"period": "2023"}, ["out_of_range", "sums_incomplete"]),
        (MEDAS.replace("200.0", ""), {"period": "2023"}, ["cell_empty", "sums_incomplete"]),
        (
            MEDAS.replace("Muş(Merkez)", "Muş Merkez"),
            {"period": "2023"},
            ["district_unreadable", "sums_incomplete"],
        ),
    ],
)
def test_a_population_export_is_taken_only_whole(faults, text, told_of_it, rules):
    found = faults(text.encode("utf-8-sig"), layout="medas_population", **told_of_it)
    assert [fault.rule for fault in found] == rules


def test_every_rule_speaks_both_languages_with_the_same_placeholders():
    for rule, told_as in sentences().items():
        names = [set(re.findall(r"{(\w+)", text)) for text in told_as]
        assert names[0] == names[1], rule
        assert all(text.strip().endswith((".", ":", "…", ")")) or "_" in rule for text in told_as), rule


def test_a_workbook_of_percentages_is_not_a_workbook_of_indices(faults, tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Sayfa1")
    sheet.write_row(0, 0, [column.headers[0] for column in layout_of("life_index_workbook").columns])
    sheet.write_row(1, 0, ["Isparta", 90.6, *[0.5] * 10])
    book.close()
    (fault,) = faults(path.read_bytes(), layout="life_index_workbook", name="b.xlsx")
    assert (fault.rule, fault.sheet, fault.row, fault.column) == (
        "out_of_range",
        "Sayfa1",
        2,
        "Konut Housing",
    )


# ------------------------------------------------------------------- through the whole build


def good_rows(value=100):
    return [HEADER, *([f"tr-{plate:02d}", "population", "2024", value + plate, ""] for plate in range(1, 82))]


@pytest.fixture
def in_service(inbox):
    """An inbox with one good generation in service."""
    inbox.put("population.csv", good_rows())
    inbox.build()
    return inbox


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (as_csv([["a", "b"], ["1", "2"]]), "columns_missing"),
        (as_csv([*good_rows(), GOOD]), "duplicate_key"),
        (as_csv([*good_rows()[:-1], ["Klis", "population", "2024", "1", ""]]), "unknown_place"),
    ],
)
def test_bad_input_leaves_the_old_warehouse_in_service(in_service, content, rule):
    before = in_service.current(), in_service.current("releases")
    in_service.put("population.csv", content)
    with pytest.raises(FaultyInput) as refused:
        in_service.build()
    assert rule in [fault.rule for fault in refused.value.faults]
    assert (in_service.current(), in_service.current("releases")) == before
    left = {path.name for path in (in_service.var / "warehouse").iterdir()}
    assert left == {"current", f"{before[0]}.duckdb"}


def test_faults_of_every_file_are_told_in_one_report(inbox):
    inbox.put("a.csv", [HEADER, ["Ankra", "satisfaction_cleaning", "2013", "5", ""]])
    inbox.put("b.csv", b"")
    inbox.put("c.xlsx", b"PK\x03\x04 torn")
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    assert [(fault.file, fault.rule) for fault in refused.value.faults] == [
        ("a.csv", "unknown_place"), ("b.csv", "empty_file"), ("c.xlsx", "workbook_damaged"),
    ]  # fmt: skip


def test_two_files_may_not_claim_one_figure(inbox):
    inbox.put("a.csv", good_rows())
    inbox.put("b.csv", [HEADER, GOOD, ["tr-01", "population", "2023", "5", ""]])
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    (fault,) = refused.value.faults
    assert (fault.file, fault.rule, fault.row) == ("b.csv", "duplicate_elsewhere", 2)
    assert "a.csv" in fault.message_tr


@pytest.mark.parametrize("writer", [write_encrypted, lambda path: path.write_bytes(b"")])
def test_the_command_says_one_sentence_and_answers_2(tmp_path, capsys, writer):
    path = tmp_path / "a.xlsx"
    writer(path)
    assert karne.main(["check", str(path), "--as", "tidy", "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    assert said.err == ""
