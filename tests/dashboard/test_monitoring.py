"""İzleme: what the matrix counts, that every cell opens its reason, and that all of it has words."""

import datetime as dt
import html
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
import yaml
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.components.coverage import SYMBOLS, coverage_cell, position_cell
from dashboard.data import Data
from dashboard.frame import Column
from dashboard.page import Block, View
from dashboard.pages.monitoring import PAGE
from dashboard.state_monitoring import STANDING, URGENCY, MonitoringState
from dashboard.text import LANGUAGES, Words, keys
from dashboard.views.monitoring import view
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests.roster import build_roster

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = (ROOT / "warehouse.duckdb.sql").read_text("utf-8")
YEARS = 2025 - 2007 + 1  # of population
ROSTER = yaml.safe_load((ROOT / "etl" / "registry" / "cities.yml").read_text("utf-8"))["pilots"]
NAMED = {entry["city"]["id"]: entry["position"] for entry in ROSTER if entry["state"] == "named"}
UNNAMED = [entry["position"] for entry in ROSTER if entry["state"] == "unnamed"]
DISTRICTS = [entry for entry in ROSTER if entry.get("city", {}).get("legal_type") == "district"]
RETURNED = len((ROOT / "data" / "sample" / "rights_2026.csv").read_text("utf-8").splitlines()) - 1
RIGHTS = 10  # indicators; what a city does not return of them is not due yet
RATIOS = 10  # of the budget of a year; only the last year is asked for, and the next is not due yet
KARTAL, MUS = NAMED["istanbul-kartal"], NAMED["mus"]


def expected_of_a_city(data: Data) -> int:
    """Indicators x periods that a place below the country is asked for; of ratios of a budget the last alone."""
    asked = [one for one in data.catalog.indicators.values() if one.geo_level != "country"]
    return sum(1 if one.theme_id == "finance" else len(one.periods) for one in asked)


def ratios_that_came(var_folder: Path) -> int:
    """How many ratios of the last year's budgets have a value."""
    (path,) = (var_folder / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "SELECT count(value) FROM mart.fact_value JOIN mart.dim_indicator USING (indicator_id) "
            "JOIN mart.roster_position USING (city_id) WHERE theme_id = 'finance' AND period = last_period"
        ).fetchall()
    return int(found[0][0])


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def shown(data: Data, **query: str) -> View:
    return view(data, MonitoringState.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def matrix_row(found: View, position: int) -> dict[str, object]:
    frame = block(found, "matrix").frame
    assert frame is not None
    return next(row for row in frame if row["position"] == position)


def reasons(found: View) -> list[dict[str, object]]:
    frame = block(found, "detail").frame
    return list(frame) if frame else []


def over(release: Path) -> Data:
    warehouse = Warehouse(release)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Ten days after the population of 2026 was due."""
    var = tmp_path_factory.mktemp("late")
    shipped = {"data": (ROOT / "data" / "official",), "registry": ROOT / "etl" / "registry"}
    build(Request(**shipped, var=var, as_of=dt.date(2027, 3, 10)), say=lambda _: None)
    return over(var / "releases")


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Data:
    """Forty members behind the pilots, with figures of every state."""
    return over(build_roster(tmp_path_factory.mktemp("members"), 40).release.parent)


def test_every_position_has_a_row_named_or_not(data: Data) -> None:
    frame = block(shown(data), "matrix").frame
    assert frame is not None
    assert [row["position"] for row in frame] == [entry["position"] for entry in ROSTER]
    unnamed = [row for row in frame if row["city_id"] is None]
    assert [row["name"] for row in unnamed] == [f"{n}. konum" for n in UNNAMED]
    assert {row["badges"] for row in unnamed} == {("adı kaynakta yok",)}
    assert {row["total_of"] for row in unnamed} == {0}


def test_a_city_is_complete_when_all_that_is_due_came(data: Data) -> None:
    expected = expected_of_a_city(data)
    mus, kartal = matrix_row(shown(data), MUS), matrix_row(shown(data), KARTAL)
    # The people of Muş's municipality are not published: no amount per head.
    assert (mus["total"], mus["total_of"]) == (expected - 2, expected)
    assert (mus["finance"], mus["finance_of"], mus["finance_state"]) == (RATIOS - 2, RATIOS, "never")
    assert (mus["population"], mus["population_of"], mus["population_state"]) == (19, 19, "province_value")
    assert (kartal["population_state"], kartal["population_newest"]) == ("received", "2025")
    assert (mus["prices_of"], mus["prices_state"]) == (0, "not_applicable")


def test_the_headline_says_what_came_how_old_it_is_and_what_is_late(data: Data, var_folder: Path) -> None:
    values = len(NAMED) * (expected_of_a_city(data) - RIGHTS) + RETURNED
    ratios = ratios_that_came(var_folder)
    came = values - len(NAMED) * RATIOS + ratios
    own = 2 * YEARS + RETURNED + ratios  # population of Kartal and Bornova, the returns and the budgets
    turkish, english = (
        block(shown(data, lang=lang), "matrix").headline for lang in ("tr", "en")
    )  # fmt: skip
    assert turkish == (
        f"{len(NAMED)} kentten beklenen {dotted(values)} değerin {dotted(came)} tanesi geldi. "
        f"{dotted(came - own)} tanesi il düzeyinde ölçülmüş. "
        "15 alanın 11 tanesinde 5 yıldan yeni değer yok. Güncellemesi geciken: TÜFE."
    )
    assert english.startswith(f"{came:,} of the {values:,} values expected of {len(NAMED)} cities have come.")


def test_the_counts_are_those_of_the_warehouse(data: Data, var_folder: Path) -> None:
    (path,) = (var_folder / "warehouse").glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        states = connection.execute("SELECT state FROM mart.coverage").fetchall()
    assert Counter(row["state"] for row in reasons(shown(data))) == Counter(state for (state,) in states)


def test_the_legend_names_only_what_occurs(data: Data) -> None:
    legend = [tone for tone, _ in block(shown(data), "matrix").legend]
    states = ["never", "provisional", "not_due", "province_value", "received", "not_applicable", "unnamed"]
    assert legend == [*(f"cover s-{state}" for state in states), "old"]
    only = block(shown(data, durum="province_value"), "matrix").legend
    assert [tone for tone, _ in only] == ["cover s-province_value"]


@pytest.mark.parametrize("code", re.findall(r"[a-z_]+", re.search(r"sentence: ([a-z_, ]+)\.", CONTRACT)[1]))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_of_the_contract_has_a_sentence(code: str, lang: str) -> None:
    assert f"monitoring.reason_{code}" in keys(lang)


def test_every_state_of_the_contract_has_symbol_word_and_meaning() -> None:
    listed = re.search(r"CHECK \(state IN \(('received'[^)]*)\)\)", CONTRACT)
    assert listed
    states = set(re.findall(r"'(\w+)'", listed[1]))
    assert states == set(SYMBOLS) == set(URGENCY) == set(STANDING)
    assert len(set(SYMBOLS.values())) == len(states)
    for lang in LANGUAGES:
        assert {f"monitoring.{kind}_{state}" for kind in ("state", "why") for state in states} <= keys(lang)


def test_every_cell_leads_to_its_reason(client: FlaskClient) -> None:
    page = client.get("/izleme").get_data(as_text=True)
    cells = re.findall(r'<td class="cover [^>]*><a data-soft href="([^"]+)"[^>]*>(.*?)</a>', page)
    assert len(cells) == len(ROSTER) * 17
    assert all(re.sub(r"<[^>]+>", "", inside).strip() for _, inside in cells)
    for link, _ in cells[::37]:
        address, _, fragment = html.unescape(link).partition("#")
        assert fragment == "detail"
        opened = client.get(address).get_data(as_text=True)
        assert "Hücreyi kapat" in opened
        assert "bulunamadı" not in opened


def test_a_theme_cell_lists_its_indicators_with_reason_day_owner_and_file(data: Data) -> None:
    found = shown(data, konum=str(KARTAL), tema="population")
    rows = reasons(found)
    assert block(found, "detail").title == "İstanbul/Kartal · Nüfus"
    assert block(found, "detail").headline == "Beklenen 19 değerin tamamı geldi."
    assert [row["period"] for row in rows] == ["2026", *(str(year) for year in range(2025, 2006, -1))]
    assert (rows[0]["state"], rows[0]["due"]) == ("not_due", dt.date(2027, 2, 28))
    assert rows[1]["reason"] == "Kaynak bu belediye için kendi değerini yayımladı."
    assert rows[1]["owner"] == "Türkiye İstatistik Kurumu (TÜİK)"
    assert isinstance(rows[1]["since"], dt.date)
    assert re.fullmatch(r"population_adnks\.csv, satır \d+", str(rows[1]["origin"]))


def test_one_cell_says_its_reason_as_the_headline(data: Data) -> None:
    found = shown(
        data, konum=str(MUS), alan="housing", gosterge="life_index_housing", donem="2015", lang="en"
    )
    assert block(found, "detail").headline == (
        "The source has no municipal value; that of the province of Muş is shown."
    )
    (row,) = reasons(found)
    assert row["origin"] == "computed: composite index (min–max)"
    assert matrix_row(found, MUS)["life_index_housing@2015_open"] is True


def test_an_unnamed_position_says_which_entry_names_it(data: Data) -> None:
    if not UNNAMED:
        pytest.skip("every position is named")
    detail = block(shown(data, konum=str(UNNAMED[0])), "detail")
    assert detail.frame is None
    assert detail.headline == "Bu pilotun adı hiçbir kaynakta yok; ondan değer istenemez."
    assert "etl/registry/cities.yml" in detail.body
    assert f"{UNNAMED[0]}. konum" in detail.body


def test_a_theme_of_one_indicator_has_a_column_a_period(data: Data) -> None:
    frame = block(shown(data, alan="population"), "matrix").frame
    assert frame is not None
    labels = [column.label for column in frame.screen_columns()]
    assert labels == ["Kent", "Toplam", *(str(year) for year in range(2007, 2027))]


def test_a_filter_counts_only_its_state(data: Data) -> None:
    # The population and the budget of 2026, and what was not returned; districts are not asked for one indicator.
    waiting = len(NAMED) * (1 + RATIOS + RIGHTS) - len(DISTRICTS) - RETURNED
    found = shown(data, durum="not_due")
    assert block(found, "matrix").headline == (
        f"Durumu “vadesi gelmedi” olan {waiting} değer var; {len(NAMED)} kentte."
    )
    assert {row["state"] for row in reasons(found)} == {"not_due"}
    row = matrix_row(found, MUS)
    assert (row["population"], row["population_of"], row["housing"]) == (1, YEARS + 1, 0)
    assert row["rights"] == 0
    assert matrix_row(found, NAMED["adana"])["rights"] == RIGHTS
    nothing = shown(data, durum="late")
    assert block(nothing, "matrix").headline == "Durumu “gecikti” olan değer yok."
    assert block(nothing, "detail").frame is None


def test_what_is_overdue_comes_first_in_the_calendar(data: Data) -> None:
    calendar = block(shown(data), "indicators")
    assert calendar.frame is not None
    first, second = calendar.frame.rows[:2]
    assert (first["indicator_id"], first["late_since"]) == ("cpi", dt.date(2025, 12, 3))
    assert "(354 gün)" in first["late_since_text"]
    assert (second["indicator_id"], second["received"], second["province_value"]) == (
        "population",
        2,
        len(NAMED) - 2,
    )
    assert len(calendar.frame) == len(data.catalog.indicators)
    assert calendar.headline.endswith("günü geçen: TÜFE.")


def test_every_received_file_is_listed_with_its_verdict(data: Data) -> None:
    files = block(shown(data), "files").frame
    assert files is not None
    assert {row["name"]: row["rows_accepted"] for row in files}["population_adnks.csv"] == 1595
    assert {row["verdict_word"] for row in files} == {"kabul edildi"}


def test_a_late_edition_is_loud_dated_and_owed(late: Data) -> None:
    found, expected = shown(late), expected_of_a_city(late)
    assert matrix_row(found, MUS)["population_state"] == "late"
    assert (matrix_row(found, MUS)["total"], matrix_row(found, MUS)["total_of"]) == (
        expected - RATIOS,
        expected + 1,
    )
    assert "Güncellemesi geciken: Nüfus, TÜFE." in block(found, "matrix").headline
    first = reasons(found)[0]
    assert first["state"] == "late"
    assert first["reason"] == "28 Şubat 2027 günü bekleniyordu; 10 gündür gelmedi."
    opened = block(shown(late, konum=str(MUS), tema="population"), "detail")
    assert (
        opened.headline == "Beklenen 20 değerin 19 tanesi geldi. İlgilenilmesi gereken değerler: 1 gecikti."
    )


def test_members_are_rows_behind_the_pilots(members: Data) -> None:
    found = shown(members, alan="participation")
    frame = block(found, "matrix").frame
    assert frame is not None
    assert len(frame) == len(ROSTER) + 40
    assert frame.rows[len(ROSTER)]["name"] == "Belediye 0001"
    assert not UNNAMED or f"{len(ROSTER)} pilotun {len(UNNAMED)} tanesinin" in found.lead
    # Twelve indicators of five periods each are too many columns: they are shown by indicator.
    assert "synthetic_green_area" in [column.key for column in frame.screen_columns()]
    states = {row["state"] for row in reasons(shown(members))}
    assert {"never", "suppressed", "provisional"} <= states


def test_what_the_address_cannot_have_is_noticed(data: Data) -> None:
    parse = MonitoringState.parse
    assert parse({"konum": "x"}, data.catalog).notices == ("notice.unknown_konum",)
    assert parse({"konum": "3", "gosterge": "nothing"}, data.catalog).notices == ("notice.unknown_konum",)
    assert parse({"durum": "x", "alan": "x"}, data.catalog).notices == (
        "notice.unknown_alan",
        "notice.unknown_durum",
    )
    absent = shown(data, konum="999")
    assert Words("tr")("notice.unknown_konum") in absent.notices
    assert len(reasons(absent)) == len(reasons(shown(data)))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"alan": "housing", "durum": "late"},
        {"konum": "3", "tema": "health"},
        {"alan": "population", "konum": "3", "gosterge": "population", "donem": "2026", "lang": "en"},
    ],
)
def test_the_address_comes_back(data: Data, query: dict[str, str]) -> None:
    state = MonitoringState.parse(query, data.catalog)
    assert state.query() == query
    assert MonitoringState.parse({"alan": "hepsi", "durum": "hepsi"} | query, data.catalog) == state


def test_a_cell_of_another_theme_than_the_chosen_is_dropped(data: Data) -> None:
    state = MonitoringState.parse({"alan": "health", "konum": "3", "gosterge": "population"}, data.catalog)
    assert state.query() == {"alan": "health", "konum": "3"}
    assert state.notices == ()


def test_the_list_is_filed_with_state_reason_days_and_owner(client: FlaskClient) -> None:
    answer = client.get("/indir/monitoring/detail.csv?konum=11&tema=population")
    lines = answer.get_data(as_text=True).splitlines()
    heads = lines[0].split(",")
    assert {"durum", "gerekce", "ne_zamandan_beri", "son_tarih", "sorumlu", "dosya", "dosya_satiri"} <= set(
        heads
    )
    assert len(lines) == 1 + 20
    assert "2027-02-28" in lines[1]


def test_the_controls_offer_all_and_every_state(data: Data) -> None:
    theme, state = PAGE.controls(data.catalog, MonitoringState())
    assert (theme.value, state.value) == ("hepsi", "hepsi")
    assert {"late", "never", "provisional", "province_value"} <= {option.value for option in state.options}


def test_names_are_escaped() -> None:
    row = {
        "name": "<b>A&B</b>", "sort_key": 1, "badges": ('"x"<i>',), "open": False, "href": "/izleme?konum=1",
        "k": 1, "k_of": 2, "k_state": "late", "k_newest": "<2015>", "roomy": False, "single": False,
        "stale_before": "2021",
    }  # fmt: skip
    words = Words("tr")
    head = position_cell(row, Column("name", "Kent", "position"), words)
    cell = coverage_cell(row, Column("k", "K", "coverage", href="tema=a&donem=2015"), words)
    assert "&lt;b&gt;A&amp;B&lt;/b&gt;" in head
    assert "<i>" not in head
    assert 'href="/izleme?konum=1&amp;tema=a&amp;donem=2015#detail"' in cell
    assert "<2015>" not in cell
    assert "gecikti" in cell
