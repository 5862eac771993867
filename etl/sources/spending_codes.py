"""Codes of a budget line: written one way (05.02 is 05.2, 5.1 is 05.1), and which line sums up which.

A code nobody has named is still a code; only what is no code at all is a fault.
"""

from __future__ import annotations

import re
from typing import NamedTuple

PART = re.compile(r"\d{1,3}", re.ASCII)
MOST_LEVELS = 6
# How many digits the levels of a code are written with; the further ones of a long code have two.
WIDTHS = {
    "institutional": (2, 2, 2, 2),
    "functional": (2, 1, 1, 2),
    "finance_type": (1,),
    "economic": (2, 1, 1, 2),
}
Shape = tuple[int, int, int, int]


class Codes(NamedTuple):
    """The four codes of a line, dotted; empty where the line has none."""

    institutional: str = ""
    functional: str = ""
    finance_type: str = ""
    economic: str = ""

    @property
    def shape(self) -> Shape:
        """How many levels each code has."""
        depths = [len(code.split(".")) if code else 0 for code in self]
        return depths[0], depths[1], depths[2], depths[3]

    def cut(self, shape: Shape) -> Codes:
        """The codes with no more levels than ``shape`` has."""
        return Codes(*(".".join(code.split(".")[:depth]) for code, depth in zip(self, shape, strict=True)))


def normalised(kind: str, parts: list[str]) -> str | None:
    """The code of ``kind`` that the cells spell, dotted; one cell may hold it whole. None where it is no code."""
    levels = [part.strip() for text in parts for part in text.split(".")] if any(parts) else []
    while levels and not levels[-1]:
        levels.pop()
    if len(levels) > MOST_LEVELS or not all(PART.fullmatch(level) for level in levels):
        return None
    widths = (*WIDTHS[kind], *[2] * MOST_LEVELS)
    return ".".join(f"{int(level):0{width}d}" for level, width in zip(levels, widths, strict=False))


def parents(codes: list[Codes]) -> dict[Codes, list[Codes]]:
    """For each of the (distinct) codes those among them that it is a part of: the same codes with fewer levels."""
    known = set(codes)
    shapes = sorted({one.shape for one in codes})
    return {
        one: [
            above
            for shape in shapes
            if shape != one.shape and all(a <= b for a, b in zip(shape, one.shape, strict=True))
            if (above := one.cut(shape)) in known
        ]
        for one in codes
    }
