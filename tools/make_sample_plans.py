"""Writes the made-up strategic plans of data/sample and data/sample_faulty, in the format municipalities send.

Files are the same value for value on every run. Some plans have what auditors find in real ones: no unit, no
definition, weights that do not add up, a goal without objectives, no reason for a deviation.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from make_sample_budgets import DATA, Sheet, name_of, stem_of, write_csv, write_workbook
from sample_budget import MARK

from etl import registry
from etl.registry import Registry

WORDS = Path(__file__).with_name("sample_plan_words.yml")
FIXED = (
    "Kent", "Plan dönemi", "Amaç kodu", "Amaç", "Hedef kodu", "Hedef", "Hizmet", "Gösterge kodu", "Gösterge", "Tanım",
    "Birim", "Tür", "Yön", "Başlangıç değeri", "Hedefe etkisi (%)", "Tolerans (%)", "Sorumlu birim",
)  # fmt: skip
OLD, NEW, LENGTH = 2020, 2025, 5
MIDYEAR = "2026-06"
# By position in the roster: who sends the finished plan, who the running one, who as csv, whose file is faulty.
HAVE_OLD = (1, 2, 3, 4, 7, 9, 10, 13, 14, 16, 17)
HAVE_NEW = (1, 2, 3, 7, 10, 11, 12, 13, 15, 17, 19, 20)
AS_CSV = (16, 20)
FAULTY = 6
LINT_IN = {
    1: "vague",
    3: "weights",
    4: "empty_goal",
    10: "no_baseline",
    13: "weights",
    17: "empty_objective",
    19: "vague",
}
SAID = 0.7
"""How often a deviation comes with its reason."""
MISSING = 0.08
"""How often a year's value is not reported."""


@dataclass(frozen=True)
class Shape:
    """A plan to be drawn: whose, from which year, which years have values."""

    position: int
    name: str
    first: int
    last_value: int
    has_midyear: bool

    @property
    def years(self) -> range:
        """The years of the plan."""
        return range(self.first, self.first + LENGTH)

    def header(self) -> list[str]:
        """The columns of the file."""
        across = [
            f"{what} {year}" for year in self.years for what in ("Hedef", "Gerçekleşme", "Sapma nedeni")
        ]
        return [*FIXED, *across, *([f"Gerçekleşme {MIDYEAR}"] if self.has_midyear else [])]


def plan_rows(shape: Shape, words: dict[str, Any]) -> Iterator[list[object]]:
    """The rows of a plan's file, one an indicator; a goal or an objective without any has a row of its own."""
    rng = np.random.default_rng([shape.position, shape.first])
    lint = LINT_IN.get(shape.position)
    head = [shape.name, f"{shape.first}-{shape.first + LENGTH - 1}"]
    empty = [""] * (len(shape.header()) - len(FIXED))
    for g, goal in enumerate(words["goals"], start=1):
        for o, objective in enumerate(goal["objectives"], start=1):
            if rng.random() < 0.1:
                continue
            node = [f"A{g}", goal["text"], f"H{g}.{o}", objective["text"], objective.get("service", "")]
            weights = _weights(len(objective["indicators"]), rng, is_wrong=lint == "weights" and g == 1)
            for i, (weight, one) in enumerate(zip(weights, objective["indicators"], strict=True), start=1):
                fixed, values = _indicator(shape, one, rng, words["reasons"])
                row = [
                    *head,
                    *node,
                    f"PG{g}.{o}.{i}",
                    *fixed,
                    weight,
                    one.get("tolerance", ""),
                    objective["unit"] + MARK,
                    *values,
                ]
                yield _with_lint(row, lint, g, o, i, words)
    last = len(words["goals"]) + 1
    if lint == "empty_goal":
        yield [*head, f"A{last}", words["without_objective"], *[""] * 13, *empty]
    if lint == "empty_objective":
        node = [f"A{last}", words["without_objective"], f"H{last}.1", words["without_indicator"]]
        yield [*head, *node, *[""] * 11, *empty]


def _weights(count: int, rng: np.random.Generator, *, is_wrong: bool) -> list[int]:
    drawn = rng.dirichlet([4.0] * count) * 20
    weights = [max(1, round(share)) * 5 for share in drawn]
    weights[0] += 100 - sum(weights) - (10 if is_wrong else 0)
    return weights


def _indicator(
    shape: Shape, one: dict[str, Any], rng: np.random.Generator, reasons: Sequence[str]
) -> tuple[list[object], list[object]]:
    """What stands in the fixed columns from the text to the baseline, and in those of the years."""
    start, step = rng.uniform(*one["start"]), rng.uniform(*one["step"])
    is_flow, digits = one.get("kind") == "yıllık akış", 1 if abs(step) < 50 else 0
    will, values = rng.normal(0.92, 0.22), list[object]()
    running = start
    for n, year in enumerate(shape.years, start=1):
        target = start + n * step
        goes = step * max(-0.3, will + rng.normal(0, 0.25)) if step else rng.normal(0.2, 1.4)
        running += goes
        actual = goes if is_flow else running
        is_told = year <= shape.last_value and rng.random() > MISSING
        short = abs(running - start) < abs(target - start) * 0.999
        reason = str(rng.choice(list(reasons))) if is_told and short and rng.random() < SAID else ""
        values += [round(target, digits), round(actual, digits) if is_told else "", reason]
    if shape.has_midyear:
        goes = step * rng.uniform(0.2, 0.62)
        reached = values[3 * (shape.last_value - shape.first) + 1]
        before = reached if isinstance(reached, float) and not is_flow else 0.0 if is_flow else start
        values.append(round(before + goes, digits))
    kind = one.get("kind", "düzey")
    direction = "" if kind == "koruma" else one.get("direction", "artış")
    return [one["text"], one["definition"], one["unit"], kind, direction, round(start, digits)], values


def _with_lint(
    row: list[object], lint: str | None, g: int, o: int, i: int, words: dict[str, Any]
) -> list[object]:
    """The row with what auditors find, where this plan is to have it."""
    at = {name: place for place, name in enumerate(FIXED)}
    if lint == "vague" and (o, i) == (1, 1) and g in (1, 4):
        row[at["Gösterge"]], row[at["Tanım"]] = words["vague"], ""
    if lint == "vague" and (g, i) == (2, 2):
        row[at["Birim"]] = ""
    if lint == "no_baseline" and (g, o, i) in ((1, 1, 2), (3, 1, 1)):
        row[at["Başlangıç değeri"]] = ""
    return row


def plan(known: Registry, position: int, first: int, words: dict[str, Any]) -> Sheet:
    """One plan of the municipality at a position of the roster."""
    last_value = first + LENGTH - 1 if first == OLD else first
    shape = Shape(position, name_of(known, position), first, last_value, first == NEW and position % 4 != 0)
    return Sheet(f"plan_{stem_of(known, position)}_{first}", [shape.header()], list(plan_rows(shape, words)))


def faulty(known: Registry, words: dict[str, Any]) -> Sheet:
    """Years as text, a code twice, a weight in words, an unknown service, a wrong period: as plans are often typed."""
    made = plan(known, FAULTY, NEW, words)
    header = [name.replace(f"Hedef {NEW}", f"Hedef {NEW} yılı") for name in made.header[0]]
    rows = [list(row) for row in made.rows]
    rows[1][7] = rows[0][7]
    rows[2][14] = "yüzde otuz"
    rows[3][6] = "temizlk"
    rows[4][1] = "2025-29"
    return Sheet(made.stem, [header], rows)


def main() -> None:
    """Write every sample plan, the faulty one into its own folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=DATA)
    folder = parser.parse_args().out
    sample, wrong = folder / "sample", folder / "sample_faulty"
    for place in (sample, wrong):
        place.mkdir(parents=True, exist_ok=True)
    known, words = registry.load(), yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    for first, senders in ((OLD, HAVE_OLD), (NEW, HAVE_NEW)):
        for position in senders:
            sheet = plan(known, position, first, words)
            if position in AS_CSV:
                write_csv(sheet, sample / f"{sheet.stem}.csv")
            else:
                write_workbook(sheet, sample / f"{sheet.stem}.xlsx", "Plan")
    bad = faulty(known, words)
    write_workbook(bad, wrong / f"{bad.stem}.xlsx", "Plan")
    for path in sorted([*sample.glob("plan_*"), *wrong.glob("plan_*")]):
        print(f"{path.parent.name}/{path.name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
