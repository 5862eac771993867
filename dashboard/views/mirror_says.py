"""What citizens say of a service: the share of the satisfied in the wave that stands for a city, or why none is."""

from __future__ import annotations

from functools import cached_property

from dashboard.catalog import Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.state import Reading, address
from dashboard.state_survey import Asked
from dashboard.text import Words
from dashboard.views.mirror_measure import Measure, missing
from dashboard.views.satisfaction_matrix import main_versions, state_of
from dashboard.views.survey_values import asked_rows, percent, range_text, share_text, stamp_of
from dashboard.views.values import lang_query

FACTS = ("low", "high", "n", "question")
PATH = "/memnuniyet"


class Says:
    """Every service in every city, of one year."""

    def __init__(self, data: Data, year: int, words: Words) -> None:
        self._data, self._catalog, self._year, self._words = data, data.catalog, year, words
        self._questions = data.catalog.surveys.asked(year)

    @cached_property
    def _found(self) -> dict[tuple[str, str], Row]:
        rows = asked_rows(self._data, "survey_shares", self._year) if self._questions else []
        return {(row["city_id"], row["item_id"]): row for row in rows}

    @cached_property
    def _versions(self) -> dict[str, str]:
        return main_versions(list(self._found.values()), self._questions)

    @cached_property
    def cities(self) -> frozenset[str]:
        """Those with a survey that year."""
        return frozenset(city for wave in self._catalog.surveys.of_year(self._year) for city in wave.cities)

    @cached_property
    def _usual(self) -> Asked:
        return Asked.read(Reading({}), self._catalog)

    def of(self, city_id: str, service: Service) -> Measure:
        """The first question of the year about the service that the city was asked."""
        items = [item for item, one in self._questions.items() if one.service_id == service.service_id]
        row = next((self._found[city_id, item] for item in items if (city_id, item) in self._found), None)
        words, has_wave = self._words, city_id in self.cities
        version = self._versions[row["item_id"]] if row else ""
        status, word = state_of(row, has_wave=has_wave, version=version, words=words)
        if row is None:
            return missing(
                words("mirror.why_not_asked" if has_wave else "mirror.why_no_survey", year=self._year),
                words("mirror.short_not_asked" if has_wave else "mirror.short_no_survey"),
                year=str(self._year),
            )
        return self._told(row, status, word)

    def _told(self, row: Row, status: str, word: str) -> Measure:
        words = self._words
        question = self._catalog.surveys.questions[row["wave_id"], row["item_id"]]
        stamp = stamp_of(self._catalog, row["wave_id"], words)
        return Measure(
            value=percent(row["share"]),
            text=share_text(row["share"], words),
            sub=range_text(row["share_low"], row["share_high"], words) or word.partition(",")[0],
            low=percent(row["share_low"]),
            high=percent(row["share_high"]),
            status=status,
            word=word,
            short=words(f"status.{status}"),
            year=str(row["year"]),
            unit="%",
            href=self._link(row),
            source=stamp["source"],
            licence=stamp["licence"],
            is_synthetic=stamp["is_synthetic"],
            facts=(
                ("n", row["n"]), ("question", words.of(question, "question")), ("compared", row["is_compared"]),
                ("wave", row["wave_id"]),
            ),
        )  # fmt: skip

    def _link(self, row: Row) -> str:
        """The question on its own page, in that year, with the city in the lead."""
        usual = self._usual
        first = next(iter(self._questions), "")
        asked = Asked(
            self._year, row["item_id"], row["city_id"], usual.default_year, first, usual.default_lead
        )
        return address(PATH, {**asked.query(), **lang_query(self._words)}) + "#ranking"
