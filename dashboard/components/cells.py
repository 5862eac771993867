"""One table cell as HTML: number, interval, rank, state or sparkline; a missing value is a word."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from dashboard import numbers
from dashboard.components.coverage import cover_state, coverage_cell, position_cell
from dashboard.frame import Column, Row
from dashboard.text import Words

SYMBOLS = {
    "measured": "",
    "estimated": "≈",
    "provisional": "○",
    "suppressed": "▧",
    "not_collected": "–",
    "not_applicable": "·",
    "not_published": "◌",
    "low_reliability": "!",
    "break": "‖",
}
_PLAIN = (Markup, int, float)
MISSING = frozenset({"suppressed", "not_collected", "not_applicable", "not_published"})


def _filled(template: str, *parts: object) -> Markup:
    """The template, a literal of this module, with every part escaped; Markup.format is ten times slower."""
    safe = [part if type(part) in _PLAIN else escape(part) for part in parts]
    return Markup(template % tuple(safe))  # noqa: S704


def heading(column: Column) -> str:
    """Class of a header cell by kind."""
    return "num" if column.kind in ("value", "interval", "rank", "heat", "period", "coverage") else "txt"


def cells(row: Row, columns: Sequence[Column], words: Words) -> Markup:
    """The <th> and <td>s of a row. `data-v` is what sorting compares; empty sorts last."""
    return Markup("".join([_RENDER[column.kind](row, column, words) for column in columns]))  # noqa: S704


def state_mark(status: str, words: Words) -> Markup:
    """Symbol and word of a value state; nothing for a plain measured value."""
    if not SYMBOLS.get(status):
        return Markup()
    word = words(f"status.{status}")
    return _filled(
        '<span class="state" title="%s"><span aria-hidden="true">%s</span> %s</span>',
        words(f"status.{status}_why"),
        SYMBOLS[status],
        word,
    )


def _place(row: Row, column: Column, words: Words) -> Markup:
    name = escape(row[column.key])
    if row.get("href"):
        # A row of the map's list leads to another state of the same page.
        soft = Markup(" data-soft") if row.get("map_id") else ""
        name = _filled('<a href="%s"%s>%s</a>', row["href"], soft, name)
    badges = Markup("").join(_filled('<span class="badge">%s</span>', b) for b in row.get("badges", ()))
    below = _filled('<span class="sub">%s</span>', row["sub"]) if row.get("sub") else ""
    return _filled(
        '<th scope="row" data-v="%s">%s%s%s</th>', row.get("sort_key", row[column.key]), name, badges, below
    )


def _text(row: Row, column: Column, words: Words) -> Markup:
    value = row.get(column.key)
    text = "" if value is None else value
    href = row.get(column.href) if column.href else None
    inner = _filled('<a href="%s">%s</a>', href, text) if href else escape(text)
    return _filled('<td class="txt" data-v="%s">%s</td>', row.get(f"{column.key}_sort", text), inner)


def _links(row: Row, column: Column, words: Words) -> Markup:
    link = '<a href="%s" aria-label="%s">%s</a>'
    links = [_filled(link, href, name, label) for label, href, name in row[column.key]]
    return _filled('<td class="txt links" data-v="">%s</td>', Markup(" ").join(links))


def _value(row: Row, column: Column, words: Words) -> Markup:
    value, status = row.get(column.key), row.get("status", "measured")
    if value is None:
        return _filled('<td class="num missing" data-v="">%s</td>', state_mark(status, words))
    text = numbers.with_unit(value, column.decimals, column.symbol, words.lang)
    bar = _bar(row, column)
    mark = state_mark(status, words)
    return _filled('<td class="num" data-v="%s">%s<span class="n">%s</span>%s</td>', value, bar, text, mark)


def _bar(row: Row, column: Column) -> Markup:
    share = row.get(f"{column.key}_share") if column.bar else None
    if share is None:
        return Markup()
    return _filled('<span class="bar" style="--w:%s%%" aria-hidden="true"></span>', round(share * 100, 1))


def _interval(row: Row, column: Column, words: Words) -> Markup:
    low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
    if low is None or high is None:
        return _filled('<td class="num dim" data-v="">%s</td>', words("table.no_interval"))
    ends = [numbers.with_unit(end, column.decimals, column.symbol, words.lang) for end in (low, high)]
    return _filled('<td class="num" data-v="%s">%s–%s</td>', high - low, *ends)


def _rank(row: Row, column: Column, words: Words) -> Markup:
    rank = row.get(column.key)
    if rank is None:
        return Markup('<td class="num dim" data-v="">–</td>')
    low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
    text = words("rank.plain", rank=rank)
    if low is not None and high is not None:
        text = words("rank.range", rank=rank, low=round(low), high=round(high))
    return _filled('<td class="num" data-v="%s">%s</td>', rank, text)


def _status(row: Row, column: Column, words: Words) -> Markup:
    status = row.get(column.key) or "measured"
    mark = state_mark(status, words) or escape(words("status.measured"))
    return _filled('<td class="txt" data-v="%s">%s</td>', status, mark)


def _heat(row: Row, column: Column, words: Words) -> Markup:
    value = row.get(column.key)
    status = row.get(f"{column.key}_status") or "measured"
    href = row.get(f"{column.key}_href")
    if value is None:
        inner = state_mark(status, words)
        return _filled('<td class="heat missing" data-v="">%s</td>', _linked(inner, href))
    text = numbers.with_unit(value, column.decimals, column.symbol, words.lang)
    mark = SYMBOLS.get(status, "")
    inner = _filled(
        "%s%s", text, _filled('<sup title="%s">%s</sup>', words(f"status.{status}"), mark) if mark else ""
    )
    step = row.get(f"{column.key}_class")
    style = f"h{step}" if step is not None else ""
    return _filled('<td class="heat %s" data-v="%s">%s</td>', style, value, _linked(inner, href))


def _linked(inner: Markup, href: str | None) -> Markup:
    return _filled('<a href="%s">%s</a>', href, inner) if href else inner


def _spark(row: Row, column: Column, words: Words) -> Markup:
    points: Sequence[tuple[int, float | None]] = row.get(column.key) or ()
    # The line shows every year; the change is since the newest break, never across one.
    since = max(row.get(f"{column.key}_breaks") or (0,))
    known = [(year, value) for year, value in points if value is not None and year >= since]
    if len(known) < 2:
        return _filled('<td class="spark dim" data-v="">%s</td>', words("status.not_collected"))
    change = known[-1][1] / known[0][1] - 1 if known[0][1] else 0.0
    text = numbers.with_unit(change * 100, 0, "%", words.lang)
    sign = "+" if change > 0 else ""
    label = words("table.spark", first=known[0][0], last=known[-1][0], change=f"{sign}{text}")
    return _filled(
        '<td class="spark" data-v="%s">%s<span class="n">%s%s</span></td>',
        change,
        _polyline(points, row.get(f"{column.key}_breaks", ()), label),
        sign,
        text,
    )


def _polyline(points: Sequence[tuple[int, float | None]], breaks: Sequence[int], label: str) -> Markup:
    known = [value for _, value in points if value is not None]
    low, high = min(known), max(known)
    first, last = points[0][0], points[-1][0]
    across, tall = (last - first) or 1, (high - low) or 1
    runs: list[list[str]] = [[]]
    for year, value in points:
        if value is None or year in breaks:
            runs.append([])
        if value is not None:
            runs[-1].append(f"{(year - first) / across * 70 + 1:.1f},{18 - (value - low) / tall * 16:.1f}")
    lines = Markup("").join(_filled('<polyline points="%s"/>', " ".join(run)) for run in runs if len(run) > 1)
    return _filled(
        '<svg class="sl" viewBox="0 0 72 20" width="72" height="20" role="img" aria-label="%s">%s</svg>',
        label,
        lines,
    )


_RENDER: dict[str, Any] = {
    "place": _place,
    "text": _text,
    "period": _text,
    "links": _links,
    "value": _value,
    "interval": _interval,
    "rank": _rank,
    "status": _status,
    "heat": _heat,
    "spark": _spark,
    "position": position_cell,
    "coverage": coverage_cell,
    "cover_state": cover_state,
}
