"""Human rights indicators: the form a municipality fills in comes back as figures, or as a list of its faults."""

import csv
import io
import runpy
import shutil

import duckdb
import pytest

import karne
from etl.errors import FaultyInput
from etl.registry import load
from tests.etl.conftest import ROOT

ANSWERS = {
    "rights_equality_plan": "evet",
    "rights_equality_charter": "hayır",
    "rights_disability_unit": "Evet",
    "rights_disability_assembly": "0",
    "rights_accessible_buses": "62.5",
    "rights_information_answered": "%91",
    "rights_council_opinions": "0",
    "rights_women_council": "18",
    "rights_childcare_places": "2.4",
    "rights_disabled_staff": "3.1",
}
LOADED = {
    "rights_equality_plan": 1,
    "rights_equality_charter": 0,
    "rights_disability_unit": 1,
    "rights_disability_assembly": 0,
    "rights_accessible_buses": 62.5,
    "rights_information_answered": 91,
    "rights_council_opinions": 0,
    "rights_women_council": 18,
    "rights_childcare_places": 2.4,
    "rights_disabled_staff": 3.1,
}


@pytest.fixture
def form(tmp_path):
    """Writes an empty form in a language and gives its rows, header first."""

    def written(lang="tr"):
        path = tmp_path / f"form_{lang}.csv"
        assert karne.main(["template", "rights", "--out", str(path), "--lang", lang]) == 0
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))

    return written


def filled(rows, place, answers):
    """The form with a place and its answers as a spreadsheet saves it; a row without an answer is deleted."""
    spot = {name: at for at, name in enumerate(rows[0])}
    place_at, value_at = (spot.get(tr, spot.get(en)) for tr, en in (("yer", "place"), ("değer", "value")))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(rows[0])
    for row in rows[1:]:
        if row[1] in answers:
            row[place_at], row[value_at] = place, answers[row[1]]
            writer.writerow(row)
    return stream.getvalue().encode("utf-8-sig")


def test_the_form_asks_once_for_every_indicator_of_each_kind(form):
    registry = load()
    turkish, english = form("tr"), form("en")
    asked = {row[1] for row in turkish[1:]}
    assert asked == {one.indicator_id for one in registry.indicators.values() if one.theme_id == "rights"}
    kinds = [registry.indicators[one].rights_measure for one in asked]
    assert {kind: kinds.count(kind) for kind in kinds} == {"structural": 4, "process": 3, "outcome": 3}
    assert turkish[0] == ["yer", "gösterge", "açıklama", "dönem", "değer", "birim"]
    assert english[0] == ["place", "indicator", "note", "period", "value", "unit"]
    assert all(not row[0] and not row[4] and row[2].strip() and row[5].strip() for row in english[1:])


def test_no_other_indicator_is_one_of_rights():
    found = {one.theme_id for one in load().indicators.values() if one.rights_measure}
    assert found == {"rights"}
    assert load().themes["rights"].lead_indicator_id is None


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_a_filled_form_is_clean_and_its_figures_are_loaded(form, tmp_path, inbox, capsys, lang):
    content = filled(form(lang), "Adana", ANSWERS)
    path = inbox.put("adana_rights.csv", content, source="municipal_rights_return")
    assert karne.main(["check", str(path), "--as", "tidy"]) == 0
    assert karne.main(["check", str(path)]) == 0
    built = inbox.build()
    assert built.faults == []
    with duckdb.connect(str(built.release), read_only=True) as connection:
        found = connection.execute(
            "SELECT indicator_id, value, status, value_level, is_synthetic FROM mart.fact_value "
            "WHERE city_id = 'adana' AND indicator_id LIKE 'rights_%'"
        ).fetchall()
        shown = connection.execute(
            "SELECT indicator_id, state FROM mart.coverage WHERE city_id = 'ankara' AND period = '2026' "
            "AND indicator_id LIKE 'rights_%'"
        ).fetchall()
    assert {row[0]: row[1] for row in found} == LOADED
    assert {row[2:] for row in found} == {("measured", "municipality", False)}
    assert {state for _, state in shown} == {"not_due"}
    assert {one for one, _ in shown} == LOADED.keys()


def test_turkish_decimals_are_read_as_the_turkish_layout(form, tmp_path, capsys):
    path = tmp_path / "adana.csv"
    path.write_bytes(
        filled(form(), "Adana", {"rights_women_council": "18,5", "rights_equality_plan": "evet"})
    )
    assert karne.main(["check", str(path), "--as", "tidy_tr"]) == 0
    assert karne.main(["check", str(path), "--as", "tidy"]) == 2


def test_a_form_with_faults_is_refused_and_every_fault_named(form, inbox, capsys):
    wrong = {
        "rights_equality_plan": "2",
        "rights_equality_charter": "0.5",
        "rights_disability_unit": "belki",
        "rights_accessible_buses": "130",
        "rights_women_council": "evet",
        "rights_childcare_places": "5%",
        "rights_disabled_staff": "",
    }
    path = inbox.put("adana_rights.csv", filled(form(), "Adana", wrong), source="municipal_rights_return")
    expected = [
        ("answer_expected", 2, "2"),
        ("answer_expected", 3, "0.5"),
        ("number_format", 4, "belki"),
        ("out_of_range", 5, "130"),
        ("answer_unexpected", 6, None),
        ("percent_unexpected", 7, "5%"),
        ("value_without_number", 8, "measured"),
    ]
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    assert [(one.rule, one.row, one.value) for one in refused.value.faults] == expected
    assert karne.main(["check", str(path), "--as", "tidy"]) == 2
    said = capsys.readouterr().out
    assert all(f"[{rule}]" in said for rule, _, _ in expected)
    assert "2 ne evet ne hayır" in said


def test_an_unknown_place_and_one_that_is_not_asked_are_faults(form, faults):
    rows, one = form(), {"rights_accessible_buses": "40"}
    unknown = faults(filled(rows, "Adanna", one))
    assert [(fault.rule, fault.value) for fault in unknown] == [("unknown_place", "Adanna")]
    assert "Adana" in unknown[0].message_en
    district = faults(filled(rows, "izmir-bornova", one))
    assert [fault.rule for fault in district] == ["place_not_applicable"]


def test_an_answer_in_words_is_no_number_of_another_column(faults):
    rows = [
        ["place", "indicator", "period", "value", "n"],
        ["adana", "rights_equality_plan", "2026", "yes", "no"],
    ]
    assert [(one.rule, one.column) for one in faults(rows)] == [("number_format", "n")]


def test_an_empty_form_is_no_return(form, tmp_path, faults):
    form()
    found = faults((tmp_path / "form_tr.csv").read_bytes())
    assert {fault.rule for fault in found if fault.column == "yer"} == {"cell_empty"}
    assert {fault.row for fault in found} == set(range(2, 12))


# ------------------------------------------------------------------------------------------ the sample


def test_the_sample_is_made_up_marked_and_leaves_cities_out(inbox):
    sample = ROOT / "data" / "sample" / "rights_2026.csv"
    inbox.put("rights_2026.csv", sample.read_bytes(), source="sample")
    built = inbox.build()
    with duckdb.connect(str(built.release), read_only=True) as connection:
        marked, cities = connection.execute(
            "SELECT bool_and(is_synthetic), count(DISTINCT city_id) FROM mart.fact_value "
            "WHERE value IS NOT NULL AND indicator_id LIKE 'rights_%'"
        ).fetchall()[0]
        release = connection.execute("SELECT has_synthetic FROM meta.release").fetchall()
    assert (marked, cities, release) == (True, 14, [(True,)])
    rows = list(csv.DictReader(io.StringIO(sample.read_text(encoding="utf-8"))))
    assert all("SENTETİK" in row["note"] for row in rows)


def test_the_sample_is_what_its_tool_writes(tmp_path):
    tool = shutil.copytree(ROOT / "tools", tmp_path / "tools") / "make_sample_rights.py"
    (tmp_path / "data" / "sample").mkdir(parents=True)
    runpy.run_path(str(tool), run_name="__main__")
    written = (tmp_path / "data" / "sample" / "rights_2026.csv").read_bytes()
    assert written == (ROOT / "data" / "sample" / "rights_2026.csv").read_bytes()
