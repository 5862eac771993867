"""What every page owes, whichever there are: ids, first HTML, words, numbers, figures, files that agree."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import brotli
import openpyxl
import plotly.graph_objects as go
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import numbers
from dashboard.callbacks.routing import match
from dashboard.data import Data
from dashboard.page import Block, Page, View
from dashboard.pages import PAGES
from dashboard.text import Words
from tests.addresses import addresses, paths, variables
from tests.reading import Reading, ids_in, strings

UPDATE = "/_dash-update-component"
LANGUAGES = ("tr", "en")
CASES = [(path, lang) for page in PAGES for path in paths(page) for lang in LANGUAGES]
FIRST_HTML = 60 * 1024
ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
each_page = pytest.mark.parametrize(("path", "lang"), CASES)

# ------------------------------------------------------------------------------------------ ids


def layout_ids(client: FlaskClient, path: str, search: str = "") -> list[str]:
    """Ids of the page's layout, as the browser receives it."""
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": ["url.pathname"],
    }
    answer = client.post(UPDATE, json=body)
    assert answer.status_code == 200
    return ids_in(answer.json["response"]["page"]["children"])  # type: ignore[index]


def wanted_ids(app: Dash) -> dict[str, set[str]]:
    """Ids each page's callbacks listen to or write, by page."""
    wanted: dict[str, set[str]] = {page.name: set() for page in PAGES}
    for output, registered in app.callback_map.items():
        parts = [one.rsplit(".", 1)[0] for one in output.strip(".").split("...")]
        parts += [one["id"] for one in (*registered["inputs"], *registered["state"])]
        for name in parts:
            owner = name.split("-")[0]
            if owner in wanted:
                wanted[owner].add(name)
            else:
                assert name in ("page", "url")
    return wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_id_of_a_callback_exists_in_every_state(
    app: Dash, client: FlaskClient, data: Data, page: Page
) -> None:
    """A missing id is an error in the browser's console, or a control that does nothing."""
    wanted = wanted_ids(app)[page.name]
    assert wanted
    skeleton = ids_in(json.loads(json.dumps(app.validation_layout, default=lambda c: c.to_plotly_json())))
    assert wanted <= set(skeleton)
    assert len(skeleton) == len(set(skeleton))
    for address in list(addresses(page, data.catalog))[:400]:
        path, _, query = address.partition("?")
        found = layout_ids(client, path, f"?{query}")
        assert wanted - set(found) == set(), address
        assert len(found) == len(set(found)), address


def test_pages_have_names_and_addresses_of_their_own() -> None:
    for attribute in ("name", "path", "order"):
        values = [getattr(page, attribute) for page in PAGES]
        assert len(set(values)) == len(values)
    assert all("-" not in page.name for page in PAGES)


# ----------------------------------------------------------------------------------- first HTML


@each_page
def test_first_html_reads_without_scripts(client: FlaskClient, path: str, lang: str) -> None:
    answer = client.get(path, query_string={"lang": lang}, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= FIRST_HTML
    read = Reading(brotli.decompress(answer.data).decode("utf-8"))
    assert read.lang == lang
    assert read.title.endswith("Kent Karnesi")
    assert len(read.title) > len("Kent Karnesi")
    assert len(read.h1) == 1
    assert read.h1[0].strip()
    assert any(headline.strip() for headline in read.headlines)
    assert any(len(table) > 1 for table in read.tables)
    assert read.meta["description"]
    assert read.meta["og:title"] == read.title
    assert len(read.ids) == len(set(read.ids))


@each_page
def test_alternates_name_the_same_state(client: FlaskClient, path: str, lang: str) -> None:
    read = Reading(client.get(path, query_string={"lang": lang}).text)
    links = {link.get("hreflang", link["rel"]): link["href"] for link in read.links if link["rel"] != "icon"}
    assert links["canonical"] == links[lang]
    for language in LANGUAGES:
        assert links[language].startswith("https://karne.example/")
        other = client.get(links[language].removeprefix("https://karne.example"))
        assert Reading(other.text).lang == language


@each_page
def test_both_languages_show_the_same_figures(client: FlaskClient, path: str, lang: str) -> None:
    """A translation that loses a row, a column or a number is noticed."""
    own = Reading(client.get(path, query_string={"lang": lang}).text)
    turkish = Reading(client.get(path).text)
    shapes = [[[len(row) for row in table] for table in read.tables] for read in (own, turkish)]
    assert shapes[0] == shapes[1]
    assert len(own.headlines) == len(turkish.headlines)
    assert own.options.keys() == turkish.options.keys()


# --------------------------------------------------------------------------- words and numbers


def spoken(client: FlaskClient, data: Data, path: str, lang: str) -> list[str]:
    """Every piece of text of a page and of its figures."""
    read = Reading(client.get(path, query_string={"lang": lang}).text)
    pieces = [*read.words, read.title, *read.meta.values()]
    page, given = match(PAGES, path)
    for block in page.view(data, page.parse({**given, "lang": lang}, data.catalog)).blocks:
        figure = strings(block.chart.figure) if block.chart else []
        pieces += [one for one in figure if not one.startswith(("@", "/"))]
    # %{customdata} is plotly's own grammar, not a word.
    return [re.sub(r"%\{\w+\}", "", piece) for piece in pieces]


@each_page
def test_percent_signs_stand_where_the_language_puts_them(
    client: FlaskClient, data: Data, path: str, lang: str
) -> None:
    wrong = r"\d\s?%" if lang == "tr" else r"%\s?\d"
    assert [piece for piece in spoken(client, data, path, lang) if re.search(wrong, piece)] == []


@pytest.mark.parametrize("path", sorted({path for path, _ in CASES}))
def test_no_turkish_number_is_abbreviated_with_an_english_letter(
    client: FlaskClient, data: Data, path: str
) -> None:
    """B stands for billion in English and for thousand (bin) to a Turkish eye."""
    pieces = spoken(client, data, path, "tr")
    assert [piece for piece in pieces if re.search(r"\d\s?[kKMGB]\b", piece)] == []


@each_page
def test_no_word_is_missing(client: FlaskClient, data: Data, path: str, lang: str) -> None:
    """Placeholders left open, keys instead of words, Python's own words."""
    known = r"\bnan\b|\{\w+\}|^\w+\.\w+_\w+$" + (r"|\b(None|True|False)\b" if lang == "tr" else "")
    assert [piece for piece in spoken(client, data, path, lang) if re.search(known, piece)] == []


@each_page
def test_numbers_are_written_as_the_language_does(client: FlaskClient, path: str, lang: str) -> None:
    """No decimal point in a Turkish number cell, no decimal comma in an English one; true minus signs."""
    read = Reading(client.get(path, query_string={"lang": lang}).text)
    cells = [cell.strip() for table in read.tables for row in table[1:] for cell in row[1:]]
    values = [cell for cell in cells if re.fullmatch(r"[%₺\-−+]*\d[\d.,]*%?(\s₺)?", cell)]
    # A budget code such as 46.1.2.02 is no number.
    values = [value for value in values if not re.fullmatch(r"\d\d(\.\d{1,2}){2,}", value)]
    group, decimal = (".", ",") if lang == "tr" else (",", ".")
    well = re.compile(
        rf"[%₺+−]*(\d{{1,3}}({re.escape(group)}\d{{3}})*|\d{{4}})({re.escape(decimal)}\d+)?%?(\s₺)?\.?"
    )
    assert [value for value in values if not well.fullmatch(value)] == []


def turkish(name: str) -> list[int]:
    """A sort key by the Turkish alphabet, independent of the warehouse's."""
    lowered = name.replace("I", "ı").replace("İ", "i").lower()
    return [ALPHABET.index(letter) for letter in lowered if letter in ALPHABET]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cities_stand_in_turkish_order(client: FlaskClient, lang: str) -> None:
    options = Reading(client.get(f"/karsilastir?lang={lang}").text).options["kent"]
    assert options == sorted(options, key=turkish)
    assert len(options) >= 20


def test_turkish_order_is_known(client: FlaskClient) -> None:
    options = Reading(client.get("/karsilastir").text).options["kent"]
    wanted = ["Eskişehir", "İstanbul/Ataşehir", "İstanbul/Kartal", "İzmir/Bornova", "Kayseri", "Kırklareli"]
    assert [name for name in options if name in wanted] == wanted


# -------------------------------------------------------------------------------------- figures


@cache
def validated(text: str) -> bool:
    go.Figure(json.loads(text))
    return True


def drawable(figure: Any) -> str:
    """The figure as plotly sees it: tokens are colours or addresses by then."""
    text = json.dumps(figure)
    text = re.sub(r'"@url-[\w-]+"', '"/static/x.geojson"', text)
    return re.sub(r'"@[\w-]+"', '"#123456"', text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_figures_are_valid(data: Data, page: Page) -> None:
    drawn = 0
    for given in variables(page):
        state = page.parse({**given, "grup": "provinces"}, data.catalog)
        for block in page.view(data, state).blocks:
            if block.chart:
                assert validated(drawable(json.loads(json.dumps(block.chart.figure))))
                assert block.chart.alt
                assert block.chart.height > 0
                drawn += 1
    assert bool(drawn) == bool(page.graphs)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_chart_is_a_registered_graph_with_a_twin(data: Data, page: Page) -> None:
    for given, lang in product(variables(page), LANGUAGES):
        for block in page.view(data, page.parse({**given, "lang": lang}, data.catalog)).blocks:
            if block.chart:
                assert block.id in page.graphs
                assert block.frame
                assert len(block.frame)
                assert block.measure or block.headline
                assert block.source


def views(data: Data, query: dict[str, str]) -> Iterator[tuple[Page, View]]:
    for page in PAGES:
        for given in variables(page):
            yield page, page.view(data, page.parse({**given, **query}, data.catalog))


def test_no_colour_of_a_figure_is_fixed(data: Data) -> None:
    """A colour that is no token would be wrong in the dark."""
    for page, view in views(data, {}):
        for block in view.blocks:
            texts = strings(block.chart.figure) if block.chart else []
            fixed = [one for one in texts if re.fullmatch(r"#[0-9a-fA-F]{3,8}|rgba?\([^)]*\)", one)]
            assert {one.replace(" ", "") for one in fixed} <= {"rgba(0,0,0,0)"}, (page.name, block.id)


def test_marks_stand_at_their_frames_values(data: Data) -> None:
    """Every bar with an id is as long as its row's value; every row with a value has a mark somewhere."""
    bars = 0
    for _, view in views(data, {}):
        for block in view.blocks:
            for trace in block.chart.figure["data"] if block.chart else []:
                if trace.get("type") != "bar" or "ids" not in trace or not block.frame:
                    continue
                values = {row["city_id"]: row["value"] for row in block.frame}
                assert dict(zip(trace["ids"], trace["x"], strict=True)).items() <= values.items()
                bars += len(trace["ids"])
    assert bars > 10


# ------------------------------------------------------------------------- one figure everywhere

SAME = [
    ("satisfaction_cleaning", "tr"),
    ("unemployment_rate", "tr"),
    ("unemployment_rate", "en"),
    ("population", "tr"),
    ("population", "en"),
    ("sege_score", "tr"),
    ("life_index", "en"),
]


@pytest.mark.parametrize(("indicator_id", "lang"), SAME)
def test_one_figure_is_the_same_everywhere(
    client: FlaskClient, data: Data, indicator_id: str, lang: str
) -> None:
    """Warehouse, chart, table twin, headline, both CSV files and the workbook."""
    lead = data.catalog.pilots[0]
    indicator = data.catalog.indicators[indicator_id]
    rows = data.rows(
        "city_values", indicator_id=indicator_id, period=indicator.latest, kinds=["municipality"]
    )
    value = next(row["value"] for row in rows if row["city_id"] == lead.city_id)
    shown = numbers.with_unit(value, indicator.decimals, indicator.unit_symbol, lang)

    query = {"gosterge": indicator_id, "kent": lead.city_id, "grup": "pilots", "lang": lang}
    read = Reading(client.get("/karsilastir", query_string=query).text)
    assert shown in read.headlines[0]
    name = lead.name_tr if lang == "tr" else lead.name_en
    twin = next(row for row in read.tables[0] if any(cell.startswith(name) for cell in row))
    assert any(cell.strip().startswith(shown) for cell in twin)

    def file(kind: str) -> Any:
        return client.get(f"/indir/compare/ranking.{kind}", query_string=query).data

    for kind, delimiter, point in (("csv", ",", "."), ("excel", ";", ",")):
        text = file(kind).decode("utf-8-sig")
        found = {row[0]: row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)}
        assert repr(value).removesuffix(".0").replace(".", point) in found[lead.city_id]
    sheet = openpyxl.load_workbook(io.BytesIO(file("xlsx"))).worksheets[0]
    cells = next(row for row in sheet.iter_rows(values_only=True) if row[0] == lead.city_id)
    assert pytest.approx(value, rel=1e-15) in [cell for cell in cells if isinstance(cell, (int, float))]

    compare = next(page for page in PAGES if page.name == "compare")
    block = compare.view(data, compare.parse(query, data.catalog)).blocks[0]
    assert block.chart
    trace = block.chart.figure["data"][0]
    assert dict(zip(trace["ids"], trace["x"], strict=True))[lead.city_id] == value


def district_rows(block: Block, data: Data) -> Iterator[dict[str, Any]]:
    """Rows of a frame that show a district a figure of its province."""
    cities = data.catalog.cities
    for row in block.frame or ():
        city = cities.get(row.get("city_id", ""))
        if city and city.legal_type == "district" and row.get("value_level") == "province":
            yield row


@pytest.mark.parametrize(("lang", "mark"), [("tr", "il değeri"), ("en", "province value")])
@pytest.mark.parametrize("group", ["pilots", "type"])
def test_a_province_value_of_a_district_says_so_in_every_frame(
    data: Data, lang: str, mark: str, group: str
) -> None:
    seen = 0
    for indicator_id in ("satisfaction_cleaning", "population", "life_index"):
        query = {"lang": lang, "grup": group, "kent": "izmir-bornova", "gosterge": indicator_id}
        for page, view in views(data, query):
            for block in view.blocks:
                assert block.frame is None or isinstance(block.frame.caption, str)
                for row in district_rows(block, data):
                    texts = strings(row.get("level", "")) + strings(row.get("badges", ()))
                    assert any(mark in text for text in texts), (page.name, block.id, row["city_id"])
                    assert mark in row["level"], (page.name, block.id, "level is the column of the file")
                    seen += 1
    assert seen > 10


def test_words_of_a_page_exist_in_the_menu() -> None:
    for lang, page in product(LANGUAGES, PAGES):
        assert Words(lang)(f"menu.{page.name}")


def test_a_view_is_a_function_of_its_state(data: Data) -> None:
    """Equal states give equal views: caches and shared links depend on it."""
    build: Callable[[], list[str]] = lambda: [  # noqa: E731
        json.dumps([block.headline, block.chart.figure if block.chart else None])
        for _, view in views(data, {})
        for block in view.blocks
    ]
    assert build() == build()
