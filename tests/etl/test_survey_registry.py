"""A wave's file is checked as a whole: every fault at once, and nothing about a scale is assumed."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from etl import registry as registries
from etl.errors import Fault, RegistryError
from etl.registry import Registry
from etl.registry_reader import yaml_keys
from etl.registry_surveys import read_wave
from etl.survey_entries import (
    Asked,
    Category,
    CityCode,
    CityColumn,
    Design,
    Fieldwork,
    Group,
    Item,
    Scale,
    Wave,
)
from etl.surveys.shape import load_wave

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {"cities": {"adana", "ankara"}, "services": {"cleaning"}}
WAVE = """
id: adana_2025
title: {tr: Adana 2025, en: Adana 2025}
year: 2025
city: adana
synthetic: true
mode: sample
questionnaire: 3
fieldwork: {start: 2025-04-01, end: 2025-05-10}
agency: {tr: Kurum, en: Agency}
consent: {tr: Aydınlatılmış onam alındı., en: Informed consent was taken.}
licence: {tr: CC BY 4.0, en: CC BY 4.0}
respondent: id
design: {weight: w, stratum: tabaka, psu: mahalle, psu_total: mahalle_sayisi}
scales:
  - {id: five, lowest: 1, highest: 5, direction: higher, satisfied: [4, 5], no_opinion: [99], refused: [98, a]}
items:
  - id: refuse
    column: s1
    service: cleaning
    scale: five
    version: 1
    label: {tr: Çöp, en: Refuse}
    question: {tr: "Çöpten memnun musunuz?", en: "Are you satisfied with refuse collection?"}
    asked: {column: kullanim, codes: [1]}
groups:
  - id: sex
    column: cinsiyet
    label: {tr: Cinsiyet, en: Sex}
    reference: men
    not_stated: [9]
    categories:
      - {id: women, codes: [K, 1], label: {tr: Kadın, en: Women}}
      - {id: men, codes: [E, 2], label: {tr: Erkek, en: Men}}
  - id: age
    column: yas
    label: {tr: Yaş, en: Age}
    categories:
      - {id: 18-29, lowest: 18, highest: 29, label: {tr: 18–29, en: 18–29}}
      - {id: 30-plus, lowest: 30, highest: 120, label: {tr: 30 ve üstü, en: 30 and over}}
"""


def read(folder: Path, text: str = WAVE, name: str = "adana_2025.yml") -> tuple[Wave | None, list[Fault]]:
    faults: list[Fault] = []
    (folder / name).write_text(text, encoding="utf-8")
    return read_wave(folder / name, KNOWN, faults), faults


def test_a_whole_wave(tmp_path: Path) -> None:
    wave, faults = read(tmp_path)
    assert faults == []
    assert wave is not None
    (scale,), (item,) = wave.scales, wave.items
    assert (scale.no_opinion, scale.refused, scale.undeclared) == ((99,), ("98", "a"), "refuse")
    assert (item.version, wave.questionnaire) == ("1", "3")
    assert item.asked is not None
    assert (item.asked.codes, wave.groups[0].categories[0].codes) == (("1",), ("K", "1"))
    assert wave.is_synthetic
    assert wave.design.psu_total == "mahalle_sayisi"


FAULTY = {
    "city: adana": ("city: adanaa", ("city", "registry_unknown_reference")),
    "year: 2025": ("year: 2024", ("year", "survey_year")),
    "psu: mahalle, ": ("", ("design.psu_total", "survey_total_without_psu")),
    "satisfied: [4, 5], no": ("satisfied: [1, 6], no", ("scales.five.satisfied", "survey_off_scale")),
    "direction: higher": ("direction: lower", ("scales.five.satisfied", "survey_wrong_end")),
    "no_opinion: [99]": ("no_opinion: [3]", ("scales.five.no_opinion", "survey_on_scale")),
    "refused: [98, a]": ("refused: [99]", ("scales.five", "registry_repeated_id")),
    "service: cleaning": ("service: cleanin", ("items.refuse.service", "registry_unknown_reference")),
    "scale: five": ("scale: ten", ("items.refuse.scale", "registry_unknown_reference")),
    "id: refuse": ("id: weight", ("weight", "survey_reserved")),
    "id: sex": ("id: refuse", ("items", "registry_repeated_id")),
    "not_stated: [9]": ("not_stated: [1]", ("groups.sex", "registry_repeated_id")),
    "reference: men": ("reference: man", ("groups.sex.reference", "registry_unknown_reference")),
    "codes: [E, 2], label": ("label", ("groups.sex.categories.men", "survey_category")),
    "lowest: 30,": ("lowest: 29,", ("groups.age.categories.30-plus", "survey_order")),
    "end: 2025-05-10": ("end: 2025-03-10", ("fieldwork.end", "survey_order")),
    "respondent: id": ("respondent: id\nencoding: windows-12540", ("encoding", "survey_encoding")),
    "city: adana\n": ("", ("city", "survey_one_city")),
    "highest: 5,": ("highest: 1,", ("scales.five.highest", "survey_order")),
    "direction: higher, ": ("", ("scales[0].direction", "registry_missing_key")),
    ', en: "Are you satisfied with refuse collection?"': (
        "",
        ("items[0].question", "registry_missing_language"),
    ),
    "mode: sample": ("mode: panel", ("mode", "registry_not_allowed")),
    "synthetic: true\n": ("", ("synthetic", "registry_missing_key")),
    "    column: s1": ("    columm: s1", ("items[0].columm", "registry_unknown_key")),
}


@pytest.mark.parametrize("old", FAULTY)
def test_each_fault_is_told(tmp_path: Path, old: str) -> None:
    new, fault = FAULTY[old]
    assert old in WAVE
    wave, faults = read(tmp_path, WAVE.replace(old, new, 1))
    assert wave is None
    assert fault in {(one.column, one.rule) for one in faults}
    assert all("{" not in one.message_tr + one.message_en for one in faults)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text, wanted = WAVE, set()
    for old in (
        "city: adana",
        "year: 2025",
        "no_opinion: [99]",
        "scale: five",
        "reference: men",
        "lowest: 30,",
    ):
        new, fault = FAULTY[old]
        text, wanted = text.replace(old, new, 1), wanted | {fault}
    _, faults = read(tmp_path, text)
    assert {(one.column, one.rule) for one in faults} == wanted


def test_the_wave_of_the_document_works_and_shows_every_key(tmp_path: Path, registry: Registry) -> None:
    text = (ROOT / "docs" / "surveys.md").read_text(encoding="utf-8")
    for name, content in re.findall(
        r"^```(?:yaml|csv) (\S+)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    faults: list[Fault] = []
    known = {"cities": set(registry.cities), "services": set(registry.services)}
    wave = read_wave(tmp_path / "example_2025.yml", known, faults)
    assert faults == []
    assert wave is not None
    survey = load_wave(tmp_path / "example_2025.csv", wave)
    assert survey.report.faults == []
    assert survey.frame is not None
    assert survey.frame["refuse"].tolist() == [5, 99, 3]
    assert survey.frame["city"].tolist() == ["adana", "adana", "ankara"]
    assert survey.frame["weight"].tolist() == [1.25, 0.8, 1.1]
    entries = (Wave, Design, Fieldwork, CityColumn, CityCode, Scale, Item, Asked, Group, Category)
    keys = {key for entry in entries for key in yaml_keys(entry)}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b(`|:)", text)] == []


def test_a_wave_of_several_cities(tmp_path: Path) -> None:
    several = "city_column: {column: il, codes: [{code: 1, city: adana}, {code: 6, city: ankara}]}"
    wave, faults = read(tmp_path, WAVE.replace("city: adana", several))
    assert faults == []
    assert wave is not None
    assert wave.city_column is not None
    assert [(one.code, one.city_id) for one in wave.city_column.codes] == [("1", "adana"), ("6", "ankara")]
    _, faults = read(tmp_path, WAVE.replace("city: adana", several.replace("code: 6", "code: 1")))
    assert [one.rule for one in faults] == ["registry_repeated_id"]


def test_the_file_is_named_after_its_wave(tmp_path: Path) -> None:
    wave, faults = read(tmp_path, name="other.yml")
    assert wave is None
    assert [one.rule for one in faults] == ["registry_id_not_stem"]


def test_waves_are_part_of_the_registry(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(registries.FOLDER, tmp_path / "registry"))
    (folder / "surveys").mkdir(exist_ok=True)
    path = folder / "surveys" / "adana_2025.yml"
    path.write_text(WAVE, encoding="utf-8")
    assert registries.load(folder).surveys["adana_2025"].city_id == "adana"
    content = yaml.safe_load(WAVE) | {"city": "atlantis"}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        registries.load(folder)
    assert [one.file for one in caught.value.faults] == ["surveys/adana_2025.yml"]


@pytest.mark.parametrize("name", ["weight", "all", "group", "q5"])
def test_a_grouping_may_not_bear_a_name_of_the_estimation(tmp_path: Path, name: str) -> None:
    wave, faults = read(tmp_path, WAVE.replace("- id: sex", f"- id: {name}"))
    assert wave is None or faults
    assert "survey_reserved" in [fault.rule for fault in faults]
