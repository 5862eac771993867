"""Tells in which of the four accepted encodings a text file is written; never by the likelier guess."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from etl.errors import UnreadableFile, Where

CHUNK = 1 << 20
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Letters of Turkish in UTF-8 are two bytes, C3..C5 and a trail byte. In cp1254 that pair would read "Ã¼",
# "ÄŸ" or "ÅŸ", which nobody writes: a file with such a pair that is not UTF-8 throughout is a mixture.
UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
# cp1254 and iso-8859-9 differ only in 80..9F: printable there, control characters here.
ONLY_WINDOWS = re.compile(rb"[\x80-\x9f]")
UNDEFINED_IN_WINDOWS = re.compile(rb"[\x81\x8d-\x90\x9d\x9e]")
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def detect_encoding(path: Path, where: Where) -> str:
    """``utf-8-sig``, ``utf-8``, ``cp1254`` or ``iso-8859-9`` for the file at ``path``.

    Reads the whole file once in bounded memory. Pure ASCII is utf-8; without a byte in 80..9F both Turkish
    code pages read the same, and the standard one is named. Raises UnreadableFile for an empty file, for
    content that is not text, and where no encoding or more than one fits.
    """
    utf8 = codecs.getincrementaldecoder("utf-8")()
    is_utf8, is_windows, has_pair, foreign, start, tail = True, False, False, b"", b"", b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            start = start or chunk[:3]
            refuse_binary(chunk, start, where)
            is_utf8 = is_utf8 and decodes(utf8, chunk)
            is_windows = is_windows or bool(ONLY_WINDOWS.search(chunk))
            has_pair = has_pair or bool(UTF8_PAIR.search(tail + chunk))
            foreign = foreign or b"".join(UNDEFINED_IN_WINDOWS.findall(chunk)[:1])
            tail = chunk[-1:]
    if start in (b"", codecs.BOM_UTF8) and path.stat().st_size <= len(start):
        raise UnreadableFile(where, "empty_file")
    if is_utf8 and decodes(utf8, b"", final=True):
        return "utf-8-sig" if start == codecs.BOM_UTF8 else "utf-8"
    if has_pair:
        raise UnreadableFile(where, "encoding_ambiguous")
    if foreign:
        raise UnreadableFile(where, "encoding_unknown", value=f"0x{foreign[0]:02x}")
    return "cp1254" if is_windows else "iso-8859-9"


def decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    """Whether ``chunk`` continues what ``decoder`` has read so far."""
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def refuse_binary(chunk: bytes, start: bytes, where: Where) -> None:
    """Raise for UTF-16 and for bytes no text has."""
    if start.startswith(UTF16_MARKS):
        raise UnreadableFile(where, "encoding_utf16")
    if found := CONTROL.search(chunk):
        raise UnreadableFile(where, "not_text", value=f"0x{found.group()[0]:02x}")
