"""Shares, differences and their states as a reader sees them; the same words on both survey lenses.

A share is kept as a percentage in frames, rounded nowhere; a difference is in percentage points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.frame import Column, Row
from dashboard.page import SourceLine
from dashboard.survey_catalog import Question, Wave
from dashboard.text import Words

DECIMALS = 1
FIRM = 0.05
"""A difference is called significant when its p value, adjusted by Holm, is below this."""
SHARE: dict[str, Any] = {"decimals": DECIMALS, "symbol": "%"}


def asked_rows(data: Data, question: str, year: int, **given: object) -> list[Row]:
    """Rows of queries/<question>.sql on the year's questions about satisfaction, and what each was asked."""
    items = sorted(data.catalog.surveys.asked(year))
    return with_questions(data.catalog, data.rows(question, year=year, items=items, **given))


def with_questions(catalog: Catalog, rows: list[Row]) -> list[Row]:
    """The rows (wave_id, item_id) with what the catalogue says of question and wave; joining it there costs more."""
    surveys = catalog.surveys
    for row in rows:
        asked, wave = surveys.questions[row["wave_id"], row["item_id"]], surveys.waves[row["wave_id"]]
        row["version"], row["aspect"], row["service_id"] = asked.version, asked.aspect, asked.service_id
        row["question_key"], row["design"] = asked.sort_key, wave.design
    return rows


def percent(share: float | None) -> float | None:
    """A fraction as a percentage."""
    return None if share is None else 100 * share


def share_text(share: float | None, words: Words) -> str:
    """%45,2 of a fraction; nothing where there is none."""
    return "" if share is None else numbers.with_unit(100 * share, DECIMALS, "%", words.lang)


def range_text(low: float | None, high: float | None, words: Words) -> str:
    """%39,1–%51,4 of two fractions; nothing where there is no interval."""
    return "" if low is None or high is None else f"{share_text(low, words)}–{share_text(high, words)}"


def points(diff: float, words: Words, *, signed: bool = False) -> str:
    """A difference of two fractions in percentage points: 5,3 puan, +5,3 puan."""
    return words("survey.points", value=bare_points(diff, words, signed=signed))


def bare_points(diff: float, words: Words, *, signed: bool = True) -> str:
    """The number alone, where the column or the sentence names the unit: +5,3."""
    sign = "+" if signed and round(100 * diff, DECIMALS) > 0 else ""
    return sign + numbers.number(100 * diff, DECIMALS, words.lang)


def points_range(low: float, high: float, words: Words) -> str:
    """Both ends of a difference's interval, in points."""
    ends = {
        name: numbers.number(100 * end, DECIMALS, words.lang) for name, end in (("low", low), ("high", high))
    }
    return words("survey.points_range", **ends)


def p_text(p: float, words: Words) -> str:
    """0,012; below a thousandth as `< 0,001`."""
    return f"< {numbers.number(0.001, 3, words.lang)}" if p < 0.001 else numbers.number(p, 3, words.lang)


def is_firm(row: Row) -> bool:
    """Whether a difference (diff, p_holm) is significant."""
    return row["diff"] is not None and row["p_holm"] is not None and row["p_holm"] < FIRM


def reason_word(row: Row, words: Words) -> str:
    """Why an estimate is not simply shown; nothing for one that is."""
    return words(f"survey.reason_{row['reason']}") if row["reason"] else ""


def state_text(status: str, word: str, words: Words) -> str:
    """The status as every page names it, and why."""
    named = words(f"status.{status}")
    return f"{named}: {word}" if word else named


def rank_text(row: Row, words: Words) -> str:
    """sıra 12 (6–26 arası olabilir); nothing for a place outside the comparison. A rank never stands alone."""
    if row["rank"] is None:
        return ""
    return words("survey.rank", rank=row["rank"], low=row["rank_low"], high=row["rank_high"])


def responsible(catalog: Catalog, question: Question, words: Words) -> str:
    """Who is responsible for the service a question is about."""
    service = catalog.services.get(question.service_id or "")
    return words.of(service, "responsible") if service else ""


def service_name(catalog: Catalog, question: Question, words: Words) -> str:
    """The service a question is about; its own label where it is about none, or one of several about it."""
    service = catalog.services.get(question.service_id or "")
    if service is None or not catalog.surveys.stands_alone(question):
        return words.of(question, "label")
    return words.of(service, "label")


def waves_of(catalog: Catalog, rows: Iterable[Row]) -> list[Wave]:
    """The waves behind rows, the largest first."""
    found = {row["wave_id"] for row in rows if row.get("wave_id")}
    own = [wave for wave in catalog.surveys.waves.values() if wave.wave_id in found]
    return sorted(own, key=lambda wave: (wave.mode == "open_link", -wave.interviews))


def wave_name(wave: Wave, words: Words) -> str:
    """Who asked, in which wave."""
    return f"{words.of(wave, 'agency')}, {words.of(wave, 'title')}"


def survey_source(catalog: Catalog, waves: Sequence[Wave], year: int, words: Words) -> SourceLine | None:
    """Agency and title of the waves behind a block, the year and the release."""
    if not waves:
        return None
    text = wave_name(waves[0], words)
    if len(waves) > 1:
        text = words("survey.source_more", first=text, n=len(waves) - 1)
    return SourceLine(
        text=text,
        level=words("level.municipality"),
        period=str(year),
        release=catalog.release.release_id,
        synthetic=any(wave.is_synthetic for wave in waves),
    )


def stamp_of(catalog: Catalog, wave_id: str | None, words: Words) -> Row:
    """What every row of a file says of its wave: who asked in which wave, licence, synthetic, release."""
    wave = catalog.surveys.waves.get(wave_id or "")
    return {
        "source": wave_name(wave, words) if wave else "",
        "licence": words.of(wave, "licence") if wave else "",
        "is_synthetic": bool(wave and wave.is_synthetic),
        "release": catalog.release.release_id,
    }


def stamp_columns(words: Words) -> tuple[Column, ...]:
    """The columns of stamp_of, in files only."""
    names = {"source": "source", "licence": "licence", "is_synthetic": "synthetic", "release": "release"}
    return tuple(Column(key, words(f"columns.{name}"), on_screen=False) for key, name in names.items())


def notes_of(waves: Sequence[Wave], words: Words) -> tuple[str, ...]:
    """What must be said of the waves behind a block: a missing design, an open link."""
    said = []
    for design in ("weights", "none", "open_link"):
        named = ", ".join(words.of(wave, "title") for wave in waves if wave.design == design)
        if named:
            said.append(words(f"survey.design_{design}", waves=named))
    return tuple(said)
