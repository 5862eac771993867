"""What the texts of a bulk file mean: each spelling is read once, by the rules a row of a small file is read by."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from etl.bulk.arrival import CODES, Arrival
from etl.errors import Fault
from etl.sources.contract import Found, Record, Report, read_text
from etl.sources.layout import Column
from etl.sources.observation import Reading
from etl.sources.spending import BudgetFile
from etl.sources.spending_codes import normalised

Meaning = tuple[str, str, str | None]


class Meanings:
    """Reads spellings column by column; `whole` are the faults found that are of the file, not of a row.

    `budget` remembers which of those were told.
    """

    def __init__(self, reading: Reading, arrival: Arrival) -> None:
        self.scratch = Report(reading.report.file, headers=reading.report.headers)
        own = Reading(reading.layout, reading.submission, reading.registry, self.scratch)
        self.budget = BudgetFile(own)
        self.budget.told.check()
        self.columns = {one.column.name: one for one in arrival.columns}
        self.whole: list[Fault] = []
        self.years: set[int] = set()

    def of(self, spelled: pd.DataFrame) -> pd.DataFrame:
        """name, spelled and meant for the `name` and `spelled` of every column; None where a spelling has none."""
        by_name = {str(name): list(group) for name, group in spelled.groupby("name")["spelled"]}
        # The years first: what a unit is worth depends on the currency of each.
        names = sorted(by_name, key=lambda name: name != "period")
        found = [meaning for name in names for meaning in self.column(name, by_name[name])]
        return pd.DataFrame(found, columns=["name", "spelled", "meant"]).astype(object)

    def column(self, name: str, spellings: Iterable[str]) -> list[Meaning]:
        """The meanings of one column."""
        found = self.columns.get(name) or Found(0, name, Column(name, required=False), {})
        return [(name, text, self.meaning(text, found)) for text in spellings]

    def meaning(self, text: str, found: Found) -> str | None:
        """What one spelling means, as text; faults of the file as a whole are kept."""
        meant = self.meant(read_text(text, found, 1, self.scratch), found.column.name)
        is_wrong = any(fault.row is not None for fault in self.scratch.faults)
        self.whole += [fault for fault in self.scratch.faults if fault.row is None]
        self.scratch.faults.clear()
        return None if is_wrong else meant

    def meant(self, text: str, name: str) -> str | None:
        """The same, of a text that may stand in the column."""
        if name in CODES:
            return normalised(name, [text])
        told, record = self.budget.told, Record(1, {name: text}, {}, ())
        meant: dict[str, Callable[[], str | None]] = {
            "place": lambda: told.municipality(text),
            "period": lambda: self.year(text, record),
            "entity": lambda: text or told.manifest.entity or "municipality",
            "side": lambda: self.budget.side_of(record),
            "label": lambda: text,
            "unit": lambda: self.scale(record),
            "state": lambda: str((text or told.manifest.state) == "provisional"),
        }
        return meant[name]()

    def year(self, text: str, record: Record) -> str | None:
        """The year a text is, which is remembered."""
        year = self.budget.told.year(text, record)
        self.years |= {year} if year else set()
        return text if year else None

    def scale(self, record: Record) -> str:
        """How many lira of today the unit is: the same in all years of a file, but each is checked."""
        return str([self.budget.told.scale(record, year) for year in sorted(self.years) or [0]][-1])
