"""What may be shown of a cell: confidential cells are hidden, and a second one where they could be worked out."""

import pandas as pd

CATEGORIES = ["wave", "city", "item", "group_var"]


def shown(estimated: pd.DataFrame) -> pd.DataFrame:
    """wave, city, group_var, group, item, n, shown: the display state of every cell of a grouping.

    Where exactly one category with answers is suppressed, its n is the total's minus its siblings': the sibling
    with the fewest answers (ties: by code) is hidden too, as `suppressed_complementary`.
    """
    cells = estimated[estimated["group_var"] != "all"].copy()
    cells["shown"] = cells["flag"]
    hidden = cells["flag"].eq("suppressed").groupby([cells[key] for key in CATEGORIES]).transform("sum")
    open_cells = cells[(hidden == 1) & (cells["flag"] != "suppressed") & (cells["n"] > 0)]
    second = open_cells.sort_values(["n", "group"], kind="stable").groupby(CATEGORIES).head(1)
    cells.loc[second.index, "shown"] = "suppressed_complementary"
    return cells[["wave", "city", "group_var", "group", "item", "n", "shown"]]
