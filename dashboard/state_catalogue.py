"""Address <-> state of the catalogue: what is searched for, and in which theme and source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.catalog import Catalog
from dashboard.state import Reading

LONGEST_SEARCH = 80
ALL = "hepsi"


@dataclass(frozen=True)
class CatalogueState:
    """Search text as typed; theme and source are ids or ALL."""

    search: str = ""
    theme: str = ALL
    source: str = ALL
    lang: str = "tr"
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "CatalogueState":
        reading = Reading(query)
        lang = reading.lang
        return cls(
            search=" ".join(reading.text("ara").split())[:LONGEST_SEARCH],
            theme=reading.one_of("alan", {ALL, *catalog.themes}, ALL),
            source=reading.one_of("kaynak", {ALL, *catalog.sources}, ALL),
            lang=lang,
            notices=tuple(reading.notices),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether a theme or a source narrows the list."""
        return (self.theme, self.source) != (ALL, ALL)

    def unfiltered(self) -> "CatalogueState":
        """The same search over all themes and sources."""
        return replace(self, theme=ALL, source=ALL)

    def query(self) -> dict[str, str]:
        values = {"ara": self.search, "alan": self.theme, "kaynak": self.source, "lang": self.lang}
        defaults = {"ara": "", "alan": ALL, "kaynak": ALL, "lang": "tr"}
        return {name: value for name, value in values.items() if value != defaults[name]}
