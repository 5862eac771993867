"""A shaped survey in the estimator's own layout; codes stay as asked, only the counted ones are marked.

Items are called q1, q2 … there, in the order the wave declares them.
"""

import pandas as pd

from etl.methods.survey.comparisons import Pair
from etl.methods.survey.engine import Scale
from etl.survey_entries import Wave

EMPTY = ""
# Every declared scale in one: its codes as they are, those declared as satisfied lifted above all others.
LIFT = 100_000_000
ANY = Scale(lowest=-LIFT // 2, highest=2 * LIFT, satisfied_from=LIFT // 2, no_opinion=3 * LIFT, lift=LIFT)


def recoded(frame: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Design and groupings as text; answers as the codes of ANY, one to one, so that duplicates stay what they are.

    `frame` is that of shape.Survey; crossed groupings come to it as columns of their own.
    """
    made = {name: _text(frame[name]) for name in frame if name not in {item.item_id for item in wave.items}}
    for pair in wave.crossed:
        both = frame[pair.first].notna() & frame[pair.second].notna()
        joined = frame[pair.first].astype(str) + "*" + frame[pair.second].astype(str)
        made[pair.group_var] = joined.astype(object).where(both, None)
    for number, item in enumerate(wave.items, start=1):
        scale, codes = wave.scale_of(item), frame[item.item_id]
        value = codes.where(~codes.isin(scale.satisfied), codes + LIFT)
        made[f"q{number}"] = _text(value.mask(codes.isin(scale.no_opinion), ANY.no_opinion).astype("Int64"))
    return pd.DataFrame(made)


def item_names(wave: Wave) -> dict[str, str]:
    """The estimator's name of each item -> its id."""
    return {f"q{number}": item.item_id for number, item in enumerate(wave.items, start=1)}


def reference_pairs(wave: Wave) -> tuple[Pair, ...]:
    """Every category beside the reference of its grouping, where one is declared."""
    return tuple(
        Pair(group.group_id, one.category_id, group.reference)
        for group in wave.groups
        if group.reference
        for one in group.categories
        if one.category_id != group.reference
    )


def _text(column: pd.Series) -> pd.Series:
    return column.map(lambda value: None if pd.isna(value) else str(value)).astype(object)
