"""Table -> CSV, for machines (comma, dot, no BOM) or for Turkish Excel (semicolon, comma, BOM).

Excel guesses separator, decimals and encoding from the reader's region; the second dialect is what a
Turkish Excel opens right on a double click.
"""

import csv
import datetime as dt
import io
from dataclasses import dataclass

from dashboard.export.table import Cell, Table


@dataclass(frozen=True)
class Dialect:
    """How one kind of CSV is written."""

    delimiter: str
    decimal: str
    bom: bool


MACHINE = Dialect(delimiter=",", decimal=".", bom=False)
EXCEL = Dialect(delimiter=";", decimal=",", bom=True)


def csv_bytes(table: Table, dialect: Dialect) -> bytes:
    """Heading row and all rows, lines ended by CR LF as RFC 4180 has them."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow([field.title for field in table.fields])
    writer.writerows([_text(cell, dialect) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig" if dialect.bom else "utf-8")


def _text(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0").replace(".", dialect.decimal)
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
