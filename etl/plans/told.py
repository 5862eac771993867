"""What `karne check` says of a plan without faults: its findings in words, and what looks like a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from etl.errors import Sentence, sentence
from etl.plans.lint import findings, is_blocked
from etl.plans.results import measured
from etl.registry_budget import PlanRules

FEWEST_FOR_FRACTIONS = 3


def told_of_plan(rows: pd.DataFrame, values: pd.DataFrame, rules: PlanRules) -> list[Sentence]:
    """One sentence a node and rule that it breaks, with its years, and how many indicators can be measured."""
    frame = measured(rows, values, rules)
    found = findings(rows, frame, rules)
    told = [
        sentence(f"finding_{rule}", node=node, years=", ".join(str(year) for year in own["year"].dropna()))
        for (rule, node), own in found.groupby(["rule", "node_id"], sort=False)
    ]
    told += [sentence("finding_flow_target", node=node) for node in not_cumulative(frame)]
    told += [sentence("finding_fraction", node=node) for node in fractions(frame)]
    blocked = frame.loc[is_blocked(frame, found), "indicator_id"].nunique()
    return [*told, sentence("finding_count", count=frame["indicator_id"].nunique(), out=blocked)]


def not_cumulative(frame: pd.DataFrame) -> Iterable[Any]:
    """Yearly flows whose targets stay equal or turn back: they look like targets of each year alone."""
    flows = frame[(frame["kind"] == "annual_flow") & frame["target"].notna()].sort_values("year")
    signs = flows["target"].where(flows["direction"] == "increase", -flows["target"])
    steps = signs.groupby(flows["indicator_id"]).diff().dropna().groupby(flows["indicator_id"])
    lowest, highest = steps.min(), steps.max()
    return lowest.index[(lowest < 0) | (highest == 0)]


def fractions(frame: pd.DataFrame) -> Iterable[Any]:
    """Indicators in per cent with all values between 0 and 1: a cell formatted as 45 % holds 0.45."""
    percent = frame[frame["unit"].fillna("").str.contains("%", regex=False)]
    figures = percent.melt(["indicator_id"], ["baseline", "target", "actual"]).dropna().drop_duplicates()
    sizes = figures["value"].abs().groupby(figures["indicator_id"], sort=False)
    found = pd.DataFrame({"count": sizes.count(), "most": sizes.max()})
    return found.index[
        (found["count"] >= FEWEST_FOR_FRACTIONS) & found["most"].between(0, 1, inclusive="right")
    ]
