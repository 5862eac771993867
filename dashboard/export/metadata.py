"""Table and passport -> CSVW metadata: what machines need to read both CSV files without guessing.

Terms are those of the W3C vocabulary (csvw, dc); the two tables differ in their dialect only.
"""

from typing import Any

from dashboard.export.csv_file import EXCEL, MACHINE, Dialect
from dashboard.export.passport import Passport
from dashboard.export.table import Field, Table
from dashboard.text import Words


def metadata(table: Table, passport: Passport, words: Words, urls: tuple[str, str]) -> dict[str, Any]:
    """A CSVW table group; `urls` are the addresses of the machine's and of Excel's file."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": words.lang}],
        "dc:title": passport.title,
        "dc:source": [words.of(source, "citation") for source in passport.sources] or list(passport.stated),
        "dc:rights": [words.of(source, "licence") for source in passport.sources] or list(passport.licences),
        "dc:issued": passport.built_at.date().isoformat(),
        "tables": [
            {
                "url": url,
                "dialect": {"delimiter": dialect.delimiter, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
                "tableSchema": {"columns": [_column(field, dialect, words) for field in table.fields]},
            }
            for url, dialect in zip(urls, (MACHINE, EXCEL), strict=True)
        ],
    }  # fmt: skip


def _column(field: Field, dialect: Dialect, words: Words) -> dict[str, Any]:
    datatype: Any = field.datatype
    if field.datatype == "number":
        datatype = {"base": "number", "format": {"decimalChar": dialect.decimal}}
    if field.datatype == "boolean":
        datatype = {"base": "boolean", "format": f"{words('export.yes')}|{words('export.no')}"}
    return {"name": field.name, "titles": field.title, "datatype": datatype, "null": ""}
