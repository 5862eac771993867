"""Every interface word, from text/<lang>.yml and text/<lang>/*.yml; a missing key is an error, never a blank."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("tr", "en")
_FOLDER = Path(__file__).parent / "text"


@cache
def _words(lang: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for path in files(lang):
        loaded: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for group, own in loaded.items():
            for key, value in own.items():
                if words.setdefault(f"{group}.{key}", str(value)) != str(value):
                    raise ValueError(f"{group}.{key} stands twice in the words of {lang}: {path.name}")
    return words


def files(lang: str) -> Iterator[Path]:
    """What every page shares, then a file a lens."""
    yield _FOLDER / f"{lang}.yml"
    yield from sorted((_FOLDER / lang).glob("*.yml"))


def keys(lang: str) -> frozenset[str]:
    """All keys of one language."""
    return frozenset(_words(lang))


class Words:
    """The interface in one language: words("compare.title", city="Muş")."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise KeyError(lang)
        self.lang = lang
        self._words = _words(lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key` with its placeholders filled. Raises KeyError on an unknown key."""
        return self._words[key].format(**values) if values else self._words[key]

    def of(self, record: object, field: str) -> str:
        """The field of a catalogue record in this language: of(indicator, "label")."""
        text: str = getattr(record, f"{field}_{self.lang}")
        return text
