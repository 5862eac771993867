"""Survey files in a build: one city alone, drafts, waves declared twice, editions taken back, nothing left."""

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml

from etl.build import Request, build
from etl.errors import Fault, FaultyInput, RegistryError
from etl.registry import load
from tests.etl.conftest import AS_OF, OFFICIAL, REGISTRY

ITEM = {
    "scale": "five",
    "version": "1",
    "label": {"tr": "S", "en": "Q"},
    "question": {"tr": "S?", "en": "Q?"},
}


class Surveys:
    """A registry of its own waves and a folder of their files."""

    def __init__(self, folder):
        self.registry, self.data, self.var = folder / "registry", folder / "data", folder / "var"
        self.files = {}
        self.data.mkdir()
        for path in REGISTRY.rglob("*.yml"):
            if path.parent.name != "surveys":
                kept = self.registry / path.relative_to(REGISTRY)
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(path.read_bytes())
        (self.registry / "surveys").mkdir()

    def wave(self, name, city="adana", **told):
        made = {
            "id": name, "title": {"tr": name, "en": name}, "year": 2026, "city": city, "synthetic": True,
            "mode": "sample",
            "questionnaire": "1", "agency": {"tr": "K", "en": "A"}, "consent": {"tr": "O", "en": "C"},
            "licence": {"tr": "L", "en": "L"}, "respondent": "no",
            "design": {"weight": "w", "stratum": "t", "psu": "m"},
            "scales": [{"id": "five", "lowest": 1, "highest": 5, "direction": "higher", "satisfied": [4, 5]}],
            "items": [{"id": "cleaning", "column": "s1", "service": "cleaning", **ITEM}],
            **told,
        }  # fmt: skip
        text = yaml.safe_dump(made, allow_unicode=True)
        (self.registry / "surveys" / f"{name}.yml").write_text(text, encoding="utf-8")
        return self

    def file(self, wave, rows, name=None):
        name = name or f"{wave}.csv"
        rows.to_csv(self.data / name, index=False)
        self.files[name] = {"wave": wave}
        (self.data / "manifest.yml").write_text(yaml.safe_dump({"files": self.files}), encoding="utf-8")
        return self

    def build(self, **told):
        return build(Request((OFFICIAL, self.data), self.registry, self.var, AS_OF, **told), lambda _: None)


@pytest.fixture
def surveys(tmp_path):
    return Surveys(tmp_path)


def interviews(size=240, satisfied=0.6, seed=1):
    rng = np.random.default_rng(seed)
    made = pd.DataFrame({"no": range(size), "w": rng.uniform(0.5, 2, size), "t": 1})
    return made.assign(m=made.index % 24, s1=np.where(rng.random(size) < satisfied, 5, 2))


def ask(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rules(refused):
    return {fault.rule for fault in refused.value.faults}


def test_one_city_with_one_wave_is_a_release(surveys):
    built = surveys.wave("alone").file("alone", interviews()).build()
    assert ask(built.release, "SELECT city_id, n, rank FROM mart.survey_estimate") == [("adana", 240, None)]
    assert ask(built.release, "SELECT count(*) FROM mart.survey_pair") == [(0,)]
    assert ask(built.release, "SELECT status FROM mart.survey_change") == [("no_earlier_wave",)]


def test_nothing_of_a_draft_is_public(surveys):
    surveys.wave("before", year=2024).file("before", interviews(satisfied=0.3))
    surveys.wave("draft", state="draft").file("draft", interviews(satisfied=0.9, seed=2))
    built = (
        surveys.wave("link", mode="open_link", design={})
        .file("link", interviews(satisfied=0.5, seed=3))
        .build()
    )
    assert ask(built.warehouse, "SELECT count(*) FROM mart.survey_estimate WHERE wave_id = 'draft'") == [(1,)]
    assert ask(built.release, "SELECT DISTINCT wave_id FROM mart.survey_estimate ORDER BY 1") == [
        ("before",),
        ("link",),
    ]
    assert ask(built.release, "SELECT year, status, diff FROM mart.survey_change") == [
        (2024, "no_earlier_wave", None)
    ]
    assert b"draft.csv" not in built.release.read_bytes()


def test_a_draft_in_between_hides_no_change(surveys):
    surveys.wave("before", year=2024).file("before", interviews(satisfied=0.3))
    surveys.wave("draft", year=2025, state="draft").file("draft", interviews(seed=2))
    built = surveys.wave("after").file("after", interviews(satisfied=0.9, seed=3)).build()
    changed = ask(built.release, "SELECT year, earlier_year, status FROM mart.survey_change ORDER BY year")
    assert changed == [(2024, None, "no_earlier_wave"), (2026, 2024, "measured")]


def test_a_wave_of_two_files_and_a_city_of_two_waves_are_refused(surveys):
    surveys.wave("one").file("one", interviews()).file("one", interviews(seed=2), "again.csv")
    with pytest.raises(FaultyInput) as refused:
        surveys.build()
    assert rules(refused) == {"survey_wave_twice"}
    del surveys.files["again.csv"]
    surveys.wave("two").file("two", interviews(seed=3))
    with pytest.raises(FaultyInput) as refused:
        surveys.build()
    assert rules(refused) == {"survey_city_twice"}


def test_an_edition_taken_back_may_not_bring_a_city_twice(surveys):
    column = {"column": "c", "codes": [{"code": 1, "city": "adana"}, {"code": 2, "city": "ankara"}]}
    surveys.wave("aa", city_column=column)
    surveys.wave("bb", city_column=column)
    for name in ("aa", "bb"):
        path = surveys.registry / "surveys" / f"{name}.yml"
        path.write_text(path.read_text(encoding="utf-8").replace("city: adana\n", "", 1), encoding="utf-8")
    surveys.file("aa", interviews().assign(c=2)).file("bb", interviews().assign(c=1)).build()
    surveys.file("aa", interviews(seed=4).assign(c=1)).file("bb", interviews(seed=5).assign(c=1))
    built = surveys.build(with_rejects=True, may_shrink=True)
    assert ask(built.release, "SELECT wave_id, city_id FROM mart.survey_estimate") == [("aa", "adana")]


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        (interviews().assign(no=1), "survey_nothing_left"),
        (interviews(6), "survey_city_few"),
        (interviews().assign(w=1e308), "survey_weights_extreme"),
    ],
)
def test_what_nothing_can_be_told_from_is_refused(surveys, rows, rule):
    with pytest.raises(FaultyInput) as refused:
        surveys.wave("wave").file("wave", rows).build()
    assert rule in rules(refused)


def test_a_group_without_opinions_tells_no_count(surveys):
    scale = {
        "id": "five",
        "lowest": 1,
        "highest": 5,
        "direction": "higher",
        "satisfied": [4, 5],
        "no_opinion": [99],
    }
    groups = [{"id": "sex", "column": "c", "label": {"tr": "C", "en": "S"}, "categories": [
        {"id": "women", "codes": ["K"], "label": {"tr": "K", "en": "W"}},
        {"id": "men", "codes": ["E"], "label": {"tr": "E", "en": "M"}}]}]  # fmt: skip
    rows = interviews().assign(c="E")
    rows.loc[:2, ["c", "s1"]] = ["K", 99]
    built = surveys.wave("wave", scales=[scale], groups=groups).file("wave", rows).build()
    told = ask(
        built.release, "SELECT n, n_no_opinion, sum_w FROM mart.survey_estimate WHERE group_id = 'women'"
    )
    assert told == [(0, None, None)]


def test_everybody_of_one_mind_has_no_slope_and_no_false_certainty(surveys):
    bands = [{"id": str(n), "codes": [str(n)], "label": {"tr": str(n), "en": str(n)}} for n in range(1, 5)]
    groups = [{"id": "income_band", "column": "g", "label": {"tr": "G", "en": "I"}, "categories": bands}]
    rows = interviews().assign(s1=5)
    built = surveys.wave("wave", groups=groups).file("wave", rows.assign(g=rows.index % 4 + 1)).build()
    assert ask(built.release, "SELECT status, sii FROM mart.survey_inequality") == [("not_collected", None)]
    half = interviews().assign(w=1.0)
    surveys.wave("flat", city="ankara").file("flat", half.assign(s1=np.where(half.index // 24 % 2, 5, 1)))
    built = surveys.build()
    told = ask(built.release, "SELECT share, status, reason, interval, share_low FROM mart.survey_estimate "
               "WHERE wave_id = 'flat'")  # fmt: skip
    assert told == [(0.5, "low_reliability", "few_units", "none", None)]


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"crossed": [{"first": "sex", "second": "age"}]}, "registry_unknown_reference"),
        ({"crossed": [{"first": "sex", "second": "sex"}]}, "survey_crossed_twice"),
        ({"groups": 2}, "survey_split_twice"),
    ],
)
def test_a_crossing_and_a_grouping_are_what_they_say(surveys, told, rule):
    one = {"id": "sex", "column": "c", "label": {"tr": "C", "en": "S"},
           "categories": [{"id": "women", "codes": ["K"], "label": {"tr": "K", "en": "W"}}]}  # fmt: skip
    groups = [one, {**one, "id": "gender"}] if told.get("groups") else [one]
    surveys.wave("wave", groups=groups, **{key: value for key, value in told.items() if key != "groups"})
    with pytest.raises(RegistryError) as refused:
        load(surveys.registry)
    faults: list[Fault] = refused.value.faults
    assert rule in {fault.rule for fault in faults}
