"""Respondents' groups as categories a wave declares; a code that no category has refuses the file."""

from __future__ import annotations

import pandas as pd

from etl.readers.microdata import Microdata
from etl.survey_entries import Group
from etl.surveys.cells import codes, number
from etl.surveys.report import SurveyReport


def categories(data: Microdata, group: Group, report: SurveyReport) -> pd.Series:
    """The category of every respondent, None where it is not stated."""
    given = codes(data.frame[group.column])
    category = {code: category_of(code, group) for code in given.unique()}
    found = given.map(category)
    silent = given.isin(["", *group.not_stated])
    report.count("survey_not_stated", int(silent.sum()))
    report.list_values("survey_group_undeclared", given[found.isna() & ~silent], is_fault=True)
    return found.astype(object).where(found.notna() & ~silent, None)


def category_of(code: str, group: Group) -> str | None:
    """The category that has `code`, by name or by range."""
    for one in group.categories:
        if code in one.codes:
            return one.category_id
        if one.lowest is None or one.highest is None:
            continue
        value = number(code, "plain")
        if value is not None and one.lowest <= value <= one.highest:
            return one.category_id
    return None
