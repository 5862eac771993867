"""İzleme: what came from where, as what, and who owes the rest; every cell of the matrix opens its reason.

A block is always there, whatever is opened: the page's slots are the same in every state.
"""

from dashboard import numbers
from dashboard.catalog import Indicator
from dashboard.components.coverage import SYMBOLS
from dashboard.data import Data
from dashboard.page import Block, View
from dashboard.state_monitoring import URGENCY, MonitoringState
from dashboard.text import Words
from dashboard.views.monitoring_lists import files_frame, indicators_frame, late_since
from dashboard.views.monitoring_matrix import STALE_YEARS, Matrix, matrix
from dashboard.views.monitoring_reasons import intake_source, reasons_block

MOST_NAMED = 3


def view(data: Data, state: MonitoringState) -> View:
    """The matrix, the reasons behind its cells, the indicators' calendar and the files received."""
    words = Words(state.lang)
    found = matrix(data, state, words)
    lead = words("monitoring.lead")
    if found.unnamed:
        lead += " " + words("monitoring.lead_unnamed", n=found.unnamed, total=len(data.rows("roster")))
    reasons, known = reasons_block(data, state, found.total, words)
    notices = tuple(words(key) for key in state.notices)
    return View(
        title=words("monitoring.title"),
        question=words("monitoring.question"),
        lead=lead,
        blocks=(
            _matrix(data, state, found, words),
            reasons,
            _indicators(data, state, words),
            _files(data, words),
        ),
        notices=notices if known else (*notices, words("notice.unknown_konum")),
        synthetic=data.catalog.release.has_synthetic,
    )


def _matrix(data: Data, state: MonitoringState, found: Matrix, words: Words) -> Block:
    notes = [words("monitoring.matrix_note")]
    if found.by == "indicator":
        notes.append(words("monitoring.periods_note"))
    if found.metropolitan and found.total.states.get("province_value"):
        notes.append(words("monitoring.metropolitan_note"))
    if found.unnamed:
        notes.append(words("monitoring.unnamed_note"))
    theme = data.catalog.themes.get(state.theme)
    return Block(
        id="matrix",
        title=words.of(theme, "label") if theme else words("monitoring.matrix"),
        measure=words(f"monitoring.measure_{'shown' if state.show else found.by}"),
        headline=_headline(data, state, found, words),
        frame=found.frame,
        source=intake_source(data, words),
        notes=tuple(notes),
        legend=_legend(data, state, found, words),
        twin_open=True,
        sortable=True,
        style="coverage",
    )  # fmt: skip


def _legend(data: Data, state: MonitoringState, found: Matrix, words: Words) -> tuple[tuple[str, str], ...]:
    """Only what occurs: states as symbol, word and meaning, and what an old period is."""
    occurring = [state.show] if state.show else [one for one in URGENCY if _occurs(one, found)]
    made = [
        (
            f"cover s-{one}",
            f"{SYMBOLS[one]} {words(f'monitoring.state_{one}')}: {words(f'monitoring.why_{one}')}",
        )
        for one in occurring
    ]
    if found.has_old:
        before = data.catalog.release.as_of.year - STALE_YEARS
        made.append(("old", words("monitoring.old_period", year=before, years=STALE_YEARS)))
    return tuple(made)


def _occurs(state: str, found: Matrix) -> bool:
    return bool(found.unnamed if state == "unnamed" else found.total.states.get(state))


def _headline(data: Data, state: MonitoringState, found: Matrix, words: Words) -> str:
    def count(value: int) -> str:
        return numbers.number(value, 0, words.lang)

    total = found.total
    if state.show:
        where = sum(1 for row in found.frame if row["total"])
        key = "shown" if where else "shown_none"
        word = words(f"monitoring.state_{state.show}")
        return words(
            f"monitoring.{key}", state=word, n=count(total.states.get(state.show, 0)), places=count(where)
        )
    key = "complete" if total.arrived == total.expected else "incomplete"
    parts = []
    if total.expected:
        filled = {"places": count(found.places), "expected": count(total.expected), "n": count(total.arrived)}
        parts.append(words(f"monitoring.{key}", **filled))
    if province := total.states.get("province_value"):
        whole = "all" if province == total.arrived else "part"
        parts.append(words(f"monitoring.province_{whole}", n=count(province)))
    parts += _stale(data, found, words)
    late = _late(data, state)
    if late:
        parts.append(words("monitoring.late_part", names=_names(late, words)))
    return " ".join(parts)


def _stale(data: Data, found: Matrix, words: Words) -> list[str]:
    """How many themes have nothing of the last years; said only where themes are what is compared."""
    newest = found.total.newest.values()
    before = str(data.catalog.release.as_of.year - STALE_YEARS)
    old = sum(1 for period in newest if period < before)
    if found.by != "theme" or not old:
        return []
    return [words("monitoring.stale_part", n=old, total=len(newest), years=STALE_YEARS)]


def _late(data: Data, state: MonitoringState) -> list[Indicator]:
    return [
        indicator
        for indicator in data.catalog.indicators.values()
        if late_since(indicator, data.catalog.release.as_of) and state.theme in ("", indicator.theme_id)
    ]


def _names(indicators: list[Indicator], words: Words) -> str:
    """The first few by name, the rest as a number."""
    named = [words.of(indicator, "short_label") for indicator in indicators[:MOST_NAMED]]
    rest = len(indicators) - len(named)
    return ", ".join([*named, *([words("monitoring.and_more", n=rest)] if rest else [])])


def _indicators(data: Data, state: MonitoringState, words: Words) -> Block:
    rows = data.rows("coverage_indicators", theme=state.theme)
    late = _late(data, state)
    planned = [
        i for i in data.catalog.indicators.values() if i.next_update and state.theme in ("", i.theme_id)
    ]
    key = "indicators_late" if late else "indicators_none_late"
    return Block(
        id="indicators",
        title=words("monitoring.indicators"),
        measure=words("monitoring.indicators_measure"),
        headline=words(f"monitoring.{key}", names=_names(late, words), planned=len(planned), total=len(rows)),
        frame=indicators_frame(data, rows, words),
        source=intake_source(data, words),
        sortable=True,
        style="calendar",
    )


def _files(data: Data, words: Words) -> Block:
    rows = data.rows("files")
    rejected = sum(1 for row in rows if row["verdict"] != "accepted")
    key = "files_rejected" if rejected else "files_accepted"
    accepted = numbers.number(sum(row["rows_accepted"] for row in rows), 0, words.lang)
    return Block(
        id="files",
        title=words("monitoring.files"),
        headline=words(f"monitoring.{key}", n=len(rows), rows=accepted, rejected=rejected),
        frame=files_frame(rows, data, words),
        source=intake_source(data, words),
        sortable=True,
        style="calendar",
    )
