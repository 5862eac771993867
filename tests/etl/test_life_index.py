"""İllerde Yaşam Endeksi 2015: the engine against the index TÜİK published."""

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from etl.methods import composite
from tests.oracle import OFFICIAL, assert_equal, needs_shared

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
