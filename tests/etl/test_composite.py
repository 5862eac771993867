"""The composite engine against R's results, TÜİK's published index and hand-computed examples."""

import numpy as np
import pandas as pd
import pytest

from etl.methods import composite, rank_range
from tests.oracle import assert_equal, composite_fixture, composite_reference, needs_shared

NAN = float("nan")


# ------------------------------------------------------------------------------- the R reference


@pytest.fixture(scope="module")
def reference():
    return composite_reference()


@needs_shared
def test_scores_and_ranks_equal_the_reference(reference):
    values, turned, weights, expected = reference
    minmax, z = composite.min_max(values, turned), composite.z_score(values, turned)
    assert_equal(minmax, composite_fixture("minmax_expected"))
    found = {
        "minmax_arith": composite.arithmetic(minmax, weights),
        "minmax_geo": composite.geometric(minmax, weights),
        "z_arith": composite.arithmetic(z, weights),
        "pca_score": composite.principal_component(z).scores,
    }
    for column, scores in found.items():
        assert_equal(scores, expected[column])
    for column, rank in zip(found, ["rank", "rank_geo", "rank_z", "rank_pca"], strict=True):
        assert_equal(composite.ranks(found[column]).astype(float), expected[rank], rel=0)
    assert_equal(composite.available_share(minmax, weights), expected["coverage"])


@needs_shared
def test_principal_component_equals_the_reference(reference):
    values, turned, _, _ = reference
    component = composite.principal_component(composite.z_score(values, turned))
    expected = composite_fixture("pca_expected")
    assert list(component.loadings.index) == list(expected.index)
    assert_equal(component.loadings, expected["pc1_loading"])
    assert_equal(component.correlations, expected["pc1_corr"])
    assert component.eigenvalue == pytest.approx(expected["eigenvalue1"].iloc[0], rel=1e-9)
    assert component.explained == pytest.approx(expected["explained"].iloc[0], rel=1e-9)
    assert component.negative == ()
    assert component.is_unique


@needs_shared
def test_reranking_under_given_weights_equals_the_reference(reference):
    values, turned, _, expected = reference
    found = rank_range.reranked(composite.min_max(values, turned), composite_fixture("weight_draws"))
    assert_equal(found, expected[list(found.columns)])


# --------------------------------------------------------------- İllerde Yaşam Endeksi 2015


# ------------------------------------------------------------------------- computed by hand

# Min-max: a 0, 50, 100 · b reversed 100, 75, 0 · c 0, 100, missing.
HAND = pd.DataFrame(
    {"a": [10.0, 20.0, 30.0], "b": [1.0, 2.0, 5.0], "c": [4.0, 8.0, NAN]}, index=["x", "y", "z"]
)
HAND_WEIGHTS = pd.Series({"a": 1.0, "b": 2.0, "c": 1.0})


def test_min_max_by_hand():
    expected = [[0, 100, 0], [50, 75, 100], [100, 0, NAN]]
    assert_equal(composite.min_max(HAND, {"b"}), expected)
    assert_equal(composite.min_max(HAND, {"b"}, upper=1), np.array(expected) / 100)


def test_z_score_divides_by_n_minus_1():
    z = composite.z_score(HAND, {"b"})
    assert_equal(z["a"], [-1, 0, 1])
    # b: mean 8/3, variance (25/9 + 4/9 + 49/9) / 2 = 13/3
    assert_equal(z["b"], (8 / 3 - np.array([1, 2, 5])) / np.sqrt(13 / 3))
    # c: two values 4 apart, sd = 4/√2
    assert_equal(z["c"], [-1 / np.sqrt(2), 1 / np.sqrt(2), NAN])


def test_rank_percentile_by_hand():
    values = pd.DataFrame({"a": [3.0, 9.0, 9.0, 20.0, NAN]}, index=list("vwxyz"))
    assert_equal(composite.rank_percentile(values), [[0], [50], [50], [100], [NAN]])
    assert_equal(composite.rank_percentile(values, {"a"}, upper=1), [[1], [0.5], [0.5], [0], [NAN]])


def test_arithmetic_and_geometric_by_hand():
    scores = composite.min_max(HAND, {"b"})
    assert_equal(composite.arithmetic(scores, HAND_WEIGHTS), [50, 75, 100 / 3])
    # log 1 = 0 stands for every score below 1; z has 3 of 4 weights.
    expected = [100**0.5, (50 * 75**2 * 100) ** 0.25, 100 ** (1 / 3)]
    assert_equal(composite.geometric(scores, HAND_WEIGHTS), expected)
    assert_equal(composite.available_share(scores, HAND_WEIGHTS), [1, 1, 0.75])


def test_weights_may_be_on_any_scale():
    scores = composite.min_max(HAND, {"b"})
    assert_equal(composite.arithmetic(scores, HAND_WEIGHTS * 17), composite.arithmetic(scores, HAND_WEIGHTS))


@pytest.mark.parametrize(("missing", "has_score"), [(1, True), (2, True), (3, False)])
def test_two_thirds_of_the_weights_are_enough(missing, has_score):
    scores = pd.DataFrame([[50.0] * 6, [40.0] * 6], columns=list("abcdef"))
    scores.iloc[0, :missing] = NAN
    for weights in (composite.equal_weights(list("abcdef")), pd.Series(0.1, index=list("abcdef"))):
        assert composite.arithmetic(scores, weights).notna()[0] == has_score
        assert composite.geometric(scores, weights).notna()[0] == has_score


def test_an_indicator_without_two_values_is_named_and_carries_no_weight():
    values = HAND.assign(same=7.0, noise=[0.3, 0.1 + 0.2, 0.3], empty=NAN, once=[NAN, 5.0, NAN])
    assert composite.uninformative(values) == ["same", "noise", "empty", "once"]
    weights = pd.Series(1.0, index=values.columns).mul(HAND_WEIGHTS, fill_value=1.0)
    scores = composite.min_max(values, {"b"})
    assert scores[["same", "noise", "empty", "once"]].isna().all(axis=None)
    assert_equal(composite.arithmetic(scores, weights), [50, 75, 100 / 3])
    assert_equal(composite.available_share(scores, weights), [1, 1, 0.75])
    assert composite.z_score(values)["same"].isna().all()
    assert composite.rank_percentile(values)["noise"].isna().all()


def test_ranks_share_the_smallest_on_ties_and_skip_the_unscored():
    scores = pd.Series([0.1 + 0.2, 5.0, NAN, 0.3, -1.0], index=list("abcde"))
    ranked = composite.ranks(scores)
    assert ranked.dropna().to_dict() == {"a": 2, "b": 1, "d": 2, "e": 4}
    assert ranked.isna()["c"]


def test_close_but_different_scores_are_not_tied():
    assert composite.ranks(pd.Series([67.449500, 67.449501])).tolist() == [2, 1]


def test_ranks_of_nobody_are_empty():
    assert composite.ranks(pd.Series([NAN, NAN])).isna().all()


# ---------------------------------------------------------------------- principal component


def test_principal_component_of_two_indicators_is_known():
    # Correlation r gives eigenvalues 1 ± r and the loading 1/√2 on both.
    values = pd.DataFrame({"a": [1.0, 2.0, 3.0, 4.0], "b": [1.0, 3.0, 2.0, 4.0]})
    component = composite.principal_component(composite.z_score(values))
    assert component.eigenvalue == pytest.approx(1.8)
    assert component.explained == pytest.approx(0.9)
    assert_equal(component.loadings, [0.5**0.5, 0.5**0.5])
    assert component.scores.std(ddof=1) == pytest.approx(1.0)


def test_principal_component_points_up_and_names_what_counts_against_it():
    rng = np.random.default_rng(1)
    common = rng.normal(size=40)
    frame = {name: common + 0.3 * rng.normal(size=40) for name in "abc"} | {
        "d": -common + rng.normal(size=40)
    }
    component = composite.principal_component(composite.z_score(pd.DataFrame(frame)))
    assert component.loadings.sum() > 0
    assert component.negative == ("d",)
    assert component.scores.corr(pd.Series(common)) > 0.9


def test_principal_component_with_an_arbitrary_direction_says_so():
    values = pd.DataFrame({"a": [1.0, 1.0, -1.0, -1.0], "b": [1.0, -1.0, 1.0, -1.0]})
    assert not composite.principal_component(composite.z_score(values)).is_unique


def test_principal_component_leaves_out_what_nobody_has():
    values = HAND.assign(same=1.0)
    component = composite.principal_component(composite.z_score(values, {"b"}))
    assert np.isnan(component.loadings["same"])
    assert component.eigenvalue / 3 == pytest.approx(component.explained)
    with pytest.raises(ValueError, match="no indicator"):
        composite.principal_component(composite.z_score(values[["same"]]))


# ------------------------------------------------------------------------------- properties


@pytest.fixture
def places():
    rng = np.random.default_rng(7)
    frame = pd.DataFrame(
        rng.lognormal(size=(30, 5)), columns=list("abcde"), index=[f"p{i}" for i in range(30)]
    )
    return frame.mask(pd.DataFrame(rng.random(frame.shape) < 0.08, columns=frame.columns, index=frame.index))


@pytest.mark.parametrize("normalise", [composite.min_max, composite.z_score, composite.rank_percentile])
def test_units_do_not_matter(places, normalise):
    in_other_units = places * [1000, 0.01, 1, 3.6, 7] + [0, 32, -5, 1e3, 0]
    np.testing.assert_allclose(normalise(in_other_units), normalise(places), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("normalise", [composite.min_max, composite.z_score, composite.rank_percentile])
def test_reversing_an_indicator_is_negating_it(places, normalise):
    assert_equal(normalise(places, {"b", "d"}), normalise(places * [1, -1, 1, -1, 1]))


@pytest.mark.parametrize("normalise", [composite.min_max, composite.rank_percentile])
def test_reversing_everything_mirrors_the_scores(places, normalise):
    np.testing.assert_allclose(normalise(places, set(places.columns)), 100 - normalise(places), atol=1e-9)


def test_reversing_everything_turns_the_ranking_round(places):
    complete = places.dropna()
    weights = composite.equal_weights(list(complete.columns))
    up = composite.ranks(composite.arithmetic(composite.min_max(complete), weights))
    down = composite.ranks(composite.arithmetic(composite.min_max(complete, set(complete.columns)), weights))
    assert (up + down == len(complete) + 1).all()


def test_the_order_of_places_and_indicators_does_not_matter(places):
    weights = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0], index=places.columns)
    scores = composite.arithmetic(composite.min_max(places, {"b"}), weights)
    shuffled = composite.min_max(places.iloc[::-1, ::-1], {"b"})
    assert_equal(composite.arithmetic(shuffled, weights)[scores.index], scores)


def test_geometric_is_never_above_arithmetic(places):
    scores = composite.min_max(places).clip(lower=1)
    weights = composite.equal_weights(list(places.columns))
    gap = composite.arithmetic(scores, weights) - composite.geometric(scores, weights)
    assert gap.dropna().min() > 0


def test_years_passed_together_share_their_extremes():
    by_year = pd.DataFrame({"a": [1.0, 3.0, 2.0, 5.0]}, index=[("x", 1), ("y", 1), ("x", 2), ("y", 2)])
    assert_equal(composite.min_max(by_year), [[0], [50], [25], [100]])


def test_nested_index_is_a_mean_of_means():
    values = HAND[["a", "b"]].assign(d=[0.0, 1.0, 4.0])
    dimensions, overall = composite.nested_index(values, {"p": ["a", "b"], "q": ["d"]}, {"b"})
    assert_equal(dimensions, [[0.5, 0], [0.625, 0.25], [0.5, 1]])
    assert_equal(overall, [0.25, 0.4375, 0.75])


def test_a_component_may_weigh_its_indicators():
    scores = composite.min_max(HAND, {"b"})
    weighed = composite.component_scores(scores, {"p": HAND_WEIGHTS, "q": ["a", "b"]})
    assert_equal(weighed["p"], composite.arithmetic(scores, HAND_WEIGHTS))
    assert_equal(weighed["q"], [50, 62.5, 50])


def test_a_dimension_below_two_thirds_is_missing_in_the_overall_index():
    values = pd.DataFrame(
        {name: [0.0, 1.0, NAN] for name in "abc"} | {name: [0.0, 1.0, 1.0] for name in "def"}
    )
    halves = {"p": list("abc"), "q": list("def")}
    assert_equal(composite.nested_index(values, halves, set())[1], [0, 1, NAN])
    thirds = {"p": list("abc"), "q": ["d"], "r": ["e", "f"]}
    assert_equal(composite.nested_index(values, thirds, set())[1], [0, 1, 1])


def test_a_flat_index_is_components_of_one(places):
    weights = pd.Series([1.0, 2.0, 3.0, 4.0, 5.0], index=places.columns)
    variants = composite.variant_scores(places, {name: [name] for name in places}, weights, {"c"})
    assert_equal(
        variants["zscore_arithmetic"], composite.arithmetic(composite.z_score(places, {"c"}), weights)
    )
    unscored = variants["minmax_arithmetic"].isna()
    assert variants["pca"].isna().equals(unscored)
    whole = composite.principal_component(composite.z_score(places, {"c"})).scores
    assert_equal(variants["pca"][~unscored], whole[~unscored])


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: composite.min_max(HAND, {"d"}), "without values: d"),
        (lambda: composite.min_max(pd.concat([HAND, HAND])), "listed once"),
        (lambda: composite.min_max(HAND.assign(a=float("inf"))), "infinite"),
        (lambda: composite.arithmetic(HAND, HAND_WEIGHTS.drop("c")), "positive finite weight"),
        (lambda: composite.arithmetic(HAND, HAND_WEIGHTS.replace(2.0, 0.0)), "positive finite weight"),
        (
            lambda: composite.arithmetic(HAND, HAND_WEIGHTS.replace(2.0, float("inf"))),
            "positive finite weight",
        ),
        (lambda: composite.component_scores(HAND, {"p": ["a", "z"]}), "indicators: z"),
        (lambda: composite.component_scores(HAND, {"p": []}), "no or unknown"),
        (lambda: rank_range.dirichlet_draws(HAND_WEIGHTS * 0), "positive"),
        (lambda: rank_range.rank_ranges(HAND, HAND[["b", "a", "c"]], HAND_WEIGHTS), "same places"),
    ],
)
def test_a_wrong_call_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


# ------------------------------------------------------------------------------- rank ranges
