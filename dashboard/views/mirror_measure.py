"""One of the four measures of a mirror for one place and service, and how it becomes the columns of a frame.

A measure without a value has the words for why; there is no third case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.frame import Column, Row, filed
from dashboard.text import Words

SAYS, SPENDS, PLANS, NEEDS = "says", "spends", "plans", "needs"
MEASURES = (SAYS, SPENDS, PLANS, NEEDS)
DRAWN = (SAYS, SPENDS, NEEDS)
"""Those with a place on a scale; of plans there is none, since every municipality sets its own targets."""


@dataclass(frozen=True)
class Step:
    """One objective of a plan, in the words of the plan, its state, and where it is told."""

    display: str
    word: str
    code: str
    label: str
    href: str


@dataclass(frozen=True)
class Measure:
    """`text` is the value as read and `sub` what stands quietly behind it; `word` says why there is none, or why it is
    not simply shown, `short` the same for a cell; `facts` are what a file has besides, by the end of their keys."""

    value: float | None = None
    text: str = ""
    sub: str = ""
    low: float | None = None
    high: float | None = None
    status: str = "measured"
    word: str = ""
    short: str = ""
    year: str = ""
    unit: str = ""
    badge: str = ""
    href: str = ""
    steps: tuple[Step, ...] = ()
    source: str = ""
    licence: str = ""
    is_synthetic: bool = False
    facts: tuple[tuple[str, Any], ...] = ()

    def columns(self, key: str, words: Words) -> Row:
        """What components/mirror.py draws and a file writes."""
        return {
            key: self.value,
            f"{key}_text": self.text,
            f"{key}_sub": self.sub,
            f"{key}_low": self.low,
            f"{key}_high": self.high,
            f"{key}_status": self.status,
            f"{key}_word": self.word,
            f"{key}_state": self.word or words("mirror.told_as"),
            f"{key}_short": self.short,
            f"{key}_year": self.year,
            f"{key}_unit": self.unit,
            f"{key}_badge": self.badge,
            f"{key}_href": self.href,
            f"{key}_steps": self.steps,
            f"{key}_source": self.source,
            f"{key}_licence": self.licence,
            f"{key}_synthetic": self.is_synthetic,
            **{f"{key}_{name}": value for name, value in self.facts},
        }


def missing(word: str, short: str, **more: Any) -> Measure:
    """A measure that is not there, and why."""
    return Measure(status=more.pop("status", "not_collected"), word=word, short=short, **more)


@dataclass(frozen=True)
class Scale:
    """The two ends of a measure's track, as values and as read."""

    low: float
    high: float
    ends: tuple[str, str]

    def at(self, value: float) -> float:
        """Where a value stands on the track, in per cent of it."""
        wide = self.high - self.low
        return round(max(0.0, min(100.0, 100 * (value - self.low) / wide)), 2) if wide > 0 else 50.0


def placed(rows: Iterable[Row], key: str, scale: Scale) -> None:
    """Adds to each row with a value where it and its interval stand on the track."""
    for row in rows:
        if row[key] is None:
            continue
        row[f"{key}_at"] = scale.at(row[key])
        if row[f"{key}_low"] is not None:
            row[f"{key}_from"], row[f"{key}_to"] = scale.at(row[f"{key}_low"]), scale.at(row[f"{key}_high"])


def extent(rows: Sequence[Row], key: str) -> tuple[float, float] | None:
    """The least and the greatest a measure reaches, intervals included; nothing where nobody has a value."""
    names = (key, f"{key}_low", f"{key}_high")
    known = [row[name] for row in rows for name in names if row[name] is not None]
    return (min(known), max(known)) if known else None


def file_columns(key: str, facts: Sequence[str], words: Words) -> tuple[Column, ...]:
    """The file's columns of a measure: its value, what belongs to it, its state and whose it is."""
    named = ("", *(f"_{fact}" for fact in facts), "_year", "_state", "_source", "_licence", "_synthetic")
    return tuple(filed(f"{key}{end}", words(f"mirror.file_{key}{end}")) for end in named)
