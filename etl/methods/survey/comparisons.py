"""Differences of satisfied shares: between cities, between waves, from the pool, between groups of a city.

Never by overlapping intervals: two 95 % intervals may overlap while the difference is firm.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import t

from etl.methods.survey.estimates import TINY, flags
from etl.methods.survey.intervals import symmetric


class Pair(NamedTuple):
    """Two groups of a grouping; b is the one that a is held against."""

    group_var: str
    a: str
    b: str


def holm(p: pd.Series) -> pd.Series:
    """Holm's step-down adjustment of a family of p values; NaN stay NaN and out of the family."""
    known = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(known), 0, -1)
    adjusted = np.minimum(np.maximum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=known.index, dtype=float).reindex(p.index)


def benjamini_hochberg(p: pd.Series) -> pd.Series:
    """Adjustment that bounds the share of false discoveries; for screening only."""
    known = p.dropna().sort_values(ascending=False, kind="stable")
    count = len(known)
    factors = count / np.arange(count, 0, -1)
    adjusted = np.minimum(np.minimum.accumulate(known.to_numpy() * factors), 1.0)
    return pd.Series(adjusted, index=known.index, dtype=float).reindex(p.index)


def tested(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` (item, diff, se, df) with t, p, p_holm and p_bh within an item, and an unadjusted interval."""
    made = frame.copy()
    with np.errstate(divide="ignore", invalid="ignore"):
        made["t"] = made["diff"] / made["se"]
    made["p"] = 2 * t.sf(made["t"].abs(), made["df"].where(made["df"] > 0))
    families = made.groupby("item")["p"]
    made["p_holm"], made["p_bh"] = families.transform(holm), families.transform(benjamini_hochberg)
    made["lo"], made["hi"] = symmetric(*(made[name].to_numpy(dtype=float) for name in ("diff", "se", "df")))
    return made


def _whole(estimated: pd.DataFrame, wave: str, pool: str) -> pd.DataFrame:
    """Whole cities with an answer, in one wave."""
    kept = (estimated["wave"] == wave) & (estimated["group_var"] == "all") & (estimated["city"] != pool)
    return estimated[kept & (estimated["n"] > 0)].sort_values(["item", "city"], ignore_index=True)


def between_cities(estimated: pd.DataFrame, wave: str, pool: str) -> pd.DataFrame:
    """Every pair of cities in one wave, per item: samples of different cities are independent."""
    whole = _whole(estimated, wave, pool)[["item", "city", "p", "p_se", "df"]]
    pairs = whole.merge(whole, on="item", suffixes=("_a", "_b"))
    pairs = pairs[pairs["city_a"] < pairs["city_b"]].reset_index(drop=True)
    made = pairs[["item", "city_a", "city_b"]].assign(
        diff=pairs["p_a"] - pairs["p_b"],
        se=np.hypot(pairs["p_se_a"], pairs["p_se_b"]),
        df=pairs["df_a"] + pairs["df_b"],
    )
    return tested(made)


def between_waves(estimated: pd.DataFrame, earlier: str, later: str) -> pd.DataFrame:
    """The change of every place, the pool included, per item: independent samples."""
    answered = (estimated["group_var"] == "all") & (estimated["n"] > 0)
    whole = estimated[answered]
    pair = whole[whole["wave"] == earlier].merge(
        whole[whole["wave"] == later], on=["city", "item"], suffixes=("", "_later")
    )
    made = pd.DataFrame(
        {
            "city": pair["city"],
            "item": pair["item"],
            f"p_{earlier}": pair["p"],
            f"p_{later}": pair["p_later"],
            "diff": pair["p_later"] - pair["p"],
            "se": np.hypot(pair["p_se"], pair["p_se_later"]),
            "df": pair["df"] + pair["df_later"],
        }
    )
    return tested(made.sort_values(["city", "item"], ignore_index=True))


def pool_pairs(estimated: pd.DataFrame, wave: str, pool: str) -> pd.DataFrame:
    """City against the pool of all: what sql/contrast.sql takes."""
    pairs = _whole(estimated, wave, pool)[["wave", "item", "city", "p"]]
    return pairs.assign(
        id=pairs.index, place_a=pairs["city"], place_b=pool, group_var="all", group_a="all", group_b="all"
    )


def from_pool(
    pairs: pd.DataFrame, variances: pd.DataFrame, estimated: pd.DataFrame, pool: str
) -> pd.DataFrame:
    """City minus pool, with the city's part in the pool accounted for."""
    pooled = estimated[estimated["city"] == pool].set_index(["wave", "item"])["p"]
    made = pairs.merge(variances, on="id")
    made["p_city"] = made["p"]
    made["p_pool"] = pooled.reindex(pd.MultiIndex.from_frame(made[["wave", "item"]])).to_numpy()
    made["diff"], made["se"] = made["p_city"] - made["p_pool"], np.sqrt(made["v"])
    columns = ["item", "city", "p_city", "p_pool", "diff", "se", "df", "t", "p", "p_holm", "p_bh"]
    return tested(made.drop(columns="p"))[columns]


def gap_pairs(estimated: pd.DataFrame, wave: str, pool: str, pairs: Sequence[Pair]) -> pd.DataFrame:
    """The two groups of every pair in every city: what sql/contrast.sql takes, with their estimates."""
    groups = estimated[(estimated["wave"] == wave) & (estimated["city"] != pool)]
    parts = []
    for group_var, a, b in pairs:
        own = groups[groups["group_var"] == group_var]
        both = own[own["group"] == a].merge(
            own[own["group"] == b], on=["city", "item"], suffixes=("_a", "_b")
        )
        both = both[both["n_a"] + both["n_b"] > 0]
        parts.append(both.assign(group_var=group_var, wave=wave, place_a=both["city"], place_b=both["city"]))
    if not parts:
        return pd.DataFrame()
    return pd.concat(parts, ignore_index=True).assign(id=lambda rows: rows.index)


def gaps(pairs: pd.DataFrame, variances: pd.DataFrame) -> pd.DataFrame:
    """Rate difference with the covariance of groups that share PSUs, and the ratio on the log scale."""
    made = (
        pairs.drop(columns=["df_a", "df_b"])
        .merge(variances, on="id")
        .rename(columns={"p_se_a": "se_a", "p_se_b": "se_b"})
    )
    smaller = made[["n_a", "n_b"]].min(axis=1).to_numpy(dtype=float)
    numbers = ["p_a", "p_b", "se_a", "se_b", "v", "df"]
    made[numbers] = made[numbers].where(pd.Series(smaller > 0, index=made.index), axis=0)
    made["rd"] = made["p_a"] - made["p_b"]
    made["cov_ab"] = (made["se_a"] ** 2 + made["se_b"] ** 2 - made["v"]) / 2
    se = np.sqrt(np.maximum(made["v"].to_numpy(dtype=float), 0))
    made["rd_se"] = np.where(se < TINY, 0.0, se)
    df = made["df"].to_numpy(dtype=float)
    made["rd_lo"], made["rd_hi"] = symmetric(made["rd"].to_numpy(dtype=float), made["rd_se"].to_numpy(), df)
    with np.errstate(divide="ignore", invalid="ignore"):
        made["rd_p"] = 2 * t.sf(np.abs(made["rd"] / made["rd_se"]), np.where(df > 0, df, np.nan))
        usable = (made["p_a"] > TINY) & (made["p_b"] > TINY)
        made["rr"] = (made["p_a"] / made["p_b"]).where(usable)
        relative = (made["se_a"] / made["p_a"]) ** 2 + (made["se_b"] / made["p_b"]) ** 2
        shared = 2 * made["cov_ab"] / (made["p_a"] * made["p_b"])
        made["log_rr_se"] = np.sqrt((relative - shared).where(usable))
        low, high = symmetric(np.log(made["rr"]).to_numpy(dtype=float), made["log_rr_se"].to_numpy(), df)
    made["rr_lo"], made["rr_hi"] = np.exp(low), np.exp(high)
    made["flag"] = flags(smaller, np.full(len(made), np.inf))
    columns = [
        "city", "item", "group_var", "group_a", "group_b", "n_a", "n_b", "p_a", "p_b", "se_a", "se_b", "cov_ab",
        "rd", "rd_se", "df", "rd_lo", "rd_hi", "rd_p", "rr", "log_rr_se", "rr_lo", "rr_hi", "flag",
    ]  # fmt: skip
    return made[columns]
