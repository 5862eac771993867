"""Realisation of the targets of strategic plans, rolled up from indicator to hedef, amaç and plan.

A value within the year never becomes a percentage of the year's target; etl/methods/pace.py judges it. Every
city sets targets of its own, so these percentages rank nobody. Rules: docs/methods/plan.md.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.methods.composite import EQUAL

PLAN = ["city", "plan_id"]
INDICATOR = [*PLAN, "amac", "hedef", "indicator_id"]
HEDEF_YEAR = [*PLAN, "amac", "hedef", "year"]
TEXTS = ["direction", "value_basis"]
NUMBERS = ["baseline", "target", "actual", "weight", "tolerance_pct"]
COLUMNS = [*INDICATOR, "year", *TEXTS, *NUMBERS]
DIRECTIONS = ("increase", "decrease", "maintain")
BASES = ("level", "annual_flow")
ROLLED_UP = [
    "level",
    *PLAN,
    "year",
    "amac",
    "hedef",
    "n",
    "n_used",
    "coverage",
    "perf",
    "weights_ok",
    "display",
]
YEAR_END = 12


@dataclass(frozen=True)
class Bands:
    """The lowest percentage of each band, and the coverage (0–1) below which a hedef has none. Not official."""

    full: float = 100.0
    high: float = 75.0
    partial: float = 50.0
    coverage_floor: float = 0.5


BANDS = Bands()


def realised(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of `frame` with value_used, perf_raw, perf, status, over and w added; index and order stay.

    `frame` has COLUMNS, one row per indicator and year. Two more columns are taken where they are there:
    `month` (1–12, default 12) in which `actual` was measured, and `first_year` of the plan (default: of its
    rows), from which a yearly flow adds up. A value within the year gets value_used and status, no perf.
    perf_raw and perf are per cent, w is the share (0–1) of an indicator in its hedef and year.
    Raises ValueError for what `_check` names. Source: the monitoring table of the planning guide, (C−A)/(B−A).
    """
    _check(frame)
    made = frame.assign(value_used=_value_used(frame))
    raw = _percentage(made).where(month_of(frame) == YEAR_END)
    return made.assign(
        perf_raw=raw,
        perf=raw.clip(0.0, 100.0),
        status=_status(made),
        over=(raw > 100.0 * (1.0 + EQUAL)).astype(int),
        w=_shares(frame),
    )


def _check(frame: pd.DataFrame) -> None:
    """Refuse an unknown direction or basis, a negative weight, a row without a name or with another's."""
    if not frame.index.is_unique:
        raise ValueError("the index must name each row once")
    if not (frame["direction"].isin(DIRECTIONS) & frame["value_basis"].isin(BASES)).all():
        raise ValueError(f"directions are {', '.join(DIRECTIONS)}, bases {', '.join(BASES)}")
    if frame[[*INDICATOR, "year"]].isna().to_numpy().any() or frame.duplicated([*INDICATOR, "year"]).any():
        raise ValueError("every row needs city, plan, amac, hedef, indicator and year, each combination once")
    if (frame["weight"] < 0).any():
        raise ValueError("a weight is negative")


def month_of(frame: pd.DataFrame) -> pd.Series:
    """The month in which each value was measured; the year's end where the frame does not say."""
    whole = pd.Series(float(YEAR_END), index=frame.index)
    return frame["month"].astype(float).fillna(whole) if "month" in frame else whole


def _value_used(frame: pd.DataFrame) -> pd.Series:
    """C: the value itself; of a yearly flow the baseline and all flows from the first year of the plan on.

    A year whose flow is missing, has no row or was measured before its end leaves itself or the later years
    without a value: a sum with a hole would be too small and look like a delay.
    """
    first = frame["first_year"] if "first_year" in frame else frame.groupby(PLAN)["year"].transform("min")
    ordered = frame.sort_values("year", kind="stable")
    keys = [ordered[name] for name in INDICATOR]
    whole_years = ordered["actual"].astype(float).where(month_of(ordered) == YEAR_END)
    earlier = whole_years.groupby(keys).cumsum(skipna=False).groupby(keys).shift(fill_value=0.0)
    unbroken = ordered["year"] - first.loc[ordered.index] == ordered.groupby(INDICATOR).cumcount()
    flow = ordered["baseline"] + (earlier + ordered["actual"]).where(unbroken)
    return frame["actual"].astype(float).where(frame["value_basis"] == "level", flow.reindex(frame.index))


def near(a: pd.Series, b: pd.Series) -> pd.Series:
    """Where two values are equal but for the last bits of a float."""
    return (a - b).abs() <= EQUAL * np.maximum(a.abs(), b.abs())


def is_kept(frame: pd.DataFrame) -> pd.Series:
    """Where the target asks for no change: there is no way from A to B that a part could be of."""
    return (frame["direction"] == "maintain") | near(frame["baseline"], frame["target"])


def conflicts(frame: pd.DataFrame) -> pd.Series:
    """Where the target lies on the other side of the baseline than the direction says."""
    rises = frame["target"] > frame["baseline"]
    falls = frame["target"] < frame["baseline"]
    against = ((frame["direction"] == "increase") & falls) | ((frame["direction"] == "decrease") & rises)
    return against & ~is_kept(frame)


def shortfall(frame: pd.DataFrame) -> pd.Series:
    """How far value_used misses the target on the side that counts; 0 where it does not, NaN where unknown.

    Only a value to be kept has a tolerance (per cent of the target); one to be moved has none.
    """
    target, value = frame["target"], frame["value_used"]
    off = (value - target).abs()
    allowed = frame["tolerance_pct"].astype(float) / 100.0 + EQUAL
    missed = off.mask(off <= allowed * target.abs(), 0.0)
    gap = missed.mask(frame["direction"] == "increase", (target - value).clip(lower=0.0))
    gap = gap.mask(frame["direction"] == "decrease", (value - target).clip(lower=0.0))
    return gap.mask(near(value, target), 0.0)


def _percentage(frame: pd.DataFrame) -> pd.Series:
    """perf_raw of every row: (C−A)/(B−A), or what the shortfall leaves of the target where it is to be kept."""
    way = frame["target"] - frame["baseline"]
    moved = 100.0 * ((frame["value_used"] - frame["baseline"]) / way)
    gap = shortfall(frame)
    kept = (100.0 * (1.0 - gap / frame["target"].abs())).clip(lower=0.0).mask(gap == 0, 100.0)
    return moved.where(~is_kept(frame), kept)


def _status(frame: pd.DataFrame) -> pd.Series:
    """The first that holds, in this order."""
    cases = {
        "no_target": frame["target"].isna(),
        "not_reported": frame["value_used"].isna(),
        "ok": is_kept(frame),
        "no_baseline": frame["baseline"].isna(),
        "direction_conflict": conflicts(frame),
    }
    found = np.select(list(cases.values()), list(cases), "ok")
    return pd.Series(found, index=frame.index, dtype=object)


def _shares(frame: pd.DataFrame) -> pd.Series:
    """Weights as shares of their hedef and year; equal ones where a weight is missing or all are zero."""
    weight = frame["weight"].astype(float)
    keys = [frame[name] for name in HEDEF_YEAR]
    groups = weight.groupby(keys)
    size = groups.transform("size")
    total = groups.transform("sum").where(groups.transform("count") == size)
    return (weight / total).fillna(1.0 / size)


def rolled_up(frame: pd.DataFrame, bands: Bands = BANDS) -> pd.DataFrame:
    """The columns ROLLED_UP, a row per hedef, amac and plan and year: levels one after the other.

    `frame` is what `realised` gives. With a boolean column `is_measurable`, the perf of a row where it is
    false is not used and its weight counts as not covered. A hedef is the weighted mean of its indicators, an
    amac the plain mean of its hedef, a plan of its amac; n are the children, n_used those with a perf.
    coverage is 0–1, weights_ok 0 or 1; names below a row's level are None. Nodes stand as they first come.
    """
    hedef = _hedef(frame, bands)
    amac = _mean_of_children(hedef, [*PLAN, "amac", "year"])
    plan = _mean_of_children(amac, [*PLAN, "year"])
    levels = {"hedef": hedef, "amac": amac, "plan": plan}
    made = pd.concat([part.assign(level=level) for level, part in levels.items()], ignore_index=True)
    made["display"] = displayed(made["perf"], bands)
    for name in ("amac", "hedef"):
        made[name] = made[name].astype(object).where(made[name].notna(), None)
    return made[ROLLED_UP]


def _hedef(frame: pd.DataFrame, bands: Bands) -> pd.DataFrame:
    perf = frame["perf"]
    if "is_measurable" in frame:
        perf = perf.where(frame["is_measurable"].astype(bool))
    covered = frame["w"].where(perf.notna(), 0.0)
    parts = frame[HEDEF_YEAR].assign(
        n=1,
        n_used=perf.notna().astype(int),
        all=frame["w"],
        covered=covered,
        points=covered * perf,
        raw=frame["weight"].astype(float).fillna(np.inf),  # one that is missing never adds to 100
    )
    made = _in_order(parts.groupby(HEDEF_YEAR, sort=False).sum().reset_index())
    made["coverage"] = made["covered"] / made["all"]
    enough = made["coverage"] >= bands.coverage_floor - EQUAL
    made["perf"] = made["points"] / made["covered"].where(enough)
    made["weights_ok"] = ((made["raw"] - 100.0).abs() <= 100.0 * EQUAL).astype(int)
    return made[[*HEDEF_YEAR, "n", "n_used", "coverage", "perf", "weights_ok"]]


def _mean_of_children(children: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    made = children.groupby(keys, sort=False).agg(
        n=("perf", "size"),
        n_used=("perf", "count"),
        coverage=("coverage", "mean"),
        perf=("perf", "mean"),
        weights_ok=("weights_ok", "min"),
    )
    return made.reset_index()


def _in_order(nodes: pd.DataFrame) -> pd.DataFrame:
    """Nodes under their parents in the order of first appearance, each by year."""
    depth = range(1, len(HEDEF_YEAR))
    places = [nodes.groupby(HEDEF_YEAR[:upto], sort=False).ngroup() for upto in depth]
    return nodes.iloc[np.lexsort([nodes["year"], *reversed(places)])]


def displayed(perf: pd.Series, bands: Bands = BANDS) -> pd.Series:
    """The word of the band each percentage falls into; `insufficient` where there is none."""
    reached = perf * (1.0 + EQUAL)  # a mean of hundreds may miss 100 by its last bit
    words = {"full": bands.full, "high": bands.high, "partial": bands.partial}
    found = np.select([reached >= lowest for lowest in words.values()], list(words), "low")
    return pd.Series(found, index=perf.index, dtype=object).mask(perf.isna(), "insufficient")
