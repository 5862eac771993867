"""Figures as a reader sees them; the one formatter of axis, hover, table, sentence and file name.

Turkish writes the percent sign first and groups with a dot; millions are Mn, billions Mr. English
percent signs follow. A yes or no is a word, its average a percentage. A missing value has no text here:
its state has a word (text/*.yml).
"""

import datetime as dt
import math
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal

MINUS = "\u2212"
_SUFFIXED = {"₺"}
YES_NO = "✓"
_ANSWERS = {"tr": ("hayır", "evet"), "en": ("no", "yes")}
_TURKISH = str.maketrans(",.", ".,")


@lru_cache(maxsize=65_536)
def number(value: float, decimals: int, lang: str) -> str:
    """`value` with grouping and exactly `decimals` places: 1.234,5 (tr), 1,234.5 (en)."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    if round(value, decimals) == 0:
        value = 0.0  # no "-0,0"
    # Babel says the same in ten times the time, and a page of 1,400 places has thousands of numbers.
    text = format(Decimal(str(value)), f",.{decimals}f").replace("-", MINUS)
    return text.translate(_TURKISH) if lang == "tr" else text


@lru_cache(maxsize=65_536)
def with_unit(value: float, decimals: int, symbol: str, lang: str) -> str:
    """A number with its unit symbol where the language puts it: %12,5 / 12.5%; 1.250 ₺ / ₺1,250.

    Where the symbol is YES_NO, 1 is evet / yes, 0 hayır / no, and a value between them the share of yes.
    """
    if symbol == YES_NO:
        return _ANSWERS[lang][int(value)] if value in (0, 1) else with_unit(100 * value, 0, "%", lang)
    text = number(value, decimals, lang)
    if not symbol:
        return text
    if symbol == "%":
        if lang != "tr":
            return f"{text}%"
        return f"{MINUS}%{text[1:]}" if text.startswith(MINUS) else f"%{text}"
    if symbol in _SUFFIXED and lang != "tr":
        return f"{MINUS}{symbol}{text[1:]}" if text.startswith(MINUS) else f"{symbol}{text}"
    return f"{text}\u00a0{symbol}"


@lru_cache(maxsize=16_384)
def compact(value: float, lang: str) -> str:
    """Large counts for axes and tight cells: 1,2 Mn, 2,5 Mr; never k or B in Turkish."""
    if abs(value) < 1_000_000:
        return number(value, 0, lang)
    return format_compact_decimal(value, locale=lang, fraction_digits=1).replace("-", MINUS)


@lru_cache(maxsize=16_384)
def money(value: float, lang: str) -> str:
    """An amount of lira with its sign: 12,3 Mn ₺, 1,25 Mr ₺ / ₺1.25B; below a million in full."""
    if abs(value) < 1_000_000:
        return with_unit(value, 0, "₺", lang)
    digits = 2 if abs(value) >= 1_000_000_000 else 1
    text = format_compact_decimal(value, locale=lang, fraction_digits=digits).replace("-", MINUS)
    if lang == "tr":
        return f"{text}\u00a0₺"
    return f"{MINUS}₺{text[1:]}" if text.startswith(MINUS) else f"₺{text}"


def realised(value: float, lang: str) -> str:
    """How much of a target is reached, in per cent: one decimal where it has one; never rounded up to the whole."""
    shown = round(value, 1)
    if shown >= 100 > value * (1 + 1e-9):
        shown = 99.9
    return with_unit(shown, 0 if shown == round(shown) else 1, "%", lang)


def day(value: dt.date, lang: str) -> str:
    """22 Kasım 2026 / 22 November 2026."""
    return format_date(value, "d MMMM y", locale=lang)


def moment(value: dt.datetime, lang: str) -> str:
    """22 Kasım 2026 01.30 (UTC)."""
    return format_datetime(value, "d MMMM y HH.mm" if lang == "tr" else "d MMMM y HH:mm", locale=lang)


def loose_day(value: str, lang: str) -> str:
    """A date as precise as it is known (YYYY, YYYY-MM or YYYY-MM-DD): 2014, Nisan 2014, 22 Ocak 2016."""
    if len(value) == len("YYYY-MM-DD"):
        return day(dt.date.fromisoformat(value), lang)
    if len(value) == len("YYYY-MM"):
        return format_date(dt.date.fromisoformat(f"{value}-01"), "LLLL y", locale=lang)
    return value
