"""What the blocks of Haklar share: the words of a gap, and the wave behind a city.

A gap is group minus reference; its verdict is a word, and below significance that word is never "equal".
"""

from __future__ import annotations

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.frame import Row
from dashboard.state import address
from dashboard.state_survey import RightsState, moved
from dashboard.survey_catalog import Category, Wave
from dashboard.text import Words
from dashboard.views.survey_values import DECIMALS, is_firm, points_range

PATH = "/haklar"
LOWER, HIGHER, UNCLEAR = "lower", "higher", "unclear"


def verdict_of(row: Row) -> str:
    """`lower` or `higher` where the gap is significant, `unclear` where not, nothing where there is none."""
    if row["diff"] is None:
        return ""
    if not is_firm(row):
        return UNCLEAR
    return LOWER if row["diff"] < 0 else HIGHER


def bounds(low: float, high: float, words: Words) -> str:
    """Both ends of a gap's interval, short: (−14,9; −1,5)."""
    ends = [numbers.number(100 * end, DECIMALS, words.lang) for end in (low, high)]
    return f"({ends[0]}; {ends[1]})"


def span(low: float, high: float, words: Words) -> str:
    """Both ends as a column has them, never joined by a dash that reads like a minus: −14,9 ile −1,5."""
    ends = {
        end: numbers.number(100 * value, DECIMALS, words.lang)
        for end, value in (("low", low), ("high", high))
    }
    return words("rights.span", **ends)


def ratio_text(row: Row, words: Words) -> str:
    """0,74 (0,63–0,87); a sentence where a share of 0 leaves no ratio."""
    if row["ratio"] is None:
        return words("rights.no_ratio")
    parts = [numbers.number(row[key], 2, words.lang) for key in ("ratio", "ratio_low", "ratio_high")]
    return f"{parts[0]} ({parts[1]}–{parts[2]})"


def gap_sentence(row: Row, words: Words) -> str:
    """Interval, ratio and verdict of a gap, for a hover."""
    return words(
        "rights.gap_told",
        interval=points_range(row["low"], row["high"], words),
        ratio=ratio_text(row, words),
        verdict=words(f"rights.verdict_{verdict_of(row)}"),
    )


def link(state: RightsState, **changed: str) -> str:
    """The same page with another city, question or group."""
    asked = state.asked
    usual = {"kent": asked.default_lead, "hizmet": asked.default_item, "grup": state.default_group}
    return address(PATH, moved(state.query(), usual, changed))


def wave_of(catalog: Catalog, city_id: str, year: int) -> Wave | None:
    """The wave a city's figures are of in a year: a sample before an open link."""
    return next((one for one in catalog.surveys.of_year(year) if city_id in one.cities), None)


def reference_of(categories: tuple[Category, ...], group_var: str) -> Category | None:
    """The category that gaps of a grouping are held against."""
    return next((one for one in categories if one.group_var == group_var and one.is_reference), None)
