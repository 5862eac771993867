"""Cells of the monitoring matrix: symbol, received of expected, newest period; never colour alone.

What is as it should be is quiet (its word is in the legend and for screen readers), what needs somebody
is loud (its word stands in the cell).
"""

from markupsafe import Markup, escape

from dashboard.frame import Column, Row
from dashboard.text import Words

SYMBOLS = {
    "received": "✓",
    "province_value": "◇",
    "provisional": "○",
    "suppressed": "▧",
    "late": "!",
    "never": "✕",
    "not_due": "◔",
    "not_applicable": "–",
    "unnamed": "?",
}
LOUD = frozenset({"late", "never", "suppressed", "provisional"})
DETAIL = "#detail"


def coverage_cell(row: Row, column: Column, words: Words) -> Markup:
    """One cell. Reads <key> (how many), <key>_of (of how many), <key>_state, <key>_newest and <key>_open.

    `row["href"]` opens the row, `column.href` ("name=value&…", of known ids) narrows that to the cell;
    `row["single"]`: a cell is one value, no count; `row["roomy"]`: there is room for every word;
    `row["stale_before"]`: a newest period before this year is old; empty: periods are not shown.
    """
    # Plain f-strings of escaped parts: there are thousands of cells, and Markup.format is ten times slower.
    key = column.key
    state, count, total = row[f"{key}_state"], row[key], row[f"{key}_of"]
    share = round(count / total, 4) if total else None
    href = escape(f"{row['href']}&{column.href}{DETAIL}" if column.href else row["href"] + DETAIL)
    classes = f"cover s-{state or 'none'}" + (" is-open" if row.get(f"{key}_open") else "")
    width = f' style="--w:{share * 100:.0f}%"' if share else ""
    sort = "" if share is None else share
    link = f'<a data-soft href="{href}"{width}>{_inside(row, key, words)}</a>'
    return Markup(f'<td class="{classes}" data-v="{sort}">{link}</td>')  # noqa: S704  every part is escaped


def _inside(row: Row, key: str, words: Words) -> str:
    state, count, total, newest = row[f"{key}_state"], row[key], row[f"{key}_of"], row[f"{key}_newest"]
    if state is None:
        return f'<span class="f">0<small>/{total}</small></span>'
    word = escape(words(f"monitoring.state_{state}"))
    told = "w" if state in LOUD or row["roomy"] else "sr"
    inside = f'<span class="g" title="{word}" aria-hidden="true">{SYMBOLS[state]}</span>'
    counted = total and not (row["single"] and total == 1)
    if counted:
        inside += f'<span class="f">{count}<small>/{total}</small></span>'
    inside += f'<span class="{told}"> {word} </span>'
    if counted and newest and row["stale_before"]:
        inside += f'<span class="p{" old" if newest < row["stale_before"] else ""}">{escape(newest)}</span>'
    return inside


def position_cell(row: Row, column: Column, _words: Words) -> Markup:
    """The row's head: the place, or the number of a position that no source names."""
    badges = "".join(f'<span class="badge">{escape(badge)}</span>' for badge in row["badges"])
    opened = ' class="is-open"' if row["open"] else ""
    link = f'<a data-soft href="{escape(row["href"] + DETAIL)}">{escape(row[column.key])}</a>'
    sort = escape(row["sort_key"])
    return Markup(f'<th scope="row"{opened} data-v="{sort}">{link}{badges}</th>')  # noqa: S704  escaped too


def cover_state(row: Row, column: Column, words: Words) -> Markup:
    """Symbol and word of one state, for lists."""
    state = row[column.key]
    return Markup(
        '<td class="txt cover-word s-{}" data-v="{}"><span class="g" aria-hidden="true">{}</span> {}</td>'
    ).format(state, row["urgency"], SYMBOLS[state], words(f"monitoring.state_{state}"))
