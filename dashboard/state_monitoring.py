"""Address <-> state of İzleme: theme, state filter, opened cell; an unknown cell opens none, with a notice.

Positions and periods are only checked for form here; whether the cell exists is the view's to say.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.state import Reading

ARRIVED = ("received", "province_value", "provisional", "suppressed")
DUE = (*ARRIVED, "late", "never")
ATTENTION = ("late", "never", "suppressed", "provisional")
URGENCY = (*ATTENTION, "not_due", "province_value", "received", "not_applicable", "unnamed")
"""The states of mart.coverage in the order of lists: the most urgent first."""
STANDING = (*ATTENTION, "province_value", "received", "not_due", "not_applicable", "unnamed")
"""Which state stands for a group of cells: a next edition not due yet hides nothing that has arrived."""
FILTERS = URGENCY[:-2]
ALL = "hepsi"
_PERIOD = re.compile(r"\d{4}[\w-]{0,8}")
_POSITION = re.compile(r"[1-9]\d{0,5}")


@dataclass(frozen=True)
class Cell:
    """What is opened: a place, and of it a theme, an indicator or one period; position 0 is nothing."""

    position: int = 0
    theme: str = ""
    indicator: str = ""
    period: str = ""

    def query(self) -> dict[str, str]:
        """Query parameters of the cell."""
        if not self.position:
            return {}
        values = {"tema": self.theme, "gosterge": self.indicator, "donem": self.period}
        return {"konum": str(self.position)} | {key: value for key, value in values.items() if value}


@dataclass(frozen=True)
class MonitoringState:
    """Which columns (`theme`, empty for all), which states (`show`, empty for all), which cell is open."""

    theme: str = ""
    show: str = ""
    cell: Cell = Cell()
    lang: str = "tr"
    notices: tuple[str, ...] = ()

    @classmethod
    def parse(cls, query: Mapping[str, object], catalog: Catalog) -> "MonitoringState":
        reading = Reading(query)
        theme = reading.one_of("alan", (ALL, *catalog.themes), ALL).replace(ALL, "")
        show = reading.one_of("durum", (ALL, *FILTERS), ALL).replace(ALL, "")
        cell, found = _cell(reading, theme, catalog)
        lang = reading.lang
        notices = (*reading.notices, *(() if found else ("notice.unknown_konum",)))
        return cls(theme, show, cell, lang, notices)

    def query(self) -> dict[str, str]:
        """Canonical: defaults left out."""
        return self.without_cell() | self.cell.query()

    def without_cell(self) -> dict[str, str]:
        """The same page with nothing opened."""
        values = {"alan": self.theme, "durum": self.show, "lang": self.lang if self.lang != "tr" else ""}
        return {key: value for key, value in values.items() if value}


def _cell(reading: Reading, theme: str, catalog: Catalog) -> tuple[Cell, bool]:
    """The opened cell, and whether what was asked could be understood.

    A control keeps the rest of the address, so a cell of another theme than the one just chosen is no fault.
    """
    position, inner = reading.text("konum"), reading.text("tema")
    indicator, period = reading.text("gosterge"), reading.text("donem")
    if not position:
        return Cell(), True
    if (
        not _POSITION.fullmatch(position)
        or (inner and inner not in catalog.themes)
        or (indicator and indicator not in catalog.indicators)
        or (period and not _PERIOD.fullmatch(period))
    ):
        return Cell(), False
    if indicator and theme and catalog.indicators[indicator].theme_id != theme:
        indicator = ""
    inner = "" if theme or indicator else inner
    return Cell(int(position), inner, indicator, period if indicator else ""), True
