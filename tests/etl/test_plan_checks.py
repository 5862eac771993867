"""The checks on finished plan marts: silent on good ones, and each broken rule is found."""

import pandas as pd
import pytest

from etl import marts
from etl.build import insert
from tests.etl.plan_files import GOOD, another, as_workbook, marts_of

VALUES, NODES, RESULTS = (
    "plan_values_have_their_indicator",
    "plan_nodes_hang_together",
    "plan_results_are_told_by_their_rules",
)
LONE = {"objective_code": "H1.2", "objective": "Göstergesiz"}
GOAL = {name: GOOD[name] for name in ("city", "period", "goal_code", "goal")}


@pytest.fixture
def built(tmp_path, registry):
    """A plan with a measurable indicator, one without a unit, a value within the year and a lone objective."""
    rows = [GOOD | {"Gerçekleşme 2026-06": 374}, another(unit=None), GOAL | LONE]
    (tmp_path / "plan.xlsx").write_bytes(as_workbook(rows))
    connection = marts_of(tmp_path / "plan.xlsx", registry)
    insert(connection, "mart.dim_city", pd.DataFrame(registry.rows()["mart.dim_city"]))
    insert(connection, "meta.lineage", pd.DataFrame([{"lineage_id": 1, "kind": "source"}]))
    return connection


def broken(connection):
    """The checks that find something, of those on plans."""
    return [
        name
        for name in (VALUES, NODES, RESULTS)
        if connection.execute(marts.sql(f"checks/{name}")).fetchone()[0]
    ]


def test_good_marts_pass(built):
    assert broken(built) == []


@pytest.mark.parametrize(
    ("check", "change"),
    [
        (VALUES, "DELETE FROM mart.plan_value WHERE year = 2025 AND indicator_id = 'PG1.1.1'"),
        (VALUES, "UPDATE mart.plan_value SET year = 2030 WHERE year = 2025 AND indicator_id = 'PG1.1.1'"),
        (VALUES, "UPDATE mart.plan_value SET indicator_id = 'PG9' WHERE indicator_id = 'PG1.1.1'"),
        (NODES, "UPDATE mart.dim_plan SET city_id = 'tr-35'"),
        (NODES, "UPDATE mart.dim_plan SET lineage_id = 7"),
        (NODES, "UPDATE mart.plan_objective SET goal_id = 'A9'"),
        (NODES, "UPDATE mart.plan_indicator SET objective_id = 'H9'"),
        (NODES, "UPDATE mart.plan_goal SET plan_id = 'nobody-sp2024'"),
        (NODES, "UPDATE mart.plan_finding SET node_id = 'H9' WHERE level = 'objective'"),
        (NODES, "DELETE FROM mart.plan_rollup WHERE level = 'goal' AND year = 2025"),
        (RESULTS, "UPDATE mart.plan_value SET band = 'low' WHERE NOT is_measurable"),
        (RESULTS, "UPDATE mart.plan_value SET band = NULL WHERE is_measurable"),
        (RESULTS, "UPDATE mart.plan_value SET is_measurable = TRUE"),
        (RESULTS, "UPDATE mart.plan_value SET pace = 'behind' WHERE NOT is_measurable"),
        (RESULTS, "UPDATE mart.plan_value SET perf = 50, perf_raw = 50, band = 'partial' WHERE month = 6"),
        (RESULTS, "UPDATE mart.plan_value SET perf = NULL, band = NULL WHERE month = 12"),
        (RESULTS, "UPDATE mart.plan_value SET month = NULL WHERE month = 6"),
        (RESULTS, "UPDATE mart.plan_value SET weight_share = 2"),
        (RESULTS, "UPDATE mart.plan_value SET horizon_share = 'inf' WHERE month = 12"),
        (RESULTS, "UPDATE mart.plan_rollup SET coverage = 1.1"),
        (RESULTS, "UPDATE mart.plan_rollup SET perf = 101 WHERE perf IS NOT NULL"),
        (RESULTS, "UPDATE mart.plan_rollup SET display = 'low' WHERE perf IS NULL"),
        (RESULTS, "UPDATE mart.plan_rollup SET perf = NULL"),
        (RESULTS, "UPDATE mart.plan_rollup SET n_used = 5"),
        (RESULTS, "UPDATE mart.plan_rollup SET weights_ok = TRUE WHERE n = 0"),
    ],
)
def test_a_broken_rule_is_found(built, check, change):
    built.execute(change)
    assert check in broken(built)
