"""Four real waves of another city and the reference file of the methods, through the code that loads a wave."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from small_wave import SEX, WAVE, item, told

from etl.errors import Fault
from etl.registry import Registry
from etl.registry_surveys import read_surveys
from etl.survey_entries import Category, CityCode, CityColumn, Design, Wave
from etl.surveys.shape import Survey, load_wave

HERE = Path(__file__).parent
REAL = {
    "aej_2013": "AEJ_Percepcion_2013_DISTRITOS.sav",
    "aej_2017": "AEJ_Percepcion_2017_DISTRITOS.sav",
    "aej_2019": "AEJ_Percepcion_2019_DISTRITOS.sav",
    "aej_2023": "AEJ_Percepcion_2023.sav",
}
LAYOUT = ["wave", "city", "stratum", "psu", "stratum_psu_total", "respondent_id", "weight"]


@pytest.fixture(scope="module")
def waves(registry: Registry) -> dict[str, Wave]:
    faults: list[Fault] = []
    known = {"cities": {"ciudad-juarez"}, "services": set(registry.services)}
    found = read_surveys(HERE, known, faults)
    assert faults == []
    return {wave.wave_id: wave for wave in found}


@pytest.fixture(scope="module")
def surveys(shared: Path, waves: dict[str, Wave]) -> dict[str, Survey]:
    assert waves.keys() == REAL.keys()
    return {name: load_wave(shared / "data" / "survey" / REAL[name], wave) for name, wave in waves.items()}


# Counted in the files with another reader's tabulation of each column.
@pytest.mark.parametrize(
    ("name", "rows", "water", "refuse"),
    [
        ("aej_2013", 1508, (1279, 1505), (1369, 1505)),
        ("aej_2017", 1487, (1236, 1485), (1297, 1485)),
        ("aej_2019", 1522, (1229, 1513), (1157, 1516)),
        ("aej_2023", 1522, (1341, 1519), (1454, 1522)),
    ],
)
def test_real_waves_load(
    surveys: dict[str, Survey],
    waves: dict[str, Wave],
    name: str,
    rows: int,
    water: tuple[int, int],
    refuse: tuple[int, int],
) -> None:
    frame, report = surveys[name].frame, surveys[name].report
    assert frame is not None
    assert report.faults == []
    assert list(frame) == [*LAYOUT, "sex", "age_band", *(one.item_id for one in waves[name].items)]
    assert len(frame) == report.rows == rows
    for column, (satisfied, answered) in {"water": water, "refuse": refuse}.items():
        assert frame[column].isin(waves[name].scales[0].satisfied).sum() == satisfied
        assert report.answered[column] == answered


def test_the_agencys_own_five_points_agree_with_the_satisfied_of_ten(
    surveys: dict[str, Survey], waves: dict[str, Wave], shared: Path
) -> None:
    """Its variables Agua1_5 and the like fold 1–10 into 1–5: what we call satisfied is its 4 and 5."""
    twins, _ = pyreadstat.read_sav(str(shared / "data" / "survey" / REAL["aej_2017"]))
    frame = surveys["aej_2017"].frame
    assert frame is not None
    for one in waves["aej_2017"].items:
        ours = frame[one.item_id].isin(waves["aej_2017"].scales[0].satisfied)
        assert (ours == twins[f"{one.column}1_5"].isin([4, 5])).all()


def test_real_designs_groups_and_filters(surveys: dict[str, Survey]) -> None:
    of_2019, of_2023 = surveys["aej_2019"], surveys["aej_2023"]
    assert of_2019.frame is not None
    assert of_2023.frame is not None
    assert of_2019.frame["sex"].value_counts(dropna=False).to_dict() == {"women": 892, "men": 615, None: 15}
    assert of_2019.frame.groupby("stratum")["psu"].nunique().sum() == 73
    assert of_2019.report.design == ("stratum", "psu")
    assert of_2019.report.no_opinion["clean_streets"] == pytest.approx(4 / 1522)
    assert of_2023.frame["psu"].nunique() == 57
    assert of_2023.report.answered["bus"] == 175  # of 176 who use it
    assert of_2023.report.blank["bus"] == pytest.approx(1 / 176)
    assert of_2023.report.counts["survey_refused"] == 1
    assert {one.rule for one in surveys["aej_2013"].report.warnings} == {
        "survey_no_weight",
        "survey_no_stratum",
        "survey_no_psu",
    }


def test_a_real_design_column_with_a_gap_is_refused(shared: Path, waves: dict[str, Wave]) -> None:
    wave = replace(waves["aej_2017"], design=Design(psu="Semilla"))
    survey = load_wave(shared / "data" / "survey" / REAL["aej_2017"], wave)
    assert survey.frame is None
    assert told(survey.report.faults) == {("Semilla", "survey_empty", "7"): 1}


def test_a_real_column_of_another_scale_is_refused(shared: Path, waves: dict[str, Wave]) -> None:
    """1–10 under a declared 1–5."""
    wave = waves["aej_2019"]
    wrong = replace(wave, items=(replace(wave.items[0], column="Agua"), *wave.items[1:]))
    survey = load_wave(shared / "data" / "survey" / REAL["aej_2019"], wrong)
    assert survey.frame is None
    values = {one.value for one in survey.report.faults if one.rule == "survey_undeclared"}
    assert {"6", "7", "8", "9", "10", "1.5", "9.5"} <= values
    assert "survey_other_scale" in {one.rule for one in survey.report.faults}
    assert survey.report.counts["survey_undeclared"] > 1000


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_fixture_of_the_methods_keeps_its_shape(shared: Path, tmp_path: Path, year: str) -> None:
    """What is estimated from is the reference file itself, cell by cell."""
    raw = pd.read_csv(shared / "fixtures" / "methods" / "microdata.csv", dtype=str, keep_default_na=False)
    raw = raw[raw["wave"] == year].reset_index(drop=True)
    raw.to_csv(path := tmp_path / "microdata.csv", index=False)
    cities = sorted(set(raw["city"]))
    groups = {
        name: sorted(set(raw[name]) - {"99"}) for name in ("sex", "age_band", "disability", "income_band")
    }
    wave = replace(
        WAVE,
        city_id=None,
        city_column=CityColumn(column="city", codes=tuple(CityCode(code=one, city_id=one) for one in cities)),
        respondent="respondent_id",
        design=Design(weight="weight", stratum="stratum", psu="psu", psu_total="stratum_psu_total"),
        items=tuple(item(f"q{n}") for n in range(1, 7)),
        groups=tuple(
            replace(
                SEX,
                group_id=name,
                column=name,
                not_stated=("99", ""),
                categories=tuple(
                    Category(category_id=code, label_tr=code, label_en=code, codes=(code,)) for code in codes
                ),
            )
            for name, codes in groups.items()
        ),
    )
    survey = load_wave(path, wave)
    assert told(survey.report.faults) == {}
    frame = survey.frame
    assert frame is not None
    for name in ("city", "stratum", "psu", "respondent_id", *groups):
        wanted = raw[name].where(raw[name] != "99", "")
        assert (frame[name].fillna("") == wanted).all(), name
    for name in ("stratum_psu_total", "weight", *(f"q{n}" for n in range(1, 7))):
        pd.testing.assert_series_equal(frame[name], pd.to_numeric(raw[name]).astype(float), check_names=False)
    assert survey.report.weights is not None
    assert survey.report.weights.missing == (raw["weight"] == "").sum()
    assert survey.report.weights.zero == (pd.to_numeric(raw["weight"]) == 0).sum()
