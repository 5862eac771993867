"""What is said of a mirror in words: the sentence of the four measures, and the notes on how far each reaches.

The four stand beside one another; no sentence joins two of them by a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers, prices
from dashboard.catalog import Catalog, City, Service
from dashboard.frame import Row
from dashboard.narrative.places import located
from dashboard.page import SourceLine
from dashboard.state_spending import SCOPES
from dashboard.text import Words
from dashboard.views.mirror_measure import MEASURES, NEEDS, PLANS, SAYS, SPENDS
from dashboard.views.mirror_rows import Four, Shown
from dashboard.views.mirror_spends import function_name, shared
from dashboard.views.survey_values import notes_of


def sentence(row: Row, city: City, four: Four, words: Words) -> str:
    """The four of one place and service; a missing one says why in its turn."""
    place = words.of(city, "name")
    said = words("mirror.told_head", city_loc=located(place, words.lang), service=row["service"])
    parts = "; ".join(_part(key, row, four, words) for key in MEASURES)
    return f"{said} {parts}. {words('mirror.no_cause')}"


def _part(key: str, row: Row, four: Four, words: Words) -> str:
    if row[key] is None:
        return words(f"mirror.told_{key}_none", why=row[f"{key}_short"])
    within = {
        SAYS: (
            "" if row[f"{key}_low"] is None else row[f"{key}_sub"],
            row[f"{key}_word"],
            row[f"{key}_year"],
        ),
        SPENDS: (prices.told(four.spends.basis, words), row.get(f"{SPENDS}_shared", ""), row[f"{key}_word"]),
        PLANS: (row[f"{key}_text"], row[f"{key}_year"] or row[f"{key}_word"]),
        NEEDS: (row[f"{key}_sub"], row[f"{key}_badge"], row[f"{key}_year"]),
    }[key]
    return words(
        f"mirror.told_{key}", value=row[f"{key}_text"], within="; ".join(part for part in within if part),
        year=row[f"{key}_year"], n=int(row[key]), indicator=row.get(f"{key}_indicator", ""),
    )  # fmt: skip


def spending_notes(shown: Shown) -> tuple[str, ...]:
    """Which year the money is of and why, whose budget it is, and in which prices."""
    state, spends, words = shown.state, shown.four.spends, shown.words
    scope = words(f"mirror.scope_{SCOPES[state.scope]}")
    made = [words("mirror.note_spending", year=spends.year, unit=shown.unit, scope=scope)]
    if state.lag and state.lag == state.default_lag:
        made.append(words("mirror.note_lag", year=state.year, spending=spends.year))
    if not spends.basis.is_real:
        made.append(prices.reason("no_deflator", spends.year, words))
    apart = [row for row in shown.rows if row.get(f"{SPENDS}_unclassified")]
    if apart:
        most = max(apart, key=lambda row: row[f"{SPENDS}_unclassified"])
        share = numbers.with_unit(most[f"{SPENDS}_unclassified"], 1, "%", words.lang)
        n = len({row["city_id"] for row in apart})
        made.append(words("mirror.note_unclassified", n=n, city=most["place"], share=share))
    return tuple(made)


def service_notes(catalog: Catalog, service: Service, words: Words) -> tuple[str, ...]:
    """Who answers for the service, which functions its money is booked under, and who shares them."""
    made = [words("satisfaction.responsible", owner=words.of(service, "responsible"))]
    if service.functions:
        told = ", ".join(function_name(code, catalog, words) for code in service.functions)
        made.append(words("mirror.note_functions", functions=told))
    for code, others in shared(service, catalog).items():
        named = ", ".join(words.of(other, "label") for other in others)
        made.append(words("mirror.note_shared", function=function_name(code, catalog, words), services=named))
    return tuple(made)


def nothing_notes(catalog: Catalog, words: Words) -> tuple[str, ...]:
    """What there is nothing of at all, and how it comes here."""
    absent = {
        "survey": not catalog.surveys.years,
        "spending": not catalog.budgets.all_years,
        "plan": not catalog.plans.plans,
    }
    return tuple(
        f"{words(f'{group}.nothing')} {words(f'{group}.nothing_how')}"
        for group, is_absent in absent.items()
        if is_absent
    )


def survey_notes(shown: Shown) -> tuple[str, ...]:
    """What must be said of the waves behind the shares."""
    found = {row.get(f"{SAYS}_wave") for row in shown.rows}
    waves = [wave for wave in shown.catalog.surveys.waves.values() if wave.wave_id in found]
    return notes_of(waves, shown.words)


def source_line(shown: Shown, rows: Sequence[Row]) -> SourceLine:
    """Whose figures these are, measure by measure, and the years they are of."""
    named = dict.fromkeys(row[f"{key}_source"] for key in MEASURES for row in rows if row[f"{key}_source"])
    years = sorted(
        {
            row[f"{key}_year"]
            for key in MEASURES
            for row in rows
            if row[f"{key}_year"] and row[key] is not None
        }
    )
    return SourceLine(
        text="; ".join(text.rstrip(".") for text in named) or shown.words("mirror.no_source"),
        level=shown.words("level.municipality"),
        period="–".join(dict.fromkeys((years[0], years[-1]))) if years else str(shown.state.year),
        release=shown.catalog.release.release_id,
        synthetic=any(row[f"{key}_synthetic"] for key in MEASURES for row in rows),
    )
