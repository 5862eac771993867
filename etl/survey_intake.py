"""Receives survey files: ledger, reader, wave, verdict; a survey is used whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from etl.errors import Fault, FaultyInput
from etl.intake import Intake
from etl.ledger import Entry
from etl.manifest import SurveyDelivery
from etl.methods.survey.estimates import FEW
from etl.survey_entries import Wave
from etl.surveys.report import SurveyReport
from etl.surveys.shape import Survey, load_wave


@dataclass(frozen=True)
class ReceivedSurvey:
    """A survey file held against its wave, and its receipt; the survey's frame is None where it was refused."""

    entry: Entry
    wave: Wave
    survey: Survey

    @property
    def faults(self) -> list[Fault]:
        """What refuses the file."""
        return self.survey.report.faults

    @property
    def frame(self) -> pd.DataFrame:
        """The interviews of a survey that was not refused."""
        assert self.survey.frame is not None  # noqa: S101 - usable() lets nothing else through
        return self.survey.frame


def receive_surveys(desk: Intake, deliveries: Sequence[SurveyDelivery]) -> list[ReceivedSurvey]:
    """Judge every file, then every file against the others, and write each verdict into the ledger."""
    judged = [(one, judge(one)) for one in deliveries]
    report_shared_rounds([survey for _, survey in judged], [one.wave for one in deliveries])
    return [enter(desk, delivery, survey) for delivery, survey in judged]


def judge(delivery: SurveyDelivery) -> Survey:
    """One file as its wave; never raises for what is wrong inside the file."""
    try:
        survey = load_wave(delivery.path, delivery.wave)
        report_small_cities(survey)
        return survey
    except FaultyInput as error:
        report = SurveyReport(
            delivery.path.name, delivery.wave.sheet, delivery.wave.wave_id, 0, list(error.faults)
        )
        return Survey(None, report)


def report_small_cities(survey: Survey) -> None:
    """Report a city with fewer interviews than any figure needs: the wave's total would tell them."""
    if survey.frame is not None:
        for city, count in survey.frame["city"].value_counts().items():
            if count < FEW:
                survey.report.fault("survey_city_few", None, city, count=count, least=FEW)


def enter(desk: Intake, delivery: SurveyDelivery, survey: Survey) -> ReceivedSurvey:
    """Keep the file and its verdict."""
    read = survey.report.rows
    verdict, rejected = ("rejected", read) if survey.report.is_refused else ("accepted", 0)
    entry = desk.receipt(delivery.path, delivery.name, survey.report.encoding, verdict, (read, rejected))
    return ReceivedSurvey(entry, delivery.wave, survey)


def report_shared_rounds(surveys: Sequence[Survey], waves: Sequence[Wave]) -> None:
    """Report, in the later file, a city that two waves of one kind have in one year: which would stand for it?"""
    owner: dict[tuple[str, int, str], str] = {}
    seen: set[str] = set()
    for survey, wave in zip(surveys, waves, strict=True):
        if wave.wave_id in seen:
            survey.report.fault("survey_wave_twice", None, wave.wave_id)
            continue
        seen.add(wave.wave_id)
        if survey.frame is None:
            continue
        for city in sorted(survey.frame["city"].unique()):
            first = owner.setdefault((city, wave.year, wave.mode), wave.wave_id)
            if first != wave.wave_id:
                survey.report.fault("survey_city_twice", None, city, first=first, year=wave.year)


def with_earlier_editions(
    desk: Intake, deliveries: Sequence[SurveyDelivery], received: Sequence[ReceivedSurvey]
) -> list[ReceivedSurvey]:
    """The received surveys and, for each one refused, its last accepted edition where it still fits the wave."""
    made = list(received)
    for delivery, one in zip(deliveries, received, strict=True):
        if one.entry.is_accepted:
            continue
        for entry in reversed(desk.ledger.editions(delivery.name)):
            if entry.is_accepted and entry.file_id != one.entry.file_id:
                kept = replace(delivery, path=desk.ledger.path_of(entry.file_id))
                made.append(ReceivedSurvey(entry, delivery.wave, judge(kept)))
                break
    # An edition taken back may hold a city that another wave has by now.
    fit = usable(made)
    report_shared_rounds([one.survey for one in fit], [one.wave for one in fit])
    return made


def usable(received: Sequence[ReceivedSurvey]) -> list[ReceivedSurvey]:
    """Those that may be estimated from."""
    return [one for one in received if one.survey.frame is not None and not one.faults]


def respondents(received: Sequence[ReceivedSurvey]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """staging.survey_respondent and staging.survey_answer of the usable surveys."""
    people, answers = [], []
    for one in usable(received):
        frame, wave = one.frame, one.wave
        numbered = frame.assign(line=range(2, len(frame) + 2), wave_id=wave.wave_id)
        groups = [group.group_id for group in wave.groups]
        stated = [
            {name: value for name, value in zip(groups, row, strict=True) if value is not None}
            for row in frame[groups].itertuples(index=False, name=None)
        ]
        renamed = numbered.rename(columns={"city": "city_id", "stratum_psu_total": "psu_total"})
        own = renamed[["wave_id", "line", "city_id", "stratum", "psu", "psu_total", "weight"]].copy()
        own["names"] = pd.Series([list(row) for row in stated], index=own.index, dtype=object)
        own["codes"] = pd.Series([list(row.values()) for row in stated], index=own.index, dtype=object)
        people.append(own)
        long = numbered.melt(["wave_id", "line"], [item.item_id for item in wave.items], "item_id", "code")
        answers.append(long.dropna(subset="code").astype({"code": int}))
    if not people:
        return pd.DataFrame(), pd.DataFrame()
    return pd.concat(people, ignore_index=True), pd.concat(answers, ignore_index=True)


def lineage(received: Sequence[ReceivedSurvey], first: int) -> pd.DataFrame:
    """meta.lineage rows, one a survey from the id `first` on: a file and the method that was run on it."""
    return pd.DataFrame(
        [
            {
                "lineage_id": first + place,
                "kind": "computed",
                "file_id": one.entry.file_id,
                "sheet": one.survey.report.sheet,
                "method": "survey_estimate",
            }
            for place, one in enumerate(received)
        ]
    )


def found_in(one: ReceivedSurvey, used: int, lineage_id: int) -> dict[str, object]:
    """The columns of mart.dim_wave that the file tells, not the wave's declaration."""
    weights = one.survey.report.weights
    return {
        "interviews": one.survey.report.rows,
        "used": used,
        "weight_lowest": weights.lowest if weights else None,
        "weight_highest": weights.highest if weights else None,
        "weight_effect": weights.design_effect if weights else None,
        "lineage_id": lineage_id,
    }
