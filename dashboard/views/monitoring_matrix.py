"""The monitoring matrix: every position by theme, or by the indicators and periods of one theme.

Expected is what is due and defined for the place: cells not due, out of scope or of an unnamed position
are counted nowhere, so a place is never short of what it cannot have.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.state import address
from dashboard.state_monitoring import ARRIVED, DUE, STANDING, Cell, MonitoringState
from dashboard.text import Words

MOST_COLUMNS = 24
STALE_YEARS = 5
ROOMY = 8


@dataclass(frozen=True)
class Tally:
    """Cells by state, and by theme the newest period that came."""

    states: Mapping[str, int]
    newest: Mapping[str, str] = field(default_factory=dict)

    @property
    def arrived(self) -> int:
        """Cells of which something came."""
        return sum(self.states.get(state, 0) for state in ARRIVED)

    @property
    def expected(self) -> int:
        """Cells of which something was due."""
        return sum(self.states.get(state, 0) for state in DUE)

    @property
    def standing(self) -> str:
        """The state that stands for all of them."""
        return next(state for state in STANDING if self.states.get(state))


@dataclass(frozen=True)
class Matrix:
    """The frame and what sentences need; `total` is of all named places."""

    frame: Frame
    total: Tally
    by: str
    places: int
    unnamed: int
    metropolitan: bool
    has_old: bool


def matrix(data: Data, state: MonitoringState, words: Words) -> Matrix:
    """All positions (and members) in the roster's order; under a filter those with most matches come first."""
    by = grain(data.catalog, state.theme)
    found: dict[tuple[int, str | None], dict[str, Row]] = {}
    for row in data.rows(
        "coverage_matrix", theme=state.theme, by=by, state=state.show, arrived=list(ARRIVED),
        standing=list(STANDING),
    ):  # fmt: skip
        found.setdefault((row["position"], row["city_id"]), {})[row["cell"]] = row
    shown = _columns(data.catalog, by, {cell for cells in found.values() for cell in cells}, words)
    before = "" if state.show or by == "period" else str(data.catalog.release.as_of.year - STALE_YEARS)
    same = {"roomy": len(shown) <= ROOMY, "single": by == "period", "stale_before": before}
    state_words = {one: words(f"monitoring.state_{one}") for one in STANDING}
    rows = []
    for (position, city_id), cells in found.items():
        row = _head(data.catalog, position, city_id, state, words) | same
        if row["open"]:
            row[f"{_opened(state.cell, by)}_open"] = True
        _fill(row, cells, [column.key for column in shown], state, state_words)
        rows.append(row)
    if state.show:
        rows.sort(key=lambda row: -row["total"])
    columns = tuple(_frame_columns(shown, state, words))
    named = [data.catalog.cities[city_id] for _, city_id in found if city_id]
    return Matrix(
        frame=Frame(columns, tuple(rows), caption=words("monitoring.matrix_caption")),
        total=_total(data, state),
        by=by,
        places=len(named),
        unnamed=len(found) - len(named),
        metropolitan=any(city.legal_type == "metropolitan" for city in named),
        has_old=any(
            row[f"{c.key}_newest"] and row[f"{c.key}_newest"] < before for row in rows for c in shown
        ),
    )


def _total(data: Data, state: MonitoringState) -> Tally:
    states: dict[str, int] = {}
    newest: dict[str, str] = {}
    for row in data.rows("coverage_totals", theme=state.theme, arrived=list(ARRIVED)):
        states[row["state"]] = states.get(row["state"], 0) + row["cells"]
        if row["newest"]:
            newest[row["theme_id"]] = max(newest.get(row["theme_id"], ""), row["newest"])
    return Tally(states, newest)


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
        "href": address("/izleme", state.without_cell() | Cell(position).query()),
        "open": state.cell.position == position,
    }


def _fill(
    row: Row,
    cells: Mapping[str, Row],
    keys: list[str],
    state: MonitoringState,
    state_words: Mapping[str, str],
) -> None:
    """Write the cells of one place and their sum into its row."""
    total = {
        name: sum(cell[name] for cell in cells.values()) for name in ("arrived", "expected", "shown")
    }  # fmt: skip
    total["standing"] = min(cell["standing"] for cell in cells.values())
    for key, cell in (("total", total), *((key, cells[key]) for key in keys)):
        standing: str | None = STANDING[cell["standing"] - 1]
        count, of = cell["arrived"], cell["expected"]
        row[f"{key}_word"] = state_words[standing or ""]
        if state.show:
            count = cell["shown"]
            of += 0 if state.show in DUE else count
            standing = state.show if count else standing if not of else None
        row[key], row[f"{key}_of"], row[f"{key}_state"] = count, of, standing
        row[f"{key}_newest"] = cell.get("newest")


def _frame_columns(shown: Iterable[Column], state: MonitoringState, words: Words) -> Iterable[Column]:
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
