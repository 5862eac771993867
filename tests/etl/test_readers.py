"""Files of every accepted kind read as they are, and everything else refused with one sentence."""

import contextlib
import random
import tracemalloc
import zipfile

import openpyxl
import pytest
import xlsxwriter
from old_workbook import write_encrypted, write_xls

from etl.errors import FaultyInput
from etl.readers.file import open_table

TEXT = "il;değer\nMuş;1\nIğdır;2\nÇankırı;3\nŞırnak;4\nGümüşhane;5\nİzmir;6\n"


def rows(path, **told):
    return [row.cells for row in open_table(path, **told).rows]


def refused(path, **told):
    """The faults of a file that cannot be read, whether at once or on the way."""
    with pytest.raises(FaultyInput) as found:
        list(open_table(path, **told).rows)
    return found.value.faults


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("iso-8859-9", "iso-8859-9"),
        ("cp1254", "iso-8859-9"),  # without a letter of 80..9F both say the same
    ],
)
def test_turkish_letters_survive_every_accepted_encoding(tmp_path, encoding, found):
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    table = open_table(path)
    assert (table.encoding, table.delimiter) == (found, ";")
    assert [row.cells[0] for row in table.rows] == [
        "il",
        "Muş",
        "Iğdır",
        "Çankırı",
        "Şırnak",
        "Gümüşhane",
        "İzmir",
    ]


def test_a_character_only_windows_has_makes_it_windows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("il;not\nMuş;“tırnak” – €\n".encode("cp1254"))
    table = open_table(path)
    assert table.encoding == "cp1254"
    assert list(table.rows)[1].cells == ("Muş", "“tırnak” – €")


def test_plain_ascii_is_utf8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert open_table(path).encoding == "utf-8"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (TEXT.encode("utf-16"), "encoding_utf16"),
        (TEXT.encode("cp857"), "encoding_unknown"),
        (TEXT.encode() + "Muş;7\n".encode("cp1254"), "encoding_ambiguous"),
        (TEXT.encode("cp1254") + "Muş;7\n".encode(), "encoding_ambiguous"),
        ("il;değer\nMuş;1ş".encode()[:-1], "encoding_ambiguous"),  # cut in the middle of a letter
        (b"a,b\n1,\x00\n", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
    ],
)
def test_an_encoding_that_cannot_be_told_is_refused(tmp_path, content, rule):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert [fault.rule for fault in refused(path)] == [rule]


def test_a_pair_of_bytes_is_recognised_across_the_border_of_two_chunks(tmp_path):
    path = tmp_path / "a.csv"
    head = b"a;b\n" + b"x;1\n" * ((1 << 18) - 1)
    assert len(head) == 1 << 20
    path.write_bytes(head[:-1] + "ş".encode() + b";1\n" + b"\xfe;2\n")
    assert refused(path)[0].rule == "encoding_ambiguous"


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
def test_the_only_delimiter_that_fits_is_taken(tmp_path, delimiter):
    path = tmp_path / "a.csv"
    path.write_text(f"a{delimiter}b\n1{delimiter}2\n3{delimiter}4\n")
    assert open_table(path).delimiter == delimiter
    assert rows(path) == [("a", "b"), ("1", "2"), ("3", "4")]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("yer;değer\nMuş;1,5\nIğdır;2,5\n", encoding="utf-8")
    assert open_table(path).delimiter == ";"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("1,5;2,5\n3,5;4,5\n1,1;2,2\n", "delimiter_ambiguous"),
        ("a,b;c\nd,e;f\n", "delimiter_ambiguous"),
        ("a\nb\n", "delimiter_unknown"),
        ("a;b\nc\n", "delimiter_unknown"),
    ],
)
def test_a_delimiter_that_cannot_be_told_is_refused_unless_declared(tmp_path, content, rule):
    path = tmp_path / "a.csv"
    path.write_text(content)
    assert refused(path)[0].rule == rule
    assert rows(path, delimiter=";")


def test_quoted_cells_keep_their_delimiters_and_line_breaks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n"İl\nProvince","1,5"\n', encoding="utf-8")
    assert rows(path) == [("a", "b"), ("İl\nProvince", "1,5")]


def test_an_open_quotation_mark_is_refused_with_its_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n"3,4\n5,6\n')
    fault = refused(path, delimiter=",")[0]
    assert (fault.rule, fault.row) == ("csv_broken", 3)


def test_blank_rows_are_passed_over_but_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n\n,\n1,2\n")
    assert [row.number for row in open_table(path, delimiter=",").rows] == [1, 4]


def test_a_large_file_is_walked_in_bounded_memory(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "123456789,987654321\n" * 1_000_000)
    tracemalloc.start()
    assert sum(1 for _ in open_table(path).rows) == 1_000_001
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_workbook_keeps_its_numbers_and_its_row_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Veri")
    sheet.write_row(1, 0, ["İl\nProvince", "Değer", "Tarih"])
    sheet.write_row(3, 0, ["Muş", 0.1])
    sheet.write_boolean(4, 0, True)
    book.close()
    table = open_table(path)
    assert (table.format, table.sheet, table.encoding) == ("xlsx", "Veri", None)
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("İl\nProvince", "Değer", "Tarih")), (4, ("Muş", 0.1)), (5, ("TRUE",)),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_xls_content_is_read_under_any_name(tmp_path, name):
    path = tmp_path / name
    write_xls(path, [["İl", "Değer"], ["Iğdır", 0.25]])
    table = open_table(path)
    assert table.format == "xls"
    assert [row.cells for row in table.rows] == [("İl", "Değer"), ("Iğdır", 0.25)]


def test_a_password_is_told_from_damage(tmp_path):
    path = tmp_path / "a.xlsx"
    write_encrypted(path)
    assert [fault.rule for fault in refused(path)] == ["workbook_password"]


def a_workbook(path):
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Veri").write_row(0, 0, ["a", "b"])
    book.close()


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path, kept):
    path = tmp_path / "a.xlsx"
    a_workbook(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert [fault.rule for fault in refused(path)] == ["workbook_damaged"]


def test_a_truncated_old_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xls"
    write_xls(path, [["a"], [1.0]])
    path.write_bytes(path.read_bytes()[:1200])
    assert [fault.rule for fault in refused(path)] == ["workbook_damaged"]


def test_an_archive_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a workbook")
    assert [fault.rule for fault in refused(path)] == ["workbook_damaged"]


def test_a_workbook_that_unpacks_to_more_than_memory_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr("etl.readers.workbook.LARGEST", 1000)
    path = tmp_path / "a.xlsx"
    a_workbook(path)
    assert [fault.rule for fault in refused(path)] == ["workbook_too_large"]


def test_the_sheet_is_named_or_the_only_filled_one(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Boş")
    book.add_worksheet("Bir").write(0, 0, "bir")
    book.add_worksheet("İki").write(0, 0, "iki")
    book.close()
    assert rows(path, sheet="İki") == [("iki",)]
    assert [fault.rule for fault in refused(path)] == ["sheet_ambiguous"]
    missing = refused(path, sheet="Sayfa1")[0]
    assert missing.rule == "sheet_missing"
    assert "Boş, Bir, İki" in missing.message_tr


def test_every_merged_range_is_told(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "Memnuniyet")
    sheet.merge_range(1, 0, 2, 0, "İl")
    sheet.write_row(3, 0, ["Muş", 1])
    book.close()
    assert [(fault.rule, fault.value, fault.row) for fault in refused(path)] == [
        ("merged_cells", "A1:C1", 1), ("merged_cells", "A2:A3", 2),
    ]  # fmt: skip


def test_every_failed_formula_is_told_with_its_cell(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Veri")
    sheet.write_row(0, 0, ["İl", "Değer"])
    sheet.write_row(1, 0, ["Muş", 1])
    sheet.write(2, 0, "Iğdır")
    sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    sheet.write(3, 0, "Bolu")
    sheet.write_formula(3, 1, "=Yok!A1", None, "#REF!")
    book.close()
    told = [(fault.rule, fault.sheet, fault.row, fault.column, fault.value) for fault in refused(path)]
    assert told == [
        ("formula_error", "Veri", 3, "B", "#DIV/0!"), ("formula_error", "Veri", 4, "B", "#REF!"),
    ]  # fmt: skip


def test_a_formula_nobody_calculated_is_empty_and_not_zero(tmp_path):
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a", "b", "c"])
    book.active.append(["x", "=1+1", "y"])
    book.save(path)
    assert rows(path)[1] == ("x", "", "y")


def test_a_missing_file_is_named(tmp_path):
    assert refused(tmp_path / "yok.csv")[0].rule == "file_missing"


def test_a_stray_cell_in_the_last_corner_is_refused_before_it_is_laid_out(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1048575, 16383, "x")
    book.close()
    fault = refused(path)[0]
    assert (fault.rule, fault.value) == ("sheet_too_wide", "1048576 × 16384")


@pytest.mark.parametrize("seed", range(20))
def test_a_corrupt_workbook_never_brings_the_process_down(tmp_path, seed, capfd):
    chance = random.Random(seed)
    path = tmp_path / "a.xls"
    write_xls(path, [["İl", "Değer"], ["Muş", 1.5]])
    content = bytearray(path.read_bytes())
    for _ in range(30):
        content[chance.randrange(512, len(content))] = chance.randrange(256)
    path.write_bytes(content)
    with contextlib.suppress(FaultyInput):
        list(open_table(path).rows)
    assert capfd.readouterr().err == ""
