"""What a visitor does: chooses, goes back, shares, sorts, downloads, switches; with keyboard and without scripts."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visitor

RANKING = "#react-entry-point #ranking"
FIRST_TWIN = f"{RANKING} table.twin tbody tr"


def query(page: Page) -> dict[str, str]:
    """The address's parameters."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def choose(page: Page, control: str, value: str) -> None:
    page.select_option(f"#compare-{control}", value)


def drawn(page: Page) -> list[str]:
    """Names beside the bars of the ranking, top to bottom."""
    found: list[str] = page.eval_on_selector_all(
        f"{RANKING} .yaxislayer-above .ytick text", "all => all.map(one => one.textContent)"
    )
    return found


# -------------------------------------------------------------------------- without JavaScript


def test_without_scripts_a_page_reads_and_its_form_works(visit: Visit) -> None:
    visitor = visit(javascript=False)
    page = visitor.open("/karsilastir", live=False)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".headline").first).to_be_visible()
    table = page.locator("table.twin").first
    if not table.is_visible():
        page.locator("details.twin-box summary").first.click()
    expect(table).to_be_visible()
    page.select_option("select[name=gosterge]", "unemployment_rate")
    page.get_by_role("button", name="Göster").click()
    page.wait_for_load_state("load")
    assert query(page)["gosterge"] == "unemployment_rate"
    expect(page.locator(".measure").first).to_contain_text("İşsizlik oranı")
    assert visitor.suffered == []


def test_without_scripts_the_table_twin_has_the_figures(visit: Visit) -> None:
    page = visit(360, javascript=False).open("/karsilastir?lang=en", live=False)
    rows = page.locator("table.twin").first.locator("tbody tr")
    assert rows.count() > 10
    assert re.search(r"\d\d\.\d+%", rows.first.inner_text() or rows.first.text_content() or "")


# --------------------------------------------------------------------------- choosing and going


def test_a_choice_changes_chart_table_sentence_and_address(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    before = drawn(page)
    sentence = page.locator(f"{RANKING} .headline").inner_text()
    choose(page, "gosterge", "unemployment_rate")
    expect(page.locator(f"{RANKING} .measure")).to_contain_text("İşsizlik oranı")
    expect(page.locator(f"{RANKING} .headline")).not_to_have_text(sentence)
    page.wait_for_function(
        "before => JSON.stringify([...document.querySelectorAll('#react-entry-point #ranking "
        ".yaxislayer-above .ytick text')].map(one => one.textContent)) !== before",
        arg=_json(before),
    )
    assert query(page)["gosterge"] == "unemployment_rate"
    twin = page.eval_on_selector_all(
        f"{FIRST_TWIN} th", "all => all.map(one => one.firstChild.textContent.trim())"
    )
    assert [name for name in drawn(page) if name in twin] == twin
    assert "İşsizlik" in page.title()
    assert visitor.suffered == []


def test_the_finding_of_a_choice_is_announced(visit: Visit) -> None:
    """A polite live region says what changed to who cannot see the charts; opening a page says nothing."""
    visitor = visit()
    page = visitor.open("/karsilastir")
    said = page.get_by_role("status").and_(page.locator("#said"))
    expect(said).to_have_text("")
    choose(page, "gosterge", "unemployment_rate")
    expect(page.locator(f"{RANKING} .measure")).to_contain_text("İşsizlik oranı")
    expect(said).to_have_text(page.locator(f"{RANKING} .headline").inner_text())


def _json(names: list[str]) -> str:
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def test_back_and_forward_restore_the_state(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    choose(page, "gosterge", "unemployment_rate")
    expect(page).to_have_url(re.compile("gosterge=unemployment_rate"))
    choose(page, "grup", "pilots")
    expect(page).to_have_url(re.compile("grup=pilots"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("grup=pilots"))
    visitor.live()
    expect(page.locator("#compare-grup")).to_have_value("type")
    expect(page.locator("#compare-gosterge")).to_have_value("unemployment_rate")
    page.go_back()
    expect(page).to_have_url(f"{visitor.base}/karsilastir")
    visitor.live()
    expect(page.locator(f"{RANKING} .measure")).not_to_contain_text("İşsizlik")
    page.go_forward()
    expect(page).to_have_url(re.compile("gosterge=unemployment_rate"))
    visitor.live()
    expect(page.locator(f"{RANKING} .measure")).to_contain_text("İşsizlik")
    assert visitor.suffered == []


def test_a_choice_is_one_step_of_history(visit: Visit) -> None:
    """Two locations that answer each other would write two entries, or loop."""
    visitor = visit()
    page = visitor.open("/karsilastir")
    before = visitor.look("history.length")
    choose(page, "grup", "provinces")
    expect(page).to_have_url(re.compile("grup=provinces"))
    expect(page.locator(f"{RANKING} .count")).to_contain_text("81")
    assert visitor.look("history.length") == before + 1


def test_a_shared_link_opens_the_same_state_elsewhere(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    choose(page, "kent", "kayseri")
    expect(page.locator(f"{RANKING} .headline")).to_contain_text("Kayseri")
    choose(page, "ekle", "izmir-bornova")
    expect(page).to_have_url(re.compile("ile=izmir-bornova"))
    expect(page.locator(".chips")).to_contain_text("İzmir/Bornova")
    expect(page.locator(FIRST_TWIN)).to_have_count(2)
    path = page.url.removeprefix(visitor.base)
    other = visit(360).open(path)
    for part in (".headline", ".measure", "h2"):
        expect(other.locator(f"{RANKING} {part}")).to_have_text(
            page.locator(f"{RANKING} {part}").inner_text()
        )
    assert sorted(drawn(other)) == sorted(drawn(page))


def test_a_link_in_a_used_browser_shows_the_links_state(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    choose(page, "grup", "provinces")
    expect(page).to_have_url(re.compile("grup=provinces"))
    visitor.open("/karsilastir?gosterge=population")
    expect(page.locator("#compare-grup")).to_have_value("type")
    expect(page.locator("#compare-gosterge")).to_have_value("population")


def test_the_language_switch_keeps_the_state(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir?kent=kayseri")
    choose(page, "gosterge", "unemployment_rate")
    expect(page).to_have_url(re.compile("unemployment_rate"))
    expect(page.locator("[data-lang-link]")).to_have_attribute("href", re.compile("unemployment_rate"))
    page.locator("[data-lang-link]").click()
    visitor.page.wait_for_url(re.compile("lang=en"))
    visitor.live()
    assert query(page) == {"kent": "kayseri", "gosterge": "unemployment_rate", "lang": "en"}
    assert visitor.look("document.documentElement.lang") == "en"
    expect(page.locator(f"{RANKING} .measure")).to_contain_text("nemployment")
    expect(page.locator("#compare-kent")).to_have_value("kayseri")
    assert visitor.suffered == []


def test_a_mark_leads_to_its_place(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")
    point = page.locator("#react-entry-point .scattergeo path.point").first
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/karsilastir\?kent="))


# ------------------------------------------------------------------------------ tables


def column(page: Page, index: int) -> list[str]:
    """`data-v` of one column of the scorecard."""
    found: list[str] = page.eval_on_selector_all(
        "#react-entry-point #scorecard table.twin tbody tr",
        f"rows => rows.map(row => row.cells[{index}].dataset.v)",
    )
    return found


def test_sorting_keeps_missing_last_and_names_in_turkish_order(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/")
    heads = page.locator("#react-entry-point #scorecard table.twin thead th")
    # A value that is not there, as any roster with own figures has.
    page.eval_on_selector(
        "#react-entry-point #scorecard table.twin tbody tr:nth-child(3)",
        "row => { row.cells[1].dataset.v = ''; }",
    )
    for _ in range(2):
        heads.nth(1).locator("button").click()
        shown = column(page, 1)
        assert shown[-1] == ""
        numbers = [float(value) for value in shown[:-1]]
        direction = heads.nth(1).get_attribute("aria-sort")
        assert numbers == sorted(numbers, reverse=direction == "descending")
    assert heads.nth(1).get_attribute("aria-sort") == "ascending"
    heads.nth(0).locator("button").click()
    names = page.eval_on_selector_all(
        "#react-entry-point #scorecard table.twin tbody th",
        "all => all.map(one => one.firstChild.textContent)",
    )
    direction = heads.nth(0).get_attribute("aria-sort")
    expected = visitor.look(f"{names!r}.slice().sort((a, b) => a.localeCompare(b, 'tr'))")
    assert names == (expected if direction == "ascending" else expected[::-1])
    assert heads.nth(1).get_attribute("aria-sort") is None


# ------------------------------------------------------------- copying and downloading


def test_copying_a_link_gives_the_address_of_the_block(visit: Visit) -> None:
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.open("/karsilastir")
    choose(page, "gosterge", "unemployment_rate")
    expect(page.locator(f"{RANKING} .measure")).to_contain_text("İşsizlik")
    button = page.locator(f"{RANKING} [data-copy]")
    button.click()
    expect(button).to_have_text("Kopyalandı")
    copied = visitor.look("navigator.clipboard.readText()")
    assert copied == f"{visitor.base}/karsilastir?gosterge=unemployment_rate#ranking"
    other = visit().open(copied.removeprefix(visitor.base))
    expect(other.locator(RANKING)).to_be_in_viewport()


def test_files_come_down_under_their_names(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir?gosterge=unemployment_rate")
    page.locator(f"{RANKING} details.menu summary").click()
    for name, ending in (("CSV (Excel Türkçe)", ".csv"), ("XLSX", ".xlsx")):
        with page.expect_download() as coming:
            page.locator(RANKING).get_by_role("link", name=name).click()
        assert coming.value.suggested_filename.startswith(
            "kent-karnesi_karsilastir_ranking_unemployment-rate"
        )
        assert coming.value.suggested_filename.endswith(ending)
    assert visitor.suffered == []


def image(visitor: Visitor, kind: str) -> bytes:
    """The ranking as an exported image."""
    page = visitor.page
    if not page.locator(f"{RANKING} [data-image={kind}]").is_visible():
        page.locator(f"{RANKING} details.menu summary").click()
    with page.expect_download() as coming:
        page.locator(f"{RANKING} [data-image={kind}]").click()
    assert coming.value.suggested_filename.endswith(f"ranking.{kind}")
    return coming.value.path().read_bytes()


@pytest.mark.parametrize(("dark", "lang"), [(False, "tr"), (True, "en")])
def test_an_exported_image_tells_source_release_and_address(
    visit: Visit, release_folder: object, dark: bool, lang: str
) -> None:
    visitor = visit(dark=dark)
    page = visitor.open(f"/karsilastir?gosterge=unemployment_rate&lang={lang}")
    release = re.search(r"\d{8}T\d{6}", page.locator(f"{RANKING} .source").inner_text())
    assert release
    producer = page.locator(f"{RANKING} .source a").inner_text()
    text = image(visitor, "svg").decode("utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", text, flags=re.DOTALL))
    assert release[0] in words
    assert producer in words
    assert f"{urlsplit(visitor.base).netloc}/karsilastir?gosterge=unemployment_rate" in words.replace(
        "&amp;", "&"
    )
    assert "Kent Karnesi" in words
    assert page.locator(f"{RANKING} .headline").inner_text().split(" ")[0] in words
    assert page.locator(f"{RANKING} .measure").inner_text() in words
    assert "@" not in words, "a colour token was left"
    # Images leave on white whatever the screen's theme.
    assert re.search(r"fill: rgb\(255, 255, 255\)|fill: #fff", text)
    assert visitor.suffered == []


def test_an_exported_png_is_a_large_picture(visit: Visit) -> None:
    visitor = visit()
    visitor.open("/karsilastir")
    raw = image(visitor, "png")
    assert raw.startswith(b"\x89PNG")
    width, height = (int.from_bytes(raw[at : at + 4], "big") for at in (16, 20))
    assert width == 2400
    assert height > 600


# --------------------------------------------------------------------- theme and keyboard


def colours(page: Page) -> set[str]:
    found: list[str] = page.eval_on_selector_all(
        f"{RANKING} .bars path", "all => all.map(one => getComputedStyle(one).fill)"
    )
    return set(found)


def test_the_theme_toggle_redraws_and_is_kept(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    light, paper = colours(page), visitor.look("getComputedStyle(document.body).backgroundColor")
    assert light
    page.locator("[data-theme-toggle]").click()
    assert visitor.look("document.documentElement.dataset.theme") == "dark"
    page.wait_for_function(
        "light => ![...document.querySelectorAll('#react-entry-point #ranking .bars path')]"
        ".some(one => light.includes(getComputedStyle(one).fill))",
        arg=sorted(light),
    )
    assert visitor.look("getComputedStyle(document.body).backgroundColor") != paper
    page.reload()
    visitor.live()
    assert visitor.look("document.documentElement.dataset.theme") == "dark"
    assert not colours(page) & light
    assert visitor.suffered == []


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id || document.activeElement.className")
    return found


def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert focused(page) == "icerik"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        outlined = page.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()"
        )
        assert outlined, f"no focus ring on {reached[-1]}"
        if {"compare-kent", "compare-grup", "compare-gosterge"} <= set(reached):
            break
    assert [one for one in reached if one.startswith("compare-")][:2] == ["compare-kent", "compare-grup"]
    page.focus("#compare-grup")
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("grup="))
    assert focused(page) == "compare-grup", "an update must not take the focus away"


def test_a_failure_is_told_where_it_can_be_seen(visit: Visit) -> None:
    visitor = visit()
    page = visitor.open("/karsilastir")
    expect(page.locator("#toast-text")).to_be_hidden()
    page.evaluate("dash_clientside.set_props('toast-text', {children: 'Bir sorun oldu'})")
    expect(page.locator("#toast-text")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Bir sorun oldu")


def test_phone_menu_opens_and_leads_on(visit: Visit) -> None:
    visitor = visit(360)
    page = visitor.open("/karsilastir")
    link = page.get_by_role("navigation").get_by_role("link", name="Genel bakış")
    if not link.is_visible():
        page.locator("details.nav summary").click()
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"{visitor.base}/")
    visitor.live()
    assert visitor.suffered == []
