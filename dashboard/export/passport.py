"""What a reader of a file must know without the page: what it is, whose, of when, on what terms.

A file leaves the site alone, so nothing here may refer to something only the page says.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.catalog import Catalog, Source
from dashboard.export.stamp import sources
from dashboard.export.table import neutral
from dashboard.page import Block, View
from dashboard.text import Words, keys


@dataclass(frozen=True)
class Passport:
    """Title, indicators' sources and the lines of the About sheet in order.

    `stated` and `licences` are what the rows say themselves, where no indicator stands behind them.
    """

    title: str
    sources: tuple[Source, ...]
    stated: tuple[str, ...]
    licences: tuple[str, ...]
    built_at: dt.datetime
    lines: tuple[tuple[str, str], ...]


def passport(view: View, block: Block, catalog: Catalog, words: Words, address: str) -> Passport:
    """The passport of one block of one view; `address` is the full one of the page."""
    shown = sources(block.frame.rows, block.frame, catalog) if block.frame else ()
    lines = [(words(f"export.{name}"), text) for name, text in _facts(view, block, catalog, address) if text]
    for source in shown:
        lines += [(words(f"export.{name}"), text) for name, text in _source(source, words) if text]
    stated, licences = (_distinct(block, key) for key in ("source", "licence"))
    if not shown:
        lines += [(words("export.citation"), text) for text in stated]
        lines += [(words("export.licence"), text) for text in licences]
    if block.source and block.source.synthetic:
        lines.append((words("source.synthetic"), words("export.synthetic")))
    lines += [(words("export.note"), note) for note in block.notes]
    lines += _statuses(words)
    title = " · ".join(part for part in (view.title, block.title) if part)
    return Passport(
        title=title,
        sources=shown,
        stated=stated,
        licences=licences,
        built_at=catalog.release.built_at,
        lines=tuple((name, neutral(text)) for name, text in lines),
    )


def _distinct(block: Block, key: str) -> tuple[str, ...]:
    """What the rows say under `key`, once each."""
    rows = block.frame.rows if block.frame else ()
    return tuple(dict.fromkeys(str(row[key]) for row in rows if row.get(key)))


def _facts(view: View, block: Block, catalog: Catalog, address: str) -> Iterator[tuple[str, str]]:
    source = block.source
    yield "title", block.title
    yield "measure", block.measure
    yield "choice", view.choice
    yield "finding", block.headline
    yield "rows", str(len(block.frame) if block.frame else 0)
    yield "source", source.text if source else ""
    yield "period", source.period if source else ""
    yield "level", source.level if source else ""
    yield "release", catalog.release.release_id
    yield "as_of", catalog.release.as_of.isoformat()
    yield "address", address


def _source(source: Source, words: Words) -> Iterator[tuple[str, str]]:
    yield "citation", words.of(source, "citation")
    yield "licence", words.of(source, "licence")
    yield "redistribution", words.of(source, "redistribution")
    yield "url", source.url or ""


def _statuses(words: Words) -> Iterator[tuple[str, str]]:
    for key in sorted(keys(words.lang)):
        group, _, code = key.partition(".")
        if group == "status" and f"{key}_why" in keys(words.lang):
            yield words("export.state", word=words(key)), words(f"status.{code}_why")
