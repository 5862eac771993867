"""What a wave declares, as rows of the warehouse: the wave, its questions, its categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from etl.survey_entries import Wave
from etl.surveys.results import WaveResult


def wave_tables(
    results: Sequence[WaveResult], found: Mapping[str, Mapping[str, Any]]
) -> dict[str, pd.DataFrame]:
    """mart.dim_wave, wave_rule, dim_item and dim_category; `found` is what the file of each wave tells, by its id."""
    return {
        "mart.dim_wave": pd.DataFrame(
            [_wave_row(one.wave) | dict(found[one.wave.wave_id]) for one in results]
        ),
        "mart.wave_rule": pd.DataFrame(
            [
                {"wave_id": one.wave.wave_id, "rule": rule, "count": count}
                for one in results
                for rule, count in one.rules.items()
                if count
            ]
        ),
        "mart.dim_item": pd.DataFrame([row for one in results for row in _item_rows(one.wave)]),
        "mart.dim_category": pd.DataFrame([row for one in results for row in _category_rows(one.wave)]),
    }


def _wave_row(wave: Wave) -> dict[str, object]:
    names = (
        "wave_id", "title_tr", "title_en", "year", "state", "mode", "questionnaire", "agency_tr", "agency_en",
        "consent_tr", "consent_en", "licence_tr", "licence_en", "is_synthetic",
    )  # fmt: skip
    return {name: getattr(wave, name) for name in names} | {
        "has_weight": wave.design.weight is not None,
        "has_strata": wave.design.stratum is not None,
        "has_psu": wave.design.psu is not None,
        "is_calibrated": wave.calibration is not None,
        "fieldwork_start": wave.fieldwork.start if wave.fieldwork else None,
        "fieldwork_end": wave.fieldwork.end if wave.fieldwork else None,
    }


def _item_rows(wave: Wave) -> list[dict[str, object]]:
    rows = []
    for place, item in enumerate(wave.items, start=1):
        scale = wave.scale_of(item)
        names = (
            "item_id",
            "version",
            "aspect",
            "service_id",
            "label_tr",
            "label_en",
            "question_tr",
            "question_en",
        )
        rows.append(
            {name: getattr(item, name) for name in names}
            | {
                "wave_id": wave.wave_id,
                "lowest": scale.lowest,
                "highest": scale.highest,
                "direction": scale.direction,
                "counted": list(scale.satisfied),
                "is_filtered": item.asked is not None,
                "sort_key": place,
            }
        )
    return rows


def _category_rows(wave: Wave) -> list[dict[str, object]]:
    groups = {group.group_id: group for group in wave.groups}
    rows = [
        {
            "group_var": group.group_id,
            "group_id": one.category_id,
            "variable_tr": group.label_tr,
            "variable_en": group.label_en,
            "label_tr": one.label_tr,
            "label_en": one.label_en,
            "is_reference": one.category_id == group.reference,
        }
        for group in wave.groups
        for one in group.categories
    ]
    for pair in wave.crossed:
        first, second = groups[pair.first], groups[pair.second]
        rows += [
            {
                "group_var": pair.group_var,
                "group_id": f"{one.category_id}*{other.category_id}",
                "variable_tr": f"{first.label_tr} × {second.label_tr}",
                "variable_en": f"{first.label_en} × {second.label_en}",
                "label_tr": f"{one.label_tr}, {other.label_tr}",
                "label_en": f"{one.label_en}, {other.label_en}",
                "is_reference": False,
            }
            for one in first.categories
            for other in second.categories
        ]
    return [{"wave_id": wave.wave_id, **row, "sort_key": place} for place, row in enumerate(rows, start=1)]
