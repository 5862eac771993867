"""The tree of a plan from its rows: goals and objectives in the order they come, and those without a child."""

from __future__ import annotations

import pandas as pd

GOAL = ["plan_id", "goal_id"]
OBJECTIVE = [*GOAL, "objective_id"]


def goals(rows: pd.DataFrame) -> pd.DataFrame:
    """mart.plan_goal."""
    made = rows.drop_duplicates(GOAL).rename(columns={"goal": "label"})
    return made.assign(sort_key=made.groupby("plan_id").cumcount() + 1)


def objectives(rows: pd.DataFrame) -> pd.DataFrame:
    """mart.plan_objective: the first service that a row of it names, every responsible unit once."""
    named = rows[rows["objective_id"].notna()]
    groups = named.groupby(OBJECTIVE, sort=False)
    made = groups.agg(
        label=("objective", "first"), service_id=("service_id", "first"), responsible=("responsible", joined)
    ).reset_index()
    return made.assign(sort_key=made.groupby("plan_id").cumcount() + 1)


def joined(texts: pd.Series) -> str | None:
    """Distinct texts as one, None where there is none."""
    return "; ".join(texts.dropna().unique()) or None


def stand_ins(rows: pd.DataFrame) -> pd.DataFrame:
    """A row a year for every objective without an indicator and goal without an objective (objective_id "").

    It has what the roll-up needs of an indicator, and no value: a node nobody can measure is not covered, not absent.
    """
    counts = rows.groupby(OBJECTIVE, dropna=False, sort=False)
    made = counts.agg(
        city_id=("city_id", "first"),
        first_year=("first_year", "first"),
        last_year=("last_year", "first"),
        indicators=("indicator_id", "count"),
    ).reset_index()
    has_objective = made.groupby(GOAL)["objective_id"].transform("count") > 0
    lone = made[(made["indicators"] == 0) & (made["objective_id"].notna() | ~has_objective)]
    periods = zip(lone["first_year"].astype(int), lone["last_year"].astype(int), strict=True)
    years = [list(range(first, last + 1)) for first, last in periods]
    lone = lone.assign(year=pd.Series(years, index=lone.index, dtype=object)).explode("year")
    return lone.assign(
        objective_id=lone["objective_id"].astype(object).fillna(""),
        year=lone["year"].astype(int),
        indicator_id="",
        perf=float("nan"),
        w=1.0,
        weight=100.0,
        is_measurable=False,
    )
