"""Plans as files become marts: equal to the reference results, findings told, pace by the month."""

import duckdb
import pandas as pd
import pytest

from tests.etl.plan_files import as_workbook, fixture_rows
from tests.oracle import FIXTURE, assert_equal, needs_shared

NUMBERS = ["value_used", "perf_raw", "perf", "w"]
LEVELS = {"objective": "hedef", "goal": "amac", "plan": "plan"}


def asked(built, sql):
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        return connection.execute(sql).df()


@pytest.fixture
def built(inbox):
    """Build one plan from its rows."""

    def _built(*rows, source="sample", **told):
        inbox.put("plan.xlsx", as_workbook(rows), layout="plan", source=source)
        return inbox.build(**told)

    return _built


def findings(built):
    found = asked(built, "SELECT level, node_id, year, rule, is_blocking FROM mart.plan_finding ORDER BY ALL")
    return [tuple(None if pd.isna(one) else one for one in row) for row in found.itertuples(index=False)]


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
