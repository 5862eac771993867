"""Tells in which code page a statistics file is really written; what it declares is evidence, not proof.

Windows-1252 and Windows-1254 differ in six letters only, so a Turkish file under the wrong name reads almost
right. No letter is ever guessed: the page is told, or settled by what the file holds, or the file is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.errors import UnreadableFile, Where

UTF8, WESTERN, LATIN, TURKISH = "utf-8", "cp1252", "iso8859-1", "cp1254"
# What western and Turkish Windows read differently out of one byte: ğ Ğ ş Ş ı İ under 1252.
SEEN_FOR_TURKISH = str.maketrans("ðÐþÞýÝ", "ğĞşŞıİ")
MISREAD = frozenset("ðÐþÞýÝ")
# All other letters beyond ASCII that Turkish is written with, loanwords included.
SHARED_LETTERS = frozenset("çÇöÖüÜâÂîÎûÛ")
# Two letters of UTF-8 read as western text (Ã¼, ÄŸ, ÅŸ): nobody writes that.
UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
# The beginning of a letter of UTF-8 whose rest is missing.
UNFINISHED = re.compile(rb"([\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})$")
# A question mark where a letter was: inside a word, at the head of one, or nothing but question marks.
LOST_LETTER = re.compile(r"[a-zçğıöşü]\?[a-zçğıöşü]|[A-ZÇĞİÖŞÜ]\?\w|\w\?{2,}\w|(?<!\S)\?+\w|\?{4,}|\ufffd")


@dataclass(frozen=True)
class CodePage:
    """The page a file's bytes are in; `is_misread`: its texts went through western Windows once before.

    `declared` is the page the file names itself, None where its format names none.
    """

    name: str
    declared: str | None
    is_misread: bool = False

    def text(self, raw: bytes) -> str:
        """`raw` as it was meant; a letter cut in half at the end of a field is left off."""
        found = codecs.getincrementaldecoder(self.name)().decode(raw)
        return found.translate(SEEN_FOR_TURKISH) if self.is_misread else found


def settle(texts: Iterable[bytes], declared: str | None, told: str | None, where: Where) -> CodePage:
    """The page of all `texts` of one file; `told` is what whoever knows the file says of it, and wins.

    Raises UnreadableFile where the bytes contradict the page told, or where the letters fit two pages.
    """
    known = python_name(told or declared)
    beyond_ascii = [raw for raw in texts if not raw.isascii()]
    if not beyond_ascii:
        return CodePage(known or WESTERN, declared)
    page = CodePage(known or told or declared or WESTERN, declared)
    is_utf8 = is_read_by(UTF8, beyond_ascii)
    if told is not None:
        if is_utf8 != (page.name == UTF8) or not is_read_by(page.name, beyond_ascii):
            raise UnreadableFile(where, "page_told_wrong", value=told)
        return page
    if is_utf8:
        page = CodePage(UTF8, declared)
    elif page.name in (UTF8, WESTERN, LATIN, TURKISH) and any(map(UTF8_PAIR.search, beyond_ascii)):
        if page.name != UTF8 or not reads_but_for_ends(beyond_ascii):
            raise UnreadableFile(where, "encoding_ambiguous")
    elif not is_read_by(page.name, beyond_ascii):
        page = CodePage(WESTERN if page.name == UTF8 else page.name, declared)
        if not is_read_by(page.name, beyond_ascii):
            raise UnreadableFile(where, "page_unknown", value=declared)
    return without_misreading(page, beyond_ascii, where) if page.name in (UTF8, WESTERN, LATIN) else page


def without_misreading(page: CodePage, texts: list[bytes], where: Where) -> CodePage:
    """`page`, or the Turkish one where six letters can be nothing else; UnreadableFile where they could be.

    No language written in western Windows has these six and, of all other letters, only those of Turkish.
    """
    letters = {letter for raw in texts for letter in page.text(raw) if letter > "\x7f" and letter.isalpha()}
    seen = letters & MISREAD
    if not seen:
        return page
    if letters <= MISREAD | SHARED_LETTERS:
        return (
            CodePage(UTF8, page.declared, is_misread=True)
            if page.name == UTF8
            else CodePage(TURKISH, page.declared)
        )
    others = letters - MISREAD - SHARED_LETTERS
    raise UnreadableFile(
        where, "page_ambiguous", value=" ".join(sorted(seen)), others=" ".join(sorted(others)[:10])
    )


def is_read_by(name: str, texts: Iterable[bytes]) -> bool:
    """Whether all `texts` can be read in the page of this name."""
    try:
        for raw in texts:
            raw.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def reads_but_for_ends(texts: Iterable[bytes]) -> bool:
    """Whether all `texts` are UTF-8, some of them with the last letter cut in half by the width of a field."""
    return is_read_by(UTF8, (UNFINISHED.sub(b"", raw) for raw in texts))


def python_name(page: str | None) -> str | None:
    """Python's name of a code page, in one spelling; None for one it does not know or that is no page of text."""
    try:
        name = codecs.lookup(page or "").name
        is_page = "a".encode(name) == b"a"
    except (LookupError, ValueError):
        return None
    return (WESTERN if name == "ascii" else name) if is_page else None
