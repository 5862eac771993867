"""What the money goes to: functions of a budget, or the groups of the open function, with share and change.

No change is told across a border change, or between years whose sums are not of the same bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import numbers, prices
from dashboard.budget_catalog import UNCLASSIFIED
from dashboard.charts.base import brief, label, titled
from dashboard.charts.ranking import Mark, ranking
from dashboard.charts.treemap import Tile, treemap
from dashboard.components.html import render
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state_spending import BARS, TREE, Branch
from dashboard.views.spending_lens import (
    Lens,
    border_changes,
    fact_columns,
    here,
    is_under,
    scope_notes,
    signed_percent,
    stamp_columns,
)

MEASURED = ("initial_try", "appropriation_try", "outturn_try")
FUNCTIONAL = "functional"
ANCHOR = "#composition"


def parent_of(branch: Branch) -> str:
    """The function whose groups are shown: those beside an open group; none shows the functions themselves."""
    return branch.function.partition(".")[0]


def summed(cells: Iterable[Row], key: str, parent: str) -> dict[str, Row]:
    """Cells added up by code: level I without a parent, the codes below the parent otherwise.

    A measure that one of the cells lacks is not known of their sum.
    """
    found: dict[str, Row] = {}
    for cell in cells:
        code = cell[key] if parent else cell[key].partition(".")[0]
        if not is_under(cell[key], parent):
            continue
        row = found.setdefault(code, dict.fromkeys(MEASURED, 0.0) | {"lines": 0})
        row["lines"] += cell["lines"]
        for name in MEASURED:
            row[name] = None if row[name] is None or cell[name] is None else row[name] + cell[name]
    return found


def composition_frame(lens: Lens) -> Frame:
    """One row a function (or group), the largest first; `of` is what the share is of."""
    parent = parent_of(lens.state.branch)
    now, before = (_of_year(lens, year, parent) for year in (lens.year, lens.year - 1))
    known = [row[lens.column] for row in now.values()]
    whole = sum(known) if known and None not in known else None
    unlike, facts, rows = _unlike(lens), lens.facts(lens.shown), []
    for code, row in now.items():
        amount = lens.amount(row, lens.year, lens.shown)
        part = row[lens.column]
        change, why = (None, unlike) if unlike else _change(lens, amount.value, before.get(code))
        rows.append(
            {
                "code": code,
                "name": lens.code(FUNCTIONAL, code),
                "label": lens.label(FUNCTIONAL, code),
                "href": here(lens.state, branch=_inside(lens.state.branch, code)) + ANCHOR,
                "is_soft": True,
                "sort_key": lens.data.catalog.budgets.code(FUNCTIONAL, code).sort_key,
                "value": amount.value,
                "text": prices.text(amount.value, lens.shown, lens.words),
                "share": 100 * part / whole if whole and part is not None else None,
                "change": change,
                "change_text": signed_percent(change, lens.shown, lens.words) if change is not None else why,
                "change_text_sort": "" if change is None else change,
                "change_why": why,
                "status": "measured" if amount.value is not None else "not_collected",
                "status_word": prices.reason(amount.reason, lens.year, lens.words),
                "nominal": part,
                "lines": row["lines"],
                **facts,
            }
        )
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["sort_key"]))
    largest = max((row["value"] for row in rows if row["value"] is not None), default=0.0)
    for row in rows:
        row["value_share"] = row["value"] / largest if largest and row["value"] is not None else None
        row.update(_described(row, lens))
    return Frame(_columns(lens, rows), tuple(rows), caption=lens.told(lens.shown))


def _of_year(lens: Lens, year: int, parent: str) -> dict[str, Row]:
    branch = lens.state.branch
    cells = [
        row
        for row in lens.parts
        if row["year"] == year
        and row["side"] == "expenditure"
        and is_under(row["economic_id"], branch.economic)
    ]
    return summed(cells, "function_id", parent)


def _inside(branch: Branch, code: str) -> Branch:
    """The branch with this function open; an open one closes to the level above."""
    function = code if code != branch.function else branch.function.partition(".")[0] if "." in code else ""
    return Branch(function, branch.economic, branch.unit)


def _unlike(lens: Lens) -> str:
    """Why nothing of the year can be held against the year before; nothing where it can."""
    words, earlier = lens.words, lens.year - 1
    then, now = lens.total(earlier), lens.total(lens.year)
    if then is None or now is None:
        return words("spending.change_no_year", year=earlier)
    if any(earlier < one.year <= lens.year for one in border_changes(lens.data.catalog, lens.city)):
        return words("spending.change_border")
    return "" if set(then["entities"]) == set(now["entities"]) else words("spending.change_entities")


def _change(lens: Lens, value: float | None, before: Row | None) -> tuple[float | None, str]:
    """Per cent (of shares: points) against the year before, or why there is none."""
    if value is None:
        return None, ""
    if before is None:
        return None, lens.words("spending.change_new")
    old = lens.amount(before, lens.year - 1, lens.shown)
    if not old.value:
        reason = prices.reason(old.reason, lens.year - 1, lens.words)
        return None, reason or lens.words("spending.change_zero")
    return (value - old.value if lens.shown.is_share else 100 * (value / old.value - 1)), ""


def _columns(lens: Lens, rows: Sequence[Row]) -> tuple[Column, ...]:
    words, basis = lens.words, lens.shown
    open_function = parent_of(lens.state.branch)
    places = 1 if basis.is_share else prices.decimals(max((row["value"] or 0.0 for row in rows), default=0.0))
    shares = words("spending.share_of_function" if open_function else "spending.share_of_shown")
    points = words("spending.change_points" if basis.is_share else "spending.change", year=lens.year - 1)
    return (
        Column("name", words("spending.function"), "place", in_file=False),
        Column(
            "value", prices.unit(basis, words), "value", places, prices.symbol(basis), bar=True, in_file=False
        ),
        Column("share", shares, "plain", 1, "%", in_file=False),
        Column("change_text", points, in_file=False),
        Column("lines", words("spending.lines_count"), "plain", in_file=False),
        filed("code", words("columns.code")),
        filed("name", words("columns.function")),
        filed("value", words("columns.value")),
        filed("share", words("columns.share")),
        filed("change", words("columns.change")),
        filed("change_why", words("columns.change_why")),
        filed("nominal", words("columns.nominal")),
        filed("lines", words("columns.lines")),
        filed("status_word", words("columns.status")),
        *fact_columns(words),
        *stamp_columns(words),
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
        marks = [_mark(row, state.branch.function) for row in drawn]
        figure = titled(
            ranking(marks, [], prices.symbol(lens.shown), words.lang), prices.unit(lens.shown, words)
        )
        chart = Chart(figure, figure["layout"]["height"], found)
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


def _described(row: Row, lens: Lens) -> Row:
    """What stands beside a bar or in a tile, and what a pointer on it tells."""
    share = "" if row["share"] is None else numbers.with_unit(row["share"], 1, "%", lens.words.lang)
    told = row["text"] if lens.shown.is_share or not share else f"{row['text']} · {share}"
    unit = prices.unit(lens.shown, lens.words)
    lines = (f"<b>{label(row['name'])}</b>  {told}", unit, lens.measure, _told_change(row, lens))
    return {"beside": told, "hover": "<br>".join(line for line in lines if line)}


def _told_change(row: Row, lens: Lens) -> str:
    if row["change"] is None:
        return str(row["change_why"])
    return lens.words("spending.hover_change", year=lens.year - 1, change=row["change_text"])


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
