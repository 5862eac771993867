"""Choices of the pickers: indicators under their themes, cities in Turkish order, price bases."""

from collections.abc import Iterable
from functools import lru_cache

from dashboard import prices
from dashboard.catalog import Catalog, City, Indicator
from dashboard.page import Option
from dashboard.prices import BASES, Basis, Prices
from dashboard.text import Words


def indicator_options(indicators: Iterable[Indicator], catalog: Catalog, words: Words) -> tuple[Option, ...]:
    """Indicators in catalogue order, each theme as a disabled heading before its own."""
    made: list[Option] = []
    theme = None
    for indicator in indicators:
        if indicator.theme_id != theme:
            theme = indicator.theme_id
            made.append(Option(f"_{theme}", f"— {words.of(catalog.themes[theme], 'label')} —", disabled=True))
        made.append(Option(indicator.indicator_id, words.of(indicator, "label")))
    return tuple(made)


def city_options(cities: Iterable[City], words: Words) -> tuple[Option, ...]:
    """Cities by the Turkish alphabet."""
    ordered = sorted(cities, key=lambda city: city.sort_key)
    return tuple(Option(city.city_id, words.of(city, "name")) for city in ordered)


@lru_cache(maxsize=8)
def municipality_options(catalog: Catalog, lang: str) -> tuple[Option, ...]:
    """Every municipality: a thousand of them, the same for every state of a release."""
    return city_options(catalog.municipalities, Words(lang))


def period_options(indicator: Indicator) -> tuple[Option, ...]:
    """Periods with values, newest first."""
    return tuple(Option(period, period) for period in reversed(indicator.periods))


def price_options(words: Words) -> tuple[Option, ...]:
    """The price bases."""
    return tuple(Option(one, prices.name(Basis(one), words)) for one in BASES)


def base_options(known: Prices) -> tuple[Option, ...]:
    """Years whose prices amounts can be in, the newest first; only complete ones."""
    return tuple(Option(str(year), str(year)) for year in known.base_years)
