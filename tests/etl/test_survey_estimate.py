"""`karne method survey FILE --wave WAVE.yml`: an SPSS file as its wave declares it gives R's estimates."""

import re

import pandas as pd
import pyreadstat
import pytest

import karne
from etl import method_command, registry
from tests.etl.test_survey_method import KEYS, assert_same, table
from tests.oracle import FIXTURE, needs_shared

CITIES = [city for city, entry in registry.load().cities.items() if entry.kind == "municipality"][:20]
GROUPS = {
    "sex": (["K", "E"], "E"),
    "age_band": (["18-29", "30-44", "45-59", "60+"], "18-29"),
    "disability": (["evet", "hayir"], "hayir"),
    "income_band": (["1", "2", "3", "4"], "4"),
}
IDS = {"K": "k", "E": "e", "60+": "60-plus"}  # an id of the registry has small letters and no +
HEAD = """
id: {name}
title: {{tr: Sınama, en: Test}}
year: {year}
city_column: {{column: city, codes: [{codes}]}}
synthetic: true
mode: {mode}
questionnaire: 1
fieldwork: {{start: {year}-04-01, end: {year}-05-10}}
agency: {{tr: Kurum, en: Agency}}
consent: {{tr: Onam alındı., en: Consent was taken.}}
licence: {{tr: CC BY 4.0, en: CC BY 4.0}}
respondent: respondent_id
design: {{weight: weight, stratum: stratum, psu: psu, psu_total: stratum_psu_total}}
scales:
  - {{id: five, lowest: 1, highest: 5, direction: higher, satisfied: [4, 5], no_opinion: [99]}}
"""


def declared(folder, names, mode="sample", year=2025):
    """The wave of the survey of a `year` of the reference, its places under the names of `names`."""
    codes = ", ".join(f"{{code: {code}, city: {city}}}" for code, city in names.items())
    label = "{tr: Etiket, en: Label}"
    lines = [HEAD.format(name=f"wave_{year}", codes=codes, mode=mode, year=year), "items:\n"]
    for number in range(1, 7):
        question = f"label: {label}, question: {label}"
        lines.append(f"  - {{id: item_{number}, column: q{number}, scale: five, version: 1, {question}}}\n")
    lines.append("groups:\n")
    for group, (categories, reference) in GROUPS.items():
        made = ", ".join(
            f'{{id: "{IDS.get(one, one)}", codes: ["{one}"], label: {label}}}' for one in categories
        )
        lines.append(
            f'  - {{id: {group}, column: {group}, label: {label}, reference: "{IDS.get(reference, reference)}", '
            f'not_stated: ["99"], categories: [{made}]}}\n'
        )
    path = folder / f"wave_{year}.yml"
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """The folder with an SPSS file of twenty cities' 2025 interviews, and the names of its places."""
    folder = tmp_path_factory.mktemp("delivered")
    rows = table(FIXTURE / "microdata.csv").query("wave == '2025'").drop(columns="wave")
    codes = sorted(set(rows["city"]))[: len(CITIES)]
    rows = rows[rows["city"].isin(codes)].reset_index(drop=True)
    for name in ("weight", "stratum_psu_total", *(f"q{number}" for number in range(1, 7))):
        rows[name] = pd.to_numeric(rows[name])
    pyreadstat.write_sav(rows, folder / "survey.sav")
    return folder, dict(zip(codes, CITIES, strict=True))


def estimate(folder, mode="sample"):
    path, names = folder
    wave, out = declared(path, names, mode), path / mode
    words = ["survey", str(path / "survey.sav"), "--wave", str(wave), "--out", str(out), "--lang", "en"]
    assert method_command.main(words) == 0
    return out, names


@needs_shared
@pytest.mark.parametrize("name", ["expected.csv", "expected_gap.csv", "suppression_expected.csv"])
def test_an_spss_file_gives_what_r_gives(delivered, name):
    out, names = estimate(delivered)
    expected, found = table(FIXTURE / name), table(out / name)
    expected = expected[expected["city"].isin(names)].assign(
        city=lambda rows: rows["city"].map(names), item=lambda rows: rows["item"].str.replace("q", "item_")
    )
    for column in {"group", "group_a", "group_b"} & set(expected):
        expected[column] = expected[column].replace(IDS)
    if "wave" in expected:
        expected, found = (
            expected[expected["wave"] == "2025"].drop(columns="wave"),
            found.drop(columns="wave"),
        )
    key = [part for part in KEYS[name] if part != "wave"]
    found = found[found["city"] != "ALL"]
    if (
        name == "expected_gap.csv"
    ):  # every group is held against the reference; R's file has one pair a grouping
        found = found.merge(expected[key], on=key)
    compared = assert_same(found, expected, key)
    assert len(expected) > 400
    assert {"n", "flag"} & set(compared) or name == "suppression_expected.csv"


@needs_shared
def test_an_open_link_gives_figures_and_no_interval(delivered, capsys):
    out, _ = estimate(delivered, "open_link")
    assert "no random sample" in capsys.readouterr().out
    columns = set(table(out / "expected.csv").columns)
    assert {"mean", "p", "n"} <= columns
    assert not [name for name in columns if "_lo" in name or "_hi" in name or "se" in name.split("_")]
    assert not (out / "expected_diff.csv").exists()


def test_faults_of_a_wave_and_its_file_are_told(tmp_path, capsys):
    wave = declared(tmp_path, {"P01": "atlantis"})
    (tmp_path / "survey.csv").write_text("q1,q3\n7,1\n", encoding="utf-8")
    words = ["survey", str(tmp_path / "survey.csv"), "--wave", str(wave), "--out", str(tmp_path / "out")]
    assert method_command.main(words) == 2
    assert "atlantis" in capsys.readouterr().err
    assert method_command.main([*words[:3], str(declared(tmp_path, {"P01": CITIES[0]})), *words[4:]]) == 2
    complained = capsys.readouterr().err
    for column in ("respondent_id", "weight", "psu", "q2", "sex"):
        assert column in complained, complained
    assert not (tmp_path / "out").exists()


def test_a_wave_belongs_to_the_survey_method(tmp_path, capsys):
    words = ["ranks", str(tmp_path / "a.csv"), "--wave", str(tmp_path / "w.yml"), "--out", str(tmp_path)]
    assert method_command.main(words) == 2
    assert "--wave" in capsys.readouterr().err


@needs_shared
def test_check_tells_what_a_survey_file_holds(delivered, capsys):
    """Weights, answers by item and the file's verdict; the shares are those of the reference's rows."""
    folder, names = delivered
    wave = declared(folder, names)
    words = ["check", str(folder / "survey.sav"), "--wave", str(wave), "--lang", "tr"]
    assert karne.main(words) == 0
    said = capsys.readouterr().out
    rows = table(FIXTURE / "microdata.csv").query("wave == '2025' and city in @names")
    codes = rows["q1"]
    share = 100 * (codes == "99").sum() / (codes != "").sum()
    answered = int(codes.isin(["1", "2", "3", "4", "5"]).sum())
    shown = f"{round(share, 2):g}".replace(".", ",")
    assert f"item_1: {answered} yanıt; görüş yok %{shown}," in said
    lightest = f"{round(pd.to_numeric(rows['weight']).min(), 2):g}".replace(".", ",")
    assert f"Ağırlıklar {lightest} ile" in said
    assert f"({len(rows)} satır)" in said
    expected = table(FIXTURE / "expected.csv").query(
        "wave == '2025' and city in @names and group_var == 'all'"
    )
    open_cells = expected[expected["flag"] != "suppressed"]
    effects = pd.to_numeric(open_cells["p_deff"], errors="coerce").dropna()
    most = f"{round(effects.max(), 2):g}".replace(".", ",")
    middle = f"{round(effects.median(), 2):g}".replace(".", ",")
    assert f"Tasarım etkisi: ortanca {middle}, en yüksek {most}." in said
    assert said.count("Uyarı:") == (effects > 5).sum()


def test_check_warns_of_clustered_answers_and_wide_weights(tmp_path, capsys):
    """Everybody of a sampling unit answers alike: the design effect is the unit's size, here exactly."""
    wave = declared(tmp_path, {"P01": CITIES[0]})
    rows = pd.DataFrame({"respondent_id": range(400)})
    rows = rows.assign(city="P01", stratum="S", psu=rows.index // 20, stratum_psu_total=90, weight=1.0)
    rows.loc[0, "weight"] = 0.004
    for group, (categories, _) in GROUPS.items():
        rows[group] = categories[0]
    for number in range(1, 7):
        rows[f"q{number}"] = (rows["psu"] + number) % 2 * 4 + 1
    rows.to_csv(tmp_path / "survey.csv", index=False)
    assert karne.main(["check", str(tmp_path / "survey.csv"), "--wave", str(wave), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "The largest weight is 250 times the smallest" in said
    assert said.count(f"Warning: {CITIES[0]}, item_") == 6
    # 20 units of 20: 19 degrees of freedom for 399, so 20 · (20/19) · (399/400) but for the one light weight.
    told = re.search(r"Design effect: median ([\d.]+), highest", said)
    assert told is not None
    assert float(told.group(1)) == pytest.approx(21.0, abs=0.06)


def test_check_refuses_a_survey_file_with_every_fault(tmp_path, capsys):
    wave = declared(tmp_path, {"P01": CITIES[0]})
    (tmp_path / "survey.csv").write_text("q1,q3\n7,1\n", encoding="utf-8")
    assert karne.main(["check", str(tmp_path / "survey.csv"), "--wave", str(wave), "--lang", "en"]) == 2
    said = capsys.readouterr().out
    assert all(column in said for column in ("respondent_id", "weight", "psu", "q2", "sex"))
    assert "faults as Test" in said


def test_the_form_is_a_wave_and_nothing_is_overwritten(tmp_path, capsys):
    form = tmp_path / "adana_2026.yml"
    words = ["template", "survey", "--out", str(form), "--lang", "en"]
    assert karne.main(words) == 0
    wave = registry.declared_wave(form, registry.load())
    assert (wave.wave_id, wave.city_id, wave.is_synthetic) == ("adana_2026", "adana", True)
    form.write_text("mine", encoding="utf-8")
    assert karne.main(words) == 2
    assert form.read_text(encoding="utf-8") == "mine"
    assert karne.main([*words[:3], str(tmp_path / "no" / "form.yml"), *words[4:]]) == 2
    assert "does not exist" in capsys.readouterr().out


def by_hand(folder, rows, scale):
    """The whole city's cell of a small survey: one item, four strata of their own, the scale as given."""
    wave = declared(folder, {"P01": CITIES[0]})
    text = wave.read_text(encoding="utf-8")
    text = (
        text[: text.index("scales:")]
        + f"scales:\n  - {scale}\n"
        + text[text.index("items:") : text.index("groups:")]
    )
    kept = [line for line in text.splitlines() if "item_" not in line or "item_1" in line]
    wave.write_text("\n".join(kept), encoding="utf-8")
    head = "respondent_id,city,stratum,psu,stratum_psu_total,weight,q1\n"
    (folder / "survey.csv").write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    out = folder / "out"
    words = ["survey", str(folder / "survey.csv"), "--wave", str(wave), "--out", str(out), "--lang", "en"]
    assert method_command.main(words) == 0
    cells, quality = table(out / "expected.csv"), table(out / "expected_quality.csv")
    cell = cells[cells["city"] == CITIES[0]].iloc[0]
    return cell, dict(zip(quality["measure"], quality["value"], strict=True))


FIVE = "{id: five, lowest: 1, highest: 5, direction: higher, satisfied: [4, 5], no_opinion: [99]}"
BEST_FIRST = "{id: five, lowest: 1, highest: 5, direction: lower, satisfied: [1, 3], no_opinion: [99, 98]}"


def test_two_satisfied_answers_of_one_name_still_contradict_each_other(tmp_path):
    """4 and 5 are both satisfied, and no reason to take one of the two rows for a copy of the other."""
    rows = ["1,P01,s,m1,9,1,4", "1,P01,s,m1,9,1,5", "2,P01,s,m2,9,1,2", "3,P01,s,m3,9,1,5"]
    cell, quality = by_hand(tmp_path, rows, FIVE)
    assert (quality["n_conflicting_duplicate_rows_dropped"], quality["n_clean"]) == ("2", "2")
    assert (float(cell["p"]), float(cell["mean"]), cell["n"]) == (0.5, 3.5, "2")


def test_any_set_of_codes_may_be_the_satisfied_ones(tmp_path):
    rows = [f"{n},P01,s,m{n},90,1,{code}" for n, code in enumerate((1, 2, 3, 4, 5, 98, 99, ""))]
    cell, _ = by_hand(tmp_path, rows, BEST_FIRST)
    assert (float(cell["p"]), float(cell["mean"])) == (0.4, 3.0)
    assert (cell["n"], cell["n_no_opinion"], cell["n_blank"]) == ("5", "2", "1")
    # 8 PSUs, 5 with an answer: v = 8/7 * sum((y - 3)² / 25) = 8/7 * 10/25
    assert float(cell["mean_se"]) == pytest.approx((80 / 175) ** 0.5, rel=1e-12)
