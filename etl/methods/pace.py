"""What should have been reached by now: a value within the year against the path to the year's target.

In June nobody is behind for not having reached December's target. Rules: docs/methods/plan.md.
"""

import numpy as np
import pandas as pd

from etl.methods.composite import EQUAL
from etl.methods.kpi import INDICATOR, PLAN, YEAR_END, conflicts, month_of, near, shortfall

TOLERANCE = 5.0


def pace(frame: pd.DataFrame, tolerance: float | pd.Series = TOLERANCE) -> pd.DataFrame:
    """The rows of `frame` with start, path_share, expected_share and pace added; index and order stay.

    `frame` is what `realised` gives, with every year of an indicator and the `month` (1–12, default 12) of each
    value. start S is the last year-end value_used before the year, else the baseline. path_share is
    100 (C−S)/(B−S), expected_share 100 month/12; both are NaN where there is no way to go. pace is `reached`,
    `on_track` (path_share at least expected_share less `tolerance` points, for all or for each row), `behind`,
    or None (not known).
    """
    made = frame.assign(start=_start(frame))
    month, target, start = month_of(frame), made["target"], made["start"]
    keeps = frame["direction"] == "maintain"
    # A start at or beyond the target has no way left: the value is to stay there.
    there = near(start, target)
    there |= (frame["direction"] == "increase") & (start >= target)
    there |= (frame["direction"] == "decrease") & (start <= target)
    unclear = conflicts(frame)
    has_way = ~(keeps | there | unclear)
    way = (target - start).where(has_way)
    made["path_share"] = 100.0 * ((made["value_used"] - start) / way)
    made["expected_share"] = (100.0 * month / YEAR_END).where(made["path_share"].notna())
    in_time = made["path_share"] >= made["expected_share"] - tolerance - 100.0 * EQUAL
    gap = shortfall(frame)
    holds = (gap == 0) & ~unclear
    known = (has_way & made["path_share"].notna()) | ((keeps | there) & ~unclear & gap.notna())
    # A value to be kept through the year is not reached before its end.
    cases = {"reached": holds & (~keeps | (month == YEAR_END)), "on_track": holds | in_time}
    told = np.select(list(cases.values()), list(cases), "behind")
    made["pace"] = pd.Series(told, index=frame.index, dtype=object).where(known, None)
    return made


def _start(frame: pd.DataFrame) -> pd.Series:
    """The last year-end value known before the year, else the baseline."""
    ordered = frame.sort_values("year", kind="stable")
    keys = [ordered[name] for name in INDICATOR]
    year_end = ordered["value_used"].where(month_of(ordered) == YEAR_END)
    known = year_end.groupby(keys).ffill().groupby(keys).shift()
    return known.reindex(frame.index).fillna(frame["baseline"].astype(float))


def horizon(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frame` with target_end, horizon_share and elapsed_share added; index and order stay.

    `frame` as for `pace`; `first_year` and `last_year` of the plan are taken where they are columns (default:
    of its rows). horizon_share is 100 (C−A)/(B_end−A), raw; elapsed_share how much of the plan is over by the
    month of the value. horizon_share is NaN where a part is missing or nothing has to move.
    """
    years = frame.groupby(PLAN)["year"]
    first = frame["first_year"] if "first_year" in frame else years.transform("min")
    last = frame["last_year"] if "last_year" in frame else years.transform("max")
    at_end = frame["target"].astype(float).where(frame["year"] == last)
    target = at_end.groupby([frame[name] for name in INDICATOR]).transform("max")
    moves = (frame["direction"] != "maintain") & ~near(frame["baseline"], target)
    way = (target - frame["baseline"]).where(moves)
    over = frame["year"] - first + month_of(frame) / YEAR_END
    return frame.assign(
        target_end=target,
        horizon_share=100.0 * ((frame["value_used"] - frame["baseline"]) / way),
        elapsed_share=100.0 * over / (last - first + 1),
    )
