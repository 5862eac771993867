"""Hizmet aynası with 1,400 municipalities that all sent everything: light, whole in the file, and legible."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.charts.scatter import MOST_NAMED
from dashboard.pages import PAGES
from dashboard.settings import Settings
from dashboard.views.mirror_cards import MOST_TICKS
from etl.build import Request, build
from tests.reading import Reading
from tests.roster import AS_OF, write_roster

MANY = 1_400
LEAD = "belediye-0900"
FIRST_HTML = 60 * 1024
# One wave, one question, one budget and one plan for each; every value is another one.
MARTS = """
CREATE TEMP TABLE cities AS
    SELECT city_id, row_number() OVER (ORDER BY sort_key) AS n FROM mart.dim_city WHERE kind = 'municipality';
INSERT INTO mart.dim_wave BY NAME
    SELECT 'many' AS wave_id, 'Dalga' AS title_tr, 'Wave' AS title_en, 2024 AS year, 'published' AS state,
        'sample' AS mode, true AS has_weight, true AS has_strata, true AS has_psu, false AS is_calibrated,
        '1' AS questionnaire, 'A' AS agency_tr, 'A' AS agency_en, '-' AS consent_tr, '-' AS consent_en,
        'CC0' AS licence_tr, 'CC0' AS licence_en, 9 AS interviews, 9 AS used, true AS is_synthetic, 1 AS lineage_id;
INSERT INTO mart.dim_item BY NAME
    SELECT 'many' AS wave_id, 'cleaning' AS item_id, '1' AS version, 'satisfaction' AS aspect, 'cleaning' AS service_id,
        'Temizlik' AS label_tr, 'Cleaning' AS label_en, 'Soru?' AS question_tr, 'Question?' AS question_en, 1 AS lowest,
        5 AS highest, 'higher' AS direction, [4, 5] AS counted, false AS is_filtered, 1 AS sort_key;
INSERT INTO mart.survey_estimate BY NAME
    SELECT city_id, 2024 AS year, 'many' AS wave_id, 'cleaning' AS item_id, 'all' AS group_var, 'all' AS group_id,
        'measured' AS status, '' AS reason, 100 + n AS n, 0 AS n_no_opinion, 0.3 + n / 4000 AS share,
        0.25 + n / 4100 AS share_low, 0.35 + n / 3900 AS share_high, 'logit' AS interval, true AS is_first,
        true AS is_compared, n AS rank, n AS rank_low, n AS rank_high, 1400 AS rank_of, 1 AS lineage_id,
        true AS is_synthetic
    FROM cities;
INSERT INTO mart.price_level VALUES (2024, 100, true, 1);
DELETE FROM mart.city_population;
INSERT INTO mart.city_population SELECT city_id, 2024, 1000 + n, 'own', city_id FROM cities;
INSERT INTO mart.fact_spending
    SELECT city_id, 2024, 'municipality', 'expenditure', '05.1', '03', 1, 1, NULL, 900000 + 7000 * (n * 37 % 1400), 1,
        false, true, 1
    FROM cities;
INSERT INTO mart.spending_total
    SELECT city_id, year, unnest(['own', 'utilities', 'all']), side, 'total', 1, 1, NULL, outturn_try, ['municipality'],
        false, true, 1
    FROM mart.fact_spending;
INSERT INTO mart.dim_plan SELECT city_id || '-sp2020', city_id, 2020, 2024, true, 1 FROM cities;
INSERT INTO mart.plan_goal SELECT city_id || '-sp2020', 'A1', 'Amaç', 1 FROM cities;
INSERT INTO mart.plan_objective
    SELECT city_id || '-sp2020', 'H' || h, 'A1', 'Kentin ' || n || '. hedefi', 'cleaning', NULL, h
    FROM cities, range(1, 3) AS t(h);
INSERT INTO mart.plan_value (plan_id, indicator_id, year, target, actual, month, status, is_over, is_measurable)
    SELECT city_id || '-sp2020', 'PG1', 2024, 1, 1, 12, 'ok', false, true FROM cities;
INSERT INTO mart.plan_rollup
    SELECT plan_id, 'objective', objective_id, 2024, 1, 1, 0, 1, NULL, true, if(sort_key = 1, 'full', 'low')
    FROM mart.plan_objective;
"""


@pytest.fixture(scope="module")
def large(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Dash:
    folder = tmp_path_factory.mktemp("many_mirrors")
    roster = write_roster(folder, MANY)
    for wave in (roster.registry / "surveys").glob("*.yml"):
        wave.unlink()
    build(Request((roster.data[-1],), roster.registry, folder / "var", AS_OF), lambda _: None)
    releases = folder / "var" / "releases"
    (release,) = Path(releases).glob("*.duckdb")
    release.chmod(0o644)
    with duckdb.connect(release) as opened:
        opened.execute(MARTS)
    return create_app(replace(settings, data=releases))


@pytest.fixture
def visitor(large: Dash) -> FlaskClient:
    return large.server.test_client()


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_the_page_stays_small_and_shows_the_lead(visitor: FlaskClient, lang: str) -> None:
    query = {"kent": LEAD, "lang": lang}
    answer = visitor.get("/hizmet/cleaning", query_string=query, headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= FIRST_HTML
    read = Reading(visitor.get("/hizmet/cleaning", query_string=query).text)
    cities = read.tables[1]
    assert 200 < len(cities) - 1 <= 201
    assert "0900" in cities[-1][0]
    assert visitor.get("/hizmet", query_string=query).status_code == 200


def test_the_file_has_every_city_and_the_chart_every_dot(visitor: FlaskClient, large: Dash) -> None:
    data = large.shelf()  # type: ignore[attr-defined]
    text = visitor.get("/indir/mirror_service/cities.csv?service_id=cleaning").text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(data.catalog.municipalities) >= MANY
    assert len({row["harcama_kisi_basina"] for row in rows}) > MANY - 100
    page = next(page for page in PAGES if page.name == "mirror_service")
    view = page.view(data, page.parse({"service_id": "cleaning", "kent": LEAD}, data.catalog))
    scatter = next(block for block in view.blocks if block.id == "scatter")
    assert scatter.chart
    others, lead = scatter.chart.figure["data"]
    assert len(others["x"]) + len(lead["x"]) == len(rows)
    assert others["customdata"][0] == "Adana", "the name alone; its figures are those of the dot"
    assert "memnun olanlar" in others["hovertemplate"]
    assert "memnun olanlar %" in lead["customdata"][0]
    spent = {row["yer_kodu"]: float(row["harcama_kisi_basina"]) for row in rows}
    assert others["x"][0] == pytest.approx(spent["adana"], rel=1e-3)
    named = [one["text"] for one in scatter.chart.figure["layout"]["annotations"]][2:]
    assert named == ["<b>Belediye 0900</b>"], f"beyond {MOST_NAMED} dots names hide the dots"
    cards = view.blocks[0].body
    assert 0 < cards.count('class="tk"') <= 3 * MOST_TICKS


def test_another_lead_changes_nothing_that_is_told_of_the_others(large: Dash) -> None:
    """What is kept for the next state is the same as what would be worked out anew."""
    data = large.shelf()  # type: ignore[attr-defined]
    page = next(page for page in PAGES if page.name == "mirror_service")
    frames = []
    for lead in (LEAD, "belediye-0001", LEAD):
        view = page.view(data, page.parse({"service_id": "cleaning", "kent": lead}, data.catalog))
        frame = next(block.frame for block in view.blocks if block.id == "cities")
        assert frame is not None
        frames.append([{key: value for key, value in row.items() if key != "href"} for row in frame])
    assert frames[0] == frames[1] == frames[2]
