"""Parses one sheet of a workbook in a process of its own; imports nothing of this package.

The parser is compiled code that ends its process when a corrupt file asks for more memory than there is.
So it runs here, under a limit, and whoever wants the sheet runs this file: PATH [SHEET] in, JSON out, an
exit code for what went wrong.
"""

import datetime
import json
import resource
import sys

import python_calamine

PASSWORD, DAMAGED = 3, 4
MOST_MEMORY = 4 << 30


def main(path: str, name: str | None) -> int:
    """Write the sheet called ``name``, else the only filled one, with the names of all."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        with open(path, "rb") as stream:  # noqa: PTH123  (as a stream: by path it would go by the extension)
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            found = describe(book, name)
    except python_calamine.PasswordError:
        return PASSWORD
    except (python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError, OSError):
        return DAMAGED
    json.dump(found, sys.stdout, ensure_ascii=False, default=datetime.date.isoformat)
    return 0


def describe(book: python_calamine.CalamineWorkbook, name: str | None) -> dict[str, object]:
    """All sheets, the filled ones, and of the one wanted its cells and merged ranges (0-based corners)."""
    filled = [one for one in book.sheet_names if book.get_sheet_by_name(one).height] if name is None else []
    wanted = name if name in book.sheet_names else filled[0] if len(filled) == 1 else None
    told: dict[str, object] = {"sheets": book.sheet_names, "filled": filled, "sheet": wanted}
    if wanted is not None:
        page = book.get_sheet_by_name(wanted)
        told |= {"rows": page.to_python(skip_empty_area=False), "merged": page.merged_cell_ranges or []}
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
