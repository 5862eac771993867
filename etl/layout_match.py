"""Tells from its columns which declared layout a file is meant to be; `karne check FILE` needs no name."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from etl.bulk.arrival import is_parquet
from etl.bulk.judging import KIND
from etl.errors import FaultyInput, KarneError
from etl.readers.workbook import workbook_format
from etl.sources.contract import open_as, spelled_header
from etl.sources.layout import Layout, layout_of, layouts
from etl.turkish import lookup_key

# Our own workbooks: of their several sheets one is read, and its name tells which form it is.
FORMS = ("spending", "plan")
# Faults of a sheet that is there; the check of the form tells them all.
OF_THE_SHEET = {"merged_cells", "formula_error", "sheet_twin"}


def told_layout(path: Path, name: str | None) -> Layout:
    """The layout called ``name``, else the one most of whose columns the file has.

    Raises KarneError where no column of the file is known, and the file's own faults where it cannot be read
    as any of them.
    """
    if name is not None:
        return layout_of(name)
    if path.is_file() and is_parquet(path):
        return layout_of(KIND)
    headers: dict[tuple[str | None, str | None, int, bool], set[str]] = {}
    found: dict[str, int] = {}
    refusals: list[FaultyInput] = []
    at_fault: Layout | None = None
    is_workbook = path.is_file() and workbook_format(path) is not None
    known = [layout for layout in layouts().values() if layout.header_rows]
    for layout in sorted(known, key=lambda one: one.layout not in FORMS):  # a large form is opened once
        opened = layout.delimiter, layout.sheet, layout.header_rows, layout.has_titles
        has_own = is_workbook and layout.layout in FORMS
        try:
            headers[opened] = headers.get(opened) or header_of(path, layout)
        except FaultyInput as error:
            refusals.insert(len(refusals) if layout.sheet else 0, error)  # a sheet that is missing says least
            is_of_sheet = has_own and {fault.rule for fault in error.faults} <= OF_THE_SHEET
            at_fault = at_fault or (layout if is_of_sheet else None)
            continue
        found[layout.layout] = columns_found(headers[opened], layout) + has_own
        if has_own and found[layout.layout] > len(layout.columns):
            return layout
    if refusals and not any(found.values()):
        if at_fault:
            return at_fault
        raise refusals[0]
    best = max(found, key=lambda one: found[one])
    if found[best] == 0:
        raise KarneError("layout_not_told", known=", ".join(layouts()))
    return layouts()[best]


def header_of(path: Path, layout: Layout) -> set[str]:
    """The cells of the file's header, folded, read as the layout opens it."""
    rows = open_as(layout, path).rows
    header = spelled_header(list(islice(rows, layout.header_rows)))
    return {lookup_key(str(cell)) for cell in header or ()}


def columns_found(spelled: set[str], layout: Layout) -> int:
    """How many of the layout's columns are among the folded headers."""
    return sum(any(lookup_key(one) in spelled for one in column.headers) for column in layout.columns)
