"""Computes every composite index of the registry from its components; an index is never read from a file."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from etl.methods import composite, rank_range
from etl.registry import Registry
from etl.registry_entries import IndexDefinition, Indicator

VALUE_COLUMNS = ["place_id", "indicator_id", "period", "value", "is_synthetic"]


@dataclass(frozen=True)
class Indices:
    """Index values (VALUE_COLUMNS), and rows of mart.index_variant and mart.index_rank_range."""

    values: pd.DataFrame
    variants: pd.DataFrame
    ranges: pd.DataFrame


@dataclass(frozen=True)
class Recipe:
    """A composite index taken apart: its components' weights and, in each, the weights of raw indicators.

    A component is a raw indicator or an index itself; deeper nesting is refused by the registry's own shape.
    """

    weights: pd.Series
    parts: dict[str, pd.Series]
    downwards: frozenset[str]

    @property
    def raw(self) -> list[str]:
        """The raw indicators, each once."""
        return list(dict.fromkeys(name for part in self.parts.values() for name in part.index))


def compute(registry: Registry, observed: pd.DataFrame) -> Indices:
    """Every index whose components all have values.

    ``observed`` has VALUE_COLUMNS of the raw components at the places compared. Index values are on 0–1,
    variants as ``composite.variant_scores`` gives them; ranks 1 = best.
    """
    values, variants, ranges = [pd.DataFrame(columns=VALUE_COLUMNS)], [], []
    for indicator in registry.indicators.values():
        if indicator.index is None:
            continue
        recipe = take_apart(indicator.index, registry)
        raw = latest_values(observed, recipe.raw, indicator.periods[-1])
        if raw is None:
            continue
        minmax = composite.component_scores(composite.min_max(raw, recipe.downwards), recipe.parts)
        z = composite.component_scores(composite.z_score(raw, recipe.downwards), recipe.parts)
        score = composite.arithmetic(minmax, recipe.weights)
        is_synthetic = bool(observed.loc[observed["indicator_id"].isin(recipe.raw), "is_synthetic"].any())
        values.append(index_values(indicator, score / 100, is_synthetic))
        variants.append(index_variants(indicator, raw, recipe))
        spread = rank_range.rank_ranges(minmax, z, recipe.weights)
        ranges.append(index_ranges(indicator, score, spread))
    return Indices(*(joined(frames) for frames in (values, variants, ranges)))


def joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The filled frames as one; an empty frame where there is none."""
    filled = [frame for frame in frames if not frame.empty]
    return pd.concat(filled, ignore_index=True) if filled else next(iter(frames), pd.DataFrame())


def take_apart(index: IndexDefinition, registry: Registry) -> Recipe:
    """The recipe of an index: a component that is an index itself brings its own components."""
    parts, downwards = {}, set()
    for component in index.components:
        inner = registry.indicators[component.component_id].index
        if inner is None:
            parts[component.component_id] = pd.Series({component.component_id: 1.0})
            downwards |= {component.component_id} if component.is_reversed else set()
        else:
            parts[component.component_id] = weights_of(inner)
            downwards |= {one.component_id for one in inner.components if one.is_reversed}
    return Recipe(weights_of(index), parts, frozenset(downwards))


def weights_of(index: IndexDefinition) -> pd.Series:
    """The declared weight of each component."""
    return pd.Series({one.component_id: one.weight for one in index.components}, dtype=float)


def latest_values(observed: pd.DataFrame, names: list[str], period: str) -> pd.DataFrame | None:
    """Place × indicator, each at its latest period not after ``period``; None if one has no value."""
    known = observed[observed["indicator_id"].isin(names) & (observed["period"] <= period)]
    latest = known.sort_values("period").groupby(["place_id", "indicator_id"], as_index=False).last()
    wide = latest.pivot(index="place_id", columns="indicator_id", values="value").astype(float)
    return wide[names] if set(names) <= set(wide.columns) else None


def index_values(indicator: Indicator, score: pd.Series, is_synthetic: bool) -> pd.DataFrame:
    """The index of every place at its edition."""
    return pd.DataFrame({
        "place_id": score.index, "indicator_id": indicator.indicator_id, "period": indicator.periods[-1],
        "value": score.to_numpy(), "is_synthetic": is_synthetic,
    })  # fmt: skip


def index_variants(indicator: Indicator, raw: pd.DataFrame, recipe: Recipe) -> pd.DataFrame:
    """The score and rank each place would have under each method."""
    scores = composite.variant_scores(raw, recipe.parts, recipe.weights, recipe.downwards)
    long = scores.rename_axis("city_id").reset_index().melt("city_id", var_name="variant", value_name="score")
    ranks = scores.apply(composite.ranks).melt(value_name="rank")["rank"]
    return long.assign(index_id=indicator.indicator_id, rank=ranks)


def index_ranges(indicator: Indicator, score: pd.Series, spread: pd.DataFrame) -> pd.DataFrame:
    """The rank of each place and where it falls under other choices."""
    ranked = spread.assign(rank=composite.ranks(score)).rename_axis("city_id").reset_index()
    return ranked.assign(index_id=indicator.indicator_id, draws=rank_range.DRAWS, seed=rank_range.SEED)
