"""The income gradient of satisfaction in a city: concentration index, slope index of inequality, gap.

Bands are ordered from the lowest income; every figure is over the answers whose band is known.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import t

from etl.methods.survey.estimates import FEW
from etl.methods.survey.intervals import symmetric

Floats = npt.NDArray[np.float64]
ORDERED = "income_band"
BANDS = ("1", "2", "3", "4")
FEWEST_BANDS = 3


def gradients(moments: pd.DataFrame, sampled: pd.DataFrame, names: tuple[str, ...] = BANDS) -> pd.DataFrame:
    """One row a city and item, in the columns of `inequality_expected.csv`.

    `moments` and `sampled` are the answers of sql/moments.sql (of the grouping ORDERED) and sql/strata.sql in one
    wave, `names` the bands from the lowest income. Left out: a city with fewer than ten answers, or a band without any.
    """
    sizes = {str(city): own["n_h"] for city, own in sampled.set_index("stratum").groupby("city")}
    rows = []
    for (city, item), cell in moments.groupby(["city", "item"]):
        bands = cell.groupby("group")[["n", "sw", "swp"]].sum()
        if set(bands.index) == set(names) and bands["n"].sum() >= FEW:
            rows.append(
                {"city": city, "item": item, **_gradient(cell, bands.loc[list(names)], sizes[str(city)])}
            )
    return pd.DataFrame(rows)


def _gradient(cell: pd.DataFrame, bands: pd.DataFrame, strata: pd.Series) -> dict[str, float]:
    weights = bands["sw"].to_numpy(dtype=float)
    share, p = weights / weights.sum(), (bands["swp"] / bands["sw"]).to_numpy(dtype=float)
    mu = float(share @ p)
    ridit = np.cumsum(share) - share / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        index = float(np.divide(2 * (share * p) @ ridit, mu) - 1)
        wagstaff = float(np.divide(index, 1 - mu))
    slope, se, df = _slope(cell, dict(zip(bands.index, ridit, strict=True)), mu, strata)
    numbered = range(1, len(bands) + 1)
    return {
        "n": float(bands["n"].sum()), "mu": mu,
        **{f"p{band}": value for band, value in zip(numbered, p, strict=True)},
        **{f"share{band}": value for band, value in zip(numbered, share, strict=True)},
        "sii": slope, "sii_se": se, "sii_df": df, "conc_index": index, "erreygers": 4 * mu * index,
        "wagstaff": wagstaff, "max_min_gap": float(p.max() - p.min()),
    }  # fmt: skip


def slope_test(made: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """The 95 % interval of every slope, and its p value; NaN without degrees of freedom."""
    slope, se, df = (made[name].to_numpy(dtype=float) for name in ("sii", "sii_se", "sii_df"))
    low, high = symmetric(slope, se, df)
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * t.sf(np.abs(slope / se), np.where(df > 0, df, np.nan))
    return low, high, p


def _slope(
    cell: pd.DataFrame, ridit: dict[str, float], mu: float, strata: pd.Series
) -> tuple[float, float, float]:
    """Weighted regression of the 0/1 outcome on the ridit: slope, linearised standard error, residual df."""
    rank = cell["group"].map(ridit).to_numpy(dtype=float)
    weight, hits = cell["sw"].to_numpy(dtype=float), cell["swp"].to_numpy(dtype=float)
    centred = rank - np.average(rank, weights=weight)
    square = float(weight @ centred**2)
    slope = float(hits @ centred / square)
    residual = hits - weight * (mu + slope * centred)
    scores = cell[["stratum", "psu"]].assign(z=residual * centred / square)
    totals = scores.groupby(["stratum", "psu"], as_index=False)["z"].sum()
    by_stratum = totals.assign(squared=totals["z"] ** 2, one=1.0).groupby("stratum").sum(numeric_only=True)
    total, squares, answering = (by_stratum[name].to_numpy(dtype=float) for name in ("z", "squared", "one"))
    sampled = strata.reindex(by_stratum.index).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        several = sampled / (sampled - 1) * (squares - total**2 / sampled)
    variance = float(np.where(sampled == 1, squares, several).sum())
    return slope, float(np.sqrt(max(variance, 0.0))), float((answering - 1).sum() - 1)
