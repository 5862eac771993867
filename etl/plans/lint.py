"""What keeps a plan from being measured, and what it leaves unsaid: findings of the kind auditors write.

A finding is no fault of a file. A blocking one takes its indicator out of the totals, with a count.
"""

from __future__ import annotations

import pandas as pd

from etl.methods.composite import EQUAL
from etl.methods.kpi import YEAR_END, conflicts
from etl.registry_budget import PlanRules

FINDING = ["plan_id", "level", "node_id", "year", "rule", "is_blocking"]
# What an indicator cannot be measured without. One to be kept is held against its target, not its baseline.
NEEDED = {"no_unit": "unit", "no_baseline": "baseline", "no_definition": "definition"}


def findings(rows: pd.DataFrame, frame: pd.DataFrame, rules: PlanRules) -> pd.DataFrame:
    """The columns FINDING of every rule that is broken; `year` is NA for what holds for the plan as such.

    `rows` are those of plans as received, `frame` what etl/methods/kpi.py `realised` gives for their
    indicators and years, with `deviation_reason` and `month`.
    """
    parts = [
        *unmeasurable(rows),
        told(frame[frame["target"].isna()], "indicator", "no_target", is_blocking=True),
        *childless(rows),
        unbalanced(rows),
        told(frame[conflicts(frame)], "indicator", "direction_conflict"),
    ]
    blocked = is_blocked(frame, pd.concat(parts, ignore_index=True))
    parts.append(told(frame[unexplained(frame, rules) & ~blocked], "indicator", "no_deviation_reason"))
    found = pd.concat(parts, ignore_index=True)
    return found.astype({"year": "Int64"})


def told(frame: pd.DataFrame, level: str, rule: str, *, is_blocking: bool = False) -> pd.DataFrame:
    """One finding a row: of its node, and of its year where it has one."""
    year = frame["year"] if "year" in frame else pd.Series(pd.NA, index=frame.index, dtype="Int64")
    made = {"plan_id": frame["plan_id"], "level": level, "node_id": frame[f"{level}_id"], "year": year}
    return pd.DataFrame(made | {"rule": rule, "is_blocking": is_blocking}).astype({"year": "Int64"})[FINDING]


def unmeasurable(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Indicators without a unit, a baseline or a definition."""
    indicators = rows[rows["indicator_id"].notna()]
    found = []
    for rule, column in NEEDED.items():
        lacks = indicators[column].isna()
        if rule == "no_baseline":
            lacks &= indicators["kind"] != "maintain"
        found.append(told(indicators[lacks], "indicator", rule, is_blocking=True))
    return found


def childless(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Objectives without an indicator and goals without an objective."""
    found = []
    for level, child, rule in (
        ("objective", "indicator", "objective_without_indicator"),
        ("goal", "objective", "goal_without_objective"),
    ):
        named = rows[rows[f"{level}_id"].notna()]
        groups = named.groupby(["plan_id", f"{level}_id"], sort=False)[f"{child}_id"].count().reset_index()
        found.append(told(groups[groups[f"{child}_id"] == 0], level, rule, is_blocking=True))
    return found


def unbalanced(rows: pd.DataFrame) -> pd.DataFrame:
    """Objectives whose weights do not add to 100; one that is missing never does."""
    indicators = rows[rows["indicator_id"].notna()]
    weight = indicators["weight"].astype(float).fillna(float("inf"))
    sums = indicators.assign(weight=weight).groupby(["plan_id", "objective_id"], sort=False)["weight"].sum()
    off = sums[(sums - 100.0).abs() > 100.0 * EQUAL].reset_index()
    return told(off, "objective", "weights_not_100")


def unexplained(frame: pd.DataFrame, rules: PlanRules) -> pd.Series:
    """Where a year ended outside what needs no reason, and none is given."""
    raw = frame["perf_raw"].where(frame["month"].fillna(YEAR_END) == YEAR_END)
    lowest = max(band.lowest for band in rules.bands) * (1.0 - EQUAL)
    off = (raw < lowest) | (raw > rules.overachieved_from * (1.0 + EQUAL))
    return off & frame["deviation_reason"].isna()


def is_blocked(frame: pd.DataFrame, found: pd.DataFrame) -> pd.Series:
    """Where an indicator has a blocking finding, of the plan as such or of the year."""
    blocking = found[found["is_blocking"] & (found["level"] == "indicator")]
    always = blocking[blocking["year"].isna()]
    yearly = blocking[blocking["year"].notna()]
    nodes = pd.MultiIndex.from_frame(frame[["plan_id", "indicator_id"]])
    spots = pd.MultiIndex.from_frame(frame[["plan_id", "indicator_id", "year"]])
    of_plan = nodes.isin(list(zip(always["plan_id"], always["node_id"], strict=True)))
    of_year = spots.isin(list(zip(yearly["plan_id"], yearly["node_id"], yearly["year"], strict=True)))
    return pd.Series(of_plan | of_year, index=frame.index)
