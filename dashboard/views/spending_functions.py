"""Functions of a budget, or the groups of the open one, with amount, share and change: the frame of the composition.

No change is told across a border change, or between years whose sums are not of the same bodies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import numbers, prices
from dashboard.charts.base import label
from dashboard.frame import Column, Frame, Row, filed
from dashboard.state_spending import Branch
from dashboard.views.spending_lens import Lens, is_under
from dashboard.views.spending_values import (
    border_changes,
    fact_columns,
    here,
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
                **lens.standing(amount),
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
    return summed(lens.cells(year, economic=lens.state.branch.economic), "function_id", parent)


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
