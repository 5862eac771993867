"""How much of a service is needed: the indicator services.yml names for it, the province's where the city has none."""

from __future__ import annotations

from functools import cached_property

from dashboard.catalog import Indicator, Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.state import address
from dashboard.text import Words
from dashboard.views.mirror_measure import Measure, missing
from dashboard.views.values import formatted, lang_query, level_badge

FACTS = ("unit", "indicator", "level")


class Needs:
    """The need of the asked services in every municipality, in the newest period up to a year, or in the newest."""

    def __init__(
        self, data: Data, year: int, services: tuple[Service, ...], words: Words, city_id: str | None = None
    ) -> None:
        self._data, self._catalog, self._words, self._year = data, data.catalog, words, year
        self._services, self._city = services, city_id

    @cached_property
    def _rows(self) -> dict[tuple[str, str], Row]:
        found = [self.indicator(service) for service in self._services]
        asked = {one.indicator_id: self.period(one) for one in found if one}
        rows = self._data.rows(
            "mirror_needs", indicators=list(asked), periods=list(asked.values()), city_id=self._city
        )
        return {(row["city_id"], row["indicator_id"]): row for row in rows}

    def indicator(self, service: Service) -> Indicator | None:
        """The indicator of the service's need, where one is named and published."""
        return self._catalog.indicators.get(service.need_indicator_id or "")

    def period(self, indicator: Indicator) -> str:
        """Which period of it stands beside the survey."""
        told = [one for one in indicator.periods if one[:4] <= str(self._year)]
        return told[-1] if told else indicator.latest

    def span(self, service: Service) -> tuple[float, float] | None:
        """The least and the greatest value of all measured provinces in that period."""
        indicator = self.indicator(service)
        if indicator is None:
            return None
        for row in self._data.rows("references", indicator_id=indicator.indicator_id):
            if row["reference_id"] == "provinces" and row["period"] == self.period(indicator) and row["n"]:
                return row["low"], row["high"]
        return None

    def of(self, city_id: str, service: Service) -> Measure:
        """The value, with whose it is."""
        words, indicator = self._words, self.indicator(service)
        if indicator is None:
            return missing(
                words("mirror.why_no_need"), words("mirror.short_no_need"), status="not_applicable"
            )
        row = self._rows.get((city_id, indicator.indicator_id))
        href = self._link(indicator)
        if row is None or row["value"] is None:
            status = row["status"] if row else "not_collected"
            return missing(words(f"status.{status}_why"), words(f"status.{status}"), status=status, href=href)
        source = self._catalog.origin(indicator, row["is_synthetic"])
        status = row["status"]
        badge = level_badge(row, self._catalog, words)
        return Measure(
            value=row["value"],
            text=formatted(row["value"], indicator, words),
            sub="" if indicator.unit_symbol else words.of(indicator, "unit"),
            low=row["lower"],
            high=row["upper"],
            status=status,
            word="" if status == "measured" else words(f"status.{status}"),
            short=words(f"status.{status}"),
            year=row["period"],
            unit=words.of(indicator, "unit"),
            badge=badge,
            href=href,
            source=words.of(source, "citation"),
            licence=words.of(source, "licence"),
            is_synthetic=row["is_synthetic"],
            facts=(
                ("indicator", words.of(indicator, "label")),
                ("short_label", words.of(indicator, "short_label")),
                ("level", badge or words(f"level.{row['value_level']}")),
            ),
        )

    def _link(self, indicator: Indicator) -> str:
        """The indicator's own page, in the shown period."""
        query = lang_query(self._words)
        period = self.period(indicator)
        if period != indicator.latest:
            query = {"donem": period, **query}
        return address(f"/gosterge/{indicator.indicator_id}", query)
