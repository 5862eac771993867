"""What the commands build, check and status do; an expected failure is one sentence, never a traceback."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from etl import build as building
from etl import intake, status
from etl.errors import ChecksFailed, Fault, FaultyInput, KarneError, Sentence, sentence
from etl.layout_match import told_layout
from etl.manifest import Delivery
from etl.registry import load
from etl.sources.observation import Submission

OK, REFUSED = 0, 2
Print = Callable[[str], None]


def run(given: argparse.Namespace, write: Print) -> int:
    """Run the command in ``given``; 0, or 2 with a sentence for everything that can be expected to go wrong."""
    verbs = {"build": build, "check": check, "status": show_status}

    def say(told: Sentence) -> None:
        write(told.in_language(given.lang))

    try:
        return verbs[given.command](given, say, write)
    except FaultyInput as error:
        write_faults(error.faults, given.lang, write)
        say(error.sentence)
    except ChecksFailed as error:
        for broken in error.broken:
            say(broken)
        say(error.sentence)
    except KarneError as error:
        say(error.sentence)
    except PermissionError as error:
        say(sentence("no_permission", value=error.filename))
    return REFUSED


def build(given: argparse.Namespace, say: Callable[[Sentence], None], write: Print) -> int:
    """Build and publish; without --with-rejects any fault leaves the old generation in service."""
    request = building.Request(
        data=tuple(given.data), registry=given.registry, var=given.var,
        as_of=given.as_of or datetime.now(UTC).date(), received_from=given.received_from,
        with_rejects=given.with_rejects,
    )
    built = building.build(request, say)
    write_faults(built.faults, given.lang, write)
    say(sentence("built", release=built.release_id, warehouse=built.warehouse, public=built.release))
    return OK


def check(given: argparse.Namespace, say: Callable[[Sentence], None], write: Print) -> int:
    """Hold one file against its layout and write every fault."""
    registry = load(given.registry)
    layout = told_layout(given.file, given.layout)
    submission = Submission(name=given.file.stem, source_id="", period=given.period)
    judged = intake.judge(Delivery(given.file, layout, submission), registry)
    write_faults(judged.report.faults, given.lang, write)
    title = Sentence(layout.title_tr, layout.title_en)
    counts = {"file": given.file.name, "layout": title, "rows": judged.report.rows_read}
    if judged.report.faults:
        say(sentence("check_faulty", **counts, count=len(judged.report.faults)))
        return REFUSED
    say(sentence("check_clean", **counts, count=len(judged.observations)))
    return OK


def show_status(given: argparse.Namespace, say: Callable[[Sentence], None], write: Print) -> int:
    """Say what is in service, which files stand behind it and what is late."""
    for told in status.lines(given.var):
        say(told)
    return OK


def write_faults(faults: Iterable[Fault], lang: str, write: Print) -> None:
    """One line a fault: file, sheet, row and column as far as known, then the sentence."""
    for fault in faults:
        write(f"{spot(fault, lang)}: {fault.in_language(lang)} [{fault.rule}]")


def spot(fault: Fault, lang: str) -> str:
    """Where a fault is, in words a spreadsheet user knows."""
    row = sentence("spot_row", row=fault.row).in_language(lang) if fault.row else None
    return " · ".join(part for part in (fault.file, fault.sheet, row, fault.column) if part)
