"""What the open branch is spent as: personnel, goods and services, interest, investment; and by which unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import numbers, prices
from dashboard.charts.base import brief, label
from dashboard.charts.ranking import Mark
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block
from dashboard.state_spending import MEASURES, Branch
from dashboard.views.spending_functions import summed
from dashboard.views.spending_lens import Lens, is_under
from dashboard.views.spending_values import bars, fact_columns, here, stamp_columns

ECONOMIC = "economic"


def economic_block(lens: Lens) -> Block:
    """Bars by economic code; parts of a code that have a name of their own follow it in the table alone."""
    words, opened = lens.words, lens.state.branch.economic
    frame = economic_frame(lens)
    found = parts_headline(lens, frame, "economic")
    drawn = [row for row in frame if row["value"] and not row["is_part"]]
    chart = None
    if drawn:
        marks = [_mark(row, is_lead=bool(opened) and is_under(opened, row["code"])) for row in drawn]
        chart = bars(lens, marks, found)
    total = lens.total(lens.year)
    return Block(
        id="economic",
        title=words("spending.economic_of", what=lens.branch_name(_without_economic(lens))),
        measure=lens.told(lens.shown, what=lens.branch_name(_without_economic(lens))),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([total] if total else [], str(lens.year)),
        style="money",
    )


def _without_economic(lens: Lens) -> Branch:
    branch = lens.state.branch
    return Branch(branch.function, "", branch.unit)


def economic_frame(lens: Lens) -> Frame:
    """One row an economic code of level I, the largest first; `is_part` marks a code of level II below its own."""
    cells = lens.cells(lens.year, function=lens.state.branch.function)
    levels = summed(cells, "economic_id", "")
    whole = whole_of(lens, levels.values())
    rows: list[Row] = []
    for code, row in levels.items():
        rows.append(part_row(lens, code, row, whole, "economic"))
        within = summed(cells, "economic_id", code)
        for inner, own in within.items():
            if inner != code:
                made = part_row(lens, inner, own, whole, "economic")
                rows.append(
                    made | {"is_part": True, "name": lens.words("spending.within", name=made["name"])}
                )
    order = {row["code"]: row["value"] or 0.0 for row in rows if not row["is_part"]}
    rows.sort(key=lambda row: (-order[row["code"].partition(".")[0]], row["is_part"], row["code"]))
    return parts_frame(lens, rows, lens.words("spending.economic"))


def whole_of(lens: Lens, parts: Iterable[Row]) -> float | None:
    """What the parts are together in the chosen measure; None where one of them lacks it."""
    amounts = [one[lens.column] for one in parts]
    return sum(amounts) if amounts and None not in amounts else None


def part_row(lens: Lens, code: str, row: Row, whole: float | None, kind: str) -> Row:
    """An amount of the open branch under a code, with its share of the `whole`; `kind` is economic or unit."""
    words, branch = lens.words, lens.state.branch
    amount, part = lens.amount(row, lens.year, lens.shown), row[lens.column]
    if kind == "economic":
        name, label_ = lens.code(ECONOMIC, code), lens.label(ECONOMIC, code)
        inside = Branch(branch.function, "" if code == branch.economic else code, branch.unit)
    else:
        name = label_ = code or words("spending.no_unit")
        inside = Branch(branch.function, branch.economic, "" if code == branch.unit else code)
    share = 100 * part / whole if whole and part is not None else None
    text = prices.text(amount.value, lens.shown, words)
    return {
        "code": code,
        "name": name,
        "label": label_,
        "href": here(lens.state, branch=inside) + (f"#{kind}" if code else ""),
        "is_soft": True,
        "sort_key": code,
        "value": amount.value,
        "text": text,
        "share": share,
        "beside": text if share is None else f"{text} · {numbers.with_unit(share, 1, '%', words.lang)}",
        "lines": row["lines"],
        "nominal": part,
        **lens.standing(amount),
        "is_part": False,
        **{f"nominal_{name}": row[f"{name}_try"] for name in MEASURES.values()},
        **lens.facts(lens.shown),
    }


def parts_frame(lens: Lens, rows: Sequence[Row], heading: str) -> Frame:
    """Rows of part_row as a frame; `heading` names what the codes are."""
    words, basis = lens.words, lens.shown
    largest = max((row["value"] or 0.0 for row in rows), default=0.0)
    for row in rows:
        row["value_share"] = row["value"] / largest if largest and row["value"] is not None else None
    columns = (
        Column("name", heading, "place", in_file=False),
        Column(
            "value", prices.unit(basis, words), "value", 1 if basis.is_share else prices.decimals(largest),
            prices.symbol(basis), bar=True, in_file=False,
        ),
        Column("share", words("spending.share_of_branch"), "plain", 1, "%", in_file=False),
        Column("lines", words("spending.lines_count"), "plain", in_file=False),
        filed("code", words("columns.code")),
        filed("name", words("columns.code_name")),
        filed("is_part", words("columns.is_part")),
        filed("value", words("columns.value")),
        filed("share", words("columns.share")),
        filed("nominal", words("columns.nominal")),
        filed("lines", words("columns.lines")),
        filed("status_word", words("columns.status")),
        filed("branch", words("columns.branch")),
        *fact_columns(words),
        *stamp_columns(words),
    )  # fmt: skip
    branch = {"branch": lens.what}
    return Frame(columns, tuple(row | branch for row in rows), caption=lens.told(basis))


def parts_headline(lens: Lens, frame: Frame, kind: str) -> str:
    """The largest part of the branch and its share."""
    words = lens.words
    first = next(iter(frame), None)
    if first is None:
        return words("spending.nothing_here", city=lens.name, what=lens.what, year=lens.year)
    if first["value"] is None or first["share"] is None:
        reason = first["status_word"]
        return words("spending.no_value", city=lens.name, year=lens.year, basis=lens.basis, reason=reason)
    key = f"{kind}_share" if lens.shown.is_share else f"{kind}_headline"
    return words(
        f"spending.{key}", city_loc=located(lens.name, words.lang), year=lens.year, name=first["label"],
        value=first["text"], share=numbers.with_unit(first["share"], 1, "%", words.lang), basis=lens.basis,
        n=len(frame),
    )  # fmt: skip


def _mark(row: Row, *, is_lead: bool) -> Mark:
    return Mark(
        name=row["name"],
        value=row["value"],
        text=row["beside"],
        hover=f"<b>{label(row['name'])}</b>  {row['beside']}<br>{row['unit']}<br>{row['measure']}",
        is_lead=is_lead,
        short=row["text"],
        brief=brief(row["name"]),
    )
