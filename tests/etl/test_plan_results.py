"""Plans as files become marts: equal to the reference results, findings told, pace by the month."""

import duckdb
import pandas as pd
import pytest

from etl.errors import FaultyInput
from tests.etl.plan_files import GOOD, another, as_table, as_workbook, fixture_rows
from tests.oracle import FIXTURE, assert_equal, needs_shared

NUMBERS = ["value_used", "perf_raw", "perf", "w"]
# A hundred more each year from nothing.
HALF = GOOD | {
    "direction": "artış",
    "baseline": 0,
    "Hedef 2024": 100,
    "Hedef 2025": 200,
    "Hedef 2026": 300,
    "Gerçekleşme 2024": None,
    "Gerçekleşme 2025": None,
    "Sapma nedeni 2024": "Gecikme",
}
LEVELS = {"objective": "hedef", "goal": "amac", "plan": "plan"}


def asked(built, sql):
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        return connection.execute(sql).df()


# --------------------------------------------------------------------------------- the reference results


@needs_shared
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_plans_as_workbooks_give_the_reference_results(inbox, registry, year):
    given = pd.read_csv(FIXTURE / "kpi_input.csv")
    places = [one.city_id for one in registry.cities.values() if one.kind == "municipality"]
    city_of = dict(zip(given["city"].unique(), places, strict=False))
    for code, own in given.groupby("city"):
        content = as_workbook(fixture_rows(own, city_of[code], year))
        inbox.put(f"{code}.xlsx", content, layout="plan", source="sample")
    built = inbox.build()

    keys = ["city_id", "indicator_id", "year"]
    values = asked(built, f"FROM mart.plan_value JOIN mart.dim_plan USING (plan_id) WHERE year = {year}")
    expected = pd.read_csv(FIXTURE / "kpi_expected.csv").query("year == @year")
    expected = expected.assign(city_id=expected["city"].map(city_of)).sort_values(keys)
    values = values.rename(columns={"weight_share": "w"}).sort_values(keys)
    assert len(expected) == 60
    assert_equal(values[NUMBERS], expected[NUMBERS])
    for ours, theirs in ((keys[1], keys[1]), ("status", "status"), ("is_over", "over")):
        assert values[ours].tolist() == expected[theirs].tolist()

    rolled = asked(built, f"FROM mart.plan_rollup JOIN mart.dim_plan USING (plan_id) WHERE year = {year}")
    known = pd.read_csv(FIXTURE / "kpi_rollup_expected.csv").query("year == @year")
    node = known["hedef"].fillna(known["amac"])
    known = known.assign(city_id=known["city"].map(city_of))
    known["node_id"] = node.fillna(known["city_id"] + "-sp2024")
    rolled = rolled.assign(level=rolled["level"].map(LEVELS)).sort_values(["level", "city_id", "node_id"])
    known = known.sort_values(["level", "city_id", "node_id"])
    assert_equal(rolled[["coverage", "perf"]], known[["coverage", "perf"]])
    for name in ("node_id", "n", "n_used", "weights_ok", "display"):
        assert rolled[name].tolist() == known[name].tolist()


# --------------------------------------------------------------------------------------- within the year (D12)


def paces(built):
    """Year -> month, path share, expected share and pace."""
    columns = "year, month, path_share, expected_share, pace"
    rows = built(f"SELECT {columns} FROM mart.plan_value WHERE actual IS NOT NULL ORDER BY year")
    return {row.year: (row.month, row.path_share, row.expected_share, row.pace) for row in rows.itertuples()}


def test_in_june_at_48_per_cent_is_on_track_and_in_december_behind(plan):
    june = plan(HALF | {"Gerçekleşme 2024-06": 48})
    assert paces(june)[2024] == (6, 48, 50, "on_track")
    values = june("SELECT perf_raw, perf, band, status FROM mart.plan_value WHERE year = 2024")
    assert values[["perf_raw", "perf", "band"]].isna().all(axis=None)
    december = plan(HALF | {"Gerçekleşme 2024-06": None, "Gerçekleşme 2024": 48})
    assert paces(december)[2024] == (12, 48, 100, "behind")
    assert december("SELECT perf, band FROM mart.plan_value WHERE year = 2024").values.tolist() == [
        [48, "low"]
    ]


@pytest.mark.parametrize(("tolerance", "pace"), [(None, "behind"), (4, "behind"), (12, "on_track")])
def test_the_tolerance_of_an_indicator_goes_before_the_common_one(plan, tolerance, pace):
    assert paces(plan(HALF | {"Gerçekleşme 2024-06": 40, "tolerance": tolerance}))[2024][-1] == pace


def test_a_value_of_the_years_end_goes_before_one_within_it_and_a_later_month_before_an_earlier(plan):
    within = {"Gerçekleşme 2024-09": 70, "Gerçekleşme 2024-06": 48}
    assert paces(plan(HALF | within))[2024][:2] == (9, 70)
    assert paces(plan(HALF | within | {"Gerçekleşme 2024-09": None}))[2024][:2] == (6, 48)
    assert paces(plan(HALF | within | {"Gerçekleşme 2024": 90}))[2024][:2] == (12, 90)


def test_a_value_within_the_year_is_in_no_total(plan):
    built = plan(HALF | {"Gerçekleşme 2024-06": 48})
    rows = built("SELECT n, n_used, coverage, display FROM mart.plan_rollup WHERE year = 2024")
    assert rows.drop_duplicates().values.tolist() == [[1, 0, 0, "insufficient"]]


def test_the_horizon_is_told_beside_how_much_of_the_plan_is_over(plan):
    built = plan(HALF | {"Gerçekleşme 2024": 120, "Gerçekleşme 2025-06": 150})
    rows = built("SELECT horizon_share, elapsed_share FROM mart.plan_value ORDER BY year")
    assert_equal(rows, [[40, 100 / 3], [50, 50], [float("nan"), float("nan")]])


# ------------------------------------------------------------------------------ what was received, what stays out


@pytest.mark.parametrize(("source", "synthetic"), [("sample", True), ("municipal_plan", False)])
def test_every_row_leads_to_its_file_and_is_marked_as_its_source_is(inbox, source, synthetic):
    inbox.put("plan.xlsx", as_workbook([GOOD]), layout="plan", source=source)
    built = inbox.build()
    origin = asked(
        built, "FROM mart.dim_plan JOIN meta.lineage USING (lineage_id) JOIN meta.file USING (file_id)"
    )
    assert origin[["source_id", "sheet", "name"]].values.tolist() == [[source, "Plan", "plan.xlsx"]]
    assert origin["is_synthetic"].tolist() == [synthetic]
    assert asked(built, "SELECT row_number FROM mart.plan_indicator")["row_number"].tolist() == [2]
    assert asked(built, "SELECT has_synthetic FROM meta.release")["has_synthetic"].tolist() == [synthetic]


def test_a_plan_keeps_its_words_and_its_order(plan):
    built = plan(GOOD, another(responsible="Fen İşleri"), another("PG1.1.3"), GOOD | {
        "goal_code": "A0", "goal": "Sonra gelen", "objective_code": "H0", "objective": "Hedefi", "service": None,
        "indicator_code": "PG0",
    })  # fmt: skip
    goals = built("SELECT goal_id, label FROM mart.plan_goal ORDER BY sort_key").values.tolist()
    assert goals == [["A1", "Temiz kent"], ["A0", "Sonra gelen"]]
    objectives = built("SELECT objective_id, goal_id, service_id, responsible FROM mart.plan_objective "
                       "ORDER BY sort_key").astype(object)  # fmt: skip
    assert objectives.where(objectives.notna(), None).values.tolist() == [
        ["H1.1", "A1", "cleaning", "Temizlik İşleri Müdürlüğü; Fen İşleri"],
        ["H0", "A0", None, "Temizlik İşleri Müdürlüğü"],
    ]
    assert built("SELECT indicator_id FROM mart.plan_indicator ORDER BY sort_key")["indicator_id"].tolist() == [
        "PG1.1.1", "PG1.1.2", "PG1.1.3", "PG0",
    ]  # fmt: skip


def test_a_refused_plan_leaves_nothing_behind(inbox):
    inbox.put("good.csv", as_table([GOOD]), layout="plan", source="sample")
    rows = [GOOD | {"city": "Siirt"}, another(city="Siirt", weight=-1)]
    inbox.put("bad.csv", as_table(rows), layout="plan", source="sample")
    with pytest.raises(FaultyInput):
        inbox.build()
    built = inbox.build(with_rejects=True)
    for table in ("dim_plan", "plan_goal", "plan_objective", "plan_indicator", "plan_value", "plan_rollup"):
        assert asked(built, f"SELECT DISTINCT plan_id FROM mart.{table}").values.tolist() == [
            ["izmir-bornova-sp2024"]
        ]
    assert asked(built, "SELECT rule FROM meta.reject")["rule"].tolist() == ["out_of_range"]
    verdicts = asked(
        built, "SELECT name, verdict, rows_accepted FROM meta.file ORDER BY name"
    ).values.tolist()
    assert verdicts == [["bad.csv", "rejected", 0], ["good.csv", "accepted", 1]]


def test_a_faulty_edition_gives_way_to_the_last_good_one(inbox):
    inbox.put("plan.csv", as_table([GOOD]), layout="plan", source="sample")
    inbox.build()
    inbox.put("plan.csv", as_table([GOOD | {"weight": -1}]), layout="plan", source="sample")
    built = inbox.build(with_rejects=True)
    assert asked(built, "SELECT weight FROM mart.plan_indicator")["weight"].tolist() == [100]


@pytest.mark.parametrize("period", ["2024-2026", "2026-2028"])
def test_a_city_has_one_plan_a_year(inbox, period):
    inbox.put("a.csv", as_table([GOOD, another()]), layout="plan", source="sample")
    kept = {name: value for name, value in GOOD.items() if not name[-4:].isdigit()}
    row = kept | {"period": period, "Hedef 2026": 5, "Gerçekleşme 2026": None}
    inbox.put("b.csv", as_table([row]), layout="plan", source="sample")
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    first = {"2024-2026": 2024, "2026-2028": 2026}[period]
    assert [(fault.file, fault.rule, fault.row, fault.value) for fault in refused.value.faults] == [
        ("b.csv", "duplicate_elsewhere", 2, f"izmir-bornova · plan · {first}")
    ]
    assert "a.csv" in refused.value.faults[0].message_tr


def test_two_plans_of_a_city_may_follow_each_other(inbox):
    kept = {name: value for name, value in GOOD.items() if not name[-4:].isdigit()}
    inbox.put("a.csv", as_table([GOOD]), layout="plan", source="sample")
    later = kept | {"period": "2027-2029", "Hedef 2027": 5, "Gerçekleşme 2027": None}
    inbox.put("b.csv", as_table([later]), layout="plan", source="sample")
    built = inbox.build()
    assert asked(built, "SELECT plan_id FROM mart.dim_plan ORDER BY ALL")["plan_id"].tolist() == [
        "izmir-bornova-sp2024", "izmir-bornova-sp2027",
    ]  # fmt: skip


def test_turkish_numbers_are_read_where_the_manifest_says_so(inbox):
    row = GOOD | {"baseline": "1.400,5"}
    inbox.put("plan.csv", as_table([row]), layout="plan", source="sample", numbers="tr")
    assert asked(inbox.build(), "SELECT baseline FROM mart.plan_indicator")["baseline"].tolist() == [1400.5]
