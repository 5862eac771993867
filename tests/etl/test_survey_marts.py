"""The survey tables of the warehouse: R's figures in every one, and nothing of a hidden cell in any."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from etl import registry
from etl.errors import RegistryError
from etl.methods.survey.suppression import published
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
    ours = set(map(tuple, hidden[[*key, "group_id"]].to_numpy()))
    assert set(map(tuple, theirs[[*key, "group"]].to_numpy())) <= ours
    unions = found.merge(
        expected.rename(columns={"group": "group_id"})[[*key, "group_id", "n"]], on=[*key, "group_id"]
    )
    hidden_n = unions[unions["status"] == "suppressed"].groupby(key)["n_y"].sum()
    whole = unions.groupby(key)["n_y"].sum()
    assert ((hidden_n >= 10) | (hidden_n == whole[hidden_n.index])).all()
    assert len(hidden_n) > 20
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


def cells_of(rows):
    """Estimates of cells (group_var, group, n) of one question in one city."""
    made = pd.DataFrame(rows, columns=["group_var", "group", "n"])
    flag = np.select([made["n"] == 0, made["n"] < 10], ["no_data", "suppressed"], "ok")
    return made.assign(wave="w", city="c", item="q1", flag=flag)


def hidden_of(rows):
    cells = cells_of(rows)
    return set(cells.loc[published(cells).str.startswith("suppressed"), "group"])


def table_of(counts):
    """A crossed table of rows x, y, … and columns 1, 2, … with its margins."""
    made = [("a*b", f"{'xyzw'[a]}*{b}", n) for a, line in enumerate(counts) for b, n in enumerate(line)]
    made += [("a", "xyzw"[a], sum(line)) for a, line in enumerate(counts)]
    return made + [("b", str(b), sum(column)) for b, column in enumerate(zip(*counts, strict=True))]


def solvable(counts, hidden):
    """The hidden filled cells that margins minus what is shown determine: an oracle by linear algebra."""
    spots = [
        (a, b) for a, line in enumerate(counts) for b in range(len(line)) if f"{'xyzw'[a]}*{b}" in hidden
    ]
    lines = [[float(spot[0] == a) for spot in spots] for a in range(len(counts)) if "xyzw"[a] not in hidden]
    lines += [[float(spot[1] == b) for spot in spots] for b in range(len(counts[0])) if str(b) not in hidden]
    if not spots:
        return set()
    _, sizes, turned = np.linalg.svd(np.array(lines or [[0.0] * len(spots)]))
    free = turned[int((sizes > 1e-9).sum()) :]
    return {
        spot
        for number, spot in enumerate(spots)
        if counts[spot[0]][spot[1]] and not (abs(free[:, number]) > 1e-9).any()
    }


@pytest.mark.parametrize(
    "counts",
    [
        [[12, 5, 0], [0, 100, 100]],
        [[19, 4, 54, 73], [6, 6, 58, 57], [11, 18, 17, 13], [5, 49, 2, 3]],
        [[4, 40, 30], [50, 60, 20]],
    ],
)
def test_a_crossed_table_cannot_be_solved_for_a_hidden_cell(counts):
    assert solvable(counts, hidden_of(table_of(counts))) == set()


def test_random_crossed_tables_cannot_be_solved():
    rng = np.random.default_rng(5)
    tables = 0
    for _ in range(150):
        counts = (rng.integers(0, 60, (rng.integers(2, 4), rng.integers(2, 5))) * rng.integers(0, 2)).tolist()
        hidden = hidden_of(table_of(counts))
        tables += any("*" in one for one in hidden)
        assert solvable(counts, hidden) == set(), counts
    assert tables > 20


def test_a_crossed_table_without_small_cells_is_shown():
    assert hidden_of(table_of([[12, 30], [50, 60]])) == set()


def test_what_is_hidden_of_a_grouping_is_never_a_handful():
    rows = [("band", "a", 1), ("band", "b", 2), ("band", "c", 40), ("band", "d", 90)]
    assert hidden_of(rows) == {"a", "b", "c"}
    assert hidden_of([("band", "a", 6), ("band", "b", 5), ("band", "c", 40)]) == {"a", "b"}


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
