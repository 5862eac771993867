"""`karne method survey FILE --wave WAVE.yml`: a file as agencies deliver it, estimated as its wave declares it.

Means are of the codes as asked, shares of the codes declared as satisfied; neither is rescaled.
"""

from pathlib import Path

import pandas as pd

from etl import registry
from etl.errors import FaultyInput, Sentence
from etl.methods.survey.engine import Engine
from etl.methods.survey.files import result_tables
from etl.methods.tables import sentence, write_tables
from etl.survey_entries import Wave
from etl.surveys.calibration import margins_of
from etl.surveys.recode import ANY, EMPTY, item_names, recoded, reference_pairs
from etl.surveys.shape import load_wave

COUNTED = ["wave", "city", "group_var", "group", "item", "n_rows", "n", "n_no_opinion", "n_blank", "sum_w", "mean",
           "p", "flag"]  # fmt: skip


def run(source: Path, wave_file: Path, out: Path) -> list[Sentence]:
    """Estimate `source` as `wave_file` declares it, write the tables into `out`, return notes.

    Raises FaultyInput with every fault of the declaration, or of the file held against it.
    """
    wave = registry.declared_wave(wave_file, registry.load())
    survey = load_wave(source, wave)
    if survey.frame is None:
        raise FaultyInput(survey.report.faults)
    tables, notes = tables_of(survey.frame, wave)
    told = [Sentence(one.in_language("tr"), one.in_language("en")) for one in survey.report.warnings]
    return [*told, *notes, *(sentence("written", path=path) for path in write_tables(out, tables))]


def tables_of(frame: pd.DataFrame, wave: Wave) -> tuple[dict[str, pd.DataFrame], list[Sentence]]:
    """The result tables of a shaped survey, by file name; the items bear their ids."""
    items = item_names(wave)
    with Engine(margins_of(wave)) as engine:
        engine.load(recoded(frame, wave))
        engine.moments(ANY, EMPTY)
        tables, notes = result_tables(engine, reference_pairs(wave))
        notes = [*engine.notes, *notes]
    if wave.mode == "open_link":
        # Who answers an open link is no sample: there is a figure, and no telling how far it is from the city's.
        kept = ("expected.csv", "expected_quality.csv", "suppression_expected.csv")
        tables = {name: tables[name] for name in kept if name in tables}
        tables["expected.csv"] = tables["expected.csv"][COUNTED]
        notes = [*engine.notes, sentence("note_open_link")]
    named = {
        name: table.assign(item=table["item"].map(items)) if "item" in table else table
        for name, table in tables.items()
    }
    return named, notes
