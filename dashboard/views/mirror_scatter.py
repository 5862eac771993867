"""Spending against satisfaction, city by city, with intervals: beside each other, never one because of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard import prices
from dashboard.catalog import Service
from dashboard.charts.base import label
from dashboard.charts.scatter import HEIGHT, Dot, Named, scatter
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block, Chart
from dashboard.state_mirror import MirrorState
from dashboard.text import Words
from dashboard.views.mirror_measure import SAYS, SPENDS
from dashboard.views.mirror_rows import Shown, files
from dashboard.views.mirror_told import source_line

KINDS = ("metropolitan", "provincial", "district")
FEWEST = 2
"""Cities from which on dots are drawn at all."""


def scatter_block(shown: Shown, service: Service) -> Block:
    """The dots, how many there are, and why the other cities are not among them."""
    words, state, spends, rows = shown.words, shown.state, shown.four.spends, shown.rows
    drawn = [row for row in rows if not _left_out(row, words)]
    told = words("mirror.scatter_n", n=len(drawn), of=len(rows), year=state.year, spending=spends.year)
    lead = next(row for row in rows if row["city_id"] == state.lead)
    if reason := _left_out(lead, words):
        told = f"{told} {words('mirror.scatter_without', city=lead['place'], reason=reason)}"
    chart = None
    if len(drawn) >= FEWEST:
        named = Named(
            across=words("mirror.axis_spends", year=spends.year, unit=shown.unit),
            up=words("mirror.axis_says", year=state.year),
            groups=tuple(words(f"mirror.kind_{kind}") for kind in KINDS),
            above=words("mirror.scatter_above", n=len(drawn)),
        )
        dots = [_dot(row, state, words) for row in drawn]
        chart = Chart(scatter(dots, named, (prices.symbol(spends.basis), "%"), words.lang), HEIGHT, told)
    return Block(
        id="scatter",
        title=words("mirror.scatter_of", service=words.of(service, "label")),
        measure=words("mirror.scatter_measure", unit=shown.unit, spending=spends.year, year=state.year),
        headline=told,
        frame=_frame(drawn, state, words),
        chart=chart,
        source=source_line(shown, drawn or rows),
        notes=(words("mirror.scatter_note"), *_absent(rows, words)),
        style="mirror",
    )


def _left_out(row: Row, words: Words) -> str:
    """Why a city is no dot; nothing where it is one."""
    if row[SAYS] is None:
        return str(row[f"{SAYS}_short"])
    if not row[f"{SAYS}_compared"]:
        return str(row[f"{SAYS}_word"]) or words("survey.reason_other_question")
    return "" if row[SPENDS] is not None else str(row[f"{SPENDS}_short"])


def _absent(rows: Sequence[Row], words: Words) -> tuple[str, ...]:
    """The cities that are no dot, counted by reason."""
    found = Counter(_left_out(row, words) for row in rows)
    del found[""]
    told = "; ".join(words("mirror.count_of", n=n, reason=reason) for reason, n in found.most_common())
    return (words("mirror.scatter_absent", reasons=told),) if told else ()


def _dot(row: Row, state: MirrorState, words: Words) -> Dot:
    money = f"{row[f'{SPENDS}_text']} ({row[f'{SPENDS}_unit']}, {row[f'{SPENDS}_year']})"
    said = words(
        "mirror.hover_says", value=row[f"{SAYS}_text"], range=row[f"{SAYS}_sub"], year=row[f"{SAYS}_year"]
    )
    states = [row[f"{key}_word"] for key in (SAYS, SPENDS) if row[f"{key}_word"]]
    return Dot(
        name=row["place"],
        x=row[SPENDS],
        y=row[SAYS],
        low=row[f"{SAYS}_low"],
        high=row[f"{SAYS}_high"],
        group=KINDS.index(row["legal_type"]) if row["legal_type"] in KINDS else len(KINDS),
        hover="<br>".join(
            (f"<b>{label(row['place'])}</b>  {label(row['type'])}", said, money, *map(label, states))
        ),
        href=row["href"],
        is_lead=row["city_id"] == state.lead,
    )


def _frame(rows: Sequence[Row], state: MirrorState, words: Words) -> Frame:
    """The dots as rows, the most satisfied first; the files have all four measures."""
    made = [
        row | {"says_shown": row[f"{SAYS}_text"], "spends_shown": row[f"{SPENDS}_text"],
               "says_shown_sort": row[SAYS], "spends_shown_sort": row[SPENDS]}
        for row in sorted(rows, key=lambda row: (-row[SAYS], row["sort_key"]))
    ]  # fmt: skip
    return Frame(
        (
            Column("name", words("table.place"), "place", in_file=False),
            Column("type", words("table.legal_type"), in_file=False),
            Column("says_shown", words("mirror.says"), in_file=False),
            Column(f"{SAYS}_sub", words("table.interval"), in_file=False),
            Column("spends_shown", words("mirror.spends"), in_file=False),
            *files(words),
        ),
        tuple(made),
        lead=state.lead,
        caption=words("mirror.scatter"),
    )
