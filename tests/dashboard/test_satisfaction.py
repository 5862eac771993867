"""Memnuniyet: figures are the warehouse's, ranks carry their range, verdicts follow the adjusted test."""

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.settings import Settings
from dashboard.state_survey import SatisfactionState
from dashboard.text import Words
from dashboard.views.satisfaction import BLOCKS, view
from dashboard.views.survey_values import p_text, points, range_text, service_name
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests.reading import Reading

ROOT = Path(__file__).resolve().parents[2]
CITY, OTHER, OPEN_LINK, OTHER_SCALE = "mus", "bingol", "izmir-bornova", "siirt"


def shown(data: Data, **query: str) -> View:
    return view(data, SatisfactionState.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def rows(found: View, name: str) -> list[Row]:
    frame = block(found, name).frame
    assert frame is not None
    return list(frame)


def estimates(data: Data, item: str = "cleaning") -> dict[str, Row]:
    return {row["city_id"]: row for row in data.rows("survey_shares", year=2026, items=[item])}


def paired(data: Data) -> dict[str, Row]:
    """The tested differences of satisfaction between the two cities."""
    asked = data.catalog.surveys.asked(2026)
    every = data.warehouse.rows("survey_pairs", year=2026, one=CITY, other=OTHER)
    return {row["item_id"]: row for row in every if row["item_id"] in asked}


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of published figures alone, as `make run SAMPLE=no` builds it."""
    var = tmp_path_factory.mktemp("without")
    request = Request((ROOT / "data/official",), ROOT / "etl/registry", var, dt.date(2026, 11, 22))
    build(request, lambda _: None)
    return var / "releases"


def test_a_city_shows_its_share_interval_and_rank_range(data: Data) -> None:
    own = estimates(data)[CITY]
    row = next(row for row in rows(shown(data, kent=CITY), "ranking") if row["city_id"] == CITY)
    assert row["value"] == pytest.approx(100 * own["share"])
    assert (row["interval_low"], row["n"]) == (pytest.approx(100 * own["share_low"]), own["n"])
    found = shown(data, kent=CITY)
    told = block(found, "ranking").headline
    share = f"%{own['share'] * 100:.1f}".replace(".", ",")
    assert f"Muş’ta memnun olanlar {share}" in told
    assert f"sıra {own['rank']} ({own['rank_low']}–{own['rank_high']} arası olabilir)" in told
    english = block(shown(data, kent=CITY, lang="en"), "ranking").headline
    assert f"rank {own['rank']} (could be {own['rank_low']}–{own['rank_high']})" in english


def test_the_mirror_of_a_service_is_one_click_away_with_its_city_and_year(data: Data) -> None:
    body = block(shown(data, kent=CITY, yil="2024", lang="en"), "ranking").body
    assert f'href="/hizmet/cleaning?yil=2024&amp;kent={CITY}&amp;lang=en"' in body
    asked = data.catalog.surveys.asked(2026).values()
    bare = next(one for one in asked if not data.catalog.services[one.service_id or ""].has_mirror)
    assert "/hizmet/" not in block(shown(data, hizmet=bare.item_id), "ranking").body


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_no_rank_stands_without_its_range(data: Data, lang: str) -> None:
    found = shown(data, lang=lang)
    chart = block(found, "ranking").chart
    assert chart is not None
    texts = (
        chart.figure["layout"]["yaxis2"]["ticktext"]
        + chart.figure["layout"]["meta"]["narrow"]["yaxis2"]["ticktext"]
    )
    ranked = [text for text in texts if re.search(r"(sıra|rank) \d", text)]
    assert len(ranked) == 2 * 18
    assert all(re.search(r"\(\d+–\d+\)|(sıra|rank) \d+–\d+", text) for text in ranked)


def test_a_verdict_follows_the_adjusted_test_and_not_the_interval(data: Data) -> None:
    pairs = paired(data).values()
    frame = {row["item_id"]: row for row in rows(shown(data, kent=CITY, diger=OTHER), "pair")}
    turned = {row["item_id"]: row for row in rows(shown(data, kent=OTHER, diger=CITY), "pair")}
    assert len(pairs) == len(frame) == 8
    for pair in pairs:
        row = frame[pair["item_id"]]
        assert abs(row["diff_points"]) == pytest.approx(100 * abs(pair["diff"]))
        assert row["diff_points"] == pytest.approx(row["share"] - row["other_share"])
        assert row["verdict"] == ("anlamlı" if pair["p_holm"] < 0.05 else "örneklem hatası içinde")
        back = turned[pair["item_id"]]
        assert (back["diff_points"], back["diff_points_low"]) == (
            pytest.approx(-row["diff_points"]), pytest.approx(-row["diff_points_high"]),
        )  # fmt: skip
    assert {row["verdict"] for row in frame.values()} == {"anlamlı", "örneklem hatası içinde"}


def test_the_sentence_about_two_cities_says_difference_interval_and_verdict(data: Data) -> None:
    pairs = paired(data)
    firm = max(pairs.values(), key=lambda row: abs(row["diff"]))
    unclear = min(pairs.values(), key=lambda row: abs(row["diff"]))
    assert firm["p_holm"] < 0.05 < unclear["p_holm"]
    for pair, turkish, english in (
        (firm, "fark anlamlı", "the difference is significant"),
        (unclear, "örneklem hatası içinde", "within sampling error"),
    ):
        query = {"kent": CITY, "diger": OTHER, "hizmet": pair["item_id"]}
        told = block(shown(data, **query), "pair").headline
        size = f"{abs(pair['diff']) * 100:.1f}".replace(".", ",")
        assert turkish in told
        assert f"{size} puan" in told
        assert "%95 güven aralığı" in told
        assert "Muş’ta" in told
        assert "Bingöl’de" in told
        said = block(shown(data, **query, lang="en"), "pair").headline
        assert english in said
        assert f"{abs(pair['diff']) * 100:.1f} points" in said


def test_an_arrow_stands_only_beside_a_firm_change(data: Data) -> None:
    arrows = 0
    for item in data.catalog.surveys.asked(2026):
        found = rows(shown(data, hizmet=item), "change")
        told = {row["city_id"]: row for row in data.warehouse.rows("survey_changes", year=2026, item_id=item)}
        assert len(found) == len(told)
        for row in found:
            p = told[row["city_id"]]["p_holm"]
            has_arrow = row["verdict"][0] in "▲▼"
            assert has_arrow == (p is not None and p < 0.05)
            if has_arrow:
                assert (row["verdict"] == "▲ arttı") == (row["now"] > row["before"])
            arrows += has_arrow
            if told[row["city_id"]]["status"] == "measured":
                assert row["diff_points"] == pytest.approx(row["now"] - row["before"])
    assert arrows > 0
    reworded = {row["verdict"] for row in rows(shown(data, hizmet="social_support"), "change")}
    assert "soru değişti, karşılaştırılamaz" in reworded
    assert "önceki dalga yok" in {row["verdict"] for row in rows(shown(data), "change")}


def test_open_links_and_other_scales_are_shown_and_not_compared(data: Data) -> None:
    found = shown(data, kent=OPEN_LINK, diger=CITY)
    row = next(row for row in rows(found, "ranking") if row["city_id"] == OPEN_LINK)
    assert row["value"] is not None
    assert (row["interval_low"], row["rank"], row["range"]) == (None, None, "")
    assert row["status_word"] == "düşük güvenilirlik: açık bağlantı, güven aralığı verilemez"
    assert "karşılaştırılamaz" in block(found, "pair").headline
    assert "Açık bağlantı" in " ".join(block(found, "ranking").notes)
    other = shown(data, kent=OTHER_SCALE)
    row = next(row for row in rows(other, "ranking") if row["city_id"] == OTHER_SCALE)
    assert row["status_word"] == "düşük güvenilirlik: başka soru ya da ölçek, sıralanmaz"
    assert (row["rank"], row["interval_low"] is None) == (None, False)
    assert "güven aralığı iyimser" in " ".join(block(other, "matrix").notes)
    wording = block(other, "ranking").body
    assert all(scale in wording for scale in ("1–10", "1–5"))
    assert "ne kadar memnunsunuz" in wording


def test_the_matrix_has_a_word_in_every_cell(data: Data) -> None:
    found = rows(shown(data, yil="2024"), "matrix")
    items = list(data.catalog.surveys.asked(2024))
    assert len(found) == len(data.catalog.pilots)
    for row in found:
        for item in items:
            assert (row[item] is None) <= bool(row[f"{item}_word"])
            assert row[f"{item}_href"].startswith("/memnuniyet")
    absent = next(row for row in found if row["city_id"] == "kirklareli")
    assert {absent[f"{item}_word"] for item in items} == {"bu yıl anket yok"}
    with_intervals = rows(shown(data, goster="aralik"), "matrix")
    own = estimates(data)[CITY]
    row = next(row for row in with_intervals if row["city_id"] == CITY)
    assert row["cleaning_sub"] == range_text(own["share_low"], own["share_high"], Words("tr"))


def test_a_state_has_one_address(data: Data) -> None:
    given = {"kent": CITY, "diger": OTHER, "hizmet": "roads", "yil": "2024", "goster": "aralik", "lang": "en"}
    state = SatisfactionState.parse(given, data.catalog)
    assert state.query() == given
    assert SatisfactionState.parse({}, data.catalog).query() == {}
    wrong = SatisfactionState.parse(
        {"hizmet": "<b>", "yil": "1999", "diger": "x", "goster": "y"}, data.catalog
    )
    assert wrong.query() == {}
    assert set(wrong.notices) == {f"notice.unknown_{name}" for name in ("hizmet", "yil", "diger", "goster")}
    assert SatisfactionState.parse({"kent": CITY, "diger": CITY}, data.catalog).notices == ()


def test_services_tell_problems_of_users_and_what_comes_first(data: Data) -> None:
    found = shown(data, kent=CITY)
    city = {row["item_id"]: row for row in data.warehouse.rows("survey_city", year=2026, city_id=CITY)}
    services = {row["service_id"]: row for row in rows(found, "services")}
    assert services["roads"]["problem"] == pytest.approx(100 * city["roads_problem"]["share"])
    assert services["roads"]["use_word"] == "bu dalgada sorulmadı"
    worst = max(services.values(), key=lambda row: row["problem"])
    assert worst["name"] in block(found, "services").headline
    quarters = {row["service_id"]: row for row in rows(found, "quadrant")}
    middle = quarters["roads"]["cut_importance"], quarters["roads"]["cut_satisfaction"]
    first = {
        name
        for name, row in quarters.items()
        if row["importance"] >= middle[0] and row["satisfaction"] < middle[1]
    }
    assert {name for name, row in quarters.items() if row["quarter"] == "first"} == first != set()


def test_synthetic_waves_say_so_everywhere(data: Data) -> None:
    found = shown(data)
    assert found.synthetic
    for one in found.blocks:
        assert one.source is not None, one.id
        assert one.source.synthetic, one.id
        assert all(row["is_synthetic"] for row in rows(found, one.id)), one.id


def test_without_a_survey_the_page_says_what_to_load(without: Path, settings: Settings) -> None:
    warehouse = Warehouse(without)
    data = Data(warehouse, catalogs.load(warehouse))
    assert data.catalog.surveys.years == ()
    assert not data.catalog.release.has_synthetic
    found = shown(data, hizmet="cleaning")
    assert [one.id for one in found.blocks] == list(BLOCKS)
    app = create_app(Settings(data=without, base_url="https://karne.example", secret_key="only for tests"))
    for lang, told in (("tr", "karne template survey"), ("en", "declare the wave")):
        answer = app.server.test_client().get(f"/memnuniyet?lang={lang}")
        assert answer.status_code == 200
        assert told in " ".join(Reading(answer.text).words)


def test_small_numbers_are_told_as_they_are() -> None:
    turkish, english = Words("tr"), Words("en")
    assert (p_text(0.0004, turkish), p_text(0.0004, english)) == ("< 0,001", "< 0.001")
    assert p_text(0.0412, turkish) == "0,041"
    assert points(0.0531, turkish, signed=True) == "+5,3 puan"
    assert points(-0.0531, english, signed=True) == "−5.3 points"
    assert points(0.0001, turkish, signed=True) == "0,0 puan"
    assert range_text(0.391, 0.514, turkish) == "%39,1–%51,4"


def test_a_question_names_itself_where_a_service_has_several(data: Data) -> None:
    surveys = data.catalog.surveys
    own = surveys.asked(2026)["cleaning"]
    second = replace(own, item_id="street_cleaning", label_tr="Sokak temizliği", label_en="Street cleaning")
    both = replace(surveys, questions={**surveys.questions, (own.wave_id, second.item_id): second})
    catalog = replace(data.catalog, surveys=both)
    words = Words("tr")
    assert service_name(data.catalog, own, words) == "Temizlik ve atık"
    assert [service_name(catalog, one, words) for one in (own, second)] == [
        "Temizlik ve çöp",
        "Sokak temizliği",
    ]
    assert service_name(catalog, surveys.asked(2026)["roads"], words) == "Yol ve kaldırım"


def test_a_difference_whose_interval_leaves_out_zero_may_be_sampling_error(
    data: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    """The interval is of two cities, the verdict of all pairs: the sentence follows the verdict."""
    found = mart.execute(
        "SELECT pair.city_a, pair.city_b, pair.item_id FROM mart.survey_pair AS pair "
        "JOIN mart.dim_item AS item ON item.item_id = pair.item_id AND item.wave_id = 'ornek_2026' "
        "WHERE pair.year = 2026 AND item.aspect = 'satisfaction' AND low > 0 AND p_holm > 0.2 ORDER BY ALL"
    ).fetchone()
    assert found is not None
    told = block(shown(data, kent=found[0], diger=found[1], hizmet=found[2]), "pair").headline
    assert "örneklem hatası içinde" in told
    assert "anlamlı" not in told


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_sentence_description_and_table_says_synthetic(data: Data, lang: str) -> None:
    word = Words(lang)("source.synthetic")
    found = shown(data, lang=lang)
    assert len(found.blocks) == len(BLOCKS)
    for one in found.blocks:
        assert word in one.headline, one.id
        assert one.frame is not None
        assert word in one.frame.caption, one.id
        assert one.chart is None or word in one.chart.alt, one.id


def test_the_city_that_cannot_be_compared_is_the_one_named(data: Data) -> None:
    """A weak figure that is compared all the same is not the reason; the open link beside it is."""
    found = rows(shown(data, kent="bartin", diger=OPEN_LINK, hizmet="social_support"), "pair")
    row = next(row for row in found if row["item_id"] == "social_support")
    assert row["share_status"] == "low_reliability"
    told = block(shown(data, kent="bartin", diger=OPEN_LINK, hizmet="social_support"), "pair").headline
    assert "İzmir/Bornova: açık bağlantı" in told


def test_the_wave_of_a_city_is_the_one_the_estimates_stand_for(data: Data) -> None:
    """A draft comes last in the catalogue as it does in the build."""
    surveys = data.catalog.surveys
    big = surveys.waves["ornek_2026"]
    drafted = replace(surveys, waves={**surveys.waves, "ornek_2026": replace(big, state="draft")})
    assert surveys.of_year(2026)[0].wave_id == "ornek_2026"
    assert [wave.wave_id for wave in drafted.of_year(2026)][-1] == "ornek_2026"
