"""Where it stands: the units that spend the open branch, and its budget lines with file, sheet and row.

Lines are read with a limit; how many more there are is said from the units, which count all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers, prices
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.prices import NOMINAL, Basis
from dashboard.state_spending import MEASURES
from dashboard.views.spending_economic import part_row, parts_frame, parts_headline, whole_of
from dashboard.views.spending_lens import Lens, basis_facts, final
from dashboard.views.spending_values import fact_columns, stamp_columns

MOST_LINES = 60


def unit_rows(lens: Lens) -> list[Row]:
    """Sums by unit (institutional code as written) under the open branch."""
    branch = lens.state.branch
    return lens.data.rows(
        "spending_units", city_id=lens.state.lead, year=lens.year, entities=lens.entities,
        function=branch.function, economic=branch.economic, unit=branch.unit,
    )  # fmt: skip


def units_block(lens: Lens, units: Sequence[Row]) -> Block:
    """The units as a table with bars."""
    words = lens.words
    every = {row["unit"] or "": row for row in units}
    whole = whole_of(lens, units)
    rows = [part_row(lens, code, row, whole, "unit") for code, row in every.items()]
    rows.sort(key=lambda row: (row["value"] is None, -(row["value"] or 0.0), row["code"]))
    frame = parts_frame(lens, rows, words("spending.unit_code"))
    total = lens.total(lens.year)
    return Block(
        id="unit",
        title=words("spending.units_of", what=lens.what),
        measure=lens.told(lens.shown),
        headline=parts_headline(lens, frame, "unit"),
        frame=frame,
        source=lens.source([total] if total else [], str(lens.year)),
        notes=(words("spending.units_note"),) if rows else (),
        twin_open=False,
        style="money",
    )


def lines_block(lens: Lens, units: Sequence[Row]) -> Block:
    """The largest lines of the branch, amounts as the file has them."""
    words, branch = lens.words, lens.state.branch
    found = lens.data.rows(
        "spending_rows", city_id=lens.state.lead, year=lens.year, entities=lens.entities,
        function=branch.function, economic=branch.economic, unit=branch.unit,
        measure=MEASURES[lens.state.measure], most=MOST_LINES,
    )  # fmt: skip
    every = sum(row["lines"] for row in units)
    shown, rest = len(found), every - len(found)
    counts = {"n": numbers.number(every, 0, words.lang), "k": shown, "what": lens.what, "city": lens.name}
    if not found:
        told = words("spending.nothing_here", city=lens.name, what=lens.what, year=lens.year)
    else:
        told = words("spending.lines_more" if rest else "spending.lines_all", year=lens.year, **counts)
    notes = [words("spending.lines_nominal")] if found else []
    if rest:
        notes.insert(0, words("spending.lines_rest", n=numbers.number(rest, 0, words.lang)))
    return Block(
        id="lines",
        title=words("spending.lines_of", what=lens.what),
        measure=lens.told(Basis(NOMINAL)),
        headline=told,
        frame=Frame(
            _columns(lens), tuple(_line(lens, row) for row in found), caption=words("spending.block_lines")
        ),
        source=lens.source(found, str(lens.year)),
        notes=tuple(notes),
        twin_open=not branch.is_whole,
        style="money lines",
    )


def _line(lens: Lens, row: Row) -> Row:
    words = lens.words
    facts = lens.facts(Basis(NOMINAL))
    return {
        **facts,
        **lens.stamp(row),
        **basis_facts(Basis(NOMINAL), words),
        "name": row["label"] or words("spending.no_label"),
        "sort_key": row["row_number"],
        "functional": row["functional"] or "",
        "economic": row["economic"] or "",
        "institutional": row["institutional"] or "",
        "finance_type": row["finance_type"] or "",
        "function_id": row["function_id"],
        "function": lens.code("functional", row["function_id"]),
        "economic_id": row["economic_id"],
        "entity": words(f"spending.entity_{row['entity']}"),
        **{name: row[f"{name}_try"] for name in MEASURES.values()},
        "file": row["file"] or "",
        "sheet": row["sheet"] or "",
        "row_number": row["row_number"],
        "where": words(
            "spending.where", file=row["file"] or "–", sheet=row["sheet"] or "–", row=row["row_number"]
        ),
        "where_sort": f"{row['file']} {row['row_number']:09d}",
        "status_word": final(row, words),
    }


def _columns(lens: Lens) -> tuple[Column, ...]:
    words = lens.words
    lira = prices.symbol(Basis(NOMINAL))
    return (
        Column("name", words("spending.line"), "place", in_file=False),
        Column("functional", words("spending.functional_code"), in_file=False),
        Column("economic", words("spending.economic_code"), in_file=False),
        Column("institutional", words("spending.unit_code"), in_file=False),
        *(
            Column(name, words(f"spending.measure_{name}"), "plain", symbol=lira, in_file=False)
            for name in MEASURES.values()
        ),
        Column("where", words("spending.where_column"), in_file=False),
        filed("name", words("columns.line")),
        filed("entity", words("columns.entity")),
        filed("institutional", words("columns.institutional")),
        filed("functional", words("columns.functional")),
        filed("finance_type", words("columns.finance_type")),
        filed("economic", words("columns.economic")),
        filed("function_id", words("columns.function_id")),
        filed("function", words("columns.function")),
        filed("economic_id", words("columns.economic_id")),
        *(filed(name, words(f"columns.{name}")) for name in MEASURES.values()),
        filed("sheet", words("columns.sheet")),
        filed("row_number", words("columns.row_number")),
        filed("status_word", words("columns.status")),
        *(column for column in fact_columns(words) if column.key != "measure"),
        *stamp_columns(words),
    )
