"""What should have been reached by now: values within the year by hand, and how far the plan has come."""

import math

import numpy as np
import pandas as pd
import pytest

from etl.methods.kpi import realised
from etl.methods.pace import horizon, pace
from tests.etl.plan_rows import row, table

NAN = math.nan


def judged(*rows, tolerance=5.0):
    """(path_share, expected_share, pace) of each row."""
    found = pace(realised(table(*rows)), tolerance)
    return [tuple(one) for one in found[["path_share", "expected_share", "pace"]].to_numpy()]


def told(*rows, tolerance=5.0):
    return [word for *_, word in judged(*rows, tolerance=tolerance)]


# ------------------------------------------------------------------------------------ within the year


def test_forty_eight_per_cent_is_on_track_in_june_and_behind_in_december():
    half = {"a": 0, "b": 100, "c": 48}
    (june,) = judged(row(**half, month=6))
    (december,) = judged(row(**half, month=12))
    assert june == (pytest.approx(48), pytest.approx(50), "on_track")
    assert december == (pytest.approx(48), pytest.approx(100), "behind")
    # A value without a month is one of the year's end.
    assert judged(row(**half)) == [december]


@pytest.mark.parametrize(
    ("month", "value", "tolerance", "word"),
    [
        (6, 45, 5.0, "on_track"),
        (6, 44.9, 5.0, "behind"),
        (6, 44.9, 6.0, "on_track"),
        (6, 49.9, 0.0, "behind"),
        (6, 50, 0.0, "on_track"),
        (1, 100 / 12, 0.0, "on_track"),
        (1, 3, 5.0, "behind"),
        (1, 4, 5.0, "on_track"),
        (12, 95, 5.0, "on_track"),
        (12, 94, 5.0, "behind"),
        (12, 100, 5.0, "reached"),
        (3, 100, 5.0, "reached"),
        (3, 180, 5.0, "reached"),
        (3, -10, 5.0, "behind"),
    ],
)
def test_the_path_is_straight_and_has_a_tolerance_in_points(month, value, tolerance, word):
    assert told(row(0, 100, value, month=month), tolerance=tolerance) == [word]


def test_a_falling_target_has_the_same_path():
    fall = {"a": 30, "b": 20, "direction": "decrease", "month": 6}
    assert judged(row(c=25.2, **fall)) == [(pytest.approx(48), pytest.approx(50), "on_track")]
    assert told(row(c=25.6, **fall), row(c=20, **fall | {"indicator_id": "PG2"})) == ["behind", "reached"]


def test_the_path_begins_at_the_last_year_end_before_the_year():
    """A 0, reached 40 by December 2025, target 60: half-way in June 2026 is 50, not 30."""
    last = row(0, 30, 40, month=12)
    (_, june) = judged(last, row(0, 60, 49, year=2026, month=6))
    assert june == (pytest.approx(45), pytest.approx(50), "on_track")
    assert told(last, row(0, 60, 45, year=2026, month=6)) == ["reached", "behind"]
    # A value within the last year is no start; the year-end before it is.
    start = pace(
        realised(table(last, row(0, 50, 45, year=2026, month=9), row(0, 60, 49, year=2027, month=6)))
    )
    assert start["start"].tolist() == [0, 40, 40]
    # The order of rows does not matter, and another indicator's value is not the start.
    other = row(0, 60, 49, year=2026, month=6, indicator_id="PG2")
    mixed = pace(realised(table(other, row(0, 60, 49, year=2026, month=6), last)))
    assert mixed["start"].tolist() == [0, 40, 0]


def test_a_yearly_flow_is_held_against_what_this_year_must_add():
    """Baseline 10, 5 in 2025, target 30 by the end of 2026: 15 to do in the year, half of it by June."""
    flow = {"a": 10, "value_basis": "annual_flow"}
    before = row(b=20, c=5, month=12, **flow)
    (_, june) = judged(before, row(b=30, c=7, year=2026, month=6, **flow))
    assert june == (pytest.approx(100 * 7 / 15), pytest.approx(50), "on_track")
    (_, december) = judged(before, row(b=30, c=7, year=2026, month=12, **flow))
    assert december[2] == "behind"


def test_a_start_that_has_the_target_has_no_path_and_must_hold_it():
    ahead = row(0, 30, 40, month=12)
    held, lost = (row(0, 40, c, year=2026, month=6) for c in (41, 39))
    assert judged(ahead, held)[1] == (
        pytest.approx(NAN, nan_ok=True),
        pytest.approx(NAN, nan_ok=True),
        "reached",
    )
    assert judged(ahead, lost)[1][2] == "behind"
    beyond = row(0, 35, 36, year=2026, month=6)
    assert told(ahead, beyond) == ["reached", "reached"]
    fall = {"direction": "decrease", "month": 6}
    assert told(row(20, 20, 19, **fall), row(20, 20, 21, indicator_id="PG2", **fall)) == ["reached", "behind"]


def test_a_value_to_be_kept_is_on_track_while_it_holds():
    keep = {"direction": "maintain", "tolerance_pct": 5.0}
    assert told(row(100, 100, 96, month=6, **keep)) == ["on_track"]
    assert told(row(100, 100, 96, month=12, **keep)) == ["reached"]
    assert told(row(100, 100, 94, month=6, **keep)) == ["behind"]
    assert told(row(None, 100, 106, month=6, **keep)) == ["behind"]
    assert math.isnan(judged(row(90, 100, 96, month=6, **keep))[0][0])


@pytest.mark.parametrize(
    "unknown",
    [
        row(0, None, 5, month=6),
        row(0, 10, None, month=6),
        row(None, 10, 5, month=6),
        row(10, 5, 7, month=6),  # to be raised, to below where it is
        row(10, 10, None, month=6),
        row(None, 10, None, month=6, direction="maintain"),
    ],
)
def test_what_cannot_be_told_is_not_told(unknown):
    assert judged(unknown)[0][2] is None


def test_a_known_year_end_stands_in_for_a_missing_baseline():
    assert told(row(None, 30, 40, month=12), row(None, 60, 50, year=2026, month=6)) == [None, "on_track"]


def test_index_and_rows_stay():
    frame = table(row(0, 10, 5, year=2026, month=6), row(0, 10, 5, month=12)).set_axis([7, 3])
    found = horizon(pace(realised(frame)))
    assert found.index.tolist() == [7, 3]
    pd.testing.assert_frame_equal(found[list(frame.columns)], frame)


@pytest.mark.parametrize("seed", range(3))
def test_more_is_never_further_behind(seed):
    draw = np.random.default_rng(seed)
    order = {"behind": 0, "on_track": 1, "reached": 2}
    for _ in range(30):
        a, b, month = float(draw.integers(0, 50)), float(draw.integers(51, 99)), int(draw.integers(1, 13))
        rows = [row(a, b, c, month=month, indicator_id=f"PG{c}") for c in range(0, 120, 5)]
        assert (words := [order[word] for word in told(*rows)]) == sorted(words)
        assert set(words) >= {0, 2}


# ------------------------------------------------------------------------------------ over the plan


def travelled(*rows):
    found = horizon(realised(table(*rows)))
    return [tuple(one) for one in found[["target_end", "horizon_share", "elapsed_share"]].to_numpy()]


def test_how_far_the_plan_has_come_beside_how_much_of_it_is_over():
    years = [
        row(10, 10 + 8 * n, c, year=2024 + n) for n, c in ((1, 20), (2, 14), (3, None), (4, None), (5, None))
    ]
    found = travelled(*years)
    assert found[0] == (50, pytest.approx(25), pytest.approx(20))
    assert found[1] == (50, pytest.approx(10), pytest.approx(40))
    assert found[2][1:] == (pytest.approx(NAN, nan_ok=True), pytest.approx(60))
    half = travelled(row(10, 18, 20, month=6), *years[1:])
    assert half[0] == (50, pytest.approx(25), pytest.approx(10))


def test_years_of_the_plan_may_be_told():
    plan = {"first_year": 2025, "last_year": 2029}
    rows = [row(0, 10, 5, year=2026, **plan), row(0, 50, None, year=2029, **plan)]
    assert travelled(*rows)[0] == (50, pytest.approx(10), pytest.approx(40))
    # Without a target for the last year there is nothing to be a share of.
    assert math.isnan(travelled(rows[0])[0][1])
    assert travelled(rows[0])[0][2] == pytest.approx(40)


@pytest.mark.parametrize(
    "told_row",
    [
        row(10, 10, 12),
        row(None, 10, 5),
        row(0, None, 5),
        row(0, 10, None),
        row(8, 10, 9, direction="maintain"),
    ],
)
def test_no_way_no_share(told_row):
    assert math.isnan(travelled(told_row)[0][1])


def test_falling_back_and_overshooting_are_shown_as_they_are():
    fall = {"direction": "decrease"}
    assert travelled(row(30, 20, 35, **fall))[0][1] == pytest.approx(-50)
    assert travelled(row(30, 20, 15, **fall))[0][1] == pytest.approx(150)
