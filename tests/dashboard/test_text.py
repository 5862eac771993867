"""The interface's words: none asked for that is not there, none written twice, none left over."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard.text import LANGUAGES, Words, keys

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"
SOURCES = [*DASHBOARD.rglob("*.py"), *DASHBOARD.rglob("templates/*.html")]
ASKED = re.compile(r"""\b(?:words|t|w)\(\s*(f?)(["'])([^"']+)\2\s*([+~]?)""")


def asked() -> list[tuple[str, bool, str]]:
    """(file, whether it is put together, key) of every place that asks for a word."""
    return [
        (path.name, bool(found[1] or found[4]), found[3] + ("{}" if found[4] else ""))
        for path in SOURCES
        for found in ASKED.finditer(path.read_text(encoding="utf-8"))
    ]


class Strict(yaml.SafeLoader):
    """Refuses a key that is there twice; YAML itself lets the later one win without a word."""


def _mapping(loader: Strict, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
    seen: list[Any] = [loader.construct_object(key, deep=deep) for key, _ in node.value]
    twice = {key for key in seen if seen.count(key) > 1}
    assert not twice, f"twice: {twice}"
    return loader.construct_mapping(node, deep)


Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_is_written_twice(lang: str) -> None:
    text = (DASHBOARD / "text" / f"{lang}.yml").read_text(encoding="utf-8")
    assert yaml.load(text, Loader=Strict)


def test_every_word_asked_for_exists() -> None:
    plain = [(name, key) for name, is_made, key in asked() if not is_made]
    assert len(plain) > 100
    assert [one for one in plain if one[1] not in keys("tr")] == []


def test_every_word_put_together_can_exist() -> None:
    """status.{…}: some key must fit the pattern."""
    made = [(name, key) for name, is_made, key in asked() if is_made]
    assert made
    for name, key in made:
        pattern = re.compile(".+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", key)))
        assert any(pattern.fullmatch(known) for known in keys("tr")), (name, key)


def test_no_word_is_left_over() -> None:
    """A key nobody asks for, in one piece or put together, is a text nobody reads."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    made = set(re.findall(r"""["']([a-z_]+\.[\w.]*)(?:\{[^}]*\}|["']\s*[+~])""", code))
    named = set(re.findall(r"""["']([a-z_]\w*(?:\.\w+)?)["']""", code))
    unused = [
        key
        for key in sorted(keys("tr"))
        if key not in named
        and key.partition(".")[2] not in named
        and not any(key.startswith(start) for start in made)
    ]
    assert not unused, unused


def test_an_unknown_word_or_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        Words("tr")("no.such")
    with pytest.raises(KeyError):
        Words("de")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_clean(lang: str) -> None:
    """No stray spaces, no straight quotes of a keyboard where the language has its own, no English in Turkish."""
    words = Words(lang)
    for key in keys(lang):
        text = words(key)
        assert text == text.strip(), key
        assert "  " not in text.replace("</b>  ", ""), key
        assert text, key
    if lang == "tr":
        foreign = re.compile(r"\b(the|of|and|with|is)\b")
        assert [key for key in keys(lang) if foreign.search(re.sub(r"\{\w+\}", "", words(key)))] == []
