"""Veri: search that folds Turkish letters, filters, and the files behind every row."""

import csv
import io

import pytest
from flask.testing import FlaskClient

from dashboard import fold
from dashboard.data import Data
from dashboard.state_catalogue import CatalogueState
from dashboard.views.catalogue import find, view
from etl import turkish
from tests.reading import Reading


def asked(data: Data, **query: str) -> CatalogueState:
    return CatalogueState.parse(query, data.catalog)


def ids(data: Data, **query: str) -> list[str]:
    return [indicator.indicator_id for indicator in find(data.catalog, asked(data, **query)).indicators]


# ---------------------------------------------------------------------------------------- folding


@pytest.mark.parametrize("text", ["izmir", "IZMIR", "İZMİR", "ızmır", "I\u0307zmir", "İzmi\u0307r"])
def test_spellings_of_one_word_fold_alike(text: str) -> None:
    assert fold.fold(text) == "izmir"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ÇÖP", "cop"), ("Ağrı Dağı", "agri dagi"), ("ŞIRNAK", "sirnak"), ("Hakkâri", "hakkari"), ("Ü", "u")],
)
def test_turkish_letters_fold_to_plain_ones(text: str, folded: str) -> None:
    assert fold.fold(text) == folded


def test_queries_fold_as_the_stored_keys_were(data: Data) -> None:
    """The ETL folded search_key; a query folded otherwise would miss it."""
    texts = [
        text
        for i in data.catalog.indicators.values()
        for text in (i.label_tr, i.label_en, i.summary_tr, *i.synonyms)
    ] + [city.name_tr for city in data.catalog.cities.values()]
    assert len(texts) > 500
    for text in (*texts, *(text.upper() for text in texts), "İIıŞşÇçĞğÖöÜüÂâÎîÛûé"):
        assert fold.fold(text) == turkish.search_key(text), text


def test_words_match_from_their_beginning() -> None:
    assert fold.matches(["cop"], "temizlik cop")
    assert not fold.matches(["cop"], "scope")
    assert fold.matches(["tem", "co"], "temizlik cop")
    assert not fold.matches(["tem", "x"], "temizlik cop")


# ----------------------------------------------------------------------------------------- search


@pytest.mark.parametrize("text", ["cop", "çöp", "ÇÖP", "temizlik", "TEMİZLİK", "refuse"])
def test_synonyms_find_the_indicator(data: Data, text: str) -> None:
    assert "satisfaction_cleaning" in ids(data, ara=text)


def test_letters_make_no_difference(data: Data) -> None:
    assert ids(data, ara="cop") == ids(data, ara="çöp") == ids(data, ara="ÇÖP") != []


def test_every_label_and_synonym_finds_its_indicator(data: Data) -> None:
    for indicator in data.catalog.indicators.values():
        terms = (indicator.label_tr, indicator.label_en, *indicator.synonyms, indicator.indicator_id)
        for term in terms:
            assert indicator.indicator_id in ids(data, ara=term), term


def test_names_come_before_synonyms(data: Data) -> None:
    found = ids(data, ara="temizlik")
    assert found[0] == "satisfaction_cleaning"
    assert len(found) > 1


@pytest.mark.parametrize("text", ["izmir", "IZMIR", "İZMİR", "ızmır", "bornova"])
def test_a_city_leads_to_its_comparison(client: FlaskClient, text: str) -> None:
    page = client.get("/veri", query_string={"ara": text}).text
    assert 'href="/karsilastir?kent=izmir-bornova"' in page


def test_a_city_and_an_indicator_are_found_together(client: FlaskClient) -> None:
    page = client.get("/veri", query_string={"ara": "muş işsizlik"}).text
    assert 'href="/gosterge/unemployment_rate"' in page
    assert 'href="/karsilastir?gosterge=unemployment_rate&amp;kent=mus"' in page


def test_a_province_without_a_pilot_is_not_passed_over(data: Data, client: FlaskClient) -> None:
    found = find(data.catalog, asked(data, ara="kocaeli"))
    assert (found.cities, [city.city_id for city in found.provinces]) == ((), ["tr-41"])
    assert 'href="/karsilastir?grup=provinces"' in client.get("/veri?ara=kocaeli").text


# ---------------------------------------------------------------------------- nothing, and filters


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    read = Reading(client.get("/veri?ara=temzlik").text)
    assert read.tables == []
    text = client.get("/veri?ara=temzlik").text
    assert 'data-soft href="/veri?ara=temizlik"' in text
    assert 'data-soft href="/veri"' in text


@pytest.mark.parametrize("text", ["%%%", "???", "日本", "x" * 500, "' OR 1=1 --", "\u0000"])
def test_odd_searches_are_answered(client: FlaskClient, text: str) -> None:
    assert client.get("/veri", query_string={"ara": text}).status_code == 200


def test_a_search_is_text(client: FlaskClient) -> None:
    page = client.get("/veri", query_string={"ara": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_filters_narrow_and_are_offered_back(data: Data) -> None:
    themes = {i: data.catalog.indicators[i].theme_id for i in ids(data, alan="environment")}
    assert set(themes.values()) == {"environment"}
    assert "satisfaction_cleaning" in themes
    assert ids(data, kaynak="tuik_adnks") == ["population"]
    assert ids(data, ara="nüfus", alan="housing") == []
    block = view(data, asked(data, ara="nüfus", alan="prices")).blocks[1]
    assert "/veri?ara=n%C3%BCfus" in block.body


@pytest.mark.parametrize(
    ("name", "key"), [("alan", "notice.unknown_alan"), ("kaynak", "notice.unknown_kaynak")]
)
def test_an_unknown_filter_is_dropped_with_a_notice(data: Data, name: str, key: str) -> None:
    state = asked(data, **{name: "nowhere"})
    assert state.notices == (key,)
    assert len(find(data.catalog, state).indicators) == len(data.catalog.indicators)
    assert state.query() == {}


def test_the_search_field_works_as_a_form(client: FlaskClient) -> None:
    page = client.get("/veri?ara=nüfus&lang=en").text
    assert '<input class="form-control field" type="search" name="ara" value="nüfus"' in page
    assert '<input type="hidden" name="lang" value="en">' in page


# ------------------------------------------------------------------------------------------- list


def test_all_indicators_are_listed_with_their_facts(data: Data) -> None:
    frame = view(data, asked(data)).blocks[1].frame
    assert frame
    assert {row["indicator_id"] for row in frame} == set(data.catalog.indicators)
    by_id = {row["indicator_id"]: row for row in frame}
    assert by_id["population"]["periods"] == "2007–2025"
    assert by_id["cpi"]["next"] == "3 Aralık 2025 (gecikti)"
    assert by_id["life_index"]["next"] == "planlanmadı"
    assert by_id["satisfaction_cleaning"]["last"] == "22 Ocak 2016"


def test_a_row_downloads_every_place_and_period(client: FlaskClient, data: Data) -> None:
    frame = view(data, asked(data, ara="nüfus", lang="en")).blocks[1].frame
    assert frame
    row = next(row for row in frame if row["indicator_id"] == "population")
    href = next(href for label, href, _ in row["files"] if label == "CSV")
    answer = client.get(href)
    assert answer.status_code == 200
    got = {(r["place_id"], r["period"]): r for r in csv.DictReader(io.StringIO(answer.text, newline=""))}
    facts = data.rows("indicator_data", indicator_id="population")
    assert len(got) == len(facts) > 1900
    for fact in facts:
        written = got[fact["city_id"], fact["period"]]["value"]
        assert (float(written) if written else None) == fact["value"]
    assert got["bartin", "2025"]["level"] == "province value"
