"""What may be shown of a cell: confidential cells are hidden, and a second one where they could be worked out."""

from collections.abc import Hashable

import pandas as pd

CATEGORIES = ["wave", "city", "item", "group_var"]
CROSS = "*"
"""Between the two groupings, and the two categories, of a crossed cell."""
PRIMARY, SECONDARY = "suppressed", "suppressed_complementary"


def shown(estimated: pd.DataFrame) -> pd.DataFrame:
    """wave, city, group_var, group, item, n, shown: the display state of every cell of a grouping.

    Where exactly one category with answers is suppressed, its n is the total's minus its siblings': the sibling
    with the fewest answers (ties: by code) is hidden too, as `suppressed_complementary`. Crossed groupings are
    held against both of their margins.
    """
    cells = estimated[estimated["group_var"] != "all"].copy()
    cells["shown"] = cells["flag"]
    hidden = cells["flag"].eq(PRIMARY).groupby([cells[key] for key in CATEGORIES]).transform("sum")
    crossed = cells["group_var"].str.contains(CROSS, regex=False)
    open_cells = cells[(hidden == 1) & (cells["flag"] != PRIMARY) & (cells["n"] > 0) & ~crossed]
    second = open_cells.sort_values(["n", "group"], kind="stable").groupby(CATEGORIES).head(1)
    cells.loc[second.index, "shown"] = SECONDARY
    if crossed.any():
        margins = cells[~crossed].set_index([*CATEGORIES, "group"])["shown"].str.startswith(PRIMARY).to_dict()
        for _, table in cells[crossed].groupby(CATEGORIES):
            cells.loc[cells.index.isin(_second_of_table(table, margins)), "shown"] = SECONDARY
    return cells[["wave", "city", "group_var", "group", "item", "n", "shown"]]


def _second_of_table(table: pd.DataFrame, margins: dict[Hashable, bool]) -> list[int]:
    """The rows of one crossed table to hide beside those of its small cells.

    A line whose own total is hidden is hidden whole: its cells would add up to it. In any other line no cell
    may be the only hidden one, or the line's total minus the others would give it away.
    """
    *place, group_var = table[CATEGORIES].iloc[0]
    filled = table[table["n"] > 0].sort_values(["n", "group"], kind="stable")
    hidden = set(filled.index[filled["flag"] == PRIMARY])
    lines = []
    for variable, categories in zip(
        group_var.split(CROSS), zip(*filled["group"].str.split(CROSS), strict=True), strict=True
    ):
        for category in dict.fromkeys(categories):
            line = [row for row, own in zip(filled.index, categories, strict=True) if own == category]
            if margins.get((*place, variable, category), False):
                hidden.update(line)
            lines.append(line)
    settled = False
    while not settled:
        settled = True
        for line in lines:
            rest = [row for row in line if row not in hidden]
            if len(line) - len(rest) == 1 and rest:
                hidden.add(rest[0])
                settled = False
    return [row for row in hidden if table.at[row, "flag"] != PRIMARY]
