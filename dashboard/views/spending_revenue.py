"""Where the money comes from: estimate, accrued, collected by revenue code, and what comes from the centre.

Refunds (code 09) are positive in their own row and subtracted in the total.
"""

from __future__ import annotations

from dashboard import numbers, prices
from dashboard.charts.base import brief, label
from dashboard.charts.ranking import Mark
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block
from dashboard.views.spending_lens import REVENUE, TOTAL, Lens, final
from dashboard.views.spending_values import bars, fact_columns, stamp_columns

CENTRAL = "05.2"
"""Shares received from the centre's taxes, the one revenue code of level II that a measure needs."""
REFUNDS = "09"
MEASURED = {"estimate": "initial_try", "accrued": "accrued_try", "collected": "outturn_try"}


def revenue_block(lens: Lens) -> Block:
    """Bars of what was collected; all three measures in the table."""
    words = lens.words
    frame = revenue_frame(lens)
    found = _headline(lens, frame)
    drawn = [row for row in frame if row["value"] and not row["is_part"] and not row["is_sum"]]
    chart = None
    if drawn:
        chart = bars(lens, [_mark(lens, row) for row in drawn], found)
    total = lens.total(lens.year, REVENUE)
    return Block(
        id="revenue",
        title=words("spending.block_revenue"),
        measure=words(
            "spending.revenue_measure", unit=prices.unit(lens.shown, words), year=lens.year,
            scope=lens.facts(lens.shown)["scope"],
        ),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([total] if total else [], str(lens.year)),
        notes=(words("spending.revenue_note"),) if chart else (),
        style="money",
    )  # fmt: skip


def revenue_frame(lens: Lens) -> Frame:
    """The total, then one row a code by what was collected; the central share follows its code as a part of it."""
    found = dict(lens.budget.get((lens.year, REVENUE), {}))
    whole = found.pop(TOTAL, None)
    rows = [_row(lens, code, row) for code, row in found.items()]
    rows.sort(key=lambda row: (row["code"] == REFUNDS, -(row["value"] or 0.0), row["code"]))
    central = _central(lens)
    made: list[Row] = []
    if whole:
        made.append(_row(lens, TOTAL, whole))
    for row in rows:
        made.append(row)
        if central and row["code"] == CENTRAL.partition(".")[0]:
            inner = _row(lens, CENTRAL, central)
            made.append(inner | {"is_part": True, "name": lens.words("spending.within", name=inner["name"])})
    return Frame(_columns(lens, made), tuple(made), caption=lens.words("spending.block_revenue"))


def _central(lens: Lens) -> Row | None:
    cells = [row for row in lens.cells(lens.year, REVENUE) if row["economic_id"] == CENTRAL]
    return cells[0] if cells else None


def _row(lens: Lens, code: str, row: Row) -> Row:
    words = lens.words
    amounts = {
        name: lens.amount(row, lens.year, lens.shown, REVENUE, column) for name, column in MEASURED.items()
    }
    whole = lens.total(lens.year, REVENUE)
    collected, all_collected = row["outturn_try"], whole["outturn_try"] if whole else None
    accrued, rate = row["accrued_try"], None
    if collected is not None and accrued:
        rate = 100 * collected / accrued
    reasons = dict.fromkeys(
        prices.reason(one.reason, lens.year, words) for one in amounts.values() if one.reason
    )
    return {
        **lens.facts(lens.shown, whole),
        "code": code,
        "name": words("spending.revenue_total") if code == TOTAL else lens.code("revenue", code),
        "sort_key": code,
        "is_sum": code == TOTAL,
        "is_part": False,
        "value": amounts["collected"].value,
        **{name: amount.value for name, amount in amounts.items()},
        "share": 100 * collected / all_collected if collected is not None and all_collected else None,
        "rate": rate,
        "nominal": collected,
        "text": prices.text(amounts["collected"].value, lens.shown, words),
        "status_word": " ".join(reasons) or final(whole, words),
        "measure": words("spending.collected"),
    }


def _columns(lens: Lens, rows: list[Row]) -> tuple[Column, ...]:
    words, basis = lens.words, lens.shown
    largest = max((row["value"] or 0.0 for row in rows), default=0.0)
    digits = (1 if basis.is_share else prices.decimals(largest), prices.symbol(basis))
    return (
        Column("name", words("spending.revenue_code"), "place", in_file=False),
        *(Column(name, words(f"spending.{name}"), "plain", *digits, in_file=False) for name in MEASURED),
        Column("rate", words("spending.collection_rate"), "plain", 1, "%", in_file=False),
        Column("share", words("spending.share_of_revenue"), "plain", 1, "%", in_file=False),
        filed("code", words("columns.code")),
        filed("name", words("columns.code_name")),
        filed("is_part", words("columns.is_part")),
        filed("is_sum", words("columns.is_sum")),
        *(filed(name, words(f"columns.{name}")) for name in MEASURED),
        filed("rate", words("columns.collection_rate")),
        filed("share", words("columns.share")),
        filed("nominal", words("columns.nominal")),
        filed("status_word", words("columns.status")),
        *(column for column in fact_columns(words) if column.key != "measure"),
        *stamp_columns(words),
    )


def _mark(lens: Lens, row: Row) -> Mark:
    share = "" if row["share"] is None else numbers.with_unit(row["share"], 1, "%", lens.words.lang)
    told = row["text"] if lens.shown.is_share or not share else f"{row['text']} · {share}"
    lines = (f"<b>{label(row['name'])}</b>  {told}", row["unit"], lens.words("spending.collected"))
    return Mark(
        row["name"], row["value"], told, "<br>".join(lines), short=row["text"], brief=brief(row["name"])
    )


def _headline(lens: Lens, frame: Frame) -> str:
    words = lens.words
    total = next((row for row in frame if row["is_sum"]), None)
    if total is None:
        return words("spending.no_revenue", city=lens.name, year=lens.year)
    if total["value"] is None:
        reason, basis = total["status_word"], lens.basis
        return words("spending.no_value", city=lens.name, year=lens.year, basis=basis, reason=reason)
    central = next((row["share"] for row in frame if row["code"] == CENTRAL), None)
    told = words(
        "spending.basis", measure=words("spending.collected").lower(), basis=prices.told(lens.shown, words)
    )
    values = {
        "city_loc": located(lens.name, words.lang),
        "year": lens.year,
        "value": total["text"],
        "basis": told,
    }
    if central is None:
        return words("spending.revenue_headline", **values)
    share = numbers.with_unit(central, 1, "%", words.lang)
    return words(f"spending.revenue_{'share' if lens.shown.is_share else 'central'}", share=share, **values)
