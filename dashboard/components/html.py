"""View -> HTML text through the templates; the same text is sent before any script and on every update.

Measured: a table twin of 1,400 rows as Dash components costs the browser over half a second to
reconcile, as HTML text a few milliseconds. Everything is autoescaped; `body` alone is trusted.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import numbers
from dashboard.components.cells import body, heading
from dashboard.components.controls import options
from dashboard.frame import Frame
from dashboard.page import Block, Control, View
from dashboard.state import address
from dashboard.text import Words

TEMPLATES = Path(__file__).parents[1] / "templates"
FIRST_ROWS = 200  # rows of a twin sent with a view; the rest follows on request


@cache
def environment() -> Environment:
    """The template environment: autoescape on, undefined names are errors."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(
        address=address,
        numbers=numbers,
        body=body,
        heading=heading,
        table_rows=_table_rows,
        options=options,
    )
    return made


def render(template: str, words: Words, **values: Any) -> Markup:
    """One template with the words of one language."""
    text = environment().get_template(template).render(t=words, lang=words.lang, **values)
    return Markup(text)  # noqa: S704 - the template has escaped its values


def part(template: str, name: str, words: Words, **values: Any) -> Markup:
    """One named Jinja block of a template: how a long text is kept in one file and shown in sections."""
    found = environment().get_template(template)
    context = found.new_context({"t": words, "lang": words.lang, **values})
    return Markup("".join(found.blocks[name](context)))  # noqa: S704 - the template has escaped its values


def intro(view: View, words: Words, path: str) -> Markup:
    """Title, lead sentence, the choice in words, chips and notices."""
    return render("intro.html", words, view=view, path=path)


def head(block: Block, words: Words) -> Markup:
    """What is measured and what the data say."""
    return render("block_head.html", words, block=block)


def foot(block: Block, words: Words, link: dict[str, Any]) -> Markup:
    """Legend, notes, source line, actions and the table twin. `link` has page name and query."""
    return render("block_foot.html", words, block=block, link=link)


def table(frame: Frame, words: Words, *, every: bool = False) -> Markup:
    """The table twin; `every` lifts the row limit."""
    return render("table.html", words, frame=frame, rows=_table_rows(frame, every=every), more=None)


def controls_form(controls: tuple[Control, ...], words: Words, hidden: dict[str, str]) -> Markup:
    """The control strip as a plain GET form, for the time before scripts and without them."""
    return render("controls.html", words, controls=controls, hidden=hidden)


def _table_rows(frame: Frame, *, every: bool = False) -> list[dict[str, Any]]:
    if every or len(frame) <= FIRST_ROWS:
        return list(frame.rows)
    first = list(frame.rows[:FIRST_ROWS])
    if frame.lead and not any(row.get("city_id") == frame.lead for row in first):
        first += [row for row in frame.rows if row.get("city_id") == frame.lead]
    return first
