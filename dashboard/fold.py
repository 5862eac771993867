"""Search that does not mind how Turkish is typed: `izmir`, `IZMIR`, `İZMİR` and `ızmır` are one word.

A folded key finds things and never identifies them; it folds as the ETL folded `search_key`.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_TO_ASCII = str.maketrans("İIıÇçĞğÖöŞşÜüÂâÎîÛû", "iiiccggoossuuaaiiuu")
_WORD = re.compile(r"[0-9a-z]+")
# A word this like another is offered instead; below it, guesses are noise.
_ALIKE = 0.66


def fold(text: str) -> str:
    """`text` in plain lower-case letters; other writing systems stay as they are."""
    folded = unicodedata.normalize("NFC", text).translate(_TO_ASCII).lower()
    return "".join(ch for ch in unicodedata.normalize("NFD", folded) if not unicodedata.combining(ch))


def words_of(text: str) -> list[str]:
    """The folded words of `text`, without punctuation."""
    return _WORD.findall(fold(text))


def matches(asked: Iterable[str], key: str) -> bool:
    """Whether every asked (folded) word begins some word of the folded `key`."""
    words = _WORD.findall(key)
    return all(any(word.startswith(part) for word in words) for part in asked)


def nearest(asked: Iterable[str], terms: Iterable[str], most: int = 5) -> list[str]:
    """Terms with a word much like an asked one, as they are written, the most alike first."""
    by_word: dict[str, str] = {}
    for term in terms:
        for word in words_of(term):
            if len(word) > 2:
                by_word.setdefault(word, term)
    found = [by_word[word] for part in asked for word in get_close_matches(part, by_word, most, _ALIKE)]
    return list(dict.fromkeys(found))[:most]
