"""Frame -> the frame a file is written from: no row of figures leaves without source, licence and release.

A page that says them better, row by row, is left alone.
"""

from collections.abc import Mapping
from dataclasses import replace

from dashboard.catalog import Catalog, Source
from dashboard.frame import Column, Frame, Row
from dashboard.text import Words


def stamped(frame: Frame, catalog: Catalog, words: Words) -> Frame:
    """The frame with the file-only columns it lacks; equal when it lacks none."""
    there = {column.key for column in frame.file_columns()}
    has_figures = "value" in there or bool(there & catalog.indicators.keys())
    wanted = ("source", "licence", "release") if has_figures else ("release",)
    missing = [name for name in wanted if name not in there]
    rows = [{name: _says(name, row, frame, catalog, words) for name in missing} for row in frame.rows]
    kept = [name for name in missing if any(row[name] for row in rows)]
    taken = {column.label for column in frame.file_columns()}
    added = [Column(name, words(f"columns.{name}"), on_screen=False) for name in kept]
    return replace(
        frame,
        columns=(*frame.columns, *(column for column in added if column.label not in taken)),
        rows=tuple(row | extra for row, extra in zip(frame.rows, rows, strict=True)),
    )


def _says(name: str, row: Row, frame: Frame, catalog: Catalog, words: Words) -> str:
    if name == "release":
        return catalog.release.release_id
    field = {"source": "citation", "licence": "licence"}[name]
    said = dict.fromkeys(words.of(source, field) for source in sources((row,), frame, catalog))
    return " ".join(said)


def sources(rows: tuple[Mapping[str, object], ...], frame: Frame, catalog: Catalog) -> tuple[Source, ...]:
    """Sources of every indicator these rows show: named in them, their key, or columns of the frame."""
    keys = [str(row.get(name, "")) for row in rows for name in ("indicator_id", "city_id")]
    named = [key for key in keys if key in catalog.indicators]
    columns = [column.key for column in frame.columns if column.key in catalog.indicators]
    ids = dict.fromkeys(catalog.indicators[name].source_id for name in (*named, *columns))
    return tuple(catalog.sources[source] for source in ids)
