"""The survey tables of the warehouse: R's figures in every one, and nothing of a hidden cell in any."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from etl import registry
from etl.errors import RegistryError
from etl.methods.survey.suppression import shown
from etl.readers.microdata import open_microdata
from etl.survey_entries import Crossed
from etl.survey_wording import check_wording
from etl.surveys.results import wave_result
from etl.surveys.rounds import survey_tables
from etl.surveys.shape import shaped
from tests.etl.small_wave import ROWS, WAVE, item
from tests.etl.test_survey_estimate import IDS, declared
from tests.oracle import FIXTURE, needs_shared

PLACES = list(registry.load().cities)[:26]
# Items in which everybody or nobody of some city is satisfied, or a city is hidden: our family is another one there.
EDGE = ["item_3", "item_4", "item_5"]


def reference(name):
    """A table of R's results with our names of cities, items and groups."""
    made = pd.read_csv(FIXTURE / name, dtype={"group": str, "group_a": str, "group_b": str}, keep_default_na=False,
                       na_values=[""])  # fmt: skip
    for column in {"city", "city_a", "city_b"} & set(made):
        codes = [f"P{number:02d}" for number in range(1, 27)]
        made = made[made[column] != "ALL"]
        made[column] = made[column].map(dict(zip(codes, PLACES, strict=True)))
    for column in {"group", "group_a", "group_b"} & set(made):
        made[column] = made[column].replace(IDS)
    return made.assign(item_id=made["item"].str.replace("q", "item_"))


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The survey tables of the reference's two waves."""
    folder = tmp_path_factory.mktemp("waves")
    rows = pd.read_csv(FIXTURE / "microdata.csv", dtype=str, keep_default_na=False)
    codes = [f"P{number:02d}" for number in range(1, 27)]
    results = []
    for year in (2024, 2025):
        own = rows[rows["wave"] == str(year)].drop(columns="wave")
        own.to_csv(folder / f"{year}.csv", index=False)
        wave = registry.declared_wave(
            declared(folder, dict(zip(codes, PLACES, strict=True)), year=year), registry.load()
        )
        survey = shaped(open_microdata(folder / f"{year}.csv"), wave)
        assert survey.frame is not None, survey.report.faults
        results.append(wave_result(survey.frame, wave))
    return survey_tables(results)


def same(found, expected, pairs, key):
    """Rows of `expected` within 1e-9 of `found`, column by column."""
    both = expected.merge(found, on=key, how="left", suffixes=("_r", ""), validate="one_to_one")
    assert len(both) == len(expected) > 0
    for theirs, ours in pairs.items():
        reference = both[f"{theirs}_r" if f"{theirs}_r" in both else theirs]
        np.testing.assert_allclose(both[ours].astype(float), reference, rtol=1e-9, atol=1e-12, err_msg=ours)


@needs_shared
def test_estimates_are_those_of_r_unless_hidden(tables):
    expected = reference("expected.csv").rename(
        columns={"city": "city_id", "wave": "year", "group": "group_id"}
    )
    found = tables["mart.survey_estimate"]
    open_cells = found[found["status"].isin(["measured", "low_reliability"])]
    key = ["year", "city_id", "item_id", "group_var", "group_id"]
    pairs = {"n": "n", "p": "share", "p_se": "share_se", "p_lo": "share_low", "p_hi": "share_high", "mean": "mean",
             "mean_se": "mean_se", "df": "df", "p_deff": "deff", "n_psu": "n_psu", "sum_w": "sum_w"}  # fmt: skip
    same(open_cells, expected.merge(open_cells[key], on=key), pairs, key)
    assert len(open_cells) > 2_500


@needs_shared
def test_hidden_cells_are_those_of_r_and_empty(tables):
    expected = reference("suppression_expected.csv").rename(columns={"city": "city_id", "wave": "year"})
    found = tables["mart.survey_estimate"]
    hidden = found[(found["status"] == "suppressed") & (found["group_var"] != "all")]
    theirs = expected[expected["shown"].str.startswith("suppressed")]
    key = ["year", "city_id", "item_id", "group_var"]
    assert set(map(tuple, hidden[[*key, "group_id"]].to_numpy())) == set(
        map(tuple, theirs[[*key, "group"]].to_numpy())
    )
    numbers = [
        "n",
        "n_no_opinion",
        "sum_w",
        "n_psu",
        "df",
        "mean",
        "share",
        "share_se",
        "deff",
        "n_effective",
        "rank",
    ]
    assert hidden[numbers].isna().all(axis=None)
    assert set(hidden["reason"]) == {"small_group", "protects_another"}
    pairwise = theirs[theirs["shown"] == "suppressed_complementary"]
    assert len(pairwise) == (hidden["reason"] == "protects_another").sum() > 10


@needs_shared
def test_pairs_and_changes_are_those_of_r(tables):
    pairs = {"diff": "diff", "se": "se", "df": "df", "lo": "low", "hi": "high", "p": "p", "p_holm": "p_holm"}
    expected = reference("expected_diff.csv").query("item_id not in @EDGE").dropna(subset="diff")
    own = tables["mart.survey_pair"].query("year == 2025")
    turned = own.rename(columns={"city_a": "city_b", "city_b": "city_a"}).assign(
        diff=-own["diff"], low=-own["high"], high=-own["low"]
    )
    same(pd.concat([own, turned]), expected, pairs, ["item_id", "city_a", "city_b"])
    assert len(expected) == 950

    # R's family of a trend holds the pool of all cities as well, so its adjusted p values are another family's.
    del pairs["p_holm"]
    expected = (
        reference("expected_trend.csv").query("item_id not in @EDGE").rename(columns={"city": "city_id"})
    )
    changes = tables["mart.survey_change"].query("year == 2025 and status == 'measured'")
    same(
        changes,
        expected.dropna(subset="diff").merge(changes[["city_id", "item_id"]]),
        pairs,
        ["city_id", "item_id"],
    )
    assert set(tables["mart.survey_change"]["status"]) == {"measured", "no_earlier_wave", "not_comparable"}


@needs_shared
def test_ranks_are_those_of_r(tables):
    expected = (
        reference("rank_expected.csv").query("item_id not in @EDGE").rename(columns={"city": "city_id"})
    )
    found = tables["mart.survey_estimate"].query("year == 2025 and group_var == 'all'")
    pairs = {"rank": "rank", "holm_lo": "rank_low", "holm_hi": "rank_high"}
    same(found, expected, pairs, ["city_id", "item_id"])
    at_the_edge = found[found["interval"] == "korn_graubard"]
    assert len(at_the_edge) == 2
    assert at_the_edge["rank"].notna().all()


@needs_shared
def test_gaps_and_income_gradients_are_those_of_r(tables):
    key = ["city_id", "item_id", "group_var", "group_id", "reference_id"]
    expected = reference("expected_gap.csv").rename(
        columns={"city": "city_id", "group_a": "group_id", "group_b": "reference_id"}
    )
    gaps = tables["mart.survey_gap"].query("year == 2025")
    told = gaps[gaps["diff"].notna()]
    both = expected.merge(told[key], on=key)
    pairs = {"rd": "diff", "rd_se": "se", "rd_lo": "low", "rd_hi": "high", "rd_p": "p", "rr": "ratio"}
    same(told, both, pairs, key)
    assert len(both) > 400
    hidden = gaps[gaps["status"] == "suppressed"]
    assert len(hidden) > 10
    assert hidden[["diff", "se", "df", "p", "ratio", "p_holm"]].isna().all(axis=None)

    expected = reference("inequality_expected.csv").rename(columns={"city": "city_id"})
    told = tables["mart.survey_inequality"].query("year == 2025 and status == 'measured'")
    both = expected.merge(told[["city_id", "item_id"]])
    pairs = {"sii": "sii", "sii_se": "sii_se", "conc_index": "concentration", "erreygers": "erreygers"}
    same(told, both, pairs, ["city_id", "item_id"])
    assert len(both) > 50


def crossed_cells(counts, margins):
    """Estimates of a table of two groupings, from its counts and those of its margins."""
    rows = [("a*b", f"{a}*{b}", n) for (a, b), n in counts.items()] + [
        ("a", *one) for one in margins["a"].items()
    ]
    rows += [("b", *one) for one in margins["b"].items()]
    made = pd.DataFrame(rows, columns=["group_var", "group", "n"])
    flag = np.select([made["n"] == 0, made["n"] < 10], ["no_data", "suppressed"], "ok")
    return made.assign(wave="w", city="c", item="q1", flag=flag)


def hidden_of(counts, **margins):
    made = shown(crossed_cells(counts, margins)).query("group_var == 'a*b'")
    return set(made.loc[made["shown"].str.startswith("suppressed"), "group"])


def test_a_crossed_table_cannot_be_solved_for_a_hidden_cell():
    counts = {("x", "1"): 4, ("x", "2"): 40, ("y", "1"): 50, ("y", "2"): 60, ("x", "3"): 30, ("y", "3"): 20}
    found = hidden_of(counts, a={"x": 74, "y": 130}, b={"1": 54, "2": 100, "3": 50})
    for line in ("x*", "y*"):
        assert sum(one.startswith(line) for one in found) != 1
    for line in ("*1", "*2", "*3"):
        assert sum(one.endswith(line) for one in found) != 1
    assert found == {"x*1", "x*3", "y*1", "y*3"}  # the smallest that close every line


def test_a_hidden_margin_hides_its_line():
    counts = {("x", "1"): 12, ("x", "2"): 13, ("y", "1"): 50, ("y", "2"): 60, ("z", "1"): 4, ("z", "2"): 3}
    found = hidden_of(counts, a={"x": 25, "y": 110, "z": 7}, b={"1": 66, "2": 76})
    assert {"x*1", "x*2", "z*1", "z*2"} <= found


def test_crossed_groups_are_estimated_together():
    people = pd.concat([ROWS.assign(id=ROWS["id"] + 10 * n, mahalle=n, w=1.0) for n in range(1, 40)])
    wave = replace(
        WAVE, crossed=(Crossed(first="sex", second="age"),), design=replace(WAVE.design, psu_total=None)
    )
    data = type("Data", (), {"frame": people.reset_index(drop=True), "file": "f", "notes": (), "page": None,
                             "value_labels": {}})()  # fmt: skip
    made = wave_result(shaped(data, wave).frame, wave).estimates
    young_women = made.query("group_var == 'sex*age' and group_id == 'women*18-29' and item_id == 's2'")
    assert young_women["n"].item() == 39
    assert young_women["share"].item() == 1.0


def test_one_version_is_one_question():
    other = replace(WAVE, wave_id="w2026", items=(item("s1", question_en="Another?"),))
    faults = []
    check_wording([WAVE, other], faults)
    assert [(one.rule, one.column) for one in faults] == [("survey_wording", "items.s1")]
    assert all(word in faults[0].message_tr for word in ("w2025", "question"))
    check_wording([WAVE, replace(other, items=(item("s1", question_en="Another?", version="2"),))], faults)
    assert len(faults) == 1


def test_a_registry_with_two_wordings_is_refused(tmp_path):
    folder = tmp_path / "registry"
    shutil.copytree(registry.FOLDER, folder)
    wave = sorted((folder / "surveys").glob("*_2026.yml"))[0]
    text = wave.read_text(encoding="utf-8")
    other = text.replace(f"id: {wave.stem}", "id: copy_2026", 1).replace(
        "ne kadar memnunsunuz", "memnun musunuz", 1
    )
    assert other.count("memnun musunuz") == 1
    (folder / "surveys" / "copy_2026.yml").write_text(other, encoding="utf-8")
    with pytest.raises(RegistryError) as refused:
        registry.load(folder)
    assert {one.rule for one in refused.value.faults} == {"survey_wording"}
