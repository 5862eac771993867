"""`karne method survey` and `karne method ranks`: csv in, csv out, laid out as docs/methods/survey.md says."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.errors import Fault, FaultyInput, Sentence
from etl.methods.ranks import rank_intervals
from etl.methods.survey import comparisons
from etl.methods.survey.comparisons import Pair
from etl.methods.survey.engine import POOL, Engine, Scale
from etl.methods.survey.estimates import estimates
from etl.methods.survey.inequality import ORDERED, gradients
from etl.methods.survey.microdata import read
from etl.methods.survey.suppression import shown
from etl.methods.tables import (
    Table,
    names,
    numbers,
    read_frame,
    refuse,
    sentence,
    unique_rows,
    write_tables,
)

# What the groupings of the method's own layout are held against.
GAPS = (
    Pair("sex", "K", "E"),
    Pair("disability", "evet", "hayir"),
    Pair("age_band", "60+", "18-29"),
    Pair("income_band", "1", "4"),
)
UNREPORTED = "99"  # a group code that is never reported as a group
FEWEST = 2


def run(source: Path, out: Path) -> list[Sentence]:
    """Estimate everything the file `source` holds, write the tables into `out`, return notes.

    Raises FaultyInput with every fault of the file, OSError when the results cannot be written.
    """
    scale = Scale()
    with Engine() as engine:
        faults = read(engine, source, scale)
        if faults:
            raise FaultyInput(faults)
        engine.moments(scale, UNREPORTED)
        tables, notes = result_tables(engine, GAPS)
    return [*notes, *(sentence("written", path=path) for path in write_tables(out, tables))]


def result_tables(engine: Engine, pairs: Sequence[Pair]) -> tuple[dict[str, pd.DataFrame], list[Sentence]]:
    """Every table the moments of an engine allow, by file name; `pairs` are the groups to compare."""
    estimated = estimates(engine.run("estimate"))
    waves = sorted(estimated["wave"].unique())
    latest = waves[-1]
    bands = engine.run("moments", wave=latest, group_var=ORDERED)
    tables = {
        "expected.csv": estimated,
        "expected_quality.csv": engine.run("quality"),
        "suppression_expected.csv": shown(estimated),
        "expected_diff.csv": comparisons.between_cities(estimated, latest, POOL),
        "inequality_expected.csv": gradients(bands, engine.run("strata", wave=latest)),
    }
    pool = comparisons.pool_pairs(estimated, latest, POOL)
    tables["expected_vs_pool.csv"] = comparisons.from_pool(pool, engine.contrasts(pool), estimated, POOL)
    sides = comparisons.gap_pairs(estimated, latest, POOL, pairs)
    tables["expected_gap.csv"] = sides if sides.empty else comparisons.gaps(sides, engine.contrasts(sides))
    notes = []
    if len(waves) >= FEWEST:
        tables["expected_trend.csv"] = comparisons.between_waves(estimated, waves[-2], latest)
    else:
        notes.append(sentence("note_one_wave", wave=latest))
    empty = [name for name, frame in tables.items() if frame.empty]
    notes += [sentence("note_nothing_in", name=name) for name in empty]
    return {name: frame for name, frame in tables.items() if name not in empty}, notes


def run_ranks(source: Path, out: Path) -> list[Sentence]:
    """Rank intervals of the estimates in `source` (item, city, est, se). Raises as `run` does."""
    given = read_frame(source, ["item", "city", "est", "se"], _estimates)
    ranked = [own.join(rank_intervals(own["est"], own["se"])) for _, own in given.groupby("item", sort=False)]
    made = pd.concat(ranked).sort_values(["item", "city"])
    return [sentence("written", path=path) for path in write_tables(out, {"rank_expected.csv": made})]


def _estimates(table: Table, faults: list[Fault]) -> pd.DataFrame:
    given = pd.DataFrame({name: names(table, name, faults) for name in ("item", "city")})
    given["est"], given["se"] = (numbers(table, name, faults, required=True) for name in ("est", "se"))
    refuse(table, "se", given["se"] <= 0, "se_not_positive", faults)
    unique_rows(table, ["item", "city"], faults)
    return given
