"""What is wrong with a plan itself: the findings auditors write, each with the node it is about and what to do."""

from __future__ import annotations

from collections import Counter

from dashboard.catalog import Catalog
from dashboard.components.html import render
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.plan_catalog import INDICATOR, OBJECTIVE
from dashboard.state import address
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan_year import (
    PlanYear,
    place_columns,
    place_of,
    plan_source,
    stamp_columns,
    stamp_of,
    standing,
)
from dashboard.views.values import lang_query


def findings_block(catalog: Catalog, state: PlanState, found: PlanYear, words: Words) -> Block:
    """One row a finding, what keeps an indicator out of the totals first."""
    rows = _rows(catalog, state, found, words)
    shared = place_of(catalog, found.plan, found.year, words) | stamp_of(catalog, found.plan, words)
    frame = Frame(
        _columns(words), tuple(shared | row for row in rows), caption=words("plan.findings"), ordered=False
    )
    rules = Counter(row["rule"] for row in rows)
    return Block(
        id="findings",
        title=words("plan.findings"),
        measure=words("plan.findings_measure", year=state.year),
        headline=_headline(catalog, state, found, rows, words),
        frame=frame if rows else None,
        source=plan_source(catalog, found.plan, str(state.year), words),
        notes=(words("plan.findings_note"),) if rows else (),
        body=str(render("onward.html", words, href=f"{address('/yontem', lang_query(words))}#plan",
                        text=words("plan.to_method"))),
        legend=tuple(
            ("blank", words("plan.rule_count", rule=words(f"plan.rule_{rule}"), n=n)) for rule, n in rules.most_common()
        ),
        sortable=True,
        style="findings",
    )  # fmt: skip


def _headline(catalog: Catalog, state: PlanState, found: PlanYear, rows: list[Row], words: Words) -> str:
    """How many findings, and how many indicators of what is shown cannot be measured."""
    codes = {code for code, _, _ in _nodes(catalog, state, found)}
    left_out = sum(
        row["indicator_id"] in codes and standing(row) == "unmeasurable" for row in found.indicators
    )
    if not rows:
        return words("plan.findings_none")
    told = words("plan.findings_headline", n=len(rows))
    return f"{told} {words('plan.findings_left_out', n=left_out)}" if left_out else told


def _nodes(catalog: Catalog, state: PlanState, found: PlanYear) -> list[tuple[str, str, str]]:
    """(code, level, words) of everything shown, in the order of the plan."""
    plans, plan = catalog.plans, found.plan
    opened = plans.node(plan.plan_id, state.opened)
    made = []
    for node in plans.branch(opened) if opened else plans.tree(plan.plan_id):
        made.append((node.node_id, node.level, node.label))
        if node.level == OBJECTIVE:
            own = (row for row in found.indicators if row["objective_id"] == node.node_id)
            made += [(row["indicator_id"], INDICATOR, row["label"]) for row in own]
    return made


def _rows(catalog: Catalog, state: PlanState, found: PlanYear, words: Words) -> list[Row]:
    made = [
        _row(row, code, label, place, words)
        for place, (code, level, label) in enumerate(_nodes(catalog, state, found))
        for row in found.findings.get((level, code), ())
    ]
    return sorted(made, key=lambda row: (not row["is_blocking"], row["place"]))


def _row(row: Row, code: str, label: str, place: int, words: Words) -> Row:
    return {
        "tier": row["level"],
        "tier_word": words(f"plan.tier_{row['level']}"),
        "code": code,
        "label": label,
        "rule": row["rule"],
        "rule_word": words(f"plan.rule_{row['rule']}"),
        "advice": words(f"plan.advice_{row['rule']}"),
        "is_blocking": row["is_blocking"],
        "effect": words("plan.is_blocking" if row["is_blocking"] else "plan.is_remark"),
        "year_word": str(row["year"]) if row["year"] else words("plan.all_years"),
        "place": place,
    }


def _columns(words: Words) -> tuple[Column, ...]:
    names = {
        key: words(f"plan.find_{key}") for key in ("label", "rule_word", "advice", "effect", "year_word")
    }
    return (
        Column("label", names["label"], "plan_node", in_file=False),
        Column("rule_word", names["rule_word"], in_file=False),
        Column("advice", names["advice"], in_file=False),
        Column("effect", names["effect"], in_file=False),
        Column("year_word", names["year_word"], in_file=False),
        *place_columns(words),
        *(
            filed(key, words(f"plan.file_{key}"))
            for key in (
                "tier_word",
                "code",
                "label",
                "rule",
                "rule_word",
                "advice",
                "is_blocking",
                "year_word",
            )
        ),
        *stamp_columns(words),
    )
