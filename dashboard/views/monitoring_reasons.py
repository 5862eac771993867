"""The reasons behind cells of the monitoring matrix: of what is opened, otherwise all, the most urgent first."""

from collections import Counter

from dashboard import numbers
from dashboard.components import html
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, SourceLine
from dashboard.state import address
from dashboard.state_monitoring import ATTENTION, URGENCY, Cell, MonitoringState
from dashboard.text import Words
from dashboard.views.monitoring_lists import reasons_frame
from dashboard.views.monitoring_matrix import Tally, place_name

MOST_REASONS = 5_000


def intake_source(data: Data, words: Words) -> SourceLine:
    """The source line of everything here: our own records, as of the day lateness is judged on."""
    release = data.catalog.release
    return SourceLine(
        words("monitoring.source"),
        period=words("monitoring.as_of", day=numbers.day(release.as_of, words.lang)),
        release=release.release_id,
    )


def reasons_block(data: Data, state: MonitoringState, total: Tally, words: Words) -> tuple[Block, bool]:
    """The block, and whether the cell asked for exists; `total` is the tally of all named places."""
    rows = _rows(data, state, state.cell)
    if state.cell.position and rows:
        return _opened(data, state, rows, words), True
    if state.cell.position:
        rows = _rows(data, state, Cell())
    title, headline = (
        words("monitoring.reasons"),
        _attention(total, words) or words("monitoring.attention_none"),
    )
    notes = [words("monitoring.reasons_note")]
    if state.show:
        word = words(f"monitoring.state_{state.show}")
        title = f"{title} · {word}"
        headline = "" if rows else words("monitoring.shown_none", state=word)
    if rows and rows[0]["total"] > len(rows):
        shown, of = (numbers.number(n, 0, words.lang) for n in (len(rows), rows[0]["total"]))
        notes.append(words("monitoring.reasons_cut", n=shown, total=of))
    return Block(
        id="detail",
        title=title,
        headline=headline,
        frame=reasons_frame(data, rows, words, is_open=False) if rows else None,
        source=intake_source(data, words),
        notes=tuple(notes) if rows else (),
        style="reasons",
    ), not state.cell.position


def _rows(data: Data, state: MonitoringState, cell: Cell) -> list[Row]:
    return data.rows(
        "coverage_reasons", position=cell.position, theme=cell.theme or state.theme,
        indicator=cell.indicator, period=cell.period, state="" if cell.position else state.show,
        most=MOST_REASONS, urgency=list(URGENCY),
    )  # fmt: skip


def _opened(data: Data, state: MonitoringState, rows: list[Row], words: Words) -> Block:
    """One place, or a theme, an indicator or a period of it. Of an unnamed position there is nothing to list."""
    position, city_id = state.cell.position, rows[0]["city_id"]
    frame = reasons_frame(data, rows, words, is_open=True) if city_id else None
    note = "" if city_id else words("monitoring.unnamed_how", n=position)
    body = html.render(
        "opened.html", words,
        href=address("/izleme", state.without_cell()), label=words("monitoring.back"), note=note,
    )  # fmt: skip
    name = place_name(data.catalog, position, city_id, words)
    return Block(
        id="detail",
        title=" · ".join((name, *_narrowed(data, state, words))),
        headline=frame.rows[0]["reason"] if frame and len(frame) == 1 else _opened_headline(rows, words),
        frame=frame,
        source=intake_source(data, words),
        body=str(body),
        style="reasons",
    )


def _narrowed(data: Data, state: MonitoringState, words: Words) -> list[str]:
    cell, catalog = state.cell, data.catalog
    theme = cell.theme or state.theme
    parts = []
    if cell.indicator:
        parts.append(words.of(catalog.indicators[cell.indicator], "label"))
    elif theme:
        parts.append(words.of(catalog.themes[theme], "label"))
    return [*parts, cell.period] if cell.period else parts


def _opened_headline(rows: list[Row], words: Words) -> str:
    tally = Tally(Counter(row["state"] for row in rows))
    if not tally.expected:
        return words(f"monitoring.sentence_{tally.standing}")
    key = "opened_complete" if tally.arrived == tally.expected else "opened_incomplete"
    came = words(f"monitoring.{key}", n=tally.arrived, expected=tally.expected)
    return " ".join(part for part in (came, _attention(tally, words)) if part)


def _attention(total: Tally, words: Words) -> str:
    """How many cells need somebody, by state; nothing when none does."""
    said = [
        words(
            "monitoring.count_of", n=numbers.number(n, 0, words.lang), state=words(f"monitoring.state_{one}")
        )
        for one in ATTENTION
        if (n := total.states.get(one, 0))
    ]
    return words("monitoring.attention", list=", ".join(said)) if said else ""
