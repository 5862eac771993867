"""Results and the one table they are printed in; a result without a budget informs and never fails."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured quantity. `measured` and `budget` are in `unit`; at most the budget is ok."""

    measure: str
    measured: float
    budget: float | None = None
    unit: str = ""
    note: str = ""

    @property
    def verdict(self) -> str:
        """`ok`, `NOT ok`, or a dash where nothing was promised."""
        if self.budget is None:
            return "–"
        return "ok" if self.measured <= self.budget else "NOT ok"


def ratio(measure: str, measured: float, reference: float, budget: float, unit: str = "ms") -> Result:
    """`measured` over `reference`, with both in the note."""
    note = f"{measured:.0f} {unit} / {reference:.0f} {unit}"
    return Result(measure, measured / reference, budget, "×", note)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 100) * len(ordered) // 100) - 1))]


def table(results: Sequence[Result]) -> str:
    """The results as a Markdown table with columns as wide as they need."""
    rows = [("measure", "budget", "measured", "", "detail")]
    rows += [
        (one.measure, _text(one.budget, one.unit), _text(one.measured, one.unit), one.verdict, one.note)
        for one in results
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in [lines[0], rule, *lines[1:]])


def _text(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    shown = f"{value:.2f}" if unit in ("×", "s") else f"{value:.0f}"
    return f"{shown} {unit}".strip()
