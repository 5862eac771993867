"""Plan: the figures are those of the textbook, everything on the page counts the same rows, and no city is ranked."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from dashboard.data import Data
from dashboard.text import Words
from dashboard.views.plan_year import decimals_of, perf_note
from tests.plans import block, by_code, rows, shown
from tests.reading import Reading, read_csv, read_xlsx

CITY, OTHER, BARE, WITHOUT = "mus", "bingol", "bartin", "siirt"
KEY = "mus-sp2024~"


# ------------------------------------------------------------------------------------------ figures


def test_figures_are_those_worked_out_by_hand(planned: Data) -> None:
    """0.5 x 75 + 0.3 x 80 + 0.2 x 100 = 81.5; the mean of 81.5 and 0 is 40.75."""
    found = by_code(shown(planned, kent=CITY))
    assert [found[code]["perf_shown"] for code in ("PG1", "PG2", "PG3", "PG4")] == pytest.approx(
        [75, 80, 100, 0]
    )
    assert found["H1.1"]["perf"] == pytest.approx(81.5)
    assert (found["H1.1"]["coverage"], found["H1.2"]["coverage"]) == (100, 50)
    assert (found["A1"]["perf"], found["A1"]["coverage"]) == (pytest.approx(40.75), pytest.approx(75))
    assert found["2024–2026"]["perf"] == pytest.approx(40.75)
    standings = [found[f"PG{n}"]["standing"] for n in range(1, 7)]
    assert standings == ["high", "high", "full", "low", "unmeasurable", "none"]
    assert (found["PG1"]["horizon_share"], found["PG1"]["elapsed_share"]) == (37.5, pytest.approx(100 / 3))


def test_raw_percentages_are_uncut_and_the_totals_are_not(planned: Data) -> None:
    capped, raw = (by_code(shown(planned, kent=CITY, goster=one)) for one in ("tavanli", "ham"))
    assert [raw[code]["perf_shown"] for code in ("PG3", "PG4")] == pytest.approx([150, -25])
    assert raw["H1.1"]["perf_shown"] == capped["H1.1"]["perf_shown"]


def test_what_is_outside_of_the_scale_is_said_in_words(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert found["PG3"]["perf_shown_sub"] == "hedef aşıldı (%150)"
    assert found["PG4"]["perf_shown_sub"] == "başlangıcın gerisinde (−%25)"
    high = perf_note({"perf_raw": 150.5, "is_over": True}, Words("tr"))
    assert high == "hedef aşıldı (%150,5); hedef düşük belirlenmiş olabilir"
    assert perf_note({"perf_raw": 100.0, "is_over": False}, Words("tr")) == ""


def test_what_cannot_be_measured_has_a_reason_and_no_band(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert (found["PG5"]["standing_word"], found["PG5"]["reason"]) == ("ölçülebilir değil", "tanım yok")
    assert found["PG5"]["band"] is None
    assert found["A3"]["standing"] == "unmeasurable"
    assert "1 ölçülemez" in found["A1"]["covered"]
    told = block(shown(planned, kent=CITY), "findings").headline
    assert "1 gösterge ölçülebilir değil, toplamların dışında" in told
    later = by_code(shown(planned, kent=CITY, yil="2026"))
    assert (later["PG6"]["standing"], later["PG6"]["reason"]) == ("unmeasurable", "hedef değer yok")


def test_june_is_held_against_june(planned: Data) -> None:
    """48 of 100 is on track in June and behind in December."""
    found = by_code(shown(planned, kent=OTHER, yil="2024"))
    assert (found["PG1"]["standing_word"], found["PG2"]["standing_word"]) == ("yolunda", "geride")
    assert found["PG1"]["reason"] == "Haziran 2024 sonu: yolun %48 kadarı, beklenen %50"
    assert found["PG1"]["perf_shown"] is None
    assert found["PG2"]["perf_shown"] == pytest.approx(48)


def test_weights_that_miss_100_are_told_and_shown_as_counted(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY))
    assert found["H1.2"]["remarks"] == (("ağırlıklar normalize edildi (toplamları %100 değil)", ""),)
    assert (found["PG4"]["weight"], found["PG4"]["weight_sub"]) == (60, "%50 sayıldı")
    assert found["H1.1"]["remarks"] == ()


def test_a_plan_without_indicators_has_nothing_to_measure(planned: Data) -> None:
    found = shown(planned, kent=BARE)
    tree = block(found, "tree")
    assert tree.headline.startswith("Bütün plan: performans göstergesi yok")
    assert tree.chart is None
    assert [(row["tier"], row["standing"]) for row in rows(found)] == [
        ("plan", "none"), ("goal", "none"), ("objective", "unmeasurable"),
    ]  # fmt: skip
    assert [row["rule"] for row in rows(found, "findings")] == ["objective_without_indicator"]
    assert block(shown(planned, kent=CITY, hedef=f"{KEY}A3"), "tree").headline.startswith("A3: performans")


def test_a_small_value_is_not_shown_as_zero() -> None:
    row = {"baseline": 0.0, "target": 0.004, "value_used": 12.345, "actual": None}
    assert decimals_of(row) == 3
    assert decimals_of(row | {"target": 1.5}) == 2
    assert decimals_of(row | {"target": 20, "value_used": 12}) == 0


def test_an_objective_leads_to_the_mirror_of_its_service(planned: Data) -> None:
    found = by_code(shown(planned, kent=CITY, lang="en"))
    name, href = found["H1.1"]["onward"]
    assert name.startswith("Service mirror: ")
    assert href == f"/hizmet/cleaning?kent={CITY}&lang=en"
    assert "onward" not in found["H1.2"]


# --------------------------------------------------------------------------- one frame, every way out


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("opened", ["", "A1", "H1.1"])
def test_chart_tree_sentence_and_files_agree(
    planned: Data, planner: FlaskClient, lang: str, opened: str
) -> None:
    query = {"kent": CITY, "lang": lang} | ({"hedef": KEY + opened} if opened else {})
    found, words = shown(planned, **query), Words(lang)
    tree = block(found, "tree")
    assert tree.chart
    assert tree.frame
    indicators = [row for row in tree.frame if row["tier"] == "indicator"]
    counts = Counter(row["standing_word"] for row in indicators)
    drawn = Counter(
        {trace["name"]: trace["x"][0] for trace in tree.chart.figure["data"] if trace["type"] == "bar"}
    )
    assert drawn == counts
    told = ", ".join(f"{n} {word}" for word, n in counts.items())
    assert all(f"{n} {word}" in tree.headline for word, n in counts.items()), told

    top = next(row for row in tree.frame if row["code"] == (opened or "2024–2026"))
    value = {"tr": "%40,8", "en": "40.8%"}[lang] if opened != "H1.1" else {"tr": "%81,5", "en": "81.5%"}[lang]
    assert value in tree.headline
    assert value in tree.chart.figure["layout"]["yaxis2"]["ticktext"][0]
    twin = Reading(planner.get("/plan", query_string=query).text).tables[0]
    line = next(
        cells for cells in twin if top["code"] in cells[0].split(" ")[0] or top["code"] in cells[0][:12]
    )
    assert any(cell.startswith(value) for cell in line)

    header, *lines = read_csv(planner.get("/indir/plan/tree.csv", query_string=query).data, ",")
    code, perf, standing = (
        header.index(words(f"plan.file_{key}")) for key in ("code", "perf", "standing_word")
    )
    filed = {cells[code]: cells for cells in lines}
    assert float(filed[top["code"]][perf]) == top["perf"]
    assert Counter(filed[row["code"]][standing] for row in indicators) == counts

    sheet = read_xlsx(planner.get("/indir/plan/tree.izleme", query_string=query).data)
    bands = " ".join(str(cells[0]) for cells in sheet)
    assert (value in bands) == (opened != "" or f"{words('plan.whole')}" in tree.headline)
    for row in indicators:
        cells = next(cells for cells in sheet if str(cells[0]).lstrip("'").startswith(f"{row['code']} "))
        expected = [row[key] for key in ("weight", "baseline", "target", "value_used")]
        assert list(cells[1:5]) == [value if value is not None else "–" for value in expected]


def test_a_marked_point_of_the_years_is_the_trees_percentage(planned: Data) -> None:
    found = shown(planned, kent=CITY, hedef=f"{KEY}H1.1")
    own = by_code(found)["H1.1"]
    years = block(found, "years")
    assert years.chart
    bars = years.chart.figure["data"][0]
    assert (bars["x"], bars["y"]) == (["2024"], [pytest.approx(own["perf"])])
    assert rows(found, "years")[0]["y2024"] == own["perf"]
    assert "%81,5" in years.headline
    indicators = by_code(found, "years")
    assert (indicators["PG2"]["y2024_sub"], indicators["PG2"]["y2025_sub"]) == ("22 / 20", "22 / 10")


def test_a_year_without_a_value_is_no_zero(planned: Data) -> None:
    years = block(shown(planned, kent=CITY), "years")
    assert years.chart
    assert years.chart.figure["data"][0]["x"] == ["2024"]
    told = [note["text"] for note in years.chart.figure["layout"]["annotations"]]
    assert told[1:] == ["○ yıl içi değer", "– veri yok"]
    assert rows(shown(planned, kent=CITY), "years")[0]["y2026"] is None


def test_the_years_end_is_not_awaited_in_silence(planned: Data) -> None:
    found = shown(planned, kent=CITY, yil="2025")
    assert "yıl sonu değerleri henüz yok" in block(found, "tree").headline
    assert by_code(found)["H1.1"]["standing"] == "mid"
    assert "yıl içi: 2 geride (yıl içi)" in by_code(found)["H1.1"]["covered"]


# ------------------------------------------------------------------------------------------- cities


def test_cities_are_told_by_what_they_sent_and_never_by_how_well_they_did(planned: Data) -> None:
    cities = block(shown(planned, kent=CITY), "cities")
    assert cities.frame
    assert not {key for row in cities.frame for key in row if "perf" in key or "score" in key}
    keys = [row["sort_key"] for row in cities.frame]
    assert keys == sorted(keys)
    found = {row["city_id"]: row for row in cities.frame}
    own = found[CITY]
    assert (own["indicators"], own["closed"], own["unmeasurable"]) == (6, 5, 1)
    assert own["reported_share"] == pytest.approx(100 * 5 / 6)
    assert (own["objectives"], own["unweighted"], own["unexplained"], own["findings"]) == (3, 1, 1, 4)
    assert own["missing"] == "1 göstergenin yıl sonu değeri"
    assert (found[WITHOUT]["missing"], found[WITHOUT]["reported_share"]) == ("plan", None)
    assert any("her kent kendi hedefini koyar" in note for note in cities.notes)
    assert any(note.startswith("Plan göndermeyenler: Adana, ") for note in cities.notes)
    assert any("5 kent daha" in note for note in cities.notes)


def test_a_city_without_a_plan_says_who_owes_it(planned: Data, planner: FlaskClient) -> None:
    found = shown(planned, kent=WITHOUT)
    assert block(found, "tree").headline == "Siirt: plan gönderilmedi."
    assert any("Siirt belediyesi" in note for note in block(found, "tree").notes)
    assert block(found, "tree").frame is None
    assert len(rows(found, "cities")) >= 20
    assert planner.get(f"/indir/plan/tree.izleme?kent={WITHOUT}").status_code == 404
