"""What a page is: an address, a state read from it, controls that change the state, blocks that show it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from dashboard.catalog import Catalog
from dashboard.frame import Frame

Figure = dict[str, Any]
Query = Mapping[str, str]


class State(Protocol):
    """The typed view state of one page; equal states have equal addresses."""

    @property
    def lang(self) -> str: ...

    @property
    def notices(self) -> tuple[str, ...]:
        """Text keys about what the address asked for and could not get."""
        ...

    def query(self) -> dict[str, str]:
        """Canonical query parameters, defaults left out."""
        ...


@dataclass(frozen=True)
class Option:
    """One choice of a control; a disabled one with an empty value is a group heading."""

    value: str
    label: str
    disabled: bool = False


@dataclass(frozen=True)
class Control:
    """A native select, or a search field, in the control strip; `name` is its query parameter.

    `fixed`: every state has the same options, up to which of them are disabled, so that an update need not
    carry them; with 1,400 places they would outweigh all else.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    value: str
    wide: bool = False
    placeholder: str = ""
    kind: Literal["select", "search"] = "select"
    fixed: bool = False


@dataclass(frozen=True)
class SourceLine:
    """The quiet line under a block."""

    text: str
    href: str = ""
    level: str = ""
    period: str = ""
    release: str = ""
    synthetic: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure with its height in CSS pixels and its description for those who do not see it."""

    figure: Figure
    height: int
    alt: str


@dataclass(frozen=True)
class Block:
    """One finding: what is measured (title, measure), what the data say (headline), and the frame.

    `body` is trusted HTML of the house's own templates, for prose and lists that are no table.
    Without a chart the table stands by itself; `twin_open` False folds it all the same. `forms` are further files of
    the frame, laid out for a purpose (dashboard/downloads.py).
    """

    id: str
    title: str
    measure: str = ""
    headline: str = ""
    frame: Frame | None = None
    chart: Chart | None = None
    source: SourceLine | None = None
    notes: tuple[str, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    body: str = ""
    twin_open: bool | None = None
    sortable: bool = False
    style: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class View:
    """Everything a page shows for one state, before any HTML."""

    title: str
    question: str
    lead: str
    choice: str = ""
    blocks: tuple[Block, ...] = ()
    notices: tuple[str, ...] = ()
    chips: tuple["Chip", ...] = ()
    chips_title: str = ""
    synthetic: bool = False


@dataclass(frozen=True)
class Chip:
    """A chosen comparator, or an offer, as a link to the state without (or with) it; `path` leads to another page.

    `action` is `remove`, `offer`, `current` (the one that is open) or nothing.
    """

    label: str
    query: Mapping[str, str]
    action: str
    title: str = ""
    path: str = ""


@dataclass(frozen=True)
class Page:
    """One address. `parse` never raises on what a browser sends, except for an unknown id in the path.

    `following` names controls whose default depends on the others: the newest period of the indicator.
    """

    name: str
    path: str
    order: int
    parse: Callable[[Query, Catalog], State]
    controls: Callable[[Catalog, Any], tuple[Control, ...]]
    view: Callable[[Any, Any], View]
    graphs: tuple[str, ...] = ()
    in_menu: bool = True
    following: tuple[str, ...] = ()
