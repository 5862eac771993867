"""How far a rank is known: intervals of ranks from estimates and their standard errors (Holm over all pairs).

Simultaneous: with 95 % confidence every interval of the family holds the true rank. Higher is better.
Source: Mogstad, Romano, Shaikh and Wilhelm, Inference for Ranks, REStud 2023; Holm's rule instead of draws.
"""

import numpy as np
import pandas as pd
from scipy.stats import norm

ALPHA = 0.05


def rank_intervals(estimates: pd.Series, se: pd.Series) -> pd.DataFrame:
    """rank (1 = highest), holm_lo and holm_hi, indexed as `estimates`; every `se` must be positive."""
    values, errors = estimates.to_numpy(dtype=float), se.to_numpy(dtype=float)
    a, b = np.triu_indices(len(values), 1)
    z = (values[a] - values[b]) / np.hypot(errors[a], errors[b])
    p = 2 * norm.sf(np.abs(z))
    order = np.argsort(p, kind="stable")
    firm = np.zeros(len(p), dtype=bool)
    factors = np.arange(len(p), 0, -1)
    firm[order] = np.logical_and.accumulate(p[order] * factors <= ALPHA)
    better, worse = np.zeros(len(values), dtype=int), np.zeros(len(values), dtype=int)
    np.add.at(better, np.where(z > 0, b, a)[firm], 1)
    np.add.at(worse, np.where(z > 0, a, b)[firm], 1)
    return pd.DataFrame(
        {
            "rank": estimates.rank(ascending=False, method="min").astype(int),
            "holm_lo": 1 + better,
            "holm_hi": len(values) - worse,
        },
        index=estimates.index,
    )
