"""Survey files of every format give the same codes, and letters are read right or refused, never guessed."""

import math
import random
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from etl.errors import FaultyInput
from etl.readers.microdata import Microdata, open_microdata

QUESTION = "Çöp toplama hizmetinden ne kadar memnunsunuz? (ığüşöçİĞŞ)"
WOMEN, MEN = "Kadın", "Erkek (yaşlı ve genç, ağırlıklı)"
DISTRICTS = ["Şişli", "Iğdır merkez", "Beşiktaş", "Çınar köyü ğ"]
# One byte of ASCII for each letter, so that a written file can be given any code page by exchanging bytes.
STAND_INS = dict(zip("ığüşöçİĞŞÇÖÜðþñé", "~`^|{}@#$%&*<>!_", strict=True))


def write(
    path: Path, districts: list[str] = DISTRICTS, change: Callable[[str], str] = str, **told: object
) -> Path:
    """A file as pyreadstat writes it, in UTF-8, every text of it changed."""
    cells = pd.DataFrame(
        {
            "cinsiyet": [1.0, 2.0, 1.0, 9.0],
            "s1": [1.0, 5.0, 10.0, math.nan],
            "ilce": [change(one) for one in districts],
        }
    )
    labels = {"cinsiyet": "Cinsiyet", "s1": change(QUESTION)}
    values = {"cinsiyet": {1: change(WOMEN), 2: change(MEN)}}
    writer = pyreadstat.write_dta if path.suffix == ".dta" else pyreadstat.write_sav
    writer(cells, path, column_labels=labels, variable_value_labels=values, **told)
    return path


def write_in(page: str, path: Path, districts: list[str] = DISTRICTS, **told: object) -> Path:
    """The same file with its letters in `page`; SPSS then says windows-1252 whatever they are."""

    def swapped(text: str) -> str:
        return text.translate(str.maketrans(STAND_INS))

    content = write(path, districts, swapped, **told).read_bytes()
    for text in (QUESTION, WOMEN, MEN, *districts):
        assert swapped(text).encode() in content
        content = content.replace(swapped(text).encode(), text.encode(page))
    path.write_bytes(content)
    return path if path.suffix == ".dta" else say_1252(path)


def say_1252(path: Path) -> Path:
    """Change only what an SPSS file says of its encoding."""
    content, unicode = path.read_bytes(), struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8"
    assert content.count(unicode) == 1
    path.write_bytes(content.replace(unicode, struct.pack("<iiii", 7, 20, 1, 12) + b"windows-1252"))
    return path


def rules(data: Microdata) -> list[str]:
    return [note.rule for note in data.notes]


def refused(open_it: Callable[[], object]) -> str:
    with pytest.raises(FaultyInput) as caught:
        open_it()
    (fault,) = caught.value.faults
    return fault.rule


def assert_turkish(data: Microdata) -> None:
    assert data.labels["s1"] == QUESTION
    assert data.value_labels["cinsiyet"] == {1: WOMEN, 2: MEN}
    assert data.frame["ilce"].tolist() == DISTRICTS


# --------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.sav", {}),
        ("a.sav", {"row_compress": True}),
        ("a.zsav", {"compress": True}),
        ("a.dta", {"version": 15}),
        ("a.dta", {"version": 8}),
        ("really_spss.xlsx.sav", {}),
    ],
)
def test_labels_and_codes_are_read(tmp_path: Path, name: str, told: dict[str, object]) -> None:
    data = open_microdata(write(tmp_path / name, **told))
    assert_turkish(data)
    assert data.frame["cinsiyet"].tolist() == [1, 2, 1, 9]
    assert data.frame["s1"].tolist()[:3] == [1, 5, 10]
    assert math.isnan(data.frame["s1"][3])


def test_a_file_is_told_by_its_content_not_its_name(tmp_path: Path) -> None:
    data = open_microdata(write(tmp_path / "a.sav").rename(tmp_path / "a.csv"))
    assert data.format == "sav"


def test_a_code_the_file_calls_missing_stays_a_code(tmp_path: Path) -> None:
    spss = open_microdata(write(tmp_path / "a.sav", missing_ranges={"cinsiyet": [9]}))
    assert spss.frame["cinsiyet"].tolist() == [1, 2, 1, 9]
    cells = pd.DataFrame({"s1": [1, "a", 3]})
    pyreadstat.write_dta(cells, tmp_path / "a.dta", missing_user_values={"s1": ["a"]})
    assert open_microdata(tmp_path / "a.dta").frame["s1"].tolist() == [1, "a", 3]


def test_csv_and_workbook_have_the_same_cells(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("ilce;s1\nŞişli;1\n;99\n", encoding="cp1254")
    book = openpyxl.Workbook()
    for row in (["ilce", "s1"], ["Şişli", 1], [None, 99]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    text, sheet = (open_microdata(tmp_path / name).frame for name in ("a.csv", "a.xlsx"))
    assert text["ilce"].tolist() == sheet["ilce"].tolist() == ["Şişli", None]
    assert text["s1"].tolist() == ["1", "99"]
    assert sheet["s1"].tolist() == [1.0, 99.0]


@pytest.mark.parametrize(
    ("content", "rule"),
    [("a,a\n1,2\n", "columns_repeated"), ("a,b\n", "no_rows"), ("a,b\n1,2\n1,2,3\n", "row_width")],
)
def test_a_table_that_is_none(tmp_path: Path, content: str, rule: str) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    assert refused(lambda: open_microdata(tmp_path / "a.csv")) == rule


def test_a_cut_or_missing_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sav")
    path.write_bytes(path.read_bytes()[:400])
    assert refused(lambda: open_microdata(path)) == "statistics_file_damaged"
    assert refused(lambda: open_microdata(tmp_path / "none.sav")) == "file_missing"


@pytest.mark.parametrize(("name", "version"), [("a.sav", {}), ("a.dta", {"version": 15})])
def test_a_damaged_file_is_refused_with_a_sentence(
    tmp_path: Path, name: str, version: dict[str, object]
) -> None:
    """A few bytes changed at a time: whatever comes of it, no traceback."""
    path, chance, refusals = write(tmp_path / name, **version), random.Random(5), 0
    content = path.read_bytes()
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.choice([0, 127, 255])
        path.write_bytes(broken)
        try:
            open_microdata(path)
        except FaultyInput:
            refusals += 1
    assert refusals > 20


def test_an_empty_label_is_none(tmp_path: Path) -> None:
    cells = pd.DataFrame({"s1": [1.0, 2.0]})
    pyreadstat.write_sav(cells, tmp_path / "a.sav", variable_value_labels={"s1": {1: "", 2: "İyi"}})
    assert open_microdata(tmp_path / "a.sav").value_labels["s1"][2] == "İyi"


# --------------------------------------------------------------------------------------- letters


def test_a_file_that_says_1252_and_holds_1254_is_read_right(tmp_path: Path) -> None:
    path = write_in("cp1254", tmp_path / "a.sav")
    assert "Kadýn" in pyreadstat.read_sav(path)[1].variable_value_labels["cinsiyet"][1]  # the trap is there
    data = open_microdata(path)
    assert_turkish(data)
    assert data.page is not None
    assert (data.page.declared, data.page.name) == ("windows-1252", "cp1254")
    assert rules(data) == ["page_settled"]


def test_letters_that_fit_two_pages_are_refused_until_told(tmp_path: Path) -> None:
    districts = [*DISTRICTS[:3], "café ığ"]
    path = write_in("cp1254", tmp_path / "a.sav", districts)
    assert refused(lambda: open_microdata(path)) == "page_ambiguous"
    data = open_microdata(path, encoding="windows-1254")
    assert data.frame["ilce"].tolist() == districts
    assert data.labels["s1"] == QUESTION
    assert rules(data) == ["page_told"]


def test_western_letters_stay_western(tmp_path: Path) -> None:
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"x": ["ni!o caf_"]}), path, column_labels={"x": "satisfacci{n"})
    content = path.read_bytes().replace(b"ni!o caf_", "niño café".encode("cp1252"))
    path.write_bytes(content.replace(b"satisfacci{n", "satisfacción".encode("cp1252")))
    data = open_microdata(say_1252(path))
    assert (data.frame["x"][0], data.labels["x"], data.notes) == ("niño café", "satisfacción", ())


def test_utf_8_under_the_name_of_1252_is_read_as_utf_8(tmp_path: Path) -> None:
    data = open_microdata(say_1252(write(tmp_path / "a.sav")))
    assert_turkish(data)
    assert rules(data) == ["page_settled"]


def test_misread_letters_saved_as_utf_8_are_read_as_meant(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sav", change=lambda text: text.encode("cp1254").decode("cp1252"))
    assert "Kadýn" in pyreadstat.read_sav(path)[1].variable_value_labels["cinsiyet"][1]
    data = open_microdata(path)
    assert_turkish(data)
    assert rules(data) == ["page_misread"]


def test_old_stata_says_nothing_and_is_told_by_its_letters(tmp_path: Path) -> None:
    path = write_in("cp1254", tmp_path / "a.dta", version=12)
    data = open_microdata(path)
    assert_turkish(data)
    assert data.page is not None
    assert (data.page.declared, data.page.name) == (None, "cp1254")
    assert rules(data) == ["page_undeclared"]


@pytest.mark.parametrize("told", ["windows-1254", "ascii", "no-such-page"])
def test_a_page_told_wrong_is_refused(tmp_path: Path, told: str) -> None:
    path = write(tmp_path / "a.sav")
    assert refused(lambda: open_microdata(path, encoding=told)) == "page_told_wrong"


def test_a_mixture_of_two_pages_is_refused(tmp_path: Path) -> None:
    path = write_in("cp1254", tmp_path / "a.sav")
    path.write_bytes(path.read_bytes().replace("Şişli".encode("cp1254"), "ŞşŞ".encode()[:5]))
    assert refused(lambda: open_microdata(path)) == "encoding_ambiguous"


def test_a_letter_cut_in_half_by_its_field_is_left_off(tmp_path: Path) -> None:
    path = write(tmp_path / "a.sav")
    content = path.read_bytes()
    assert content.count("köyü ğ".encode()) == 1
    path.write_bytes(content.replace("köyü ğ".encode(), "köyü ".encode() + "ğ".encode()[:1] + b"a"))
    assert refused(lambda: open_microdata(path)) == "encoding_ambiguous"  # not at the end of its field
    path.write_bytes(content.replace("köyü ğ".encode(), "köyü a".encode() + "ğ".encode()[:1]))
    assert open_microdata(path).frame["ilce"][3] == "Çınar köyü a"


@pytest.mark.parametrize("lost", ["??????", "Kad?n", "?ok memnunum", "M??teri", "Kad\ufffdn"])
def test_letters_that_are_gone_are_told(tmp_path: Path, lost: str) -> None:
    """A label is quoted, what a respondent wrote is only counted."""
    answers = open_microdata(write(tmp_path / "a.sav", [lost, "Neden?", "Kaç kez? Niçin?", "?"]))
    assert [(note.rule, note.value) for note in answers.notes] == [("letters_lost", None)]
    assert answers.notes[0].message_tr.startswith("1 metinde")
    labels = open_microdata(write(tmp_path / "b.sav", change=lambda text: lost if text == WOMEN else text))
    assert [(note.rule, note.value) for note in labels.notes] == [("letters_lost", lost)]


@pytest.mark.parametrize("page", ["no-such-page", "base64", "utf-16"])
def test_a_file_without_letters_beyond_ascii_is_read_whatever_it_says(tmp_path: Path, page: str) -> None:
    pyreadstat.write_sav(pd.DataFrame({"x": ["a", "b"]}), tmp_path / "a.sav")
    assert open_microdata(tmp_path / "a.sav", encoding=page).frame["x"].tolist() == ["a", "b"]
    assert refused(lambda: open_microdata(write(tmp_path / "b.sav"), encoding=page)) == "page_told_wrong"
