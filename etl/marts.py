"""Which SQL fills which table, in what order, and the frames it reads beside the warehouse's own tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.registry import Registry
from etl.registry_entries import Indicator

CONTRACT = Path(__file__).resolve().parents[1] / "warehouse.duckdb.sql"
FOLDER = Path(__file__).with_name("sql")
STAGING = ("staging/observation", "staging/published_index", "staging/country_sum")
CLASSED = "staging/classed_spending"
SPENDING_ROWS = (CLASSED, "mart/spending_row")
SPENDING = (
    "staging/budget_scope",
    "mart/fact_spending",
    "mart/spending_total",
    "mart/price_level",
    "mart/city_population",
    "staging/finance_part",
    "mart/finance_indicator",
    "staging/finance_value",
    "staging/budget_arrival",
)
MARTS = (
    "staging/index_value",
    "staging/ranked",
    "mart/fact_value",
    "mart/reference_value",
    "mart/coverage",
    "meta/lineage",
)
SURVEYS = ("staging/survey_respondent", "staging/survey_answer")
# What can stand behind a figure that no cell of a file holds.
METHODS = ("composite_minmax", "sum_of_provinces", "reference_average", "no_observation", "finance_ratio")


def schema() -> str:
    """The contract, as text."""
    return CONTRACT.read_text(encoding="utf-8")


def sql(name: str) -> str:
    """The statement in ``sql/<name>.sql``."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def source_lineage(observed: pd.DataFrame) -> pd.DataFrame:
    """meta.lineage rows of received cells."""
    return observed[["lineage_id", "source_id", "file_id", "sheet", "row_number", "column_name"]].assign(
        kind="source"
    )


def inputs(registry: Registry, observed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The frames the SQL names: incoming, expected_period, next_period and method_lineage."""
    indicators = list(registry.indicators.values())
    first_free = len(observed) + 1
    methods = [(one.indicator_id, method) for one in indicators for method in METHODS]
    return {
        "incoming": observed,
        "expected_period": expected_periods(indicators),
        "next_period": periods([(one, period) for one in indicators if (period := next_period(one))]),
        "method_lineage": pd.DataFrame(methods, columns=["indicator_id", "method"]).assign(
            lineage_id=range(first_free, first_free + len(methods))
        ),
    }


def first_file_lineage(registry: Registry, observed: pd.DataFrame) -> int:
    """The first lineage_id that neither a received cell nor a method of `inputs` has."""
    return len(observed) + 1 + len(registry.indicators) * len(METHODS)


def expected_periods(indicators: list[Indicator]) -> pd.DataFrame:
    """Every period an indicator may have a figure for, and whether monitoring asks for it (is_owed)."""
    pairs = [(one, period) for one in indicators for period in one.periods]
    is_owed = [one.owed == "every_period" or period == one.periods[-1] for one, period in pairs]
    return periods(pairs).assign(is_owed=is_owed)


def periods(pairs: list[tuple[Indicator, str]]) -> pd.DataFrame:
    """indicator_id, period and its year."""
    return pd.DataFrame(
        [(one.indicator_id, period, int(period[:4])) for one, period in pairs],
        columns=["indicator_id", "period", "year"],
    )


def next_period(indicator: Indicator) -> str | None:
    """The year after the last expected one, where a further yearly edition is announced.

    Before the first edition (no `last_update`) the announced one is that of the expected period itself.
    """
    announced = indicator.cadence == "yearly" and indicator.next_update is not None
    if not announced or indicator.last_update is None:
        return None
    return str(int(indicator.periods[-1][:4]) + 1)
