"""Waves side by side: which cities answered the same question in a year, how they differ, what changed.

Only samples with the wording most cities have are compared; a difference is told by its own test, never by
whether two intervals overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from etl.methods.ranks import rank_intervals
from etl.methods.survey.comparisons import tested
from etl.surveys.results import WaveResult

Z = 1.96
BETTER = {"satisfaction": 1, "problem": -1, "solved": 1}
"""Aspects with a better end, and whether a high share is it."""
KEY = ["year", "item_id"]
TESTED = ["diff", "se", "df", "low", "high", "p", "p_holm"]


def survey_tables(results: Sequence[WaveResult]) -> dict[str, pd.DataFrame]:
    """mart.survey_* by table name, from every wave of a build."""
    if not results:
        return {}
    every = pd.concat([one.estimates for one in results], ignore_index=True)
    questions = pd.DataFrame(
        [
            (one.wave.wave_id, item.item_id, item.version, item.aspect, one.wave.mode, one.wave.state)
            for one in results
            for item in one.wave.items
        ],
        columns=["wave_id", "item_id", "version", "aspect", "mode", "state"],
    )
    every = every.merge(questions, on=["wave_id", "item_id"])
    every["is_first"] = stands_for_its_city(every)
    whole = every[every["group_var"] == "all"].copy()
    whole["se"] = standard_errors(whole)
    every["is_compared"] = compared(whole).reindex(every.index, fill_value=False)
    family = whole[every["is_compared"][whole.index]]
    every = every.join(ranked(family))
    return {
        "mart.survey_estimate": every,
        "mart.survey_pair": pairs(family),
        "mart.survey_change": changes(whole),
        "mart.survey_gap": _joined([one.gaps for one in results]),
        "mart.survey_inequality": _joined([one.inequality for one in results]),
    }


def _joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()


def stands_for_its_city(every: pd.DataFrame) -> pd.Series:
    """Whether a row is of the wave that stands for the city that year."""
    waves = every[["city_id", "year", "wave_id"]].assign(
        draft=every["state"] == "draft", link=every["mode"] == "open_link"
    )
    first = waves.sort_values(["draft", "link", "wave_id"]).groupby(["city_id", "year"])["wave_id"].first()
    chosen = first.reindex(pd.MultiIndex.from_frame(every[["city_id", "year"]]))
    return pd.Series(chosen.to_numpy() == every["wave_id"].to_numpy(), index=every.index)


def standard_errors(whole: pd.DataFrame) -> pd.Series:
    """The standard error to test with; where everybody or nobody is satisfied it is 0, and the width of the
    Korn-Graubard interval stands in for it, so that no difference is firm for want of variation."""
    width = (whole["share_high"] - whole["share_low"]) / (2 * Z)
    return whole["share_se"].where(whole["interval"] != "korn_graubard", width)


def compared(whole: pd.DataFrame) -> pd.Series:
    """Whether an estimate is in the family of its item and year.

    That is: a published sample, an interval, and the version of the question that most cities have (of two, that of
    the wave declared last).
    """
    usable = (
        (whole["mode"] == "sample") & (whole["state"] == "published") & (whole["se"] > 0) & (whole["df"] > 0)
    )
    counted = whole[usable].groupby([*KEY, "version"], as_index=False)
    cities = counted.agg(cities=("city_id", "nunique"), last=("wave_id", "max"))
    common = cities.sort_values(["cities", "last"]).groupby(KEY).tail(1).set_index(KEY)["version"]
    version = common.reindex(pd.MultiIndex.from_frame(whole[KEY]))
    return usable & pd.Series(whole["version"].to_numpy() == version.to_numpy(), index=whole.index)


def ranked(family: pd.DataFrame) -> pd.DataFrame:
    """rank (1 = best), rank_low, rank_high and rank_of of what has a better end, by the index of `family`."""
    rows = []
    for (_, _, aspect), own in family.groupby([*KEY, "aspect"]):
        if aspect in BETTER and len(own) > 1:
            found = rank_intervals(BETTER[str(aspect)] * own["share"], own["se"])
            rows.append(found.assign(rank_of=len(own)))
    made = pd.concat(rows) if rows else pd.DataFrame(columns=["rank", "holm_lo", "holm_hi", "rank_of"])
    return made.rename(columns={"holm_lo": "rank_low", "holm_hi": "rank_high"})


def pairs(family: pd.DataFrame) -> pd.DataFrame:
    """mart.survey_pair: every two compared cities of an item and year."""
    own = family[[*KEY, "city_id", "share", "se", "df"]]
    both = own.merge(own, on=KEY, suffixes=("_a", "_b"))
    both = both[both["city_id_a"] < both["city_id_b"]]
    made = both[KEY].assign(
        city_a=both["city_id_a"],
        city_b=both["city_id_b"],
        diff=both["share_a"] - both["share_b"],
        se=np.hypot(both["se_a"], both["se_b"]),
        df=both["df_a"] + both["df_b"],
    )
    return _in_families(made)


def changes(whole: pd.DataFrame) -> pd.DataFrame:
    """mart.survey_change: every published sample held against the city's newest earlier one."""
    samples = whole[(whole["mode"] == "sample") & (whole["state"] == "published")]
    before = samples.merge(
        samples[["city_id", "year", "item_id", "version", "share", "se", "df"]],
        on=["city_id", "item_id"],
        suffixes=("", "_before"),
    )
    before = before[before["year_before"] < before["year"]].sort_values("year_before")
    newest = before.groupby(["city_id", "year", "item_id"]).tail(1)
    made = samples[["city_id", "year", "item_id"]].merge(
        newest.drop(columns=["wave_id"]), on=["city_id", "year", "item_id"], how="left"
    )
    made["earlier_year"] = made["year_before"]
    made["diff"] = made["share"] - made["share_before"]
    made["se"] = np.hypot(made["se"], made["se_before"])
    made["df"] = made["df"] + made["df_before"]
    usable = (made["se"] > 0) & (made["df"] > 0)
    made["status"] = np.select(
        [made["year_before"].isna(), made["version"] != made["version_before"], ~usable],
        ["no_earlier_wave", "other_question", "not_comparable"],
        default="measured",
    )
    made.loc[made["status"] != "measured", ["diff", "se", "df"]] = np.nan
    made = _in_families(made)
    return made[["city_id", "year", "item_id", "status", "earlier_year", *TESTED]]


def _in_families(made: pd.DataFrame) -> pd.DataFrame:
    """`made` (diff, se, df) with its interval and p values; a family is an item in a year."""
    family = made["year"].astype(str) + "/" + made["item_id"].astype(str)
    found = tested(made[["diff", "se", "df"]].assign(item=family))
    return made.assign(low=found["lo"], high=found["hi"], p=found["p"], p_holm=found["p_holm"])
