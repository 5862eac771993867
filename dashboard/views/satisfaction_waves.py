"""Who asked whom, when and how: the waves of a year, with what is known of their design."""

from __future__ import annotations

from dashboard import numbers
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.page import Block
from dashboard.survey_catalog import Wave
from dashboard.text import Words
from dashboard.views.survey_values import survey_source


def waves_block(data: Data, year: int, words: Words) -> Block:
    """One row a wave."""
    catalog = data.catalog
    waves = catalog.surveys.of_year(year)
    columns = (
        Column("name", words("satisfaction.wave"), "place", in_file=False),
        Column("cities", words("satisfaction.wave_cities"), "plain"),
        Column("interviews", words("satisfaction.wave_interviews"), "plain"),
        Column("used", words("satisfaction.wave_used"), "plain"),
        Column("design_word", words("satisfaction.wave_design")),
        Column("weight_effect", words("satisfaction.wave_weights"), "plain", decimals=2,
               title=words("satisfaction.wave_weights_why")),
        Column("fieldwork", words("satisfaction.wave_fieldwork")),
        Column("agency", words("satisfaction.wave_agency")),
        Column("consent", words("satisfaction.wave_consent")),
        Column("licence", words("satisfaction.wave_licence")),
        Column("wave_id", words("satisfaction.file_wave_id"), on_screen=False),
        Column("title", words("satisfaction.file_wave"), on_screen=False),
        Column("questionnaire", words("satisfaction.file_questionnaire"), on_screen=False),
        Column("is_synthetic", words("columns.synthetic"), on_screen=False),
    )  # fmt: skip
    rows = tuple(_row(wave, words) for wave in waves)
    return Block(
        id="waves",
        title=words("satisfaction.waves_of", year=year),
        headline=words(
            "satisfaction.waves_headline", n=len(waves),
            used=numbers.number(sum(wave.used for wave in waves), 0, words.lang),
        ),
        frame=Frame(columns, rows, caption=words("satisfaction.waves")),
        source=survey_source(catalog, waves, year, words),
        notes=(words("satisfaction.waves_note"),),
        style="reasons waves",
    )  # fmt: skip


def _row(wave: Wave, words: Words) -> Row:
    days = [day for day in (wave.fieldwork_start, wave.fieldwork_end) if day]
    return {
        "wave_id": wave.wave_id,
        "name": words.of(wave, "title"),
        "title": words.of(wave, "title"),
        "badges": (words("source.synthetic"),) if wave.is_synthetic else (),
        "cities": len(wave.cities),
        "interviews": wave.interviews,
        "used": wave.used,
        "design_word": words(f"satisfaction.design_{wave.design}")
        + (f" {words('satisfaction.calibrated')}" if wave.is_calibrated else ""),
        "weight_effect": wave.weight_effect,
        "fieldwork": "–".join(numbers.day(day, words.lang) for day in days),
        "fieldwork_sort": days[0].isoformat() if days else "",
        "agency": words.of(wave, "agency"),
        "consent": words.of(wave, "consent"),
        "licence": words.of(wave, "licence"),
        "questionnaire": wave.questionnaire,
        "is_synthetic": wave.is_synthetic,
    }
