"""What may be shown of a cell: confidential cells are hidden, and others from which they could be worked out."""

import pandas as pd

from etl.methods.survey.estimates import FEW

CATEGORIES = ["wave", "city", "item", "group_var"]
CROSS = "*"
"""Between the two groupings, and the two categories, of a crossed cell."""
PRIMARY, SECONDARY = "suppressed", "suppressed_complementary"


def shown(estimated: pd.DataFrame) -> pd.DataFrame:
    """wave, city, group_var, group, item, n, shown: the display state of every cell of a grouping.

    Where exactly one category with answers is suppressed, its n is the total's minus its siblings': the sibling
    with the fewest answers (ties: by code) is hidden too, as `suppressed_complementary`.
    """
    cells = estimated[estimated["group_var"] != "all"].copy()
    cells["shown"] = cells["flag"]
    hidden = cells["flag"].eq(PRIMARY).groupby([cells[key] for key in CATEGORIES]).transform("sum")
    open_cells = cells[(hidden == 1) & (cells["flag"] != PRIMARY) & (cells["n"] > 0)]
    second = open_cells.sort_values(["n", "group"], kind="stable").groupby(CATEGORIES).head(1)
    cells.loc[second.index, "shown"] = SECONDARY
    return cells[["wave", "city", "group_var", "group", "item", "n", "shown"]]


def published(estimated: pd.DataFrame) -> pd.Series:
    """The state of every cell as it may be published, by the index of `estimated`; stricter than `shown`.

    The hidden categories of a grouping must have ten answers together, since a total minus what is shown tells
    their union: siblings are hidden, the fewest answers first, until they have. A crossed table is hidden whole,
    empty cells included, once one of its cells is small or one of its margins is hidden: which combinations of
    lines give a cell away cannot be told line by line.
    """
    cells = shown(estimated)
    states = estimated["flag"].copy()
    states.update(cells["shown"])
    is_crossed = cells["group_var"].str.contains(CROSS, regex=False)
    simple, crossed = cells[~is_crossed], cells[is_crossed]
    answered = simple[simple["n"] > 0]
    for _, grouping in answered[_is_in_touched(answered, states)].groupby(CATEGORIES):
        is_hidden = states[grouping.index].str.startswith(PRIMARY)
        rest = grouping[~is_hidden].sort_values(["n", "group"], kind="stable")
        union = grouping.loc[is_hidden, "n"].sum()
        before = union + rest["n"].cumsum() - rest["n"]
        states[rest.index[before < FEW]] = SECONDARY
    margins = simple[states[simple.index].str.startswith(PRIMARY)]
    closed = set(margins[CATEGORIES].itertuples(index=False, name=None))
    beside = pd.Series(
        [
            any((*place, side) in closed for side in group_var.split(CROSS))
            for *place, group_var in crossed[CATEGORIES].itertuples(index=False, name=None)
        ],
        index=crossed.index,
        dtype=bool,
    )
    whole = crossed.index[_is_in_touched(crossed, states) | beside]
    states[whole] = states[whole].where(states[whole].str.startswith(PRIMARY), SECONDARY)
    return states


def _is_in_touched(cells: pd.DataFrame, states: pd.Series) -> pd.Series:
    """Whether any cell of each cell's own grouping is hidden; most have none, and need no closer look."""
    hidden = states[cells.index].str.startswith(PRIMARY)
    return hidden.groupby([cells[key] for key in CATEGORIES]).transform("any").astype(bool)
