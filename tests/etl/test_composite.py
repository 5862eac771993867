"""The composite engine against R's results, TÜİK's published index and hand-computed examples."""

import itertools
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from etl.methods import composite, rank_range

SHARED = Path(os.environ.get("KARNE_SHARED", Path(__file__).parents[3] / "shared"))
FIXTURE = SHARED / "fixtures" / "methods"
OFFICIAL = SHARED / "data" / "official"
needs_shared = pytest.mark.skipif(
    not FIXTURE.is_dir(), reason="the reference inputs (KARNE_SHARED) are absent"
)

# İllerde Yaşam Endeksi 2015: indicators of each dimension under the names of the published data set.
DIMENSIONS = {
    "Konut": ["rooms_per_person", "toilet_in_dwellings", "prob_quality_of_dwellings"],
    "Çalışma hayatı": ["emp_rate", "unemp_rate", "avr_daily_earnings", "job_sat_rate"],
    "Gelir ve servet": ["sav_dep_pc", "perc_hh_middle_or_higher_inc_groups", "perc_hh_fail_basic_needs"],
    "Sağlık": [
        "infant_mort_rate",
        "life_exp",
        "applications_per_doctor",
        "sat_rate_with_health_status",
        "sat_rate_with_pub_health_serv",
    ],
    "Eğitim": [
        "net_schooling_ages_3_5",
        "TEOG_avr_score",
        "YGS_avr_score",
        "perc_higher_educ",
        "sat_rate_with_pub_educ_serv",
    ],
    "Çevre": [
        "air_pollution",
        "forest_area_per_km2",
        "perc_waste_serv",
        "perc_street_noise",
        "sat_rate_municipal_clean_serv",
    ],
    "Güvenlik": [
        "murder_rate_per_million",
        "num_traf_acc_per1000",
        "perc_safe_walk_alone_at_night",
        "sat_rate_pub_safety_serv",
    ],
    "Sivil katılım": ["voter_turnout_local", "polit_party_membership", "union_assoc_membership"],
    "Altyapı hizmetlerine erişim": [
        "number_internet_subs_per100",
        "access_to_sewerage",
        "access_to_airport",
        "sat_rate_pub_trans_serv",
    ],
    "Sosyal yaşam": [
        "num_cin_theat_per100",
        "shopping_mall_area_per1000(m2)",
        "sat_rate_social_relations",
        "sat_rate_social_life",
    ],
    "Yaşam memnuniyeti": ["happiness_level"],
}
REVERSED = {
    "prob_quality_of_dwellings",
    "unemp_rate",
    "perc_hh_fail_basic_needs",
    "infant_mort_rate",
    "applications_per_doctor",
    "air_pollution",
    "perc_street_noise",
    "murder_rate_per_million",
    "num_traf_acc_per1000",
}
NAN = float("nan")


def fixture(name):
    return pd.read_csv(FIXTURE / f"composite_{name}.csv", index_col=0)


def assert_equal(found, expected, rel=1e-9):
    """Same missing cells, and every other cell within `rel` of the oracle (exact where that is zero)."""
    found, expected = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    assert found.shape == expected.shape
    assert (np.isnan(found) == np.isnan(expected)).all()
    np.testing.assert_allclose(found, expected, rtol=rel, atol=0, equal_nan=True)


# ------------------------------------------------------------------------------- the R reference


@pytest.fixture(scope="module")
def reference():
    meta = fixture("meta")
    return fixture("input"), set(meta.index[meta["positive"] == 0]), meta["weight"], fixture("expected")


@needs_shared
def test_scores_and_ranks_equal_the_reference(reference):
    values, turned, weights, expected = reference
    minmax, z = composite.min_max(values, turned), composite.z_score(values, turned)
    assert_equal(minmax, fixture("minmax_expected"))
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
    expected = fixture("pca_expected")
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
    found = rank_range.reranked(composite.min_max(values, turned), fixture("weight_draws"))
    assert_equal(found, expected[list(found.columns)])


# --------------------------------------------------------------- İllerde Yaşam Endeksi 2015


@pytest.fixture(scope="module")
def provinces():
    return pd.read_csv(OFFICIAL / "life_index_2015_indicators.csv", index_col="province").drop(
        columns="name_eng"
    )


@pytest.fixture(scope="module")
def life_index(provinces):
    return composite.nested_index(provinces, DIMENSIONS, REVERSED)


@pytest.fixture(scope="module")
def workbook():
    """The dimension indices as TÜİK published them, in full precision."""
    sheet = CalamineWorkbook.from_path(str(OFFICIAL / "life-quality-index-tuik.xlsx"))
    header, *rows = sheet.get_sheet_by_name("Sayfa1").to_python()
    names = [str(cell).split("\n")[0] for cell in header]
    return pd.DataFrame([row for row in rows if row[0]], columns=names).set_index("İl").astype(float)


@pytest.fixture(scope="module")
def published():
    return pd.read_csv(OFFICIAL / "life_index_2015_dimensions.csv", index_col="province")


@needs_shared
def test_life_index_dimensions_equal_the_workbook_tuik_published(life_index, workbook):
    dimensions, _ = life_index
    assert workbook.shape == (81, 11)
    assert_equal(dimensions.loc[workbook.index, workbook.columns], workbook)


@needs_shared
def test_life_index_overall_and_all_81_ranks_equal_the_published(life_index, published, workbook):
    _, overall = life_index
    assert_equal(overall[workbook.index], workbook.mean(axis=1))
    # Six decimals are printed, so half a unit of the sixth is all that rounding explains.
    assert (overall - published["overall"]).abs().max() <= 0.5e-6 * (1 + 1e-9)
    ranked = composite.ranks(overall)
    assert sorted(ranked) == list(range(1, 82))
    assert (ranked[published.index] == published["rank"]).all()


@needs_shared
def test_life_index_needs_every_reversal(provinces, published):
    for name in sorted(REVERSED):
        dimensions, _ = composite.nested_index(provinces, DIMENSIONS, REVERSED - {name})
        assert (dimensions - published[dimensions.columns]).abs().max().max() > 0.01, name


@needs_shared
def test_life_index_variants_keep_the_published_score(provinces, life_index):
    weights = composite.equal_weights(list(DIMENSIONS))
    variants = composite.variant_scores(provinces, DIMENSIONS, weights, REVERSED)
    assert tuple(variants.columns) == composite.VARIANTS
    assert_equal(variants["minmax_arithmetic"], 100 * life_index[1])
    assert variants.notna().all(axis=None)
    ranked = variants.apply(composite.ranks)
    assert (ranked.loc["Isparta"] <= 3).all()
    assert (ranked.loc["Muş"] >= 79).all()


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
    ratio = rank_range.dirichlet_draws(weights, draws=20_000).std() / fixture("weight_draws").std()
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
    values = HAND.assign(d=[1.0, 2.0, NAN], e=[2.0, 1.0, NAN])
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
