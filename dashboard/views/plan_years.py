"""A plan, or what is opened of it, over its years with its parts below; nothing is drawn where nothing is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dashboard import numbers
from dashboard.charts.columns import Bar, columns_figure, columns_height
from dashboard.components.symbols import STANDINGS as SIGNS
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block, Chart
from dashboard.plan_catalog import GOAL, INDICATOR, OBJECTIVE, PLAN, Node, Plan
from dashboard.state_plan import CAPPED, PlanState
from dashboard.text import Words
from dashboard.views.plan_year import (
    decimals_of,
    node_standing,
    place_columns,
    place_of,
    plan_source,
    stamp_columns,
    stamp_of,
    standing,
    symbol_of,
    value_text,
)

PARTS = ("", "_coverage", "_target", "_actual", "_standing_word")
"""What a file says of a node or an indicator in a year."""


def years_block(data: Data, state: PlanState, plan: Plan, words: Words) -> Block:
    """One row a node or indicator, its years across."""
    catalog = data.catalog
    node = catalog.plans.node(plan.plan_id, state.opened)
    shared = (
        place_of(catalog, plan, state.year, words) | stamp_of(catalog, plan, words) | {"period": plan.period}
    )
    rows = [shared | row for row in _rows(data, state, plan, node, words)]
    name = node.node_id if node else words("plan.whole")
    bars = [_bar(rows[0], year, state.year, words) for year in _years(plan)]
    told = _headline(rows[0], _years(plan), name, words)
    columns = (Column("label", words("plan.col_label"), "plan_node", in_file=False), *_columns(plan, words))
    return Block(
        id="years",
        title=words("plan.years"),
        measure=words("plan.years_measure", name=name, period=plan.period),
        headline=told,
        frame=Frame(columns, tuple(rows), caption=words("plan.years"), ordered=True),
        chart=Chart(columns_figure(bars, words.lang), columns_height(),
                    words("plan.years_alt", name=name, told=told)),
        source=plan_source(catalog, plan, plan.period, words),
        notes=(words("plan.years_note"), words("plan.years_cells")),
        twin_open=True,
        style="over-years",
    )  # fmt: skip


def _years(plan: Plan) -> range:
    return range(plan.first_year, plan.last_year + 1)


def _rows(data: Data, state: PlanState, plan: Plan, node: Node | None, words: Words) -> Iterator[Row]:
    """The opened node or the plan, then what it is made of."""
    rollups = {
        (row["level"], row["node_id"], row["year"]): row
        for row in data.rows("plan_rollups", plan_id=plan.plan_id)
    }
    within = _within(data, plan)
    nodes = _family(data, plan, node, words)
    for level, node_id, label in nodes:
        made: Row = {
            "tier": level, "tier_word": words(f"plan.tier_{level}"), "label": label,
            "code": plan.period if level == PLAN else node_id,
        }  # fmt: skip
        for year in _years(plan):
            made |= _node_cell(year, rollups.get((level, node_id, year)), within[level, node_id, year], words)
        yield made
    if node is not None and node.level == OBJECTIVE:
        asked = data.rows("plan_objective_years", plan_id=plan.plan_id, objective_id=node.node_id)
        for code in dict.fromkeys(row["indicator_id"] for row in asked):
            yield _indicator_row(state, [row for row in asked if row["indicator_id"] == code], words)


def _family(data: Data, plan: Plan, node: Node | None, words: Words) -> list[tuple[str, str, str]]:
    """(level, node, words) of the opened one and of the nodes right below it."""
    plans = data.catalog.plans
    if node is not None:
        return [(one.level, one.node_id, one.label) for one in plans.branch(node)]
    goals = [(one.level, one.node_id, one.label) for one in plans.tree(plan.plan_id) if one.level == GOAL]
    return [(PLAN, plan.plan_id, words("plan.whole")), *goals]


def _within(data: Data, plan: Plan) -> Counter[tuple[str, str, int]]:
    """How many values of within a year each node has where no value of a year's end is."""
    found: Counter[tuple[str, str, int]] = Counter()
    for row in data.rows("plan_years", plan_id=plan.plan_id):
        for level, node_id in (
            (OBJECTIVE, row["objective_id"]),
            (GOAL, row["goal_id"]),
            (PLAN, plan.plan_id),
        ):
            found[level, node_id, row["year"]] += row["within"]
    return found


def _node_cell(year: int, rolled: Row | None, within: int, words: Words) -> Row:
    coverage = 100 * rolled["coverage"] if rolled else None
    key = node_standing(rolled, within)
    share = numbers.realised(coverage, words.lang) if coverage else ""
    return {
        f"y{year}": rolled["perf"] if rolled else None,
        f"y{year}_coverage": coverage,
        f"y{year}_standing": key,
        f"y{year}_standing_word": words(f"plan.is_{key}"),
        f"y{year}_sub": words("plan.covers", share=share) if share else "",
    }


def _indicator_row(state: PlanState, own: Sequence[Row], words: Words) -> Row:
    """C and B of every year below the percentage they give."""
    first = own[0]
    unit = ((words("plan.unit"), first["unit"]),) if first["unit"] else ((words("plan.no_unit"), ""),)
    decimals, symbol = max(decimals_of(row) for row in own), symbol_of(first)
    made: Row = {
        "tier": INDICATOR, "tier_word": words(f"plan.tier_{INDICATOR}"), "code": first["indicator_id"],
        "label": first["label"], "facts": unit,
    }  # fmt: skip
    for row in own:
        at, key = f"y{row['year']}", standing(row)
        pair = [value_text(row[name], decimals, symbol, words) for name in ("value_used", "target")]
        made |= {
            at: row["perf"] if state.show == CAPPED else row["perf_raw"],
            f"{at}_target": row["target"],
            f"{at}_actual": row["value_used"],
            f"{at}_standing": key,
            f"{at}_standing_word": words(f"plan.is_{key}"),
            f"{at}_sub": " / ".join(pair),
        }
    return made


def _bar(row: Row, year: int, chosen: int, words: Words) -> Bar:
    at = f"y{year}"
    key = row[f"{at}_standing"]
    word = f"{SIGNS[key]} {row[f'{at}_standing_word']}"
    perf = None if row[at] is None else numbers.realised(row[at], words.lang)
    told = [f"<b>{perf}</b>", word] if perf else [word]
    below = row[f"{at}_sub"]
    return Bar(
        name=str(year),
        value=row[at],
        lines=tuple(line for line in (*told, below) if line),
        short=(f"<b>{perf}</b>", SIGNS[key]) if perf else (SIGNS[key],),
        hover=" · ".join(part for part in (str(year), perf, word, below) if part),
        is_lead=year == chosen,
    )


def _headline(row: Row, years: range, name: str, words: Words) -> str:
    """The first and the last year that have a percentage; a year without one is no zero."""
    known = [year for year in years if row[f"y{year}"] is not None]
    if not known:
        return words("plan.years_unknown", name=name)
    first, last = known[0], known[-1]
    value, first_value, share = (
        numbers.realised(row[key], words.lang) for key in (f"y{last}", f"y{first}", f"y{last}_coverage")
    )
    told = {"name": name, "last": last, "value": value, "share": share}
    if first == last:
        return words("plan.years_one", **told)
    return words("plan.years_headline", first=first, first_value=first_value, **told)


def _columns(plan: Plan, words: Words) -> tuple[Column, ...]:
    seen = [Column(f"y{year}", str(year), "plan_year", in_file=False) for year in _years(plan)]
    own = [
        filed(f"y{year}{part}", f"{year}: {words(f'plan.part{part}')}")
        for year in _years(plan)
        for part in PARTS
    ]
    named = (filed(key, words(f"plan.file_{key}")) for key in ("tier_word", "code", "label"))
    return (*seen, *place_columns(words), *named, *own, *stamp_columns(words))
