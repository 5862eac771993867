"""Cells of the plan's tree: levels, A, B, C, shares of the way and how it stands; never colour alone.

Texts of a plan are Turkish whatever the page's language is, and come from a file somebody sent: marked and escaped.
"""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from dashboard import numbers
from dashboard.components.symbols import STANDINGS
from dashboard.frame import Column, Row
from dashboard.text import Words

FIRST = "baseline"


def node_cell(row: Row, column: Column, words: Words) -> Markup:
    """The head of a row.

    Reads `tier` (plan, goal, objective or indicator), `code`, <key> (its words), `href` (opens it), `fold` (whether the
    rows below it show; None where there are none), `facts` and `remarks` (pairs of our word and a text of the plan),
    `onward` (name and address of another page).
    """
    tier, code = row["tier"], escape(row["code"])
    href, fold = row.get("href"), row.get("fold")
    shown = f'<a data-soft href="{escape(href)}">{code}</a>' if href else f"<b>{code}</b>"
    if fold is not None:
        name = escape(words("plan.fold", code=row["code"]))
        shown = f'<input type="checkbox" class="fold" aria-label="{name}"{" checked" if fold else ""}>{shown}'
    label = escape(row[column.key]) if tier == "plan" else _own(row[column.key], words)
    inside = f"{shown} {label}{_lines('s', row.get('facts', ()), words)}"
    inside += _lines("s remark", row.get("remarks", ()), words)
    if onward := row.get("onward"):
        inside += f'<span class="s"><a href="{escape(onward[1])}">{escape(onward[0])}</a></span>'
    return Markup(f'<th scope="row" class="node n-{tier}">{inside}</th>')  # noqa: S704  every part is escaped


def _own(text: str, words: Words) -> str:
    """Words of the plan."""
    return f'<span lang="tr">{escape(text)}</span>' if words.lang != "tr" else str(escape(text))


def _lines(style: str, pairs: Sequence[tuple[str, str]], words: Words) -> str:
    """One quiet line of facts, each a word of ours and, where it has one, a text of the plan."""
    told = [f"{escape(word)}: {_own(text, words)}" if text else str(escape(word)) for word, text in pairs]
    return f'<span class="{style}">{" · ".join(told)}</span>' if told else ""


def value_cell(row: Row, column: Column, words: Words) -> Markup:
    """A, B or C of an indicator with `decimals` and `symbol` of its row, and <key>_sub; of a goal or an objective the
    first of the three says in their place what is covered (`covered`)."""
    if row["tier"] != "indicator":
        if column.key != FIRST:
            return Markup()
        return Markup('<td class="txt covered" colspan="3" data-v="">{}</td>').format(row["covered"])
    value = row.get(column.key)
    if value is None:
        return Markup('<td class="num dim" data-l="{}" data-v="">–</td>').format(column.label)
    text = numbers.with_unit(value, row["decimals"], row["symbol"], words.lang)
    sub = f'<span class="s">{escape(row[f"{column.key}_sub"])}</span>' if row.get(f"{column.key}_sub") else ""
    return Markup(  # noqa: S704  every part is escaped
        f'<td class="num" data-l="{escape(column.label)}" data-v="{value}">{text}{sub}</td>'
    )


def share_cell(row: Row, column: Column, words: Words) -> Markup:
    """A percentage and <key>_sub below it; nothing in a row that has no such key.

    `bar` draws it behind the number, within 0 and 100, unless the row cannot be measured: then it is quiet.
    """
    key = column.key
    if key not in row:
        return Markup("<td></td>")
    value = row[key]
    quiet = value is None or (row.get("standing") == "unmeasurable" and key != "weight")
    bar = column.bar and not quiet
    return _share(value, row.get(f"{key}_sub") or "", (key, column.label), (quiet, bar), words.lang)


# The rows of all cities stand under every plan.
@lru_cache(maxsize=16_384)
def _share(
    value: float | None, sub: str, named: tuple[str, str], looks: tuple[bool, bool], lang: str
) -> Markup:
    (key, label), (quiet, has_bar) = named, looks
    below = f'<span class="s">{escape(sub)}</span>' if sub else ""
    shown, bar = "–", ""
    if value is not None:
        width = round(max(0.0, min(100.0, value)), 1)
        bar = f'<span class="bar" style="--w:{width:g}%" aria-hidden="true"></span>' if has_bar else ""
        shown = f'{bar}<span class="n">{numbers.realised(value, lang)}</span>'
    style, sort = f"num k-{key}{' dim' if quiet else ''}", "" if value is None else f"{value:g}"
    return Markup(  # noqa: S704  every part is escaped
        f'<td class="{style}" data-l="{escape(label)}" data-v="{sort}">{shown}{below}</td>'
    )


def standing_cell(row: Row, column: Column, words: Words) -> Markup:
    """Sign and word of how it stands, and <key>_sub: why, or against what."""
    key = row[column.key]
    sub = row.get(f"{column.key}_sub") or ""
    below = f'<span class="s">{escape(sub)}</span>' if sub else ""
    sign = f'<span class="st st-{key}" aria-hidden="true">{STANDINGS[key]}</span>'
    return Markup(  # noqa: S704  every part is escaped
        f'<td class="txt stand" data-v="">{sign} {escape(words(f"plan.is_{key}"))}{below}</td>'
    )


def year_cell(row: Row, column: Column, words: Words) -> Markup:
    """A node or an indicator in one year: sign and percentage, or sign and word, and <key>_sub.

    Reads <key>, <key>_standing and <key>_standing_word; nothing in a year the row has no such key for.
    """
    key = column.key
    if f"{key}_standing" not in row:
        return Markup("<td></td>")
    value, standing, word = row[key], row[f"{key}_standing"], escape(row[f"{key}_standing_word"])
    sign = f'<span class="st st-{standing}" title="{word}" aria-hidden="true">{STANDINGS[standing]}</span>'
    shown = f'<span class="w">{word}</span>'
    if value is not None and standing != "unmeasurable":
        shown = f'<span class="n">{numbers.realised(value, words.lang)}</span><span class="sr"> {word}</span>'
    sub = f'<span class="s">{escape(row[f"{key}_sub"])}</span>' if row.get(f"{key}_sub") else ""
    return Markup(f'<td class="num in-year" data-v="">{sign} {shown}{sub}</td>')  # noqa: S704  every part is escaped
