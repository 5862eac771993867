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
    code = tree.locator(".n-objective a[data-soft]").nth(1)
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
    expect(page.locator(".notice", has_text="2025 için tam yıl TÜFE yok")).to_be_visible()
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


def test_a_mayor_goes_from_all_services_to_one_and_moves_only_the_money(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/hizmet?kent=kayseri")
    page.locator(f"{REACT} #services tbody th a").first.click()
    expect(page).to_have_url(re.compile(r"/hizmet/cleaning\?kent=kayseri$"))
    visitor.live()
    cards = {
        key: page.locator(f"{REACT} .mir-{key} .of").first for key in ("says", "spends", "plans", "needs")
    }
    before = {key: card.inner_text() for key, card in cards.items()}
    assert "2024" in before["spends"]
    page.select_option("#mirror_service-gecikme", "3")
    expect(cards["spends"]).to_contain_text("2023")
    assert {key: cards[key].inner_text() for key in ("says", "plans", "needs")} == {
        key: text for key, text in before.items() if key != "spends"
    }
    expect(page).to_have_url(re.compile(r"kent=kayseri&gecikme=3$"))
    # The other services keep city and year; so does a city in the table.
    page.locator(f"{REACT} .chips a", has_text="Yol ve kaldırım").click()
    expect(page).to_have_url(re.compile(r"/hizmet/roads\?kent=kayseri&gecikme=3$"))
    visitor.live()
    expect(page.locator(f"{REACT} #cities .note").filter(has_text="ayırmaz")).to_contain_text("Toplu taşıma")
    page.locator(f"{REACT} #cities tbody th a", has_text="Samsun").click()
    expect(page.locator(f"{REACT} #mirror .headline")).to_contain_text("Samsun’da “Yol ve kaldırım”")
    assert visitor.suffered == []


def test_a_cell_of_the_mirror_leads_to_the_same_figure_on_its_own_page(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/hizmet/cleaning?kent=kayseri")
    row = page.locator(f"{REACT} #cities tbody tr.is-lead td")
    for number, key, block in ((0, "says", "ranking"), (1, "spends", "trend"), (3, "needs", "ranking")):
        figure = page.locator(f"{REACT} .mir-{key} .big").inner_text()
        expect(row.nth(number).locator("b")).to_have_text(figure)
        row.nth(number).locator("a").click()
        visitor.live()
        expect(page.locator(f"{REACT} #{block}")).to_contain_text(figure)
        page.go_back()
        visitor.live()
    step = row.nth(2).locator("a").first
    code, _, word = (step.get_attribute("title") or "").partition(" ")
    step.click()
    visitor.live()
    tree = page.locator(f"{REACT} #tree")
    expect(tree.locator("th.n-objective")).to_contain_text(code)
    expect(tree.locator("tr", has=page.locator("th.n-objective"))).to_contain_text(word.rpartition(": ")[2])
    assert visitor.suffered == []


def test_an_officer_sees_every_city_at_once_and_sorts_what_is_known(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/hizmet/roads")
    cities = page.locator(f"{REACT} #cities")
    rows = cities.locator("tbody tr")
    height = rows.last.bounding_box()["y"] - rows.first.bounding_box()["y"]  # type: ignore[index]
    assert height / (rows.count() - 1) * 26 <= 900 - 180, "26 rows under the strip and the head"
    names = rows.locator("th").all_inner_texts()
    cities.get_by_role("button", name="Harcama").click()
    amounts = [
        float(cell.get_attribute("data-v") or "-1") for cell in cities.locator("tbody td:nth-child(3)").all()
    ]
    known = [amount for amount in amounts if amount >= 0]
    assert len(known) > 10
    assert amounts == sorted(known, reverse=True) + [-1.0] * (len(amounts) - len(known))
    cities.get_by_role("button", name="Kent").click()
    expect(rows.locator("th").first).to_have_text(names[0])
    assert rows.locator("th").all_inner_texts() == names, "the Turkish alphabet"
    rows.last.scroll_into_view_if_needed()
    head = cities.locator("thead th").first.bounding_box()
    assert head
    assert 0 <= head["y"] < 200, "the head stays in sight"
    assert visitor.suffered == []


def test_the_mirror_reads_on_a_phone_and_without_scripts(visit: Visit) -> None:
    for javascript in (True, False):
        page = visit(360, javascript=javascript).open("/hizmet/cleaning?kent=mus", live=javascript)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        row = page.locator("#cities tbody tr.is-lead").last
        for name in ("Memnuniyet", "Harcama", "Plan", "İhtiyaç"):
            expect(row.locator(".lab", has_text=name)).to_be_visible()
        expect(row).to_contain_text("nüfus yayımlanmadı")
        expect(row).to_contain_text("il değeri")
        for cell in row.locator("td").all():
            inside = cell.bounding_box()
            assert inside
            assert inside["x"] + inside["width"] <= 360


def test_a_journalist_finds_no_cause_in_the_chart_and_takes_the_basis_along(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/hizmet/cleaning?kent=mus")
    scatter = page.locator(f"{REACT} #scatter")
    told = scatter.locator(".headline")
    expect(told).to_contain_text("bu nedensellik değildir")
    expect(told).to_contain_text("Muş grafikte yok: nüfus yayımlanmadı")
    n = re.search(r"bilinen (\d+) kent", told.inner_text())
    assert n
    expect(scatter.locator(".annotation-text").first).to_have_text(f"nedensellik değildir · n = {n.group(1)}")
    expect(scatter.locator(".scatterlayer .points path.point")).to_have_count(int(n.group(1)))
    expect(scatter.locator(".scatterlayer path.js-line")).to_have_count(0)
    cities = page.locator(f"{REACT} #cities")
    cities.locator("details.menu summary").click()
    with page.expect_download() as download:
        cities.get_by_role("link", name="CSV (makine)").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "kişi başına TL, 2024 fiyatlarıyla (TÜFE)" in text
    assert {"harcama_fiyat_esasi", "harcama_yil", "memnun_n", "plan_durum_sayilari", "ihtiyac_duzey"} <= set(
        text.splitlines()[0].split(",")
    )
    assert visitor.suffered == []
