"""Figures: axes, excerpts, breaks, gaps, escapes; a chart may leave nothing out without saying so."""

import math
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts.base import label, layout, ticks, value_axis
from dashboard.charts.map import OUTLINES, Place, choropleth, pilot_map
from dashboard.charts.ranking import Mark, excerpt, height, ranking, slots
from dashboard.charts.series import Line, Point, series
from dashboard.charts.strip import strip


def mark(number: int, value: float, **more: Any) -> Mark:
    return Mark(f"Yer {number}", value, str(value), f"Yer {number}: {value}", city_id=f"yer-{number}", **more)


# ---------------------------------------------------------------------------------------- axes


@pytest.mark.parametrize(
    ("low", "high", "wanted"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (0, 23, [0, 5, 10, 15, 20, 25]),
        (-1.6, 4.8, [-2, 0, 2, 4, 6]),
        (5, 5, [5]),
    ],
)
def test_ticks_are_round_and_cover(low: float, high: float, wanted: list[float]) -> None:
    assert ticks(low, high) == wanted


@pytest.mark.parametrize("scale", [1e-6, 0.003, 1, 7, 12_345, 9e9])
@pytest.mark.parametrize("low", [-1.0, 0.0, 0.37])
def test_ticks_cover_any_range_with_few_steps(low: float, scale: float) -> None:
    found = ticks(low * scale, scale)
    assert found[0] <= low * scale + 1e-9 * scale
    assert found[-1] >= scale - 1e-9 * scale
    assert 3 <= len(found) <= 12
    steps = {round((b - a) / scale, 6) for a, b in pairwise(found)}
    assert len(steps) == 1


@pytest.mark.parametrize(
    ("values", "symbol", "lang", "wanted"),
    [
        ([0, 80.95], "%", "tr", ["%0", "%20", "%40", "%60", "%80", "%100"]),
        ([0, 80.95], "%", "en", ["0%", "20%", "40%", "60%", "80%", "100%"]),
        ([0, 0.9], "", "tr", ["0,0", "0,2", "0,4", "0,6", "0,8", "1,0"]),
        ([0, 15_000_000], "", "tr", ["0", "5\u00a0Mn", "10\u00a0Mn", "15\u00a0Mn"]),
        ([0, 4e9], "", "tr", ["0", "1\u00a0Mr", "2\u00a0Mr", "3\u00a0Mr", "4\u00a0Mr"]),
        ([0, 12_345.6], "", "tr", ["0", "2.500", "5.000", "7.500", "10.000", "12.500"]),
        ([0, 0.5], "", "en", ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"]),
    ],
)
def test_axis_labels_are_ours(values: list[float], symbol: str, lang: str, wanted: list[str]) -> None:
    axis = value_axis(values, symbol, lang, zero=True)
    assert axis["ticktext"] == wanted
    assert len(axis["ticktext"]) == len(axis["tickvals"])


def test_labels_of_an_axis_tell_its_ticks_apart() -> None:
    """2,5 steps shown without decimals would read 2, 5, 8, 10."""
    for top in (0.3, 0.7, 1.3, 2.2, 8, 9.4, 12, 13, 60, 110, 1_300_000, 2.2e6, 1.2e9):
        for symbol in ("", "%"):
            axis = value_axis([0, top], symbol, "tr", zero=True)
            assert len(set(axis["ticktext"])) == len(axis["ticktext"]), top


@pytest.mark.parametrize("values", [[], [0.0], [5.0], [-3.0], [0.0, 0.0]])
def test_an_axis_always_has_a_range(values: list[float]) -> None:
    axis = value_axis(values, "", "tr", zero=True)
    assert axis["range"][0] < axis["range"][1]


def test_a_layout_merges_and_separates_by_language() -> None:
    assert layout("tr")["separators"] == ",."
    assert layout("en")["separators"] == ".,"
    merged = layout("tr", margin={"l": 99}, height=3)
    assert (merged["margin"]["l"], merged["margin"]["t"], merged["height"]) == (99, 8, 3)


def test_markup_in_a_name_is_text() -> None:
    assert label("<b>A&B</b>") == "&lt;b&gt;A&amp;B&lt;/b&gt;"
    figure = ranking([Mark("<img src=x>", 1.0, "1", "", city_id="x")], [("<i>ref</i>", 1.0)], "", "tr")
    assert figure["layout"]["yaxis"]["ticktext"] == ["&lt;img src=x&gt;"]
    assert figure["layout"]["annotations"][0]["text"] == "&lt;i&gt;ref&lt;/i&gt;"


# ------------------------------------------------------------------------------------- ranking


def test_few_places_are_all_drawn() -> None:
    marks = [mark(i, 100 - i) for i in range(60)]
    assert excerpt(marks) == (marks, [0] * 60)


@pytest.mark.parametrize("lead", [0, 5, 40, 700, 1395, 1399])
def test_many_places_keep_ends_and_the_leads_neighbours(lead: int) -> None:
    marks = [mark(i, 2_000 - i, is_lead=i == lead) for i in range(1_400)]
    kept, gaps = excerpt(marks)
    assert len(set(slots(gaps))) == len(kept)
    assert slots(gaps)[-1] + 1 == len(kept) + sum(1 for gap in gaps if gap)
    assert kept[0] is marks[0]
    assert kept[-1] is marks[-1]
    assert marks[lead] in kept
    assert marks[max(0, lead - 5)] in kept
    assert len(kept) + sum(gaps) == len(marks)
    assert len(kept) <= 31
    assert [one.value for one in kept] == sorted((one.value for one in kept), reverse=True)


def test_bars_start_at_zero_and_stand_at_their_values() -> None:
    figure = ranking(
        [mark(1, 80.95, is_lead=True), mark(2, 60.0, is_open=True)], [("ortalama", 70.0)], "%", "tr"
    )
    bars = figure["data"][0]
    assert (bars["type"], bars["x"], bars["ids"]) == ("bar", [80.95, 60.0], ["yer-1", "yer-2"])
    assert figure["layout"]["xaxis"]["range"][0] == 0
    assert figure["layout"]["xaxis"]["range"][1] >= 80.95
    assert bars["marker"]["color"] == ["@lead", "@peer"]
    assert bars["marker"]["opacity"][1] < bars["marker"]["opacity"][0]
    assert figure["layout"]["yaxis"]["ticktext"] == ["<b>Yer 1</b>", "Yer 2"]
    line = figure["layout"]["shapes"][0]
    assert line["x0"] == line["x1"] == 70.0


def test_intervals_are_drawn_to_their_ends() -> None:
    marks = [mark(1, 50.0, lower=44.0, upper=57.5), mark(2, 40.0)]
    figure = ranking(marks, [], "%", "tr")
    points = figure["data"][0]
    assert points["type"] == "scatter"
    assert points["error_x"]["array"] == [7.5, 0.0]
    assert points["error_x"]["arrayminus"] == [6.0, 0.0]


def test_negative_values_have_room() -> None:
    figure = ranking([mark(1, 1.5), mark(2, -2.2)], [], "", "tr")
    low, high = figure["layout"]["xaxis"]["range"]
    assert low <= -2.2 < 1.5 <= high


def test_heights_grow_with_rows() -> None:
    assert height(1) == height(3) < height(20) < height(81)


# -------------------------------------------------------------------------------------- series


def line(values: dict[int, float | None], **more: Any) -> Line:
    return Line("Yer", tuple(Point(year, value, "") for year, value in values.items()), **more)


def segments(trace: dict[str, Any]) -> set[tuple[float, float]]:
    """Pairs of neighbouring years that plotly joins by a line."""
    pairs = list(zip(trace["x"], trace["y"], strict=True))
    return {(a[0], b[0]) for a, b in pairwise(pairs) if a[1] is not None and b[1] is not None}


def test_no_line_crosses_a_break() -> None:
    figure = series([line({2012: 1.0, 2013: 2.0, 2014: 9.0, 2015: 9.5})], [(2014, "sınır")], "", "tr", 300)
    trace = figure["data"][0]
    assert segments(trace) == {(2012, 2013), (2014, 2015)}
    assert not trace["connectgaps"]
    drawn = figure["layout"]["shapes"][0]
    assert drawn["x0"] == drawn["x1"] == 2013.5
    assert figure["layout"]["annotations"][0]["text"] == "sınır"


def test_no_line_crosses_a_missing_year_or_a_break_in_it() -> None:
    trace = series([line({2012: 1.0, 2013: None, 2014: 3.0, 2015: 4.0})], [], "", "tr", 300)["data"][0]
    assert segments(trace) == {(2014, 2015)}
    skipping = series([line({2012: 1.0, 2015: 4.0})], [(2014, "sınır")], "", "tr", 300)["data"][0]
    assert segments(skipping) == set()


def test_a_break_outside_the_years_is_not_drawn() -> None:
    figure = series([line({2015: 1.0, 2016: 2.0})], [(2014, "sınır"), (2015, "ilk")], "", "tr", 300)
    assert figure["layout"]["shapes"] == []


def test_provisional_points_are_open() -> None:
    made = Line("Yer", (Point(2024, 1.0, ""), Point(2025, 2.0, "", is_open=True)))
    assert series([made], [], "", "tr", 300)["data"][0]["marker"]["symbol"] == ["circle", "circle-open"]


def test_names_at_line_ends_do_not_stand_on_each_other() -> None:
    lines = [line({2024: 0.0, 2025: 50 + i / 10}) for i in range(7)]
    figure = series(lines, [], "", "tr", 380)
    low, high = figure["layout"]["yaxis"]["range"]
    places = sorted(
        (note["y"] - low) / (high - low) * (380 - 54) + note["yshift"]
        for note in figure["layout"]["annotations"]
        if note.get("xanchor") == "left"
    )
    assert len(places) == 7
    assert min(b - a for a, b in pairwise(places)) >= 16.9


def test_an_empty_series_is_still_a_figure() -> None:
    assert series([], [], "", "tr", 300)["data"] == []


# ------------------------------------------------------------------------------- strip and map


def test_every_place_is_a_dot_and_none_hides_another() -> None:
    marks = [mark(i, round(50 + 10 * math.sin(i), 1)) for i in range(81)]
    dots = strip(marks, frozenset({"yer-3"}), "%", "tr", 260)["data"][0]
    assert sorted(dots["x"]) == sorted(one.value for one in marks)
    assert len(set(zip(dots["x"], dots["y"], strict=True))) == 81


def test_the_lead_is_named_and_drawn_last() -> None:
    marks = [mark(i, float(i), is_lead=i == 40) for i in range(81)]
    figure = strip(marks, frozenset(), "", "tr", 260)
    assert figure["data"][0]["x"][-1] == 40.0
    assert any("Yer 40" in note["text"] for note in figure["layout"]["annotations"])
    assert strip([], frozenset(), "", "tr", 260)["data"] == []


def test_a_place_without_value_is_an_outline_not_a_class() -> None:
    places = [Place(f"tr-{i:02d}", f"İl {i}", "", 39.0, 35.0, step=i if i < 5 else None) for i in range(7)]
    classes = [trace for trace in choropleth(places, [])["data"] if trace.get("colorscale") and "z" in trace]
    coloured = next(trace for trace in classes if len(set(trace["z"])) > 1)
    assert coloured["z"] == [0, 1, 2, 3, 4]
    assert "tr-05" not in coloured["locations"]
    drawn = {one for trace in classes for one in trace["locations"]}
    assert drawn == {place.city_id for place in places}


def test_maps_read_our_outlines_and_no_base_map() -> None:
    place = Place("tr-01", "Adana", "", 37.0, 35.3, step=1)
    for figure in (choropleth([place], []), pilot_map([place], [])):
        outlines = [trace["geojson"] for trace in figure["data"] if trace["type"] == "choropleth"]
        assert outlines
        assert set(outlines) == {OUTLINES}
        assert figure["layout"]["geo"]["visible"] is False
