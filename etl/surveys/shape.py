"""A survey file and its wave become one table, a row a respondent; all faults of the file are told together.

Nothing is rescaled, matched by likeness or dropped: duplicate and unweighted rows are the estimator's to clean.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.readers.microdata import Microdata, open_microdata
from etl.survey_entries import Wave
from etl.surveys.design import design_columns
from etl.surveys.groups import categories
from etl.surveys.items import answers
from etl.surveys.report import SurveyReport


@dataclass(frozen=True)
class Survey:
    """A file held against its wave; `frame` is None when the report refuses it.

    Columns of `frame`: wave, city, stratum, psu, stratum_psu_total, respondent_id, weight, then one a grouping
    (category ids, None where not stated) and one an item (codes as float, NaN where there is no answer).
    """

    frame: pd.DataFrame | None
    report: SurveyReport


def load_wave(path: Path, wave: Wave) -> Survey:
    """The survey file at `path` as `wave` declares it; raises UnreadableFile where it cannot be read at all."""
    return shaped(open_microdata(path, encoding=wave.encoding, sheet=wave.sheet), wave)


def shaped(data: Microdata, wave: Wave) -> Survey:
    """`data` in the layout that is estimated from."""
    report = SurveyReport.of(data, wave)
    if missing := [name for name in used_columns(wave) if name not in data.frame]:
        for name in missing:
            close = difflib.get_close_matches(name, [str(one) for one in data.frame], 1)
            report.fault("survey_column_missing", name, name, nearest=close[0] if close else "-")
        return Survey(None, report)
    columns = {
        **design_columns(data, wave, report),
        **{group.group_id: categories(data, group, report) for group in wave.groups},
        **{item.item_id: answers(data, wave, item, report) for item in wave.items},
    }
    return Survey(None if report.is_refused else pd.DataFrame(columns), report)


def used_columns(wave: Wave) -> list[str]:
    """Every column of the file that the wave names, once."""
    design = wave.design
    named = [
        wave.respondent,
        wave.city_column.column if wave.city_column else None,
        *(design.weight, design.stratum, design.psu, design.psu_total),
        *(group.column for group in wave.groups),
        *(item.column for item in wave.items),
        *(item.asked.column for item in wave.items if item.asked),
    ]
    return list(dict.fromkeys(name for name in named if name is not None))
