"""Computes every composite index of the registry from received components; an index is never taken from a file."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from etl.methods import composite, rank_range
from etl.registry import Registry
from etl.registry_entries import Indicator


@dataclass(frozen=True)
class Indices:
    """Frames in the shape of the warehouse: index values, their variants, and their rank ranges."""

    values: pd.DataFrame
    variants: pd.DataFrame
    ranges: pd.DataFrame


def compute(registry: Registry, observed: pd.DataFrame) -> Indices:
    """Every index whose components have values, by equal footing of all measured places.

    ``observed`` has place_id, indicator_id, period, value and is_synthetic of the components, one kind of
    place. Values are on 0–1; variants as etl.methods.composite gives them; ranks 1 = best.
    """
    found = [
        part for index in registry.indicators.values() if index.index
        if (part := compute_index(registry, index, observed)) is not None
    ]
    return Indices(*(
        pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
        for frames, columns in zip(
            zip(*found, strict=True) if found else ([], [], []),
            (
                ["place_id", "indicator_id", "period", "value", "is_synthetic"],
                ["index_id", "city_id", "variant", "score", "rank"],
                ["index_id", "city_id", "rank", "rank_p05", "rank_p50", "rank_p95", "share_top5", "draws", "seed"],
            ),
            strict=True,
        )
    ))


def raw_components(registry: Registry, index: Indicator) -> dict[str, list[str]]:
    """Component -> the raw indicators in it: its own components where it is an index itself, else itself."""
    assert index.index is not None
    parts = {}
    for component in index.index.components:
        inner = registry.indicators[component.component_id].index
        parts[component.component_id] = (
            [one.component_id for one in inner.components] if inner else [component.component_id]
        )
    return parts


def weights(index: Indicator) -> pd.Series:
    """The published weight of each component."""
    assert index.index is not None
    return pd.Series({one.component_id: one.weight for one in index.index.components}, dtype=float)


def reversed_in(registry: Registry, index: Indicator) -> set[str]:
    """The raw indicators that count downwards, here or in a component that is an index."""
    assert index.index is not None
    found = set()
    for component in index.index.components:
        inner = registry.indicators[component.component_id]
        found |= reversed_in(registry, inner) if inner.index else set()
        found |= {component.component_id} if component.is_reversed else set()
    return found


def compute_index(
    registry: Registry, index: Indicator, observed: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame] | None:
    """Values, variants and rank range of one index; None where a component has no value at all."""
    parts = raw_components(registry, index)
    period = index.periods[-1]
    values = latest_values(observed, [name for names in parts.values() for name in names], period)
    if values is None:
        return None
    downwards = reversed_in(registry, index)
    minmax = component_scores(registry, composite.min_max(values, downwards), parts)
    z = component_scores(registry, composite.z_score(values, downwards), parts)
    weight = weights(index)
    score = composite.arithmetic(minmax, weight) / 100
    synthetic = bool(observed.loc[observed["indicator_id"].isin(values.columns), "is_synthetic"].any())
    computed = pd.DataFrame({
        "place_id": score.index, "indicator_id": index.indicator_id, "period": period,
        "value": score.to_numpy(), "is_synthetic": synthetic,
    })
    return computed, variants(index, composite.variant_scores(values, parts, weight, downwards)), ranges(
        index, score, rank_range.rank_ranges(minmax, z, weight)
    )


def latest_values(observed: pd.DataFrame, names: list[str], period: str) -> pd.DataFrame | None:
    """Place × indicator, each indicator at its latest period not after ``period``; None if one has none."""
    known = observed[observed["indicator_id"].isin(names) & (observed["period"] <= period)]
    latest = known.sort_values("period").groupby(["place_id", "indicator_id"], as_index=False).last()
    wide = latest.pivot(index="place_id", columns="indicator_id", values="value").astype(float)
    return wide[names] if set(names) <= set(wide.columns) else None


def component_scores(registry: Registry, scores: pd.DataFrame, parts: dict[str, list[str]]) -> pd.DataFrame:
    """The score of every component: the weighted mean of its raw indicators."""
    return pd.DataFrame({
        component: (
            composite.arithmetic(scores[names], weights(registry.indicators[component]))
            if registry.indicators[component].index else scores[component]
        )
        for component, names in parts.items()
    })


def variants(index: Indicator, scores: pd.DataFrame) -> pd.DataFrame:
    """mart.index_variant rows: the score and rank each place would have under each method."""
    return pd.concat(
        [
            pd.DataFrame({
                "index_id": index.indicator_id, "city_id": scores.index, "variant": variant,
                "score": scores[variant].to_numpy(), "rank": composite.ranks(scores[variant]).to_numpy(),
            })
            for variant in composite.VARIANTS
        ],
        ignore_index=True,
    )


def ranges(index: Indicator, score: pd.Series, spread: pd.DataFrame) -> pd.DataFrame:
    """mart.index_rank_range rows."""
    return spread.assign(
        index_id=index.indicator_id, city_id=spread.index, rank=composite.ranks(score),
        draws=rank_range.DRAWS, seed=rank_range.SEED,
    ).reset_index(drop=True)
