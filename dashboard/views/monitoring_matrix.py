"""The monitoring matrix: every position by theme, or by the indicators and periods of one theme.

Expected is what is due and defined for the place: cells not due, out of scope or of an unnamed position
are counted nowhere, so a place is never short of what it cannot have.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row
from dashboard.state_monitoring import URGENCY, Cell, MonitoringState
from dashboard.text import Words

ARRIVED = ("received", "province_value", "provisional", "suppressed")
DUE = (*ARRIVED, "late", "never")
# What stands for a group of cells: a next edition that is not due yet hides nothing that has arrived.
_STANDING = (
    *("late", "never", "suppressed", "provisional", "province_value", "received"),
    *("not_due", "not_applicable", "unnamed"),
)
MOST_COLUMNS = 24
STALE_YEARS = 5
ROOMY = 8


@dataclass
class Tally:
    """Cells of one place (or of all) by state, with the newest period that came."""

    states: Counter[str] = field(default_factory=Counter)
    newest: str = ""

    def add(self, row: Mapping[str, object]) -> None:
        """Add one row of queries/coverage_matrix."""
        for state in URGENCY:
            number = row[state]
            if isinstance(number, int) and number:
                self.states[state] += number
        newest = row["newest"]
        self.newest = max(self.newest, newest if isinstance(newest, str) else "")

    @property
    def arrived(self) -> int:
        """Cells of which something came."""
        return sum(self.states[state] for state in ARRIVED)

    @property
    def expected(self) -> int:
        """Cells of which something was due."""
        return sum(self.states[state] for state in DUE)

    @property
    def standing(self) -> str:
        """The state that stands for all of them."""
        return next(state for state in _STANDING if self.states[state])


@dataclass(frozen=True)
class Matrix:
    """The frame and what sentences need: a tally of all named places, and one by column."""

    frame: Frame
    total: Tally
    columns: Mapping[str, Tally]
    places: int
    unnamed: int
    metropolitan: bool
    by: str


def matrix(data: Data, state: MonitoringState, words: Words) -> Matrix:
    """All positions (and members) in the roster's order; under a filter those that match come first."""
    by = grain(data.catalog, state.theme)
    found: dict[int, dict[str, Tally]] = {}
    places: dict[int, str | None] = {}
    for row in data.rows("coverage_matrix", theme=state.theme, by=by):
        places[row["position"]] = row["city_id"]
        found.setdefault(row["position"], {}).setdefault(row["cell"], Tally()).add(row)
    shown = _columns(data.catalog, by, {cell for cells in found.values() for cell in cells}, words)
    stale = str(data.catalog.release.as_of.year - STALE_YEARS)
    by_column = {column.key: Tally() for column in shown}
    total = Tally()
    rows = []
    for position, cells in found.items():
        own = Tally()
        for key, tally in cells.items():
            own.states.update(tally.states)
            if places[position]:
                by_column[key].states.update(tally.states)
                by_column[key].newest = max(by_column[key].newest, tally.newest)
        if places[position]:
            total.states.update(own.states)
        head = _head(data.catalog, position, places[position], state, words)
        head |= {"roomy": len(shown) <= ROOMY, "single": by == "period", "stale_before": stale}
        if head["open"]:
            head[f"{_opened(state.cell, by)}_open"] = True
        rows.append(head | _cells({"total": own, **cells}, shown, state, words))
    if state.show:
        rows.sort(key=lambda row: -row["total"])
    frame = Frame(
        columns=tuple(_frame_columns(shown, state, words)),
        rows=tuple(rows),
        caption=words("monitoring.matrix_caption"),
    )
    named = [data.catalog.cities[city_id] for city_id in places.values() if city_id]
    metropolitan = any(city.legal_type == "metropolitan" for city in named)
    return Matrix(frame, total, by_column, len(named), len(places) - len(named), metropolitan, by)


def grain(catalog: Catalog, theme: str) -> str:
    """What a column is: a theme; of one theme a period, or an indicator where periods are too many."""
    if not theme:
        return "theme"
    inside = [i for i in catalog.indicators.values() if i.theme_id == theme]
    return "period" if sum(len(i.periods) + 1 for i in inside) <= MOST_COLUMNS else "indicator"


def _columns(catalog: Catalog, by: str, cells: set[str], words: Words) -> list[Column]:
    if by == "theme":
        return [
            Column(
                theme.theme_id, words.of(theme, "label"), "coverage", in_file=False,
                href=f"tema={theme.theme_id}",
            )
            for theme in catalog.themes.values()
            if theme.theme_id in cells
        ]  # fmt: skip
    order = {indicator_id: place for place, indicator_id in enumerate(catalog.indicators)}
    parts = sorted((cell.partition("@")[::2] for cell in cells), key=lambda part: (order[part[0]], part[1]))
    alone = len({indicator_id for indicator_id, _ in parts}) == 1
    made = []
    for indicator_id, period in parts:
        indicator = catalog.indicators[indicator_id]
        name = period if alone and period else f"{words.of(indicator, 'short_label')} {period}".strip()
        made.append(
            Column(
                f"{indicator_id}@{period}" if period else indicator_id, name, "coverage", in_file=False,
                title=f"{words.of(indicator, 'label')} {period}".strip(),
                href=f"gosterge={indicator_id}" + (f"&donem={period}" if period else ""),
            )
        )  # fmt: skip
    return made


def _opened(cell: Cell, by: str) -> str:
    if by == "theme":
        return cell.theme
    return f"{cell.indicator}@{cell.period}" if by == "period" else cell.indicator


def place_name(catalog: Catalog, position: int, city_id: str | None, words: Words) -> str:
    """The place, or the number of an unnamed position."""
    if city_id is None:
        return words("monitoring.position", n=position)
    return words.of(catalog.cities[city_id], "name")


def _head(catalog: Catalog, position: int, city_id: str | None, state: MonitoringState, words: Words) -> Row:
    city = catalog.cities[city_id] if city_id else None
    badges = (words("monitoring.state_unnamed"),) if city is None else ()
    return {
        "position": position,
        "city_id": city_id,
        "name": place_name(catalog, position, city_id, words),
        "sort_key": city.sort_key if city else "",
        "badges": badges,
        "type": words(f"legal.{city.legal_type}") if city else "",
        "at": state.without_cell() | Cell(position).query(),
        "open": state.cell.position == position,
    }


def _cells(
    tallies: Mapping[str, Tally], shown: Iterable[Column], state: MonitoringState, words: Words
) -> Row:
    made: Row = {}
    for key in ("total", *(column.key for column in shown)):
        tally = tallies[key]
        standing: str | None = tally.standing
        count, of = tally.arrived, tally.expected
        if state.show:
            count = tally.states[state.show]
            of += 0 if state.show in DUE else count
            standing = state.show if count else standing if not of else None
        made[key], made[f"{key}_of"], made[f"{key}_state"] = count, of, standing
        made[f"{key}_newest"] = tally.newest
        made[f"{key}_word"] = words(f"monitoring.state_{tally.standing}")
    return made


def _frame_columns(shown: Iterable[Column], state: MonitoringState, words: Words) -> Iterable[Column]:
    def filed(key: str, label: str) -> Column:
        return Column(key, label, on_screen=False)

    counted = words(f"monitoring.state_{state.show}") if state.show else words("monitoring.file_arrived")
    yield Column("name", words("table.place"), "position", in_file=False)
    yield filed("position", words("monitoring.file_position"))
    yield filed("city_id", words("columns.place_id"))
    yield filed("name", words("columns.place"))
    yield filed("type", words("columns.legal_type"))
    total = Column(
        "total", words("monitoring.total"), "coverage", in_file=False, title=words("monitoring.total_why")
    )
    for column in (total, *shown):
        yield column
        label = column.label if column is total else column.title or column.label
        yield filed(column.key, f"{label}: {counted}")
        yield filed(f"{column.key}_of", f"{label}: {words('monitoring.file_expected')}")
        yield filed(f"{column.key}_word", f"{label}: {words('monitoring.file_state')}")
        if column is not total:
            yield filed(f"{column.key}_newest", f"{label}: {words('monitoring.file_newest')}")
