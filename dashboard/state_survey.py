"""Address <-> state of Memnuniyet and Haklar: a year, a question, places; where no survey is, all of it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.state import Reading, default_lead

VALUES, INTERVALS = "deger", "aralik"


@dataclass(frozen=True)
class Asked:
    """Which year, question and lead city; the part of the state both lenses have."""

    year: int
    item: str
    lead: str
    default_year: int
    default_item: str
    default_lead: str

    @classmethod
    def read(cls, reading: Reading, catalog: Catalog) -> "Asked":
        """Of the address, defaults for the rest: the newest year, its first question, the first city asked."""
        surveys = catalog.surveys
        years = {str(year): year for year in surveys.years}
        newest = surveys.years[-1] if surveys.years else 0
        year = years.get(reading.one_of("yil", years, str(newest)), newest)
        items = list(surveys.asked(year))
        first = items[0] if items else ""
        municipalities = {city.city_id for city in catalog.municipalities}
        home = default_lead(catalog).city_id
        return cls(
            year=year,
            item=reading.one_of("hizmet", items, first),
            lead=reading.one_of("kent", municipalities, home),
            default_year=newest,
            default_item=first,
            default_lead=home,
        )

    def query(self) -> dict[str, str]:
        """Canonical: defaults left out."""
        made = {}
        if self.year != self.default_year:
            made["yil"] = str(self.year)
        if self.item != self.default_item:
            made["hizmet"] = self.item
        if self.lead != self.default_lead:
            made["kent"] = self.lead
        return made


def moved(query: Mapping[str, str], usual: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    """The query of a neighbouring state: `chosen` in place of what it had, left out where that is the usual."""
    kept = {name: value for name, value in query.items() if name not in chosen}
    return kept | {name: value for name, value in chosen.items() if value != usual[name]}


@dataclass(frozen=True)
class SatisfactionState:
    """A question across cities, two of them side by side, and whether cells print their interval."""

    asked: Asked
    other: str
    show: str
    lang: str
    default_other: str
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "SatisfactionState":
        reading = Reading(query)
        lang = reading.lang
        asked = Asked.read(reading, catalog)
        municipalities = [city.city_id for city in catalog.municipalities if city.city_id != asked.lead]
        home = next(iter(municipalities), "")
        given = reading.text("diger")
        # The lead itself may have been the other one before it was chosen; that is no fault of the address.
        other = home if given == asked.lead else reading.one_of("diger", municipalities, home)
        show = reading.one_of("goster", (VALUES, INTERVALS), VALUES)
        return cls(asked, other, show, lang, home, tuple(reading.notices))

    def query(self) -> dict[str, str]:
        made = self.asked.query()
        if self.other != self.default_other:
            made["diger"] = self.other
        if self.show != VALUES:
            made["goster"] = self.show
        return made | ({"lang": self.lang} if self.lang != "tr" else {})


@dataclass(frozen=True)
class RightsState:
    """A question, a lead city, and a group (`group_var:group_id`) held against its reference in every city."""

    asked: Asked
    group: str
    lang: str
    default_group: str
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "RightsState":
        reading = Reading(query)
        lang = reading.lang
        asked = Asked.read(reading, catalog)
        held = compared_groups(catalog, asked.year)
        first = held[0] if held else ""
        group = reading.one_of("grup", held, first)
        return cls(asked, group, lang, first, tuple(reading.notices))

    def query(self) -> dict[str, str]:
        made = self.asked.query()
        if self.group != self.default_group:
            made["grup"] = self.group
        return made | ({"lang": self.lang} if self.lang != "tr" else {})


def compared_groups(catalog: Catalog, year: int) -> list[str]:
    """Keys of the groups that have a reference in the year, in declared order."""
    groups = catalog.surveys.groups(year)
    referenced = {one.group_var for one in groups.values() if one.is_reference}
    return [key for key, one in groups.items() if one.group_var in referenced and not one.is_reference]
