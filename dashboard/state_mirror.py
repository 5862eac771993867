"""Address <-> state of Hizmet aynası: a service in the path, a lead city, the survey's year, the lag of the money.

The lag moves the year of the spending and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.state import Reading, default_lead
from dashboard.state_spending import OWN, SCOPES

LAGS = ("0", "1", "2", "3")


def mirror_years(catalog: Catalog) -> tuple[int, ...]:
    """Years to choose from, the oldest first: those with a survey; without any, with a budget, or the release."""
    return catalog.surveys.years or catalog.budgets.all_years or (catalog.release.as_of.year,)


def usual_lag(catalog: Catalog, year: int) -> int:
    """The nearest year behind with a budget that can be deflated, otherwise with a budget; 0 where there is none.

    Budgets come later than surveys; the page says which year it shows, and why.
    """
    known = [lag for lag in map(int, LAGS) if year - lag in catalog.budgets.all_years]
    deflated = [lag for lag in known if year - lag in catalog.prices.cpi]
    return next(iter(deflated or known), 0)


@dataclass(frozen=True)
class MirrorState:
    """`service` is empty on the page of all services; `scope` is one of SCOPES; amounts are in prices of `base`."""

    service: str
    lead: str
    year: int
    lag: int
    scope: str
    base: int
    lang: str
    default_lead: str
    default_year: int
    default_lag: int
    default_base: int
    notices: tuple[str, ...] = ()

    @property
    def spending_year(self) -> int:
        """The year whose spending stands beside the survey."""
        return self.year - self.lag

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "MirrorState":
        """The page of all services of one city."""
        return cls._read(query, catalog, "")

    @classmethod
    def of_service(cls, query: Mapping[str, object], catalog: Catalog) -> "MirrorState":
        """`service_id` comes from the path; raises BadInput when there is no mirror of it."""
        first = next((one.service_id for one in catalog.mirrors), "")
        asked = "service_id" in query
        service = catalog.mirrored(query["service_id"]).service_id if asked else first
        return cls._read(query, catalog, service)

    @classmethod
    def _read(cls, query: Mapping[str, object], catalog: Catalog, service: str) -> "MirrorState":
        reading = Reading(query)
        lang = reading.lang
        years = {str(year): year for year in mirror_years(catalog)}
        newest = max(years.values())
        year = years.get(reading.one_of("yil", years, str(newest)), newest)
        home = default_lead(catalog).city_id
        usual, base = usual_lag(catalog, year), catalog.prices.default_base
        bases = [str(one) for one in catalog.prices.base_years]
        return cls(
            service=service,
            lead=reading.one_of("kent", {city.city_id for city in catalog.municipalities}, home),
            year=year,
            lag=int(reading.one_of("gecikme", LAGS, str(usual), "mirror_gecikme")),
            scope=reading.one_of("kapsam", SCOPES, OWN, "mirror_kapsam"),
            base=int(reading.one_of("baz", bases, str(base), "mirror_baz")),
            lang=lang,
            default_lead=home,
            default_year=newest,
            default_lag=usual,
            default_base=base,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        """Canonical; the service is in the path."""
        made = {}
        if self.lead != self.default_lead:
            made["kent"] = self.lead
        if self.year != self.default_year:
            made["yil"] = str(self.year)
        if self.lag != self.default_lag:
            made["gecikme"] = str(self.lag)
        if self.scope != OWN:
            made["kapsam"] = self.scope
        if self.base != self.default_base:
            made["baz"] = str(self.base)
        return made | ({"lang": self.lang} if self.lang != "tr" else {})
