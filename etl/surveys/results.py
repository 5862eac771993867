"""One survey wave estimated for the warehouse: every city, item and group, with what may be shown of it.

A suppressed cell keeps nothing: what is worked out from it is suppressed as well.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.errors import Fault, FaultyInput, Where
from etl.methods.survey import comparisons, inequality
from etl.methods.survey.engine import POOL, Engine
from etl.methods.survey.estimates import LOW_DF, SOME, TINY, estimates
from etl.methods.survey.suppression import PRIMARY, SECONDARY, published
from etl.survey_entries import Wave
from etl.surveys.calibration import margins_of
from etl.surveys.recode import ANY, EMPTY, item_names, recoded, reference_pairs

WIDE, NARROW, RELATIVE = 0.30, 0.05, 1.30
"""A share is imprecise with a Korn-Graubard interval this wide, or wider than NARROW and RELATIVE of the share."""
SCORED = ("satisfaction", "importance")
"""Aspects asked on a scale, whose mean says something; a yes or no has a share only."""
RATED = ("satisfaction",)
PLACE = ["city", "item"]


@dataclass(frozen=True)
class WaveResult:
    """Estimates, gaps and income gradients of one wave, a row as the tables mart.survey_* have it less the family's
    columns, and how many interviews each cleaning rule took."""

    wave: Wave
    estimates: pd.DataFrame
    gaps: pd.DataFrame
    inequality: pd.DataFrame
    rules: dict[str, int]


def wave_result(frame: pd.DataFrame, wave: Wave) -> WaveResult:
    """Estimate the shaped table `frame` of `wave` (surveys.shape.Survey.frame)."""
    items = item_names(wave)
    with Engine(margins_of(wave)) as engine:
        engine.load(recoded(frame, wave))
        engine.moments(ANY, EMPTY)
        raw = estimates(engine.run("estimate"))
        raw = raw[raw["city"] != POOL].reset_index(drop=True)
        if raw.empty:
            raise FaultyInput([Fault.at(Where(wave.wave_id), "survey_nothing_left", wave.wave_id)])
        told = with_states(raw, wave)
        counted = engine.run("quality")
        gaps = gradients = pd.DataFrame()
        if wave.mode == "sample":
            gaps = _gaps(engine, raw, told, wave)
            gradients = _gradients(engine, told, wave)
    told, gaps, gradients = (_named(one, items, wave) for one in (told, gaps, gradients))
    rules = dict(zip(counted["measure"], counted["value"].astype(int), strict=True))
    return WaveResult(wave, told, gaps, gradients, rules)


def _named(table: pd.DataFrame, items: dict[str, str], wave: Wave) -> pd.DataFrame:
    """The table with ids instead of the estimator's names, and the wave's own columns."""
    if table.empty:
        return table
    named = table.assign(item_id=table["item"].map(items), wave_id=wave.wave_id, year=wave.year)
    return named.rename(columns={"city": "city_id"}).assign(is_synthetic=wave.is_synthetic)


def named_items(wave: Wave, aspects: tuple[str, ...]) -> set[str]:
    """The estimator's names of the items about these aspects."""
    return {name for name, item in zip(item_names(wave), wave.items, strict=True) if item.aspect in aspects}


def with_states(raw: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """`raw` in the columns of mart.survey_estimate with status and reason; hidden cells emptied."""
    made = raw.rename(
        columns={
            "group": "group_id", "p": "share", "p_se": "share_se", "p_lo": "share_low", "p_hi": "share_high",
            "mean_lo": "mean_low", "mean_hi": "mean_high", "p_deff": "deff", "p_neff": "n_effective",
        }
    )  # fmt: skip
    made["reason"] = reasons(raw, wave)
    made["status"] = made["reason"].map(STATUS)
    made.loc[~made["item"].isin(named_items(wave, SCORED)), MEANS] = np.nan
    made["interval"] = (
        raw["p_ci_method"].map({"logit": "logit", "kg_boundary": "korn_graubard"}).fillna("none")
    )
    flat = (made["share_se"] == 0) & (made["interval"] == "logit")
    made.loc[flat, ["share_low", "share_high", "deff"]] = np.nan
    made.loc[flat, "interval"] = "none"
    if wave.mode == "open_link":
        # Who answers an open link is no sample: there is a figure, and no telling how far it is from the city's.
        made[[*ERRORS, "df", "n_psu"]] = np.nan
        made["interval"] = "none"
    made.loc[made["status"] == "suppressed", COUNTS + SHARES] = np.nan
    made.loc[made["status"] == "suppressed", "interval"] = "none"
    # Who has no opinion is counted only beside answers: alone, the count would be the size of a small group.
    made.loc[made["status"] == "not_collected", [*SHARES, "n_no_opinion", "sum_w"]] = np.nan
    return made


STATUS = {
    "": "measured",
    "few_answers": "low_reliability", "few_units": "low_reliability", "wide_interval": "low_reliability",
    "open_link": "low_reliability",
    "small_group": "suppressed", "protects_another": "suppressed",
    "nobody_answered": "not_collected",
}  # fmt: skip
COUNTS = ["n", "n_no_opinion", "sum_w", "n_psu", "df"]
MEANS = ["mean", "mean_se", "mean_low", "mean_high"]
ERRORS = ["mean_se", "mean_low", "mean_high", "share_se", "share_low", "share_high", "deff", "n_effective"]
SHARES = ["share", "mean", *ERRORS]


def reasons(raw: pd.DataFrame, wave: Wave) -> pd.Series:
    """Why a cell is not simply shown: confidential first, then imprecise, the plainest reason of each."""
    width = (raw["p_hi_kg"] - raw["p_lo_kg"]).to_numpy(dtype=float)
    share = raw["p"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        wide = (width >= WIDE) | ((width > NARROW) & (width > RELATIVE * share))
    states = published(raw)
    n, df = raw["n"].to_numpy(dtype=float), raw["df"].to_numpy(dtype=float)
    # Units that agree to the last digit leave no variation to judge by; at 0 and 1 the interval is another one.
    flat = (raw["p_se"] == 0) & (raw["p_ci_method"] == "logit")
    found = np.select(
        [
            states == "no_data", states == PRIMARY, states == SECONDARY,
            np.full(len(raw), wave.mode == "open_link"), n < SOME, ~(df >= LOW_DF) | flat, wide,
        ],
        [
            "nobody_answered", "small_group", "protects_another", "open_link", "few_answers", "few_units",
            "wide_interval",
        ],
        default="",
    )  # fmt: skip
    return pd.Series(found, index=raw.index)


def _worst(*sides: pd.Series) -> np.ndarray:
    """The status of what is worked out from cells of these statuses."""
    order = ("suppressed", "not_collected", "low_reliability")
    return np.select(
        [np.any([side == one for side in sides], axis=0) for one in order], order, default="measured"
    )


def _gaps(engine: Engine, raw: pd.DataFrame, told: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Satisfied shares of a category minus those of its reference, in every city."""
    kept = raw[raw["item"].isin(named_items(wave, RATED))]
    sides = comparisons.gap_pairs(kept, wave.wave_id, POOL, reference_pairs(wave))
    if sides.empty:
        return sides
    made = comparisons.gaps(sides, engine.contrasts(sides))
    status = told.set_index(["city", "item", "group_var", "group_id"])["status"]
    both = [
        status.reindex(pd.MultiIndex.from_frame(made[[*PLACE, "group_var", side]])).reset_index(drop=True)
        for side in ("group_a", "group_b")
    ]
    made = made.rename(
        columns={
            "group_a": "group_id", "group_b": "reference_id", "rd": "diff", "rd_se": "se", "rd_lo": "low",
            "rd_hi": "high", "rr": "ratio", "rr_lo": "ratio_low", "rr_hi": "ratio_high", "rd_p": "p",
        }
    )  # fmt: skip
    made["status"] = _worst(*both)
    # Without degrees of freedom, or with everybody of one mind on both sides, there is a difference and no test.
    tested = made["p"].notna() & made["low"].notna() & (made["se"] > 0)
    made.loc[~tested & made["status"].isin(["measured", "low_reliability"]), "status"] = "not_collected"
    numbers = ["diff", "se", "df", "low", "high", "ratio", "ratio_low", "ratio_high", "p"]
    made.loc[made["status"].isin(["suppressed", "not_collected"]), numbers] = np.nan
    # One family: all the gaps of a city, since the reader sees them in one matrix.
    made["p_holm"] = made.groupby("city")["p"].transform(comparisons.holm)
    return made


def _gradients(engine: Engine, told: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """The income gradient of every satisfaction item where the wave has income bands, hidden where a band is."""
    bands = next((group.categories for group in wave.groups if group.group_id == inequality.ORDERED), ())
    if len(bands) < inequality.FEWEST_BANDS:
        return pd.DataFrame()
    names = tuple(band.category_id for band in bands)
    moments = engine.run("moments", wave=wave.wave_id, group_var=inequality.ORDERED)
    made = inequality.gradients(
        moments[moments["item"].isin(named_items(wave, RATED))],
        engine.run("strata", wave=wave.wave_id),
        names,
    )
    if made.empty:
        return made
    low, high, p = inequality.slope_test(made)
    made = made.assign(sii_low=low, sii_high=high, sii_p=p, concentration=made["conc_index"])
    of_bands = told[told["group_var"] == inequality.ORDERED]
    hidden = of_bands[of_bands["status"] == "suppressed"].groupby(PLACE).size()
    is_hidden = pd.MultiIndex.from_frame(made[PLACE]).isin(hidden.index)
    # Where everybody is of one mind there is no slope to test.
    without = made["sii_p"].isna() | ~(made["sii_se"] > TINY)
    made["status"] = np.select([is_hidden, without], ["suppressed", "not_collected"], "measured")
    numbers = [
        "sii", "sii_se", "sii_low", "sii_high", "sii_p", "concentration", "erreygers", "wagstaff", "max_min_gap",
    ]  # fmt: skip
    made.loc[is_hidden | without, numbers] = np.nan
    made["sii_p_holm"] = made.groupby("city")["sii_p"].transform(comparisons.holm)
    return made[[*PLACE, "status", *numbers, "sii_p_holm"]]
