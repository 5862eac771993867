"""The page Hizmet aynası as a whole: no blank cell, every cell's source, the scatter, files and both languages."""

import re
from itertools import product
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from dashboard.callbacks.routing import match
from dashboard.data import Data
from dashboard.pages import PAGES
from dashboard.state_mirror import MirrorState
from dashboard.views.mirror_measure import MEASURES
from tests.asking import changed
from tests.mirror import NO_BUDGET, block, every, rows, shown
from tests.money import (
    CITY,
    MIXED,
    NO_LINE,
    NO_PEOPLE,
    OPEN_LINK,
    SECOND,
)
from tests.reading import Reading, read_csv, strings

# -------------------------------------------------------------------------------------- whole page


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("service", ["cleaning", "parks", "culture", "water_sewerage"])
def test_no_cell_is_blank(mirrored: Data, mirror_client: FlaskClient, service: str, lang: str) -> None:
    for row in rows(shown(mirrored, service, lang=lang)).values():
        for key in MEASURES:
            assert (row[key] is None) <= bool(row[f"{key}_word"] and row[f"{key}_short"]), (
                row["city_id"],
                key,
            )
            assert row[key] is None or row[f"{key}_text"]
    for table in Reading(mirror_client.get(f"/hizmet/{service}?lang={lang}").text).tables:
        assert all(cell.strip() for line in table for cell in line)


def assert_leads(data: Data, href: str, name: str) -> None:
    path, _, query = href.partition("#")[0].partition("?")
    page, given = match(PAGES, path)
    asked = dict(parse_qsl(query))
    state = page.parse({**asked, **given}, data.catalog)
    assert (page.name, state.notices) == (name, ()), href
    assert state.query() == asked, href


def test_every_cell_leads_to_its_source(mirrored: Data) -> None:
    """And what the link asks for is there: no notice, the same address, the same city and year."""
    where = {"says": "satisfaction", "spends": "spending", "plans": "plan", "needs": "indicator"}
    seen = dict.fromkeys(where, 0)
    for service, asked in product(
        ("cleaning", "roads", "social_support"),
        ({"lang": "en"}, {"yil": "2024", "gecikme": "1", "baz": "2022"}, {"gecikme": "1", "kapsam": "bagli"}),
    ):
        for row in rows(shown(mirrored, service, **asked)).values():
            for key, name in where.items():
                if row[key] is not None:
                    assert_leads(mirrored, row[f"{key}_href"], name)
                    seen[key] += 1
    assert min(seen.values()) >= 6


def test_the_headline_tells_all_four_without_a_cause(mirrored: Data) -> None:
    told = block(shown(mirrored, kent=CITY), "mirror").headline.replace("\u00a0", " ")
    assert told.startswith("Adana’da “Temizlik ve atık”: memnun olanlar %")
    assert "2024 yılında harcanan 30,00 ₺ (kişi başına, 2024 fiyatlarıyla)" in told
    assert "planda 2 hedef (1 ulaşıldı, 1 geride; 2024)" in told
    assert "ihtiyaç göstergesi “Atık hizmeti verilen nüfusun oranı” %97,9 (2014)" in told
    assert "biri ötekinin nedeni olarak okunamaz" in told
    none = block(shown(mirrored, kent=NO_BUDGET), "mirror").headline
    assert "harcama: bütçe gönderilmedi; plan: plan yok" in none


def test_cards_and_table_are_one_row(mirrored: Data) -> None:
    found = shown(mirrored, kent=CITY)
    own = rows(found)[CITY]
    cards = block(found, "mirror").frame
    assert cards is not None
    assert [row["value"] for row in cards] == [own[key] for key in MEASURES]
    assert [row["period"] for row in cards] == ["2026", "2024", "2024", "2014"]
    assert [row["name"] for row in cards] == ["Memnuniyet", "Harcama", "Plan", "İhtiyaç"]
    body = block(found, "mirror").body
    assert "/harcama?" in body
    assert "dal=05.1" in body


def test_the_scatter_has_intervals_n_and_no_line(mirrored: Data) -> None:
    found = shown(mirrored, kent=CITY)
    one = block(found, "scatter")
    every_row = rows(found)
    wanted = {
        city for city, row in every_row.items() if row["spends"] is not None and row.get("says_compared")
    }
    assert every_row[OPEN_LINK]["spends"] == pytest.approx(20.0)
    assert "1 kent: açık bağlantı" in one.notes[1]
    assert set(rows(found, "scatter")) == wanted == {CITY, SECOND, MIXED}
    assert one.chart is not None
    traces = one.chart.figure["data"]
    assert {trace["mode"] for trace in traces} == {"markers"}
    assert [trace["marker"]["color"] for trace in traces] == ["@peer", "@lead"]
    drawn = zip((SECOND, MIXED, CITY), ((0, 0), (0, 1), (1, 0)), strict=True)
    for city, (trace, place) in drawn:
        row, dots = every_row[city], traces[trace]
        assert (dots["x"][place], dots["y"][place]) == (row["spends"], row["says"])
        reach = dots["error_y"]
        assert row["says"] + reach["array"][place] == pytest.approx(row["says_high"])
        assert row["says"] - reach["arrayminus"][place] == pytest.approx(row["says_low"])
    texts = " ".join(strings(one.chart.figure["layout"]))
    assert "nedensellik değildir · n = 3" in texts
    assert "3 kent" in one.headline
    assert "nedensellik değildir" in one.headline
    assert "katsayı verilmez" in " ".join(one.notes)
    assert sum(map(int, re.findall(r"(\d+) kent:", one.notes[1]))) == len(every_row) - 3


def test_kinds_of_municipalities_are_told_apart_by_shape_and_word(mirrored: Data) -> None:
    catalog = mirrored.catalog
    chart = block(shown(mirrored), "scatter").chart
    assert chart is not None
    shapes = {shape for trace in chart.figure["data"] for shape in trace["marker"]["symbol"]}
    assert {catalog.city(city).legal_type for city in (CITY, SECOND, MIXED)} == {"metropolitan"}
    assert shapes == {"circle"}
    texts = " ".join(strings(chart.figure["layout"]))
    assert all(word in texts for word in ("● büyükşehir", "■ il belediyesi", "◆ ilçe belediyesi"))


def test_all_services_of_a_city_lead_to_their_own_pages(mirrored: Data, mirror_client: FlaskClient) -> None:
    found = rows(every(mirrored, kent=CITY), "services")
    assert list(found) == [service.service_id for service in mirrored.catalog.mirrors]
    for service, row in found.items():
        assert row["href"] == f"/hizmet/{service}"
        assert mirror_client.get(row["href"]).status_code == 200
        own = rows(shown(mirrored, service, kent=CITY))[CITY]
        assert {key: row[key] for key in MEASURES} == {key: own[key] for key in MEASURES}
    other = rows(every(mirrored, kent=SECOND, gecikme="3"), "services")
    assert other["cleaning"]["href"] == f"/hizmet/cleaning?kent={SECOND}&gecikme=3"


@pytest.mark.parametrize("path", ["/hizmet/health", "/hizmet/x", "/hizmet/CLEANING", "/hizmet/cleaning/x"])
def test_what_has_no_mirror_is_not_found(mirror_client: FlaskClient, path: str) -> None:
    assert mirror_client.get(path).status_code == 404


def test_a_control_keeps_the_service_of_the_path(mirror_client: FlaskClient) -> None:
    answer = changed(mirror_client, "mirror_service", {"kent": NO_PEOPLE}, {"service_id": "roads"})
    assert answer.status_code == 200
    sent = answer.json["response"]  # type: ignore[index]
    assert sent["mirror_service-payload"]["data"]["url"] == f"/hizmet/roads?kent={NO_PEOPLE}"
    assert sent["mirror_service-query"]["data"] == {"kent": NO_PEOPLE, "service_id": "roads"}


def test_a_state_has_one_address(mirrored: Data) -> None:
    given = {"kent": NO_PEOPLE, "yil": "2024", "gecikme": "1", "kapsam": "hepsi", "baz": "2022", "lang": "en"}
    assert MirrorState.parse(given, mirrored.catalog).query() == given
    assert MirrorState.parse({}, mirrored.catalog).query() == {}
    wrong = MirrorState.parse(dict.fromkeys(given, "<b>"), mirrored.catalog)
    assert wrong.query() == {}
    assert len(wrong.notices) == len(given)


def test_files_have_basis_years_states_and_sources(mirror_client: FlaskClient) -> None:
    lines = read_csv(mirror_client.get("/indir/mirror_service/cities.csv?service_id=cleaning").data, ",")
    table = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    own = next(row for row in table if row["yer_kodu"] == CITY)
    assert own["harcama_kisi_basina"] == "30"
    assert own["harcama_fiyat_esasi"] == "kişi başına TL, 2024 fiyatlarıyla (TÜFE)"
    assert (own["harcama_yil"], own["memnun_yil"], own["plan_yil"], own["ihtiyac_donem"]) == (
        "2024", "2026", "2024", "2014",
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


def test_made_up_figures_say_so_in_every_sentence(mirrored: Data) -> None:
    for found in (shown(mirrored), every(mirrored)):
        assert found.synthetic
        for one in found.blocks:
            assert "SENTETİK" in one.headline, one.id
            assert one.source is not None
            assert one.source.synthetic


def test_the_words_differ_and_the_figures_do_not(mirrored: Data) -> None:
    turkish, english = rows(shown(mirrored)), rows(shown(mirrored, lang="en"))
    assert {city: [row[key] for key in MEASURES] for city, row in turkish.items()} == {
        city: [row[key] for key in MEASURES] for city, row in english.items()
    }
    assert english[NO_PEOPLE]["spends_short"] == "population not published"
    assert english[CITY]["plans_text"] != turkish[CITY]["plans_text"]
