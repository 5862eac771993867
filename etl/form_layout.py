"""What a form takes from its layout and its template, so that what it offers is what a build takes.

Of headers and words of a layout the first is Turkish and the second English; prose stands in etl/templates/.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from etl.registry import Registry
from etl.sources.layout import Column

TEMPLATES = Path(__file__).with_name("templates")
LANGUAGES = ("tr", "en")


def told_of(name: str) -> dict[str, Any]:
    """What a file of templates says."""
    told: dict[str, Any] = yaml.safe_load((TEMPLATES / f"{name}.yml").read_text(encoding="utf-8"))
    return told


def header_of(column: Column, lang: str) -> str:
    """The header a form writes over a column."""
    return column.headers[LANGUAGES.index(lang)]


def words_of(column: Column, lang: str) -> tuple[str, ...]:
    """The words a column takes, one for each meaning."""
    return tuple(words[LANGUAGES.index(lang)] for words in column.words.values())


def municipalities(registry: Registry, lang: str) -> tuple[str, ...]:
    """The names of all municipalities, in the order of the alphabet."""
    towns = [one for one in registry.cities.values() if one.kind == "municipality"]
    return tuple(getattr(one, f"name_{lang}") for one in sorted(towns, key=lambda one: one.sort_key))
