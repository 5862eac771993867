"""Hizmet aynası: four measures of a service side by side, each the warehouse's figure or why there is none."""

import re
from itertools import product
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qsl

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.callbacks.routing import match
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.pages import PAGES
from dashboard.settings import Settings
from dashboard.state_mirror import MirrorState, usual_lag
from dashboard.views import mirror, mirror_service
from dashboard.views.mirror_measure import MEASURES
from dashboard.warehouse import Warehouse
from tests.asking import changed
from tests.money import CITY, COARSE, NO_LINE, NO_OUTTURN, NO_PEOPLE, SECOND, with_money
from tests.money import TABLES as MONEY
from tests.reading import Reading, read_csv, strings

NO_BUDGET = "bartin"
ADDRESS = "https://karne.example"
FIGURES = (
    "n", "n_no_opinion", "sum_w", "n_psu", "df", "mean", "mean_se", "mean_low", "mean_high", "share", "share_se",
    "share_low", "share_high", "deff", "n_effective", "rank",
)  # fmt: skip
"""What of a suppressed estimate is not in a release."""


@pytest.fixture(scope="module")
def folder(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The surveys and indicators that ship, with budgets and plans that can be reckoned by hand."""
    return with_money(release_folder, tmp_path_factory.mktemp("money") / "releases")


@pytest.fixture(scope="module")
def money(folder: Path) -> Data:
    warehouse = Warehouse(folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="module")
def browser(folder: Path) -> FlaskClient:
    return create_app(
        Settings(data=folder, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()


def shown(data: Data, service: str = "cleaning", **query: str) -> View:
    return mirror_service.view(data, MirrorState.of_service({"service_id": service, **query}, data.catalog))


def every(data: Data, **query: str) -> View:
    return mirror.view(data, MirrorState.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def rows(found: View, name: str = "cities") -> dict[str, Row]:
    frame = block(found, name).frame
    assert frame is not None
    return {row["service_id" if name == "services" else "city_id"]: row for row in frame}


# ---------------------------------------------------------------------------------------------- money


def test_spending_is_outturn_per_head_at_the_prices_of_the_base_year(money: Data) -> None:
    """(20,000 + 10,000) TRY for 1,000 people in 2024; at prices of 2023 that is 30 x 100 / 150."""
    found = rows(shown(money))[CITY]
    assert (found["spends"], found["spends_year"]) == (pytest.approx(30.0), "2024")
    assert found["spends_unit"] == "kişi başına TL, 2024 fiyatlarıyla (TÜFE)"
    assert (found["spends_nominal"], found["spends_population"]) == (30_000.0, 1_000.0)
    assert rows(shown(money, baz="2023"))[CITY]["spends"] == pytest.approx(20.0)
    assert rows(shown(money))[SECOND]["spends"] == pytest.approx(10.0)
    earlier = rows(shown(money, gecikme="3"))[CITY]
    assert (earlier["spends"], earlier["spends_year"]) == (pytest.approx(15 * 150 / 100), "2023")


def test_utilities_are_a_switch(money: Data) -> None:
    """Water is the utility's: 50,000 TRY for 1,000 people once its budget is looked at."""
    own = rows(shown(money, "water_sewerage"))[CITY]
    assert (own["spends"], own["spends_short"]) == (None, "bu işlevde satır yok")
    wide = rows(shown(money, "water_sewerage", kapsam="bagli"))[CITY]
    assert wide["spends"] == pytest.approx(50.0)
    assert wide["spends_scope"] == "belediye ve bağlı idareler"
    assert wide["spends_functions"] == "05.2; 06.3"


@pytest.mark.parametrize(
    ("city", "short", "told"),
    [
        (NO_BUDGET, "bütçe gönderilmedi", "2024 bütçesi gönderilmedi."),
        (COARSE, "bütçe bu işlevi ayırmıyor", "yalnız birinci düzeyini"),
        (NO_OUTTURN, "gerçekleşme gönderilmedi", "gerçekleşme yok"),
        (NO_LINE, "bu işlevde satır yok", "sıfır harcama demek değildir"),
        (NO_PEOPLE, "nüfus yayımlanmadı", "Toplam 12.000 ₺, 2024 fiyatlarıyla."),
    ],
)
def test_no_spending_says_why(money: Data, browser: FlaskClient, city: str, short: str, told: str) -> None:
    found = rows(shown(money))[city]
    assert (found["spends"], found["spends_short"]) == (None, short)
    assert told in found["spends_word"].replace("\u00a0", " ")
    read = Reading(browser.get(f"/hizmet/cleaning?kent={city}").text)
    own = next(row for row in read.tables[1] if row[0].strip() == found["place"])
    assert short in own[2]
    assert short in " ".join(read.headlines)


def test_a_year_without_a_full_index_is_nominal_and_says_so(money: Data) -> None:
    found = shown(money, gecikme="1")
    own = rows(found)[CITY]
    assert own["spends"] == pytest.approx(40.0)
    assert own["spends_unit"] == "kişi başına TL, cari fiyatlarla"
    assert (own["spends_status"], own["spends_word"]) == ("provisional", "geçici")
    assert "2025 için tam yıl TÜFE yok" in " ".join(block(found, "cities").notes)
    assert "cari fiyatlarla" in block(found, "mirror").headline
    figure = block(shown(money, gecikme="1", kent=CITY), "scatter")
    assert "cari fiyatlarla" in figure.measure


def test_the_lag_control_changes_only_the_spend_year(money: Data) -> None:
    """D2: survey, plan and need stay what and of when they are."""
    still: list[dict[str, object]] = []
    years = set()
    for lag in ("0", "1", "2", "3"):
        found = rows(shown(money, gecikme=lag))
        kept = {"name", "place", "type", "service", *MEASURES} - {"spends"}
        still.append(
            {
                f"{city} {key}": value
                for city, row in found.items()
                for key, value in row.items()
                if key in kept or key.startswith(("says_", "plans_", "needs_"))
            }
        )
        years |= {row["spends_year"] for row in found.values() if row["spends"] is not None or lag == "0"}
    assert still[0] == still[1] == still[2] == still[3]
    assert len(still[0]) > 500
    assert years >= {"2025", "2024", "2023"}


def test_the_usual_lag_is_told_and_never_silent(money: Data) -> None:
    """The newest survey is of 2026; 2025 has a budget and no full index, so 2024 is looked at, and the page says so."""
    assert usual_lag(money.catalog, 2026) == 2
    assert usual_lag(money.catalog, 2024) == 0
    assert usual_lag(money.catalog, 2030) == 0
    found = shown(money)
    assert "harcama 2024 (2 yıl önce)" in found.choice
    assert "ilk yıl 2024" in " ".join(block(found, "cities").notes)
    asked = shown(money, gecikme="0")
    assert "harcama 2026 (aynı yıl)" in asked.choice
    assert "ilk yıl" not in " ".join(block(asked, "cities").notes)
    assert {row["spends_word"] for row in rows(asked).values()} == {"2026 bütçesi gönderilmedi."}


def test_services_under_one_function_say_that_budgets_do_not_part_them(money: Data) -> None:
    for service, other in (("roads", "Toplu taşıma"), ("public_transport", "Yol ve kaldırım")):
        notes = " ".join(block(shown(money, service), "cities").notes)
        assert f"04.5 Ulaştırma işlevini şu hizmet de kullanır: {other}. Bütçeler ikisini ayırmaz" in notes
    assert "ayırmaz" not in " ".join(block(shown(money, "cleaning"), "cities").notes)
    landing = " ".join(block(every(money), "services").notes)
    assert "04.5 Ulaştırma: Toplu taşıma, Yol ve kaldırım." in landing
    both = rows(every(money, kent=CITY), "services")
    assert both["roads"]["spends"] == both["public_transport"]["spends"] == pytest.approx(50.0)


# ----------------------------------------------------------------------------- citizens, plan, need


def test_satisfaction_is_the_share_of_the_wave_with_its_interval(
    money: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    told = mart.execute(
        "SELECT city_id, 100 * share, 100 * share_low, 100 * share_high, n FROM mart.survey_estimate "
        "WHERE year = 2024 AND item_id = 'cleaning' AND group_var = 'all' AND is_first"
    ).fetchall()
    found = rows(shown(money, yil="2024"))
    assert len(told) > 15
    for city, share, low, high, n in told:
        row = found[city]
        assert row["says"] == pytest.approx(share)
        assert row["says_n"] == n
        assert (row["says_low"] is None) == (low is None)
        if low is not None:
            assert (row["says_low"], row["says_high"]) == (pytest.approx(low), pytest.approx(high))
        assert row["says_year"] == "2024"
    absent = set(found) - {city for city, *_ in told}
    assert "kirklareli" in absent
    assert {found[city]["says_short"] for city in absent} == {"anket yok"}
    assert found["kirklareli"]["says_word"] == "2024 yılında bu kentte anket yok."


def test_a_service_that_was_not_asked_says_so(money: Data) -> None:
    found = rows(shown(money, "culture"))
    assert {row["says_short"] for row in found.values()} == {"bu hizmet sorulmadı"}
    assert found[CITY]["says_word"] == "2026 yılında bu kentin anketinde bu hizmet sorulmadı."


def test_a_plan_is_counted_by_state_and_never_scored(money: Data, browser: FlaskClient) -> None:
    found = rows(shown(money))
    own = found[CITY]
    assert (own["plans"], own["plans_year"]) == (2.0, "2023")
    assert own["plans_text"] == "1 ulaşıldı, 1 geride"
    assert [step.code for step in own["plans_steps"]] == ["H1.1", "H1.2"]
    assert found[NO_PEOPLE]["plans_short"] == "bağlı hedef yok"
    assert found[NO_PEOPLE]["plans_word"] == "2020–2024 planı içinde bu hizmete bağlı hedef yok."
    assert found[NO_BUDGET]["plans_short"] == "plan yok"
    untold = found[SECOND]
    assert (untold["plans_text"], untold["plans_year"]) == ("1 hesaplanamıyor", "")
    assert untold["plans_word"] == "yıl sonu gerçekleşmesi bildirilmedi"
    # A plan that began after the survey is none for it.
    assert rows(shown(money, yil="2024"))[SECOND]["plans_short"] == "plan yok"
    cells = re.findall(r'<td class="mir mir-steps" data-v="(\d+)">', browser.get("/hizmet/cleaning").text)
    assert sorted(cells) == ["1", "2"], "sorted by how many there are, not by how they fare"


def test_need_says_whose_value_it_is(money: Data) -> None:
    found = rows(shown(money))
    assert found[NO_PEOPLE]["needs_badge"] == "il değeri"
    assert found[CITY]["needs_badge"] == ""
    assert found["izmir-bornova"]["needs_badge"].startswith("il değeri")
    value = money.warehouse.rows(
        "city_values", indicator_id="waste_service", period="2014", kinds=["municipality"]
    )
    assert {row["city_id"]: row["value"] for row in value}.items() >= {
        city: row["needs"] for city, row in found.items()
    }.items()
    assert {row["needs_short"] for row in rows(shown(money, "parks")).values()} == {"gösterge tanımlı değil"}


def test_the_track_puts_each_value_where_it_belongs(money: Data) -> None:
    found = shown(money)
    frame = block(found, "cities").frame
    assert frame is not None
    ends = {column.key: column.ends for column in frame.columns if column.ends}
    assert ends["spends"] == ("0", "30,00\u00a0₺")
    assert (rows(found)[CITY]["spends_at"], rows(found)[SECOND]["spends_at"]) == (100.0, 33.33)
    low, high = (float(end.strip("%")) for end in ends["says"] or ())
    for row in rows(found).values():
        if row["says"] is not None:
            assert row["says_at"] == pytest.approx(100 * (row["says"] - low) / (high - low), abs=0.01)
            assert row["says_low"] is None or row["says_from"] <= row["says_at"] <= row["says_to"]


def test_what_few_people_said_stays_hidden(folder: Path, tmp_path: Path) -> None:
    """The word, and no figure of it on the page, in its chart or its files."""
    copy = tmp_path / "releases"
    copytree(folder, copy)
    with duckdb.connect(next(copy.glob("*.duckdb"))) as opened:
        told = "city_id = ? AND item_id = 'cleaning' AND group_var = 'all' AND year = 2026"
        found = opened.execute(
            f"SELECT 100 * share FROM mart.survey_estimate WHERE {told}", [CITY]
        ).fetchall()
        nothing = ", ".join(f"{name} = NULL" for name in FIGURES)
        hidden = f"{nothing}, status = 'suppressed', reason = 'small_group'"
        opened.execute(f"UPDATE mart.survey_estimate SET {hidden} WHERE {told}", [CITY])
    data = Data(warehouse := Warehouse(copy), catalogs.load(warehouse))
    own = rows(shown(data, kent=CITY))[CITY]
    assert (own["says"], own["says_short"], own["says_status"]) == (None, "gizli", "suppressed")
    assert own["says_word"] == "10'dan az yanıt olduğu için gizlendi"
    assert own["says_href"].startswith("/memnuniyet")
    assert CITY not in rows(shown(data), "scatter")
    assert "Adana grafikte yok: gizli" in block(shown(data, kent=CITY), "scatter").headline
    client = create_app(
        Settings(data=copy, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    files = ("mirror", "cities")
    pieces = [client.get(f"/hizmet/cleaning?kent={CITY}").text]
    pieces += [client.get(f"/indir/mirror_service/{name}.csv?service_id=cleaning").text for name in files]
    assert all("gizlendi" in piece for piece in pieces)
    ((share,),) = found
    told_as = (f"{share:.5f}", f"%{share:.1f}".replace(".", ","))
    assert not [piece for piece in pieces if any(text in piece for text in told_as)]
    before = create_app(
        Settings(data=folder, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    assert told_as[1] in before.get(f"/hizmet/cleaning?kent={CITY}").text
    assert told_as[0] in before.get("/indir/mirror_service/cities.csv?service_id=cleaning").text


def test_without_surveys_and_money_the_page_says_what_to_load(folder: Path, tmp_path: Path) -> None:
    """Need is still told; the rest says that nothing came, and how it comes."""
    copy = tmp_path / "releases"
    copytree(folder, copy)
    with duckdb.connect(next(copy.glob("*.duckdb"))) as opened:
        for table in (*MONEY, "dim_wave", "dim_item", "dim_category", "survey_estimate"):
            opened.execute(f"DELETE FROM mart.{table}")
    data = Data(warehouse := Warehouse(copy), catalogs.load(warehouse))
    own = rows(shown(data))[CITY]
    year = data.catalog.release.as_of.year
    assert [own[f"{key}_short"] for key in ("says", "spends", "plans")] == [
        "anket yok",
        "bütçe gönderilmedi",
        "plan yok",
    ]
    assert own["spends_word"] == f"{year} bütçesi gönderilmedi."
    assert own["needs"] is not None
    for lang in ("tr", "en"):
        notes = " ".join(block(shown(data, lang=lang), "cities").notes)
        assert all(f"karne template {kind}" in notes for kind in ("survey", "spending", "plan"))
    assert block(shown(data), "scatter").chart is None
    client = create_app(
        Settings(data=copy, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    for path in ("/hizmet", "/hizmet/roads", "/hizmet?lang=en"):
        assert client.get(path).status_code == 200


# -------------------------------------------------------------------------------------- whole page


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("service", ["cleaning", "parks", "culture", "water_sewerage"])
def test_no_cell_is_blank(money: Data, browser: FlaskClient, service: str, lang: str) -> None:
    for row in rows(shown(money, service, lang=lang)).values():
        for key in MEASURES:
            assert (row[key] is None) <= bool(row[f"{key}_word"] and row[f"{key}_short"]), (
                row["city_id"],
                key,
            )
            assert row[key] is None or row[f"{key}_text"]
    for table in Reading(browser.get(f"/hizmet/{service}?lang={lang}").text).tables:
        assert all(cell.strip() for line in table for cell in line)


def assert_leads(data: Data, href: str, name: str) -> None:
    path, _, query = href.partition("#")[0].partition("?")
    page, given = match(PAGES, path)
    asked = dict(parse_qsl(query))
    state = page.parse({**asked, **given}, data.catalog)
    assert (page.name, state.notices) == (name, ()), href
    assert state.query() == asked, href


def test_every_cell_leads_to_its_source(money: Data) -> None:
    """And what the link asks for is there: no notice, the same address, the same city and year."""
    where = {"says": "satisfaction", "spends": "spending", "plans": "plan", "needs": "indicator"}
    seen = dict.fromkeys(where, 0)
    for service, asked in product(
        ("cleaning", "roads", "social_support"),
        ({"lang": "en"}, {"yil": "2024", "gecikme": "1", "baz": "2022"}, {"gecikme": "1", "kapsam": "bagli"}),
    ):
        for row in rows(shown(money, service, **asked)).values():
            for key, name in where.items():
                if row[key] is not None:
                    assert_leads(money, row[f"{key}_href"], name)
                    seen[key] += 1
    assert min(seen.values()) >= 6


def test_the_headline_tells_all_four_without_a_cause(money: Data) -> None:
    told = block(shown(money, kent=CITY), "mirror").headline.replace("\u00a0", " ")
    assert told.startswith("Adana’da “Temizlik ve atık”: memnun olanlar %")
    assert "2024 yılında harcanan 30,00 ₺ (kişi başına, 2024 fiyatlarıyla)" in told
    assert "planda 2 hedef (1 ulaşıldı, 1 geride; 2023)" in told
    assert "ihtiyaç göstergesi “Atık hizmeti verilen nüfusun oranı” %97,9 (2014)" in told
    assert "biri ötekinin nedeni olarak okunamaz" in told
    none = block(shown(money, kent=NO_BUDGET), "mirror").headline
    assert "harcama: bütçe gönderilmedi; plan: plan yok" in none


def test_cards_and_table_are_one_row(money: Data) -> None:
    found = shown(money, kent=CITY)
    own = rows(found)[CITY]
    cards = block(found, "mirror").frame
    assert cards is not None
    assert [row["value"] for row in cards] == [own[key] for key in MEASURES]
    assert [row["period"] for row in cards] == ["2026", "2024", "2023", "2014"]
    assert [row["name"] for row in cards] == ["Memnuniyet", "Harcama", "Plan", "İhtiyaç"]
    body = block(found, "mirror").body
    assert "/harcama?" in body
    assert "dal=05.1" in body


def test_the_scatter_has_intervals_n_and_no_line(money: Data) -> None:
    found = shown(money, kent=CITY)
    one = block(found, "scatter")
    every_row = rows(found)
    wanted = {
        city for city, row in every_row.items() if row["spends"] is not None and row.get("says_compared")
    }
    assert set(rows(found, "scatter")) == wanted == {CITY, SECOND}
    assert one.chart is not None
    traces = one.chart.figure["data"]
    assert {trace["mode"] for trace in traces} == {"markers"}
    assert [trace["marker"]["color"] for trace in traces] == ["@peer", "@lead"]
    for trace, city in zip(traces, (SECOND, CITY), strict=True):
        row = every_row[city]
        assert (trace["x"], trace["y"]) == ([row["spends"]], [row["says"]])
        reach = trace["error_y"]
        assert trace["y"][0] + reach["array"][0] == pytest.approx(row["says_high"])
        assert trace["y"][0] - reach["arrayminus"][0] == pytest.approx(row["says_low"])
    texts = " ".join(strings(one.chart.figure["layout"]))
    assert "nedensellik değildir · n = 2" in texts
    assert "2 kent" in one.headline
    assert "nedensellik değildir" in one.headline
    assert "katsayı verilmez" in " ".join(one.notes)
    assert sum(map(int, re.findall(r"(\d+) kent:", one.notes[1]))) == len(every_row) - 2


def test_kinds_of_municipalities_are_told_apart_by_shape_and_word(money: Data) -> None:
    catalog = money.catalog
    chart = block(shown(money), "scatter").chart
    assert chart is not None
    shapes = {shape for trace in chart.figure["data"] for shape in trace["marker"]["symbol"]}
    assert {catalog.city(city).legal_type for city in (CITY, SECOND)} == {"metropolitan"}
    assert shapes == {"circle"}
    texts = " ".join(strings(chart.figure["layout"]))
    assert all(word in texts for word in ("● büyükşehir", "■ il belediyesi", "◆ ilçe belediyesi"))


def test_all_services_of_a_city_lead_to_their_own_pages(money: Data, browser: FlaskClient) -> None:
    found = rows(every(money, kent=CITY), "services")
    assert list(found) == [service.service_id for service in money.catalog.mirrors]
    for service, row in found.items():
        assert row["href"] == f"/hizmet/{service}"
        assert browser.get(row["href"]).status_code == 200
        own = rows(shown(money, service, kent=CITY))[CITY]
        assert {key: row[key] for key in MEASURES} == {key: own[key] for key in MEASURES}
    other = rows(every(money, kent=SECOND, gecikme="3"), "services")
    assert other["cleaning"]["href"] == f"/hizmet/cleaning?kent={SECOND}&gecikme=3"


@pytest.mark.parametrize("path", ["/hizmet/health", "/hizmet/x", "/hizmet/CLEANING", "/hizmet/cleaning/x"])
def test_what_has_no_mirror_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_a_control_keeps_the_service_of_the_path(browser: FlaskClient) -> None:
    answer = changed(browser, "mirror_service", {"kent": NO_PEOPLE}, {"service_id": "roads"})
    assert answer.status_code == 200
    sent = answer.json["response"]  # type: ignore[index]
    assert sent["mirror_service-payload"]["data"]["url"] == f"/hizmet/roads?kent={NO_PEOPLE}"
    assert sent["mirror_service-query"]["data"] == {"kent": NO_PEOPLE, "service_id": "roads"}


def test_a_state_has_one_address(money: Data) -> None:
    given = {"kent": NO_PEOPLE, "yil": "2024", "gecikme": "1", "kapsam": "hepsi", "baz": "2022", "lang": "en"}
    assert MirrorState.parse(given, money.catalog).query() == given
    assert MirrorState.parse({}, money.catalog).query() == {}
    wrong = MirrorState.parse(dict.fromkeys(given, "<b>"), money.catalog)
    assert wrong.query() == {}
    assert len(wrong.notices) == len(given)


def test_files_have_basis_years_states_and_sources(browser: FlaskClient) -> None:
    lines = read_csv(browser.get("/indir/mirror_service/cities.csv?service_id=cleaning").data, ",")
    table = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    own = next(row for row in table if row["yer_kodu"] == CITY)
    assert own["harcama_kisi_basina"] == "30"
    assert own["harcama_fiyat_esasi"] == "kişi başına TL, 2024 fiyatlarıyla (TÜFE)"
    assert (own["harcama_yil"], own["memnun_yil"], own["plan_yil"], own["ihtiyac_donem"]) == (
        "2024", "2026", "2023", "2014",
    )  # fmt: skip
    assert own["harcama_sentetik"] == own["memnun_sentetik"] == own["plan_sentetik"] == "evet"
    assert own["ihtiyac_sentetik"] == "hayır"
    assert float(own["butcenin_siniflanmamis_yuzdesi"]) == pytest.approx(20.0)
    assert own["plan_durum_sayilari"] == "1 ulaşıldı, 1 geride"
    assert all(
        own[name] for name in ("memnun_kaynak", "harcama_kaynak", "plan_kaynak", "ihtiyac_kaynak", "memnun_n")
    )
    other = next(row for row in table if row["yer_kodu"] == NO_LINE)
    assert (other["harcama_kisi_basina"], other["harcama_durum"][:13]) == ("", "2024 bütçesin")


def test_made_up_figures_say_so_in_every_sentence(money: Data) -> None:
    for found in (shown(money), every(money)):
        assert found.synthetic
        for one in found.blocks:
            assert "SENTETİK" in one.headline, one.id
            assert one.source is not None
            assert one.source.synthetic


def test_the_words_differ_and_the_figures_do_not(money: Data) -> None:
    turkish, english = rows(shown(money)), rows(shown(money, lang="en"))
    assert {city: [row[key] for key in MEASURES] for city, row in turkish.items()} == {
        city: [row[key] for key in MEASURES] for city, row in english.items()
    }
    assert english[NO_PEOPLE]["spends_short"] == "population not published"
    assert english[CITY]["plans_text"] != turkish[CITY]["plans_text"]
