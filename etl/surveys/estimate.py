"""`karne method survey FILE --wave WAVE.yml`: a file as agencies deliver it, estimated as its wave declares it.

Means are of the codes as asked, shares of the codes declared as satisfied; neither is rescaled.
"""

from pathlib import Path

import pandas as pd

from etl import registry
from etl.errors import FaultyInput, Sentence
from etl.methods.survey.comparisons import Pair
from etl.methods.survey.engine import Engine, Scale
from etl.methods.survey.files import result_tables
from etl.methods.tables import sentence, write_tables
from etl.survey_entries import Wave
from etl.surveys.calibration import margins_of
from etl.surveys.shape import load_wave

EMPTY = ""
# Every declared scale in one: its codes as they are, those declared as satisfied lifted above all others.
LIFT = 100_000_000
ANY = Scale(lowest=-LIFT // 2, highest=2 * LIFT, satisfied_from=LIFT // 2, no_opinion=3 * LIFT, lift=LIFT)
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
    items = {f"q{number}": item.item_id for number, item in enumerate(wave.items, start=1)}
    pairs = tuple(
        Pair(group.group_id, one.category_id, group.reference)
        for group in wave.groups
        if group.reference
        for one in group.categories
        if one.category_id != group.reference
    )
    with Engine(margins_of(wave)) as engine:
        engine.load(_recoded(frame, wave))
        engine.moments(ANY, EMPTY)
        tables, notes = result_tables(engine, pairs)
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
    return {name: table.set_index(table.columns[0]) for name, table in named.items()}, notes


def _recoded(frame: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Design and groupings as text; answers as the codes of ANY, one to one, so that duplicates stay what they are."""
    made = {name: _text(frame[name]) for name in frame if name not in {item.item_id for item in wave.items}}
    for number, item in enumerate(wave.items, start=1):
        scale, codes = wave.scale_of(item), frame[item.item_id]
        value = codes.where(~codes.isin(scale.satisfied), codes + LIFT)
        made[f"q{number}"] = _text(value.mask(codes.isin(scale.no_opinion), ANY.no_opinion).astype("Int64"))
    return pd.DataFrame(made)


def _text(column: pd.Series) -> pd.Series:
    return column.map(lambda value: None if pd.isna(value) else str(value)).astype(object)
