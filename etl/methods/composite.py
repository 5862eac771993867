"""Composite indices as pure functions: normalise indicators, aggregate them, rank the places.

After normalisation more is always better, so nothing behind a normaliser may turn a sign again; and a
column nobody has a score in carries no weight.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

FloatArray = npt.NDArray[np.float64]
# The indicators of one component: their names (equal weights), or their weights by name.
Component: TypeAlias = Sequence[str] | pd.Series

# Below this share of the weights a place has too little evidence for a score; the share itself is enough.
AVAILABLE_SHARE = 2 / 3
# Summation order moves the last bits of a float: closer than this (relative) is equal.
EQUAL = 1e-12
VARIANTS = ("minmax_arithmetic", "minmax_geometric", "zscore_arithmetic", "rank_arithmetic", "pca")


def uninformative(values: pd.DataFrame) -> list[str]:
    """Name the indicators with fewer than two different values; they cannot tell places apart.

    The normalisers leave them without scores, so their weight falls to the others. Whoever publishes the
    index has to say so: this list is the note.
    """
    spread = values.max() - values.min()
    least = EQUAL * values.abs().max()
    return [str(name) for name in values.columns if not spread[name] > least[name]]


def _upward(values: pd.DataFrame, reversed_indicators: Collection[str]) -> pd.DataFrame:
    """Values as floats with reversed indicators negated and uninformative ones emptied."""
    if not (values.columns.is_unique and values.index.is_unique):
        raise ValueError("places and indicators must each be listed once")
    unknown = sorted(set(reversed_indicators) - set(values.columns))
    if unknown:
        raise ValueError(f"reversed indicators without values: {', '.join(unknown)}")
    upward = values.astype(float)
    if np.isinf(upward.to_numpy()).any():
        raise ValueError("an indicator value is infinite")
    upward[list(reversed_indicators)] *= -1.0
    upward[uninformative(values)] = np.nan
    return upward


def min_max(
    values: pd.DataFrame, reversed_indicators: Collection[str] = frozenset(), upper: float = 100.0
) -> pd.DataFrame:
    """Put each indicator on 0 (worst place) … `upper` (best place).

    `values` has one row per place and one column per indicator in its own unit; NaN stays NaN. For scores
    comparable over years pass all years in one frame (rows place × year): the extremes are then common.
    Raises ValueError for an unknown reversed indicator, a repeated label or an infinite value.
    Source: OECD/JRC Handbook on Constructing Composite Indicators (2008), normalisation.
    """
    upward = _upward(values, reversed_indicators)
    low = upward.min()
    return upper * ((upward - low) / (upward.max() - low))


def z_score(values: pd.DataFrame, reversed_indicators: Collection[str] = frozenset()) -> pd.DataFrame:
    """Put each indicator on mean 0, standard deviation 1 (n − 1 in the divisor), higher is better.

    Shape, missing values and errors as in `min_max`.
    """
    upward = _upward(values, reversed_indicators)
    return (upward - upward.mean()) / upward.std(ddof=1)


def rank_percentile(
    values: pd.DataFrame, reversed_indicators: Collection[str] = frozenset(), upper: float = 100.0
) -> pd.DataFrame:
    """Put each indicator on the share of other places it beats: 0 (worst) … `upper` (best).

    Tied places share their mean position. Shape, missing values and errors as in `min_max`.
    """
    upward = _upward(values, reversed_indicators)
    return upper * ((upward.rank(method="average") - 1) / (upward.count() - 1))


def equal_weights(names: Sequence[str]) -> pd.Series:
    """Weights 1/k for k names."""
    return pd.Series(1.0 / max(len(names), 1), index=list(names), dtype=float)


def _weights_in_force(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weights in the order of the columns, zero where nobody has a score."""
    aligned = weights.reindex(scores.columns).astype(float)
    if not (aligned > 0).all() or np.isinf(aligned.to_numpy()).any():
        raise ValueError("every column needs a positive finite weight")
    return aligned.where(scores.notna().any(), 0.0)


def available_share(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Share of the weights (0–1) each place has scores for. NaN when no column has any score."""
    in_force = _weights_in_force(scores, weights)
    # Taken from the missing side, so that a complete place has exactly 1.
    return 1.0 - scores.isna().mul(in_force).sum(axis=1) / (in_force.sum() or np.nan)


def arithmetic(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """Weighted mean over the scores a place has; NaN below two thirds of the weights.

    `weights` is indexed by the columns of `scores`, positive, on any scale (they are divided by their sum).
    Raises ValueError for a column without a positive finite weight.
    """
    in_force = _weights_in_force(scores, weights)
    weight_sum = scores.notna().mul(in_force).sum(axis=1)
    mean = scores.mul(in_force).sum(axis=1) / weight_sum.where(weight_sum > 0)
    return mean.where(available_share(scores, weights) >= AVAILABLE_SHARE - EQUAL)


def geometric(scores: pd.DataFrame, weights: pd.Series) -> pd.Series:
    """exp of the weighted mean of log(max(score, 1)), for scores on 0–100; availability as in `arithmetic`.

    The floor of 1 keeps one worst place from turning the whole product into zero.
    """
    return arithmetic(scores.clip(lower=1.0).apply(np.log), weights).apply(np.exp)


def rank_rows(scores: FloatArray) -> FloatArray:
    """Rank every row on its own: 1 = highest, ties share the smallest rank, NaN stays unranked (NaN)."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ordered = np.take_along_axis(scores, order, axis=1)
    tie = EQUAL * np.nan_to_num(np.abs(scores)).max(axis=1, initial=0.0, keepdims=True)
    position = np.tile(np.arange(1.0, scores.shape[1] + 1), (scores.shape[0], 1))
    position[:, 1:][ordered[:, :-1] - ordered[:, 1:] <= tie] = 1.0
    ranked = np.empty_like(scores)
    np.put_along_axis(ranked, order, np.maximum.accumulate(position, axis=1), axis=1)
    ranked[np.isnan(scores)] = np.nan
    return ranked


def ranks(scores: pd.Series) -> pd.Series:
    """Rank places, 1 = highest score, ties share the smallest rank, no score no rank (Int64 with NA)."""
    ranked = rank_rows(scores.to_numpy(dtype=float)[np.newaxis, :])[0]
    return pd.Series(ranked, index=scores.index, name=scores.name).astype("Int64")


@dataclass(frozen=True)
class PrincipalComponent:
    """First principal component of a set of indicators.

    `loadings` (unit eigenvector) and `correlations` (of indicator and component) are indexed by indicator,
    NaN for one nobody has a score in; `scores` by place, variance 1 over complete data. `explained` is the
    first eigenvalue over the number of indicators. `negative` names the indicators that count against the
    component although aligned; `is_unique` is false when the two largest eigenvalues are equal, so that the
    direction is arbitrary.
    """

    loadings: pd.Series
    correlations: pd.Series
    scores: pd.Series
    eigenvalue: float
    explained: float
    negative: tuple[str, ...]
    is_unique: bool


def principal_component(z: pd.DataFrame) -> PrincipalComponent:
    """First principal component of aligned z-scores; a missing value counts as the mean (0).

    The eigenvector's free sign is the one with a positive sum. Raises ValueError when no indicator has a
    score. Source: eigenvector of the correlation matrix, scores Z v / √λ₁.
    """
    known = z.loc[:, z.notna().any()]
    if known.empty:
        raise ValueError("no indicator tells the places apart")
    filled = known.fillna(0.0).to_numpy()
    eigenvalues, vectors = np.linalg.eigh(np.atleast_2d(np.corrcoef(filled, rowvar=False)))
    first, largest = vectors[:, -1], float(eigenvalues[-1])
    lead = first.sum() if abs(first.sum()) > EQUAL else first[np.abs(first).argmax()]
    first = first * np.sign(lead)
    loadings = pd.Series(first, index=known.columns)
    return PrincipalComponent(
        loadings=loadings.reindex(z.columns),
        correlations=(loadings * np.sqrt(largest)).reindex(z.columns),
        scores=pd.Series(filled @ first / np.sqrt(largest), index=z.index),
        eigenvalue=largest,
        explained=largest / known.shape[1],
        negative=tuple(str(name) for name in loadings.index[loadings < -EQUAL]),
        is_unique=len(eigenvalues) == 1 or bool(eigenvalues[-2] < largest * (1 - 1e-9)),
    )


def component_scores(scores: pd.DataFrame, components: Mapping[str, Component]) -> pd.DataFrame:
    """Mean of the indicator scores in each component (dimension), availability as in `arithmetic`.

    Raises ValueError for a component that names an indicator without a column, or none at all.
    """
    inner = {
        name: part if isinstance(part, pd.Series) else equal_weights(part)
        for name, part in components.items()
    }
    unknown = sorted({name for weights in inner.values() for name in weights.index} - set(scores.columns))
    if unknown or any(weights.empty for weights in inner.values()):
        raise ValueError(f"components with no or unknown indicators: {', '.join(unknown)}")
    means = {name: arithmetic(scores[list(weights.index)], weights) for name, weights in inner.items()}
    return pd.DataFrame(means, index=scores.index)


def nested_index(
    values: pd.DataFrame,
    components: Mapping[str, Component],
    reversed_indicators: Collection[str],
    upper: float = 1.0,
) -> tuple[pd.DataFrame, pd.Series]:
    """Mean of means: min-max indicators → components → overall, components of equal weight.

    Returns (place × component, overall by place), both on 0 … `upper`. With its 41 indicators, 11 dimensions
    and `upper=1` this is TÜİK's İllerde Yaşam Endeksi 2015.
    """
    dimensions = component_scores(min_max(values, reversed_indicators, upper), components)
    return dimensions, arithmetic(dimensions, equal_weights(list(components)))


def variant_scores(
    values: pd.DataFrame,
    components: Mapping[str, Component],
    weights: pd.Series,
    reversed_indicators: Collection[str],
) -> pd.DataFrame:
    """The index under every method of `VARIANTS`: one row per place, one column per variant.

    Indicators are normalised, averaged inside their component, components aggregated with `weights` (by
    component); a flat index has components of one indicator each. Min-max and rank variants are on 0–100,
    z and pca around 0.
    A place without two thirds of the weights has no score in any variant, pca included.
    """
    minmax = component_scores(min_max(values, reversed_indicators), components)
    z = component_scores(z_score(values, reversed_indicators), components)
    percentile = component_scores(rank_percentile(values, reversed_indicators), components)
    score = arithmetic(minmax, weights)
    return pd.DataFrame(
        {
            "minmax_arithmetic": score,
            "minmax_geometric": geometric(minmax, weights),
            "zscore_arithmetic": arithmetic(z, weights),
            "rank_arithmetic": arithmetic(percentile, weights),
            "pca": principal_component(z_score(minmax)).scores.where(score.notna()),
        }
    )
