"""Cells of the survey matrices: a share, its state in words, and what it is held against; never colour alone."""

from functools import lru_cache

from markupsafe import Markup, escape

from dashboard import numbers
from dashboard.components.symbols import STATES, VERDICTS
from dashboard.frame import Column, Row
from dashboard.text import Words


def estimate_cell(row: Row, column: Column, words: Words) -> Markup:
    """One share of a matrix.

    Reads <key> (a percentage or None), <key>_status, <key>_word (why it is not simply shown), <key>_short (that in
    a word, where the status does not say it), <key>_class (fifth 0 to 4 of the matrix, or None), <key>_href,
    <key>_open, <key>_sub (a second line), <key>_verdict (lower, higher or unclear, with <key>_verdict_word),
    <key>_title (all of it in a sentence).
    """
    key = column.key
    value, status, word = row.get(key), row[f"{key}_status"], row[f"{key}_word"]
    step, verdict = row.get(f"{key}_class"), row.get(f"{key}_verdict")
    classes = ["est"]
    if value is None:
        classes.append("missing")
        name = row.get(f"{key}_short") or words(f"status.{status}")
        inside = f'<span title="{escape(word)}"><span aria-hidden="true">{STATES[status]}</span> {escape(name)}</span>'
    else:
        inside = (
            f'<span class="n">{numbers.with_unit(value, column.decimals, column.symbol, words.lang)}</span>'
        )
        if STATES[status]:
            inside += (
                f'<sup title="{escape(word)}">{STATES[status]}</sup><span class="sr"> ({escape(word)})</span>'
            )
        classes.append(f"h{step}" if step is not None else "")
    if verdict:
        classes.append(f"v-{verdict}")
        told = escape(row[f"{key}_verdict_word"])
        inside += f'<span class="v"><span aria-hidden="true">{VERDICTS[verdict]}</span> {told}</span>'
    if sub := row.get(f"{key}_sub"):
        inside += f'<span class="s">{escape(sub)}</span>'
    href = row.get(f"{key}_href")
    if href:
        current = ' aria-current="true"' if row.get(f"{key}_open") else ""
        # Out of its row and column a number is the name of nothing.
        name = escape(", ".join(part for part in (row.get("name"), column.label) if part))
        inside = f'<a data-soft href="{escape(href)}"{current}><span class="sr">{name}: </span>{inside}</a>'
    if row.get(f"{key}_open"):
        classes.append("is-open")
    sort = "" if value is None else value
    names = " ".join(name for name in classes if name)
    title = f' title="{escape(row[f"{key}_title"])}"' if row.get(f"{key}_title") else ""
    return Markup(f'<td class="{names}"{title} data-v="{sort}">{inside}</td>')  # noqa: S704  every part is escaped


def owed_cell(row: Row, column: Column, words: Words) -> Markup:
    """A figure nobody has: the word, and the body that owes it (<key>_owner), below it or, where `row["tight"]`, as
    its title; otherwise <key> with its <key>_tone and <key>_sort."""
    key = column.key
    if row[key] is None:
        return _owed(row[f"{key}_owner"], bool(row.get("tight")), words.lang)
    return _had(row[key], row[f"{key}_tone"], row[f"{key}_sort"])


@lru_cache(maxsize=1_024)
def _owed(owner: str, tight: bool, lang: str) -> Markup:
    words = Words(lang)
    told, word = words("survey.owed_by", owner=owner), words("status.not_collected")
    if tight:
        return Markup(
            '<td class="owed" data-v="" title="{}"><span aria-hidden="true">–</span> {}</td>'
        ).format(told, word)
    return Markup(
        '<td class="owed" data-v=""><span aria-hidden="true">–</span> {}<span class="s">{}</span></td>'
    ).format(word, told)


@lru_cache(maxsize=4_096)
def _had(text: str, tone: str, sort: float) -> Markup:
    return Markup('<td class="has s-{}" data-v="{}">{}</td>').format(tone, sort, text)
