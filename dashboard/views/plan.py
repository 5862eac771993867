"""Plan: what a city promised, what it did, and whether that can be told at all; cities are compared on that alone."""

from __future__ import annotations

from dashboard.components.html import render
from dashboard.data import Data
from dashboard.page import Block, Chip, View
from dashboard.plan_catalog import Plan
from dashboard.state_plan import PlanState
from dashboard.text import Words
from dashboard.views.plan_cities import cities_block
from dashboard.views.plan_findings import findings_block
from dashboard.views.plan_tree_block import tree_block
from dashboard.views.plan_year import plan_year
from dashboard.views.plan_years import years_block
from dashboard.views.synthetic import marked

BLOCKS = ("tree", "findings", "years", "cities")


def view(data: Data, state: PlanState) -> View:
    """The tree of one plan, what is wrong with it, its years, and what every city has sent."""
    words = Words(state.lang)
    catalog = data.catalog
    plan = catalog.plans.of(state.city, state.year)
    city = words.of(catalog.cities[state.city], "name")
    if not catalog.plans.plans:
        blocks: tuple[Block, ...] = tuple(_nothing(block, words) for block in BLOCKS)
    else:
        own = (
            _blocks(data, state, plan, words)
            if plan
            else tuple(_missing(one, city, words) for one in BLOCKS[:-1])
        )
        blocks = (*own, cities_block(data, state, words))
    made = View(
        title=words("plan.title_of", city=city, year=state.year) if plan else words("plan.title"),
        question=words("plan.question"),
        lead=words("plan.lead"),
        choice=_choice(data, state, plan, words) if plan else "",
        blocks=blocks,
        chips=_plans(data, state, plan, words),
        chips_title=words("plan.plans"),
        notices=tuple(words(key) for key in state.notices),
        synthetic=any(block.source.synthetic for block in blocks if block.source),
    )
    return marked(made, words)


def _blocks(data: Data, state: PlanState, plan: Plan, words: Words) -> tuple[Block, ...]:
    found = plan_year(data, plan, state.year)
    return (
        tree_block(data.catalog, state, found, words),
        findings_block(data.catalog, state, found, words),
        years_block(data, state, plan, words),
    )


def _choice(data: Data, state: PlanState, plan: Plan, words: Words) -> str:
    """City, plan, year, what is opened and what is left out, as a sentence."""
    catalog = data.catalog
    node = catalog.plans.node(plan.plan_id, state.opened)
    parts = [
        words(
            "plan.choice",
            city=words.of(catalog.cities[state.city], "name"),
            period=plan.period,
            year=state.year,
        ),
        node.node_id if node else words("plan.whole"),
        words(f"plan.shown_{state.show}"),
    ]
    if state.standing:
        parts.append(words("plan.only", standing=words(f"plan.is_{state.standing}")))
    return ", ".join(parts)


def _plans(data: Data, state: PlanState, plan: Plan | None, words: Words) -> tuple[Chip, ...]:
    """Every plan of the city as a link to its newest year; one alone needs none."""
    own = data.catalog.plans.by_city.get(state.city, ())
    kept = {name: value for name, value in state.query().items() if name not in ("yil", "hedef")}
    made = []
    for one in own if len(own) > 1 else ():
        newest = max(one.closed or one.reported or (one.first_year,))
        chosen = {} if newest == state.default_year else {"yil": str(newest)}
        label = words("plan.choose_plan", period=one.period)
        made.append(Chip(label, kept | chosen, "current" if one == plan else ""))
    return tuple(made)


def _missing(block: str, city: str, words: Words) -> Block:
    """A block of a city that sent no plan: who owes it."""
    first = block == BLOCKS[0]
    return Block(
        id=block,
        title=words(f"plan.{block}"),
        headline=words("plan.not_sent_by", city=city) if first else "",
        notes=(words("plan.owed_by", city=city), words("plan.owed_note"))
        if first
        else (words("plan.not_sent"),),
    )


def _nothing(block: str, words: Words) -> Block:
    """Without any plan: the first block says what to load and how."""
    first = block == BLOCKS[0]
    return Block(
        id=block,
        title=words(f"plan.{block}"),
        headline=words("plan.nothing") if first else "",
        notes=() if first else (words("plan.nothing"),),
        body=str(render("nothing.html", words, text=words("plan.nothing_how"))) if first else "",
    )
