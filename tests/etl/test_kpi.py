"""Realisation of plan targets: R's results, the decision table by hand, the roll-up, and what must always hold."""

import math

import numpy as np
import pandas as pd
import pytest

from etl.methods import kpi
from etl.methods.kpi import Bands, displayed, realised, rolled_up
from tests.etl.plan_rows import row, table
from tests.oracle import FIXTURE, assert_equal, needs_shared

NAMES = dict.fromkeys(["city", "plan_id", "amac", "hedef", "indicator_id"], "str")


def results(*rows):
    """status, perf_raw, perf and over of each row."""
    found = realised(table(*rows))
    return list(found[["status", "perf_raw", "perf", "over"]].itertuples(index=False, name=None))


# ------------------------------------------------------------------------------------ against R


@needs_shared
def test_every_indicator_is_that_of_r():
    found = realised(pd.read_csv(FIXTURE / "kpi_input.csv", dtype=NAMES))
    expected = pd.read_csv(FIXTURE / "kpi_expected.csv", dtype=NAMES)
    assert len(expected) == 180
    for column in ("status", "over"):
        assert found[column].tolist() == expected[column].tolist()
    for column in ("value_used", "perf_raw", "perf", "w"):
        assert_equal(found[column], expected[column])


@needs_shared
def test_every_roll_up_is_that_of_r():
    found = rolled_up(realised(pd.read_csv(FIXTURE / "kpi_input.csv", dtype=NAMES)))
    expected = pd.read_csv(FIXTURE / "kpi_rollup_expected.csv", dtype=NAMES)
    assert len(expected) == 105
    assert list(found.columns) == list(expected.columns)
    for column in set(expected.columns) - {"coverage", "perf"}:
        assert found[column].fillna("").tolist() == expected[column].fillna("").tolist(), column
    for column in ("coverage", "perf"):
        assert_equal(found[column], expected[column])


# ------------------------------------------------------------------------------------ the decision table

KEPT = {"direction": "maintain", "tolerance_pct": 5.0}


@pytest.mark.parametrize(
    ("told", "status", "raw", "perf", "over"),
    [
        # The examples of the decision table (domain research, 3.3).
        (row(40, 60, 55), "ok", 75.0, 75.0, 0),
        (row(30, 20, 22, direction="decrease"), "ok", 80.0, 80.0, 0),
        (row(40, 60, 35), "ok", -25.0, 0.0, 0),
        (row(40, 60, 70), "ok", 150.0, 100.0, 1),
        (row(40, 60, 60), "ok", 100.0, 100.0, 0),
        (row(95, 95, 90), "ok", 100 * 90 / 95, 100 * 90 / 95, 0),
        (row(0, 15, 12, value_basis="annual_flow"), "ok", 80.0, 80.0, 0),
        (row(10, 0, 2, direction="decrease"), "ok", 80.0, 80.0, 0),
        (row(0, 0, 0, direction="decrease"), "ok", 100.0, 100.0, 0),
        # Where the rule of the reference is another one than the table's.
        (row(None, 60, 55), "no_baseline", None, None, 0),
        (row(0, 0, 3, direction="decrease"), "ok", 0.0, 0.0, 0),
        (row(10, 10, 12, direction="decrease"), "ok", 80.0, 80.0, 0),
        # Missing values, in the order in which they count.
        (row(40, None, 55), "no_target", None, None, 0),
        (row(40, None, None), "no_target", None, None, 0),
        (row(40, 60, None), "not_reported", None, None, 0),
        (row(None, 60, None), "not_reported", None, None, 0),
        (row(95, 95, None), "not_reported", None, None, 0),
        # A target against the direction is computed and marked.
        (row(48.5, 44.5, 54.1), "direction_conflict", -140.0, 0.0, 0),
        (row(20, 30, 25, direction="decrease"), "direction_conflict", 50.0, 50.0, 0),
        # A value to be kept: better is never punished where better has a side.
        (row(95, 95, 99), "ok", 100.0, 100.0, 0),
        (row(10, 10, 7, direction="decrease"), "ok", 100.0, 100.0, 0),
        (row(10, 10, 25, direction="decrease"), "ok", 0.0, 0.0, 0),
        (row(100, 100, 105, **KEPT), "ok", 100.0, 100.0, 0),
        (row(100, 100, 95, **KEPT), "ok", 100.0, 100.0, 0),
        (row(100, 100, 94, **KEPT), "ok", 94.0, 94.0, 0),
        (row(100, 100, 106, **KEPT), "ok", 94.0, 94.0, 0),
        (row(10.6, 10.6, 11.13, **KEPT), "ok", 100.0, 100.0, 0),
        (row(100, 100, 99, direction="maintain"), "ok", 99.0, 99.0, 0),
        (row(None, 100, 100, **KEPT), "ok", 100.0, 100.0, 0),
        (row(80, 100, 80, **KEPT), "ok", 80.0, 80.0, 0),
        (row(0, 0, 0, **KEPT), "ok", 100.0, 100.0, 0),
        (row(-50, -50, -40, direction="decrease"), "ok", 80.0, 80.0, 0),
        (row(100, 100, 105.04, **KEPT), "ok", 94.96, 94.96, 0),
        # The tolerance belongs to a value to be kept, not to one to be raised.
        (row(100, 100, 96, tolerance_pct=5.0), "ok", 96.0, 96.0, 0),
        # A worksheet's 0.30000000000000004 is 0.3: nothing has to change between them.
        (row(0.3, 0.1 + 0.2, 0.3), "ok", 100.0, 100.0, 0),
        (row(3e9, 3e9 + 1e-4, 3e9), "ok", 100.0, 100.0, 0),
        (row(0, 1e-13, 5e-14), "ok", 50.0, 50.0, 0),
    ],
)
def test_one_indicator(told, status, raw, perf, over):
    ((found_status, found_raw, found_perf, found_over),) = results(told)
    assert (found_status, found_over) == (status, over)
    for found, expected in ((found_raw, raw), (found_perf, perf)):
        assert math.isnan(found) if expected is None else found == pytest.approx(expected, rel=1e-12)


def flow(year, c, a=10.0, b=30.0, **told):
    return row(a, b, c, year=year, value_basis="annual_flow", **told)


def values(*rows):
    return realised(table(*rows))["value_used"].tolist()


def same(found, expected):
    assert found == pytest.approx(expected, nan_ok=True)


NAN = math.nan


def test_a_yearly_flow_adds_up_from_the_baseline_in_any_order_of_the_rows():
    same(values(flow(2026, 7), flow(2025, 5), flow(2027, 0)), [22, 15, 22])


def test_a_missing_flow_leaves_its_year_and_all_later_ones_unreported():
    rows = [flow(2025, 5), flow(2026, None), flow(2027, 4)]
    same(values(*rows), [15, NAN, NAN])
    assert [status for status, *_ in results(*rows)] == ["ok", "not_reported", "not_reported"]


def test_a_year_without_a_row_is_a_missing_year():
    other = row(1, 2, 2, indicator_id="PG2", year=2025)
    same(values(flow(2025, 5), flow(2027, 4)), [15, NAN])
    # The plan begins in 2025, as its other indicator shows: the flow of that year is not known.
    same(values(other, flow(2026, 5)), [2, NAN])
    same(values(flow(2026, 5)), [15])
    same(values(flow(2026, 5, first_year=2025)), [NAN])


def test_a_flow_without_a_baseline_has_no_cumulative_value():
    assert results(flow(2025, 5, a=None))[0][0] == "not_reported"


def test_a_flow_of_part_of_a_year_does_not_stand_for_that_year_later():
    same(values(flow(2025, 5, month=6), flow(2026, 4, month=12)), [15, NAN])
    same(values(flow(2025, 5, month=12), flow(2026, 4, month=6)), [15, 19])


def test_a_value_without_a_month_is_one_of_the_year_s_end():
    same(values(flow(2025, 5, month=None), flow(2026, 4, month=6)), [15, 19])


def test_a_value_within_the_year_is_used_and_has_no_percentage():
    found = realised(table(row(40, 60, 70, month=6), row(40, 60, 70, month=12, indicator_id="PG2")))
    assert found["value_used"].tolist() == [70, 70]
    same(found["perf_raw"].tolist(), [NAN, 150])
    same(found["perf"].tolist(), [NAN, 100])
    assert found["over"].tolist() == [0, 1]


# ------------------------------------------------------------------------------------ weights, roll-up


def shares(*weights):
    rows = [row(0, 1, 1, indicator_id=f"PG{n}", weight=weight) for n, weight in enumerate(weights)]
    found = realised(table(*rows))
    return found["w"].tolist(), rolled_up(found)["weights_ok"].iloc[0]


@pytest.mark.parametrize(
    ("weights", "expected", "is_ok"),
    [
        ((58, 42), [0.58, 0.42], 1),
        ((33.3, 33.3, 33.4), [0.333, 0.333, 0.334], 1),
        ((22, 66), [0.25, 0.75], 0),
        ((60, None), [0.5, 0.5], 0),
        ((100, None), [0.5, 0.5], 0),
        ((0, 0), [0.5, 0.5], 0),
        ((0, 100), [0.0, 1.0], 1),
    ],
)
def test_weights_become_shares(weights, expected, is_ok):
    assert shares(*weights) == (pytest.approx(expected), is_ok)


def goal(*percentages, weights=(50, 30, 20), **told):
    """An objective whose indicators reach these percentages (None: not reported)."""
    return table(
        *(
            row(0, 100, percent, weight=weight, indicator_id=f"PG{n}") | told
            for n, (percent, weight) in enumerate(zip(percentages, weights, strict=True))
        )
    )


def node(frame, level="hedef", bands=kpi.BANDS):
    found = rolled_up(realised(frame), bands)
    return found[found["level"] == level].iloc[0]


def test_the_worked_goal_of_the_domain_research():
    """50/30/20 with 75, 80 and 150 %: capped 37.5 + 24 + 20."""
    whole = node(goal(75, 80, 150))
    assert (whole["perf"], whole["coverage"], whole["n"], whole["n_used"]) == (pytest.approx(81.5), 1, 3, 3)
    part = node(goal(75, 80, None))
    assert (part["perf"], part["coverage"]) == (pytest.approx(61.5 / 0.8), pytest.approx(0.8))
    assert (part["n"], part["n_used"], part["weights_ok"]) == (3, 2, 1)


def test_half_of_the_weights_is_enough_and_less_is_not():
    assert node(goal(75, None, None))["display"] == "high"
    short = node(goal(75, None, None, weights=(49, 31, 20)))
    assert (short["display"], short["coverage"]) == ("insufficient", pytest.approx(0.49))
    assert math.isnan(short["perf"])
    # 0.1 + 0.2 + 0.2 is half of 1 although the bits of the sum may miss it.
    tenths = goal(75, 75, 75, None, weights=(0.1, 0.2, 0.2, 0.5))
    assert node(tenths)["display"] == "high"


def test_nothing_reported_is_insufficient_even_without_a_floor():
    found = node(goal(None, None, None), bands=Bands(coverage_floor=0.0))
    assert (found["display"], found["coverage"], found["n_used"]) == ("insufficient", 0, 0)


def test_what_cannot_be_measured_is_not_used_and_not_covered():
    frame = goal(75, 80, 150).assign(is_measurable=[True, True, False])
    found = node(frame)
    assert (found["perf"], found["coverage"]) == (pytest.approx(61.5 / 0.8), pytest.approx(0.8))
    assert (found["n"], found["n_used"]) == (3, 2)
    assert realised(frame)["w"].tolist() == pytest.approx([0.5, 0.3, 0.2])


def test_goal_and_plan_are_plain_means_of_what_has_a_percentage():
    frame = pd.concat(
        [
            goal(100, 100, 100),
            goal(40, 40, 40, hedef="H2"),
            goal(None, None, None, hedef="H3"),
            goal(80, 80, 80, amac="A2", hedef="H4", weights=(1, 1, 1)),
        ],
        ignore_index=True,
    )
    found = rolled_up(realised(frame))
    shown = found[["level", "amac", "hedef", "n", "n_used", "coverage", "perf", "weights_ok", "display"]]
    expected = [
        ("hedef", "A1", "H1", 3, 3, 1.0, 100.0, 1, "full"),
        ("hedef", "A1", "H2", 3, 3, 1.0, 40.0, 1, "low"),
        ("hedef", "A1", "H3", 3, 0, 0.0, NAN, 1, "insufficient"),
        ("hedef", "A2", "H4", 3, 3, 1.0, 80.0, 0, "high"),
        ("amac", "A1", None, 3, 2, 2 / 3, 70.0, 1, "partial"),
        ("amac", "A2", None, 1, 1, 1.0, 80.0, 0, "high"),
        ("plan", None, None, 2, 2, 5 / 6, 75.0, 0, "high"),
    ]
    for one, known in zip(shown.itertuples(index=False, name=None), expected, strict=True):
        assert one[:5] == known[:5]
        assert one[5:7] == pytest.approx(known[5:7], nan_ok=True)
        assert one[7:] == known[7:]


def test_an_objective_number_that_two_goals_use_is_two_objectives():
    frame = pd.concat([goal(100, 100, 100), goal(0, 0, 0, amac="A2")], ignore_index=True)
    found = rolled_up(realised(frame))
    assert found["perf"].tolist() == [100, 0, 100, 0, 50]


def test_bands_are_an_argument():
    percentages = pd.Series([100.0, 99.9, 85.0, 70.0, 69.9, NAN, 100 - 1e-12])
    bands = Bands(full=100, high=85, partial=70)
    assert displayed(percentages, bands).tolist() == [
        "full", "high", "high", "partial", "low", "insufficient", "full",
    ]  # fmt: skip
    defaults = displayed(pd.Series([100.0, 99.9, 75.0, 74.9, 50.0, 49.9]))
    assert defaults.tolist() == ["full", "high", "high", "partial", "partial", "low"]
    assert node(goal(60, 60, 60), bands=Bands(partial=61))["display"] == "low"


def test_nodes_stand_as_they_first_come_and_by_year():
    names = [("b", "A2", "H9"), ("b", "A2", "H10"), ("a", "A1", "H1"), ("b", "A1", "H2")]
    frame = table(
        *(row(0, 1, 1, city=c, amac=a, hedef=h, year=year) for year in (2026, 2025) for c, a, h in names)
    )
    found = rolled_up(realised(frame))
    shown = [tuple(one) for one in found[["city", "amac", "hedef", "year"]].to_numpy() if one[2]]
    order = [("b", "A2", "H9"), ("b", "A2", "H10"), ("b", "A1", "H2"), ("a", "A1", "H1")]
    assert shown == [(*name, year) for name in order for year in (2025, 2026)]
    goals = [tuple(one) for one in found[found["level"] == "amac"][["city", "amac"]].to_numpy()]
    assert goals[::2] == [("b", "A2"), ("b", "A1"), ("a", "A1")]
    assert found[found["level"] == "plan"]["city"].tolist() == ["b", "b", "a", "a"]


@pytest.mark.parametrize(
    "rows",
    [
        [row(0, 1, 1, direction="up")],
        [row(0, 1, 1, value_basis="flow")],
        [row(0, 1, 1, weight=-1)],
        [row(0, 1, 1), row(0, 1, 1)],
        [row(0, 1, 1, hedef=None)],
    ],
)
def test_rows_that_no_rule_covers_are_refused(rows):
    with pytest.raises(ValueError, match=r"direction|weight|combination"):
        realised(table(*rows))


# ------------------------------------------------------------------------------------ properties


def random_plan(seed):
    """A plan of 3 goals, up to 60 indicators and 3 years with every gap and kind."""
    draw = np.random.default_rng(seed)
    rows = []
    for number in range(60):
        goal_number = number // 20
        where = {
            "amac": f"A{goal_number}",
            "hedef": f"H{goal_number}.{number % 4}",
            "indicator_id": f"PG{number}",
        }
        kind = {
            "direction": str(draw.choice(kpi.DIRECTIONS)),
            "value_basis": str(draw.choice(kpi.BASES)),
            "weight": float(draw.integers(1, 60)),
            "tolerance_pct": 5.0,
        }
        start = float(draw.integers(1, 50))
        for year in (2025, 2026, 2027):
            actual = None if draw.random() < 0.15 else float(draw.integers(0, 60))
            rows.append(row(start, float(draw.integers(1, 60)), actual, year=year) | where | kind)
    return table(*rows)


@pytest.mark.parametrize("seed", range(5))
def test_only_the_proportion_of_weights_counts(seed):
    plain = rolled_up(realised(random_plan(seed)))
    frame = random_plan(seed)
    scaled = rolled_up(realised(frame.assign(weight=frame["weight"] * 7.3)))
    for column in ("coverage", "perf"):
        np.testing.assert_allclose(scaled[column], plain[column], rtol=1e-12, equal_nan=True)
    assert scaled["display"].tolist() == plain["display"].tolist()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_changes_nothing(seed):
    frame = random_plan(seed)
    mixed = frame.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(realised(mixed).sort_index(), realised(frame))
    keys = ["level", "year", "amac", "hedef"]
    both = [rolled_up(realised(one)).sort_values(keys, ignore_index=True) for one in (mixed, frame)]
    pd.testing.assert_frame_equal(*both, check_exact=False, rtol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_doing_better_never_lowers_a_percentage(seed):
    frame = random_plan(seed)
    frame = frame[(frame["direction"] == "increase") & (frame["value_basis"] == "level")]
    # A target below the baseline under "increase" contradicts itself: its percentage falls as the value rises.
    frame = frame[frame["target"] >= frame["baseline"]]
    before, after = realised(frame), realised(frame.assign(actual=frame["actual"] + 3.0))
    known = before["perf_raw"].notna()
    assert known.sum() > 5
    assert (after["perf_raw"] >= before["perf_raw"])[known].all()
    assert (after["perf_raw"] > before["perf_raw"])[known & (frame["target"] > frame["baseline"])].all()
    below, above = rolled_up(before)["perf"], rolled_up(after)["perf"]
    assert (above.notna() == below.notna()).all()
    assert (above >= below - 1e-9)[below.notna()].all()


@pytest.mark.parametrize("seed", range(5))
def test_an_objective_lies_between_its_indicators_and_a_mirrored_plan_is_the_same(seed):
    frame = random_plan(seed)
    found = realised(frame)
    spans = found.groupby(kpi.HEDEF_YEAR, sort=False)["perf"].agg(["min", "max"])
    nodes = rolled_up(found)
    own = nodes[nodes["level"] == "hedef"].set_index(kpi.HEDEF_YEAR)["perf"].dropna()
    spans = spans.loc[own.index]
    assert ((own >= spans["min"] - 1e-9) & (own <= spans["max"] + 1e-9)).all()
    # The formula serves both directions: every sign turned, every percentage stays.
    mirrored = frame.assign(
        direction=frame["direction"].replace({"increase": "decrease", "decrease": "increase"}),
        **{name: -frame[name] for name in ("baseline", "target", "actual")},
    )
    again = realised(mirrored)
    np.testing.assert_allclose(again["perf_raw"], found["perf_raw"], rtol=1e-12, equal_nan=True)
    assert again["status"].tolist() == found["status"].tolist()
