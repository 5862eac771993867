"""Answers held against their declared scale; a value the scale does not know is listed and counted, always."""

from __future__ import annotations

import pandas as pd

from etl.readers.microdata import Microdata, spelled
from etl.survey_entries import Item, Scale, Wave
from etl.surveys.cells import codes
from etl.surveys.report import SurveyReport

MOST_UNDECLARED = 0.05
"""More undeclared values than this are not slips of the pen: the file is on another scale than declared."""


def answers(data: Microdata, wave: Wave, item: Item, report: SurveyReport) -> pd.Series:
    """The item's answers as numbers: points of the scale and no-opinion codes as declared, else NaN."""
    scale = wave.scale_of(item)
    given = codes(data.frame[item.column])
    points = [str(point) for point in range(scale.lowest, scale.highest + 1)]
    silent = [str(code) for code in scale.no_opinion]
    undeclared = given[~given.isin([*points, *silent, *scale.refused, ""])]
    judge_undeclared(undeclared, int(given.isin(points).sum()), scale, report)
    report.count("survey_refused", int(given.isin(scale.refused).sum()))
    compare_labels(data, item, scale, report)
    valid = given.where(given.isin([*points, *silent]), "")
    asked = pd.Series(True, index=given.index)
    if item.asked is not None:
        asked = codes(data.frame[item.asked.column]).isin(item.asked.codes)
        if strays := int((~asked & (valid != "")).sum()):
            report.warn("survey_not_asked", item.column, strays, asked=item.asked.column)
            report.count("survey_not_asked", strays)
        valid = valid.where(asked, "")
    answered, without = int(valid.isin(points).sum()), int(valid.isin(silent).sum())
    report.answered[item.item_id] = answered
    report.no_opinion[item.item_id] = share(without, answered + without)
    report.blank[item.item_id] = share(int((asked & (valid == "")).sum()), int(asked.sum()))
    if answered == 0:
        report.warn("survey_no_answers", item.column)
    return pd.to_numeric(valid.replace("", None)).astype(float)


def judge_undeclared(values: pd.Series, answered: int, scale: Scale, report: SurveyReport) -> None:
    """List what the scale does not declare; it refuses the file unless the scale lets a few of it go empty."""
    spread = {"low": scale.lowest, "high": scale.highest}
    if share(len(values), len(values) + answered) > MOST_UNDECLARED:
        report.fault("survey_other_scale", str(values.name), len(values), **spread)
    is_fault = scale.undeclared == "refuse"
    report.list_values("survey_undeclared" if is_fault else "survey_emptied", values, is_fault, **spread)


def compare_labels(data: Microdata, item: Item, scale: Scale, report: SurveyReport) -> None:
    """Warn where the file's own labels describe other codes than are declared."""
    labels = {spelled(code): text for code, text in data.value_labels.get(item.column, {}).items()}
    points = [str(point) for point in range(scale.lowest, scale.highest + 1)]
    known = [*points, *map(str, scale.no_opinion), *scale.refused]
    for code, text in labels.items():
        if code not in known:
            report.warn("survey_label_undeclared", item.column, code, label=text)
    labelled = [point for point in points if point in labels]
    if labelled and labelled[-1] != points[-1]:
        report.warn(
            "survey_label_short", item.column, labelled[-1], label=labels[labelled[-1]], high=scale.highest
        )


def share(part: int, whole: int) -> float:
    """`part` of `whole` from 0 to 1; 0 of nothing."""
    return part / whole if whole else 0.0
