"""The lenses on money and plans as a planner, an officer and a journalist use them."""

import io
import re

import openpyxl
from playwright.sync_api import expect

from tests.browser.conftest import Visit

REACT = "#react-entry-point"


def test_a_planner_opens_an_objective_and_takes_the_table_to_the_council(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/plan?kent=kayseri&yil=2024")
    tree = page.locator(f"{REACT} #tree")
    whole = tree.locator(".headline").inner_text()
    code = tree.locator(".n-objective a").nth(1)
    name = code.inner_text()
    code.click()
    expect(tree.locator(".headline")).not_to_have_text(whole)
    expect(tree.locator(".headline")).to_contain_text(f"{name}: ")
    expect(tree.locator("th.n-objective")).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"hedef=kayseri-sp2020~{re.escape(name)}"))
    expect(page.locator(f"{REACT} #years th.n-indicator").first).to_be_visible()
    share = tree.locator("tr", has=page.locator("th.n-objective")).locator(".k-perf_shown .n").inner_text()
    expect(page.locator(f"{REACT} #years .in-year .n").filter(has_text=share).first).to_be_visible()

    with page.expect_download() as download:
        tree.get_by_role("link", name="İzleme tablosu").first.click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    bands = [str(row[0]) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert any(text.startswith(f"Hedef {name}:") and share in text for text in bands)
    assert sum(text.startswith("Hedef ") for text in bands) == 1

    page.select_option("#plan-kent", "adana")
    expect(page.locator("#plan-hedef")).to_have_value("hepsi")
    expect(page).not_to_have_url(re.compile("hedef="))
    assert visitor.suffered == []


def test_june_is_on_the_way_and_not_behind_december(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/plan?kent=adana")
    page.select_option("#plan-yil", "2026")
    tree = page.locator(f"{REACT} #tree")
    expect(tree.locator(".headline")).to_contain_text("yıl sonu değerleri henüz yok")
    expect(tree.locator(".stand").filter(has_text="yolunda").first).to_contain_text("beklenen %50")
    on_track = tree.locator("td .st-on_track").count()
    assert 0 < on_track < tree.locator("th.n-indicator").count()
    page.select_option("#plan-durum", "yolunda")
    expect(tree.locator("th.n-indicator")).to_have_count(on_track)
    expect(page.locator(".choice")).to_contain_text("yalnız “yolunda”")
    assert visitor.suffered == []


def test_an_officer_sees_who_sent_nothing_and_no_score(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/plan")
    cities = page.locator(f"{REACT} #cities")
    silent = cities.locator("tr", has_text="plan gönderilmedi")
    expect(silent.first).to_be_visible()
    expect(cities).not_to_contain_text("Performans")
    silent.first.locator("a").click()
    expect(page.locator(f"{REACT} #tree .headline")).to_contain_text("plan gönderilmedi")
    assert visitor.suffered == []


def test_the_tree_reads_and_folds_on_a_phone_without_scripts(visit: Visit) -> None:
    page = visit(360, javascript=False).open("/plan?kent=adana&yil=2024", live=False)
    row = page.locator("#tree tr", has=page.locator("th.n-indicator")).first
    expect(row).to_be_visible()
    box = row.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    for cell in row.locator("td[data-l]").all():
        inside = cell.bounding_box()
        assert inside
        assert inside["x"] + inside["width"] <= 360
    page.locator("#tree .fold").first.uncheck()
    expect(row).to_be_hidden()


def test_a_mayor_goes_from_a_tile_down_to_the_row_of_the_file(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/harcama?kent=ankara")
    composition = page.locator(f"{REACT} #composition")
    largest = composition.locator("tbody th").first.inner_text()
    code = largest.split()[0]
    # The tile leads where its row in the table leads; both are addresses.
    href = composition.locator("tbody th a").first.get_attribute("href") or ""
    assert f"dal={code}" in href
    composition.locator(".slice").filter(has_text=largest.split()[1]).first.click()
    expect(page).to_have_url(re.compile(rf"dal={code}$"))
    expect(composition.locator(".headline")).to_contain_text(f"{largest} içinde en büyük grup")
    page.locator(f"{REACT} #economic details summary").first.click()
    page.locator(f"{REACT} #economic tbody th a").first.click()
    expect(page).to_have_url(re.compile(rf"dal={code}~e\d\d"))
    lines = page.locator(f"{REACT} #lines tbody tr")
    expect(lines.first).to_contain_text(re.compile(r"butce_ankara\.xlsx, Bütçe, satır \d+"))
    for row in lines.all():
        expect(row.locator("td").first).to_have_text(re.compile(rf"^{code}\."))
    # Up again, step by step.
    page.locator(f"{REACT} .chips a").nth(1).click()
    expect(page).to_have_url(re.compile(rf"dal={code}$"))
    composition.locator(".path a").first.click()
    expect(page).not_to_have_url(re.compile("dal="))
    assert visitor.suffered == []


def test_the_price_basis_changes_the_whole_page_and_travels(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/harcama?kent=kayseri&yil=2023")
    page.select_option("#spending-fiyat", "kisi-reel")
    unit = "kişi başına TL, 2024 fiyatlarıyla (TÜFE)"
    expect(page.locator(f"{REACT} #ranking .xtitle")).to_have_text(unit)
    expect(page.locator(f"{REACT} #trend .ytitle")).to_have_text(unit)
    for block in ("composition", "trend", "ranking"):
        expect(page.locator(f"{REACT} #{block} .headline")).to_contain_text("kişi başına, 2024 fiyatlarıyla")
    page.select_option("#spending-baz", "2020")
    expect(page.locator(f"{REACT} #ranking .xtitle")).to_contain_text("2020 fiyatlarıyla")
    expect(page).to_have_url(re.compile("fiyat=kisi-reel&baz=2020"))
    # A journalist opens the link elsewhere, without scripts, and takes the file.
    other = visit(360, javascript=False).open(page.url.removeprefix(visitor.base), live=False)
    expect(other.locator("#ranking .headline")).to_contain_text("2020 fiyatlarıyla")
    block = page.locator(f"{REACT} #ranking")
    block.locator("details.menu summary").click()
    with page.expect_download() as download:
        block.get_by_role("link", name="CSV (makine)").click()
    header, *rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert {"fiyat_esasi", "baz_yil", "kapsam", "toplamdaki_kurumlar", "sentetik"} <= set(header.split(","))
    assert all("2020 fiyatlarıyla" in row for row in rows)
    # A year without a deflator falls back in words, and only that year.
    page.select_option("#spending-yil", "2025")
    expect(page.locator(".notice")).to_contain_text("2025 için tam yıl TÜFE yok")
    assert visitor.suffered == []


def test_an_officer_is_warned_of_unlike_cities_and_led_back(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/harcama?kent=adana")
    page.select_option("#spending-ekle", "istanbul-kartal")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("ilçe belediyesi")
    expect(notice).to_contain_text("görev, sınır ve gelirleri farklıdır")
    expect(page.locator(f"{REACT} #ranking tbody tr")).to_have_count(2)
    page.locator(f"{REACT} .chips a.offer").click()
    expect(notice).to_have_count(0)
    expect(page.locator(f"{REACT} #ranking")).not_to_contain_text("Kartal")
    page.select_option("#spending-kapsam", "bagli")
    expect(notice).to_contain_text("Aralarındaki aktarmalar düşülmedi")
    assert visitor.suffered == []
