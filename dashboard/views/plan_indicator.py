"""One performance indicator in one year as a row of the tree: A, B, C, what they give, what has to be said of it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers
from dashboard.frame import Row
from dashboard.plan_catalog import INDICATOR, OBJECTIVE, Node
from dashboard.state_plan import CAPPED, PlanState
from dashboard.text import Words
from dashboard.views.plan_year import (
    PlanYear,
    decimals_of,
    is_within_year,
    listed,
    perf_note,
    standing,
    symbol_of,
    why,
)


def indicator_row(state: PlanState, found: PlanYear, row: Row, above: tuple[Node, Node], words: Words) -> Row:
    """One indicator with all that is known of it; `above` are its goal and its objective."""
    goal, objective = above
    key, reason = standing(row), why(found, row, words)
    rolled = found.rollups.get((OBJECTIVE, objective.node_id), {})
    remarks = found.remarks(INDICATOR, row["indicator_id"])
    # A label of the release's own table of indicators is never meant by the code a plan gives.
    made = {
        name: value for name, value in row.items() if name not in ("indicator_id", "objective_id", "status")
    }
    made |= {
        "tier": INDICATOR,
        "tier_word": words("plan.tier_indicator"),
        "code": row["indicator_id"],
        "goal_code": goal.node_id,
        "goal": goal.label,
        "objective_code": objective.node_id,
        "objective": objective.label,
        "kind_word": words(f"plan.kind_{row['kind']}"),
        "direction_word": words(f"plan.direction_{row['direction']}"),
        "decimals": decimals_of(row),
        "symbol": symbol_of(row),
        "perf_shown": row["perf"] if state.show == CAPPED else row["perf_raw"],
        "perf_shown_sub": words("plan.within_year") if is_within_year(row) else perf_note(row, words),
        "value_used_sub": _flow(row, words),
        "weight_sub": _counted(row, rolled, words),
        "standing": key,
        "standing_word": words(f"plan.is_{key}"),
        "standing_sub": reason,
        "reason": reason,
        "horizon_share_sub": _elapsed(row, words),
        "facts": _facts(row, words),
        "remarks": _remarks(row, remarks, words),
        "findings": listed((*found.blocking(INDICATOR, row["indicator_id"]), *remarks), words),
        "perf_note": perf_note(row, words),
    }
    return made


def _flow(row: Row, words: Words) -> str:
    """Of a yearly flow C is what has added up; the year's own part stands below it."""
    if row["kind"] != "annual_flow" or row["actual"] is None:
        return ""
    value = numbers.with_unit(row["actual"], decimals_of(row), symbol_of(row), words.lang)
    return words("plan.of_this_year", value=value)


def _counted(row: Row, rolled: Row, words: Words) -> str:
    """The share a weight was counted as, where weights do not add up to 100."""
    if rolled.get("weights_ok") is not False or row["weight_share"] is None:
        return ""
    return words("plan.counted_as", share=numbers.realised(100 * row["weight_share"], words.lang))


def _elapsed(row: Row, words: Words) -> str:
    if row["horizon_share"] is None or row["elapsed_share"] is None:
        return ""
    return words("plan.elapsed", share=numbers.realised(row["elapsed_share"], words.lang))


def _facts(row: Row, words: Words) -> tuple[tuple[str, str], ...]:
    """Unit, what kind of a number it is, who is responsible."""
    unit = ((words("plan.unit"), row["unit"]),) if row["unit"] else ((words("plan.no_unit"), ""),)
    way = "maintain" if row["kind"] == "maintain" else row["direction"]
    flow = ((words("plan.kind_annual_flow"), ""),) if row["kind"] == "annual_flow" else ()
    owner = ((words("plan.responsible"), row["responsible"]),) if row["responsible"] else ()
    return (*unit, (words(f"plan.direction_{way}"), ""), *flow, *owner)


def _remarks(row: Row, rules: Sequence[str], words: Words) -> tuple[tuple[str, str], ...]:
    """Why the value is off the target in the words of the plan, and what is odd about the row."""
    said = [(words("plan.deviation"), row["deviation_reason"])] if row["deviation_reason"] else []
    return (*said, *((words(f"plan.short_{rule}"), "") for rule in rules))
