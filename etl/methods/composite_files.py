"""The composite index on a file: three csv tables in, three out, laid out as docs/methods/composite.md says.

The companions stand beside the input under fixed names; only the input's name is free.
"""

import math
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from etl.errors import Fault, FaultyInput, Sentence, Where
from etl.methods import composite
from etl.methods.rank_range import reranked
from etl.methods.tables import (
    Table,
    fault,
    numbers,
    read_table,
    refuse,
    sentence,
    unique_keys,
    write_tables,
)

META = "composite_meta.csv"
DRAWS = "composite_weight_draws.csv"
SCORES_OUT = "composite_expected.csv"
PCA_OUT = "composite_pca_expected.csv"
MINMAX_OUT = "composite_minmax_expected.csv"
RANKED = {"rank": "minmax_arith", "rank_geo": "minmax_geo", "rank_z": "z_arith", "rank_pca": "pca_score"}


class CompositeInput(NamedTuple):
    """What the index is computed from: place × indicator, weight by indicator, draw × indicator."""

    values: pd.DataFrame
    reversed_indicators: frozenset[str]
    weights: pd.Series
    weight_draws: pd.DataFrame


def run(source: Path, out: Path) -> list[Sentence]:
    """Compute the index of the file `source`, write the results into `out`, return notes on them.

    Raises FaultyInput with every fault of the three files, OSError when the results cannot be written.
    """
    given = read_composite_input(source)
    tables, notes = composite_tables(given)
    return [*notes, *(sentence("written", path=path) for path in write_tables(out, tables))]


def read_composite_input(source: Path) -> CompositeInput:
    """Read `source` and its companions. Raises FaultyInput with every fault of all three at once."""
    faults: list[Fault] = []
    values = _values(read_table(source, ["city"], faults), faults)
    meta = _meta(read_table(source.with_name(META), ["indicator", "positive", "weight"], faults), faults)
    draws = _draws(read_table(source.with_name(DRAWS), ["draw"], faults), faults)
    if values is not None:
        names = [str(name) for name in values.columns]
        if meta is not None:
            faults.extend(_meta_faults(names, list(meta.index), source.name))
        if draws is not None:
            faults.extend(_draw_faults(names, list(draws.columns), source.name))
        if not faults and len(composite.uninformative(values)) == len(names):
            faults.append(fault(Where(source.name), "no_indicator"))
    if faults or values is None or meta is None or draws is None:
        raise FaultyInput(faults)
    turned = frozenset(meta.index[meta["positive"] == 0])
    return CompositeInput(values, turned, meta["weight"], draws)


def _values(table: Table | None, faults: list[Fault]) -> pd.DataFrame | None:
    if table is None:
        return None
    cities = unique_keys(table, "city", faults)
    columns = {name: numbers(table, name, faults) for name in table.columns if name != "city"}
    return pd.DataFrame(columns, index=pd.Index(cities, name="city"), dtype=float)


def _meta(table: Table | None, faults: list[Fault]) -> pd.DataFrame | None:
    """Columns positive (0 or 1) and weight, indexed by indicator."""
    if table is None:
        return None
    indicators = unique_keys(table, "indicator", faults)
    weights = numbers(table, "weight", faults, required=True)
    refuse(table, "weight", (weight <= 0 for weight in weights), "weight_not_positive", faults)
    signs = [text for _, text in table.cells("positive")]
    refuse(table, "positive", (text not in ("0", "1") for text in signs), "positive_not_0_1", faults)
    positive = [1.0 if text == "1" else 0.0 for text in signs]
    return pd.DataFrame({"positive": positive, "weight": weights}, index=indicators)


def _draws(table: Table | None, faults: list[Fault]) -> pd.DataFrame | None:
    """Weights by draw (rows) and indicator (columns)."""
    if table is None:
        return None
    unique_keys(table, "draw", faults)
    names = [name for name in table.columns if name != "draw"]
    draws = pd.DataFrame({name: numbers(table, name, faults, required=True) for name in names}, dtype=float)
    for name in names:
        refuse(table, name, draws[name] < 0, "weight_negative", faults)
    for (row, _), total in zip(table.rows, draws.sum(axis=1, skipna=False), strict=True):
        if total == 0:
            faults.append(fault(Where(table.file, row=row), "draw_without_weight"))
    return draws


def _meta_faults(names: list[str], described: list[str], source: str) -> list[Fault]:
    unknown = [name for name in described if name and name not in names]
    missing = [name for name in names if name not in described]
    return [
        *(fault(Where(META, column="indicator"), "indicator_unknown", name, file=source) for name in unknown),
        *(fault(Where(source, row=1, column=name), "indicator_without_meta", file=META) for name in missing),
    ]


def _draw_faults(names: list[str], drawn: list[str], source: str) -> list[Fault]:
    unknown = [name for name in drawn if name not in names]
    missing = [name for name in names if name not in drawn]
    return [
        *(fault(Where(DRAWS, row=1, column=name), "indicator_unknown", file=source) for name in unknown),
        *(fault(Where(DRAWS, column=name), "column_missing") for name in missing),
    ]


def composite_tables(given: CompositeInput) -> tuple[dict[str, pd.DataFrame], list[Sentence]]:
    """Compute the three result tables, by file name, and what a reader has to know about them."""
    minmax = composite.min_max(given.values, given.reversed_indicators)
    z = composite.z_score(given.values, given.reversed_indicators)
    component = composite.principal_component(z)
    scores = pd.DataFrame(
        {
            "coverage": composite.available_share(minmax, given.weights),
            "minmax_arith": composite.arithmetic(minmax, given.weights),
            "minmax_geo": composite.geometric(minmax, given.weights),
            "z_arith": composite.arithmetic(z, given.weights),
            "pca_score": component.scores,
        }
    )
    for rank, score in RANKED.items():
        scores[rank] = composite.ranks(scores[score])
    scores = scores.join(reranked(minmax, given.weight_draws))
    loadings = pd.DataFrame({"pc1_loading": component.loadings, "pc1_corr": component.correlations})
    loadings["eigenvalue1"], loadings["explained"] = component.eigenvalue, component.explained
    tables = {SCORES_OUT: scores, PCA_OUT: loadings.rename_axis("indicator"), MINMAX_OUT: minmax}
    return tables, _notes(given.values, scores["minmax_arith"], component)


def _notes(
    values: pd.DataFrame, scores: pd.Series, component: composite.PrincipalComponent
) -> list[Sentence]:
    named = {
        "note_uninformative": composite.uninformative(values),
        "note_no_score": [str(place) for place, score in scores.items() if math.isnan(score)],
        "note_negative_loading": list(component.negative),
    }
    notes = [sentence(rule, names=", ".join(names)) for rule, names in named.items() if names]
    return notes if component.is_unique else [*notes, sentence("note_component_not_unique")]
