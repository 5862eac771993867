"""Yöntem: complete in both languages, every anchor reached, every number taken from the data."""

import re

import pytest
from flask.testing import FlaskClient

from dashboard.components.symbols import STATES
from dashboard.data import Data
from dashboard.state import PlainState
from dashboard.text import Words
from dashboard.views.method import SECTIONS, view
from tests.reading import Reading

LANGUAGES = ("tr", "en")
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def bodies(data: Data, lang: str) -> dict[str, str]:
    blocks = view(data, PlainState(lang=lang)).blocks
    return {block.id: re.sub(r"<[^>]+>", "", block.body) for block in blocks}


@each_language
def test_every_section_is_there_and_reached(client: FlaskClient, lang: str) -> None:
    text = client.get("/yontem", query_string={"lang": lang}).text
    read = Reading(text)
    assert "erisilebilirlik" in SECTIONS
    for name in SECTIONS:
        assert read.ids.count(name) == 1
        assert f'<a href="#{name}">{Words(lang)(f"method.{name}")}</a>'.replace("'", "&#39;") in text


def test_both_languages_say_as_much(data: Data) -> None:
    """No section is empty, and none is a stub of the other language's."""
    turkish, english = bodies(data, "tr"), bodies(data, "en")
    assert list(turkish) == list(english) == ["icindekiler", *SECTIONS]
    for name in SECTIONS:
        assert len(turkish[name]) > 100
        assert 0.6 < len(turkish[name]) / len(english[name]) < 1.5, name


@each_language
def test_numbers_come_from_the_data(data: Data, lang: str) -> None:
    text = bodies(data, lang)
    positions = data.rows("roster")
    unnamed = sum(position["state"] == "unnamed" for position in positions)
    for count in filter(None, (len(positions), len(positions) - unnamed, unnamed)):
        assert re.search(rf"\b{count}\b", text["program"])
    for city in data.catalog.pilots:
        assert getattr(city, f"name_{lang}") in text["program"]
    # TÜİK, İllerde Yaşam Endeksi 2015: 41 indicators, nine of them reversed, in 11 dimensions.
    assert [int(n) for n in re.findall(r"\b(41|11|9)\b", text["endeks"])][:4] == [41, 11, 11, 9]
    changed = [city for city in data.catalog.pilots if city.legal_type_since == 2014]
    assert len(changed) >= 5
    assert all(getattr(city, f"name_{lang}") in text["sinirlar"] for city in changed)


def test_the_example_is_the_mart_s(data: Data) -> None:
    text = bodies(data, "tr")["endeks"]
    found = re.search(
        r"Örneğin (\S+) \(Yaşam endeksi\) (\d+)\. sıradadır; .*? (\d+)\. ile (\d+)\. sıra", text
    )
    assert found
    city = next(c for c in data.catalog.cities.values() if c.kind == "province" and c.name_tr == found[1])
    rows = data.rows("city_values", indicator_id="life_index", period="2015", kinds=["province"])
    row = next(row for row in rows if row["city_id"] == city.city_id)
    assert [int(found[i]) for i in (2, 3, 4)] == [row["rank"], row["rank_low"], row["rank_high"]]


@each_language
def test_lists_are_whole(data: Data, lang: str) -> None:
    blocks = {block.id: block for block in view(data, PlainState(lang=lang)).blocks}
    for indicator_id in data.catalog.indicators:
        assert f'/gosterge/{indicator_id}{"?lang=en" if lang == "en" else ""}"' in blocks["gostergeler"].body
    sources = blocks["kaynaklar"].frame
    assert sources
    assert {row["source_id"] for row in sources} == {i.source_id for i in data.catalog.indicators.values()}
    assert sum(row["indicator_count"] for row in sources) == len(data.catalog.indicators)
    for status in STATES:
        assert Words(lang)(f"status.{status}") in blocks["durumlar"].body


@each_language
def test_every_link_of_the_page_leads_somewhere(client: FlaskClient, lang: str) -> None:
    text = client.get("/yontem", query_string={"lang": lang}).text
    inside = {href.replace("&amp;", "&") for href in re.findall(r'href="(/[^"]*)"', text)}
    pages = {href for href in inside if not href.startswith(("/static", "/indir"))}
    assert len(pages) > 60
    assert [href for href in sorted(pages) if client.get(href).status_code != 200] == []


def test_the_accessibility_statement_tells_its_limits(data: Data) -> None:
    for lang, words in (("tr", ("WCAG", "AA", "Bilinen sınırlar")), ("en", ("WCAG", "AA", "Known limits"))):
        text = bodies(data, lang)["erisilebilirlik"]
        assert all(word in text for word in words)
