"""Another programme's roster: 1,400 synthetic municipalities, no pilots, none of the shipped figures."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.settings import Settings
from etl.build import Request, build
from tests.reading import Reading, read_csv, read_xlsx
from tests.roster import AS_OF, write_roster, write_yaml

INDICATOR = "synthetic_satisfaction_roads"
QUERY = {"gosterge": INDICATOR, "grup": "pilots", "kent": "belediye-0007"}
MANY = 1_400


@pytest.fixture(scope="module")
def large(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("large")
    roster = write_roster(folder, MANY)
    cities = yaml.safe_load((roster.registry / "cities.yml").read_text(encoding="utf-8"))
    write_yaml(roster.registry / "cities.yml", {**cities, "pilots": []})
    for wave in (roster.registry / "surveys").glob("*.yml"):  # they are of the pilots
        wave.unlink()
    synthetic = roster.data[-1]
    build(
        Request(data=(synthetic,), registry=roster.registry, var=folder / "var", as_of=AS_OF), lambda _: None
    )
    return create_app(replace(settings, data=folder / "var" / "releases"))


@pytest.fixture
def visitor(large: Dash) -> FlaskClient:
    return large.server.test_client()


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("path", [*(p.path for p in PAGES if "<" not in p.path), f"/gosterge/{INDICATOR}"])
def test_every_page_opens_and_stays_small(visitor: FlaskClient, path: str, lang: str) -> None:
    answer = visitor.get(path, query_string={"lang": lang}, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= 60 * 1024


def test_a_comparison_shows_the_first_and_tells_of_the_rest(visitor: FlaskClient) -> None:
    read = Reading(visitor.get("/karsilastir", query_string=QUERY).text)
    table = read.tables[0]
    assert 200 < len(table) - 1 <= 201
    assert any("Belediye 0007" in row[1] for row in table), "the lead is in the part that is sent"
    told = next(word for word in read.words if "satır daha var" in word)
    rows = len(read_csv(visitor.get("/indir/compare/ranking.csv", query_string=QUERY).data, ",")) - 1
    assert int(re.sub(r"\D", "", told)) + len(table) - 1 == rows
    assert rows >= MANY


def test_files_hold_every_place_and_hide_what_is_suppressed(visitor: FlaskClient, large: Dash) -> None:
    """A suppressed cell is a state without a number in every format, and out of every mean."""
    shelf = large.shelf  # type: ignore[attr-defined]
    data = shelf()
    rows = data.rows("city_values", indicator_id=INDICATOR, period="2025", kinds=["municipality"])
    hidden = {row["city_id"] for row in rows if row["status"] == "suppressed"}
    assert len(hidden) > 10
    text = visitor.get("/indir/compare/ranking.csv", query_string=QUERY).text
    found = {row["yer_kodu"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    sheet = read_xlsx(visitor.get("/indir/compare/ranking.xlsx", query_string=QUERY).data)
    place, value, status = (sheet[0].index(name) for name in ("yer_kodu", "deger", "durum"))
    workbook = {row[place]: row for row in sheet[1:]}
    for city in hidden:
        assert (found[city]["deger"], found[city]["durum"]) == ("", "gizli")
        assert (workbook[city][value], workbook[city][status]) == (None, "gizli")


def test_what_is_missing_is_out_of_the_mean_and_of_its_base(large: Dash) -> None:
    data = large.shelf()  # type: ignore[attr-defined]
    unweighted = "synthetic_satisfaction_water"
    rows = data.rows("city_values", indicator_id=unweighted, period="2025", kinds=["municipality"])
    known = [row["value"] for row in rows if row["value"] is not None]
    references = data.rows("references", indicator_id=unweighted)
    mean = next(row for row in references if (row["period"], row["reference_id"]) == ("2025", "members"))
    assert mean["n"] == len(known) < len(rows)
    assert mean["value"] == pytest.approx(sum(known) / len(known))


def test_intervals_reach_table_and_file_unchanged(visitor: FlaskClient, large: Dash) -> None:
    """Number, chart and file carry the same lower and upper bound."""
    data = large.shelf()  # type: ignore[attr-defined]
    rows = data.rows("city_values", indicator_id=INDICATOR, period="2025", kinds=["municipality"])
    bounds = {row["city_id"]: (row["lower"], row["upper"]) for row in rows if row["lower"] is not None}
    text = visitor.get("/indir/compare/ranking.csv", query_string=QUERY).text
    found = {row["yer_kodu"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    filed = {c: (float(found[c]["alt_sinir"]), float(found[c]["ust_sinir"])) for c in bounds}
    assert filed == bounds
    page = next(page for page in PAGES if page.name == "compare")
    block = page.view(data, page.parse(QUERY, data.catalog)).blocks[0]
    assert block.chart
    dots = block.chart.figure["data"][0]
    assert dots["type"] == "scatter"
    for city, x, up, down in zip(
        dots["ids"], dots["x"], dots["error_x"]["array"], dots["error_x"]["arrayminus"], strict=True
    ):
        assert (x - down, x + up) == pytest.approx(bounds[city])


def test_synthetic_figures_say_so_everywhere(visitor: FlaskClient) -> None:
    page = visitor.get("/karsilastir", query_string=QUERY).text
    assert "SENTETİK" in page
    assert 'class="ribbon"' in page
    text = visitor.get("/indir/compare/ranking.csv", query_string=QUERY).text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["sentetik"] for row in rows if row["deger"]} == {"evet"}
    about = read_xlsx(visitor.get("/indir/compare/ranking.xlsx", query_string=QUERY).data, 1)
    assert any(name == "SENTETİK" for name, _ in about)


def test_nothing_of_the_shipped_programme_is_left(visitor: FlaskClient, large: Dash) -> None:
    """No city and no count is in the code."""
    data = large.shelf()  # type: ignore[attr-defined]
    assert not any(city.role == "pilot" for city in data.catalog.cities.values())
    assert len(data.catalog.pilots) == len(data.catalog.municipalities) >= MANY
    read = Reading(visitor.get("/karsilastir").text)
    assert len(read.options["kent"]) == len(data.catalog.municipalities)
    assert str(Path(__file__).parent) not in visitor.get("/").text
