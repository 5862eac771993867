"""How far a place's rank moves when the choices behind a composite index move.

Ranks are counted, not stored: memory is places², whatever the number of draws.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.methods.composite import AVAILABLE_SHARE, EQUAL, FloatArray, rank_rows

DRAWS = 1000
SEED = 2015
# Dirichlet(60 · w): a weight of 0.10 varies with standard deviation 0.04; the reference draws have the same.
CONCENTRATION = 60.0
TOP = 5

Counts = npt.NDArray[np.int64]


def dirichlet_draws(weights: pd.Series, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Weight vectors scattered around `weights`: one row per draw, each adding to 1.

    Raises ValueError unless every weight is positive. The stream is that of numpy's default generator, so a
    figure is repeatable with the same seed and the same numpy.
    """
    shares = (weights / weights.sum()).to_numpy(dtype=float)
    if not (weights > 0).all() or not np.isfinite(shares).all():
        raise ValueError("every weight must be positive and finite")
    drawn = np.random.default_rng(seed).dirichlet(CONCENTRATION * shares, size=draws)
    return pd.DataFrame(drawn, columns=weights.index)


def _means(scores: FloatArray, weights: FloatArray) -> FloatArray:
    """Weighted means, one row per weight vector and one column per place, NaN below the available share.

    Shapes: scores places × columns, weights draws × columns, result draws × places.
    """
    known = ~np.isnan(scores)
    available = weights @ known.astype(float).T
    total = weights @ known.any(axis=0).astype(float)
    enough = available >= (AVAILABLE_SHARE - EQUAL) * total[:, np.newaxis]
    enough &= available > 0
    means = np.full(available.shape, np.nan)
    np.divide(weights @ np.nan_to_num(scores).T, available, out=means, where=enough)
    return means


def _counted(ranked: FloatArray) -> Counts:
    """How often each place (row) took each rank (column 0 is rank 1)."""
    places = ranked.shape[1]
    draw, place = np.nonzero(~np.isnan(ranked))
    cell = place * places + ranked[draw, place].astype(np.int64) - 1
    return np.bincount(cell, minlength=places * places).reshape(places, places).astype(np.int64)


def _quantile(counts: Counts, probability: float) -> FloatArray:
    """Quantile type 7 of the counted ranks of each place; NaN for a place never ranked."""
    cumulative = counts.cumsum(axis=1)
    ranked = cumulative[:, -1]
    target = np.maximum(ranked - 1, 0) * probability
    below = np.floor(target + EQUAL)
    low = (cumulative <= below[:, np.newaxis]).sum(axis=1) + 1.0
    high = (cumulative <= np.minimum(below + 1, ranked - 1)[:, np.newaxis]).sum(axis=1) + 1.0
    quantile = low + np.maximum(target - below, 0) * (high - low)
    return np.where(ranked > 0, quantile, np.nan)


def _summary(counts: Counts, reranks: int, places: pd.Index) -> pd.DataFrame:
    in_top = counts[:, :TOP].sum(axis=1) / reranks
    return pd.DataFrame(
        {
            "rank_p05": _quantile(counts, 0.05),
            "rank_p50": _quantile(counts, 0.50),
            "rank_p95": _quantile(counts, 0.95),
            "share_top5": np.where(counts.sum(axis=1) == reranks, in_top, np.nan),
        },
        index=places,
    )


def reranked(scores: pd.DataFrame, weight_draws: pd.DataFrame) -> pd.DataFrame:
    """Rank range of the arithmetic mean under given weight vectors.

    `scores` is place × indicator (higher is better), `weight_draws` draw × indicator with non-negative
    weights. Returns by place rank_p05, rank_p50, rank_p95 (quantiles type 7 over the draws that left the
    place a score) and share_top5 (0–1; NaN unless every draw left the place a score).
    """
    means = _means(scores.to_numpy(dtype=float), weight_draws[list(scores.columns)].to_numpy(dtype=float))
    return _summary(_counted(rank_rows(means)), len(weight_draws), scores.index)


def _scenarios(minmax: FloatArray, z: FloatArray, weights: FloatArray) -> Iterator[FloatArray]:
    """Index scores (draws × places) for every normalisation × aggregation × left-out component."""
    columns = weights.shape[1]
    # A z-score has no logarithm: its geometric mean is taken on the scale with mean 100 and deviation 10.
    logs = (np.log(np.maximum(minmax, 1.0)), np.log(np.maximum(100.0 + 10.0 * z, 1.0)))
    left_out = [None, *range(columns)] if columns > 1 else [None]
    for component in left_out:
        kept = weights.copy()
        if component is not None:
            kept[:, component] = 0.0
        for scores in (minmax, z, *logs):
            # exp would change no rank, so the mean of the logarithms is ranked as it is.
            yield _means(scores, kept)


def rank_ranges(
    minmax: pd.DataFrame, z: pd.DataFrame, weights: pd.Series, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Rank range over weights × {arithmetic, geometric} × {min-max, z} × leave one component out.

    `minmax` (0–100) and `z` are the same components of the same places under both normalisations, `weights`
    the published ones, indexed by component. Every one of the `draws` Dirichlet weight vectors meets all
    4 · (k + 1) combinations (4 when k = 1). Columns as in `reranked`; a place the published weights leave
    without a score has none of them. Source: OECD/JRC Handbook (2008), uncertainty analysis.
    """
    if not (minmax.columns.equals(z.columns) and minmax.index.equals(z.index)):
        raise ValueError("both normalisations must cover the same places and components in the same order")
    in_force = minmax.columns[minmax.notna().any()]
    minmax, z, weights = minmax[in_force], z[in_force], weights.loc[list(in_force)]
    drawn = dirichlet_draws(weights, draws, seed).to_numpy()
    counts = np.zeros((len(minmax), len(minmax)), dtype=np.int64)
    reranks = 0
    for scores in _scenarios(minmax.to_numpy(dtype=float), z.to_numpy(dtype=float), drawn):
        counts += _counted(rank_rows(scores))
        reranks += draws
    published = _means(minmax.to_numpy(dtype=float), weights.to_numpy(dtype=float)[np.newaxis, :])[0]
    has_score = pd.Series(~np.isnan(published), index=minmax.index)
    return _summary(counts, reranks, minmax.index).where(has_score, axis=0)
