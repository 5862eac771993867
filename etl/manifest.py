"""A folder of received files says in manifest.yml what each file is; a file it does not name is not read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.errors import KarneError, UnreadableFile, Where
from etl.sources.layout import Layout, layout_of
from etl.sources.observation import Submission

MANIFEST = "manifest.yml"


@dataclass(frozen=True)
class Delivery:
    """One file of a folder with what its manifest says of it."""

    path: Path
    layout: Layout
    submission: Submission


def deliveries(folder: Path, known_sources: set[str]) -> list[Delivery]:
    """The files a folder's manifest names, in its order.

    Raises KarneError with one sentence for a folder without a manifest and for an entry that is not right.
    """
    path = folder / MANIFEST
    if not path.is_file():
        raise KarneError("manifest_missing", value=str(path))
    try:
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries = declared["files"]
        return [delivery(folder, name, entry, known_sources) for name, entry in entries.items()]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise KarneError("manifest_unreadable", value=str(path), reason=str(error)) from error


def delivery(folder: Path, name: str, entry: dict[str, Any], known_sources: set[str]) -> Delivery:
    """One entry of a manifest; its source must be a registered one."""
    source_id = str(entry["source"])
    if source_id not in known_sources:
        raise KarneError("unknown_source", value=source_id, file=name)
    if not (folder / name).is_file():
        raise UnreadableFile(Where(name), "file_missing", value=str(folder / name))
    period = entry.get("period")
    submission = Submission(
        name=f"{folder.name}/{Path(name).stem}",
        source_id=source_id,
        period=None if period is None else str(period),
        control_total=entry.get("control_total"),
    )
    return Delivery(folder / name, layout_of(str(entry["layout"])), submission)
