"""Realisation of plan targets: R's results, the decision table by hand, the roll-up, and bad rows."""

import pandas as pd

from etl.methods import kpi
from etl.methods.kpi import realised, rolled_up
from tests.oracle import FIXTURE, assert_equal, needs_shared

NAMES = dict.fromkeys(["city", "plan_id", "amac", "hedef", "indicator_id"], "str")
PLAIN = {
    "city": "x",
    "plan_id": "x-2025",
    "amac": "A1",
    "hedef": "H1.1",
    "indicator_id": "PG1",
    "year": 2025,
    "direction": "increase",
    "value_basis": "level",
    "weight": 100.0,
    "tolerance_pct": None,
}
A, B, C = "baseline", "target", "actual"


def table(*rows):
    """Rows of a plan, each a dict of what differs from PLAIN; numbers as floats."""
    frame = pd.DataFrame([PLAIN | {A: None, B: None, C: None} | row for row in rows])
    return frame.astype(dict.fromkeys(kpi.NUMBERS, float))


def one(**told):
    """What `realised` makes of a single row."""
    return realised(table(told)).iloc[0]


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
