"""Haklar: gaps are the release's, a verdict follows the adjusted test, and no cell of any table is blank."""

import re

import duckdb
import pytest

from dashboard.components.html import table as html_table
from dashboard.data import Data
from dashboard.text import Words
from dashboard.views.rights_values import verdict_of
from tests.reading import Reading
from tests.rights import (
    BEHIND,
    CITIES,
    OPEN_LINK,
    OTHER_SCALE,
    SMALL,
    UNASKED,
    asked,
    block,
    frame,
    questions,
    shown,
)

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
    assert all(
        "toplaması gereken: Anketi yaptıran belediye" in rows[-1][f"{item}_sub"] for item in questions(data)
    )


def test_a_city_without_a_survey_owes_every_grouping(data: Data) -> None:
    found = shown(data, kent=UNASKED, lang="en")
    rows = list(frame(found, "matrix"))
    assert [row["group_var"] for row in rows] == [
        "all",
        *(g.grouping_id for g in data.catalog.surveys.groupings),
    ]
    assert all(row[item] is None for row in rows for item in questions(data))
    assert all(row[f"{item}_sub"].startswith("due from: ") for row in rows for item in questions(data))
    assert "there is no survey in 2026" in block(found, "matrix").headline
    assert block(found, "matrix").source is None
    assert block(found, "matrix").notes == ()


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
    assert f"sınanan {counted} farktan hiçbiri" in line
    assert "fark yok demek değildir" in line


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
    assert (
        rows[OTHER_SCALE]["status_word"]
        == "bu grup için veri yok; toplaması gereken: Anketi yaptıran belediye"
    )


def test_another_scale_is_said(data: Data) -> None:
    rows = {row["city_id"]: row for row in frame(shown(data, grup="sex:women"), "gaps")}
    assert rows[OTHER_SCALE]["status_word"] == "başka soru ya da ölçek"
