"""`karne method NAME INPUT.csv --out DIR`: run one method on a file, so that anyone can repeat a figure.

A method joins by one entry in METHODS; it raises FaultyInput for bad input and never prints.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from etl.errors import Fault, FaultyInput, Sentence
from etl.methods import composite_files, finance_files, kpi_files
from etl.methods.survey import files as survey_files
from etl.methods.tables import sentence
from etl.surveys import estimate

LONGEST_VALUE = 60
METHODS: dict[str, Callable[[Path, Path], list[Sentence]]] = {
    "composite": composite_files.run,
    "survey": survey_files.run,
    "ranks": survey_files.run_ranks,
    "kpi": kpi_files.run,
    "finance": finance_files.run,
}


class _UsageError(Exception):
    """The command line itself is wrong."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(argv: list[str]) -> int:
    """Run `argv` (what follows `karne method`); returns 0, or 2 when anything given is not usable."""
    try:
        given = _parser().parse_args(argv)
        if given.wave and given.method != "survey":
            raise _UsageError("--wave: survey")
    except _UsageError as error:
        # Which language was wanted is not known either.
        usage = sentence("usage", reason=error, methods="|".join(METHODS))
        sys.stderr.write(f"{usage.tr}\n{usage.en}\n")
        return 2
    try:
        if given.wave:
            said = estimate.run(given.input, given.wave, given.out)
        else:
            said = METHODS[given.method](given.input, given.out)
    except FaultyInput as faulty:
        sys.stderr.write(report(faulty.faults, given.lang) + "\n")
        return 2
    except OSError as error:
        failure = sentence("cannot_write", path=given.out, reason=error.strerror)
        sys.stderr.write(failure.in_language(given.lang) + "\n")
        return 2
    sys.stdout.writelines(line.in_language(given.lang) + "\n" for line in said)
    return 0


def _parser() -> _Parser:
    parser = _Parser(
        prog="karne method",
        description="Bir yöntemi bir dosyada çalıştırır. / Runs a method on a file. docs/methods/",
    )
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("input", type=Path, metavar="INPUT.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--wave", type=Path, metavar="WAVE.yml", help="survey")
    parser.add_argument("--lang", choices=("tr", "en"), default="tr")
    return parser


def report(faults: list[Fault], lang: str) -> str:
    """A line that counts the faults, then each on its own line with file, row, column, value and rule."""
    lines = [_line(fault, lang) for fault in faults]
    return "\n".join([sentence("faults_found", count=len(faults)).in_language(lang), *lines])


def _line(fault: Fault, lang: str) -> str:
    place = [fault.file]
    if fault.row is not None:
        place.append(sentence("row", row=fault.row).in_language(lang))
    if fault.column is not None:
        place.append(sentence("column", column=fault.column).in_language(lang))
    if fault.value is not None:
        place.append(repr(fault.value[:LONGEST_VALUE]))
    return f"{', '.join(place)}: {fault.in_language(lang)} [{fault.rule}]"
