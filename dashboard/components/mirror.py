"""Cells of the mirror: a measure on a track that its whole column shares, or objectives as a row of signs.

Never colour alone, never blank: where there is no value stands the word for why.
"""

from markupsafe import Markup, escape

from dashboard.components.symbols import STANDINGS, STATES
from dashboard.frame import Column, Row
from dashboard.text import Words

MOST_STEPS = 6
"""Signs that fit into a cell; the words behind them count every objective."""


def track_cell(row: Row, column: Column, words: Words) -> Markup:
    """One measure on its track: a bar from the left where `column.bar`, otherwise a dot with its interval.

    Reads <key> and its <key>_text, _sub, _status, _word, _short, _badge, _href, _year and _at, _from, _to (per cent of
    the track).
    """
    key = column.key
    value = row[key]
    if value is None:
        return _absent(row, column)
    drawn = f"{_track(row, key, bar=column.bar)}<b>{escape(row[f'{key}_text'])}</b>{_sign(row, key)}"
    if sub := row[f"{key}_sub"]:
        drawn += f" <span>{escape(sub)}</span>"
    return _cell(row, column, "mir", f"{drawn}{_badge(row, key)}", value)


def steps_cell(row: Row, column: Column, words: Words) -> Markup:
    """The objectives of a plan, a sign each that leads to it, and their count in words; sorted by how many."""
    key = column.key
    if row[key] is None:
        return _absent(row, column)
    steps = row[f"{key}_steps"]
    signs = "".join(
        f'<a class="st st-{step.display}" href="{escape(step.href)}" title="{escape(step.code)} {escape(step.label)}: '
        f'{escape(step.word)}"><span aria-hidden="true">{STANDINGS[step.display]}</span>'
        f'<span class="sr">{escape(step.code)}: {escape(step.word)}</span></a>'
        for step in steps[:MOST_STEPS]
    )
    rest = f'<span class="st">+{len(steps) - MOST_STEPS}</span>' if len(steps) > MOST_STEPS else ""
    year = f" <span>{escape(row[f'{key}_year'])}</span>" if row[f"{key}_year"] else ""
    label = f'<span class="lab">{escape(column.label)}</span>'
    inside = f'{label}<span class="sts">{signs}{rest}</span> {escape(row[f"{key}_text"])}{year}'
    return Markup(f'<td class="mir mir-steps" data-v="{len(steps)}">{inside}</td>')  # noqa: S704  every part is escaped


def _absent(row: Row, column: Column) -> Markup:
    """Why there is no value: the short word, the whole sentence as its title."""
    key = column.key
    sign = STATES[row[f"{key}_status"]]
    inside = f'<span aria-hidden="true">{sign}</span> {escape(row[f"{key}_short"])}'
    return _cell(row, column, "mir mir-none", inside, "")


def _cell(row: Row, column: Column, classes: str, inside: str, value: object) -> Markup:
    key = column.key
    title = escape(
        ". ".join(
            part.rstrip(".") for part in (row[f"{key}_word"], row[f"{key}_unit"], row[f"{key}_year"]) if part
        )
    )
    inside = f'<span class="lab">{escape(column.label)}</span>{inside}'
    href = row[f"{key}_href"]
    if href:
        # Out of its row and column a number is the name of nothing.
        name = escape(", ".join(part for part in (row.get("name"), column.label) if part))
        inside = f'<a href="{escape(href)}"><span class="sr">{name}: </span>{inside}</a>'
    return Markup(f'<td class="{classes}" title="{title}" data-v="{value}">{inside}</td>')  # noqa: S704  escaped


def _track(row: Row, key: str, *, bar: bool) -> str:
    at = row[f"{key}_at"]
    if bar:
        return f'<span class="trk" aria-hidden="true"><i class="len" style="width:{at}%"></i></span>'
    start, end = row.get(f"{key}_from"), row.get(f"{key}_to")
    reach = (
        f'<i class="rng" style="left:{start}%;width:{round(end - start, 2)}%"></i>' if end is not None else ""
    )
    open_dot = " open" if row[f"{key}_status"] != "measured" else ""
    return (
        f'<span class="trk" aria-hidden="true">{reach}<i class="dot{open_dot}" style="left:{at}%"></i></span>'
    )


def _sign(row: Row, key: str) -> str:
    """The sign of a state that is not plain, its word for those who do not see it."""
    sign = STATES[row[f"{key}_status"]]
    word = escape(row[f"{key}_word"])
    return f'<sup title="{word}">{sign}</sup><span class="sr"> ({word})</span>' if sign else ""


def _badge(row: Row, key: str) -> str:
    return f'<span class="badge">{escape(row[f"{key}_badge"])}</span>' if row[f"{key}_badge"] else ""
