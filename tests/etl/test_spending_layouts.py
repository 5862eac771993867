"""Budgets in the shapes municipalities have: what is read of each, and what is wrong with one of that shape alone."""

import re

import pytest

import karne
from etl import intake
from etl.manifest import Delivery
from etl.registry import load
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from etl.sources.spending_codes import Codes, normalised, parents
from tests.etl.budget_files import HEADER, book, earned, spent
from tests.etl.conftest import as_csv

GROUPS = ["KURUMSAL", "", "", "", "FONKSİYONEL", "", "", "", "FİNANS TİPİ", "EKONOMİK", "", "", ""]
LEVELS = ["I", "II", "III", "IV", "I", "II", "III", "IV", "I", "I", "II", "III", "IV"]
A_CETVELI = [
    [*GROUPS, "AÇIKLAMA", "ÖDENEK"],
    [*LEVELS, "", ""],
    ["46", "42", "28", "02", *[""] * 9, "ÖZEL KALEM", 350],
    ["46", "42", "28", "02", "01", "1", "1", "00", *[""] * 5, "Yürütme", 350],
    ["46", "42", "28", "02", "01", "1", "1", "00", "5", "01", *[""] * 3, "PERSONEL", 250],
    ["46", "42", "28", "02", "01", "1", "1", "00", "5", "01", "1", "1", "01", "Maaşlar", 250],
    ["46", "42", "28", "02", "01", "1", "1", "00", "5", "03", "2", "1", "01", "Kırtasiye", 100],
    ["46", "42", "28", "31", *[""] * 9, "TEMİZLİK", 900],
    [46, 42, 28, 31, 5, 1, 0, 0, 5, 3, 5, 1, 1, "Çöp toplama", 900],
    [*[""] * 13, "TOPLAM", 1250],
]
TOLD = {"place": "Adana", "period": "2024", "unit": "tl", "measure": "initial"}
GELIR = [
    ["I", "II", "III", "IV", "AÇIKLAMA", "BÜTÇE TAHMİNİ", "TAHAKKUK", "TAHSİLAT"],
    ["01", "", "", "", "Vergi Gelirleri", 300, 330, 270],
    ["01", "2", "9", "51", "Emlak vergisi", 200, 220, 180],
    ["01", "3", "9", "99", "Öteki vergiler", 100, 110, 90],
    ["05", "2", "2", "51", "Merkezî idare payı", 700, 700, 700],
    ["09", "", "", "", "Red ve iadeler", 10, 12, 12],
    ["", "", "", "", "TOPLAM", 990, 1018, 958],
]


@pytest.fixture
def judged(tmp_path):
    """A file judged as a layout: its lines and the report."""
    registry = load()

    def found(content, layout, name="file.xlsx", **told):
        path = tmp_path / name
        path.write_bytes(content)
        told = Submission("file", "municipal_budget", **told)
        judged = intake.judge(Delivery(path, layout_of(layout), told), registry)
        return judged.found, judged.report

    return found


def rows(sheet):
    return book({"A": sheet})


def read(lines):
    """Functional and economic code, initial budget and row of each line."""
    return [(one.functional, one.economic, one.initial_try, one.row_number) for one in lines]


LINES = [
    ("01.1.1.00", "01.1.1.01", 250, 6), ("01.1.1.00", "03.2.1.01", 100, 7), ("05.1.0.00", "03.5.1.01", 900, 9),
]  # fmt: skip


def test_an_a_cetveli_gives_its_lines_and_keeps_sums_out(judged):
    lines, report = judged(rows(A_CETVELI), "a_cetveli", **TOLD)
    assert report.faults == []
    assert read(lines) == LINES
    assert {(one.city_id, one.year, one.entity, one.side) for one in lines} == {
        ("adana", 2024, "municipality", "expenditure")
    }
    assert lines[0].institutional == "46.42.28.02"
    assert lines[2].institutional == "46.42.28.31"
    assert {one.finance_type for one in lines} == {"5"}
    assert {(one.appropriation_try, one.accrued_try, one.outturn_try) for one in lines} == {
        (None, None, None)
    }


def test_group_names_may_span_their_columns_and_nothing_else_may(judged):
    spans = [(0, 0, 0, 3, "KURUMSAL"), (0, 4, 0, 7, "FONKSİYONEL"), (0, 9, 0, 12, "EKONOMİK")]
    over_both = [(0, 13, 1, 13, "AÇIKLAMA"), (0, 14, 1, 14, "ÖDENEK")]
    lines, report = judged(book({"A": A_CETVELI}, merged=[*spans, *over_both]), "a_cetveli", **TOLD)
    assert (report.faults, read(lines)) == ([], LINES)
    for span in (
        (2, 13, 3, 13, "ÖZEL KALEM"),
        (9, 0, 9, 12, ""),
        (0, 9, 1, 12, "EKONOMİK"),
        (1, 13, 2, 13, "AÇIKLAMA"),
        (1, 0, 1, 1, "I"),
    ):
        _, report = judged(book({"A": A_CETVELI}, merged=[*spans[:2], span]), "a_cetveli", **TOLD)
        assert [fault.rule for fault in report.faults] == ["merged_cells"], span
    # A header of one row has nothing to span.
    _, report = judged(book({"A": GELIR}, merged=[(0, 0, 0, 3, "I")]), "gelir", **TOLD)
    assert [fault.rule for fault in report.faults] == ["merged_cells"]


def test_titles_above_the_header_are_skipped(judged):
    titled = [["T.C. ÖRNEK BELEDİYESİ"], [], ["", "2024 YILI A CETVELİ"], *A_CETVELI]
    spans = [(0, 0, 0, 14, "T.C. ÖRNEK BELEDİYESİ"), (3, 0, 3, 3, "KURUMSAL")]
    for content in (rows(titled), book({"A": titled}, merged=spans)):
        lines, report = judged(content, "a_cetveli", **TOLD)
        assert report.faults == []
        assert [(*one[:3], one[3] - 3) for one in read(lines)] == LINES
    _, report = judged(book({"A": titled}, merged=[(5, 13, 6, 13, "x")]), "a_cetveli", **TOLD)
    assert [fault.rule for fault in report.faults] == ["merged_cells"]


def test_the_measure_of_a_lone_amount_column_is_declared(judged):
    content = rows(A_CETVELI)
    lines, _ = judged(content, "a_cetveli", **TOLD | {"measure": "outturn"})
    assert [(one.initial_try, one.outturn_try) for one in lines] == [(None, 250), (None, 100), (None, 900)]
    _, report = judged(content, "a_cetveli", **TOLD | {"measure": None})
    assert [(fault.rule, fault.column) for fault in report.faults] == [("measure_untold", "ÖDENEK")]
    named = [[*A_CETVELI[0][:-1], "GERÇEKLEŞME"], *A_CETVELI[1:]]
    lines, report = judged(rows(named), "a_cetveli", **TOLD | {"measure": None})
    assert ([one.outturn_try for one in lines], report.faults) == ([250, 100, 900], [])


def test_what_neither_table_nor_manifest_tells_is_asked_for_at_once(judged):
    _, report = judged(rows(A_CETVELI), "a_cetveli")
    rules = [fault.rule for fault in report.faults]
    assert sorted(rules) == ["measure_untold", "place_untold", "unit_untold", "year_untold"]
    _, report = judged(rows(A_CETVELI), "a_cetveli", **TOLD | {"place": "Adanna", "period": "24"})
    assert [(fault.rule, fault.row) for fault in report.faults] == [
        ("unknown_place", None),
        ("year_unreadable", None),
    ]


def test_a_subtotal_that_does_not_add_up_is_told_where_it_stands(judged):
    wrong = [list(row) for row in A_CETVELI]
    wrong[4][-1], wrong[7][-1] = 260, 900.02
    _, report = judged(rows(wrong), "a_cetveli", **TOLD)
    assert [(fault.rule, fault.row) for fault in report.faults] == [("sum_wrong", 5), ("sum_wrong", 8)]
    assert "fark 10,00 TL" in report.faults[0].message_tr


def test_a_total_may_be_called_so_in_any_column(judged):
    moved = [*A_CETVELI[:-1], ["GENEL TOPLAM", *[""] * 13, 1250]]
    lines, report = judged(rows(moved), "a_cetveli", **TOLD)
    assert (read(lines), report.faults) == (LINES, [])
    moved[-1][-1] = 1251
    _, report = judged(rows(moved), "a_cetveli", **TOLD)
    assert [(fault.rule, fault.row) for fault in report.faults] == [("sum_wrong", 10)]


def test_an_a_cetveli_is_of_one_municipality(judged):
    mixed = [list(row) for row in A_CETVELI]
    mixed[7][2] = mixed[8][2] = "31"
    _, report = judged(rows(mixed), "a_cetveli", **TOLD)
    (fault,) = report.faults
    assert (fault.rule, fault.row, fault.value) == ("institutions_mixed", 9, "46.42.31")
    assert "46.42.28" in fault.message_tr


def test_a_dotted_a_cetveli_reads_the_same(judged):
    header = ["Kurumsal", "Fonksiyonel", "Finans Tipi", "Ekonomik", "Açıklama", "Ödenek"]
    dotted = [header, *(join(row) for row in A_CETVELI[2:])]
    for content, name in ((rows(dotted), "a.xlsx"), (as_csv(written(dotted), ";"), "a.csv")):
        lines, report = judged(content, "a_cetveli_dotted", name=name, **TOLD)
        assert report.faults == []
        assert [one[:3] for one in read(lines)] == [one[:3] for one in LINES]


def join(row):
    """The levels of each code with dots between, as a dotted table has them."""
    cells = [str(cell) for cell in row[:13]]
    parts = cells[:4], cells[4:8], cells[8:9], cells[9:]
    return [*(".".join(filter(None, part)) for part in parts), *row[13:]]


def written(table):
    """Amounts as a Turkish csv has them."""
    return [
        [f"{cell:.2f}".replace(".", ",") if isinstance(cell, int) else cell for cell in row] for row in table
    ]


def test_revenue_is_read_and_its_total_is_less_the_refunds(judged):
    lines, report = judged(rows(GELIR), "gelir", place="Adana", period="2024", unit="thousand_tl")
    assert report.faults == []
    assert [(one.economic, one.initial_try, one.accrued_try, one.outturn_try) for one in lines] == [
        ("01.2.9.51", 200_000, 220_000, 180_000), ("01.3.9.99", 100_000, 110_000, 90_000),
        ("05.2.2.51", 700_000, 700_000, 700_000), ("09", 10_000, 12_000, 12_000),
    ]  # fmt: skip
    assert {(one.side, one.functional, one.appropriation_try) for one in lines} == {("revenue", None, None)}
    grouped = [["GELİR KODU", "", "", "", *GELIR[0][4:]], [*GELIR[0][:4], "", "", "", ""], *GELIR[1:]]
    same, report = judged(book({"A": grouped}, merged=[(0, 0, 0, 3, "GELİR KODU")]), "gelir_grouped", **TOLD)
    assert ([one.economic for one in same], report.faults) == ([one.economic for one in lines], [])
    wrong = [*GELIR[:-1], ["", "", "", "", "TOPLAM", 1010, 1018, 958]]
    _, report = judged(rows(wrong), "gelir", **TOLD)
    assert [(fault.rule, fault.column) for fault in report.faults] == [("sum_wrong", "BÜTÇE TAHMİNİ")]


WIDE = [
    [
        "Fonksiyonel kod",
        "Ekonomik kod",
        "Kalem",
        "Bütçe 2004",
        "Gerçekleşme 2004",
        "Plan 2005",
        "Actual 2005",
    ],
    ["05.1", "03.2", "Temizlik", 4_000_000, 3_000_000, "7,5", "6,25"],
    ["06.3", "06.5", "Su", 1_000_000, 1_000_000, "2", "2"],
    ["", "", "TOPLAM", 5_000_000, 4_000_000, "9,5", "8,25"],
]


def test_a_table_with_years_across_gives_a_line_a_year(judged):
    told = {"place": "Adana", "unit": "tl", "currency": "try"}
    lines, report = judged(as_csv(WIDE, ";"), "spending_wide", name="a.csv", **told)
    assert report.faults == []
    found = sorted(lines, key=lambda one: one.row_number)
    assert [(one.year, one.economic, one.initial_try, one.outturn_try, one.row_number) for one in found] == [
        (2004, "03.2", 4_000_000, 3_000_000, 2), (2005, "03.2", 7.5, 6.25, 2),
        (2004, "06.5", 1_000_000, 1_000_000, 3), (2005, "06.5", 2, 2, 3),
    ]  # fmt: skip


def test_old_lira_lose_six_zeros_and_are_not_mixed_with_later_years(judged):
    old = [row[:5] for row in WIDE]
    lines, report = judged(
        as_csv(old, ";"), "spending_wide", name="a.csv", place="Adana", unit="tl", currency="trl"
    )
    assert report.faults == []
    assert [one.initial_try for one in lines] == [4.0, 1.0]
    _, report = judged(
        as_csv(WIDE, ";"), "spending_wide", name="a.csv", place="Adana", unit="tl", currency="trl"
    )
    assert [(fault.rule, fault.value) for fault in report.faults] == [("currency_too_late", "2005")]


def test_faults_of_a_table_with_years_across_name_the_year(judged):
    wrong = [list(row) for row in WIDE]
    wrong[1][4], wrong[2][5], wrong[3][3] = -1, "", 5_000_001
    _, report = judged(
        as_csv(wrong, ";"), "spending_wide", name="a.csv", place="Adana", unit="tl", currency="try"
    )
    assert [(fault.rule, fault.row, fault.column) for fault in report.faults] == [
        ("amount_negative", 2, "Gerçekleşme 2004"), ("amount_missing", 3, "Plan 2005"),
    ]  # fmt: skip
    named = [[re.sub("2005", "yılı", str(cell)) for cell in WIDE[0]], *WIDE[1:]]
    _, report = judged(
        as_csv(named, ";"), "spending_wide", name="a.csv", place="Adana", unit="tl", currency="try"
    )
    assert {(fault.rule, fault.value) for fault in report.faults} == {("year_unreadable", "yili")}


def test_the_real_tables_of_lines_are_read_without_a_class(judged, shared):
    told = {"place": "Adana", "unit": "tl"}
    content = (shared / "data/budget/gesamtergebnisplan.csv").read_bytes()
    lines, report = judged(content, "budget_lines_wide", name="a.csv", **told)
    assert report.faults == []
    assert {(one.functional, one.economic, one.finance_type) for one in lines} == {(None, None, None)}
    # What the file itself prints: revenue and expenditure of 2010, line by line the sums of its lines 10 and 17.
    sums = {side: sum(one.outturn_try or 0 for one in lines if one.year == 2010 and one.side == side)
            for side in ("revenue", "expenditure")}  # fmt: skip
    # It rounds every line to a euro of its own.
    assert sums["revenue"] == pytest.approx(2_920_592_126 + 147_401_596, abs=1)
    assert sums["expenditure"] == pytest.approx(3_197_814_870 + 102_575_248, abs=1)
    assert report.notes[0].en.startswith("7 rows")
    divisions = (shared / "data/budget/ergebnisplan_produktbereiche.csv").read_bytes()
    _, report = judged(divisions, "budget_lines_wide", name="b.csv", **told)
    # Two corrections in it are negative; nothing else is wrong with 504 rows.
    assert [(fault.rule, fault.row, fault.column) for fault in report.faults] == [
        ("amount_negative", 380, "Ergebnis 2010"), ("amount_negative", 432, "Plan 2011"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        ("functional", ["05.02"], "05.2"), ("functional", ["5.2"], "05.2"), ("functional", ["05.1.0.00"], "05.1.0.00"),
        ("functional", ["5", "1", "0", "0"], "05.1.0.00"), ("functional", ["05", "", "", ""], "05"),
        ("functional", ["10"], "10"), ("functional", [" 08.4. "], "08.4"), ("functional", ["", "", "", ""], ""),
        ("economic", ["01.1.1.01"], "01.1.1.01"), ("economic", ["1.01.01.1"], "01.1.1.01"),
        ("economic", ["03.2.1.01.02"], "03.2.1.01.02"), ("economic", ["5.4"], "05.4"),
        ("finance_type", ["05"], "5"), ("institutional", ["46", "42", "28", "2"], "46.42.28.02"),
        ("functional", ["05", "", "1", ""], None), ("functional", ["", "1", "", ""], None),
        ("functional", ["A5.1"], None), ("functional", ["05,1"], None), ("functional", ["05-1"], None),
        ("functional", ["٠٥"], None), ("economic", ["01.1.1.1.1.1.1"], None), ("economic", ["2026-02-05"], None),
        ("economic", ["1234"], None),
    ],
)  # fmt: skip
def test_a_code_is_written_one_way_or_is_none(kind, cells, code):
    assert normalised(kind, cells) == code


def test_a_code_belongs_to_those_with_fewer_levels():
    line, own = Codes("46.1.1.02", "05.1.0.00", "5", "03.2"), Codes("46.1.1.02")
    other, deeper = Codes("46.1.1.02", "05.2", "5", "03.2"), Codes("46.1.1.02", "05.1.0.00", "5", "03.2.1.01")
    found = parents([line, own, other, deeper])
    assert found == {line: [own], own: [], other: [own], deeper: [own, line]}


def test_a_code_outside_the_classification_is_kept_and_counted(judged):
    known = [spent("05.7", "03.9", 4, 4, 4), earned("02.1", 1, 1, 1)]
    unknown = [spent("15.1", "03.2", 1, 1, 1), spent("05.7", "11.1", 2, 2, 2), earned("07", 5, 5, 5)]
    lines, report = judged(book({"Bütçe": [HEADER, *unknown, *known]}), "spending")
    assert report.faults == []
    assert [one.functional for one in lines] == ["15.1", "05.7", "05.7", None, None]
    assert report.notes[0].en == (
        "The code of 3 rows is not in the classification; they are kept as “unclassified” (the first is row 2)."
    )


# --------------------------------------------------------------------------------- karne check


def test_check_goes_by_the_manifest_beside_the_file(inbox, capsys):
    told = {"layout": "a_cetveli", "source": "municipal_budget", "place": "adana", "period": 2024,
            "unit": "thousand_tl", "measure": "initial"}  # fmt: skip
    path = inbox.put("a.xlsx", rows(A_CETVELI), **told)
    assert karne.main(["check", str(path), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Adana 2024, municipality, expenditure: initial budget 1,250,000.00 TRY (3 rows)" in said
    assert karne.main(["check", str(path), "--unit", "tl", "--entity", "utility"]) == 0
    assert (
        "Adana 2024, bağlı idare, gider: başlangıç ödeneği 1.250,00 TL (3 satır)" in capsys.readouterr().out
    )
    # A layout of one's own goes before the manifest, and then the rest must be said too.
    assert karne.main(["check", str(path), "--as", "a_cetveli"]) == 2
    assert "place_untold" in capsys.readouterr().out


def test_check_tells_the_shape_and_takes_the_rest_as_options(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(written(WIDE), ";"))
    told = [
        "--place",
        "Muş",
        "--unit",
        "tl",
        "--currency",
        "try",
        "--state",
        "provisional",
        "--side",
        "revenue",
    ]
    assert karne.main(["check", str(path), *told]) == 0
    assert "Muş 2004, belediye, gelir: bütçe tahmini 5.000.000,00 TL" in capsys.readouterr().out
    assert karne.main(["check", str(path), *told, "--numbers", "plain"]) == 2
    assert "number_format" in capsys.readouterr().out


def test_the_totals_of_a_faulty_budget_are_not_told(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_bytes(as_csv(written([*WIDE[:3], WIDE[1]]), ";"))
    assert karne.main(["check", str(path), "--place", "Muş", "--unit", "tl", "--currency", "try"]) == 2
    said = capsys.readouterr().out
    assert "line_twice" in said
    assert "bütçe" not in said.split("line_twice")[0].lower().split("satır")[0]
