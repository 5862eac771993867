"""What the money goes to, drawn: a treemap or bars, the finding, and the way back up the branch that is open."""

from __future__ import annotations

from dashboard import numbers
from dashboard.budget_catalog import UNCLASSIFIED
from dashboard.charts.base import brief
from dashboard.charts.ranking import Mark
from dashboard.charts.treemap import Tile, treemap
from dashboard.components.html import render
from dashboard.frame import Frame, Row
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state_spending import BARS, TREE, Branch
from dashboard.views.spending_functions import ANCHOR, FUNCTIONAL, parent_of
from dashboard.views.spending_lens import Lens
from dashboard.views.spending_values import (
    bars,
    here,
    scope_notes,
)


def composition_block(lens: Lens, frame: Frame) -> Block:
    """Treemap or bars, the table, and the way back up."""
    words, state = lens.words, lens.state
    found = _headline(lens, frame)
    drawn = [row for row in frame if row["value"]]
    chart = None
    if drawn and state.chart == TREE:
        figure = treemap([_tile(row, state.branch.function) for row in drawn], words.lang)
        chart = Chart(figure, figure["layout"]["height"], found)
    elif drawn:
        chart = bars(lens, [_mark(row, state.branch.function) for row in drawn], found)
    return Block(
        id="composition",
        title=words("spending.composition_of", what=lens.what),
        measure=lens.told(lens.shown),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([row] if (row := lens.total(lens.year)) else [], str(lens.year)),
        notes=_notes(lens, frame),
        legend=(("hatch", words("spending.unclassified_legend")),)
        if any(row["code"] == UNCLASSIFIED for row in drawn)
        else (),
        body=str(render("spending_path.html", words, steps=_steps(lens), shapes=_shapes(lens))),
        twin_open=True,
        style="money",
    )


def _tile(row: Row, opened: str) -> Tile:
    return Tile(
        id=row["code"],
        name=row["name"],
        value=row["value"],
        text=row["beside"],
        hover=row["hover"],
        href=row["href"],
        is_lead=row["code"] == opened,
        is_hatched=row["code"] == UNCLASSIFIED,
    )


def _mark(row: Row, opened: str) -> Mark:
    return Mark(
        name=row["name"],
        value=row["value"],
        text=row["beside"],
        hover=row["hover"],
        is_lead=row["code"] == opened,
        short=row["text"],
        brief=brief(row["name"]),
    )


def _headline(lens: Lens, frame: Frame) -> str:
    """The largest part, its amount and share, with measure and basis."""
    words = lens.words
    first = next(iter(frame), None)
    if first is None:
        return words("spending.nothing_here", city=lens.name, what=lens.what, year=lens.year)
    if first["value"] is None:
        reason = first["status_word"]
        return words("spending.no_value", city=lens.name, year=lens.year, basis=lens.basis, reason=reason)
    share = "" if first["share"] is None else numbers.with_unit(first["share"], 1, "%", words.lang)
    key = "share" if lens.shown.is_share else "part" if parent_of(lens.state.branch) else "whole"
    return words(
        f"spending.composition_{key}", city_loc=located(lens.name, words.lang), year=lens.year,
        function=first["label"], value=first["text"], share=share, basis=lens.basis,
        what=lens.inside(lens.state.branch), measure=lens.measure.lower(),
    )  # fmt: skip


def _notes(lens: Lens, frame: Frame) -> tuple[str, ...]:
    """Whose budgets are in the sum, and which functions have no line at all."""
    words, branch = lens.words, lens.state.branch
    told = list(scope_notes(lens, full=True))
    if branch.is_whole:
        known = lens.data.catalog.budgets.level_one(FUNCTIONAL)
        absent = [lens.code(FUNCTIONAL, one) for one in known if one not in frame.values("code")]
        if absent and len(frame):
            told.append(words("spending.no_lines", functions=", ".join(absent)))
    return tuple(told)


def _steps(lens: Lens) -> list[tuple[str, str]]:
    """The way up: (name, address) of each wider branch, the open one last and without an address."""
    state, branch = lens.state, lens.state.branch
    whole = (lens.words("spending.whole"), here(state, branch=Branch()) + ANCHOR)
    steps = [whole]
    parent = parent_of(branch)
    if parent and parent != branch.function:
        steps.append((lens.code(FUNCTIONAL, parent), here(state, branch=Branch(parent)) + ANCHOR))
    if branch.unit and (branch.function or branch.economic):
        wider = Branch(branch.function, branch.economic)
        steps.append((lens.branch_name(wider), here(state, branch=wider) + ANCHOR))
    return [*steps, (lens.what, "")] if not branch.is_whole else [(whole[0], "")]


def _shapes(lens: Lens) -> list[tuple[str, str]]:
    """The two ways to draw it: (name, address), the one in use without an address."""
    return [
        (
            lens.words(f"spending.chart_{shape}"),
            "" if shape == lens.state.chart else here(lens.state, chart=shape) + ANCHOR,
        )
        for shape in (TREE, BARS)
    ]
