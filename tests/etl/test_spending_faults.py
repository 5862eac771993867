"""Budgets with faults: each named one by row, column and sentence in both languages, all at once, nothing loaded."""

import pytest

import karne
from etl import intake
from etl.errors import FaultyInput
from etl.manifest import Delivery
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from tests.etl.budget_files import HEADER, book, budget, earned, spent, total

GOOD = [
    spent("05.1", "03.2", 100, 110, 90),
    spent("06.3", "06.5", 50.25, 50, 40),
    total("gider", 150.25, 160, 130),
    earned("01.2", 70, 80, 60),
    earned("09.1", 5, 5, 5),
    total("gelir", 65, 75, 55),
]


@pytest.fixture
def judged(faults):
    """The faults of rows of our template: (rule, row, column, value) of each."""

    def found(*rows, **told):
        return faults(budget(*rows), layout="spending", name="budget.xlsx", **told)

    return found


def spots(found):
    return [(fault.rule, fault.row, fault.column, fault.value) for fault in found]


def changed(row, **cells):
    """The good rows with cells of one (as a spreadsheet numbers it) replaced."""
    rows = [list(one) for one in GOOD]
    for name, cell in cells.items():
        rows[row - 2][HEADER.index(name.replace("_", " "))] = cell
    return rows


def test_a_budget_in_order_has_no_fault(judged):
    assert judged(*GOOD) == []


@pytest.mark.parametrize(
    ("row", "cells", "rule", "column", "value"),
    [
        (2, {"Kent": "Adanna"}, "unknown_place", "Kent", "Adanna"),
        (2, {"Kent": "Konya"}, "place_no_municipality", "Kent", "Konya"),
        (2, {"Kent": "tr-01"}, "place_no_municipality", "Kent", "tr-01"),
        (2, {"Kent": None}, "cell_empty", "Kent", None),
        (2, {"Yıl": "2O24"}, "year_unreadable", "Yıl", "2O24"),
        (2, {"Yıl": "2024 yılı"}, "year_unreadable", "Yıl", "2024 yılı"),
        (2, {"Yıl": 24}, "year_unreadable", "Yıl", "24"),
        (2, {"Yıl": 2024.5}, "year_unreadable", "Yıl", "2024.5"),
        (2, {"Yıl": None}, "cell_empty", "Yıl", None),
        (2, {"Kurum_türü": "vakıf"}, "unknown_word", "Kurum türü", "vakıf"),
        (2, {"Taraf": "masraf"}, "unknown_word", "Taraf", "masraf"),
        (2, {"Birim": "milyon TL"}, "unknown_word", "Birim", "milyon TL"),
        (2, {"Durum": "taslak"}, "unknown_word", "Durum", "taslak"),
        (2, {"Fonksiyonel_kod": "05.a"}, "code_unreadable", "Fonksiyonel kod", "05.a"),
        (2, {"Ekonomik_kod": "2026-02-05"}, "code_unreadable", "Ekonomik kod", "2026-02-05"),
        (2, {"Ekonomik_kod": "03..1"}, "code_unreadable", "Ekonomik kod", "03..1"),
        (2, {"Finans_tipi": "beş"}, "code_unreadable", "Finans tipi", "beş"),
        (2, {"Gerçekleşme": -90}, "amount_negative", "Gerçekleşme", "-90.00"),
        (6, {"Gerçekleşme": -5}, "amount_negative", "Gerçekleşme", "-5.00"),
        (2, {"Gerçekleşme": "%90"}, "amount_percent", "Gerçekleşme", "90.00"),
        (2, {"Gerçekleşme": "#REF!"}, "formula_error", "Gerçekleşme", "#REF!"),
        (2, {"Gerçekleşme": "bilinmiyor"}, "number_unreadable", "Gerçekleşme", "bilinmiyor"),
        (2, {"Gerçekleşme": "1.234"}, "number_ambiguous", "Gerçekleşme", "1.234"),
        (2, {"Gerçekleşme": 1e308}, "number_absurd", "Gerçekleşme", "1e+308"),
        (2, {"Gerçekleşme": 1.1e18}, "number_absurd", "Gerçekleşme", "1.1e+18"),
        (2, {"Gerçekleşme": 1e-308}, "number_absurd", "Gerçekleşme", "1e-308"),
        (3, {"Gerçekleşme": None}, "amount_missing", "Gerçekleşme", None),
        (5, {"Tahakkuk": None}, "amount_missing", "Tahakkuk", None),
        (4, {"Gerçekleşme": 131}, "sum_wrong", "Gerçekleşme", "131.00"),
        (7, {"Gerçekleşme": 65}, "sum_wrong", "Gerçekleşme", "65.00"),
        (4, {"Açıklama": "Ara toplam"}, "codes_missing", "Ekonomik kod", "Ara toplam"),
    ],
)
def test_one_wrong_cell_is_told_with_its_spot(judged, row, cells, rule, column, value):
    (fault,) = judged(*changed(row, **cells))
    assert (fault.rule, fault.row, fault.column, fault.value) == (rule, row, column, value)
    assert fault.sheet == "Bütçe"


def test_the_difference_of_a_wrong_total_is_named_in_both_languages(judged):
    (fault,) = judged(*changed(4, Başlangıç_ödeneği=1150.25))
    assert "1.150,25 TL, satırların toplamı 150,25 TL; fark 1.000,00 TL" in fault.message_tr
    assert "1,150.25 TRY, its lines add up to 150.25 TRY; the difference is 1,000.00 TRY" in fault.message_en


def test_the_nearest_municipality_is_named(judged):
    (unknown,) = judged(*changed(2, Kent="Kırklarelli"))
    (province,) = judged(*changed(2, Kent="Edirne"))
    assert "Kırklareli" in unknown.message_tr
    assert "Edirne" in province.message_en


@pytest.mark.parametrize(("off", "rules"), [(0.019, []), (0.021, ["sum_wrong"])])
def test_a_total_may_be_off_by_a_hundredth_a_line_and_no_more(judged, off, rules):
    found = judged(*changed(4, Başlangıç_ödeneği=150.25 + off))
    assert [fault.rule for fault in found] == rules


def test_a_total_in_thousands_is_held_in_its_own_unit(judged):
    rows = [with_unit(row) for row in GOOD]
    assert judged(*rows) == []
    rows[2][HEADER.index("Başlangıç ödeneği")] = 151.25
    (fault,) = judged(*rows)
    assert "fark 1.000,00 TL" in fault.message_tr


def with_unit(row, unit="bin TL"):
    return [unit if name == "Birim" else cell for name, cell in zip(HEADER, row, strict=True)]


def test_a_total_without_any_line_is_wrong(judged):
    found = judged(*GOOD[:3], total("gelir", 65, 75, 55))
    assert {(fault.rule, fault.row) for fault in found} == {("sum_wrong", 5)}
    assert len(found) == 3


@pytest.mark.parametrize("unit", [None, "tl", "thousand_tl"])
def test_the_unit_is_told_by_the_manifest_where_the_file_leaves_it_out(judged, unit):
    found = judged(*[with_unit(row, None) for row in GOOD], unit=unit)
    assert spots(found) == ([] if unit else [("unit_untold", None, None, None)])


@pytest.mark.parametrize(
    ("year", "currency", "expected"),
    [
        (2003, None, ("currency_untold", "2003")),
        (2003, "trl", None),
        (2003, "try", None),
        (2005, None, None),
        (2005, "trl", ("currency_too_late", "2005")),
        (2004, None, ("currency_untold", "2004")),
    ],
)
def test_lira_before_2005_are_declared_and_old_ones_end_there(judged, year, currency, expected):
    rows = [[year if name == "Yıl" else cell for name, cell in zip(HEADER, row, strict=True)] for row in GOOD]
    found = judged(*rows, currency=currency)
    assert [(fault.rule, fault.value) for fault in found] == ([expected] if expected else [])
    assert all(fault.row is None for fault in found)


def test_a_word_of_the_manifest_that_means_nothing_is_told(judged):
    told = {"unit": "milyon", "state": "kesin", "entity": "vakif", "side": "x", "currency": "eur"}
    found = judged(*[with_unit(row, None) for row in GOOD], **told)
    assert {(fault.rule, fault.value) for fault in found} == {("manifest_word", one) for one in told.values()}
    assert "tl, thousand_tl" in next(one.message_tr for one in found if one.value == "milyon")


def test_the_same_codes_twice_are_told_however_they_are_written(judged):
    found = judged(*GOOD[:2], spent("5.1", "03.02", 1, 1, 1))
    assert spots(found) == [("line_twice", 4, None, "05.1, 5, 03.2")]
    assert "2." in found[0].message_tr
    for other in ({"Yıl": 2023}, {"Kurum_türü": "şirket"}, {"Kurumsal_kod": "46.1"}, {"Kent": "Muş"}):
        assert judged(*GOOD[:2], spent("05.1", "03.2", 1, 1, 1, **other)) == []


def test_a_row_that_sums_up_others_would_count_twice(judged):
    rows = [spent("05.1", "03.2", 100, 110, 90), spent("05.2", "03.5", 50, 50, 40)]
    assert spots(judged(*rows, spent("05", "03", 150, 160, 130))) == [("subtotal_row", 4, None, "05, 5, 03")]
    assert judged(*rows, spent("05", "03", 150, 160, 131)) == []


def test_a_measure_nobody_has_is_no_hole_and_no_measure_at_all_is_one(judged):
    assert judged(spent("05.1", "03.2", 100, None, None), spent("06.3", "06.5", 50, None, None)) == []
    found = judged(spent("05.1", "03.2", None, None, None), spent("06.3", "06.5", 50, None, None, Yıl=2023))
    assert spots(found) == [("amounts_none", 2, None, None)]


def test_all_faults_of_all_rows_are_told_at_once(judged):
    found = judged(
        spent("05.x", "03.2", 100, 110, -1, Kent="Adanna"),
        spent("06.3", "06.5", 50, 50, None, Kurum_türü="vakıf"),
        spent("06.4", "03.5", 50, 50, 40, Yıl="x"),
        spent("07.4", "03.5", 50, 50, 40),
        spent("07.4", "03.5", 50, 50, 40),
        earned("01.2", 70, None, 60),
        earned("03.1", 70, 80, 60),
        total("gelir", 1, 1, 1),
    )
    assert [(fault.rule, fault.row) for fault in found] == [
        ("code_unreadable", 2), ("unknown_place", 2), ("amount_negative", 2),
        ("unknown_word", 3), ("year_unreadable", 4), ("line_twice", 6), ("amount_missing", 7),
    ]  # fmt: skip


def test_sums_are_not_blamed_for_a_line_that_could_not_be_read(judged):
    found = judged(*changed(2, Yıl="x"))
    assert [fault.rule for fault in found] == ["year_unreadable"]


def test_columns_of_amounts_may_be_left_out_but_not_all(faults):
    def cut(names):
        keep = [at for at, name in enumerate(HEADER) if name not in names]
        return book({"Bütçe": [[row[at] for at in keep] for row in [HEADER, *GOOD[:3]]]})

    measures = {"Başlangıç ödeneği", "Yıl sonu ödeneği", "Tahakkuk", "Gerçekleşme"}
    told = {"layout": "spending", "name": "budget.xlsx"}
    assert faults(cut(measures - {"Gerçekleşme"}), **told) == []
    rules = [fault.rule for fault in faults(cut(measures), **told)]
    assert rules == ["no_amount_column", "amounts_none"]


def test_a_formula_error_of_a_workbook_and_merged_cells_are_told(faults):
    rows = [HEADER, *GOOD]
    content = book({"Bütçe": rows}, merged=[(1, 8, 2, 8, "Kalem")])
    (fault,) = faults(content, layout="spending", name="budget.xlsx")
    assert (fault.rule, fault.row, fault.value) == ("merged_cells", 2, "I2:I3")


@pytest.mark.parametrize(
    ("layout", "sheet", "rules"),
    [
        ("spending", [HEADER, *GOOD], ["sheet_twin"]),
        ("spending", [[name.upper() + " " for name in HEADER]], ["sheet_twin"]),
        ("spending", [["Örnek"], HEADER, *GOOD], []),
        ("spending", [["Notlar"], ["bir not"]], []),
        ("spending", [], []),
    ],
)
def test_a_second_sheet_that_looks_like_the_first_refuses_the_file(faults, layout, sheet, rules):
    content = book({"Bütçe": [HEADER, *GOOD], "Bütçe (2)": sheet})
    found = faults(content, layout=layout, name="budget.xlsx")
    assert [(fault.rule, fault.sheet, fault.row) for fault in found] == [
        (rule, "Bütçe (2)", None) for rule in rules
    ]
    assert all("“Bütçe”" in fault.message_tr for fault in found)


def test_the_twin_of_any_named_sheet_is_told(faults):
    header = [column.headers[0] for column in karne_layout("life_index_workbook").columns]
    rows = [header, ["Isparta", *[0.5] * 11]]
    found = faults(book({"Sayfa1": rows, "Sayfa2": rows}), layout="life_index_workbook", name="a.xlsx")
    assert [(fault.rule, fault.sheet) for fault in found] == [("sheet_twin", "Sayfa2")]


def karne_layout(name):
    from etl.sources.layout import layout_of  # noqa: PLC0415

    return layout_of(name)


def test_a_faulty_budget_is_refused_whole_and_what_was_in_service_stays(inbox):
    told = {"layout": "spending", "source": "municipal_budget"}
    inbox.put("adana.xlsx", budget(*GOOD), **told)
    inbox.build()
    before = inbox.current()
    inbox.put("adana.xlsx", budget(*changed(2, Gerçekleşme=-1)), **told)
    with pytest.raises(FaultyInput) as refusal:
        inbox.build()
    assert [fault.rule for fault in refusal.value.faults] == ["amount_negative"]
    assert inbox.current() == before
    # With rejects the last good edition stands in, not the budget less a row.
    (received,) = [one for one in inbox.build(with_rejects=True).received.tables if one.judged.found]
    assert received.entry.edition == 1


def test_two_files_may_not_bring_one_measure_of_one_budget(inbox):
    told = {"layout": "spending", "source": "municipal_budget"}
    inbox.put("a.xlsx", budget(spent("05.1", "03.2", 100, None, None)), **told)
    inbox.put("b.xlsx", budget(spent("06.1", "03.2", None, None, 90)), **told)
    inbox.build()
    inbox.put("c.xlsx", budget(spent("07.1", "03.2", 5, None, None)), **told)
    with pytest.raises(FaultyInput) as refusal:
        inbox.build()
    assert [(fault.rule, fault.file) for fault in refusal.value.faults] == [("duplicate_elsewhere", "c.xlsx")]
    assert "a.xlsx" in refusal.value.faults[0].message_tr


def test_a_note_under_the_table_is_told_as_one_and_counts_as_no_sum(tmp_path, capsys):
    path = tmp_path / "budget.xlsx"
    path.write_bytes(budget(*GOOD, [], ["Not: kesin hesaptan alınmıştır."], [None] * 8 + ["Mali Hizmetler"]))
    assert karne.main(["check", str(path), "--as", "spending"]) == 2
    first, second, last = capsys.readouterr().out.splitlines()
    assert "satır 9: Bu satırda yalnız “Not: kesin hesaptan alınmıştır.” yazıyor" in first
    assert "satır 10: Bu satırda yalnız “Mali Hizmetler” yazıyor" in second
    assert "2 hata" in last


def test_two_units_in_one_budget_are_told_with_their_rows(tmp_path, capsys):
    path = tmp_path / "budget.xlsx"
    for rows, expected in ((GOOD, 0), (changed(3, Birim="bin TL"), 1)):
        path.write_bytes(budget(*rows[:2]))
        assert karne.main(["check", str(path), "--as", "spending"]) == 0
        assert capsys.readouterr().out.count("iki ayrı birimde: satır 2 ile satır 3") == expected


def test_a_negative_amount_is_written_as_each_language_does(judged):
    (fault,) = judged(*changed(2, Gerçekleşme=-1234.5))
    assert "(-1.234,50)" in fault.message_tr
    assert "(-1,234.50)" in fault.message_en


def test_nothing_invisible_is_kept_of_a_text(registry, tmp_path):
    turned = "Çöp\u202e \u2066toplama\u2069\ufeff\nve\ttaşıma"
    path = tmp_path / "budget.xlsx"
    path.write_bytes(budget(spent("05.1", "03.2", 1, 1, 1, Açıklama=turned)))
    judged = intake.judge(Delivery(path, layout_of("spending"), Submission("budget", "sample")), registry)
    assert [line.label for line in judged.found] == ["Çöp toplama ve taşıma"]


def test_the_command_tells_every_fault_in_the_language_asked_for(tmp_path, capsys):
    path = tmp_path / "budget.xlsx"
    path.write_bytes(budget(*changed(4, Gerçekleşme=131)))
    assert karne.main(["check", str(path), "--as", "spending"]) == 2
    turkish = capsys.readouterr().out
    assert karne.main(["check", str(path), "--as", "spending", "--lang", "en"]) == 2
    english = capsys.readouterr().out
    assert "satır 4 · Gerçekleşme: Yazılı toplam 131,00 TL" in turkish
    assert "row 4 · Gerçekleşme: The printed total is 131.00 TRY" in english
