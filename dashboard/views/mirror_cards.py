"""The four measures of the lead city, large, each on its track among all the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.catalog import Service
from dashboard.components.html import render
from dashboard.components.symbols import STANDINGS, STATES
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.text import Words
from dashboard.views.mirror_measure import DRAWN, MEASURES, PLANS, SPENDS
from dashboard.views.mirror_rows import Shown
from dashboard.views.mirror_told import source_line

MOST_TICKS = 60
"""Ticks that can be told apart on a track; of more places evenly many are drawn."""


def cards_block(shown: Shown, own: Row, service: Service, told: str) -> Block:
    """The finding about the lead, and where it stands on each of the three tracks."""
    words = shown.words
    cards = [_card(key, own, shown) for key in MEASURES]
    for card in cards:
        if card["key"] == SPENDS:
            card["links"] = shown.four.spends.links(own["city_id"], service) if card["has"] else ()
    return Block(
        id="mirror",
        title=words("mirror.four_of", city=own["place"], service=own["service"]),
        headline=told,
        frame=_frame(own, words),
        body=str(render("mirror_cards.html", words, cards=cards)),
        source=source_line(shown, (own,)),
        twin_open=False,
        style="four",
    )


def _card(key: str, own: Row, shown: Shown) -> dict[str, Any]:
    """What one card shows; without a value, the sentence for why."""
    words, scales, has = shown.words, shown.scales, own[key] is not None
    card: dict[str, Any] = {
        "key": key,
        "name": words(f"mirror.{key}"),
        "what": own.get(f"{key}_indicator") or words(f"mirror.{key}_what"),
        "has": has,
        "text": own[f"{key}_text"] if has else own[f"{key}_short"],
        "sub": ", ".join(part for part in (own[f"{key}_sub"], own[f"{key}_year"]) if part),
        "unit": own[f"{key}_unit"] if key == SPENDS else "",
        "sign": "" if key == PLANS else STATES[own[f"{key}_status"]],
        "word": own[f"{key}_word"],
        "badge": own[f"{key}_badge"],
        "href": own[f"{key}_href"],
        "onward": words(f"mirror.{key}_onward"),
        "steps": [(STANDINGS[step.display], step) for step in own[f"{key}_steps"]],
        "links": (),
        "track": None,
    }
    if key == SPENDS and has and own[f"{key}_shared"]:
        card["what"] = f"{card['what']}, {own[f'{key}_shared']}"
    if key == PLANS and has:
        card["text"] = words("mirror.objectives", n=int(own[key]))
        card["sub"] = ", ".join(part for part in (own[f"{key}_text"], own[f"{key}_year"]) if part)
    if key in DRAWN and key in scales:
        card["track"] = {
            "ends": scales[key].ends, "at": own.get(f"{key}_at"), "from": own.get(f"{key}_from"),
            "to": own.get(f"{key}_to"), "bar": key == SPENDS, "ticks": _ticks(shown.rows, own, key),
        }  # fmt: skip
    return card


def _ticks(rows: Sequence[Row], own: Row, key: str) -> list[float]:
    """Where the others stand."""
    every = sorted(row[f"{key}_at"] for row in rows if row[key] is not None and row is not own)
    step = max(1, -(-len(every) // MOST_TICKS))
    return every[::step]


def _frame(own: Row, words: Words) -> Frame:
    """One row a measure."""
    rows = tuple(
        {
            "place_id": own["city_id"],
            "place": own["place"],
            "service_id": own["service_id"],
            "service": own["service"],
            "name": words(f"mirror.{key}"),
            "text": own[f"{key}_text"] or own[f"{key}_short"],
            "text_sort": own[key],
            "value": own[key],
            "lower": own[f"{key}_low"],
            "upper": own[f"{key}_high"],
            "unit": own[f"{key}_unit"],
            "what": own.get(f"{key}_indicator") or words(f"mirror.{key}_what"),
            "period": own[f"{key}_year"] or None,
            "period_shown": own[f"{key}_year"] or "–",
            "state": own[f"{key}_state"],
            "level": own.get(f"{key}_level") or words("level.municipality"),
            "is_synthetic": own[f"{key}_synthetic"],
            "source": own[f"{key}_source"] or words("mirror.no_source"),
            "licence": own[f"{key}_licence"] or words("mirror.no_source"),
        }
        for key in MEASURES
    )
    named = (
        ("place_id", "place_id"), ("place", "place"), ("value", "value"), ("lower", "lower"), ("upper", "upper"),
        ("unit", "unit"), ("period", "period"), ("state", "status"), ("level", "level"), ("is_synthetic", "synthetic"),
        ("source", "source"), ("licence", "licence"),
    )  # fmt: skip
    return Frame(
        (
            Column("name", words("mirror.measure")),
            Column("what", words("mirror.what")),
            Column("text", words("table.value"), in_file=False),
            Column("period_shown", words("table.period"), in_file=False),
            Column("state", words("table.status"), in_file=False),
            filed("service_id", words("satisfaction.file_service_id")),
            filed("service", words("satisfaction.file_service")),
            *(filed(key, words(f"columns.{name}")) for key, name in named),
        ),
        rows,
        caption=words("mirror.four_of", city=own["place"], service=own["service"]),
    )
