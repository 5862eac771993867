"""Public spending made comparable: real, per head, held against both budgets, as shares and as growth.

The basis of an amount is part of its name, and a sum with a hole is no sum: nothing here stands for a missing
figure. Rules: docs/methods/finance.md.
"""

import pandas as pd

CITY_YEAR = ["city", "year"]
AMOUNTS = ["initial_budget", "final_budget", "realised"]
COLUMNS = [*CITY_YEAR, "cofog", *AMOUNTS, "population", "cpi"]
TOTAL = "TOTAL"
MEASURES = [
    "real",
    "pc_nominal",
    "pc_real",
    "exec_rate_initial",
    "exec_rate_final",
    "share",
    "real_growth",
]


def real(nominal: pd.Series, cpi: pd.Series, base_cpi: float) -> pd.Series:
    """Amounts at the prices of the base year: nominal · CPI_base / CPI_year; NaN without a deflator."""
    return nominal * base_cpi / cpi.where(cpi > 0)


def per_head(amount: pd.Series, population: pd.Series) -> pd.Series:
    """Amounts divided by the people of the same year."""
    return amount / population.where(population > 0)


def execution(outturn: pd.Series, budget: pd.Series) -> pd.Series:
    """Per cent of a budget that was spent, above 100 as it is; NaN where there was no budget."""
    return 100.0 * outturn / budget.where(budget > 0)


def base_cpi_of(frame: pd.DataFrame, base_year: int) -> float:
    """The price index of a year, NaN where no row of that year has one."""
    return float(frame["cpi"].where(frame["year"] == base_year).max())


def latest_deflated(frame: pd.DataFrame) -> int:
    """The last year with a price index; the last year at all where none has one."""
    known = frame["year"][frame["cpi"].notna()]
    return int((frame["year"] if known.empty else known).max())


def measured(frame: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """city, year, cofog and MEASURES: every row of `frame` and a row TOTAL per city and year.

    `frame` has COLUMNS: one row per city, year and division, amounts in the money of the year, a price index
    per year on any base. `real` and `pc_real` are at the prices of `base_year`; rates, share (of the TOTAL)
    and real_growth (over the year before) are per cent. Cities stand as they come, their divisions by code
    and TOTAL last, each by year. Raises ValueError when a city, year and division stands twice.
    """
    if frame.duplicated([*CITY_YEAR, "cofog"]).any():
        raise ValueError("a city, year and division stands twice")
    both = pd.concat([frame[COLUMNS], totals(frame)], ignore_index=True)
    both = both.iloc[_order(both)].reset_index(drop=True)
    both["real"] = real(both["realised"], both["cpi"], base_cpi_of(frame, base_year))
    whole = both["realised"].where(both["cofog"] == TOTAL).groupby([both[name] for name in CITY_YEAR])
    return both[[*CITY_YEAR, "cofog"]].assign(
        real=both["real"],
        pc_nominal=per_head(both["realised"], both["population"]),
        pc_real=per_head(both["real"], both["population"]),
        exec_rate_initial=execution(both["realised"], both["initial_budget"]),
        exec_rate_final=execution(both["realised"], both["final_budget"]),
        share=execution(both["realised"], whole.transform("max")),
        real_growth=_growth(both),
    )


def totals(frame: pd.DataFrame) -> pd.DataFrame:
    """A row TOTAL per city and year with COLUMNS: sums that are NaN where any division lacks the amount.

    The divisions of a city are all it has in any year: one without a row in a year is missing in that year.
    Population and price index are those of the city and year, known from any of its rows.
    """
    groups = frame.groupby(CITY_YEAR)
    made = groups.agg({**dict.fromkeys(AMOUNTS, "sum"), "population": "max", "cpi": "max"}).reset_index()
    divisions = frame.groupby("city")["cofog"].nunique()
    counted = groups[AMOUNTS].count().reset_index(drop=True)
    made[AMOUNTS] = made[AMOUNTS].where(counted.eq(made["city"].map(divisions), axis=0))
    return made.assign(cofog=TOTAL)[COLUMNS]


def _growth(frame: pd.DataFrame) -> pd.Series:
    """Per cent over the row of the year before; a gap in the years is no year before."""
    keys = [frame["city"], frame["cofog"]]
    before = frame["real"].groupby(keys).shift()
    follows = frame["year"].groupby(keys).diff() == 1
    return 100.0 * (frame["real"] / before.where(follows & (before > 0)) - 1.0)


def _order(frame: pd.DataFrame) -> pd.Index:
    place = frame.groupby("city", sort=False).ngroup()
    keys = pd.DataFrame({"place": place, "is_total": frame["cofog"] == TOTAL})
    keys = keys.assign(cofog=frame["cofog"], year=frame["year"])
    return keys.sort_values(list(keys.columns)).index
