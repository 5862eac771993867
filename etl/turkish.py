"""Turkish text as this package needs it: a key that folds a name for look-up, and the order of the alphabet.

A folded key finds things; it never identifies them (ISPARTA and ısparta fold alike, so do distinct words).
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

ALPHABET = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
"""The 29 letters of Turkish with q, w, x where dictionaries and ICU put them."""

_LETTER_RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}
_TO_ASCII = str.maketrans("İIıÇçĞğÖöŞşÜüÂâÎîÛû", "iiiccggoossuuaaiiuu")
_TO_LOWER = str.maketrans("İI", "iı")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def search_key(text: str) -> str:
    """Fold text for searching: `İZMİR`, `IZMIR`, `ızmır` and `izmir` give `izmir`; `ÇÖP` gives `cop`."""
    folded = unicodedata.normalize("NFC", text).translate(_TO_ASCII).lower()
    # Letters from elsewhere (é), and the stray dot Python's lower() leaves on İ, lose their marks here.
    return "".join(ch for ch in unicodedata.normalize("NFD", folded) if not unicodedata.combining(ch))


@lru_cache(maxsize=4096)  # a table has the same few words in thousands of cells
def lookup_key(text: str) -> str:
    """Fold a name further, punctuation to one space: `İstanbul (Kartal)` is `istanbul-kartal`."""
    return _NOT_WORD.sub(" ", search_key(text)).strip()


def collation_key(text: str) -> tuple[tuple[tuple[int, int], ...], str]:
    """Sort key in Turkish dictionary order: spaces, punctuation, digits, letters; accents only break ties."""
    lowered = unicodedata.normalize("NFC", text).translate(_TO_LOWER).lower()
    return tuple(_character_rank(ch) for ch in lowered), lowered


def turkish_ranks(names: Mapping[str, str]) -> dict[str, int]:
    """Map each id to its place (from 1) in the Turkish order of the names; equal names go by id."""
    ordered = sorted(names, key=lambda key: (collation_key(names[key]), key))
    return {key: rank for rank, key in enumerate(ordered, start=1)}


def _character_rank(character: str) -> tuple[int, int]:
    base = character if character in _LETTER_RANK else unicodedata.normalize("NFD", character)[0]
    if base in _LETTER_RANK:
        return 3, _LETTER_RANK[base]
    if base.isdigit():
        return 2, unicodedata.digit(base, 0)
    return (0, 0) if base.isspace() else (1, ord(base))
