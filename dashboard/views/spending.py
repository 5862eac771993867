"""Harcama: where a municipality's money goes, down to the row of the file, on a price basis that every block names."""

from __future__ import annotations

from dashboard import prices
from dashboard.components.html import render
from dashboard.data import Data
from dashboard.page import Block, Chip, View
from dashboard.prices import HEAD_REAL, NOMINAL, REAL, Basis
from dashboard.state_spending import MEASURES, Branch, SpendingState
from dashboard.text import Words
from dashboard.views.compare_members import chips, guard
from dashboard.views.spending_composition import composition_block
from dashboard.views.spending_economic import economic_block
from dashboard.views.spending_execution import execution_block
from dashboard.views.spending_functions import composition_frame
from dashboard.views.spending_indicators import indicators_block
from dashboard.views.spending_lens import Lens
from dashboard.views.spending_lines import lines_block, unit_rows, units_block
from dashboard.views.spending_lira import lira_block
from dashboard.views.spending_peers import Peers
from dashboard.views.spending_ranking import ranking_block
from dashboard.views.spending_revenue import revenue_block
from dashboard.views.spending_trend import trend_block
from dashboard.views.spending_values import scope_notes
from dashboard.views.synthetic import marked

BLOCKS = (
    "composition", "economic", "lira", "trend", "ranking", "execution", "indicators", "revenue", "unit", "lines",
)  # fmt: skip


def view(data: Data, state: SpendingState) -> View:
    """One budget: what for, as what, since when, beside whom, how far carried out, from where, and its lines."""
    words = Words(state.lang)
    notices = tuple(words(key) for key in state.notices)
    if not data.catalog.budgets.all_years:
        return View(
            title=words("spending.title"),
            question=words("spending.question"),
            lead=words("spending.lead"),
            blocks=tuple(_nothing(block, words) for block in BLOCKS),
            notices=notices,
        )
    lens = Lens.read(data, state, words)
    peers = Peers.read(lens)
    warnings, offers = guard(data, state, words)
    made = View(
        title=words("spending.title_of", city=lens.name, year=state.year),
        question=words("spending.question"),
        lead=words("spending.lead"),
        choice=words(
            "spending.choice", city=lens.name, year=state.year, basis=lens.basis, what=lens.what,
            scope=lens.facts(lens.shown)["scope"], group=_group(lens),
        ),
        blocks=_blocks(lens, peers),
        notices=(*notices, *_told(lens), *warnings),
        chips=(*_branch_chips(lens), *chips(data, state, words), *offers, *_ways_out(lens)),
        synthetic=any(row["is_synthetic"] for row in peers.rows.values()),
    )  # fmt: skip
    return marked(made, words)


def _blocks(lens: Lens, peers: Peers) -> tuple[Block, ...]:
    """All of them; of a city without a budget of the year only the comparison has anything to show."""
    if lens.total(lens.year) is None:
        none = lens.words("spending.no_budget_at_all")
        return tuple(
            ranking_block(lens, peers) if block == "ranking" else _nothing(block, lens.words, none)
            for block in BLOCKS
        )
    units = unit_rows(lens)
    return (
        composition_block(lens, composition_frame(lens)),
        economic_block(lens),
        lira_block(lens),
        trend_block(lens, peers),
        ranking_block(lens, peers),
        execution_block(lens),
        indicators_block(lens, peers),
        revenue_block(lens),
        units_block(lens, units),
        lines_block(lens, units),
    )


def _group(lens: Lens) -> str:
    words, state = lens.words, lens.state
    kind = {"type": words(f"legal.{lens.city.legal_type}_plural")} if state.group == "type" else {}
    return words(f"compare.with_{state.group}", **kind)


def _told(lens: Lens) -> tuple[str, ...]:
    """Whose budgets are added up where it is more than one; another price basis than the one asked for; no budget."""
    words, state = lens.words, lens.state
    whole = lens.total(state.year)
    if whole is None:
        return (words("spending.no_budget_of", city=lens.name),)
    told = scope_notes(lens)
    if whole["is_provisional"]:
        told += (words("spending.provisional_year", year=state.year),)
    if lens.shown != state.real_basis(lens.data.catalog):
        told += (words("spending.nominal_only", year=state.year),)
    return told


def _ways_out(lens: Lens) -> tuple[Chip, ...]:
    """Where nothing can be shown: the measures that were reported; the whole amount where there are no people."""
    whole, state = lens.total(lens.year), lens.state
    if whole is not None and whole[lens.column] is None:
        known = [key for key, name in MEASURES.items() if whole[f"{name}_try"] is not None]
        return tuple(
            Chip(
                lens.words("spending.show", what=lens.words(f"spending.measure_{MEASURES[key]}")),
                state.at(measure=key),
                "offer",
            )
            for key in known
        )
    if not lens.shown.is_per_head or whole is None or whole["population"]:
        return ()
    basis = REAL if lens.state.basis == HEAD_REAL else NOMINAL
    label = lens.words("spending.not_per_head", basis=prices.name(Basis(basis), lens.words))
    return (Chip(label, lens.state.at(basis=basis), "offer"),)


def _branch_chips(lens: Lens) -> tuple[Chip, ...]:
    """Each part of the open branch as a link to the state without it."""
    branch, words = lens.state.branch, lens.words
    parts = (
        (
            branch.function and lens.code("functional", branch.function),
            Branch("", branch.economic, branch.unit),
        ),
        (
            branch.economic and lens.code("economic", branch.economic),
            Branch(branch.function, "", branch.unit),
        ),
        (branch.unit and words("spending.unit", code=branch.unit), Branch(branch.function, branch.economic)),
    )
    title = words("spending.close_branch")
    return tuple(Chip(name, lens.state.at(branch=rest), "remove", title) for name, rest in parts if name)


def _nothing(block: str, words: Words, why: str = "") -> Block:
    """A block without a budget: the first one says what to load and how, the others only that there is nothing."""
    told, first = why or words("spending.nothing"), block == BLOCKS[0]
    how = render("nothing.html", words, text=words("spending.nothing_how")) if first else ""
    return Block(
        id=block,
        title=words(f"spending.block_{block}"),
        headline=told if first else "",
        notes=() if first else (told,),
        body=str(how),
    )
