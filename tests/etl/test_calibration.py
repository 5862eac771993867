"""Calibrated weights: figures of another program, a dense regression written from the formula, a re-raked jackknife."""

import numpy as np
import pandas as pd
import pytest

from etl.errors import FaultyInput
from etl.methods.survey.calibration import Margin
from etl.methods.survey.comparisons import Pair, gap_pairs, gaps
from etl.methods.survey.engine import POOL, Engine, Scale
from etl.methods.survey.estimates import estimates
from etl.surveys.calibration import margins_of
from etl.surveys.estimate import tables_of
from tests.etl.test_survey_registry import WAVE, read
from tests.oracle import FIXTURE, needs_shared

FIVE = Scale()
COUNTS = Scale(lowest=0, highest=30_000, satisfied_from=1, no_opinion=-1)


def estimated(rows, margins=(), scale=FIVE):
    """Every estimate of a survey, calibrated to `margins`, and the notes."""
    with Engine(margins) as engine:
        engine.load(rows)
        engine.moments(scale, "")
        return estimates(engine.run("estimate")), engine.notes


# ------------------------------------------------------------------- another program

STYPE = {("E",): 4421.0, ("H",): 755.0, ("M",): 1018.0}
WIDE = {("No",): 1072.0, ("Yes",): 5122.0}
# svy 0.35.0 (Python), Sample.weighting.poststratify and .rake, estimation.mean, on R's apiclus1 without correction.
POST_STRATIFIED = {  # item, grouping, group -> mean, standard error
    ("q1", "all", "all"): (642.3107882115821, 24.16106058149723),
    ("q1", "both", "No"): (633.2524143850864, 28.362262893678583),
    ("q1", "stype", "H"): (618.5714285714284, 38.40262823270549),
    ("q2", "all", "all"): (26.750464786711145, 1.9589335028046082),
    ("q2", "both", "No"): (20.365756479670047, 3.207092373520427),
    ("q3", "all", "all"): (0.6878891823116088, 0.033420610692209377),
    ("q3", "both", "Yes"): (0.9714213209487589, 0.01910650082207303),
}
RAKED = {
    ("q1", "all", "all"): (641.2303209268215, 23.94200991457032),
    ("q1", "both", "No"): (630.3420108641311, 28.246312807073046),
    ("q1", "stype", "H"): (621.2918610548973, 37.11267960140634),
    ("q2", "all", "all"): (26.632537858225152, 1.9237735856210612),
    ("q2", "stype", "H"): (14.354850707775505, 5.2103325605267985),
    ("q3", "all", "all"): (0.6612697303224345, 0.022007734139157308),
}


def schools():
    data = pd.read_csv(FIXTURE.parent / "r-survey" / "apiclus1.csv", dtype=str)
    return pd.DataFrame({
        "respondent_id": data["cds"], "wave": "1", "city": "c", "stratum": "s", "psu": data["dnum"],
        "stratum_psu_total": None, "weight": data["pw"], "stype": data["stype"], "wide": data["sch.wide"],
        "both": data["both"], "q1": data["api00"], "q2": data["ell"],
        "q3": (data["awards"] == "Yes").astype(int).astype(str),
    })  # fmt: skip


@needs_shared
@pytest.mark.parametrize("what", ["post-stratified", "raked"])
def test_another_program_agrees_on_a_real_survey(what):
    """Raked standard errors there, as in R, come of one sweep over the margins and not of a regression on all."""
    margins = [Margin("1", ("stype",), {"c": STYPE}), Margin("1", ("wide",), {"c": WIDE})]
    exact = what == "post-stratified"
    cells, _ = estimated(schools(), margins[:1] if exact else margins, COUNTS)
    own = cells[cells["city"] == "c"].set_index(["item", "group_var", "group"])
    for cell, (mean, se) in (POST_STRATIFIED if exact else RAKED).items():
        assert own.loc[cell, "mean"] == pytest.approx(mean, rel=1e-9), cell
        assert own.loc[cell, "mean_se"] == pytest.approx(se, rel=1e-9 if exact else 0.03), cell


# ------------------------------------------------------------------- the formula, dense

AGE_SEX = {(sex, age): 900.0 + 130 * place for place, (sex, age) in enumerate(
    (sex, age) for sex in "ke" for age in ("young", "middle", "old"))}  # fmt: skip
SCHOOL = {("low",): 4100.0, ("high",): sum(AGE_SEX.values()) - 4100.0}
MARGINS = (
    Margin("w", ("sex", "age"), {"a": AGE_SEX, "b": {one: 3 * count for one, count in AGE_SEX.items()}}),
    Margin("w", ("school",), {"a": SCHOOL, "b": {one: 3 * count for one, count in SCHOOL.items()}}),
)


def interviews(cities=("a", "b"), seed=8):
    """A survey nobody took: strata of several PSUs, one of a lonely PSU, weights 0, groups not stated, answers that
    hang on the groups."""
    draw = np.random.default_rng(seed)
    size = 700 * len(cities)
    sex, age = draw.choice(["k", "e"], size, p=(0.6, 0.4)), draw.choice(["young", "middle", "old"], size)
    school = draw.choice(["low", "high"], size)
    liking = (
        2.2 + 1.1 * (sex == "k") + 0.7 * (age == "old") - 0.6 * (school == "low") + draw.normal(0, 0.9, size)
    )
    answer = np.clip(np.round(liking), 1, 5).astype(int)
    stratum = draw.choice(["s1", "s2", "s3", "lonely"], size, p=(0.3, 0.3, 0.37, 0.03))
    psu = np.where(stratum == "lonely", 0, draw.integers(0, 12, size))
    rows = pd.DataFrame({
        "respondent_id": np.arange(size), "wave": "w", "city": np.tile(cities, size // len(cities)),
        "stratum": stratum, "psu": psu, "stratum_psu_total": None, "weight": draw.uniform(0.4, 3, size).round(3),
        "sex": sex, "age": age, "school": school,
        "q1": np.where(draw.random(size) < 0.1, 99, answer), "q2": draw.integers(1, 6, size),
    }).astype(str)  # fmt: skip
    rows.loc[draw.random(size) < 0.05, "weight"] = "0"
    return rows


def unstated(rows):
    """The same where some did not say their age, and some not their school."""
    draw = np.random.default_rng(3)
    made = rows.copy()
    made.loc[draw.random(len(rows)) < 0.08, "age"] = None
    made.loc[draw.random(len(rows)) < 0.06, "school"] = ""
    return made


def constraints(rows, city):
    """What calibrated weights hold, a column each, and the totals they hold it at."""
    columns, totals = [np.ones(len(rows))], [sum(AGE_SEX.values()) * (3 if city == "b" else 1)]
    for margin in MARGINS:
        people = margin.people[city]
        said = rows[list(margin.groups)].replace("", None)
        stated = said.notna().all(axis=1).to_numpy()
        share = np.array(list(people.values())) / sum(people.values())
        for categories, part in list(zip(people, share, strict=True))[1:]:  # the first follows from the rest
            columns.append((said == list(categories)).all(axis=1).to_numpy() - part * stated)
            totals.append(0)
    return np.column_stack(columns).astype(float), np.array(totals, dtype=float)


def newton(design, columns, totals):
    """Weights d·exp(x'λ) that meet the totals, by Newton's method and not by turns."""
    chosen = np.zeros(columns.shape[1])
    chosen[0] = np.log(totals[0] / design.sum())
    for _ in range(30):
        weight = design * np.exp(columns @ chosen)
        chosen += np.linalg.solve((columns * weight[:, None]).T @ columns, totals - weight @ columns)
    return design * np.exp(columns @ chosen)


def by_hand(rows):
    """The rows that count, with calibrated weights, and the columns of each city's regression."""
    rows = rows.assign(d=rows["weight"].astype(float), y=rows["q1"].astype(float), w=0.0)
    columns = {}
    for city, own in rows[rows["d"] > 0].groupby("city"):
        columns[city], totals = constraints(own, city)
        rows.loc[own.index, "w"] = newton(own["d"].to_numpy(), columns[city], totals)
    return rows, columns


def score(rows, inside, satisfied):
    """The estimate in a domain, and each row's linearised score (calibrated weights)."""
    w, y = rows["w"].to_numpy(), rows["y"].to_numpy()
    inside = inside & (y <= 5)
    value = (y >= 4).astype(float) if satisfied else y
    whole = w[inside].sum()
    estimate = (w * value)[inside].sum() / whole
    return estimate, np.where(inside, (value - estimate) / whole, 0.0)


def variance(rows, columns, scores):
    """Between-PSU variance of the residuals of `scores` on each city's columns."""
    total = 0.0
    for city, own in rows.groupby("city"):
        u, w = scores[own.index], own["w"].to_numpy()
        used = w > 0
        root = np.sqrt(w[used])
        beta = np.linalg.lstsq(columns[city] * root[:, None], u[used] * root, rcond=None)[0]
        residual = np.zeros(len(own))
        residual[used] = u[used] - columns[city] @ beta
        z = own.assign(z=w * residual).groupby(["stratum", "psu"])["z"].sum()
        for _, sums in z.groupby(level="stratum"):
            total += sums.iloc[0] ** 2 if len(sums) == 1 else len(sums) * sums.var(ddof=1)
    return total


CELLS = [
    ("a", "all", "all"),
    ("b", "sex", "k"),
    ("a", "age", "old"),
    ("b", "school", "low"),
    (POOL, "all", "all"),
]


@pytest.mark.parametrize("make", [interviews, lambda: unstated(interviews())], ids=["all stated", "some not"])
def test_estimates_are_those_of_a_dense_regression(make):
    rows = make()
    cells, _ = estimated(rows, MARGINS)
    found = cells[cells["item"] == "q1"].set_index(["city", "group_var", "group"])
    counted, columns = by_hand(rows)
    for city, group_var, group in CELLS:
        inside = np.full(len(rows), True) if city == POOL else (rows["city"] == city).to_numpy()
        inside = inside if group_var == "all" else inside & (rows[group_var] == group).to_numpy()
        for name, satisfied in (("mean", False), ("p", True)):
            estimate, scores = score(counted, inside, satisfied)
            cell = found.loc[(city, group_var, group)]
            assert cell[name] == pytest.approx(estimate, rel=1e-8)
            assert cell[f"{name}_se"] == pytest.approx(np.sqrt(variance(counted, columns, scores)), rel=1e-8)


def test_gaps_and_the_pool_have_residuals_too():
    rows = unstated(interviews())
    with Engine(MARGINS) as engine:
        engine.load(rows)
        engine.moments(FIVE, "")
        cells = estimates(engine.run("estimate"))
        sides = gap_pairs(cells, "w", POOL, [Pair("school", "low", "high")])
        made = gaps(sides, engine.contrasts(sides)).set_index(["item", "city"])
    counted, columns = by_hand(rows)
    inside = (rows["city"] == "a").to_numpy()
    low, low_scores = score(counted, inside & (rows["school"] == "low").to_numpy(), True)
    high, high_scores = score(counted, inside & (rows["school"] == "high").to_numpy(), True)
    assert made.loc[("q1", "a"), "rd"] == pytest.approx(low - high, rel=1e-8)
    spread = np.sqrt(variance(counted, columns, low_scores - high_scores))
    assert made.loc[("q1", "a"), "rd_se"] == pytest.approx(spread, rel=1e-8)


def test_a_jackknife_that_rakes_again_agrees():
    """Without one PSU at a time, weights of its stratum raised, raked anew each time: near the linearised error."""
    rows = unstated(interviews(("a",)))
    rows = rows[rows["stratum"] != "lonely"].reset_index(drop=True)
    found = estimated(rows, MARGINS)[0].set_index(["city", "item", "group_var", "group"])
    design = rows["weight"].astype(float)
    spread = {"all": 0.0, "k": 0.0}
    for stratum, own in rows.groupby("stratum"):
        names = own["psu"].unique()
        for name in names:
            left = (rows["stratum"] == stratum) & (rows["psu"] == name)
            raised = design.where(rows["stratum"] != stratum, design * len(names) / (len(names) - 1))
            again, _ = by_hand(rows[~left].assign(weight=raised[~left].astype(str)).reset_index(drop=True))
            for group in spread:
                inside = np.full(len(again), True) if group == "all" else (again["sex"] == group).to_numpy()
                estimate, _ = score(again, inside, True)
                whole = found.loc[("a", "q1", "all" if group == "all" else "sex", group), "p"]
                spread[group] += (len(names) - 1) / len(names) * (estimate - whole) ** 2
    for group, squared in spread.items():
        se = found.loc[("a", "q1", "all" if group == "all" else "sex", group), "p_se"]
        assert 0.95 < np.sqrt(squared) / se < 1.1, group


# ------------------------------------------------------------------- what a margin knows, and what it leaves alone


def test_the_population_is_met_and_what_it_tells_has_no_error():
    """Told what the margin already knows, a survey is sure: the share of women has no standard error."""
    rows = interviews().assign(q2=lambda made: np.where(made["sex"] == "k", "5", "1"))
    cells, notes = estimated(rows, MARGINS)
    own = cells[cells["item"] == "q2"].set_index(["city", "group_var", "group"])
    women = sum(count for (sex, _), count in AGE_SEX.items() if sex == "k") / sum(AGE_SEX.values())
    assert own.loc[("a", "all", "all"), "p"] == pytest.approx(women, rel=1e-9)
    assert own.loc[("a", "all", "all"), "p_se"] < 1e-9
    assert own.loc[("b", "all", "all"), "sum_w"] == pytest.approx(3 * sum(AGE_SEX.values()))
    assert own.loc[("a", "school", "low"), "sum_w"] == pytest.approx(SCHOOL[("low",)])
    assert estimated(rows)[0].query("item == 'q2' and city == 'a'")["p_se"].iloc[0] > 0.01
    assert notes == []


def test_who_says_nothing_takes_the_factor_of_the_city_alone():
    rows = interviews(("a",)).iloc[:400]
    silent = rows.assign(respondent_id=lambda made: "x" + made["respondent_id"], age=None, sex=None).iloc[:40]
    every = pd.concat([rows, silent.assign(tag="silent")]).assign(q1="1")
    cells, notes = estimated(every.fillna({"tag": "told"}), MARGINS[:1])
    own = cells[(cells["item"] == "q1") & (cells["city"] == "a")].set_index(["group_var", "group"])
    told = own.loc[("tag", "told"), "sum_w"]
    for sex in ("k", "e"):
        part = sum(count for (one, _), count in AGE_SEX.items() if one == sex) / sum(AGE_SEX.values())
        assert own.loc[("sex", sex), "sum_w"] == pytest.approx(told * part)
    assert own.loc[("all", "all"), "sum_w"] == pytest.approx(sum(AGE_SEX.values()))
    counted = int((silent["weight"] != "0").sum())
    assert len(notes) == 1
    assert f"the group of {counted} respondents is not known in at least one margin" in notes[0].en


def test_a_city_and_a_wave_without_margins_stay_as_they_are():
    rows = interviews()
    plain, _ = estimated(rows)
    own = Margin("w", ("sex",), {"b": {("k",): 10.0, ("e",): 11.0}})
    other = Margin("later", ("sex",), {"a": {("k",): 10.0, ("e",): 11.0}})
    calibrated, _ = estimated(rows, (own, other))
    first, second = (cells[cells["city"] == "a"].reset_index(drop=True) for cells in (plain, calibrated))
    assert len(first) == 16
    pd.testing.assert_frame_equal(first, second, rtol=1e-12)


# ------------------------------------------------------------------- what cannot be met


def refused(rows, *margins):
    with pytest.raises(FaultyInput) as caught:
        estimated(rows, margins)
    return {(one.rule, one.column, one.value) for one in caught.value.faults}


def test_every_category_that_only_one_side_has_is_told_at_once():
    rows = interviews()
    rows.loc[(rows["city"] == "b") & (rows["sex"] == "k") & (rows["age"] == "old"), "weight"] = "0"
    people = {one: count for one, count in AGE_SEX.items() if one != ("e", "young")} | {("e", "middle"): 0.0}
    assert refused(rows, Margin("w", ("sex", "age"), {"a": people, "b": AGE_SEX})) == {
        ("calibration_no_population", "sex × age", "a: e, young"),
        ("calibration_no_population", "sex × age", "a: e, middle"),
        ("calibration_no_respondent", "sex × age", "b: k, old"),
    }


def test_margins_that_contradict_the_sample_do_not_settle():
    """All the women are old and all the men young: as many women as men and twice as many old as young is nobody."""
    rows = interviews(("a",)).assign(age=lambda made: np.where(made["sex"] == "k", "old", "young"))
    halves, thirds = {("k",): 50.0, ("e",): 50.0}, {("old",): 66.0, ("young",): 34.0}
    found = refused(rows, Margin("w", ("sex",), {"a": halves}), Margin("w", ("age",), {"a": thirds}))
    assert found == {("calibration_diverged", "sex", "a")}


def test_weights_that_move_far_are_told():
    people = {("k",): 500.0, ("e",): 9500.0}
    _, notes = estimated(interviews(("a",)), [Margin("w", ("sex",), {"a": people})])
    assert len(notes) == 1
    assert "a: calibration moved weights to between 0.0" in notes[0].en


# ------------------------------------------------------------------- as a wave declares it

DECLARED = """
calibration:
  source: {tr: Uydurma sayılar, en: Made-up counts}
  margins:
    - groups: [age, sex]
      people:
        - {city: adana, categories: [18-29, women], population: 1100}
        - {city: adana, categories: [18-29, men], population: 1200}
        - {city: adana, categories: [30-plus, women], population: 3900}
        - {city: adana, categories: [30-plus, men], population: 3800}
    - groups: [sex]
      people:
        - {city: adana, categories: [women], population: 5000}
        - {city: adana, categories: [men], population: 5000}
"""
M = "calibration.margins"


def test_a_wave_declares_its_population(tmp_path):
    wave, faults = read(tmp_path, WAVE + DECLARED)
    assert faults == []
    crossed, single = margins_of(wave)
    assert (crossed.wave, crossed.groups) == ("adana_2025", ("age", "sex"))
    assert crossed.people["adana"]["18-29", "men"] == 1200
    assert single.people == {"adana": {("women",): 5000, ("men",): 5000}}
    plain, _ = read(tmp_path)
    assert margins_of(plain) == ()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("groups: [sex]", "groups: [gender]", (f"{M}[1].groups", "registry_unknown_reference")),
        ("groups: [age, sex]", "groups: [sex, sex]", (f"{M}[0].groups", "registry_repeated_id")),
        ("[18-29, men]", "[18-29, women]", (f"{M}[0].people", "registry_repeated_id")),
        ("[18-29, men]", "[18-29]", (f"{M}[0].people[1].categories", "survey_margin_width")),
        ("[18-29, men]", "[18-28, men]", (f"{M}[0].people[1].categories", "registry_unknown_reference")),
        ("[women], population: 5000", "[women], population: 5001", (f"{M}[1].people", "survey_margin_total")),
        ("population: 1100", "population: -1", (f"{M}[0].people[0].population", "survey_margin_negative")),
        ("adana, categories: [men]", "ankara, categories: [men]", (f"{M}[1].people", "registry_unknown_reference")),
    ],
)  # fmt: skip
def test_a_declared_population_is_checked(tmp_path, old, new, found):
    wave, faults = read(tmp_path, WAVE + DECLARED.replace(old, new))
    assert wave is None
    assert found in {(one.column, one.rule) for one in faults}


def test_every_city_of_a_wave_needs_its_population(tmp_path):
    two = "city_column: {column: il, codes: [{code: 1, city: adana}, {code: 6, city: ankara}]}"
    wave, faults = read(tmp_path, (WAVE + DECLARED).replace("\ncity: adana", f"\n{two}"))
    assert wave is None
    assert {(one.column, one.rule, one.value) for one in faults} == {
        (f"{M}[{place}].people", "survey_margin_empty", "ankara") for place in (0, 1)
    }
    _, faults = read(tmp_path, WAVE + DECLARED[: DECLARED.index("    - groups: [age")] + "    []\n")
    assert [(one.column, one.rule) for one in faults] == [(M, "registry_nothing_defined")]


def test_the_command_estimates_with_the_declared_population(tmp_path):
    """Two men of each age and six women: a wave that declares halves gives the men's answers half of the weight."""
    wave, _ = read(tmp_path, WAVE + DECLARED)
    plain, _ = read(tmp_path)
    people = [("men", age, 5) for age in ("18-29", "30-plus") for _ in range(2)]
    people += [("women", age, 1) for age in ("18-29", "30-plus") for _ in range(6)]
    frame = pd.DataFrame(people, columns=["sex", "age", "refuse"]).assign(
        wave="adana_2025", city="adana", stratum="s", stratum_psu_total=np.nan, weight=1.0
    )
    frame["psu"] = frame["respondent_id"] = [str(number) for number in range(len(frame))]
    for one, share, whole in ((wave, 0.5, 10_000), (plain, 0.25, 16)):
        tables, _ = tables_of(frame, one)
        cells = tables["expected.csv"].reset_index().query("city == 'adana' and group_var == 'all'")
        assert cells["p"].tolist() == pytest.approx([share])
        assert cells["sum_w"].tolist() == pytest.approx([whole])
