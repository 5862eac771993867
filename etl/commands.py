"""What the commands build, check and status do; an expected failure is one sentence, never a traceback."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from etl import build as building
from etl import intake, status
from etl.bulk.judging import Room
from etl.errors import ChecksFailed, Fault, FaultyInput, KarneError, Sentence, sentence
from etl.forms import empty_form
from etl.layout_match import told_layout
from etl.manifest import TOLD, Delivery, SurveyDelivery, delivery_of
from etl.plans.told import told_of_plan
from etl.registry import declared_wave, load
from etl.sources.observation import Submission
from etl.sources.plan import PlanRow, PlanValue
from etl.survey_entries import Wave
from etl.surveys.results import WaveResult, wave_result
from etl.surveys.shape import load_wave

OK, REFUSED = 0, 2
LARGE_DEFF = 5.0
"""From this design effect of a share on, four of five interviews say nothing new: the sample is too clustered."""


@dataclass(frozen=True)
class Console:
    """Where a command speaks, in one language; ``write`` takes a line."""

    lang: str
    write: Callable[[str], None]

    def say(self, told: Sentence) -> None:
        """One sentence."""
        self.write(told.in_language(self.lang))

    def list_faults(self, faults: Iterable[Fault]) -> None:
        """One line a fault: file, sheet, row and column as far as known, the sentence, the rule."""
        for fault in faults:
            row = sentence("spot_row", row=fault.row).in_language(self.lang) if fault.row else None
            spot = " · ".join(part for part in (fault.file, fault.sheet, row, fault.column) if part)
            self.write(f"{spot}: {fault.in_language(self.lang)} [{fault.rule}]")


def run(given: argparse.Namespace, write: Callable[[str], None]) -> int:
    """Run the command in ``given``; 0, or 2 with a sentence for whatever can be expected to go wrong."""
    verbs = {"build": build, "check": check, "status": show_status, "template": template}
    console = Console(given.lang, write)
    try:
        return verbs[given.command](given, console)
    except FaultyInput as error:
        console.list_faults(error.faults)
        console.say(error.sentence)
    except ChecksFailed as error:
        for broken in error.broken:
            console.say(broken)
        console.say(error.sentence)
    except KarneError as error:
        console.say(error.sentence)
    except PermissionError as error:
        console.say(sentence("no_permission", value=error.filename))
    return REFUSED


def build(given: argparse.Namespace, console: Console) -> int:
    """Build and publish; without --with-rejects any fault leaves the old generation in service."""
    request = building.Request(
        data=tuple(given.data),
        registry=given.registry,
        var=given.var,
        as_of=given.as_of or datetime.now(UTC).date(),
        received_from=given.received_from,
        with_rejects=given.with_rejects,
        may_shrink=given.may_shrink,
    )
    built = building.build(request, console.say)
    console.list_faults(built.faults)
    console.say(sentence("built", release=built.release_id, warehouse=built.warehouse, public=built.release))
    return OK


def check(given: argparse.Namespace, console: Console) -> int:
    """Hold one file against its layout and tell every fault."""
    registry = load(given.registry)
    if given.wave:
        return check_survey(given, declared_wave(given.wave, registry), console)
    delivery = None if given.layout else delivery_of(given.file, registry)
    if isinstance(delivery, SurveyDelivery):
        return check_survey(given, delivery.wave, console)
    if delivery is None:
        delivery = Delivery(
            given.file, told_layout(given.file, given.layout), Submission(given.file.stem, source_id="")
        )
    judged = intake.judge(told_besides(delivery, given), registry, room=Room(say=console.say))
    if judged.staged:
        judged.staged.close()
    layout = judged.delivery.layout
    faults, title = judged.report.faults, Sentence(layout.title_tr, layout.title_en)
    for note in judged.report.notes:
        console.say(note)
    console.list_faults(faults)
    if any(isinstance(row, PlanRow) for row in judged.found):
        rows, values = (intake.frame_of(judged, grain) for grain in (PlanRow, PlanValue))
        for finding in told_of_plan(rows, values, registry.plan_rules):
            console.say(finding)
    told = {"file": given.file.name, "layout": title, "rows": judged.report.rows_read, "count": len(faults)}
    console.say(sentence("check_faulty" if faults else "check_clean", **told))
    return REFUSED if faults else OK


def told_besides(delivery: Delivery, given: argparse.Namespace) -> Delivery:
    """The delivery with what the command says of the file itself."""
    told = {key: value for key in TOLD if (value := getattr(given, key)) is not None}
    layout = replace(delivery.layout, number_format=given.numbers) if given.numbers else delivery.layout
    return Delivery(delivery.path, layout, replace(delivery.submission, **told))


def check_survey(given: argparse.Namespace, wave: Wave, console: Console) -> int:
    """Hold a survey's microdata against its wave: warnings, counts by rule, weights, answers by item, faults, and
    what an estimation would make of it."""
    survey = load_wave(given.file, wave)
    report = survey.report
    console.list_faults(report.warnings)
    for rule, count in report.counts.items():
        console.say(sentence("survey_count", name=rule, count=count))
    if weights := report.weights:
        shown = {name: _decimal(getattr(weights, name)) for name in ("lowest", "highest", "design_effect")}
        console.say(sentence("survey_weights", zero=weights.zero, missing=weights.missing, **shown))
    for item, answered in report.answered.items():
        none, blank = _decimal(100 * report.no_opinion[item]), _decimal(100 * report.blank[item])
        console.say(sentence("survey_item", item=item, answered=answered, no_opinion=none, blank=blank))
    console.list_faults(report.faults)
    if survey.frame is not None:
        tell_estimates(wave_result(survey.frame, wave), console)
    title = Sentence(wave.title_tr, wave.title_en)
    told = {"file": given.file.name, "layout": title, "rows": report.rows, "count": len(report.faults)}
    console.say(sentence("check_faulty" if report.is_refused else "check_clean", **told))
    return REFUSED if report.is_refused else OK


def tell_estimates(result: WaveResult, console: Console) -> None:
    """What cleaning took, how many cells would be hidden or uncertain, and the design effects, large ones by name."""
    for rule, count in result.rules.items():
        if rule.startswith("n_") and rule not in ("n_raw", "n_clean") and count:
            console.say(sentence("survey_cleaned", name=rule.removeprefix("n_"), count=count))
    states = result.estimates["status"].value_counts()
    hidden, imprecise = (int(states.get(name, 0)) for name in ("suppressed", "low_reliability"))
    console.say(sentence("survey_cells", cells=len(result.estimates), hidden=hidden, imprecise=imprecise))
    whole = result.estimates[result.estimates["group_var"] == "all"].dropna(subset="deff")
    if whole.empty:
        return
    middle, most = (_decimal(float(value)) for value in (whole["deff"].median(), whole["deff"].max()))
    console.say(sentence("survey_deff", middle=middle, most=most))
    for city, item, effect in whole.loc[
        whole["deff"] > LARGE_DEFF, ["city_id", "item_id", "deff"]
    ].itertuples(index=False):
        console.say(sentence("survey_deff_large", city=city, item=item, value=_decimal(effect)))


def template(given: argparse.Namespace, console: Console) -> int:
    """Write an empty form for what a municipality hands in; a file that is there stays as it is."""
    content = empty_form(given.kind, load(given.registry), given.lang, given.period)
    try:
        with given.out.open("xb") as form:
            form.write(content)
    except FileExistsError:
        console.say(sentence("template_exists", path=given.out))
        return REFUSED
    except FileNotFoundError:
        console.say(sentence("template_no_folder", path=given.out.parent))
        return REFUSED
    console.say(sentence("template_written", path=given.out))
    return OK


def _decimal(value: float) -> Sentence:
    """At most two places, with the decimal sign of each language."""
    text = f"{round(value, 2):g}"
    return Sentence(text.replace(".", ","), text)


def show_status(given: argparse.Namespace, console: Console) -> int:
    """Say what is in service, which files stand behind it and what is late."""
    for told in status.lines(given.var):
        console.say(told)
    return OK
