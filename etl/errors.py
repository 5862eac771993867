"""What can go wrong, in both languages; every sentence lives in sentences.yml, none in code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml


class Sentence(NamedTuple):
    """One thing said to a reader, in Turkish and in English."""

    tr: str
    en: str

    def in_language(self, lang: str) -> str:
        """The sentence in ``lang`` (``tr`` or ``en``)."""
        return self.en if lang == "en" else self.tr


@cache
def sentences() -> dict[str, Sentence]:
    """Every sentence by its rule, as sentences.yml declares it."""
    text = Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8")
    return {rule: Sentence(entry["tr"], entry["en"]) for rule, entry in yaml.safe_load(text).items()}


def sentence(rule: str, **fields: object) -> Sentence:
    """The sentence of ``rule`` with its placeholders filled; an unknown rule is a KeyError.

    A field may be a Sentence itself: each language then takes its own.
    """
    template = sentences()[rule]
    told = [
        text.format_map({k: v.in_language(lang) if isinstance(v, Sentence) else v for k, v in fields.items()})
        for lang, text in (("tr", template.tr), ("en", template.en))
    ]
    return Sentence(*told)


class Where(NamedTuple):
    """A spot in a received file; row is 1-based as a spreadsheet shows it, None for the whole file."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a received file: where it is, which rule it breaks, how to mend it."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    message_tr: str
    message_en: str

    @classmethod
    def at(cls, where: Where, rule: str, value: str | None = None, **fields: object) -> Fault:
        """The fault of breaking ``rule`` at ``where``; ``fields`` fill the sentence's placeholders."""
        told = sentence(
            rule, value="—" if value is None else value, column=where.column, row=where.row, **fields
        )
        return cls(*where, value, rule, told.tr, told.en)

    def in_language(self, lang: str) -> str:
        """Its sentence in ``lang`` (``tr`` or ``en``)."""
        return self.message_en if lang == "en" else self.message_tr


class KarneError(Exception):
    """An expected failure that one plain sentence explains."""

    def __init__(self, rule: str, **fields: object) -> None:
        self.rule = rule
        self.sentence = sentence(rule, **fields)
        super().__init__(self.sentence.en)


class FaultyInput(KarneError):
    """Something received cannot be used; carries every fault that was found."""

    def __init__(self, faults: list[Fault], rule: str = "faulty_input") -> None:
        self.faults = faults
        super().__init__(rule, count=len(faults))


class UnreadableFile(FaultyInput):
    """A file that cannot be read as the table it should be: one fault of the file as a whole."""

    def __init__(self, where: Where, rule: str, value: str | None = None, **fields: object) -> None:
        super().__init__([Fault.at(where, rule, value, **fields)], rule="unreadable_file")


class ChecksFailed(KarneError):
    """The finished marts do not hold what they must; the old warehouse stays in service."""

    def __init__(self, broken: list[Sentence]) -> None:
        self.broken = broken
        super().__init__("checks_failed", count=len(broken))


class RegistryError(FaultyInput):
    """The registry does not hold together; each fault's column is the key path inside its file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults, rule="faulty_registry")

    def __str__(self) -> str:
        return "\n".join([self.sentence.en, *(f"{f.file}: {f.column}: {f.message_en}" for f in self.faults)])
