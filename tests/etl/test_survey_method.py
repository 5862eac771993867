"""`karne method survey` and `ranks`: R's results reproduced, every fault at once, awkward samples by hand."""

import csv

import numpy as np
import pandas as pd
import pytest

from etl import method_command as command
from etl.methods.ranks import rank_intervals
from etl.methods.survey.comparisons import benjamini_hochberg, holm
from etl.methods.survey.engine import Engine, Scale
from etl.methods.survey.estimates import estimates
from etl.methods.survey.microdata import read
from tests.oracle import FIXTURE, needs_shared

KEYS = {
    "expected.csv": ["wave", "city", "group_var", "group", "item"],
    "expected_quality.csv": ["measure"],
    "expected_diff.csv": ["item", "city_a", "city_b"],
    "expected_trend.csv": ["city", "item"],
    "expected_gap.csv": ["city", "item", "group_var", "group_a", "group_b"],
    "expected_vs_pool.csv": ["item", "city"],
    "suppression_expected.csv": ["wave", "city", "group_var", "group", "item"],
    "inequality_expected.csv": ["city", "item"],
}
# What only R computes: other rules for a lonely PSU, and intervals of ranks from 50,000 draws.
ONLY_R = {"p_se_skip", "p_se_average"}
DRAWN = {f"{kind}_{end}{seed}" for kind in ("simul", "marg") for end in ("lo", "hi") for seed in ("", "_alt")}
EXACT = ("n", "n_rows", "n_no_opinion", "n_blank", "n_psu", "n_strata", "df", "sii_df", "n_a", "n_b", "rank")
ZERO = 1e-12  # R's sums leave 1e-17 where a standard error is 0

HEADER = "respondent_id,wave,city,stratum,psu,stratum_psu_total,weight,sex,q1\n"


def table(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def assert_same(found, expected, key):
    """The same rows, words and missing cells; counts exact, numbers within 1e-9, intervals within 1e-6."""
    found, expected = (frame.set_index(key).sort_index() for frame in (found, expected))
    assert found.index.is_unique
    assert list(found.index) == list(expected.index)
    compared = [name for name in expected.columns if name in found.columns]
    for name in compared:
        numbers = pd.to_numeric(expected[name], errors="coerce")
        if numbers.notna().sum() == 0 or not (numbers.notna() | (expected[name] == "")).all():
            assert (found[name] == expected[name]).all(), name
            continue
        own = pd.to_numeric(found[name], errors="coerce")
        assert (own.isna() == numbers.isna()).all(), name
        if name in EXACT:
            assert (own.dropna() == numbers.dropna()).all(), name
        is_end = "lo" in name.split("_") or "hi" in name.split("_")
        rel = 1e-6 if is_end else 1e-9
        np.testing.assert_allclose(own, numbers, rtol=rel, atol=ZERO, equal_nan=True, err_msg=name)
    return compared


@pytest.fixture(scope="module")
def reproduced(tmp_path_factory):
    out = tmp_path_factory.mktemp("survey")
    assert command.main(["survey", str(FIXTURE / "microdata.csv"), "--out", str(out)]) == 0
    return out


@needs_shared
@pytest.mark.parametrize("name", KEYS)
def test_r_is_reproduced_file_by_file(reproduced, name):
    expected = table(FIXTURE / name)
    compared = assert_same(table(reproduced / name), expected, KEYS[name])
    assert set(expected.columns) - set(KEYS[name]) - set(compared) <= ONLY_R


@needs_shared
def test_rank_intervals_are_those_of_holms_rule(tmp_path):
    assert command.main(["ranks", str(FIXTURE / "rank_input.csv"), "--out", str(tmp_path)]) == 0
    expected = table(FIXTURE / "rank_expected.csv")
    compared = assert_same(table(tmp_path / "rank_expected.csv"), expected, ["item", "city"])
    assert set(expected.columns) - {"item", "city"} - set(compared) <= DRAWN
    assert {"rank", "holm_lo", "holm_hi"} <= set(compared)


# ------------------------------------------------------------------------------------- by hand


@pytest.fixture
def run(tmp_path, capsys):
    """Write a file, run the command on it; returns (code, printed, complained, folder of the results)."""

    def _run(text, method="survey", lang="en"):
        source = tmp_path / "input.csv"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = tmp_path / "out"
        code = command.main([method, str(source), "--out", str(out), "--lang", lang])
        return (code, *capsys.readouterr(), out)

    return _run


def sample(rows):
    return HEADER + "".join(f"{','.join(map(str, row))}\n" for row in rows)


def whole(out):
    """The first cell of expected.csv that is a whole city."""
    lines = (out / "expected.csv").read_text(encoding="utf-8").splitlines()
    return next(row for row in csv.DictReader(lines) if row["group_var"] == "all")


def test_a_stratified_sample_by_hand(run):
    """Two strata of two PSUs, one answer each, weight 1: p = 1/2, v = sum over strata of 2/1 * (sum z² - T²/2)."""
    rows = [(n, 2025, "A", "s" + str(n // 2), n, "", 1, "K", code) for n, code in enumerate((5, 1, 4, 2))]
    code, printed, _, out = run(sample(rows))
    assert code == 0
    assert "one wave" in printed
    cell = whole(out)
    assert (float(cell["p"]), float(cell["mean"]), cell["df"], cell["flag"]) == (0.5, 3.0, "2", "suppressed")
    # z = ±1/8 in each stratum: 2 * (2/64 - 0) twice = 1/8
    assert float(cell["p_se"]) == pytest.approx((1 / 8) ** 0.5, rel=1e-12)


def test_a_psu_whose_answers_are_all_missing_still_counts(run):
    """n_h is 3 and not 2: the variance is that of three PSUs, one of which adds nothing."""
    answers = (5, 1, "")
    rows = [(n, 2025, "A", "s", n, "", 1, "K", code) for n, code in enumerate(answers)]
    _, _, _, out = run(sample(rows))
    cell = whole(out)
    # z = ±1/4, 3/2 * (2/16 - 0)
    assert float(cell["p_se"]) == pytest.approx((3 / 16) ** 0.5, rel=1e-12)
    assert cell["n_psu"] == "2"


def test_holm_and_benjamini_hochberg_by_hand():
    p = pd.Series([0.01, np.nan, 0.04, 0.03])
    assert holm(p).tolist() == pytest.approx([0.03, np.nan, 0.06, 0.06], nan_ok=True)
    assert benjamini_hochberg(p).tolist() == pytest.approx([0.03, np.nan, 0.04, 0.04], nan_ok=True)


def test_ranks_of_places_that_cannot_be_told_apart_span_them_all():
    found = rank_intervals(pd.Series([0.5, 0.51, 0.9]), pd.Series([0.1, 0.1, 0.001]))
    assert found["rank"].tolist() == [3, 2, 1]
    assert found["holm_lo"].tolist() == [2, 2, 1]
    assert found["holm_hi"].tolist() == [3, 3, 1]


# ------------------------------------------------------------------------------------ bad input


def test_every_fault_of_a_survey_comes_at_once(run):
    rows = [
        (1, 2025, "A", "s", "m1", 10, 1.5, "K", 3),
        (2, 2025, "", "s", "m1", 10, -1, "K", 7),
        (3, 2025, "A", "s", "m2", 10, "çok", "E", "iyi"),
        (4, 2025, "A", "s", "m2", 0, 1, "E", 10),
    ]
    code, printed, complained, out = run(sample(rows))
    assert code == 2
    assert printed == ""
    assert not out.exists()
    for where in ("row 3, column city", "row 3, column weight, '-1'", "row 3, column q1, '7'",
                  "row 4, column weight, 'çok'", "row 4, column q1, 'iyi'", "row 5, column q1, '10'",
                  "row 5, column stratum_psu_total, '0'"):  # fmt: skip
        assert where in complained
    assert complained.startswith("7 faults found")


def test_more_clusters_than_there_are_is_refused(run):
    rows = [(n, 2025, "A", "s", n, 2, 1, "K", 4) for n in range(3)]
    code, _, complained, _ = run(sample(rows))
    assert code == 2
    assert "3 clusters were sampled in stratum A 2025 s" in complained


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "no rows"),
        (HEADER.encode(), "no rows"),
        (b"wave,city\n2025,A\n", "respondent_id"),
        (HEADER.replace("q1", "memnuniyet").encode() + b"1,2025,A,s,m,5,1,K,3\n", "Items must be named"),
        (HEADER.encode() + "1,2025,Muş,s,m,5,1,K,3\n".encode("cp1254"), "UTF-8"),
        (HEADER.replace("sex", "Item").encode() + b"1,2025,A,s,m,5,1,K,3\n", "column Item"),
        (HEADER.encode() + b"1,2025,A,s,m,5,1,K,3.7\n", "'3.7'"),
        (HEADER.encode() + b"1,2025,A,s,m,5,1,K,3,4,5\n2,2025,A,s,m,5,1,K,3\n", "row 2"),
    ],
    ids=[
        "empty",
        "header only",
        "no columns",
        "no item",
        "cp1254",
        "reserved name",
        "no whole code",
        "too many cells",
    ],
)
def test_a_file_that_is_no_survey_is_refused(run, text, said):
    code, _, complained, out = run(text)
    assert code == 2
    assert said in complained
    assert not out.exists()


def test_faults_of_a_rank_table(run):
    text = "item,city,est,se\nq1,A,0.5,0.1\nq1,A,0.6,0.1\nq1,B,0.7,0\nq1,,0.4,x\n"
    code, _, complained, out = run(text, method="ranks")
    assert code == 2
    assert not out.exists()
    for said in (
        "row 3, column city, 'A'",
        "row 4, column se, '0'",
        "row 5, column city",
        "row 5, column se, 'x'",
    ):
        assert said in complained


# ------------------------------------------------------------------- real surveys, other scales


REAL = FIXTURE.parent / "r-survey"
COUNTS = Scale(lowest=0, highest=30_000, satisfied_from=1, no_opinion=-1)
DESIGNS = {  # stratum, PSU, PSUs in the stratum, weight; items; groupings
    "apistrat": ("stype", "cds", "fpc", "pw", ("api00", "api99", "meals", "ell", "enroll"), ("both", "stype")),
    "apiclus1": (None, "dnum", "fpc", "pw", ("api00", "api99", "meals", "ell", "enroll"), ("both", "stype")),
    "apiclus2": (None, "dnum", "fpc1", "pw", ("api00", "api99", "meals", "ell", "enroll"), ("both", "stype")),
    "nhanes": ("SDMVSTRA", "SDMVPSU", None, "WTMEC2YR", ("HI_CHOL",), ("race", "agecat", "RIAGENDR")),
}  # fmt: skip
DERIVED = {"met": ("sch.wide", "Yes"), "elig": ("awards", "Yes"), "male": ("RIAGENDR", "1")}


def as_microdata(name, folder):
    """R's data in the layout of the method, and which item stands for which variable."""
    stratum, psu, total, weight, items, groups = DESIGNS[name]
    data = table(REAL / f"{name}.csv")
    for made, (column, hit) in DERIVED.items():
        if column in data:
            data[made] = (data[column] == hit).astype(int).astype(str).where(data[column] != "", "")
            items = (*items, made)
    made = pd.DataFrame({
        "respondent_id": range(len(data)), "wave": "1", "city": name, "psu": data[psu], "weight": data[weight],
        "stratum": data[stratum] if stratum else "one", "stratum_psu_total": data[total] if total else "",
        **{group: data[group] for group in groups},
        **{f"q{number}": data[item] for number, item in enumerate(items, start=1)},
    })  # fmt: skip
    made.to_csv(folder / "real.csv", index=False)
    return folder / "real.csv", {f"q{number}": item for number, item in enumerate(items, start=1)}


@needs_shared
@pytest.mark.parametrize("name", DESIGNS)
def test_r_is_reproduced_on_real_surveys(tmp_path, name):
    source, items = as_microdata(name, tmp_path)
    with Engine() as engine:
        assert read(engine, source, COUNTS) == []
        engine.moments(COUNTS, "99")
        cells = estimates(engine.run("estimate"))
    cells = cells[cells["city"] == name].assign(variable=cells["item"].map(items))
    expected = pd.read_csv(REAL / "expected.csv").query("dataset == @name")
    both = expected.merge(
        cells.astype({"group": str}), left_on=["variable", "domain", "domain_value"],
        right_on=["variable", "group_var", "group"], how="left", suffixes=("", "_own"),
    )  # fmt: skip
    assert len(both) == len(expected) >= 20
    for row in both.to_dict("records"):
        what = "p" if row["statistic"] == "prop" else "mean"
        se = row[f"{what}_se_fpc" if row["fpc"] else f"{what}_se"]
        assert (row["n_own"], row["df_own"]) == (row["n"], row["df"]), row
        assert row[what] == pytest.approx(row["est"], rel=1e-9)
        assert se == pytest.approx(row["se"], rel=1e-9)
        if not row["fpc"]:
            assert [row[f"{what}_lo"], row[f"{what}_hi"]] == pytest.approx([row["lo"], row["hi"]], rel=1e-6)
