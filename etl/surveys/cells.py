"""Columns of a survey file as codes and as numbers; a cell that is neither is kept to be told, never dropped."""

from __future__ import annotations

import pandas as pd

from etl.numbers import NotANumber, parse_number
from etl.readers.microdata import spelled


def codes(column: pd.Series) -> pd.Series:
    """The codes as they are spelled in a registry (`1`, `1.5`, `K`), empty where there is none."""
    spelling = {value: spelled(value) for value in column.dropna().unique()}
    return column.map(spelling).astype(object).fillna("")


def numbers(column: pd.Series, number_format: str) -> tuple[pd.Series, pd.Series]:
    """The numbers of a column (NaN where a cell is empty), and the cells that are none."""
    if pd.api.types.is_numeric_dtype(column):
        return column.astype(float), column.iloc[:0].astype(object)
    read = {value: number(value, number_format) for value in column.dropna().unique()}
    values = column.map(read).astype(float)
    return values, column[values.isna() & column.notna() & (codes(column) != "")]


def number(cell: object, number_format: str) -> float | None:
    """The number in one cell, None where there is none."""
    if isinstance(cell, int | float):
        return float(cell)
    try:
        return parse_number(str(cell), number_format).value
    except NotANumber:
        return None
