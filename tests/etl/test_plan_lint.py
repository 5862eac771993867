"""What a plan lacks is a finding about it: blocking ones take an indicator out of the totals, with a count."""

import pandas as pd
import pytest

from etl.registry import load
from tests.etl.conftest import REGISTRY
from tests.etl.plan_files import GOOD, another, findings

GOAL = {name: GOOD[name] for name in ("city", "period", "goal_code", "goal")}
ROLLED = "SELECT n, n_used, n_unmeasurable, coverage, perf, display FROM mart.plan_rollup"


def rolled(built, node, year=2024):
    (row,) = built(f"{ROLLED} WHERE node_id = '{node}' AND year = {year}").itertuples(index=False, name=None)
    return row


def halves(**told):
    """Two indicators of equal weight; the second is told further things."""
    return [GOOD | {"weight": 50}, another(weight=50, **told)]


def test_a_plan_that_lacks_nothing_has_no_finding(plan):
    assert findings(plan(GOOD)) == []


@pytest.mark.parametrize(
    ("lacks", "rule"), [("unit", "no_unit"), ("baseline", "no_baseline"), ("definition", "no_definition")]
)
def test_an_indicator_that_cannot_be_measured_is_out_of_the_totals_with_a_count(plan, lacks, rule):
    built = plan(*halves(**{lacks: None}))
    assert findings(built) == [("indicator", "PG1.1.2", None, rule, True)]
    assert rolled(built, "H1.1") == (2, 1, 1, 0.5, 100, "full")
    assert rolled(built, "A1") == (1, 1, 1, 0.5, 100, "full")
    assert rolled(built, "izmir-bornova-sp2024") == (1, 1, 1, 0.5, 100, "full")
    values = built("FROM mart.plan_value WHERE indicator_id = 'PG1.1.2'")
    assert not values["is_measurable"].any()
    assert values["band"].isna().all()
    assert values["pace"].isna().all()


def test_a_missing_target_keeps_its_year_from_being_measured_and_no_other(plan):
    built = plan(*halves(**{"Hedef 2025": None}))
    assert findings(built) == [("indicator", "PG1.1.2", 2025, "no_target", True)]
    assert rolled(built, "H1.1", 2024)[:3] == (2, 2, 0)
    assert rolled(built, "H1.1", 2025)[:3] == (2, 1, 1)
    status = "SELECT is_measurable, status FROM mart.plan_value WHERE indicator_id = 'PG1.1.2' ORDER BY year"
    assert built(status).values.tolist() == [[True, "ok"], [False, "no_target"], [True, "not_reported"]]


def test_a_value_to_be_kept_needs_no_baseline_and_a_flow_may_start_at_zero(plan):
    kept = {"kind": "koruma", "direction": None, "baseline": None}
    flow = {"kind": "yıllık akış", "direction": "artış", "baseline": 0}
    assert findings(plan(*halves(**kept))) == []
    assert findings(plan(*halves(**flow, **{"Gerçekleşme 2025": 1}))) == []


def test_below_the_floor_of_coverage_there_is_no_percentage(plan):
    built = plan(GOOD | {"weight": 49}, another(weight=51, unit=None))
    n, used, out, coverage, perf, display = rolled(built, "H1.1")
    assert (n, used, out, display) == (2, 1, 1, "insufficient")
    assert coverage == pytest.approx(0.49, abs=1e-12)
    assert pd.isna(perf)


def test_an_objective_without_an_indicator_is_not_covered(plan):
    built = plan(GOOD, GOAL | {"objective_code": "H1.2", "objective": "Göstergesiz"})
    assert findings(built) == [("objective", "H1.2", None, "objective_without_indicator", True)]
    assert rolled(built, "H1.2")[:4] == (0, 0, 0, 0)
    assert rolled(built, "A1") == (2, 1, 0, 0.5, 100, "full")
    ok = built("SELECT node_id, weights_ok FROM mart.plan_rollup WHERE year = 2024 ORDER BY node_id")
    assert ok.set_index("node_id")["weights_ok"].to_dict()["A1"]
    assert ok["weights_ok"].isna().tolist() == [False, False, True, False]


def test_a_goal_without_an_objective_is_not_covered(plan):
    built = plan(GOOD, GOAL | {"goal_code": "A2", "goal": "Hedefsiz", "objective_code": None})
    assert findings(built) == [("goal", "A2", None, "goal_without_objective", True)]
    assert rolled(built, "A2")[:4] == (0, 0, 0, 0)
    assert rolled(built, "izmir-bornova-sp2024")[:4] == (2, 1, 0, 0.5)
    assert built("SELECT DISTINCT node_id FROM mart.plan_rollup WHERE level = 'objective'").values == "H1.1"


def test_a_heading_row_above_its_rows_is_no_finding(plan):
    built = plan(GOAL, GOAL | {"objective_code": "H1.1", "objective": "Daha az atık"}, GOOD)
    assert findings(built) == []
    nodes = built("SELECT node_id, n, coverage FROM mart.plan_rollup WHERE year = 2024 ORDER BY node_id")
    assert nodes.values.tolist() == [["A1", 1, 1], ["H1.1", 1, 1], ["izmir-bornova-sp2024", 1, 1]]


def test_a_plan_of_goals_alone_has_nothing_to_measure(plan):
    built = plan(GOAL | dict.fromkeys(set(GOOD) - set(GOAL)))
    assert findings(built) == [("goal", "A1", None, "goal_without_objective", True)]
    assert built("SELECT count(*) AS n FROM mart.plan_value")["n"].tolist() == [0]
    assert rolled(built, "izmir-bornova-sp2024")[:4] == (1, 0, 0, 0)


@pytest.mark.parametrize("weights", [(50, 40), (60, 60), (100, None), (None, None)])
def test_weights_that_do_not_add_to_a_hundred_are_normalised_and_told(plan, weights):
    built = plan(GOOD | {"weight": weights[0]}, another(weight=weights[1]))
    assert findings(built) == [("objective", "H1.1", None, "weights_not_100", False)]
    shares = built("SELECT sum(weight_share) AS all FROM mart.plan_value WHERE year = 2024")
    assert shares["all"].tolist() == pytest.approx([1.0])
    assert rolled(built, "H1.1")[2:4] == (0, 1)
    assert not built("FROM mart.plan_rollup")["weights_ok"].any()


@pytest.mark.parametrize(
    ("actual", "reason", "is_told"),
    [
        (390, None, False),  # as planned
        (390.5, None, True),  # 95 %
        (390.5, "Yağış", False),
        (385, None, False),  # 150 %, the last that needs no reason
        (384.9, None, True),
        (384.9, "Yağış", False),
        (410, None, True),  # behind its start
        (None, None, False),
    ],
)
def test_a_result_far_from_its_target_needs_a_reason(plan, actual, reason, is_told):
    built = plan(GOOD | {"Gerçekleşme 2024": actual, "Sapma nedeni 2024": reason})
    told = [("indicator", "PG1.1.1", 2024, "no_deviation_reason", False)]
    assert findings(built) == (told if is_told else [])


def test_what_cannot_be_measured_needs_no_reason_as_well(plan):
    built = plan(GOOD | {"Gerçekleşme 2024": 410, "unit": None})
    assert findings(built) == [("indicator", "PG1.1.1", None, "no_unit", True)]


def test_a_value_within_the_year_needs_no_reason_yet(plan):
    assert findings(plan(GOOD | {"Gerçekleşme 2026-06": 379})) == []


def test_a_target_against_its_direction_is_told_whether_reported_or_not(plan):
    built = plan(GOOD | {"direction": "artış", "Sapma nedeni 2024": "Yanlış yazım"})
    assert findings(built) == [
        ("indicator", "PG1.1.1", 2024, "direction_conflict", False),
        ("indicator", "PG1.1.1", 2025, "direction_conflict", False),
        ("indicator", "PG1.1.1", 2026, "direction_conflict", False),
    ]
    status = built("SELECT status FROM mart.plan_value ORDER BY year")["status"].tolist()
    assert status == ["direction_conflict", "direction_conflict", "not_reported"]


def test_the_registry_says_from_where_on_a_result_is_too_good():
    rules = load(REGISTRY).plan_rules
    assert (rules.overachieved_from, rules.pace_tolerance, rules.coverage_floor) == (150, 5, 0.5)
