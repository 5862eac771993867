"""Plan: the figures are those of the textbook, everything on the page counts the same rows, and no city is ranked."""

import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.components.html import table
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.pages.plan import PAGE, controls
from dashboard.settings import Settings
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan import BLOCKS
from dashboard.views.plan_year import decimals_of, perf_note
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests import plans
from tests.reading import Reading, read_csv, read_xlsx

CITY, OTHER, BARE, WITHOUT = "mus", "bingol", "bartin", "siirt"
KEY = "mus-sp2024~"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the plans worked out by hand, beside the published figures."""
    return plans.release(tmp_path_factory.mktemp("plans"), extra=(plans.ROOT / "data/official",))


@pytest.fixture(scope="module")
def planned(folder: Path) -> Data:
    warehouse = Warehouse(folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="module")
def visitor(settings: Settings, folder: Path) -> FlaskClient:
    return create_app(replace(settings, data=folder)).server.test_client()


def shown(data: Data, **query: str) -> View:
    made: View = PAGE.view(data, PlanState.parse(query, data.catalog))
    return made


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def rows(found: View, name: str = "tree") -> list[Row]:
    frame = block(found, name).frame
    assert frame is not None
    return list(frame)


def by_code(found: View, name: str = "tree") -> dict[str, Row]:
    return {row["code"]: row for row in rows(found, name)}


# ------------------------------------------------------------------------------------------ figures


def test_figures_are_those_worked_out_by_hand(planned: Data) -> None:
    """0.5 x 75 + 0.3 x 80 + 0.2 x 100 = 81.5; the mean of 81.5 and 0 is 40.75."""
    found = by_code(shown(planned, kent=CITY))
    assert [found[code]["perf_shown"] for code in ("PG1", "PG2", "PG3", "PG4")] == pytest.approx(
        [75, 80, 100, 0]
    )
    assert found["H1.1"]["perf"] == pytest.approx(81.5)
    assert (found["H1.1"]["coverage"], found["H1.2"]["coverage"]) == (100, 50)
    assert (found["A1"]["perf"], found["A1"]["coverage"]) == (pytest.approx(40.75), pytest.approx(75))
    assert found["2024–2026"]["perf"] == pytest.approx(40.75)
    standings = [found[f"PG{n}"]["standing"] for n in range(1, 7)]
    assert standings == ["high", "high", "full", "low", "unmeasurable", "none"]
    assert (found["PG1"]["horizon_share"], found["PG1"]["elapsed_share"]) == (37.5, pytest.approx(100 / 3))


def test_raw_percentages_are_uncut_and_the_totals_are_not(planned: Data) -> None:
    capped, raw = (by_code(shown(planned, kent=CITY, goster=one)) for one in ("tavanli", "ham"))
    assert [raw[code]["perf_shown"] for code in ("PG3", "PG4")] == pytest.approx([150, -25])
    assert raw["H1.1"]["perf_shown"] == capped["H1.1"]["perf_shown"]


def test_what_is_outside_of_the_scale_is_said_in_words(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert found["PG3"]["perf_shown_sub"] == "hedef aşıldı (%150)"
    assert found["PG4"]["perf_shown_sub"] == "başlangıcın gerisinde (−%25)"
    high = perf_note({"perf_raw": 150.5, "is_over": True}, Words("tr"))
    assert high == "hedef aşıldı (%150,5); hedef düşük belirlenmiş olabilir"
    assert perf_note({"perf_raw": 100.0, "is_over": False}, Words("tr")) == ""


def test_what_cannot_be_measured_has_a_reason_and_no_band(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert (found["PG5"]["standing_word"], found["PG5"]["reason"]) == ("ölçülebilir değil", "tanım yok")
    assert found["PG5"]["band"] is None
    assert found["A3"]["standing"] == "unmeasurable"
    assert "1 ölçülemez" in found["A1"]["covered"]
    told = block(shown(planned, kent=CITY), "findings").headline
    assert "1 gösterge ölçülebilir değil, toplamların dışında" in told
    later = by_code(shown(planned, kent=CITY, yil="2026"))
    assert (later["PG6"]["standing"], later["PG6"]["reason"]) == ("unmeasurable", "hedef değer yok")


def test_june_is_held_against_june(planned: Data) -> None:
    """48 of 100 is on track in June and behind in December."""
    found = by_code(shown(planned, kent=OTHER, yil="2024"))
    assert (found["PG1"]["standing_word"], found["PG2"]["standing_word"]) == ("yolunda", "geride")
    assert found["PG1"]["reason"] == "Haziran 2024 sonu: yolun %48 kadarı, beklenen %50"
    assert found["PG1"]["perf_shown"] is None
    assert found["PG2"]["perf_shown"] == pytest.approx(48)


def test_weights_that_miss_100_are_told_and_shown_as_counted(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert found["H1.2"]["remarks"] == (("ağırlıklar normalize edildi (toplamları %100 değil)", ""),)
    assert (found["PG4"]["weight"], found["PG4"]["weight_sub"]) == (60, "%50 sayıldı")
    assert found["H1.1"]["remarks"] == ()


def test_a_plan_without_indicators_has_nothing_to_measure(planned: Data) -> None:
    found = shown(planned, kent=BARE)
    tree = block(found, "tree")
    assert tree.headline.startswith("Bütün plan: performans göstergesi yok")
    assert tree.chart is None
    assert [(row["tier"], row["standing"]) for row in rows(found)] == [
        ("plan", "none"), ("goal", "none"), ("objective", "unmeasurable"),
    ]  # fmt: skip
    assert [row["rule"] for row in rows(found, "findings")] == ["objective_without_indicator"]
    assert block(shown(planned, kent=CITY, hedef=f"{KEY}A3"), "tree").headline.startswith("A3: performans")


def test_a_small_value_is_not_shown_as_zero() -> None:
    row = {"baseline": 0.0, "target": 0.004, "value_used": 12.345, "actual": None}
    assert decimals_of(row) == 3
    assert decimals_of(row | {"target": 1.5}) == 2
    assert decimals_of(row | {"target": 20, "value_used": 12}) == 0


def test_an_objective_leads_to_the_mirror_of_its_service(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY, lang="en"))
    name, href = found["H1.1"]["onward"]
    assert name.startswith("Service mirror: ")
    assert href == f"/hizmet/cleaning?kent={CITY}&lang=en"
    assert "onward" not in found["H1.2"]


# --------------------------------------------------------------------------- one frame, every way out


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("opened", ["", "A1", "H1.1"])
def test_chart_tree_sentence_and_files_agree(
    planned: Data, visitor: FlaskClient, lang: str, opened: str
) -> None:
    query = {"kent": CITY, "lang": lang} | ({"hedef": KEY + opened} if opened else {})
    found, words = shown(planned, **query), Words(lang)
    tree = block(found, "tree")
    assert tree.chart
    assert tree.frame
    indicators = [row for row in tree.frame if row["tier"] == "indicator"]
    counts = Counter(row["standing_word"] for row in indicators)
    drawn = Counter(
        {trace["name"]: trace["x"][0] for trace in tree.chart.figure["data"] if trace["type"] == "bar"}
    )
    assert drawn == counts
    told = ", ".join(f"{n} {word}" for word, n in counts.items())
    assert all(f"{n} {word}" in tree.headline for word, n in counts.items()), told

    top = next(row for row in tree.frame if row["code"] == (opened or "2024–2026"))
    value = {"tr": "%40,8", "en": "40.8%"}[lang] if opened != "H1.1" else {"tr": "%81,5", "en": "81.5%"}[lang]
    assert value in tree.headline
    assert value in tree.chart.figure["layout"]["yaxis2"]["ticktext"][0]
    twin = Reading(visitor.get("/plan", query_string=query).text).tables[0]
    line = next(
        cells for cells in twin if top["code"] in cells[0].split(" ")[0] or top["code"] in cells[0][:12]
    )
    assert any(cell.startswith(value) for cell in line)

    header, *lines = read_csv(visitor.get("/indir/plan/tree.csv", query_string=query).data, ",")
    code, perf, standing = (
        header.index(words(f"plan.file_{key}")) for key in ("code", "perf", "standing_word")
    )
    filed = {cells[code]: cells for cells in lines}
    assert float(filed[top["code"]][perf]) == top["perf"]
    assert Counter(filed[row["code"]][standing] for row in indicators) == counts

    sheet = read_xlsx(visitor.get("/indir/plan/tree.izleme", query_string=query).data)
    bands = " ".join(str(cells[0]) for cells in sheet)
    assert (value in bands) == (opened != "" or f"{words('plan.whole')}" in tree.headline)
    for row in indicators:
        cells = next(cells for cells in sheet if str(cells[0]).lstrip("'").startswith(f"{row['code']} "))
        expected = [row[key] for key in ("weight", "baseline", "target", "value_used")]
        assert list(cells[1:5]) == [value if value is not None else "–" for value in expected]


def test_a_marked_point_of_the_years_is_the_trees_percentage(planned: Data) -> None:
    found = shown(planned, kent=CITY, hedef=f"{KEY}H1.1")
    own = by_code(found)["H1.1"]
    years = block(found, "years")
    assert years.chart
    bars = years.chart.figure["data"][0]
    assert (bars["x"], bars["y"]) == (["2024"], [pytest.approx(own["perf"])])
    assert rows(found, "years")[0]["y2024"] == own["perf"]
    assert "%81,5" in years.headline
    indicators = by_code(found, "years")
    assert (indicators["PG2"]["y2024_sub"], indicators["PG2"]["y2025_sub"]) == ("22 / 20", "22 / 10")


def test_a_year_without_a_value_is_no_zero(planned: Data) -> None:
    years = block(shown(planned, kent=CITY), "years")
    assert years.chart
    assert years.chart.figure["data"][0]["x"] == ["2024"]
    told = [note["text"] for note in years.chart.figure["layout"]["annotations"]]
    assert told[1:] == ["○ yıl içi değer", "– veri yok"]
    assert rows(shown(planned, kent=CITY), "years")[0]["y2026"] is None


def test_the_years_end_is_not_awaited_in_silence(planned: Data) -> None:
    found = shown(planned, kent=CITY, yil="2025")
    assert "yıl sonu değerleri henüz yok" in block(found, "tree").headline
    assert by_code(found)["H1.1"]["standing"] == "mid"
    assert "yıl içi: 2 geride (yıl içi)" in by_code(found)["H1.1"]["covered"]


# ------------------------------------------------------------------------------------------- cities


def test_cities_are_told_by_what_they_sent_and_never_by_how_well_they_did(planned: Data) -> None:
    cities = block(shown(planned, kent=CITY), "cities")
    assert cities.frame
    assert not {key for row in cities.frame for key in row if "perf" in key or "score" in key}
    keys = [row["sort_key"] for row in cities.frame]
    assert keys == sorted(keys)
    found = {row["city_id"]: row for row in cities.frame}
    own = found[CITY]
    assert (own["indicators"], own["closed"], own["unmeasurable"]) == (6, 5, 1)
    assert own["reported_share"] == pytest.approx(100 * 5 / 6)
    assert (own["objectives"], own["unweighted"], own["unexplained"], own["findings"]) == (3, 1, 1, 4)
    assert own["missing"] == "1 göstergenin yıl sonu değeri"
    assert (found[WITHOUT]["missing"], found[WITHOUT]["reported_share"]) == ("plan", None)
    assert any("her kent kendi hedefini koyar" in note for note in cities.notes)
    assert any(note.startswith("Plan göndermeyenler: Adana, ") for note in cities.notes)
    assert any("5 kent daha" in note for note in cities.notes)


def test_a_city_without_a_plan_says_who_owes_it(planned: Data, visitor: FlaskClient) -> None:
    found = shown(planned, kent=WITHOUT)
    assert block(found, "tree").headline == "Siirt: plan gönderilmedi."
    assert any("Siirt belediyesi" in note for note in block(found, "tree").notes)
    assert block(found, "tree").frame is None
    assert len(rows(found, "cities")) >= 20
    assert visitor.get(f"/indir/plan/tree.izleme?kent={WITHOUT}").status_code == 404


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
def test_texts_of_a_plan_are_escaped_everywhere(planned: Data, visitor: FlaskClient, lang: str) -> None:
    for query in ({}, {"hedef": f"{KEY}H1.2"}):
        answer = visitor.get("/plan", query_string={"kent": CITY, "lang": lang, **query}).text
        assert "<script>alert(1)" not in answer.replace("\\u003c", "<")
        assert "&lt;script&gt;alert(1)" in answer
    found = shown(planned, kent=CITY, lang=lang, hedef=f"{KEY}H1.2")
    chart = block(found, "tree").chart
    assert chart
    assert "<script>" not in str(chart.figure)


def test_no_cell_of_a_workbook_is_a_formula(visitor: FlaskClient) -> None:
    for kind in ("izleme", "xlsx"):
        raw = visitor.get(f"/indir/plan/tree.{kind}?kent={CITY}").data
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


def test_every_row_of_a_file_says_whose_it_is(visitor: FlaskClient) -> None:
    for name in BLOCKS:
        header, *lines = read_csv(visitor.get(f"/indir/plan/{name}.csv?kent={CITY}").data, ",")
        assert {"sentetik", "kaynak", "lisans", "surum"} <= set(header), name
        own = [line for line in lines if CITY in line]
        assert own
        assert {line[header.index("sentetik")] for line in own} == {"evet"}


# ---------------------------------------------------------------------------------- monitoring table


def test_the_monitoring_table_is_laid_out_for_paper(visitor: FlaskClient) -> None:
    answer = visitor.get(f"/indir/plan/tree.izleme?kent={CITY}")
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


def test_the_monitoring_table_is_the_trees_alone(visitor: FlaskClient) -> None:
    for path in ("plan/years", "plan/cities", "compare/ranking"):
        assert visitor.get(f"/indir/{path}.izleme").status_code == 404


def test_equal_states_give_equal_monitoring_tables(visitor: FlaskClient) -> None:
    path = f"/indir/plan/tree.izleme?kent={CITY}"
    assert visitor.get(path).data == visitor.get(path).data


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
