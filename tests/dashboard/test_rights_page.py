"""Haklar beyond gaps: income, coverage, measures, files and addresses, and the page without any survey."""

import datetime as dt
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.components.html import table as html_table
from dashboard.data import Data
from dashboard.export.table import table as file_table
from dashboard.pages.rights import PAGE
from dashboard.settings import Settings
from dashboard.state import address
from dashboard.state_survey import RightsState, compared_groups
from dashboard.text import Words
from dashboard.views.rights import SURVEYED
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests.reading import Reading
from tests.rights import (
    BEHIND,
    SMALL,
    UNASKED,
    asked,
    block,
    frame,
    shown,
)

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = (*SURVEYED, "measures", "handbooks")


# ------------------------------------------------------------------------------------------ income


def test_the_income_slope_is_the_release_s(data: Data, mart: duckdb.DuckDBPyConnection) -> None:
    rows = {row["item"]: row for row in frame(shown(data, kent=BEHIND), "income")}
    wanted = asked(mart, "SELECT * FROM mart.survey_inequality WHERE city_id = $c AND year = 2026", c=BEHIND)
    assert len(wanted) == len(rows)
    for one in wanted:
        row = rows[one["item_id"]]
        for key in ("sii", "sii_low", "sii_high", "max_min_gap"):
            assert row[key] == pytest.approx(100 * one[key])
        assert row["erreygers"] == one["erreygers"]
        assert row["is_clear"] == (one["sii_p_holm"] < 0.05)


def test_income_is_hidden_where_a_band_is(data: Data) -> None:
    rows = {row["item"]: row for row in frame(shown(data, kent=SMALL), "income")}
    hidden = rows["social_support"]
    assert hidden["status"] == "suppressed"
    assert not any(
        hidden[key] for key in ("sii", "sii_low", "erreygers", "wagstaff", "concentration", "max_min_gap")
    )
    assert hidden["finding"] == "bir gelir grubu gizli olduğu için gizlendi"
    assert "Sosyal destek" not in str(block(shown(data, kent=SMALL), "income").chart)


# ---------------------------------------------------------------------------------------- coverage


def test_coverage_counts_groupings_with_a_figure_that_may_be_told(
    data: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    wanted = asked(
        mart,
        "WITH told AS (SELECT DISTINCT city_id, group_var FROM mart.survey_estimate"
        " JOIN mart.dim_item USING (wave_id, item_id) JOIN mart.dim_grouping ON grouping_id = group_var"
        " WHERE year = 2026 AND aspect = 'satisfaction' AND share IS NOT NULL)"
        " SELECT city_id, 100.0 * count(group_var) / (SELECT count(*) FROM mart.dim_grouping) AS share"
        " FROM mart.dim_city LEFT JOIN told USING (city_id) WHERE kind = 'municipality' GROUP BY city_id",
    )
    found = shown(data, kent=SMALL)
    rows = {row["city_id"]: row for row in frame(found, "coverage")}
    assert {row["city_id"]: row["share"] for row in wanted} == {
        key: row["share"] for key, row in rows.items()
    }
    assert rows[UNASKED]["share"] == 0
    assert rows[SMALL]["disability"] == "▧ gizli"
    assert rows[SMALL]["sex"] == "◐ kısmen gizli (2/16)"
    middle = f"{median(row['share'] for row in wanted):.1f}".replace(".", ",")
    assert f"21 belediyenin ortancası %{middle}." in block(found, "coverage").headline


# ---------------------------------------------------------------------------------------- measures


def test_measures_stand_beside_those_that_reported(data: Data, mart: duckdb.DuckDBPyConnection) -> None:
    found = shown(data, kent=BEHIND)
    rows = list(frame(found, "measures"))
    kinds = [data.catalog.indicator(row["indicator_id"]).rights_measure for row in rows]
    assert kinds == ["structural"] * 4 + ["process"] * 3 + ["outcome"] * 3
    for row in rows:
        known = [
            one["value"]
            for one in asked(
                mart,
                "SELECT value FROM mart.fact_value JOIN mart.dim_city USING (city_id) WHERE indicator_id = $i"
                " AND kind = 'municipality' AND value IS NOT NULL",
                i=row["indicator_id"],
            )
        ]
        assert row["reported"] == len(known)
        assert row["href"] == f"/gosterge/{row['indicator_id']}"
        assert row["is_synthetic"]
        if row["yes_share"] is None:
            assert row["median"] == pytest.approx(median(known))
        else:
            assert row["yes_share"] == pytest.approx(100 * sum(known) / len(known))
            assert row["others"].startswith(f"{round(sum(known))} evet / {len(known)}")


def test_a_municipality_that_did_not_report_is_no_no(data: Data) -> None:
    rows = list(frame(shown(data, kent=SMALL, lang="en"), "measures"))
    assert all(row["value"] is None for row in rows)
    text = html_table(frame(shown(data, kent=SMALL, lang="en"), "measures"), Words("en"))
    assert text.count("due from: The municipality itself") == len(
        [r for r in rows if r["status"] == "not_collected"]
    )


def test_handbooks_are_named_and_not_copied(data: Data) -> None:
    body = block(shown(data, lang="en"), "handbooks").body
    assert body.count("<li>") == 3
    assert "Yerel Yönetimlerde Katılımcı Mekanizmalar ve Süreçler" in body
    assert body.count("Hale Akay") == 2


# ------------------------------------------------------------------------------ marks, files, state


@pytest.mark.parametrize("name", [*SURVEYED, "measures"])
@pytest.mark.parametrize("lang", ["tr", "en"])
def test_files_carry_wave_licence_and_mark(data: Data, name: str, lang: str) -> None:
    words = Words(lang)
    made = file_table(frame(shown(data, kent=BEHIND, lang=lang), name), words)
    titles = [field.title for field in made.fields]
    for key in ("source", "licence", "synthetic", "release"):
        assert words(f"columns.{key}") in titles
    sources = {row[titles.index(words("columns.source"))] for row in made.rows}
    assert any("entetik" in str(source) or "ynthetic" in str(source) for source in sources)
    marked = {row[titles.index(words("columns.synthetic"))] for row in made.rows}
    assert words("export.yes") in marked


def test_the_page_says_that_it_is_made_up(data: Data) -> None:
    found = shown(data, kent=BEHIND)
    assert found.synthetic
    assert all(one.source is not None and one.source.synthetic for one in found.blocks if one.frame)


def test_an_address_comes_back_as_it_was(data: Data) -> None:
    query = {"yil": "2024", "kent": BEHIND, "hizmet": "roads", "grup": "disability:with", "lang": "en"}
    state = PAGE.parse(query, data.catalog)
    assert state.query() == query
    assert PAGE.parse(state.query(), data.catalog) == state
    assert RightsState.parse({}, data.catalog).query() == {}
    lost = PAGE.parse({"grup": "nobody:here", "yil": "1900"}, data.catalog)
    assert lost.notices == ("notice.unknown_yil", "notice.unknown_grup")


def test_a_cell_leads_to_its_gap_in_all_cities(data: Data) -> None:
    rows = list(frame(shown(data, kent=BEHIND, lang="en"), "matrix"))
    women = next(row for row in rows if row["group_id"] == "women")
    query = dict(
        part.split("=") for part in women["roads_href"].removesuffix("#gaps").partition("?")[2].split("&")
    )
    state = PAGE.parse(query, data.catalog)
    assert (state.asked.item, state.asked.lead, state.group, state.lang) == (
        "roads",
        BEHIND,
        "sex:women",
        "en",
    )


def test_groups_stand_under_their_grouping(data: Data) -> None:
    (control,) = [
        one for one in PAGE.controls(data.catalog, PAGE.parse({}, data.catalog)) if one.name == "grup"
    ]
    labels = [option.label for option in control.options]
    assert labels[:3] == ["— Cinsiyet —", "Kadınlar (karşılaştırma: Erkekler)", "— Yaş —"]
    chosen = [option.value for option in control.options if not option.disabled]
    assert chosen == compared_groups(data.catalog, 2026)


# ------------------------------------------------------------------------------- without any survey


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of published figures alone, as `make run SAMPLE=no` builds it."""
    var = tmp_path_factory.mktemp("without")
    request = Request((ROOT / "data/official",), ROOT / "etl/registry", var, dt.date(2026, 11, 22))
    build(request, lambda _: None)
    return var / "releases"


@pytest.fixture(scope="module")
def bare(without: Path) -> FlaskClient:
    settings = Settings(data=without, base_url="https://karne.example", secret_key="only for tests")
    return create_app(settings).server.test_client()


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_without_a_survey_the_page_says_what_to_load(bare: FlaskClient, without: Path, lang: str) -> None:
    words = Words(lang)
    answer = bare.get(address("/haklar", {"lang": lang}))
    assert answer.status_code == 200
    read = Reading(answer.text)
    assert read.headlines[0] == words("survey.nothing")
    assert any("karne template survey" in piece for piece in read.words)
    assert len(read.tables) == 1
    assert not any("entetik" in piece for piece in read.words)
    warehouse = Warehouse(without)
    data = Data(warehouse, catalogs.load(warehouse))
    found = shown(data, lang=lang)
    assert [one.id for one in found.blocks] == list(BLOCKS)
    assert not found.synthetic
    measures: Any = list(frame(found, "measures"))
    assert {row["status"] for row in measures} <= {"not_collected", "not_applicable"}
    assert all(row["others"] == words("rights.nobody_reported") for row in measures)
