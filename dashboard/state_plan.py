"""Address <-> state of Plan: a city, a year of its plan, an opened goal or objective, and what is shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.plan_catalog import Plan
from dashboard.state import Reading, default_lead

CAPPED, RAW = "tavanli", "ham"
ALL = "hepsi"
STANDINGS = {
    "full": "ulasildi",
    "high": "kismen",
    "partial": "riskli",
    "low": "geride",
    "on_track": "yolunda",
    "behind": "yil-ici-geride",
    "mid": "yil-ici",
    "none": "veri-yok",
    "unmeasurable": "olculemez",
}
"""How an indicator stands, and what addresses call it; in the order of legends."""


@dataclass(frozen=True)
class PlanState:
    """Whose plan in which year; `opened` is the key of a node or empty, `standing` a key of STANDINGS or empty."""

    city: str
    year: int
    opened: str
    show: str
    standing: str
    lang: str
    default_city: str
    default_year: int
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "PlanState":
        reading, plans = Reading(query), catalog.plans
        lang = reading.lang
        municipalities = {city.city_id for city in catalog.municipalities}
        home = default_city(catalog)
        city = reading.one_of("kent", municipalities, home)
        years = {str(year): year for year in plans.years(city)}
        newest = plans.newest(city)
        year = years.get(reading.one_of("yil", years, str(newest), "plan_yil"), newest)
        words = {word: name for name, word in STANDINGS.items()}
        standing = reading.one_of("durum", (ALL, *words), ALL)
        return cls(
            city=city,
            year=year,
            opened=_opened(reading, plans.of(city, year), catalog),
            show=reading.one_of("goster", (CAPPED, RAW), CAPPED, "plan_goster"),
            standing=words.get(standing, ""),
            lang=lang,
            default_city=home,
            default_year=newest,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        made = {}
        if self.city != self.default_city:
            made["kent"] = self.city
        if self.year != self.default_year:
            made["yil"] = str(self.year)
        if self.opened:
            made["hedef"] = self.opened
        if self.show != CAPPED:
            made["goster"] = self.show
        if self.standing:
            made["durum"] = STANDINGS[self.standing]
        return made | ({"lang": self.lang} if self.lang != "tr" else {})


def default_city(catalog: Catalog) -> str:
    """The first pilot in Turkish order with a plan; without any, the first pilot."""
    home = default_lead(catalog).city_id
    own = catalog.plans.by_city
    return next(
        (city.city_id for city in (*catalog.pilots, *catalog.municipalities) if city.city_id in own), home
    )


def _opened(reading: Reading, plan: Plan | None, catalog: Catalog) -> str:
    """The node asked for; one of another plan was opened before city or year changed, that is no fault."""
    asked = reading.text("hedef")
    plan_id, _, _ = asked.partition("~")
    if plan_id in catalog.plans.plans and (plan is None or plan_id != plan.plan_id):
        return ""
    own = catalog.plans.nodes.get(plan.plan_id, ()) if plan else ()
    return reading.one_of("hedef", {node.key for node in own} | {ALL}, ALL).replace(ALL, "")
