"""Haklar: gaps are the release's, a verdict follows the adjusted test, and no cell of any table is blank."""

import datetime as dt
import re
from collections.abc import Iterator
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
from dashboard.frame import Frame, Row
from dashboard.page import Block, View
from dashboard.pages.rights import PAGE
from dashboard.settings import Settings
from dashboard.state import address
from dashboard.state_survey import RightsState, compared_groups
from dashboard.text import Words
from dashboard.views.rights import SURVEYED
from dashboard.views.rights_values import verdict_of
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests.reading import Reading

ROOT = Path(__file__).resolve().parents[2]
BEHIND, SMALL, OPEN_LINK, OTHER_SCALE, UNASKED = (
    "aydin",
    "bartin",
    "izmir-bornova",
    "siirt",
    "istanbul-atasehir",
)
CITIES = (BEHIND, SMALL, OPEN_LINK, OTHER_SCALE, UNASKED)
BLOCKS = (*SURVEYED, "measures", "handbooks")


def shown(data: Data, **query: str) -> View:
    return PAGE.view(data, PAGE.parse(query, data.catalog))


def block(found: View, name: str) -> Block:
    return next(one for one in found.blocks if one.id == name)


def frame(found: View, name: str) -> Frame:
    made = block(found, name).frame
    assert made is not None
    return made


@pytest.fixture(scope="module")
def mart(
    release_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the release, asked without the dashboard."""
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    copy = tmp_path_factory.mktemp("mart") / "release.duckdb"
    copy.write_bytes((release_folder / f"{current}.duckdb").read_bytes())
    with duckdb.connect(copy, read_only=True) as opened:
        yield opened


def asked(mart: duckdb.DuckDBPyConnection, text: str, **values: object) -> list[Row]:
    found = mart.execute(text, values)
    names = [one[0] for one in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def questions(data: Data, year: int = 2026) -> list[str]:
    return list(data.catalog.surveys.asked(year))


# ------------------------------------------------------------------------------------------ matrix


@pytest.mark.parametrize("city", CITIES)
def test_the_matrix_shows_the_release_cell_by_cell(
    data: Data, mart: duckdb.DuckDBPyConnection, city: str
) -> None:
    estimates = {
        (row["item_id"], row["group_var"], row["group_id"]): row
        for row in asked(
            mart, "SELECT * FROM mart.survey_estimate WHERE city_id = $c AND year = 2026", c=city
        )
    }
    gaps = {
        (row["item_id"], row["group_var"], row["group_id"]): row
        for row in asked(mart, "SELECT * FROM mart.survey_gap WHERE city_id = $c AND year = 2026", c=city)
    }
    told = 0
    for row in frame(shown(data, kent=city), "matrix"):
        for item in questions(data):
            key = (item, row["group_var"], row["group_id"])
            estimate, gap = estimates.get(key), gaps.get(key)
            share = estimate["share"] if estimate else None
            assert row[item] == (None if share is None else pytest.approx(100 * share))
            diff = gap["diff"] if gap else None
            assert row.get(f"{item}_gap") == (None if diff is None else pytest.approx(100 * diff))
            if gap and diff is not None:
                firm = gap["p_holm"] < 0.05
                wanted = ("lower" if diff < 0 else "higher") if firm else "unclear"
                assert row[f"{item}_verdict"] == wanted
                assert row[f"{item}_ratio"] == gap["ratio"]
                told += 1
    assert told == sum(gap["diff"] is not None for gap in gaps.values())


def test_every_category_and_every_missing_grouping_has_a_row(data: Data) -> None:
    rows = list(frame(shown(data, kent=BEHIND), "matrix"))
    assert rows[0]["name"] == "Herkes"
    categories = data.catalog.surveys.categories["ornek_2026"]
    assert [row["group_id"] for row in rows[1 : 1 + len(categories)]] == [one.group_id for one in categories]
    owed = [row["group_var"] for row in rows[1 + len(categories) :]]
    assert owed == ["education", "migration", "household"]
    assert all("borçlu: Anketi yaptıran belediye" in rows[-1][f"{item}_sub"] for item in questions(data))


def test_a_city_without_a_survey_owes_every_grouping(data: Data) -> None:
    found = shown(data, kent=UNASKED, lang="en")
    rows = list(frame(found, "matrix"))
    assert [row["group_var"] for row in rows] == [
        "all",
        *(g.grouping_id for g in data.catalog.surveys.groupings),
    ]
    assert all(row[item] is None for row in rows for item in questions(data))
    assert all(row[f"{item}_sub"].startswith("owed by: ") for row in rows for item in questions(data))
    assert "there is no survey in 2026" in block(found, "matrix").headline
    assert block(found, "matrix").source is None


def test_the_headline_names_the_lowest_significant_gap(data: Data, mart: duckdb.DuckDBPyConnection) -> None:
    worst = asked(
        mart,
        "SELECT * FROM mart.survey_gap WHERE city_id = $c AND year = 2026 AND p_holm < 0.05 ORDER BY diff LIMIT 1",
        c=BEHIND,
    )[0]
    assert (worst["group_id"], worst["item_id"]) == ("rural", "public_transport")
    line = block(shown(data, kent=BEHIND), "matrix").headline
    number = f"{-100 * worst['diff']:.1f}".replace(".", ",")
    assert (
        f"Kır (Yerleşim). Toplu taşıma memnuniyeti “Kent” ile karşılaştırıldığında {number} puan düşük"
        in line
    )
    low, high = (f"{-100 * worst[end]:.1f}".replace(".", ",") for end in ("high", "low"))
    assert f"%95 güven aralığı {low} ile {high} puan arası" in line
    english = block(shown(data, kent=BEHIND, lang="en"), "matrix").headline
    assert f"{-100 * worst['diff']:.1f} points lower than among “Urban”" in english


def test_without_a_significant_gap_nobody_is_said_to_be_behind(
    data: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    counted = asked(
        mart,
        "SELECT count(diff) AS n FROM mart.survey_gap WHERE city_id = $c AND year = 2026"
        " HAVING min(p_holm) >= 0.05",
        c=SMALL,
    )[0]["n"]  # fmt: skip
    line = block(shown(data, kent=SMALL), "matrix").headline
    assert "istatistiksel fark yok" in line
    assert f"Sınanan {counted} farktan" in line


@pytest.mark.parametrize(
    ("diff", "p", "wanted"),
    [(-0.1, 0.049, "lower"), (0.1, 0.049, "higher"), (-0.3, 0.05, "unclear"), (None, None, "")],
)
def test_a_verdict_follows_the_adjusted_test(diff: float | None, p: float | None, wanted: str) -> None:
    assert verdict_of({"diff": diff, "p_holm": p}) == wanted


def test_a_hidden_cell_has_no_figure_and_no_gap(data: Data) -> None:
    rows = list(frame(shown(data, kent=SMALL), "matrix"))
    hidden = [
        (row, item) for row in rows for item in questions(data) if row[f"{item}_status"] == "suppressed"
    ]
    assert len(hidden) > 10
    for row, item in hidden:
        own = {key: value for key, value in row.items() if key.startswith(f"{item}_") or key == item}
        assert not any(
            isinstance(value, (int, float)) and not isinstance(value, bool) for value in own.values()
        )
        assert not row.get(f"{item}_verdict")
        assert row[f"{item}_word"]


def test_an_open_link_shows_shares_and_tests_nothing(data: Data) -> None:
    found = shown(data, kent=OPEN_LINK)
    rows = list(frame(found, "matrix"))
    assert not any(row.get(f"{item}_verdict") for row in rows for item in questions(data))
    assert rows[1]["cleaning"] is not None
    assert rows[1]["cleaning_sub"] == "fark sınanmadı"
    assert "sınanmadı" in block(found, "matrix").headline
    assert any("Açık bağlantı" in note for note in block(found, "matrix").notes)


# --------------------------------------------------------------------------------- no blank cells


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", ["2024", "2026"])
def test_no_cell_is_blank(data: Data, city: str, year: str, lang: str) -> None:
    found = shown(
        data, kent=city, yil=year, lang=lang, grup="settlement:rural" if year == "2026" else "disability:with"
    )
    for one in found.blocks:
        if one.frame is None:
            continue
        page = Reading(
            f"<html lang='{lang}'><body>{html_table(one.frame, Words(lang), every=True)}</body></html>"
        )
        assert page.tables
        for line in page.tables[0]:
            assert all(re.search(r"\w", cell) for cell in line), (one.id, line)


# -------------------------------------------------------------------------------------------- gaps


def test_gaps_of_a_group_are_the_release_s(data: Data, mart: duckdb.DuckDBPyConnection) -> None:
    found = shown(data, kent=BEHIND, grup="disability:with", hizmet="roads")
    rows = {row["city_id"]: row for row in frame(found, "gaps")}
    assert set(rows) == {city.city_id for city in data.catalog.municipalities}
    wanted = asked(
        mart,
        "SELECT g.*, e.n, r.n AS reference_n FROM mart.survey_gap AS g"
        " JOIN mart.survey_estimate AS e USING (wave_id, city_id, item_id, group_var, group_id)"
        " JOIN mart.survey_estimate AS r ON (r.wave_id, r.city_id, r.item_id, r.group_var, r.group_id)"
        " = (g.wave_id, g.city_id, g.item_id, g.group_var, g.reference_id)"
        " WHERE g.year = 2026 AND g.item_id = 'roads' AND g.group_var = 'disability' AND g.group_id = 'with'",
    )
    assert len(wanted) > 15
    for gap in wanted:
        row = rows[gap["city_id"]]
        assert row["gap"] == (None if gap["diff"] is None else pytest.approx(100 * gap["diff"]))
        assert (row["n"], row["reference_n"], row["p_holm"]) == (gap["n"], gap["reference_n"], gap["p_holm"])
        assert row["is_firm"] == (gap["p_holm"] is not None and gap["p_holm"] < 0.05)
    assert rows[SMALL]["status"] == "suppressed"
    assert (rows[SMALL]["n"], rows[SMALL]["gap"], rows[SMALL]["text"], rows[SMALL]["hover"]) == (
        None,
        None,
        "",
        "",
    )
    assert rows[UNASKED]["status_word"] == "bu yıl anket yok"
    assert rows[OPEN_LINK]["status_word"] == "açık bağlantı, fark sınanmaz"


def test_the_chart_draws_what_the_table_tells(data: Data) -> None:
    one = block(shown(data, kent=BEHIND, grup="settlement:rural", hizmet="public_transport"), "gaps")
    assert one.chart is not None
    assert one.frame is not None
    drawn = {city for trace in one.chart.figure["data"] for city in trace.get("ids", ())}
    assert drawn == {row["city_id"] for row in one.frame if row["gap"] is not None}
    firm = one.chart.figure["data"][1]["ids"]
    assert sorted(firm) == sorted(row["city_id"] for row in one.frame if row["is_firm"])
    assert BEHIND in firm
    assert "Aydın: −31,7 puan, anlamlı düşük." in one.headline


def test_a_wave_without_the_group_names_who_owes_it(data: Data) -> None:
    rows = {row["city_id"]: row for row in frame(shown(data, grup="settlement:rural"), "gaps")}
    assert rows[OTHER_SCALE]["status_word"] == "bu grup için veri yok; borçlu: Anketi yaptıran belediye"


def test_another_scale_is_said(data: Data) -> None:
    rows = {row["city_id"]: row for row in frame(shown(data, grup="sex:women"), "gaps")}
    assert rows[OTHER_SCALE]["status_word"] == "başka soru ya da ölçek"


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
        assert row["is_clear"] == (one["sii_low"] > 0.0005 or one["sii_high"] < -0.0005)


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
    assert text.count("owed by: The municipality itself") == len(
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
    query = dict(part.split("=") for part in women["roads_href"].partition("?")[2].split("&"))
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
