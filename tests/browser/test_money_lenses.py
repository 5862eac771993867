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
