"""One plan in one year as the warehouse has it, and how each target stands; every block of the page starts here.

A target that cannot be measured has no band, whatever its numbers are; a value within the year has a pace, not a band.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard import numbers
from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.frame import Column, Row, filed
from dashboard.page import SourceLine
from dashboard.plan_catalog import Plan
from dashboard.state_plan import STANDINGS
from dashboard.text import Words

YEAR_END = 12
MOST_DECIMALS = 6
LOW_TARGET = 150.0
"""From this percentage on the target may have been set low."""
PERCENT_UNITS = frozenset({"%", "yüzde"})
PACES = {"reached": "full", "on_track": "on_track", "behind": "behind"}


@dataclass(frozen=True)
class PlanYear:
    """Indicators in the order of the plan with the values of `year`, roll-ups and findings by (level, node)."""

    plan: Plan
    year: int
    indicators: Sequence[Row]
    rollups: Mapping[tuple[str, str], Row]
    findings: Mapping[tuple[str, str], Sequence[Row]]

    def blocking(self, level: str, node_id: str) -> list[str]:
        """The rules for which a node cannot be measured."""
        return [row["rule"] for row in self.findings.get((level, node_id), ()) if row["is_blocking"]]

    def remarks(self, level: str, node_id: str) -> list[str]:
        """The other rules it breaks."""
        return [row["rule"] for row in self.findings.get((level, node_id), ()) if not row["is_blocking"]]


def plan_year(data: Data, plan: Plan, year: int) -> PlanYear:
    """Read one year of a plan."""
    findings: dict[tuple[str, str], list[Row]] = {}
    for row in data.rows("plan_findings", plan_id=plan.plan_id, year=year):
        findings.setdefault((row["level"], row["node_id"]), []).append(row)
    rollups = data.rows("plan_rollups", plan_id=plan.plan_id)
    return PlanYear(
        plan=plan,
        year=year,
        indicators=data.rows("plan_indicators", plan_id=plan.plan_id, year=year),
        rollups={(row["level"], row["node_id"]): row for row in rollups if row["year"] == year},
        findings=findings,
    )


def standing(row: Row) -> str:
    """How an indicator stands in its year: a key of STANDINGS."""
    if row["is_measurable"] is False:
        return "unmeasurable"
    if is_within_year(row):
        return PACES.get(row["pace"], "mid")
    return row["band"] or "none"


def node_standing(rolled: Row | None, within: int) -> str:
    """How a goal, an objective or the plan stands; `within`: how many values of before the year's end are below it."""
    if rolled is None or (rolled["display"] == "insufficient" and not rolled["coverage"]):
        return "mid" if within else "none"
    return str(rolled["display"])


def is_within_year(row: Row) -> bool:
    """Whether the newest value is one of before the year's end."""
    return row["month"] is not None and row["month"] < YEAR_END


def why(found: PlanYear, row: Row, words: Words) -> str:
    """What must be said beside how an indicator stands: the reason, or what it is held against."""
    key = standing(row)
    if key == "unmeasurable":
        rules = found.blocking("indicator", row["indicator_id"])
        return ", ".join(words(f"plan.short_{rule}") for rule in rules)
    if is_within_year(row):
        return pace_text(row, words)
    return words(f"plan.state_{row['status']}") if key == "none" and row["status"] else ""


def listed(rules: Iterable[str], words: Words) -> str:
    """Findings in words, one after the other."""
    return "; ".join(words(f"plan.rule_{rule}") for rule in rules)


def counted(counts: Mapping[str, int], words: Words) -> str:
    """5 ulaşıldı, 3 kısmen, 2 veri yok."""
    return ", ".join(f"{counts[key]} {words(f'plan.is_{key}')}" for key in STANDINGS if counts.get(key))


def pace_text(row: Row, words: Words) -> str:
    """Which month, how much of the way to the year's target is done, how much was to be expected."""
    month = numbers.loose_day(f"{row['year']}-{row['month']:02d}", words.lang)
    if row["path_share"] is None or row["expected_share"] is None:
        return words("plan.month_end", month=month)
    return words(
        "plan.pace", month=month, done=numbers.realised(row["path_share"], words.lang),
        expected=numbers.realised(row["expected_share"], words.lang),
    )  # fmt: skip


def perf_note(row: Row, words: Words) -> str:
    """What a percentage outside of 0 to 100 means."""
    raw = row["perf_raw"]
    if raw is None or (raw >= 0 and not row["is_over"]):
        return ""
    value = numbers.realised(raw, words.lang)
    if raw < 0:
        return words("plan.below_start", value=value)
    over = words("plan.over", value=value)
    return f"{over}; {words('plan.low_target')}" if raw > LOW_TARGET else over


def decimals_of(row: Row) -> int:
    """Decimals that A, B and C of a row need: two at most, or as many as keep a value from being shown as zero."""
    known = [row[key] for key in ("baseline", "target", "value_used", "actual") if row[key] is not None]
    return max((_decimals(value) for value in known), default=0)


def _decimals(value: float) -> int:
    places = next(places for places in (0, 1, 2) if round(value, 2) == round(value, places))
    while value and not round(value, places) and places < MOST_DECIMALS:
        places += 1
    return places


def value_text(value: float | None, decimals: int, symbol: str, words: Words) -> str:
    """A, B or C as a reader sees it."""
    return "–" if value is None else numbers.with_unit(value, decimals, symbol, words.lang)


def symbol_of(row: Row) -> str:
    """The per cent sign where the plan counts in per cent; every other unit stands beside the name."""
    return "%" if (row["unit"] or "").strip().lower() in PERCENT_UNITS else ""


def source_of(catalog: Catalog, plan: Plan, words: Words) -> str:
    """Whose plan it is, as the source line says it."""
    source = catalog.sources.get(plan.source_id or "")
    given = words.of(source, "short") if source else ""
    return " · ".join(part for part in (given, plan.file_name or "") if part)


def plan_source(catalog: Catalog, plan: Plan, period: str, words: Words) -> SourceLine:
    """The quiet line under a block about one plan."""
    return SourceLine(
        text=source_of(catalog, plan, words),
        level=words("level.municipality"),
        period=period,
        release=catalog.release.release_id,
        synthetic=plan.is_synthetic,
    )


def stamp_of(catalog: Catalog, plan: Plan | None, words: Words) -> Row:
    """What every row of a file says of its plan: whose it is, on what terms, whether made up, of which release."""
    source = catalog.sources.get(plan.source_id or "") if plan else None
    return {
        "source": words.of(source, "citation") if source else "",
        "licence": words.of(source, "licence") if source else "",
        "file_name": (plan.file_name or "") if plan else "",
        "is_synthetic": bool(plan and plan.is_synthetic),
        "release": catalog.release.release_id,
    }


def stamp_columns(words: Words) -> tuple[Column, ...]:
    """The columns of stamp_of."""
    return (
        filed("source", words("columns.source")),
        filed("licence", words("columns.licence")),
        filed("file_name", words("plan.file_file")),
        filed("is_synthetic", words("columns.synthetic")),
        filed("release", words("columns.release")),
    )


def place_of(catalog: Catalog, plan: Plan, year: int, words: Words) -> dict[str, Any]:
    """What every row of a file says of the city, its plan and the year."""
    return {
        "city_id": plan.city_id,
        "city": words.of(catalog.cities[plan.city_id], "name"),
        "plan_id": plan.plan_id,
        "plan_period": plan.period,
        "period": str(year),
    }


def place_columns(words: Words) -> tuple[Column, ...]:
    """The columns of place_of."""
    return (
        filed("city_id", words("columns.place_id")),
        filed("city", words("columns.place")),
        filed("plan_id", words("plan.file_plan_id")),
        filed("plan_period", words("plan.file_plan_period")),
        filed("period", words("columns.period")),
    )
