"""Reads a written number by a declared format; a spelling that two formats read apart is never guessed."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from etl.errors import Sentence, sentence

SIGN = r"(?P<sign>[-−+]?)"
GRAMMARS = {
    # 1.234,5 · 2.274.106 · 475042
    "tr": re.compile(SIGN + r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?", re.ASCII),
    # 475042.0 · 1234.5 · 1e-05
    "plain": re.compile(SIGN + r"(?P<whole>\d+)(?:\.(?P<part>\d+))?(?P<power>[eE][-+]?\d+)?", re.ASCII),
}
# Spellings this product does not take but can name, so that the writer of the file knows what to change.
FOREIGN = {
    "looks_english": re.compile(r"[-−+]?\d{1,3}(,\d{3})+(\.\d+)?"),
    "looks_spaced": re.compile(r"[-−+]?\d{1,3}([ \u00a0\u202f']\d{3})+([.,]\d+)?"),
    "looks_date": re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"),
}
PERCENT = re.compile(r"%\s?(?P<after>[^%]+)|(?P<before>[^%]+?)\s?%")


class Number(NamedTuple):
    """A value as it was written; ``is_percent`` when a percent sign stood beside it (12,5 % is 12.5).

    ``is_answer`` when it was written as a word: evet or yes (1), hayır or no (0).
    """

    value: float
    is_percent: bool
    is_answer: bool = False


class NotANumber(ValueError):
    """A text that the declared format does not read; ``looks_like`` says what it seems to be."""

    def __init__(self, rule: str, looks_like: Sentence) -> None:
        super().__init__(looks_like.en)
        self.rule = rule
        self.looks_like = looks_like


def parse_number(text: str, number_format: str | None) -> Number:
    """The number written as ``text`` in ``number_format`` (``tr`` or ``plain``).

    Without a declared format a text is read only where every format that takes it gives the same value;
    ``1.234`` (1234 or 1.234) and ``1,234`` (1.234, or 1234 in English) are refused. Raises NotANumber.
    """
    digits, is_percent = without_percent(text.strip())
    if number_format is not None:
        value = read_as(number_format, digits)
        if value is None:
            raise NotANumber("number_format", name_spelling(digits))
        return Number(value, is_percent)
    readings = {value for name in GRAMMARS if (value := read_as(name, digits)) is not None}
    if len(readings) == 1 and not FOREIGN["looks_english"].fullmatch(digits):
        return Number(readings.pop(), is_percent)
    if readings:
        raise NotANumber("number_ambiguous", name_spelling(digits))
    raise NotANumber("number_unreadable", name_spelling(digits))


def without_percent(text: str) -> tuple[str, bool]:
    """``%12,5``, ``% 12,5``, ``12,5%`` and ``12,5 %`` without their sign, and whether there was one."""
    if match := PERCENT.fullmatch(text):
        return (match["after"] or match["before"]).strip(), True
    return text, False


def read_as(number_format: str, digits: str) -> float | None:
    """The value of ``digits`` under one grammar; None where the grammar does not take it."""
    match = GRAMMARS[number_format].fullmatch(digits)
    if match is None:
        return None
    groups = match.groupdict()
    sign = "-" if groups["sign"] in ("-", "−") else ""
    whole = groups["whole"].replace(".", "")
    value = float(f"{sign}{whole}.{groups['part'] or '0'}{groups.get('power') or ''}")
    return value if math.isfinite(value) else None


def name_spelling(digits: str) -> Sentence:
    """What ``digits`` looks like, for the fault's sentence."""
    for name, pattern in FOREIGN.items():
        if pattern.fullmatch(digits):
            return sentence(name)
    readable = [name for name in GRAMMARS if read_as(name, digits) is not None]
    if len(readable) == 2:
        return sentence("looks_both")
    return sentence(f"looks_{readable[0]}" if readable else "looks_text")
