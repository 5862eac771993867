"""Confidence intervals of means and shares under a complex design; vectorised, NaN where there is none.

`df` are the degrees of freedom of the design (PSUs minus strata); without any there is no interval.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from scipy.stats import beta, t

Floats = npt.NDArray[np.float64]
LEVEL = 0.95
TAIL = (1 - LEVEL) / 2
EDGE = 1e-12  # a share this near to 0 or 1 is 0 or 1: sums of floats are not exact


def quantile(df: Floats) -> Floats:
    """Student's t at 97.5 %; NaN where df is not positive."""
    return np.asarray(t.ppf(1 - TAIL, np.where(df > 0, df, np.nan)), dtype=float)


def symmetric(estimate: Floats, se: Floats, df: Floats) -> tuple[Floats, Floats]:
    """Estimate ∓ t · standard error."""
    half = quantile(df) * se
    return estimate - half, estimate + half


def at_boundary(p: Floats) -> npt.NDArray[np.bool_]:
    """Where everybody or nobody is satisfied, so that the standard error says nothing."""
    return np.asarray((p <= EDGE) | (p >= 1 - EDGE))


def logistic(p: Floats, se: Floats, df: Floats) -> tuple[Floats, Floats]:
    """Interval on the logit scale, with Student's t; for 0 < p < 1."""
    inside = np.where(at_boundary(p), np.nan, p)
    half = quantile(df) * se / (inside * (1 - inside))
    return expit(logit(inside) - half), expit(logit(inside) + half)


def korn_graubard(p: Floats, effective: Floats, ratio: Floats, most: Floats) -> tuple[Floats, Floats]:
    """Clopper–Pearson with the effective number of answers (Korn and Graubard 1998).

    `effective` is p(1−p)/se², `ratio` (t_{n−1}/t_df)², `most` what the product may not exceed (n, or ∞).
    """
    n = np.minimum(most, effective * ratio)
    hits = n * p
    low = np.where(p <= EDGE, 0.0, beta.ppf(TAIL, hits, n - hits + 1))
    high = np.where(p >= 1 - EDGE, 1.0, beta.ppf(1 - TAIL, hits + 1, n - hits))
    return np.where(np.isnan(n), np.nan, low), np.where(np.isnan(n), np.nan, high)
