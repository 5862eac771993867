"""Of every lira: a hundred kuruş by function, rounded so that they add up to a hundred exactly."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import numbers
from dashboard.budget_catalog import UNCLASSIFIED
from dashboard.charts.base import label
from dashboard.charts.coins import Pile, coins
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.prices import SHARE, Basis
from dashboard.views.spending_lens import TOTAL, Lens
from dashboard.views.spending_values import fact_columns, stamp_columns

KURUS = 100
_NAMED = 3
"""How many functions the sentence names."""


def largest_remainder(parts: Mapping[str, float], whole: int = KURUS) -> dict[str, int]:
    """Whole numbers that add up to `whole`: each share rounded down, what is left to the largest remainders.

    Equal remainders go to the larger part, then by key. No part is negative; nothing at all gives nothing.
    """
    total = sum(parts.values())
    if total <= 0:
        return {}
    exact = {key: whole * part / total for key, part in parts.items()}
    counts = {key: int(share) for key, share in exact.items()}
    order = sorted(parts, key=lambda key: (counts[key] - exact[key], -parts[key], key))
    for key in order[: whole - sum(counts.values())]:
        counts[key] += 1
    return counts


def lira_block(lens: Lens) -> Block:
    """The whole budget, whatever branch is open: a lira has a hundred kuruş and no fewer."""
    words = lens.words
    frame = lira_frame(lens)
    found = _headline(lens, frame)
    chart = None
    if len(frame):
        piles = [
            Pile(
                name=row["name"], count=row["kurus"], text=row["kurus_text"], short=str(row["kurus"]),
                hover=f"<b>{label(row['name'])}</b>  {row['kurus_text']}<br>{row['exact_text']}",
                is_hatched=row["code"] == UNCLASSIFIED,
            )
            for row in frame
        ]  # fmt: skip
        figure = coins(piles, words.lang)
        chart = Chart(figure, figure["layout"]["height"], found)
    total = lens.total(lens.year)
    return Block(
        id="lira",
        title=words("spending.block_lira"),
        measure=lens.told(Basis(SHARE), what=words("spending.lira_of")),
        headline=found,
        frame=frame,
        chart=chart,
        source=lens.source([total] if total else [], str(lens.year)),
        notes=(words("spending.lira_note"),) if chart else (),
        style="money",
    )


def lira_frame(lens: Lens) -> Frame:
    """One row a function with a line, the largest first; none where a part of the budget is not known."""
    words = lens.words
    parts = {code: row[lens.column] for code, row in lens.budget.get((lens.year, "expenditure"), {}).items()}
    parts.pop(TOTAL, None)
    known = {code: part for code, part in parts.items() if part is not None}
    counts = largest_remainder(known) if known and len(known) == len(parts) else {}
    whole = sum(known.values())
    facts = lens.facts(Basis(SHARE))
    rows: list[Row] = [
        {
            "code": code,
            "name": lens.code("functional", code),
            "label": lens.label("functional", code),
            "kurus": counts[code],
            "kurus_text": _kurus(counts[code], known[code], lens),
            "kurus_text_sort": counts[code],
            "share": KURUS * known[code] / whole,
            "exact_text": numbers.with_unit(KURUS * known[code] / whole, 2, "%", words.lang),
            "nominal": known[code],
            **facts,
        }
        for code in sorted(counts, key=lambda code: (-known[code], code))
    ]
    columns = (
        Column("name", words("spending.function"), "place", in_file=False),
        Column("kurus_text", words("spending.kurus"), in_file=False),
        Column("share", words("spending.share_exact"), "plain", 2, "%", in_file=False),
        filed("code", words("columns.code")),
        filed("name", words("columns.function")),
        filed("kurus", words("columns.kurus")),
        filed("share", words("columns.share")),
        filed("nominal", words("columns.nominal")),
        *fact_columns(words),
        *stamp_columns(words),
    )
    return Frame(columns, tuple(rows), caption=words("spending.block_lira"))


def _kurus(count: int, part: float, lens: Lens) -> str:
    if not count and part:
        return lens.words("spending.kurus_less")
    return lens.words("spending.kurus_of", n=count)


def _headline(lens: Lens, frame: Frame) -> str:
    words = lens.words
    if not len(frame):
        basis, reason = lens.basis, words("prices.reason_no_amount")
        return words("spending.no_value", city=lens.name, year=lens.year, basis=basis, reason=reason)
    named = "; ".join(
        words("spending.lira_part", n=row["kurus"], function=row["label"]) for row in frame.rows[:_NAMED]
    )
    return words(
        "spending.lira_headline", city_loc=located(lens.name, words.lang), year=lens.year, parts=named,
        measure=lens.measure.lower(),
    )  # fmt: skip
