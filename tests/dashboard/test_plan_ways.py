"""Plan, every way in and out: addresses, hostile texts, the monitoring table, and what is there without any plan."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.components.html import table
from dashboard.data import Data
from dashboard.pages.plan import controls
from dashboard.settings import Settings
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan import BLOCKS
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests import plans
from tests.plans import block, rows, shown
from tests.reading import read_csv

CITY, OTHER = "mus", "bingol"
KEY = "mus-sp2024~"

# ------------------------------------------------------------------------------------------ address


def test_an_address_that_asks_for_nothing_known_opens_the_default_with_notices(planned: Data) -> None:
    query = {"kent": "x", "yil": "1", "hedef": "y", "durum": "z", "goster": "q"}
    state = PlanState.parse(query, planned.catalog)
    assert state.query() == {}
    assert len(state.notices) == 5
    assert all(Words(lang)(key) for lang in ("tr", "en") for key in state.notices)


def test_a_node_of_another_plan_closes_without_a_notice(planned: Data) -> None:
    """The city was changed with an objective open: a code of one plan means nothing in another."""
    state = PlanState.parse({"kent": OTHER, "hedef": f"{KEY}H1.1"}, planned.catalog)
    assert (state.opened, state.notices) == ("", ())


def test_states_come_back_from_their_addresses(planned: Data) -> None:
    query = {
        "kent": CITY,
        "yil": "2025",
        "hedef": f"{KEY}A1",
        "goster": "ham",
        "durum": "veri-yok",
        "lang": "en",
    }
    state = PlanState.parse(query, planned.catalog)
    assert PlanState.parse(state.query(), planned.catalog) == state
    assert state.notices == ()


def test_the_default_year_is_the_newest_that_is_over(planned: Data) -> None:
    assert planned.catalog.plans.newest(CITY) == 2024
    assert PlanState.parse({"kent": CITY}, planned.catalog).year == 2024


def test_a_filter_keeps_what_stands_above(planned: Data) -> None:
    found = shown(planned, kent=CITY, durum="veri-yok")
    assert [row["code"] for row in rows(found)] == ["A2", "H2.1", "PG6"]
    assert "yalnız “veri yok”" in found.choice
    assert block(shown(planned, kent=CITY, durum="riskli"), "tree").frame is None


# ------------------------------------------------------------------------------- what a file may hold


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_texts_of_a_plan_are_escaped_everywhere(planned: Data, planner: FlaskClient, lang: str) -> None:
    for query in ({}, {"hedef": f"{KEY}H1.2"}):
        answer = planner.get("/plan", query_string={"kent": CITY, "lang": lang, **query}).text
        assert "<script>alert(1)" not in answer.replace("\\u003c", "<")
        assert "&lt;script&gt;alert(1)" in answer
    found = shown(planned, kent=CITY, lang=lang, hedef=f"{KEY}H1.2")
    chart = block(found, "tree").chart
    assert chart
    assert "<script>" not in str(chart.figure)


def test_no_cell_of_a_workbook_is_a_formula(planner: FlaskClient) -> None:
    for kind in ("izleme", "xlsx"):
        raw = planner.get(f"/indir/plan/tree.{kind}?kent={CITY}").data
        book = openpyxl.load_workbook(io.BytesIO(raw))
        cells = [cell for sheet in book for line in sheet for cell in line if cell.value is not None]
        assert all(cell.data_type != "f" for cell in cells)
        starts = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
        assert not [text for text in starts if text.startswith(("=", "+", "@"))]


def test_texts_of_a_plan_are_marked_as_turkish_on_an_english_page(planned: Data) -> None:
    for lang, marked in (("en", True), ("tr", False)):
        frame = block(shown(planned, kent=CITY, lang=lang), "tree").frame
        assert frame
        html = str(table(frame, Words(lang)))
        assert ('<span lang="tr">Atığı azaltmak</span>' in html) == marked
        assert ('<span lang="tr">İhale iptal edildi</span>' in html) == marked


def test_every_row_of_a_file_says_whose_it_is(planner: FlaskClient) -> None:
    for name in BLOCKS:
        header, *lines = read_csv(planner.get(f"/indir/plan/{name}.csv?kent={CITY}").data, ",")
        assert {"sentetik", "kaynak", "lisans", "surum"} <= set(header), name
        own = [line for line in lines if CITY in line]
        assert own
        assert {line[header.index("sentetik")] for line in own} == {"evet"}


# ---------------------------------------------------------------------------------- monitoring table


def test_the_monitoring_table_is_laid_out_for_paper(planner: FlaskClient) -> None:
    answer = planner.get(f"/indir/plan/tree.izleme?kent={CITY}")
    assert "kent-karnesi_plan_izleme_mus-sp2024_2024.xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    head = next(line for line in sheet.iter_rows() if line[0].value == "Performans Göstergesi")
    assert sheet.print_title_rows == f"${head[0].row}:${head[0].row}"
    assert [cell.value for cell in head] == [
        "Performans Göstergesi", "Hedefe Etkisi (%)", "Plan Dönemi Başlangıç Değeri (A)",
        "İzleme Dönemindeki Yıl Sonu Hedeflenen Değer (B)", "İzleme Dönemindeki Gerçekleşme Değeri (C)",
        "Performans (%) (C−A)/(B−A)", "Hedefin Performansı (%)", "Sorumlu Birim", "Hedefe İlişkin Sapmanın Nedeni",
    ]  # fmt: skip
    assert "SENTETİK" in sheet.oddFooter.left.text
    assert "Sürüm" in sheet.oddFooter.left.text
    texts = [str(line[0].value) for line in sheet.iter_rows()]
    assert any(text.startswith("Sentetik") for text in texts)
    assert any("Kaynak: " in text and "Sürüm: " in text for text in texts)
    assert [text.split(":")[0] for text in texts if re.match("Amaç|Hedef ", text)] == [
        "Amaç A1", "Hedef H1.1", "Hedef H1.2", "Amaç A2", "Hedef H2.1", "Amaç A3",
    ]  # fmt: skip
    first = next(line for line in sheet.iter_rows(values_only=True) if str(line[0]).startswith("PG1 "))
    assert first[5:] == (75, pytest.approx(81.5), "Temizlik İşleri", "İhale iptal edildi")
    raw = {str(line[0]).split(" ")[0]: line[5] for line in sheet.iter_rows(values_only=True)}
    assert (raw["PG3"], raw["PG4"], raw["PG5"]) == (150, -25, "ölçülebilir değil (tanım yok)")
    assert len(sheet.row_breaks.brk) == 2
    assert book.worksheets[1].title == "Bilgi"


def test_the_monitoring_table_is_the_trees_alone(planner: FlaskClient) -> None:
    for path in ("plan/years", "plan/cities", "compare/ranking"):
        assert planner.get(f"/indir/{path}.izleme").status_code == 404


def test_equal_states_give_equal_monitoring_tables(planner: FlaskClient) -> None:
    path = f"/indir/plan/tree.izleme?kent={CITY}"
    assert planner.get(path).data == planner.get(path).data


# --------------------------------------------------------------------------------------------- empty


def test_without_any_plan_the_page_says_what_to_load(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    var = tmp_path_factory.mktemp("without")
    official = (plans.ROOT / "data/official",)
    build(Request(official, plans.ROOT / "etl/registry", var, plans.AS_OF), lambda _: None)
    warehouse = Warehouse(var / "releases")
    data = Data(warehouse, catalogs.load(warehouse))
    for lang, command in (("tr", "karne template plan"), ("en", "karne template plan")):
        found = shown(data, lang=lang)
        assert [one.id for one in found.blocks] == list(BLOCKS)
        assert command in found.blocks[0].body
        assert not any(one.frame for one in found.blocks)
    assert controls(data.catalog, PlanState.parse({}, data.catalog))[1].options == ()
    assert (
        create_app(replace(settings, data=var / "releases")).server.test_client().get("/plan").status_code
        == 200
    )
