"""The survey lenses as a mayor, an officer and a journalist use them: verdicts, cells, groups, wording, files."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit

REACT = "#react-entry-point"


def test_a_mayor_puts_two_cities_side_by_side_and_reads_the_verdict(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/memnuniyet")
    page.select_option("#satisfaction-kent", "mus")
    page.select_option("#satisfaction-diger", "bingol")
    verdict = page.locator(f"{REACT} #pair .headline")
    expect(verdict).to_contain_text("Muş’ta")
    expect(verdict).to_contain_text("Bingöl’de")
    expect(verdict).to_contain_text("fark anlamlı")
    expect(page).to_have_url(re.compile(r"kent=mus&diger=bingol|diger=bingol&kent=mus"))
    page.select_option("#satisfaction-diger", "siirt")
    expect(verdict).to_contain_text("karşılaştırılamaz")
    expect(verdict).to_contain_text("başka soru ya da ölçek")
    assert visitor.suffered == []


def test_an_officer_follows_a_cell_of_the_matrix_and_reads_intervals(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/memnuniyet")
    matrix = page.locator(f"{REACT} #matrix")
    expect(matrix.locator("tbody tr")).to_have_count(20)
    expect(matrix).not_to_contain_text(re.compile(r"%\d+,\d–%\d+,\d\s*$"))
    page.select_option("#satisfaction-goster", "aralik")
    expect(matrix.locator(".est .s").first).to_have_text(re.compile(r"%\d+,\d–%\d+,\d"))
    cell = matrix.locator("tr", has_text="Samsun").locator("td.est a").nth(3)
    share = cell.locator(".n").inner_text()
    cell.click()
    headline = page.locator(f"{REACT} #ranking .headline")
    expect(headline).to_contain_text("Samsun’da")
    expect(headline).to_contain_text(share)
    expect(headline).to_contain_text(re.compile(r"sıra \d+ \(\d+–\d+ arası olabilir\)"))
    expect(page.locator("#satisfaction-hizmet")).to_have_value("roads")
    assert visitor.suffered == []


def test_a_journalist_reads_the_question_and_takes_a_marked_file(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/memnuniyet?lang=en&kent=mus")
    page.locator(f"{REACT} #ranking .wording summary").click()
    expect(page.locator(f"{REACT} #ranking .wording blockquote").first).to_be_visible()
    expect(page.locator(".ribbon")).to_be_visible()
    block = page.locator(f"{REACT} #ranking")
    block.locator("details.menu summary").click()
    with page.expect_download() as download:
        block.get_by_role("link", name="CSV (machine)").click()
    text = download.value.path().read_text(encoding="utf-8")
    header, *rows = text.splitlines()
    assert {"rank_low", "rank_high", "synthetic"} <= set(header.lstrip("\ufeff").split(","))
    assert all("Synthetic example" in row for row in rows)
    assert visitor.suffered == []


def test_who_is_left_behind_changes_with_the_city(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/haklar")
    before = page.locator(f"{REACT} #matrix .headline").inner_text()
    page.select_option("#rights-kent", "bartin")
    expect(page.locator(f"{REACT} #matrix .headline")).not_to_have_text(before)
    hidden = page.locator(f"{REACT} #matrix tr", has_text="Engelliler").locator("td")
    expect(hidden.first).to_contain_text("gizli")
    owed = page.locator(f"{REACT} #matrix tr", has_text="Göç durumu").locator("td").first
    expect(owed).to_contain_text("veri yok")
    assert visitor.suffered == []


def test_the_lenses_read_without_scripts(visit: Visit) -> None:
    for path, told in (("/memnuniyet", "sıra"), ("/haklar", "Engelli")):
        page = visit(360, javascript=False).open(path, live=False)
        expect(page.locator(".headline").first).to_be_visible()
        assert told in page.inner_text("body")
