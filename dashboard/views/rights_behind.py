"""The sentence that names who is left behind in a city, and what a reader must know of it.

A group is named only where its gap is significant in the family of all gaps of the city and year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.components.symbols import STATES, VERDICTS
from dashboard.frame import Row
from dashboard.survey_catalog import Question, Wave
from dashboard.text import Words
from dashboard.views.rights_values import HIGHER, LOWER, verdict_of
from dashboard.views.survey_values import DECIMALS, points_range, service_name

Cells = Mapping[tuple[str, str, str], Row]
OCCURRING = ("low_reliability", "suppressed", "not_collected")
"""States of an estimate that a legend tells, in its order."""


@dataclass(frozen=True)
class Found:
    """What there is of the lead city: its wave, the estimates and the gaps by item, grouping and category."""

    wave: Wave | None
    questions: Mapping[str, Question]
    estimates: Cells
    gaps: Cells

    @property
    def tested(self) -> list[Row]:
        """The gaps there are."""
        return [row for row in self.gaps.values() if row["diff"] is not None]

    @property
    def behind(self) -> list[Row]:
        """Those significantly below zero, the widest first."""
        lower = [row for row in self.tested if verdict_of(row) == LOWER]
        return sorted(lower, key=lambda row: row["diff"])


def headline(catalog: Catalog, lead: str, year: int, found: Found, words: Words) -> str:
    """The lowest significant gap, and how many of those tested are significantly lower."""
    city = words.of(catalog.city(lead), "name")
    if found.wave is None:
        return words("rights.headline_no_wave", city=city, year=year)
    if not found.tested:
        return words("rights.headline_untested", city=city)
    if not found.behind:
        higher = sum(verdict_of(row) == HIGHER for row in found.tested)
        key = "rights.headline_no_lower" if higher else "rights.headline_none"
        return words(key, city=city, n=len(found.tested), higher=higher)
    worst = found.behind[0]
    names = {one.key: one for one in catalog.surveys.categories[found.wave.wave_id]}
    group = names[f"{worst['group_var']}:{worst['group_id']}"]
    return words(
        "rights.headline",
        city=city,
        group=words.of(group, "label"),
        variable=words.of(group, "variable"),
        service=service_name(catalog, found.questions[worst["item_id"]], words),
        reference=words.of(names[f"{worst['group_var']}:{worst['reference_id']}"], "label"),
        gap=numbers.number(-100 * worst["diff"], DECIMALS, words.lang),
        interval=points_range(-worst["high"], -worst["low"], words),
        n=len(found.tested),
        lower=len(found.behind),
    )


def notes(found: Found, words: Words) -> tuple[str, ...]:
    """How sure the named gap is, which family was tested, and how to go on from a cell."""
    if not found.tested:
        return ()
    weak = bool(found.behind) and found.behind[0]["status"] == "low_reliability"
    return (
        *((words("rights.headline_weak"),) if weak else ()),
        words("rights.family", n=len(found.tested)),
        words("rights.matrix_note"),
    )


def legend(found: Found, words: Words) -> tuple[tuple[str, str], ...]:
    """The verdicts and states that occur."""
    verdicts = {verdict_of(row) for row in found.tested}
    states = {row["status"] for row in found.estimates.values()} | {"not_collected"}
    return (
        *(
            (f"v-{one}", f"{sign} {words(f'rights.legend_{one}')}")
            for one, sign in VERDICTS.items()
            if one in verdicts
        ),
        *(("none", f"{STATES[one]} {words(f'rights.legend_{one}')}") for one in OCCURRING if one in states),
    )
