"""From the rows of received plans to the frames of the plan marts; every figure comes from etl/methods.

Percentages of different plans compare nothing but each plan with itself: every municipality sets its own targets.
"""

from __future__ import annotations

import pandas as pd

from etl.methods.kpi import Bands, displayed, realised, rolled_up
from etl.methods.pace import horizon, pace
from etl.plans.lint import findings, is_blocked
from etl.plans.nodes import GOAL, OBJECTIVE, goals, objectives, stand_ins
from etl.registry_budget import PlanRules

LEVELS = {"hedef": "objective", "amac": "goal", "plan": "plan"}
# The names of the method's columns in the reference results, and ours.
NAMES = {"city_id": "city", "goal_id": "amac", "objective_id": "hedef"}
NUMBERS = ["baseline", "weight", "tolerance_pct", "target", "actual", "month"]
INDICATOR = ["plan_id", "indicator_id"]


def plan_tables(rows: pd.DataFrame, values: pd.DataFrame, rules: PlanRules) -> dict[str, pd.DataFrame]:
    """Mart table -> its rows, of every plan in `rows` (PlanRow, lineage_id, is_synthetic) and `values` (PlanValue)."""
    frame = measured(rows, values, rules)
    found = findings(rows, frame, rules)
    frame["is_measurable"] = ~is_blocked(frame, found)
    indicators = rows[rows["indicator_id"].notna()].rename(columns={"indicator": "label"})
    return {
        "mart.dim_plan": rows.drop_duplicates("plan_id"),
        "mart.plan_goal": goals(rows),
        "mart.plan_objective": objectives(rows),
        "mart.plan_indicator": indicators.assign(sort_key=indicators.groupby("plan_id").cumcount() + 1),
        "mart.plan_value": value_rows(frame, bands_of(rules)),
        "mart.plan_rollup": rollup_rows(frame, rows, bands_of(rules)),
        "mart.plan_finding": found,
    }


def bands_of(rules: PlanRules) -> Bands:
    """The bands of the registry as the method takes them."""
    lowest = {band.display: band.lowest for band in rules.bands}
    return Bands(lowest["full"], lowest["high"], lowest["partial"], rules.coverage_floor)


def measured(rows: pd.DataFrame, values: pd.DataFrame, rules: PlanRules) -> pd.DataFrame:
    """A row per indicator and year with all that the methods tell of it, under our names and theirs."""
    attributes = rows.drop(columns=["row_number"])
    frame = values.merge(attributes, on=INDICATOR, how="left")
    frame = frame.assign(
        **{theirs: frame[ours] for ours, theirs in NAMES.items()},
        value_basis=frame["kind"].where(frame["kind"] == "annual_flow", "level"),
        **{name: frame[name].astype(float) for name in NUMBERS},
    )
    tolerance = frame["tolerance_pct"].fillna(rules.pace_tolerance)
    return horizon(pace(realised(frame), tolerance))


def value_rows(frame: pd.DataFrame, bands: Bands) -> pd.DataFrame:
    """mart.plan_value: what cannot be measured has no band and no pace, whatever its numbers are."""
    counted = frame["is_measurable"]
    has_horizon = frame["horizon_share"].notna()
    return frame.assign(
        month=frame["month"].where(frame["actual"].notna()),
        is_over=frame["over"].astype(bool),
        weight_share=frame["w"],
        band=displayed(frame["perf"], bands).where(counted & frame["perf"].notna(), None),
        pace=frame["pace"].where(counted, None),
        elapsed_share=frame["elapsed_share"].where(has_horizon),
    )


def rollup_rows(frame: pd.DataFrame, rows: pd.DataFrame, bands: Bands) -> pd.DataFrame:
    """mart.plan_rollup: every node and year; one without children stands there with a count of zero."""
    stands_in = stand_ins(rows).rename(columns=NAMES)
    counted = ["perf", "w", "weight", "year", "plan_id", "indicator_id", "is_measurable", *NAMES.values()]
    rolled = rolled_up(pd.concat([frame[counted], stands_in[counted]], ignore_index=True), bands)
    rolled = rolled.rename(columns={theirs: ours for ours, theirs in NAMES.items()})
    rolled["level"] = rolled["level"].map(LEVELS)
    rolled["n_unmeasurable"] = unmeasurable(frame, rolled)
    rolled = childless(rolled, stands_in)
    node = rolled["goal_id"].where(rolled["level"] == "goal", rolled["plan_id"])
    rolled["node_id"] = rolled["objective_id"].where(rolled["level"] == "objective", node)
    return rolled


def unmeasurable(frame: pd.DataFrame, rolled: pd.DataFrame) -> pd.Series:
    """How many indicators below each node cannot be measured in its year."""
    counts = pd.Series(0, index=rolled.index)
    out = frame[~frame["is_measurable"]]
    for level, keys in (("objective", OBJECTIVE), ("goal", GOAL), ("plan", ["plan_id"])):
        below = out.groupby([*keys, "year"]).size()
        at = pd.MultiIndex.from_frame(rolled[[*keys, "year"]])
        found = pd.Series(below.reindex(at).to_numpy(), index=rolled.index).fillna(0)
        counts = counts.mask(rolled["level"] == level, found)
    return counts.astype(int)


def childless(rolled: pd.DataFrame, stands_in: pd.DataFrame) -> pd.DataFrame:
    """The roll-up without what only stands in for a missing child: no node of that name, no child counted."""
    lone = stands_in.rename(columns={theirs: ours for ours, theirs in NAMES.items()})
    objectives_alone = pd.MultiIndex.from_frame(lone[OBJECTIVE])
    goals_alone = pd.MultiIndex.from_frame(lone.loc[lone["objective_id"] == "", GOAL])
    is_phantom = (rolled["level"] == "objective") & (rolled["objective_id"] == "")
    empty = (rolled["level"] == "objective") & pd.MultiIndex.from_frame(rolled[OBJECTIVE]).isin(
        objectives_alone
    )
    empty |= (rolled["level"] == "goal") & pd.MultiIndex.from_frame(rolled[GOAL]).isin(goals_alone)
    rolled["n"] = rolled["n"].mask(empty, 0)
    rolled["weights_ok"] = rolled["weights_ok"].astype(bool).astype(object).mask(empty, None)
    return rolled[~is_phantom].reset_index(drop=True)
