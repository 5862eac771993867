"""The shipped figures built: against published values, and what a build promises whatever it is given."""

import csv
import re
import stat
from datetime import date

import duckdb
import pytest
import yaml
from conftest import AS_OF, HEADER, OFFICIAL, REGISTRY, ROOT
from roster import INDICATORS, PERIODS, Roster, write_roster

from etl import build as building
from etl.errors import ChecksFailed, FaultyInput, KarneError


def published_ranks(name):
    with (OFFICIAL / name).open(encoding="utf-8") as stream:
        return {row["place"]: int(row["rank"]) for row in csv.DictReader(stream)}


# --------------------------------------------------------------- numbers, against what was published


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


# ------------------------------------------------------------------------------- lateness


@pytest.mark.parametrize(("as_of", "state"), [(date(2026, 11, 22), "not_due"), (date(2031, 1, 1), "late")])
def test_an_edition_is_late_from_the_day_after_it_was_due(inbox, as_of, state):
    built = inbox.build(data=(OFFICIAL,), as_of=as_of)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT DISTINCT state, period, since IS NULL, due IS NULL FROM mart.coverage"
            " WHERE indicator_id = 'population' AND period = '2026' AND state <> 'unnamed'"
        ).fetchall()
    assert rows == [(state, "2026", state == "not_due", False)]


# ---------------------------------------------------------------------------- publishing


def a_good_file(inbox):
    return inbox.put(
        "population.csv",
        [HEADER, *([f"tr-{plate:02d}", "population", "2024", plate, ""] for plate in range(1, 82))],
    )


def test_the_last_three_generations_are_kept(inbox):
    a_good_file(inbox)
    built = [inbox.build() for _ in range(4)]
    for shelf in ("warehouse", "releases"):
        left = sorted(path.stem for path in (inbox.var / shelf).glob("*.duckdb"))
        assert left == [one.release_id for one in built[1:]]
        assert inbox.current(shelf) == built[-1].release_id


def test_a_generation_is_read_only_and_never_replaced_in_place(inbox):
    a_good_file(inbox)
    first = inbox.build()
    inode = first.warehouse.stat().st_ino
    with duckdb.connect(str(first.warehouse), read_only=True) as reader:
        inbox.build()
        assert reader.execute("SELECT count(*) FROM meta.release").fetchone() == (1,)
    assert first.warehouse.stat().st_ino == inode
    assert stat.S_IMODE(first.warehouse.stat().st_mode) == 0o444


def test_a_failing_check_leaves_the_old_file_in_service(inbox):
    a_good_file(inbox)
    inbox.build()
    before = inbox.current()
    inbox.put(
        "index.csv",
        [HEADER, ["tr-01", "life_index_housing", "2015", "0.5", ""]],
        source="tuik_life_index_2015",
    )
    with pytest.raises(ChecksFailed) as failed:
        inbox.build()
    assert "published_index_is_reproduced" in failed.value.broken[0].tr
    assert inbox.current() == before
    assert not list((inbox.var / "warehouse").glob("*.tmp*"))


def test_a_collapse_of_the_number_of_values_is_a_mistake(inbox):
    a_good_file(inbox)
    inbox.build()
    inbox.put("population.csv", [HEADER, ["tr-01", "population", "2024", "5", ""]])
    with pytest.raises(ChecksFailed) as failed:
        inbox.build()
    assert failed.value.broken[0].tr.startswith("Değer sayısı")
    inbox.build(may_shrink=True)


def test_rejected_rows_are_published_as_rejected_only_on_request(inbox):
    inbox.put("a.csv", [HEADER, ["Ankra", "satisfaction_cleaning", "2013", "5", ""],
                        ["tr-01", "satisfaction_cleaning", "2013", "60", ""]])  # fmt: skip
    with pytest.raises(FaultyInput):
        inbox.build()
    built = inbox.build(with_rejects=True)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        rejects = connection.execute(
            "SELECT row_number, column_name, value, rule FROM meta.reject"
        ).fetchall()
        values = connection.execute("SELECT value FROM staging.observation").fetchall()
    assert rejects == [(2, "place", "Ankra", "unknown_place")]
    assert values == [(60.0,)]


def test_a_rejected_edition_falls_back_to_the_last_accepted_one(inbox):
    a_good_file(inbox)
    inbox.build()
    inbox.put("population.csv", b"")
    built = inbox.build(with_rejects=True)
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM staging.observation").fetchone() == (82,)
        files = connection.execute("SELECT edition, verdict FROM meta.file ORDER BY edition").fetchall()
    assert files == [(1, "accepted"), (2, "rejected")]


def test_progress_is_told_step_by_step(inbox):
    a_good_file(inbox)
    inbox.build()
    assert [told.tr[:3] for told in inbox.said] == [f"{step}/7" for step in range(1, 8)]


def test_two_builds_do_not_run_at_once(inbox):
    a_good_file(inbox)
    with building.one_build_at_a_time(inbox.var), pytest.raises(KarneError) as refused:
        inbox.build()
    assert refused.value.rule == "build_running"


def test_a_folder_nothing_may_be_written_to_is_one_sentence(inbox, monkeypatch):
    a_good_file(inbox)
    inbox.var.parent.joinpath("file").write_text("in the way")
    with pytest.raises(KarneError) as refused:
        inbox.build(var=inbox.var.parent / "file" / "var")
    assert refused.value.rule == "not_writable"


@pytest.mark.parametrize(
    ("manifest", "rule"),
    [
        (None, "manifest_missing"),
        ("files: [1]", "manifest_unreadable"),
        ("files: {a.csv: {layout: tidy}}", "manifest_unreadable"),
        ("files: {a.csv: {layout: tidy, source: nobody}}", "unknown_source"),
        ("files: {a.csv: {layout: nothing, source: tuik_adnks}}", "unknown_layout"),
        ("files: {", "manifest_unreadable"),
        ("files: {b.csv: {layout: tidy, source: tuik_adnks}}", "unreadable_file"),
    ],
)
def test_a_folder_that_does_not_say_what_it_holds_is_one_sentence(inbox, manifest, rule):
    inbox.folder.mkdir()
    (inbox.folder / "a.csv").write_text("a,b\n1,2\n")
    if manifest:
        (inbox.folder / "manifest.yml").write_text(manifest)
    with pytest.raises(KarneError) as refused:
        inbox.build()
    assert refused.value.rule == rule


def test_ids_grow_even_where_the_clock_was_set_back(inbox):
    a_good_file(inbox)
    first = inbox.build()
    future = first.warehouse.rename(first.warehouse.with_name("29991231T235958.duckdb"))
    (inbox.var / "warehouse" / "current").write_text(future.stem)
    assert inbox.build().release_id == "29991231T235959"
    assert inbox.current() == "29991231T235959"


def test_what_a_killed_build_left_is_removed_by_the_next(inbox):
    a_good_file(inbox)
    inbox.build()
    left = inbox.var / "warehouse" / "20200101T000000.duckdb.tmp.wal"
    left.write_text("half a warehouse")
    inbox.build()
    assert not left.exists()


def test_the_same_bytes_under_two_names_are_one_file(inbox):
    a_good_file(inbox)
    inbox.put("again.csv", (inbox.folder / "population.csv").read_bytes())
    with pytest.raises(FaultyInput):
        inbox.build()
    with duckdb.connect(str(inbox.build(with_rejects=True).warehouse), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM meta.file").fetchall() == [(1,)]


# ------------------------------------------------------------------------------ any size


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """1,400 municipalities beside the shipped places."""
    folder = tmp_path_factory.mktemp("large")
    roster: Roster = write_roster(folder, 1400)
    request = building.Request(data=roster.data, registry=roster.registry, var=folder / "var", as_of=AS_OF)
    return building.build(request, lambda _: None)


def test_a_roster_of_1400_builds_with_a_row_for_every_place_and_period(large):
    with duckdb.connect(str(large.release), read_only=True) as connection:
        municipalities = connection.execute(
            "SELECT count(*) FROM mart.dim_city WHERE role = 'member'"
        ).fetchone()
        rows = connection.execute(
            "SELECT count(*), count(value) FROM mart.fact_value WHERE indicator_id LIKE 'synthetic%'"
            " AND city_id LIKE 'belediye-%'"
        ).fetchone()
        statuses = connection.execute(
            "SELECT DISTINCT status FROM mart.fact_value"
            " WHERE indicator_id LIKE 'synthetic%' AND city_id LIKE 'belediye-%'"
        ).fetchall()
        marked = connection.execute("SELECT has_synthetic FROM meta.release").fetchone()
    assert municipalities == (1400,)
    assert rows[0] == 1400 * len(INDICATORS) * len(PERIODS)
    assert 0.8 * rows[0] < rows[1] < rows[0]
    assert {status for (status,) in statuses} == {
        "measured", "provisional", "suppressed", "not_collected", "low_reliability",
    }  # fmt: skip
    assert marked == (True,)


def test_a_synthetic_figure_says_so_and_a_real_one_does_not(large):
    with duckdb.connect(str(large.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT DISTINCT indicator_id LIKE 'synthetic%', is_synthetic"
            " FROM mart.fact_value WHERE value IS NOT NULL"
        ).fetchall()
    assert sorted(rows) == [(False, False), (True, True)]


def test_no_code_knows_a_pilot_or_their_number():
    cities = yaml.safe_load((REGISTRY / "cities.yml").read_text(encoding="utf-8"))["pilots"]
    names = {entry["city"]["name"]["tr"] for entry in cities if entry["state"] == "named"}
    # The readers are left out: they know no places, and spreadsheets count columns in 26 letters.
    for path in [ROOT / "karne.py", *(ROOT / "etl").glob("*.py"), *(ROOT / "etl/s").parent.glob("s*/**/*.*")]:
        if path.suffix in (".py", ".sql"):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if re.search(rf"['\"]{name}['\"]", text)], path
            assert not re.search(r"(?<!\d)26(?!\d)", text), path
