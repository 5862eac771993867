"""The codes of a plan while it is read: one text, one parent and one service a code, one row an indicator."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.sources.contract import Record, Report
from etl.turkish import lookup_key

# A spreadsheet makes a date of the code 1.1 unless its column holds text.
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T.*)?")
# What only a row with an indicator may tell, beside its numbers.
TOLD = ("definition", "unit", "kind", "direction")
NODES = ("goal", "objective", "indicator")


class Node(NamedTuple):
    """A code as it first came: its row, its text and the code it belongs to."""

    row: int
    text: str
    parent: str | None


class Nodes:
    """Remembers every goal, objective and indicator of a file; each fault is told in the row that differs."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.seen: dict[tuple[str, str], Node] = {}
        self.services: dict[str, tuple[int, str]] = {}

    def read(self, record: Record) -> dict[str, str]:
        """Code of each level the row has, after it was held against the rows before."""
        codes = {level: " ".join(record.texts[f"{level}_code"].split()) for level in NODES}
        lowest = max((place for place, level in enumerate(NODES) if self.is_filled(record, level)), default=0)
        for place, level in enumerate(NODES[: lowest + 1]):
            if codes[level]:
                self.check(level, codes[level], codes[NODES[place - 1]] if place else None, record)
            elif level != "goal":  # an empty code of a goal is a fault already
                self.add("cell_empty", record, f"{level}_code")
        return {level: code for level, code in codes.items() if code}

    def is_filled(self, record: Record, level: str) -> bool:
        """Whether the row says anything of this level."""
        if record.texts[f"{level}_code"] or record.texts[level]:
            return True
        if level == "objective":
            return bool(record.texts.get("service"))
        figures = [*record.numbers.values(), *(one.number for one in record.measures)]
        told = [*(record.texts.get(name) for name in TOLD), *(one.text for one in record.remarks), *figures]
        return level == "indicator" and any(told)

    def check(self, level: str, code: str, parent: str | None, record: Record) -> None:
        """Hold one code against the row it first came in."""
        text = " ".join(record.texts[level].split())
        first = self.seen.setdefault((level, code), Node(record.row, text, parent))
        if DATE.fullmatch(code):
            self.add("plan_code_date", record, f"{level}_code", code)
        if first.row == record.row:
            if not text:
                self.add("cell_empty", record, level)
        elif level == "indicator":
            self.add("plan_indicator_twice", record, "indicator_code", code, first=first.row)
        else:
            if text and first.text and lookup_key(text) != lookup_key(first.text):
                self.add(
                    "plan_text_differs", record, level, text, code=code, first=first.row, other=first.text
                )
            if parent and first.parent and parent != first.parent:
                told = {"first": first.row, "other": first.parent}
                self.add("plan_parent_differs", record, f"{level}_code", code, **told)

    def check_service(self, objective: str, service_id: str, record: Record) -> None:
        """Hold the service of an objective against the first that was named for it."""
        row, first = self.services.setdefault(objective, (record.row, service_id))
        if first != service_id:
            self.add(
                "plan_service_differs", record, "service", record.texts["service"], code=objective, first=row
            )

    def text(self, level: str, code: str) -> str:
        """The text of a code as it first came."""
        return self.seen[level, code].text

    def add(self, rule: str, record: Record, column: str, value: str | None = None, **told: object) -> None:
        """Report a fault under the header the file has for the column."""
        self.report.add(rule, record.row, self.report.headers.get(column, column), value, **told)
