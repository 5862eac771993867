"""Parses one sheet of a workbook in a process of its own; imports nothing of this package.

The parser is compiled code that ends its process when a corrupt file asks for more memory than there is.
So it runs here, under a limit, and whoever wants the sheet runs this file: PATH HEADER_ROWS [SHEET] in, JSON
out, an exit code for what went wrong.
"""

import datetime
import itertools
import json
import resource
import sys
from typing import Any

import python_calamine

PASSWORD, DAMAGED = 3, 4
MOST_MEMORY = 4 << 30


def main(path: str, header_rows: int, name: str | None) -> int:
    """Write the sheet called ``name``, else the only filled one, with the names and headers of all."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (as a stream: by path it would go by the extension)
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            found = describe(book, header_rows, name)
    except python_calamine.PasswordError:
        return PASSWORD
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError):
        return DAMAGED
    json.dump(found, sys.stdout, ensure_ascii=False, default=datetime.date.isoformat)
    return 0


def describe(book: python_calamine.CalamineWorkbook, header_rows: int, name: str | None) -> dict[str, object]:
    """All sheets, the filled ones with their first rows, and of the one wanted its cells and merged ranges.

    Ranges are 0-based corners; a first row is one that holds anything.
    """
    pages = {one: book.get_sheet_by_name(one) for one in book.sheet_names}
    filled = [one for one, page in pages.items() if page.height]
    wanted = name if name in pages else filled[0] if name is None and len(filled) == 1 else None
    told: dict[str, object] = {"sheets": book.sheet_names, "filled": filled, "sheet": wanted}
    if wanted is not None:
        rows = pages[wanted].to_python(skip_empty_area=False)
        told |= {"rows": rows, "merged": pages[wanted].merged_cell_ranges or []}
        told["headers"] = {one: first_rows(pages[one], header_rows) for one in filled}
    return told


def first_rows(page: python_calamine.CalamineSheet, count: int) -> list[list[Any]]:
    """The first ``count`` rows of a sheet that hold anything."""
    return list(itertools.islice((row for row in page.iter_rows() if any(map(str, row))), count))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None))
