"""Address <-> typed view state, both ways; nobody else reads or writes a query string.

Parsing never raises on what a browser sends: an unknown value gives the default and a notice.
Defaults are left out of the address, so equal states have equal addresses.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.catalog import Catalog, City, Indicator
from dashboard.text import LANGUAGES

LONGEST = 2_000  # characters of one value that are looked at at all
MOST_CHOSEN = 30
_PLAIN = re.compile(r"[\w.,~-]*", re.ASCII).fullmatch
GROUPS = ("type", "pilots", "chosen", "provinces")


class Reading:
    """Takes values out of a query one by one and keeps notices about those it could not use."""

    def __init__(self, query: Mapping[str, object]) -> None:
        self._query = query
        self.notices: list[str] = []

    def text(self, name: str) -> str:
        """The value as text; anything else than a short string counts as absent."""
        value = self._query.get(name)
        return value if isinstance(value, str) and len(value) <= LONGEST else ""

    def one_of(self, name: str, allowed: Iterable[str], default: str, told: str = "") -> str:
        """The value if allowed, otherwise the default, with a notice (of `told` or `name`) when another was asked."""
        asked = self.text(name)
        if not asked:
            return default
        if asked in allowed:
            return asked
        self.notices.append(f"notice.unknown_{told or name}")
        return default

    def several(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        """Comma-separated values in the order asked, unknown ones dropped with a notice."""
        asked = [value for value in self.text(name).split(",") if value]
        known = tuple(dict.fromkeys(value for value in asked if value in allowed))
        if len(known) < len(set(asked)) or len(known) > MOST_CHOSEN:
            self.notices.append(f"notice.unknown_{name}")
        return known[:MOST_CHOSEN]

    @property
    def lang(self) -> str:
        """The language asked for; Turkish unless another is known."""
        return self.one_of("lang", LANGUAGES, "tr")


def address(path: str, query: Mapping[str, str]) -> str:
    """Path and query as one relative link, commas readable."""
    if all(
        _PLAIN(value) for value in query.values()
    ):  # ids as they are: thousands of links, ten times faster
        asked = "&".join(f"{name}={value}" for name, value in query.items())
    else:
        asked = urlencode(query, safe=",")
    return f"{path}?{asked}" if query else path


def _pruned(values: Mapping[str, str], defaults: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value and value != defaults.get(key)}


def default_indicator(catalog: Catalog) -> Indicator:
    """What citizens say of the first service in registry order, otherwise the first indicator there is."""
    cards = {i.service_id: i for i in reversed(catalog.comparable) if i.component == "report_card"}
    first = next((cards[service] for service in catalog.services if service in cards), None)
    return first or catalog.comparable[0]


def default_lead(catalog: Catalog) -> City:
    """The first pilot in Turkish order."""
    return catalog.pilots[0]


def comparators(
    reading: Reading, municipalities: Iterable[str], lead: str, groups: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """Whom the lead is compared with: the group, and the cities chosen one by one (`ile`, `ekle`) where it is those."""
    known = set(municipalities)
    chosen = reading.several("ile", known)
    added = reading.one_of("ekle", known, "")
    if added and added not in chosen:
        chosen = (*chosen, added)[:MOST_CHOSEN]
    chosen = tuple(city for city in chosen if city != lead)
    group = reading.one_of("grup", groups, "chosen" if chosen else "type")
    if added:
        group = "chosen"
    return group, chosen if group == "chosen" else ()


@dataclass(frozen=True)
class PlainState:
    """Pages whose only state is the language (and, where it has one, a search)."""

    lang: str = "tr"
    search: str = ""
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], _catalog: Catalog) -> "PlainState":
        reading = Reading(query)
        return cls(reading.lang, reading.text("ara")[:80].strip(), tuple(reading.notices))

    def query(self) -> dict[str, str]:
        return _pruned({"ara": self.search, "lang": self.lang}, {"lang": "tr"})


@dataclass(frozen=True)
class CompareState:
    """A lead city against a group of places, on one indicator in one period."""

    indicator: str
    lead: str
    group: str
    chosen: tuple[str, ...]
    period: str
    lang: str
    default_indicator: str
    default_lead: str
    default_period: str
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "CompareState":
        reading = Reading(query)
        lang = reading.lang
        comparable = {i.indicator_id for i in catalog.comparable}
        first = default_indicator(catalog).indicator_id
        indicator = catalog.indicator(reading.one_of("gosterge", comparable, first))
        municipalities = {city.city_id for city in catalog.municipalities}
        lead = reading.one_of("kent", municipalities, default_lead(catalog).city_id)
        group, chosen = comparators(reading, municipalities, lead, GROUPS)
        return cls(
            indicator=indicator.indicator_id,
            lead=lead,
            group=group,
            chosen=chosen,
            period=reading.one_of("donem", indicator.periods, indicator.latest),
            lang=lang,
            default_indicator=first,
            default_lead=default_lead(catalog).city_id,
            default_period=indicator.latest,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        values = {
            "gosterge": self.indicator,
            "kent": self.lead,
            "grup": self.group,
            "ile": ",".join(self.chosen),
            "donem": self.period,
            "lang": self.lang,
        }
        defaults = {
            "gosterge": self.default_indicator,
            "kent": self.default_lead,
            "grup": "chosen" if self.chosen else "type",
            "donem": self.default_period,
            "lang": "tr",
        }
        return _pruned(values, defaults)


@dataclass(frozen=True)
class IndicatorState:
    """One indicator in one period, all places."""

    indicator: str
    period: str
    places: str
    lang: str
    default_period: str
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "IndicatorState":
        """`indicator_id` comes from the path; raises BadInput when it does not exist."""
        reading = Reading(query)
        indicator = catalog.indicator(query.get("indicator_id", default_indicator(catalog).indicator_id))
        return cls(
            indicator=indicator.indicator_id,
            period=reading.one_of("donem", indicator.periods, indicator.latest),
            places=reading.one_of("yer", ("pilots", "provinces"), "pilots"),
            lang=reading.lang,
            default_period=indicator.latest,
            notices=tuple(reading.notices),
        )

    def query(self) -> dict[str, str]:
        return _pruned(
            {"donem": self.period, "yer": self.places, "lang": self.lang},
            {"donem": self.default_period, "yer": "pilots", "lang": "tr"},
        )
