"""One table cell as HTML: number, interval, rank, state or sparkline; a missing value is a word."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from dashboard import numbers
from dashboard.components.coverage import cover_state, coverage_cell, position_cell
from dashboard.components.mirror import steps_cell, track_cell
from dashboard.components.plan import node_cell, share_cell, standing_cell, value_cell, year_cell
from dashboard.components.survey import estimate_cell, owed_cell
from dashboard.components.symbols import STATES
from dashboard.frame import Column, Frame, Row
from dashboard.text import Words

_PLAIN = (Markup, int, float)
NUMERIC = frozenset(
    {
        "value",
        "plain",
        "interval",
        "rank",
        "heat",
        "period",
        "coverage",
        "estimate",
        "plan_value",
        "plan_share",
        "plan_year",
        "mirror_track",
        "mirror_steps",
    }
)
MISSING = frozenset({"suppressed", "not_collected", "not_applicable", "not_published"})


def _filled(template: str, *parts: object) -> Markup:
    """The template, a literal of this module, with every part escaped; Markup.format is ten times slower."""
    safe = [part if type(part) in _PLAIN else escape(part) for part in parts]
    return Markup(template % tuple(safe))  # noqa: S704


def heading(column: Column) -> str:
    """Class of a header cell by kind."""
    return "num" if column.kind in NUMERIC else "txt"


# The same place with the same value stands in the tables of very many states.
_kept = lru_cache(maxsize=32_768, typed=True)


def body(frame: Frame, rows: Sequence[Row], words: Words) -> Markup:
    """The <tr>s of a table twin. `data-v` is what sorting compares; empty sorts last. `row["group"]` starts a tbody."""
    render = [(_RENDER[column.kind], column) for column in frame.screen_columns()]
    made: list[str] = []
    for row in rows:
        lead = ' class="is-lead"' if frame.lead and row.get("city_id") == frame.lead else ""
        place = f' data-place="{escape(row["map_id"])}"' if row.get("map_id") else ""
        inner = "".join([cell(row, column, words) for cell, column in render])
        group = "</tbody><tbody>" if row.get("group") and made else ""
        made.append(f"{group}<tr{lead}{place}>{inner}</tr>\n")
    return Markup("".join(made))  # noqa: S704 - every part is escaped by its renderer


def state_mark(status: str, words: Words) -> Markup:
    """Symbol and word of a value state; nothing for a plain measured value."""
    if not STATES.get(status):
        return Markup()
    word = words(f"status.{status}")
    return _filled(
        '<span class="state" title="%s"><span aria-hidden="true">%s</span> %s</span>',
        words(f"status.{status}_why"),
        STATES[status],
        word,
    )


def _place(row: Row, column: Column, words: Words) -> Markup:
    name = row[column.key]
    # A row of the map's list, or one that says so, leads to another state of the same page.
    return _place_cell(
        name, row.get("href") or "", bool(row.get("map_id") or row.get("is_soft")),
        tuple(row.get("badges", ())), row.get("sub") or "", row.get("sort_key", name),
    )  # fmt: skip


@_kept
def _place_cell(name: str, href: str, soft: bool, badges: tuple[str, ...], sub: str, sort_key: str) -> Markup:
    shown = escape(name)
    if href:
        shown = _filled('<a href="%s"%s>%s</a>', href, Markup(" data-soft") if soft else "", shown)
    marks = Markup("").join(_filled('<span class="badge">%s</span>', badge) for badge in badges)
    below = _filled('<span class="sub">%s</span>', sub) if sub else ""
    return _filled('<th scope="row" data-v="%s">%s%s%s</th>', sort_key, shown, marks, below)


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
    share = row.get(f"{column.key}_share") if column.bar else None
    status = row.get("status", "measured")
    return _value_cell(row.get(column.key), status, share, column.decimals, column.symbol, words.lang)


@_kept
def _value_cell(
    value: float | None, status: str, share: float | None, decimals: int, symbol: str, lang: str
) -> Markup:
    mark = state_mark(status, Words(lang))
    if value is None:
        return _filled('<td class="num missing" data-v="">%s</td>', mark)
    text = numbers.with_unit(value, decimals, symbol, lang)
    bar: Markup | str = ""
    if share is not None:
        bar = _filled('<span class="bar" style="--w:%s%%" aria-hidden="true"></span>', round(share * 100, 1))
    return _filled('<td class="num" data-v="%s">%s<span class="n">%s</span>%s</td>', value, bar, text, mark)


def _plain_number(row: Row, column: Column, words: Words) -> Markup:
    """A number whose state another column tells."""
    value = row.get(column.key)
    if value is None:
        return Markup('<td class="num dim" data-v="">–</td>')
    text = numbers.with_unit(value, column.decimals, column.symbol, words.lang)
    return _filled('<td class="num" data-v="%s">%s</td>', value, text)


def _interval(row: Row, column: Column, words: Words) -> Markup:
    low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
    if low is None or high is None:
        why = row.get(f"{column.key}_word") or words("table.no_interval")
        return _filled('<td class="num dim" data-v="">%s</td>', why)
    ends = [numbers.with_unit(end, column.decimals, column.symbol, words.lang) for end in (low, high)]
    return _filled('<td class="num" data-v="%s">%s–%s</td>', high - low, *ends)


def _rank(row: Row, column: Column, words: Words) -> Markup:
    low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
    return _rank_cell(row.get(column.key), low, high, words.lang)


@_kept
def _rank_cell(rank: int | None, low: float | None, high: float | None, lang: str) -> Markup:
    if rank is None:
        return Markup('<td class="num dim" data-v="">–</td>')
    words = Words(lang)
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
    mark = STATES.get(status, "")
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
    "plain": _plain_number,
    "interval": _interval,
    "rank": _rank,
    "status": _status,
    "heat": _heat,
    "spark": _spark,
    "position": position_cell,
    "coverage": coverage_cell,
    "cover_state": cover_state,
    "estimate": estimate_cell,
    "owed": owed_cell,
    "plan_node": node_cell,
    "plan_value": value_cell,
    "plan_share": share_cell,
    "plan_standing": standing_cell,
    "plan_year": year_cell,
    "mirror_track": track_cell,
    "mirror_steps": steps_cell,
}
