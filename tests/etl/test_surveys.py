"""A survey file held against its wave: one table whatever the format, and every fault told at once."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from small_wave import FIVE, ROWS, WAVE, item, told

from etl.survey_entries import Asked, CityCode, CityColumn, Design, Wave
from etl.surveys.shape import Survey, load_wave


def load(tmp_path: Path, rows: pd.DataFrame, wave: Wave = WAVE, **told: object) -> Survey:
    pyreadstat.write_sav(rows, tmp_path / "a.sav", **told)
    return load_wave(tmp_path / "a.sav", wave)


# -------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("kind", ["sav", "zsav", "dta", "csv", "xlsx"])
def test_every_format_gives_the_same_table(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "dta":
        pyreadstat.write_dta(ROWS, path)
    elif kind in ("sav", "zsav"):
        pyreadstat.write_sav(ROWS, path, compress=kind == "zsav")
    elif kind == "csv":
        ROWS.convert_dtypes().to_csv(path, index=False)
    else:
        ROWS.to_excel(path, index=False)
    survey = load_wave(path, WAVE)
    assert survey.report.faults == []
    assert survey.frame is not None
    frame = survey.frame.astype(object).where(survey.frame.notna(), None)
    assert frame.to_dict("list") == {
        "wave": ["w2025"] * 4,
        "city": ["adana"] * 4,
        "stratum": ["1", "1", "2", "2"],
        "psu": ["1", "2", "1", "1"],
        "stratum_psu_total": [40, 40, 12, 12],
        "respondent_id": ["1", "2", "3", "4"],
        "weight": [1.5, 0, 2, None],
        "sex": ["women", "men", None, None],
        "age": ["18-29", "18-29", "30-plus", "30-plus"],
        "s1": [1, 5, 99, None],
        "s2": [4, None, 3, 2],
    }
    report = survey.report
    assert report.counts == {
        "survey_weight_missing": 1,
        "survey_weight_zero": 1,
        "survey_not_stated": 2,
        "survey_refused": 1,
    }
    assert report.weights is not None
    assert (report.weights.lowest, report.weights.highest) == (0, 2)
    assert report.weights.design_effect == pytest.approx(3 * (1.5**2 + 2**2) / 3.5**2)
    assert (report.no_opinion["s1"], report.blank["s1"]) == (pytest.approx(1 / 3), 0.25)


def test_numbers_of_a_turkish_csv_are_read_as_declared(tmp_path: Path) -> None:
    rows = ROWS.convert_dtypes().astype(object).where(ROWS.notna(), "")
    rows["w"] = ["1,5", "0", "1.002,25", "x"]
    rows.to_csv(tmp_path / "a.csv", index=False, sep=";")
    survey = load_wave(tmp_path / "a.csv", replace(WAVE, number_format="tr"))
    assert told(survey.report.faults) == {("w", "survey_not_number", "x"): 1}
    assert survey.report.weights is not None
    assert survey.report.weights.highest == 1002.25


# ------------------------------------------------------------------------------------------- what is wrong


def test_missing_columns_are_told_together_with_the_nearest_names(tmp_path: Path) -> None:
    survey = load(tmp_path, ROWS.rename(columns={"mahalle": "mahale", "s2": "soru"}))
    assert survey.frame is None
    assert told(survey.report.faults) == {
        ("mahalle", "survey_column_missing", "mahalle"): 1,
        ("s2", "survey_column_missing", "s2"): 1,
    }
    assert "mahale." in survey.report.faults[0].message_tr


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = ROWS.assign(
        id=[1.0, None, 3.0, 4.0],
        w=[1.0, -2.0, 1.0, 1.0],
        toplam=[40.0, 41.0, 0.0, 0.0],
        cinsiyet=[1.0, 7.0, 7.0, 2.0],
        yas=[3.0, 20.0, 30.0, 40.0],
        s1=[7.0, 8.0, 7.0, 1.5],
    )
    survey = load(tmp_path, rows)
    assert survey.frame is None
    assert told(survey.report.faults) == {
        ("id", "survey_empty", "1"): 1,
        ("w", "survey_weight_wrong", "-2.0"): 1,
        ("toplam", "survey_total_varies", "adana / 1"): 1,
        ("toplam", "survey_total_small", "0"): 1,
        ("cinsiyet", "survey_group_undeclared", "7"): 1,
        ("yas", "survey_group_undeclared", "3"): 1,
        ("s1", "survey_other_scale", "4"): 1,
        ("s1", "survey_undeclared", "7"): 1,
        ("s1", "survey_undeclared", "8"): 1,
        ("s1", "survey_undeclared", "1.5"): 1,
    }
    assert survey.report.counts["survey_undeclared"] == 4
    sentences = [one.message_tr + one.message_en for one in survey.report.faults + survey.report.warnings]
    assert not any("{" in one for one in sentences)


def scaled(undeclared: str) -> Wave:
    return replace(WAVE, scales=(replace(FIVE, undeclared=undeclared),), design=Design(), groups=())


def answers_of(ones: int, *others: float) -> pd.DataFrame:
    given = [*[1.0] * ones, *others]
    return pd.DataFrame({"id": range(len(given)), "s1": given, "s2": [1.0] * len(given)})


def test_a_few_slips_go_empty_only_where_declared_and_are_always_told(tmp_path: Path) -> None:
    rows = answers_of(98, 7, 7)
    assert told(load(tmp_path, rows, scaled("refuse")).report.faults) == {("s1", "survey_undeclared", "7"): 1}
    survey = load(tmp_path, rows, scaled("empty"))
    assert survey.frame is not None
    assert survey.frame["s1"].isna().sum() == 2
    assert survey.report.counts["survey_emptied"] == 2
    (slip,) = [one for one in survey.report.warnings if one.rule == "survey_emptied"]
    assert slip.message_en.startswith("2 respondents answered “7”")


def test_another_scale_is_refused_whatever_is_declared(tmp_path: Path) -> None:
    """The trap of a real wave: answers from 1 to 10 under labels from 1 to 5."""
    labels = {"s1": {1: "Hiç memnun değilim", 5: "Çok memnunum"}}
    rows = answers_of(50, *[10.0] * 50)
    survey = load(tmp_path, rows, scaled("empty"), variable_value_labels=labels)
    assert survey.frame is None
    assert told(survey.report.faults) == {("s1", "survey_other_scale", "50"): 1}
    ten = replace(scaled("refuse"), scales=(replace(FIVE, highest=10, satisfied=(8, 9, 10)),))
    survey = load(tmp_path, rows, ten, variable_value_labels=labels)
    assert survey.frame is not None
    assert ("s1", "survey_label_short", "5") in told(survey.report.warnings)


def test_a_label_of_a_code_that_is_not_declared_is_told(tmp_path: Path) -> None:
    labels = {"s1": {1: "Hiç", 5: "Çok", 6: "Bilmiyorum"}}
    survey = load(tmp_path, ROWS, variable_value_labels=labels)
    assert survey.frame is not None
    assert ("s1", "survey_label_undeclared", "6") in told(survey.report.warnings)


def test_answers_of_those_not_asked_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = ROWS.assign(kullanim=[1.0, 2.0, 2.0, 1.0], s2=[4.0, 5.0, None, None])
    asked = item("s2", asked=Asked(column="kullanim", codes=("1",)))
    survey = load(tmp_path, rows, replace(WAVE, items=(asked,)))
    assert survey.frame is not None
    assert survey.frame["s2"].dropna().to_dict() == {0: 4}
    assert survey.report.counts["survey_not_asked"] == 1
    assert survey.report.blank["s2"] == 0.5


def test_a_city_code_nobody_declared_is_refused(tmp_path: Path) -> None:
    codes = CityColumn(column="s2", codes=(CityCode(code="4", city_id="adana"),))
    survey = load(
        tmp_path, ROWS.assign(s2=4.0), replace(WAVE, city_id=None, city_column=codes, items=(item("s1"),))
    )
    assert survey.frame is not None
    assert set(survey.frame["city"]) == {"adana"}
    survey = load(
        tmp_path, ROWS.assign(s2=5.0), replace(WAVE, city_id=None, city_column=codes, items=(item("s1"),))
    )
    assert told(survey.report.faults) == {("s2", "survey_city_undeclared", "5"): 1}


def test_without_design_columns_every_respondent_is_one_and_it_is_said(tmp_path: Path) -> None:
    survey = load(tmp_path, ROWS, replace(WAVE, design=Design()))
    assert survey.frame is not None
    assert survey.frame["weight"].tolist() == [1, 1, 1, 1]
    assert survey.frame["psu"].tolist() == survey.frame["respondent_id"].tolist()
    assert set(survey.frame["stratum"]) == {"all"}
    assert survey.report.design == ()
    said = " ".join(one.message_tr for one in survey.report.warnings)
    assert "Tasarım bilgisi yok" in said
    assert "güven aralığı iyimser" in said


def test_uneven_weights_are_told(tmp_path: Path) -> None:
    survey = load(tmp_path, ROWS.assign(w=[100.0, 1.0, 1.0, 1.0]))
    assert ("w", "survey_weights_uneven", "3.77") in told(survey.report.warnings)
