"""`karne method kpi`: plan indicators in, their realisation and its roll-up out, as docs/methods/plan.md says.

Every value is one of a year's end; this table has no column for the month.
"""

from pathlib import Path

import pandas as pd

from etl.errors import Fault, Sentence
from etl.methods import kpi
from etl.methods.tables import (
    Table,
    names,
    numbers,
    one_value,
    read_frame,
    refuse,
    sentence,
    unique_rows,
    words,
    write_tables,
    years,
)

REALISED_OUT = "kpi_expected.csv"
ROLLED_UP_OUT = "kpi_rollup_expected.csv"
REALISED = [*kpi.INDICATOR, "year", "value_used", "perf_raw", "perf", "status", "over", "w"]


def run(source: Path, out: Path) -> list[Sentence]:
    """Compute what the file `source` holds, write both tables into `out`, return notes.

    Raises FaultyInput with every fault of the file, OSError when the results cannot be written.
    """
    found = kpi.realised(read_frame(source, kpi.COLUMNS, _frame))
    rolled_up = kpi.rolled_up(found)
    written = write_tables(out, {REALISED_OUT: found[REALISED], ROLLED_UP_OUT: rolled_up})
    return [*_notes(found, rolled_up), *(sentence("written", path=path) for path in written)]


def _frame(table: Table, faults: list[Fault]) -> pd.DataFrame:
    """The table as `kpi.realised` takes it."""
    frame = pd.DataFrame({column: names(table, column, faults) for column in kpi.INDICATOR})
    frame["year"] = years(table, "year", faults)
    frame["direction"] = words(table, "direction", kpi.DIRECTIONS, faults)
    frame["value_basis"] = words(table, "value_basis", kpi.BASES, faults)
    for column in kpi.NUMBERS:
        frame[column] = numbers(table, column, faults)
    refuse(table, "weight", frame["weight"] < 0, "weight_negative", faults)
    refuse(table, "tolerance_pct", frame["tolerance_pct"] < 0, "tolerance_negative", faults)
    unique_rows(table, [*kpi.INDICATOR, "year"], faults)
    for column in kpi.TEXTS:  # a level in one year and a flow in the next would add up to nothing
        one_value(table, kpi.INDICATOR, column, faults)
    return frame


def _notes(found: pd.DataFrame, rolled_up: pd.DataFrame) -> list[Sentence]:
    """What a reader of the results has to know, with the hedef or indicators it is about."""
    broken = (found["value_basis"] == "annual_flow") & found["value_used"].isna() & found["actual"].notna()
    hedef = rolled_up[rolled_up["level"] == "hedef"]
    about = {
        "note_flow_broken": found[broken],
        "note_direction_conflict": found[found["status"] == "direction_conflict"],
        "note_weights": hedef[hedef["weights_ok"] == 0],
        "note_coverage_low": hedef[hedef["display"] == "insufficient"],
    }
    return [sentence(rule, names=_named(rows)) for rule, rows in about.items() if len(rows)]


def _named(rows: pd.DataFrame) -> str:
    """Each node once, with its years."""
    node = "indicator_id" if "indicator_id" in rows else "hedef"
    groups = rows.groupby(["city", node], sort=False)["year"]
    return ", ".join(f"{city} {name} ({', '.join(map(str, own))})" for (city, name), own in groups)
