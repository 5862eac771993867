"""Cells of the monitoring matrix: symbol, received of expected, newest period; never colour alone.

What is as it should be is quiet (its word is in the legend and for screen readers), what needs somebody
is loud (its word stands in the cell).
"""

from markupsafe import Markup

from dashboard.frame import Column, Row
from dashboard.state import address
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

    `row["at"]` is the query that opens the row, `column.href` a "name=value&…" that narrows it to the cell;
    `row["single"]`: a cell is one value, no count; `row["roomy"]`: there is room for every word;
    `row["stale_before"]`: a newest period before this year is old.
    """
    key = column.key
    state, count, total = row[f"{key}_state"], row[key], row[f"{key}_of"]
    share = count / total if total else None
    opened = "is-open" if row.get(f"{key}_open") else ""
    return Markup(
        '<td class="cover s-{} {}" data-v="{}"><a data-soft href="{}" title="{}" style="--w:{}%">{}</a></td>'
    ).format(
        state or "none", opened, "" if share is None else round(share, 4), _href(row, column),
        _title(row, column, words), round((share or 0) * 100), _inside(row, column, words),
    )  # fmt: skip


def _href(row: Row, column: Column) -> str:
    narrowed = dict(part.split("=", 1) for part in column.href.split("&") if part)
    return address("/izleme", {**row["at"], **narrowed}) + DETAIL


def _inside(row: Row, column: Column, words: Words) -> Markup:
    key = column.key
    state, count, total, newest = row[f"{key}_state"], row[key], row[f"{key}_of"], row.get(f"{key}_newest")
    if state is None:
        return Markup('<span class="f">0<small>/{}</small></span>').format(total)
    word = words(f"monitoring.state_{state}")
    told = "w" if state in LOUD or row.get("roomy") else "sr"
    spoken = Markup('<span class="{}"> {} </span>').format(told, word)
    mark = Markup('<span class="g" aria-hidden="true">{}</span>').format(SYMBOLS[state])
    if row.get("single") and total <= 1:
        return mark + spoken
    fraction = Markup(' <span class="f">{}<small>/{}</small></span>').format(count, total) if total else ""
    old = newest and newest < row["stale_before"]
    year = Markup('<span class="p{}">{}</span>').format(" old" if old else "", newest) if newest else ""
    return mark + fraction + spoken + year


def _title(row: Row, column: Column, words: Words) -> str:
    key = column.key
    state, total = row[f"{key}_state"], row[f"{key}_of"]
    told = words("monitoring.cell_of", n=row[key], total=total) if total else ""
    word = words(f"monitoring.state_{state}") if state else ""
    return " · ".join(part for part in (row["name"], column.title or column.label, told, word) if part)


def position_cell(row: Row, column: Column, _words: Words) -> Markup:
    """The row's head: the place, or the number of a position that no source names."""
    badges = Markup("").join(
        Markup('<span class="badge">{}</span>').format(badge) for badge in row.get("badges", ())
    )
    return Markup(
        '<th scope="row" class="{}" data-v="{}"><a data-soft href="{}">{}</a>{}</th>'
    ).format(
        "is-open" if row.get("open") else "", row["sort_key"], address("/izleme", row["at"]) + DETAIL,
        row[column.key], badges,
    )  # fmt: skip


def cover_state(row: Row, column: Column, words: Words) -> Markup:
    """Symbol and word of one state, for lists."""
    state = row[column.key]
    return Markup(
        '<td class="txt cover-word s-{}" data-v="{}"><span class="g" aria-hidden="true">{}</span> {}</td>'
    ).format(state, row["urgency"], SYMBOLS[state], words(f"monitoring.state_{state}"))
