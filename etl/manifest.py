"""A folder of received files says in manifest.yml what each file is; a file it does not name is not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from etl.errors import KarneError, UnreadableFile, Where
from etl.numbers import GRAMMARS
from etl.registry import Registry
from etl.sources.layout import Layout, layout_of
from etl.sources.observation import Submission
from etl.survey_entries import Wave

MANIFEST = "manifest.yml"
TOLD = ("period", "place", "entity", "measure", "unit", "currency", "state", "side", "encoding")


@dataclass(frozen=True)
class Delivery:
    """One table of a folder with what its manifest says of it."""

    path: Path
    layout: Layout
    submission: Submission


@dataclass(frozen=True)
class SurveyDelivery:
    """One survey file of a folder and the wave its manifest says it is; `name` is its slot in the ledger."""

    path: Path
    wave: Wave
    name: str


def deliveries(folder: Path, registry: Registry) -> list[Delivery | SurveyDelivery]:
    """The files a folder's manifest names, in its order.

    Raises KarneError with one sentence for a folder without a manifest and for an entry that is not right.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise KarneError("manifest_missing", value=str(path))
    return _declared(path, registry, lambda _: True)


def delivery_of(file: Path, registry: Registry) -> Delivery | SurveyDelivery | None:
    """What the manifest beside a file says it is; None where there is none or it does not name the file."""
    path = file.parent / MANIFEST
    found = _declared(path, registry, lambda name: name == file.name) if path.is_file() else []
    return found[0] if found else None


def _declared(
    path: Path, registry: Registry, wanted: Callable[[str], bool]
) -> list[Delivery | SurveyDelivery]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["files"].items()
        return [delivery(path.parent, name, entry, registry) for name, entry in entries if wanted(name)]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise KarneError("manifest_unreadable", value=str(path), reason=str(error)) from error


def delivery(folder: Path, name: str, entry: dict[str, Any], registry: Registry) -> Delivery | SurveyDelivery:
    """One entry of a manifest; the source or the survey wave it names must be a registered one."""
    path, slot = folder / name, f"{folder.name}/{Path(name).stem}"
    if not path.is_file():
        raise UnreadableFile(Where(name), "file_missing", value=str(path))
    if "wave" in entry:
        wave = registry.surveys.get(str(entry["wave"]))
        if wave is None:
            raise KarneError("unknown_wave", value=str(entry["wave"]), file=name)
        return SurveyDelivery(path, wave, slot)
    source_id = str(entry["source"])
    if source_id not in registry.sources:
        raise KarneError("unknown_source", value=source_id, file=name)
    told = {key: None if entry.get(key) is None else str(entry[key]) for key in TOLD}
    submission = Submission(slot, source_id, control_total=entry.get("control_total"), **told)
    layout = layout_of(str(entry["layout"]))
    if "numbers" in entry:
        if entry["numbers"] not in GRAMMARS:
            raise KarneError("unknown_numbers", value=entry["numbers"], file=name, known=", ".join(GRAMMARS))
        layout = replace(layout, number_format=str(entry["numbers"]))
    return Delivery(path, layout, submission)
