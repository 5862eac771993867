"""Reads one YAML mapping as one frozen dataclass, by the types of its fields, and gathers every fault.

Nothing here raises on bad content and nothing is guessed: a wrong type is a fault, never converted.
"""

import difflib
import re
import types
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

from etl.errors import Fault, Where

LANGUAGES = ("tr", "en")
_TYPE_NAMES = {str: "text", int: "integer", float: "number", bool: "true/false", date: "YYYY-MM-DD"}
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_ABSENT = object()
Entry = TypeVar("Entry")


class RegistryFile:
    """One file of the registry being read; `ids` are those it defines, faulty entries included."""

    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.ids: set[str] = set()

    def fault(self, key: str, rule: str, value: object = None, **told: object) -> None:
        """Note a fault at the key path `key`."""
        shown = None if value is None else str(value)
        self.faults.append(Fault.at(Where(self.name, column=key or "-"), rule, shown, **told))

    def content(self, path: Path) -> Any:
        """The parsed YAML of `path`, None where there is nothing or it cannot be read."""
        try:
            loader = _Loader(path.read_text(encoding="utf-8"))
            content = loader.get_single_data()
        except FileNotFoundError:
            self.fault("", "registry_missing_file")
            return None
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            self.fault("", "registry_not_yaml", " ".join(str(error).split()))
            return None
        for key in loader.repeated_keys:
            self.fault(key, "registry_repeated_key", key)
        return content

    def sections(self, folder: Path, keys: Collection[str]) -> dict[str, Any]:
        """The content of the file under `folder`, a mapping with none but these keys."""
        content = self.content(folder / self.name)
        if content is None:
            return {}
        if not isinstance(content, dict):
            self.fault("", "registry_wrong_type", content, expected="key: value")
            return {}
        self._check_keys(content, keys, "")
        return content

    def entries(self, at: str, content: object) -> Iterator[tuple[str, dict[str, Any]]]:
        """The mappings of a list, each with its key path; a lone mapping is one, nothing is none."""
        listed = content if isinstance(content, list) else [] if content is None else [content]
        for i, raw in enumerate(listed):
            where = f"{at}[{i}]" if isinstance(content, list) else at
            if isinstance(raw, dict):
                yield where, raw
            else:
                self.fault(where, "registry_wrong_type", raw, expected="key: value")

    def mapping(self, at: str, content: object, member: Any) -> dict[str, Any]:
        """A mapping of names to values of the type `member`; a value of another type is left out."""
        if not isinstance(content, dict):
            self.fault(at, "registry_wrong_type", content, expected="key: value")
            return {}
        found = {}
        for key, raw in content.items():
            before = len(self.faults)
            value = self._value(raw, member, _join(at, key))
            if len(self.faults) == before:
                found[str(key)] = value
        return found

    def repeated_ids(self, at: str, ids: Iterable[object]) -> None:
        """Note every id that stands more than once."""
        for repeated, count in Counter(each for each in ids if isinstance(each, str | int)).items():
            if count > 1:
                self.fault(at, "registry_repeated_id", repeated)

    def unknown_reference(self, at: str, value: object, known: Iterable[str]) -> None:
        """Note that `value` names nothing that is `known`."""
        self.fault(at, "registry_unknown_reference", value, nearest=_nearest(value, known))

    def entry(self, cls: type[Entry], raw: object, at: str = "") -> Entry | None:
        """The mapping `raw` as a `cls`; None when it has a fault."""
        if not isinstance(raw, dict):
            self.fault(at, "registry_wrong_type", raw, expected="key: value")
            return None
        before = len(self.faults)
        keys = yaml_keys(cls)  # type: ignore[arg-type]  # mypy looks for __hash__ on the instances
        self._check_keys(raw, keys, at)
        values: dict[str, Any] = {}
        for key, columns in keys.items():
            self._read_key(raw.get(key, _ABSENT), columns, _join(at, key), values)
        if isinstance(raw.get("id"), str):
            self.ids.add(raw["id"])
            if not _ID.fullmatch(raw["id"]):
                self.fault(_join(at, "id"), "registry_bad_id", raw["id"])
        return cls(**values) if len(self.faults) == before else None

    def _check_keys(self, raw: dict[Any, Any], known: Collection[str], at: str) -> None:
        for key in raw:
            if key not in known:
                self.fault(_join(at, key), "registry_unknown_key", key, nearest=_nearest(key, known))

    def _read_key(self, raw: object, columns: "tuple[_Column, ...]", at: str, into: dict[str, Any]) -> None:
        first = columns[0]
        if raw is _ABSENT or raw is None:
            if first.required:
                self.fault(at, "registry_missing_key")
        elif len(columns) == 1:
            into[first.name] = self._value(raw, first.type, at, first.may_be_blank)
        elif not isinstance(raw, dict):
            self.fault(at, "registry_missing_language", " + ".join(LANGUAGES))
        else:
            self._check_keys(raw, LANGUAGES, at)
            for language, column in zip(LANGUAGES, columns, strict=True):
                if raw.get(language) is None:
                    self.fault(at, "registry_missing_language", language)
                else:
                    text = self._value(raw[language], column.type, _join(at, language), column.may_be_blank)
                    into[column.name] = text

    def _value(self, raw: object, expected: Any, at: str, may_be_blank: bool = False) -> Any:
        origin = get_origin(expected)
        if origin is Literal:
            # By type too: to Python true is 1.
            if (type(raw), raw) not in [(type(option), option) for option in get_args(expected)]:
                self.fault(at, "registry_not_allowed", raw, allowed=", ".join(map(str, get_args(expected))))
            return raw
        if origin is tuple:
            return self._list(raw, get_args(expected)[0], at)
        if is_dataclass(expected):
            return self.entry(expected, raw, at)  # type: ignore[arg-type]
        right = isinstance(raw, (int, float) if expected is float else expected)
        if not right or isinstance(raw, bool) != (expected is bool):
            self.fault(at, "registry_wrong_type", raw, expected=_TYPE_NAMES[expected])
        elif isinstance(raw, str) and not raw.strip() and not may_be_blank:
            self.fault(at, "registry_blank")
        return float(raw) if expected is float and isinstance(raw, int) else raw

    def _list(self, raw: object, member: Any, at: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.fault(at, "registry_wrong_type", raw, expected="- list")
            return ()
        return tuple(self._value(item, member, f"{at}[{i}]") for i, item in enumerate(raw))


def _nearest(value: object, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(str(value), list(known), 1)
    return close[0] if close else "-"


class _Column:
    """How one field of a dataclass is read."""

    def __init__(self, declared: Field[Any], hint: Any) -> None:
        self.name = declared.name
        self.required = declared.default is MISSING
        self.may_be_blank = bool(declared.metadata.get("may_be_blank"))
        options = [option for option in get_args(hint) if option is not types.NoneType]
        optional = get_origin(hint) in (Union, types.UnionType) and len(options) == 1
        self.type = options[0] if optional else hint


@cache
def yaml_keys(cls: type) -> dict[str, tuple[_Column, ...]]:
    """The keys a file may use for `cls`, each with the one field, or the two language fields, it fills."""
    hints = get_type_hints(cls)
    readable = [f for f in fields(cls) if not f.metadata.get("computed")]
    columns = {f.name: _Column(f, hints[f.name]) for f in readable}
    keys: dict[str, tuple[_Column, ...]] = {}
    for position, name in enumerate(columns):
        stem, _, language = name.rpartition("_")
        if language == "tr":
            keys[stem] = (columns[name], columns[f"{stem}_en"])
        elif language != "en":
            keys[_short_key(name, first=position == 0)] = (columns[name],)
    return keys


def _short_key(name: str, first: bool) -> str:
    if name.endswith("_id"):
        return "id" if first else name.removesuffix("_id")
    return name.removeprefix("is_")


def _join(at: str, key: object) -> str:
    return f"{at}.{key}" if at else str(key)


class _Loader(yaml.CSafeLoader):
    """The C loader, which also remembers keys that stand twice in one mapping (YAML would keep the last)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.repeated_keys: list[str] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                self.repeated_keys.append(str(key_node.value))
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)
