"""Who was asked where, with which weight and from which sampling unit; a design column is never made up in silence.

Without a weight every respondent counts as 1, without strata there is one, `all`, and without PSUs each
respondent is their own: that is simple random sampling, and the report says which columns were missing.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from etl.readers.microdata import Microdata
from etl.survey_entries import Wave
from etl.surveys.cells import codes, numbers
from etl.surveys.report import SurveyReport, Weights

MOST_RANGE = 100
"""A weight this many times another one: a handful of interviews decides a share."""
UNEVEN = 2.0
"""From this design effect of the weights on, a reader should know: half of the interviews count for nothing."""


def design_columns(data: Microdata, wave: Wave, report: SurveyReport) -> pd.DataFrame:
    """wave, city, stratum, psu, stratum_psu_total, respondent_id, weight: a row a respondent."""
    frame, design = data.frame, wave.design
    made = pd.DataFrame({"wave": wave.wave_id, "city": cities(data, wave, report)}, index=frame.index)
    respondent = filled(frame[wave.respondent], report)
    made["stratum"] = filled(frame[design.stratum], report) if design.stratum else "all"
    made["psu"] = filled(frame[design.psu], report) if design.psu else respondent
    made["stratum_psu_total"] = np.nan
    made["respondent_id"] = respondent
    made["weight"] = weights(data, wave, report) if design.weight else 1.0
    if design.psu_total:
        made["stratum_psu_total"] = totals(data, wave, made, report)
    named = {
        "weight": design.weight,
        "stratum": design.stratum,
        "psu": design.psu,
        "psu_total": design.psu_total,
    }
    report.design = tuple(name for name, column in named.items() if column)
    if wave.mode == "sample":
        for name in ("weight", "stratum", "psu"):
            if named[name] is None:
                report.warn(f"survey_no_{name}", None)
    return made


def cities(data: Microdata, wave: Wave, report: SurveyReport) -> pd.Series | str:
    """The city of every respondent, or the one of all."""
    if wave.city_column is None:
        return str(wave.city_id)
    given = codes(data.frame[wave.city_column.column])
    found = given.map({each.code: each.city_id for each in wave.city_column.codes})
    report.list_values("survey_city_undeclared", given[found.isna()], is_fault=True)
    return found


def filled(column: pd.Series, report: SurveyReport) -> pd.Series:
    """The codes of a column that may not be empty."""
    found = codes(column)
    if empty := int((found == "").sum()):
        report.fault("survey_empty", str(column.name), empty)
        report.count("survey_empty", empty)
    return found


def weights(data: Microdata, wave: Wave, report: SurveyReport) -> pd.Series:
    """The weights; an empty one stays empty (its row is dropped in cleaning), a negative one is a fault."""
    column = data.frame[wave.design.weight or ""]
    found, unreadable = numbers(column, wave.number_format)
    report.list_values("survey_not_number", unreadable, is_fault=True)
    usable = np.isfinite(found) & (found >= 0)
    report.list_values("survey_weight_wrong", found[found.notna() & ~usable], is_fault=True)
    counted, missing = found[usable], int(column.isna().sum())
    with np.errstate(over="ignore", under="ignore"):
        total, square = float(counted.sum()), float((counted**2).sum())
    if total <= 0:
        report.fault("survey_no_weights", str(column.name))
        return found
    if not np.isfinite(square) or square <= 0:
        report.fault("survey_weights_extreme", str(column.name), f"{counted.max():g}")
        return found
    effect = float(len(counted) * square / total**2)
    zero = int((counted == 0).sum())
    report.weights = Weights(float(counted.min()), float(counted.max()), zero, missing, effect)
    report.count("survey_weight_missing", missing)
    report.count("survey_weight_zero", zero)
    smallest = float(counted[counted > 0].min())
    if counted.max() > MOST_RANGE * smallest:
        report.warn("survey_weights_wide", str(column.name), f"{counted.max() / smallest:.0f}")
    if missing:
        report.warn("survey_weight_missing", str(column.name), missing)
    if effect >= UNEVEN:
        report.warn("survey_weights_uneven", str(column.name), f"{effect:.2f}")
    return found


def totals(data: Microdata, wave: Wave, made: pd.DataFrame, report: SurveyReport) -> pd.Series:
    """The number of PSUs in each stratum's population: one number a stratum, not fewer than were sampled."""
    column = data.frame[wave.design.psu_total or ""]
    found, unreadable = numbers(column, wave.number_format)
    report.list_values("survey_not_number", unreadable, is_fault=True)
    strata = made.assign(total=found).groupby(["city", "stratum"], dropna=False)
    summary = strata.agg(least=("total", "min"), most=("total", "max"), sampled=("psu", "nunique"))
    for (city, stratum), least, most, sampled in summary.itertuples():
        if least != most and not (np.isnan(least) and np.isnan(most)):
            report.fault("survey_total_varies", str(column.name), f"{city} / {stratum}")
        elif most < sampled:
            report.fault(
                "survey_total_small",
                str(column.name),
                f"{most:g}",
                spot=f"{city} / {stratum}",
                sampled=sampled,
            )
    return found
