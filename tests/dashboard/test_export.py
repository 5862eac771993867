"""Downloads: every format of every block holds the rows and values of the view it was asked from."""

import csv
import datetime as dt
import io
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.data import Data
from dashboard.export.csv_file import EXCEL, MACHINE, csv_bytes
from dashboard.export.names import stem
from dashboard.export.stamp import stamped
from dashboard.export.table import Table, neutral, plain, table
from dashboard.frame import Column, Frame
from dashboard.page import Block, Page
from dashboard.pages import PAGES
from dashboard.state import address
from dashboard.text import Words
from tests.addresses import variables
from tests.reading import read_csv, read_xlsx

RANKING = "/indir/compare/ranking"


def blocks(data: Data, lang: str) -> Iterator[tuple[Page, dict[str, str], Block]]:
    """Every block with a frame of every page in its default state."""
    for page in PAGES:
        for given in variables(page):
            query = {**given, "lang": lang}
            for block in page.view(data, page.parse(query, data.catalog)).blocks:
                if block.frame:
                    yield page, query, block


def comparable(cell: Any) -> Any:
    """A cell of any format as a number if it is one, otherwise as text."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_format_of_every_block_equals_its_frame(data: Data, client: FlaskClient, lang: str) -> None:
    seen = 0
    for page, query, block in blocks(data, lang):
        assert block.frame
        made = table(stamped(block.frame, data.catalog, Words(lang)), Words(lang))
        wanted = [[comparable(cell) for cell in row] for row in made.rows]
        titles = [field.title for field in made.fields]
        assert len(set(titles)) == len(titles), f"{page.name}/{block.id}: two columns of one name"
        assert len(made.rows) == len(block.frame)
        files = {
            kind: client.get(address(f"/indir/{page.name}/{block.id}.{kind}", query))
            for kind in ("csv", "excel", "xlsx")
        }
        assert {kind: file.status_code for kind, file in files.items()} == dict.fromkeys(files, 200)
        machine = read_csv(files["csv"].data, ",")
        excel = read_csv(files["excel"].data, ";")
        workbook = read_xlsx(files["xlsx"].data)
        assert machine[0] == excel[0] == workbook[0] == titles
        assert [[comparable(cell) for cell in row] for row in machine[1:]] == wanted
        for own, other in zip(wanted, workbook[1:], strict=True):
            # A workbook holds sixteen digits of a number.
            assert [comparable(cell) for cell in other] == [
                pytest.approx(cell, rel=1e-15) if isinstance(cell, float) else cell for cell in own
            ]
        for own, other in zip(machine[1:], excel[1:], strict=True):
            for field, plain_cell, excel_cell in zip(made.fields, own, other, strict=True):
                is_number = field.datatype in ("number", "integer")
                assert excel_cell == (plain_cell.replace(".", ",") if is_number else plain_cell)
        seen += 1
    assert seen >= 4


def test_values_are_those_of_the_warehouse(data: Data, client: FlaskClient) -> None:
    """The frame is checked above; this goes past it, to the rows the ETL wrote."""
    known = {
        row["city_id"]: row["value"]
        for row in data.rows(
            "city_values", indicator_id="satisfaction_cleaning", period="2013", kinds=["province"]
        )
    }
    answer = client.get(f"{RANKING}.csv?gosterge=satisfaction_cleaning&grup=provinces")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(known) == 81
    assert {row["yer_kodu"]: float(row["deger"]) for row in rows} == known


def test_a_province_value_says_so(data: Data, client: FlaskClient) -> None:
    """A district has no figure of its own here: whoever opens the file must see whose figure it is."""
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RANKING}.csv?grup=pilots").text)))
    districts = [row for row in rows if data.catalog.cities[row["yer_kodu"]].legal_type == "district"]
    assert districts
    assert {row["duzey"].split(":")[0] for row in districts} == {"il değeri"}
    assert all(row["degerin_olculdugu_yer"] != row["yer"] for row in districts)


def test_a_province_value_says_so_in_the_scorecards_file(data: Data, client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/indir/overview/scorecard.csv").text)))
    city = data.catalog.cities
    districts = [row for row in rows if city[row["yer_kodu"]].legal_type == "district"]
    assert districts
    assert all("il değeri" in row["duzey"] for row in districts)


def test_a_missing_value_is_an_empty_cell_beside_its_state() -> None:
    frame = Frame(
        columns=(
            Column("city_id", "place_id"),
            Column("value", "value", "value", decimals=1),
            Column("status", "status", "status"),
            Column("theme", "Theme", "heat"),
        ),
        rows=(
            {"city_id": "a", "value": None, "status": "suppressed", "theme_status": "not_published"},
            {"city_id": "b", "value": 0.0, "theme": 1.5, "theme_status": "provisional"},
        ),
    )
    words = Words("en")
    made = table(frame, words)
    assert [field.title for field in made.fields] == ["place_id", "value", "status", "Theme", "Theme (state)"]
    assert made.rows == (
        ("a", None, words("status.suppressed"), None, words("status.not_published")),
        ("b", 0.0, words("status.measured"), 1.5, words("status.provisional")),
    )
    assert read_csv(csv_bytes(made, MACHINE), ",")[1][1] == ""
    assert read_csv(csv_bytes(made, EXCEL), ";")[2][1] == "0"


def test_what_the_screen_reads_from_neighbours_is_written_out() -> None:
    columns = (
        Column("value_ci", "Interval", "interval"),
        Column("rank", "Rank", "rank"),
        Column("spark", "Trend", "spark"),
    )
    rows = ({"value_ci_low": 1.25, "value_ci_high": 2.5, "rank": 3, "rank_low": 2.0, "rank_high": 5.0},)
    made = table(Frame(columns, rows), Words("en"))
    assert [field.name for field in made.fields] == [
        "value_ci_low", "value_ci_high", "rank", "rank_low", "rank_high",
    ]  # fmt: skip
    assert made.rows == ((1.25, 2.5, 3, 2.0, 5.0),)


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a", "﹣1"),
        *("\t=1", "\r=1", "\n-x", "  =1", "\u00a0=1", "\ufeff=1", "\u200b+1"),
    ],
)
def test_formulas_are_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"
    frame = Frame((Column("a", text),), ({"a": text},))
    made = table(frame, Words("tr"))
    assert made.rows[0][0] == made.fields[0].title == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", " ", "Adana", "a=b", "−5 (true minus)", "– yok", "1.5", "(=1)", "'=1", "\u200b"]
)
def test_plain_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_negative_numbers_stay_numbers(client: FlaskClient) -> None:
    """SEGE scores are negative for half of the provinces; an apostrophe would make them text."""
    query = "?gosterge=sege_score&grup=provinces"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{RANKING}.csv{query}").text)))
    negative = [row for row in rows if row["deger"].startswith("-")]
    assert len(rows) == 81
    assert 20 < len(negative) < 70
    sheet = read_xlsx(client.get(f"{RANKING}.xlsx{query}").data)
    column = sheet[0].index("deger")
    assert all(isinstance(row[column], float) for row in sheet[1:])
    assert sum(row[column] < 0 for row in sheet[1:]) == len(negative)


def test_cells_are_plain_python() -> None:
    assert plain(np.float64("nan")) is None
    assert plain(float("inf")) is None
    assert plain(np.int64(3)) == 3
    assert isinstance(plain(np.int64(3)), int)
    assert plain(["a", "b"]) == "a; b"
    assert plain(dt.datetime(2026, 11, 22, 1, 30)) == "2026-11-22 01:30:00"  # noqa: DTZ001
    assert plain(dt.date(2026, 11, 22)) == dt.date(2026, 11, 22)


def test_numbers_keep_their_full_precision() -> None:
    value = 0.1 + 0.2
    made = table(Frame((Column("v", "v", "value", decimals=1),), ({"v": value},)), Words("tr"))
    assert float(read_csv(csv_bytes(made, MACHINE), ",")[1][0]) == value
    assert read_csv(csv_bytes(made, EXCEL), ";")[1][0] == "0,30000000000000004"


def test_no_cell_of_a_workbook_is_a_formula(client: FlaskClient) -> None:
    for kind in ("ranking", "distribution"):
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"/indir/compare/{kind}.xlsx?grup=pilots").data))
        assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_names_stay_ascii_and_short() -> None:
    rows = tuple({"indicator_id": "x" * 300, "period": str(year)} for year in range(2007, 2026))
    made = stem("Karşılaştır", "ranking", Frame((), rows))
    assert made.isascii()
    assert len(made) <= 120
    spanned = stem("Karşılaştır", "series", Frame((), tuple({"period": str(y)} for y in (2025, 2007, 2010))))
    assert spanned.endswith("_2007-2025")


def test_many_rows_are_written_fast() -> None:
    rows = tuple(
        {"city_id": f"belediye-{i}", "value": i / 7, "status": "measured", "period": "2025", "n": i}
        for i in range(33_000)
    )
    columns = (
        Column("value", "value", "value"),
        Column("status", "status", "status"),
        *(Column(key, key) for key in ("city_id", "period", "n", *"abcdefghij")),
    )
    start = time.perf_counter()
    raw = csv_bytes(table(Frame(columns, rows), Words("tr")), EXCEL)
    spent = time.perf_counter() - start
    assert raw.count(b"\r\n") == 33_001
    assert spent < 5, "some work grows faster than the rows"  # 0.4 s on one core of a plain machine


def test_a_frame_without_rows_is_a_heading() -> None:
    made = table(Frame((Column("a", "A"),), ()), Words("tr"))
    assert made == Table(made.fields, ())
    assert csv_bytes(made, MACHINE) == b"A\r\n"


def test_no_figure_leaves_without_source_licence_and_release(data: Data) -> None:
    """A table is sent on without its page; each row still says whose figure it is."""
    seen = 0
    for page, query, block in blocks(data, "tr"):
        assert block.frame
        made = table(stamped(block.frame, data.catalog, Words("tr")), Words("tr"))
        titles = [field.title for field in made.fields]
        assert data.catalog.release.release_id in {row[titles.index("surum")] for row in made.rows}
        if {"deger", *(t.label_tr for t in data.catalog.themes.values())} & set(titles):
            for name in ("kaynak", "lisans"):
                assert all(row[titles.index(name)] for row in made.rows), (page.name, query, block.id)
            seen += 1
    assert seen > 8


def test_a_frame_that_says_its_source_is_left_alone(data: Data) -> None:
    block = next(block for page, _, block in blocks(data, "tr") if page.name == "compare")
    assert block.frame
    assert stamped(block.frame, data.catalog, Words("tr")) == block.frame


def test_headings_are_standard_only_where_they_hold_the_standard_thing() -> None:
    words = Words("tr")
    own = Column("city_id", "gosterge_kodu", on_screen=False)
    file = Frame((Column("name", "Dosya", "place"), own), ({"name": "a"},))
    assert [field.title for field in table(file, words).fields] == ["Dosya", "gosterge_kodu"]
    columns = (Column("name", "Kent", "place"), Column("value", "Değer", "value"))
    city = Frame(columns, ({"city_id": "a", "name": "A"},))
    assert [field.title for field in table(city, words).fields] == ["yer", "deger"]
