"""The form of a budget: what it offers is what is taken, and its example is never read."""

import io

import duckdb
import openpyxl
import pytest

import karne
from etl.registry import load
from tests.etl.budget_files import HEADER


@pytest.fixture
def form(tmp_path):
    """Writes an empty form in a language and opens it."""

    def written(lang="tr"):
        path = tmp_path / f"form_{lang}.xlsx"
        assert karne.main(["template", "spending", "--out", str(path), "--lang", lang]) == 0
        return openpyxl.load_workbook(path)

    return written


def choices(book, sheet):
    """Column letter -> what its drop-down offers, and whether anything else is refused."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        name, cells = rule.formula1.split("!")
        (letter,) = {spot.column_letter for (spot,) in book[sheet][str(rule.sqref)]}
        found[letter] = (
            [cell.value for (cell,) in book[name.strip("'")][cells]],
            bool(rule.showErrorMessage),
        )
    return found


def test_the_form_has_instructions_drop_downs_formats_and_a_header_in_sight(form):
    book, registry = form(), load()
    assert book.sheetnames == ["Nasıl doldurulur", "Bütçe", "Örnek", "Listeler"]
    sheet = book["Bütçe"]
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet.freeze_panes == "A2"
    offered = choices(book, "Bütçe")
    towns = {one.name_tr for one in registry.cities.values() if one.kind == "municipality"}
    assert set(offered["A"][0]) == towns
    assert offered["C"] == (["belediye", "bağlı idare", "şirket"], True)
    assert offered["D"] == (["gider", "gelir"], True)
    assert offered["N"] == (["TL", "bin TL"], True)
    assert offered["O"] == (["kesin", "geçici"], True)
    # A deeper code than those of the list is taken too.
    assert offered["F"][1] is False
    assert {"01", "05.1", "10"} <= set(offered["F"][0])
    assert not {"unclassified"} & set(offered["F"][0] + offered["H"][0])
    formats = {letter: sheet.column_dimensions[letter].width for letter in "AI"}
    assert formats["I"] > formats["A"]
    text = " ".join(
        str(cell.value) for row in book["Nasıl doldurulur"].iter_rows() for cell in row if cell.value
    )
    assert all(header in text for header in HEADER)


def test_the_form_is_complete_in_english(form):
    book = form("en")
    assert book.sheetnames == ["How to fill it in", "Bütçe", "Example", "Lists"]
    assert [cell.value for cell in book["Bütçe"][1]][:4] == ["City", "Year", "Entity type", "Side"]
    assert choices(book, "Bütçe")["N"][0] == ["TRY", "thousand TRY"]


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_what_the_form_offers_filled_in_is_built(form, inbox, lang):
    """The rows of the example, of a real city, go into the sheet that is read."""
    book = form(lang)
    source, sheet = book.worksheets[2], book["Bütçe"]
    city = choices(book, "Bütçe")["A"][0][0]
    for at, row in enumerate(source.iter_rows(min_row=3, values_only=True), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column, city if column == 1 else value)
    stream = io.BytesIO()
    book.save(stream)
    path = inbox.put("budget.xlsx", stream.getvalue(), layout="spending", source="municipal_budget")
    assert karne.main(["check", str(path)]) == 0
    built = inbox.build()
    with duckdb.connect(str(built.release), read_only=True) as connection:
        totals = connection.execute(
            "SELECT side, initial_try, appropriation_try, accrued_try, outturn_try FROM mart.spending_total "
            "WHERE scope = 'own' AND code = 'total' ORDER BY side"
        ).fetchall()
        lines = connection.execute("SELECT count(*), bool_or(is_synthetic) FROM mart.spending_row").fetchall()
    assert totals == [
        ("expenditure", 3_000_000, 3_200_000, None, 3_050_000),
        ("revenue", 3_100_000, None, 3_490_000, 3_090_000),
    ]
    assert lines == [(5, False)]


def test_an_empty_form_is_no_budget_and_its_example_is_no_second_table(form, tmp_path, capsys):
    form()
    assert karne.main(["check", str(tmp_path / "form_tr.xlsx"), "--as", "spending"]) == 2
    said = capsys.readouterr().out
    assert "no_rows" in said
    assert "sheet_twin" not in said
