"""Rank ranges: Monte-Carlo over weights and method choices, against R and plain recomputation."""

import itertools

import numpy as np
import pandas as pd
import pytest

from etl.methods import composite, rank_range
from tests.oracle import assert_equal, composite_fixture, composite_reference, needs_shared

NAN = float("nan")


@pytest.fixture(scope="module")
def reference():
    return composite_reference()


@pytest.fixture
def places():
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(
        rng.lognormal(size=(30, 5)), columns=list("abcde"), index=[f"p{i}" for i in range(30)]
    )
    return frame.mask(pd.DataFrame(rng.random(frame.shape) < 0.08, columns=frame.columns, index=frame.index))


def test_weight_draws_scatter_around_the_published_weights():
    weights = pd.Series({"a": 5.0, "b": 3.0, "c": 2.0})
    drawn = rank_range.dirichlet_draws(weights, draws=20_000)
    assert_equal(drawn.sum(axis=1), np.ones(20_000))
    shares = weights / 10
    np.testing.assert_allclose(drawn.mean(), shares, atol=0.002)
    # Dirichlet(α₀ w) has variance w (1 − w) / (α₀ + 1).
    np.testing.assert_allclose(drawn.std(), np.sqrt(shares * (1 - shares) / 61), rtol=0.02)


@needs_shared
def test_weight_draws_are_as_wide_as_the_reference_draws(reference):
    _, _, weights, _ = reference
    ratio = rank_range.dirichlet_draws(weights, draws=20_000).std() / composite_fixture("weight_draws").std()
    assert ratio.between(0.93, 1.07).all()


def test_the_same_seed_gives_the_same_ranges_and_another_does_not(places):
    minmax, z = composite.min_max(places), composite.z_score(places)
    weights = composite.equal_weights(list(places.columns))
    first = rank_range.rank_ranges(minmax, z, weights, draws=200)
    assert first.equals(rank_range.rank_ranges(minmax, z, weights, draws=200))
    assert not first.equals(rank_range.rank_ranges(minmax, z, weights, draws=200, seed=1))


def test_rank_ranges_equal_a_plain_recomputation(places):
    """The engine against a slow loop over public functions: every scenario, then numpy's quantiles."""
    weights = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0], index=places.columns)
    minmax, z = composite.min_max(places, {"b"}), composite.z_score(places, {"b"})
    found = rank_range.rank_ranges(minmax, z, weights, draws=6, seed=3)
    drawn = rank_range.dirichlet_draws(weights, draws=6, seed=3)
    runs = []
    for (_, draw), left_out in itertools.product(drawn.iterrows(), [None, *places.columns]):
        columns = [name for name in places.columns if name != left_out]
        for scores, positive in ((minmax, minmax), (z, 100 + 10 * z)):
            runs.append(composite.ranks(composite.arithmetic(scores[columns], draw[columns])))
            runs.append(composite.ranks(composite.geometric(positive[columns], draw[columns])))
    ranked = pd.DataFrame(runs).astype(float)
    assert len(ranked) == 6 * 6 * 4
    scored = composite.arithmetic(minmax, weights).notna()
    for column, probability in {"rank_p05": 0.05, "rank_p50": 0.5, "rank_p95": 0.95}.items():
        assert_equal(found[column], ranked.quantile(probability).where(scored))
    share = (ranked <= 5).mean().where(ranked.notna().all() & scored)
    assert_equal(found["share_top5"], share)


def test_a_place_best_in_everything_is_always_first(places):
    ahead = pd.concat([places.dropna(), pd.DataFrame(100.0, index=["best"], columns=places.columns)])
    weights = composite.equal_weights(list(places.columns))
    ranges = rank_range.rank_ranges(composite.min_max(ahead), composite.z_score(ahead), weights, draws=50)
    assert ranges.loc["best"].tolist() == [1, 1, 1, 1]
    assert (ranges["rank_p05"] <= ranges["rank_p50"]).all()
    assert (ranges["rank_p50"] <= ranges["rank_p95"]).all()


def test_one_component_leaves_nothing_to_vary():
    values = pd.DataFrame({"a": [3.0, 1.0, 2.0]}, index=list("xyz"))
    weights = pd.Series({"a": 1.0})
    ranges = rank_range.rank_ranges(composite.min_max(values), composite.z_score(values), weights, draws=10)
    assert_equal(ranges[["rank_p05", "rank_p50", "rank_p95"]], [[1, 1, 1], [3, 3, 3], [2, 2, 2]])


def test_a_place_without_a_score_has_no_range():
    by_hand = pd.DataFrame(
        {"a": [10.0, 20.0, 30.0], "b": [1.0, 2.0, 5.0], "c": [4.0, 8.0, NAN]}, index=["x", "y", "z"]
    )
    values = by_hand.assign(d=[1.0, 2.0, NAN], e=[2.0, 1.0, NAN])
    weights = composite.equal_weights(list(values.columns))
    ranges = rank_range.rank_ranges(composite.min_max(values), composite.z_score(values), weights, draws=10)
    assert ranges.loc["z"].isna().all()
    assert ranges.loc[["x", "y"]].notna().all(axis=None)


def test_an_indicator_without_two_values_moves_no_range(places):
    weights = composite.equal_weights(list(places.columns))
    more = places.assign(same=1.0)
    more_weights = pd.concat([weights, pd.Series({"same": 0.9})])
    plain = rank_range.rank_ranges(composite.min_max(places), composite.z_score(places), weights, draws=40)
    with_it = rank_range.rank_ranges(composite.min_max(more), composite.z_score(more), more_weights, draws=40)
    assert plain.equals(with_it)


@pytest.mark.parametrize("draws", [1, 2, 7, 20, 21, 300])
def test_reranking_takes_quantiles_of_type_7(places, draws):
    scores = composite.min_max(places.fillna(0.0))
    weights = composite.equal_weights(list(places.columns))
    drawn = rank_range.dirichlet_draws(weights, draws=draws)
    ranked = [composite.ranks(composite.arithmetic(scores, draw)) for _, draw in drawn.iterrows()]
    expected = np.quantile(np.array(ranked, dtype=float), [0.05, 0.5, 0.95], axis=0).T
    assert_equal(rank_range.reranked(scores, drawn)[["rank_p05", "rank_p50", "rank_p95"]], expected)
