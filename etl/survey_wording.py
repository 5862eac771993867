"""Two waves with the same item and version must ask the same thing; else their figures would look like one series."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.errors import Fault
from etl.registry_reader import RegistryFile
from etl.survey_entries import Item, Wave


def check_wording(waves: Iterable[Wave], faults: list[Fault]) -> None:
    """Note every item of `waves` that differs from an earlier one of its id and version."""
    first: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}
    for wave in waves:
        file = RegistryFile(f"surveys/{wave.wave_id}.yml", faults)
        for item in wave.items:
            asked = asked_as(item, wave)
            earlier, before = first.setdefault((item.item_id, item.version), (wave.wave_id, asked))
            differs = [name for name, value in asked.items() if before[name] != value]
            if differs:
                file.fault(
                    f"items.{item.item_id}", "survey_wording", item=item.item_id, version=item.version,
                    first=earlier, differs=", ".join(differs),
                )  # fmt: skip


def asked_as(item: Item, wave: Wave) -> dict[str, Any]:
    """What makes a question the same question, by the key of the registry."""
    scale = wave.scale_of(item)
    return {
        "question": (item.question_tr, item.question_en),
        "aspect": item.aspect,
        "service": item.service_id,
        "scale": (scale.lowest, scale.highest, scale.direction),
        "satisfied": sorted(scale.satisfied),
    }
