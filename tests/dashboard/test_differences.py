"""Differences around zero: what is significant stands out, zero is always on the axis, nothing is lost unsaid."""

import pytest

from dashboard.charts.differences import MOST, Difference, differences, height

ENDS = ("daha düşük", "daha yüksek")
FIRM = Difference("Aydın", -14.2, -22.1, -6.3, "−14,2", "Aydın: −14,2", is_firm=True, city_id="aydin")
LOOSE = Difference(
    "Muş & <b>", 3.0, -4.0, 10.0, "3,0", "Muş: 3,0", is_firm=False, is_lead=True, city_id="mus"
)
OPEN = Difference("Siirt", 5.5, None, None, "5,5", "Siirt: 5,5", is_firm=False, is_open=True)


def many(count: int) -> list[Difference]:
    return [
        Difference(f"Yer {i}", i / 10, None, None, str(i), f"Yer {i}", is_firm=False, is_lead=i == count // 2)
        for i in range(count)
    ]


def test_the_significant_have_colour_and_weight() -> None:
    figure = differences([FIRM, LOOSE, OPEN], ENDS, "tr")
    others, firm, _ = figure["data"]
    assert firm["x"] == [-14.2]
    assert firm["y"] == [0]
    assert firm["ids"] == ["aydin"]
    assert others["x"] == [3.0, 5.5]
    assert others["y"] == [1, 2]
    assert (firm["marker"]["color"], others["marker"]["color"]) == ("@lead", "@peer")
    assert firm["error_x"]["color"] == "@lead"
    assert figure["layout"]["yaxis"]["ticktext"] == ["<b>Aydın</b>", "Muş &amp; &lt;b&gt;", "Siirt"]
    assert figure["layout"]["yaxis2"]["ticktext"] == ["<b>−14,2</b>", "3,0", "5,5"]


def test_an_interval_ends_where_it_was_said_to() -> None:
    others, firm, _ = differences([FIRM, LOOSE, OPEN], ENDS, "tr")["data"]
    assert firm["error_x"]["arrayminus"] == pytest.approx([7.9])
    assert firm["error_x"]["array"] == pytest.approx([7.9])
    assert others["error_x"]["array"] == [7.0, 0.0]
    assert others["error_x"]["arrayminus"] == [7.0, 0.0]
    assert others["marker"]["symbol"] == ["circle", "circle-open"]


def test_zero_and_its_sides_are_always_on_the_axis() -> None:
    axis = differences([FIRM], ENDS, "tr")["layout"]["xaxis"]
    assert axis["range"][0] <= -22.1
    assert axis["range"][1] >= 0
    assert axis["zeroline"]
    assert 0 in axis["tickvals"]
    assert axis["ticktext"][0].startswith("\u2212")
    assert "daha düşük" in axis["title"]["text"]
    assert "daha yüksek" in axis["title"]["text"]


def test_the_lead_stands_on_a_band() -> None:
    (band,) = differences([FIRM, LOOSE], ENDS, "tr")["layout"]["shapes"]
    assert (band["y0"], band["y1"]) == (0.5, 1.5)
    assert differences([FIRM], ENDS, "tr")["layout"]["shapes"] == []


def test_too_many_rows_say_how_many_are_left_out() -> None:
    marks = many(1_400)
    figure = differences(marks, ENDS, "tr")
    drawn = len(figure["data"][0]["x"])
    said = [int(text[2:]) for text in figure["layout"]["yaxis"]["ticktext"] if text.startswith("…")]
    assert drawn < MOST + 5
    assert drawn + sum(said) == len(marks)
    assert figure["layout"]["height"] == height(1_400) == height(MOST)
    assert "Yer 700" in figure["layout"]["yaxis"]["ticktext"]


def test_no_rows_are_an_empty_plot() -> None:
    assert differences([], ENDS, "en")["data"][0]["x"] == []


def test_zero_stays_on_a_narrow_axis_and_its_sides_stand_under_each_other() -> None:
    layout = differences([FIRM, LOOSE], ENDS, "tr")["layout"]
    assert layout["xaxis"]["tickvals"].index(0) % 2
    small = layout["meta"]["narrow"]["xaxis"]
    assert 0 in small["tickvals"]
    assert small["title"]["text"] == "◂ daha düşük<br>daha yüksek ▸"
