"""Tells from its columns which declared layout a file is meant to be; `karne check FILE` needs no name."""

from __future__ import annotations

from pathlib import Path

from etl.errors import KarneError
from etl.readers.file import open_table
from etl.sources.layout import Layout, layout_of, layouts
from etl.turkish import lookup_key


def told_layout(path: Path, name: str | None) -> Layout:
    """The layout called ``name``, else the one most of whose columns the file has.

    Raises KarneError where no column of the file is known, and the file's own faults where it cannot be read.
    """
    if name is not None:
        return layout_of(name)
    known = {
        layout.layout: columns_found(path, layout) for layout in layouts().values() if layout.header_rows
    }
    best = max(known, key=lambda one: known[one])
    if known[best] == 0:
        raise KarneError("layout_not_told", known=", ".join(layouts()))
    return layouts()[best]


def columns_found(path: Path, layout: Layout) -> int:
    """How many of the layout's columns the first row of the file names."""
    header = next(iter(open_table(path, delimiter=layout.delimiter).rows), None)
    spelled = {lookup_key(str(cell)) for cell in header.cells} if header else set()
    return sum(any(lookup_key(one) in spelled for one in column.headers) for column in layout.columns)
