"""Tells what is wrong in a bulk file: statements find the rows, the rules of a small file find the words.

A row whose cells are not what they should be is read as a row of a small file is; what only all rows show (a line that
stands twice, a sum that is off) is found by a statement and told in the same sentence.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from etl.bulk.arrival import Arrival
from etl.bulk.engine import Engine, Row
from etl.errors import Fault, Where
from etl.readers import table
from etl.sources.contract import MOST_FAULTS, NotTheTable, Report, records
from etl.sources.observation import Reading
from etl.sources.spending import BudgetFile
from etl.sources.spending_sums import compare
from etl.turkish import lookup_key


class Examination:
    """The examination of one staged file; `budget` has the layout's rules and knows what was told of the file."""

    def __init__(self, engine: Engine, arrival: Arrival, reading: Reading, budget: BudgetFile) -> None:
        self.engine, self.arrival, self.reading = engine, arrival, reading
        self.report: Report = reading.report
        self.budget = BudgetFile(reading)
        self.budget.told.said = budget.told.said
        self.rejected: list[int] = []
        self.totals: list[str] = []

    def run(self) -> list[Row]:
        """The budgets of the file; adds every fault to the report, at most MOST_FAULTS and how many there are."""
        self.totals = [
            row["label"] for row in self.engine.run("uncoded_labels") if self.is_total(row["label"])
        ]
        lines = self.find("rejected_lines") if self.arrival.encoding else []
        self.rejected = [int(line["row_number"]) for line in lines]
        doubtful = self.find("doubtful", totals=self.totals)
        self.engine.run("budget")
        budgets = self.engine.run("budgets")
        empty = [one for one in budgets if not one["measures"]]
        twice, holes = self.find("twice"), self.find("hole")
        subtotals = self.find("subtotal") if any(one["has_shapes"] for one in budgets) else []
        every = sum(int(found[0]["every"]) for found in (lines, doubtful, twice, holes, subtotals) if found)
        try:
            self.tell_lines(lines)
            self.tell_cells(doubtful)
            self.tell("line_twice", twice, "codes", "first")
            for one in empty:
                self.report.add("amounts_none", self.standing(one["row_number"]))
            for one in holes:
                header = self.report.headers[one["measure"]]
                self.report.add("amount_missing", self.standing(one["row_number"]), header)
            self.tell("subtotal_row", subtotals, "codes")
            self.check_totals(twice + empty + holes + subtotals)
        except NotTheTable:
            self.report.faults[0] = Fault.at(
                Where(self.report.file), "bulk_more_faults", count=every + len(empty), listed=MOST_FAULTS
            )
        return budgets

    def find(self, name: str, **values: object) -> list[Row]:
        """The first rows a statement finds, and in each how many there are (`every`)."""
        return self.engine.run(name, most=MOST_FAULTS, **values)

    def is_total(self, label: str) -> bool:
        """Whether a line is called a total."""
        return lookup_key(label) in self.budget.totals

    def standing(self, row: int) -> int:
        """Where a row stands in the file: lines that are no rows are not counted among the rows."""
        for line in self.rejected:
            if line > row:
                break
            row += 1
        return row

    def tell(self, rule: str, found: Iterable[Row], value: str, first: str | None = None) -> None:
        """Report each row with one of its columns as the value, and the row it repeats."""
        for one in found:
            told: dict[str, Any] = {} if first is None else {"first": self.standing(one[first])}
            self.report.add(rule, self.standing(one["row_number"]), value=one[value], **told)

    def tell_lines(self, found: Iterable[Row]) -> None:
        """Report the lines of a csv that are no rows."""
        for one in found:
            row, message = int(one["row_number"]), one["error_message"]
            if one["error_type"] == "INVALID ENCODING":
                self.report.add("bulk_line_encoding", row, value=self.arrival.encoding)
            elif one["error_type"] in ("TOO MANY COLUMNS", "MISSING COLUMNS"):
                cells = next(csv.reader([one["written"].strip("\r\n")], delimiter=self.arrival.delimiter))
                self.report.add("row_width", row, value=len(cells), expected=self.arrival.width)
            else:
                self.report.add("csv_broken", row, value=message.partition("\n")[0])

    def tell_cells(self, doubtful: list[Row]) -> None:
        """Report what is wrong in the cells of each row, as it is told of a small file."""
        if not doubtful:
            return
        wanted = [int(one["row_number"]) for one in doubtful]
        for record in records(self.written(wanted), self.reading.layout, self.report):
            before = len(self.report.faults)
            list(self.budget.read(record))
            if len(self.report.faults) == before and not record.is_faulty:
                self.report.add("bulk_spelling", record.row)

    def written(self, wanted: list[int]) -> table.Table:
        """Rows of the file as a table of their own, under the numbers they have in the file."""
        names = [one.column.name for one in self.arrival.columns]
        header = table.Row(1, tuple(one.header for one in self.arrival.columns))
        rows = self.engine.run("written_rows", wanted=wanted, header=self.arrival.header_rows)
        return table.Table(
            self.report.file, "bulk", None, self.arrival.encoding, None, self.rows(header, rows, names)
        )

    def rows(self, header: table.Row, found: Iterable[Row], names: list[str]) -> Iterator[table.Row]:
        """The header and the rows."""
        yield header
        for one in found:
            cells = tuple(cell(one[name]) for name in names)
            yield table.Row(self.standing(int(one["row_number"])), cells)

    def check_totals(self, told: list[Row]) -> None:
        """Report each printed total that is not the sum of its lines, where all of these could be read."""
        has_loose_row = bool(self.rejected) or bool(self.engine.run("loose")[0]["rows"])
        if has_loose_row or not self.totals:
            return
        self.engine.run("unsound", faulty=[one["row_number"] for one in told])
        for one in self.engine.run("printed_total", totals=self.totals):
            row, header = self.standing(one["row_number"]), self.report.headers[one["measure"]]
            compare(self.report, row, header, (one["printed"], one["summed"]), one["scale"] * one["lines"])


def cell(value: object) -> table.Cell:
    """A cell as the readers of small files give it."""
    if value is None:
        return ""
    return str(value) if isinstance(value, str | int) else float(str(value))
