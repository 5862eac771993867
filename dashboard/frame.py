"""The one table behind a block: chart, table twin, sentence and every export read this frame.

Values in it are raw (a missing one is None beside a status); formatting happens at the edge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "place", "text", "value", "interval", "rank", "status", "spark", "heat", "period", "links",
    "position", "coverage", "cover_state", "estimate", "owed", "plain", "plan_node", "plan_value", "plan_share",
    "plan_standing", "plan_year", "mirror_track", "mirror_steps",
]  # fmt: skip
Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column. `on_screen` and `in_file` say where it shows; `bar` draws a bar behind the number.

    Kinds beyond text and place read neighbours by suffix: `interval` reads <key>_low/<key>_high,
    `rank` likewise, `heat` reads <key>_class (0 lowest to 4 highest) and <key>_status,
    `value` reads the row's `status`, `text` what it sorts by from <key>_sort, `links` is (label, href, full name);
    `plain` is a number whose state another column tells, `estimate` and `owed` read what components/survey.py says,
    `plan_…` what components/plan.py says, `mirror_…` what components/mirror.py says. `note` stands under the label,
    `ends` (least, greatest) at the two ends of the column's track.
    """

    key: str
    label: str
    kind: Kind = "text"
    decimals: int = 0
    symbol: str = ""
    on_screen: bool = True
    in_file: bool = True
    bar: bool = False
    title: str = ""
    href: str = ""
    note: str = ""
    ends: tuple[str, str] | None = None


def filed(key: str, label: str) -> Column:
    """A column that stands in files only."""
    return Column(key, label, on_screen=False)


@dataclass(frozen=True)
class Frame:
    """Columns and rows; `lead` is the row key (`city_id`) of the place in focus.

    `ordered`: the rows are levels of one another, so no column sorts them.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lead: str | None = None
    caption: str = ""
    marks: frozenset[str] = field(default_factory=frozenset)
    ordered: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def values(self, key: str) -> list[Any]:
        """One column as a list, None where missing."""
        return [row.get(key) for row in self.rows]

    def screen_columns(self) -> Sequence[Column]:
        """The columns of the table twin."""
        return [column for column in self.columns if column.on_screen]

    def file_columns(self) -> Sequence[Column]:
        """The columns of a download."""
        return [column for column in self.columns if column.in_file]
