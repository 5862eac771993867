"""Cells of moments -> estimates with standard errors, intervals, design effects and a state.

The formulas and the awkward cases are those of docs/methods/survey.md; nothing is rounded here.
"""

import numpy as np
import pandas as pd

from etl.methods.survey.intervals import at_boundary, korn_graubard, logistic, quantile, symmetric

TINY = 1e-12  # a standard error below this is 0
FEW, SOME, LOW_DF = 10, 30, 8
KEY = ["wave", "city", "group_var", "group", "item"]


def estimates(cells: pd.DataFrame) -> pd.DataFrame:
    """One row a cell, in the columns of `expected.csv`; `cells` as sql/estimate.sql gives them."""
    made = _complete(cells.rename(columns={"place": "city"}))
    n = made["n"].to_numpy(dtype=float)
    made["df"] = made["n_psu"] - made["n_strata"]
    df = made["df"].to_numpy(dtype=float)
    mean, p = made["mean"].to_numpy(dtype=float), made["p"].to_numpy(dtype=float)
    for name in ("mean", "p"):
        made[f"{name}_se"] = _root(made[f"v_{name}"])
        made[f"{name}_se_fpc"] = _root(made[f"v_{name}_fpc"])
    made["mean_lo"], made["mean_hi"] = symmetric(mean, made["mean_se"].to_numpy(dtype=float), df)
    spread = made["mean_square"].to_numpy(dtype=float) - mean**2
    made["mean_deff"] = _effect(made["v_mean"].to_numpy(dtype=float), spread, n, df)
    return _shares(made, n, df, p)[[*KEY, *COLUMNS]]


def _complete(cells: pd.DataFrame) -> pd.DataFrame:
    """Also the cells nobody is in: every group of a grouping in every city that has the wave."""
    places = cells[["wave", "city"]].drop_duplicates()
    groups = cells[["group_var", "group"]].drop_duplicates()
    wanted = places.merge(groups, how="cross").merge(cells[["item"]].drop_duplicates(), how="cross")
    pooled = set(cells.loc[cells["group_var"] != "all", "city"])
    wanted = wanted[wanted["city"].isin(pooled) | (wanted["group_var"] == "all")]
    made = wanted.merge(cells, on=KEY, how="left")
    return made.assign(n_rows=made["n_rows"].fillna(0), n=made["n"].fillna(0))


def _shares(made: pd.DataFrame, n: np.ndarray, df: np.ndarray, p: np.ndarray) -> pd.DataFrame:
    edge = at_boundary(p)
    se = made["p_se"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = np.where(edge | (se == 0), np.nan, p * (1 - p) / se**2)
        ratio = (quantile(n - 1) / quantile(df)) ** 2
    low, high = logistic(p, se, df)
    for name, most in (("beta", np.full_like(n, np.inf)), ("kg", n)):
        made[f"p_lo_{name}"], made[f"p_hi_{name}"] = korn_graubard(
            p, np.where(edge, n, effective), ratio, np.where(edge, n, most)
        )
    made["p_lo"] = np.where(edge, made["p_lo_kg"], low)
    made["p_hi"] = np.where(edge, made["p_hi_kg"], high)
    made["p_ci_method"] = np.select(
        [np.isnan(p), df <= 0, edge], ["", "none_df0", "kg_boundary"], default="logit"
    )
    made["p_deff"] = _effect(made["v_p"].to_numpy(dtype=float), p * (1 - p), n, df)
    made["p_neff"] = np.where(df > 0, effective, np.nan)
    made["flag"] = flags(n, df)
    return made


def flags(n: np.ndarray, df: np.ndarray) -> np.ndarray:
    """no_data, suppressed (fewer than ten answers), unreliable, ok."""
    weak = (n < SOME) | ~(df >= LOW_DF)
    return np.select([n == 0, n < FEW, weak], ["no_data", "suppressed", "unreliable"], default="ok")


def _root(variance: pd.Series) -> np.ndarray:
    se = np.sqrt(np.maximum(variance.to_numpy(dtype=float), 0))
    return np.where(se < TINY, 0.0, se)


def _effect(variance: np.ndarray, spread: np.ndarray, n: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Variance over that of a simple random sample with replacement of as many answers."""
    with np.errstate(divide="ignore", invalid="ignore"):
        simple = spread / (n - 1)
        return np.where((df > 0) & (spread > TINY), variance / simple, np.nan)


COLUMNS = [
    "n_rows", "n", "n_no_opinion", "n_blank", "sum_w", "kish_neff", "n_psu", "n_strata", "df", "mean",
    "mean_se", "mean_lo", "mean_hi", "mean_deff", "mean_se_fpc", "p", "p_se", "p_lo", "p_hi", "p_lo_beta",
    "p_hi_beta", "p_lo_kg", "p_hi_kg", "p_ci_method", "p_deff", "p_neff", "p_se_fpc", "flag",
]  # fmt: skip
