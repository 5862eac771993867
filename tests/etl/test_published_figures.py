"""What the shipped figures become in the marts, against published values and plain arithmetic."""

import csv
from datetime import date

import duckdb
import pytest

from tests.etl.conftest import HEADER, OFFICIAL


def published_ranks(name):
    with (OFFICIAL / name).open(encoding="utf-8") as stream:
        return {row["place"]: int(row["rank"]) for row in csv.DictReader(stream)}


def test_the_life_index_has_the_published_ranks(query):
    ranks = dict(query(
        "SELECT city_id, rank FROM mart.fact_value WHERE indicator_id = 'life_index' AND city_id LIKE 'tr-%'"
    ))  # fmt: skip
    assert ranks == published_ranks("life_index_2015_ranks.csv")


def test_the_life_index_is_what_the_press_printed(query):
    """Isparta, Sakarya, Bolu, Muş, Mardin, Ağrı as announced on 22 January 2016."""
    values = dict(query(
        "SELECT city_id, round(value, 4) FROM mart.fact_value WHERE indicator_id = 'life_index'"
    ))  # fmt: skip
    told = {
        "tr-32": 0.6745,
        "tr-54": 0.6737,
        "tr-14": 0.6553,
        "tr-49": 0.2765,
        "tr-47": 0.2936,
        "tr-04": 0.2975,
    }
    assert {place: values[place] for place in told} == told


def test_every_published_dimension_cell_is_reproduced(query):
    ((cells, largest),) = query(
        "SELECT count(*), max(abs(p.value - f.value)) FROM staging.published_index p JOIN mart.fact_value f"
        " ON f.city_id = p.place_id AND f.indicator_id = p.indicator_id AND f.period = p.period"
    )
    assert cells == 891
    assert largest < 1e-9


def test_the_dimensions_equal_the_real_workbook(query, shared):
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    book = CalamineWorkbook.from_path(str(shared / "data/official/life-quality-index-tuik.xlsx"))
    rows = book.get_sheet_by_name("Sayfa1").to_python()[1:]
    themes = ["housing", "work", "income", "health", "education", "environment", "safety", "participation",
              "infrastructure", "social", "wellbeing"]  # fmt: skip
    values = {
        (name, indicator): value
        for name, indicator, value in query(
            "SELECT name_tr, indicator_id, value FROM mart.fact_value JOIN mart.dim_city USING (city_id)"
            " WHERE kind = 'province'"
        )
    }
    off = [
        (row[0], theme)
        for row in rows
        for theme, value in zip(themes, row[1:], strict=True)
        if abs(values[row[0], f"life_index_{theme}"] - value) > 1e-9
    ]
    assert len(rows) == 81
    assert off == []


def test_sege_scores_give_the_published_ranks(query):
    """The published order breaks ties by decimals that were not published; ours shares the smallest rank."""
    rows = query(
        "SELECT city_id, rank, count(*) OVER (PARTITION BY value) FROM mart.fact_value"
        " WHERE indicator_id = 'sege_score' AND city_id LIKE 'tr-%'"
    )
    published = published_ranks("sege_2025_ranks.csv")
    assert len(rows) == 81
    assert [place for place, rank, tied in rows if not rank <= published[place] < rank + tied] == []
    assert sum(tied == 1 for *_, tied in rows) > 70


@pytest.mark.parametrize(("period", "people"), [("2023", 85_372_377), ("2025", 86_092_168)])
def test_the_country_is_the_sum_of_its_provinces(query, period, people):
    (row,) = query(
        "SELECT f.value, f.value_level, f.rank, l.kind, l.method FROM mart.fact_value f"
        " JOIN meta.lineage l USING (lineage_id)"
        " WHERE indicator_id = 'population' AND city_id = 'tr' AND period = ?", period
    )  # fmt: skip
    assert row == (people, "country", None, "computed", "sum_of_provinces")


def test_a_country_without_all_provinces_is_not_summed(inbox):
    inbox.put("population.csv", [HEADER, ["tr-01", "population", "2024", "5", ""]])
    with duckdb.connect(str(inbox.build().warehouse), read_only=True) as connection:
        row = connection.execute(
            "SELECT value, status FROM mart.fact_value WHERE indicator_id = 'population' AND city_id = 'tr'"
            " AND period = '2024'"
        ).fetchone()
    assert row == (None, "not_published")


def test_a_municipality_without_a_figure_carries_its_provinces(query):
    rows = query(
        "SELECT city_id, value, value_level, measured_id, rank, rank_of FROM mart.fact_value"
        " WHERE indicator_id = 'life_index' AND city_id IN ('istanbul-kartal', 'tr-34') ORDER BY city_id"
    )
    assert [row[2:] for row in rows] == [("province", "tr-34", 5, 81), ("province", "tr-34", 5, 81)]
    assert rows[0][1] == rows[1][1]


def test_a_municipality_keeps_its_own_figure(query):
    (row,) = query(
        "SELECT value, value_level, measured_id, rank_of FROM mart.fact_value"
        " WHERE indicator_id = 'population' AND city_id = 'istanbul-kartal' AND period = '2025'"
    )
    assert row == (475_630, "municipality", "istanbul-kartal", 3)


def test_an_index_knows_where_its_rank_may_fall(query):
    (row,) = query(
        "SELECT f.rank, f.rank_low, f.rank_high, r.rank, r.draws FROM mart.fact_value f"
        " JOIN mart.index_rank_range r ON r.index_id = f.indicator_id AND r.city_id = f.city_id"
        " WHERE f.indicator_id = 'life_index' AND f.city_id = 'tr-34'"
    )
    assert row[0] == row[3] == 5
    assert row[1] < 5 < row[2]
    assert row[4] == 1000


def test_every_index_has_every_variant_for_every_province(query):
    counts = query("SELECT index_id, variant, count(score) FROM mart.index_variant GROUP BY ALL")
    assert len(counts) == 12 * 5
    assert {count for *_, count in counts} == {81}


def test_missing_is_a_row_with_a_reason(query):
    assert query("SELECT count(*) FROM mart.fact_value WHERE value IS NULL AND status = 'measured'") == [(0,)]
    (row,) = query(
        "SELECT value, status FROM mart.fact_value"
        " WHERE indicator_id = 'cpi' AND city_id = 'ankara' AND period = '2024'"
    )
    assert row == (None, "not_applicable")


def test_reference_values_are_plain_arithmetic(query):
    (row,) = query(
        "SELECT value, median, low, high, n, method FROM mart.reference_value"
        " WHERE indicator_id = 'satisfaction_cleaning' AND reference_id = 'provinces'"
    )
    values = sorted(value for (value,) in query(
        "SELECT value FROM mart.fact_value"
        " WHERE indicator_id = 'satisfaction_cleaning' AND city_id LIKE 'tr-%'"
    ))  # fmt: skip
    assert row[0] == pytest.approx(sum(values) / 81, rel=1e-12)
    assert row[1:] == (values[40], values[0], values[-1], 81, "unweighted")


def test_no_average_for_the_country_is_made_up(query):
    rows = query(
        "SELECT DISTINCT method FROM mart.reference_value"
        " WHERE reference_id = 'country' AND value IS NOT NULL"
    )
    assert {method for (method,) in rows} <= {"published", "sum"}


def test_a_sum_over_pilots_that_carry_province_values_is_not_told(query):
    rows = query(
        "SELECT reference_id, value, method FROM mart.reference_value WHERE indicator_id = 'population'"
        " AND period = '2025' AND reference_id IN ('pilots', 'pilots_district') ORDER BY 1"
    )
    assert rows[0] == ("pilots", None, "none")
    assert rows[1][2] == "sum"
    assert rows[1][1] > 900_000


def test_every_value_leads_back_to_its_row_in_the_file(query):
    (row,) = query(
        "SELECT file.name, l.row_number, l.column_name, l.source_id, f.value FROM mart.fact_value f"
        " JOIN meta.lineage l USING (lineage_id) JOIN meta.file file USING (file_id)"
        " WHERE f.city_id = 'tr-49' AND f.indicator_id = 'satisfaction_cleaning'"
    )
    name, number, column, source, value = row
    line = (OFFICIAL / name).read_text(encoding="utf-8").splitlines()[number - 1]
    assert line.startswith(f"tr-49,satisfaction_cleaning,2013,{value:g}")
    assert (column, source) == ("value", "tuik_life_satisfaction_2013")


@pytest.mark.parametrize(("as_of", "state"), [(date(2026, 11, 22), "not_due"), (date(2031, 1, 1), "late")])
def test_an_edition_is_late_from_the_day_after_it_was_due(inbox, as_of, state):
    built = inbox.build(data=(OFFICIAL,), as_of=as_of)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT DISTINCT state, period, since IS NULL, due IS NULL FROM mart.coverage"
            " WHERE indicator_id = 'population' AND period = '2026' AND state <> 'unnamed'"
        ).fetchall()
    assert rows == [(state, "2026", state == "not_due", False)]
