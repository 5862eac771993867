"""The plan of a city in one year as one frame: plan, goals, objectives, indicators, each row with all that is known.

Baseline, target and actual stand beside every percentage; the chart, the sentence and the workbook read these rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.frame import Column, Frame, Row, filed
from dashboard.plan_catalog import GOAL, OBJECTIVE, PLAN, Node
from dashboard.state import address
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan_indicator import indicator_row
from dashboard.views.plan_year import (
    PlanYear,
    counted,
    is_within_year,
    listed,
    node_standing,
    place_columns,
    place_of,
    stamp_columns,
    stamp_of,
    standing,
)
from dashboard.views.values import lang_query

PATH, MIRROR = "/plan", "/hizmet"
MOST_UNFOLDED = 60
"""A plan of more indicators opens with its objectives folded."""


def tree_frame(catalog: Catalog, state: PlanState, found: PlanYear, words: Words) -> Frame:
    """Depth first: the plan, then each goal, its objectives and their indicators."""
    made = list(_rows(catalog, state, found, words))
    if state.standing:
        kept = {id(row) for row in made if row["standing"] == state.standing and row["tier"] != PLAN}
        made = [row for row in made if id(row) in kept or _is_above(row, made, kept)]
    shared = place_of(catalog, found.plan, found.year, words) | stamp_of(catalog, found.plan, words)
    return Frame(
        _columns(state, words),
        tuple(shared | row for row in made),
        caption=words("plan.tree_caption", city=shared["city"], year=found.year),
        ordered=True,
    )


def _is_above(row: Row, rows: Sequence[Row], kept: set[int]) -> bool:
    """Whether a row of the plan is an ancestor of one that is kept."""
    below = [one for one in rows if id(one) in kept]
    if row["tier"] == GOAL:
        return any(one["goal_code"] == row["code"] for one in below)
    return row["tier"] == OBJECTIVE and any(one["objective_code"] == row["code"] for one in below)


def _rows(catalog: Catalog, state: PlanState, found: PlanYear, words: Words) -> Iterator[Row]:
    plans, plan = catalog.plans, found.plan
    opened = plans.node(plan.plan_id, state.opened)
    nodes = plans.branch(opened) if opened else plans.tree(plan.plan_id)
    if opened is None:
        yield _plan_row(found, words)
    elif opened.level == OBJECTIVE:
        above = next((one for one in plans.tree(plan.plan_id) if one.node_id == opened.parent_id), None)
        nodes = (*((above,) if above else ()), opened)
    is_open = bool(opened or state.standing or len(found.indicators) <= MOST_UNFOLDED)
    goals = {node.node_id: node for node in plans.tree(plan.plan_id) if node.level == GOAL}
    for node in nodes:
        goal = node if node.level == GOAL else goals[node.parent_id or ""]
        codes = {one.node_id for one in plans.branch(node) if one.level == OBJECTIVE}
        own = [row for row in found.indicators if row["objective_id"] in codes]
        yield _node_row(state, found, (goal, node), own, words) | {
            **_service(catalog, node, found.plan.city_id, words),
            "fold": is_open if own and node.level == OBJECTIVE else None,
        }
        for row in own if node.level == OBJECTIVE else ():
            yield indicator_row(state, found, row, (goal, node), words)


def _service(catalog: Catalog, node: Node, city_id: str, words: Words) -> Row:
    """The service an objective is about, and where its money, citizens and need stand beside it."""
    service = catalog.services.get(node.service_id or "")
    if service is None:
        return {"service": ""}
    name = words.of(service, "label")
    if not service.has_mirror:
        return {"service": name}
    href = address(f"{MIRROR}/{service.service_id}", {"kent": city_id, **lang_query(words)})
    return {"service": name, "onward": (words("plan.mirror", service=name), href)}


def _plan_row(found: PlanYear, words: Words) -> Row:
    """The plan as a whole: the mean of its goals."""
    plan = found.plan
    return {
        "key": "", "tier": PLAN, "tier_word": words("plan.tier_plan"), "code": plan.period,
        "label": words("plan.whole"), "group": True, **_rolled(found, PLAN, plan.plan_id, found.indicators, words),
    }  # fmt: skip


def _node_row(
    state: PlanState, found: PlanYear, above: tuple[Node, Node], own: Sequence[Row], words: Words
) -> Row:
    goal, node = above
    blocking = found.blocking(node.level, node.node_id)
    made: Row = {
        "key": node.key,
        "tier": node.level,
        "tier_word": words(f"plan.tier_{node.level}"),
        "code": node.node_id,
        "label": node.label,
        "goal_code": goal.node_id,
        "goal": goal.label,
        "objective_code": node.node_id if node.level == OBJECTIVE else None,
        "objective": node.label if node.level == OBJECTIVE else None,
        "responsible": node.responsible,
        "href": address(PATH, state.query() | {"hedef": node.key}) + "#tree",
        "group": True,
        "facts": ((words("plan.responsible"), node.responsible),) if node.responsible else (),
        **_rolled(found, node.level, node.node_id, own, words),
    }
    said = [words("plan.normalised")] if made["weights_ok"] is False and node.level == OBJECTIVE else []
    made["remarks"] = tuple((text, "") for text in said)
    made["findings"] = listed((*blocking, *found.remarks(node.level, node.node_id)), words)
    if blocking:
        made["standing"] = "unmeasurable"
        made["standing_sub"] = ", ".join(words(f"plan.short_{rule}") for rule in blocking)
    made["standing_word"] = words(f"plan.is_{made['standing']}")
    return made


def _rolled(found: PlanYear, level: str, node_id: str, below: Sequence[Row], words: Words) -> Row:
    """What a node comes to: its percentage, what is covered of it, and how it stands; `below` are its indicators."""
    row = found.rollups.get((level, node_id))
    paces = Counter(standing(one) for one in below if is_within_year(one))
    key = node_standing(row, paces.total())
    made: Row = {
        "standing": key,
        "standing_word": words(f"plan.is_{key}"),
        "coverage": None,
        "perf_shown": None,
    }
    names = ("n", "n_used", "n_unmeasurable", "perf", "weights_ok")
    made |= {name: row[name] if row else None for name in names}
    if row is None or not row["n"]:
        return made | {"covered": words(f"plan.empty_{level}")}
    share = numbers.realised(100 * row["coverage"], words.lang)
    said = [words(f"plan.covered_{level}", share=share, used=row["n_used"], n=row["n"])]
    if row["n_unmeasurable"]:
        said.append(words("plan.left_out", n=row["n_unmeasurable"]))
    if paces:
        said.append(words("plan.within", counts=counted(paces, words)))
    return made | {"coverage": 100 * row["coverage"], "perf_shown": row["perf"], "covered": " · ".join(said)}


def _columns(state: PlanState, words: Words) -> tuple[Column, ...]:
    def shown(key: str, kind: str, *, bar: bool = False) -> Column:
        name, title = words(f"plan.col_{key}"), words(f"plan.col_{key}_why")
        return Column(key, name, kind, in_file=False, bar=bar, title=title)  # type: ignore[arg-type]

    seen = (
        shown("label", "plan_node"),
        shown("weight", "plan_share"),
        shown("baseline", "plan_value"),
        shown("target", "plan_value"),
        shown("value_used", "plan_value"),
        Column(
            "perf_shown", words(f"plan.col_perf_{state.show}"), "plan_share", in_file=False, bar=True,
            title=words("plan.col_perf_why"),
        ),
        shown("standing", "plan_standing"),
        shown("horizon_share", "plan_share"),
    )  # fmt: skip
    names = (
        "tier_word", "goal_code", "goal", "objective_code", "objective", "code", "label", "service", "definition",
        "unit", "kind_word", "direction_word", "weight", "weight_share", "baseline", "target", "actual", "month",
        "value_used", "perf_raw", "perf", "perf_note", "standing_word", "reason", "coverage", "n", "n_used",
        "n_unmeasurable", "weights_ok", "path_share", "expected_share", "horizon_share", "elapsed_share",
        "tolerance_pct", "responsible", "deviation_reason", "findings", "row_number",
    )  # fmt: skip
    own = tuple(filed(name, words(f"plan.file_{name}")) for name in names)
    return (*seen, *place_columns(words), *own, *stamp_columns(words))
