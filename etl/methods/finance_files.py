"""`karne method finance`: amounts by city, year and division in, measures out, as docs/methods/finance.md says.

Real amounts are at the prices of the last year that has a price index; that year is in the columns' names.
"""

import re
from pathlib import Path

import pandas as pd

from etl.errors import Fault, Sentence
from etl.methods import finance
from etl.methods.tables import (
    Table,
    names,
    numbers,
    one_value,
    read_frame,
    refuse,
    sentence,
    unique_rows,
    write_tables,
    years,
)
from etl.registry_budget import UNCLASSIFIED

OUT = "finance_expected.csv"
DIVISION = re.compile(rf"0[1-9]|10|{UNCLASSIFIED}")


def run(source: Path, out: Path) -> list[Sentence]:
    """Compute the measures of the file `source`, write them into `out`, return notes.

    Raises FaultyInput with every fault of the file, OSError when the results cannot be written.
    """
    given = read_frame(source, finance.COLUMNS, _frame)
    base = finance.latest_deflated(given)
    at_base = {name: f"{name}_{base}" for name in ("real", "pc_real")}
    written = write_tables(out, {OUT: finance.measured(given, base).rename(columns=at_base)})
    return [*_notes(given), *(sentence("written", path=path) for path in written)]


def _frame(table: Table, faults: list[Fault]) -> pd.DataFrame:
    """The table as `finance.measured` takes it."""
    frame = pd.DataFrame({"city": names(table, "city", faults), "year": years(table, "year", faults)})
    frame["cofog"] = [text for _, text in table.cells("cofog")]
    placed = frame["cofog"].str.fullmatch(DIVISION)
    refuse(table, "cofog", ~placed, "division_unknown", faults, unclassified=UNCLASSIFIED)
    for column in finance.AMOUNTS:
        frame[column] = numbers(table, column, faults)
        refuse(table, column, frame[column] < 0, "amount_negative", faults)
    for column in ("population", "cpi"):
        frame[column] = numbers(table, column, faults)
        refuse(table, column, frame[column] <= 0, f"{column}_not_positive", faults)
    unique_rows(table, [*finance.CITY_YEAR, "cofog"], faults)
    one_value(table, finance.CITY_YEAR, "population", faults)
    one_value(table, ["year"], "cpi", faults)  # one price index deflates every city, or none can be compared
    return frame


def _notes(given: pd.DataFrame) -> list[Sentence]:
    """The years without a deflator, and the cities and years without a total."""
    nominal = sorted(set(given["year"]) - set(given["year"][given["cpi"].notna()]))
    whole = finance.totals(given)
    holes = whole[whole["realised"].isna()]
    about = {
        "note_no_deflator": [str(year) for year in nominal],
        "note_no_total": [f"{city} {year}" for city, year in zip(holes["city"], holes["year"], strict=True)],
    }
    return [sentence(rule, names=", ".join(found)) for rule, found in about.items() if found]
