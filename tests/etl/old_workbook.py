"""Writes the container of old Office files (OLE2) byte by byte: an .xls workbook, an encrypted .xlsx.

Nothing kept writes these formats any more, and both must be read or refused by what they are.
"""

import struct
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SMALLEST = 4096  # below this a stream would live in the mini stream, which nobody needs here


def write_ole2(path: Path, streams: dict[str, bytes]) -> None:
    """Write an OLE2 file with these streams in its root."""
    padded = {
        name: data.ljust(max(SMALLEST, -(-len(data) // SECTOR) * SECTOR), b"\0")
        for name, data in streams.items()
    }
    entries, body, chain, start = [], b"", [FAT, END], 2
    for name, data in padded.items():
        count = len(data) // SECTOR
        chain += [*range(start + 1, start + count), END]
        entries.append(directory_entry(name, 2, start, len(data)))
        body += data
        start += count
    assert len(chain) <= SECTOR // 4
    assert len(entries) <= 3
    root = directory_entry("Root Entry", 5, END, 0, child=1)
    for number in range(len(entries) - 1):  # each entry's right sibling is the next
        entries[number] = entries[number][:72] + struct.pack("<I", number + 2) + entries[number][76:]
    directory = (root + b"".join(entries)).ljust(SECTOR, b"\0")
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, SMALLEST, END, 0, END, 0,
    )  # fmt: skip
    path.write_bytes((header + struct.pack("<I", 0)).ljust(SECTOR, b"\xff") + table + directory + body)


def directory_entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    """One 128-byte entry of the directory."""
    spelled = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII36xIQ", spelled, len(spelled), kind, 1, FREE, FREE, child, start, size
    )  # fmt: skip


def write_xls(path: Path, rows: list[list[str | float]], sheet: str = "Sayfa1") -> None:
    """Write a one-sheet BIFF8 workbook of texts and numbers under any name."""
    bound = struct.pack("<IBB", 0, 0, 0) + short_text(sheet)
    globals_size = 4 + 16 + 4 + len(bound) + 4
    bound = struct.pack("<IBB", globals_size, 0, 0) + short_text(sheet)
    opening = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    page = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    page += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for number, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                page += record(0x0204, place + text)
            else:
                page += record(0x0203, place + struct.pack("<d", cell))
    write_ole2(path, {"Workbook": opening + record(0x0085, bound) + record(0x000A) + page + record(0x000A)})


def write_encrypted(path: Path) -> None:
    """Write what Office leaves of a workbook under a password: two streams, neither of them a workbook."""
    write_ole2(
        path, {"EncryptionInfo": b"\x04\x00\x04\x00" + b"<encryption/>", "EncryptedPackage": b"\x5a" * 5000}
    )


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def short_text(text: str) -> bytes:
    return struct.pack("<BB", len(text), 1) + text.encode("utf-16-le")
