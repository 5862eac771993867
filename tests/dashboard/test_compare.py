"""Karşılaştır on real figures; expected numbers come from the shipped files, read and counted anew here."""

import csv
import re
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from dashboard import numbers
from dashboard.data import Data
from dashboard.page import Block, View
from dashboard.pages.compare import PAGE
from dashboard.state import CompareState
from dashboard.text import Words
from dashboard.views.compare_members import members

OFFICIAL = Path(__file__).resolve().parents[2] / "data" / "official"


@pytest.fixture(scope="module")
def published() -> dict[tuple[str, str], dict[str, float]]:
    """(indicator, period) -> place -> value, straight from the shipped files."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for name in ("life_index_2015", "life_satisfaction_2013", "sege_2025"):
        with (OFFICIAL / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["value"]:
                    found[row["indicator"], row["period"]][row["place"]] = float(row["value"])
    return found


def view(data: Data, **query: str) -> View:
    return PAGE.view(data, PAGE.parse(query, data.catalog))


def block(data: Data, name: str, **query: str) -> Block:
    return next(one for one in view(data, **query).blocks if one.id == name)


# -------------------------------------------------------------------------------------- ranking


@pytest.mark.parametrize(
    ("indicator", "low_is_good"),
    [("satisfaction_cleaning", False), ("unemployment_rate", True), ("households_failing_basic_needs", True)],
)
def test_ranking_of_all_provinces_is_the_files(
    data: Data, published: dict[tuple[str, str], dict[str, float]], indicator: str, low_is_good: bool
) -> None:
    period = data.catalog.indicators[indicator].latest
    own = published[indicator, period]
    made = block(data, "ranking", gosterge=indicator, grup="provinces", kent="adana")
    assert made.frame
    assert {row["city_id"]: row["value"] for row in made.frame} == own
    values = made.frame.values("value")
    assert values == sorted(values, reverse=not low_is_good)
    for row in made.frame:
        better = sum(v < row["value"] if low_is_good else v > row["value"] for v in own.values())
        assert row["rank_shown"] == better + 1
    mean = numbers.with_unit(
        fmean(own.values()),
        data.catalog.indicators[indicator].decimals,
        data.catalog.indicators[indicator].unit_symbol,
        "tr",
    )
    assert f"81 il ortalaması {mean}" in made.headline


def test_lead_among_provinces_is_its_own_province(data: Data) -> None:
    made = block(data, "ranking", kent="izmir-bornova", grup="provinces")
    assert made.frame
    assert made.frame.lead == "tr-35"
    assert made.headline.startswith("İzmir’de ")


def test_a_lower_is_better_ranking_says_so(data: Data) -> None:
    words = Words("tr")
    assert words("compare.order_note_lower") in block(data, "ranking", gosterge="unemployment_rate").notes
    assert words("compare.order_note_lower") not in block(data, "ranking", gosterge="happiness").notes


def test_a_contextual_indicator_is_not_ranked_in_words(data: Data) -> None:
    headline = block(data, "ranking", gosterge="population", kent="bartin").headline
    assert "bağlamsaldır" in headline
    assert "sırada" not in headline


def test_values_of_places_without_own_figures_are_marked(data: Data) -> None:
    made = block(data, "ranking", gosterge="satisfaction_cleaning", kent="istanbul-kartal", grup="type")
    assert made.frame
    assert [row["badges"] for row in made.frame] == [(f"il değeri: {row['measured']}",) for row in made.frame]
    assert Words("tr")("compare.province_note") in made.notes


# ----------------------------------------------------------------------------------- like with like


def test_the_same_type_is_the_default_and_warns_of_nothing(data: Data) -> None:
    for lead in data.catalog.pilots:
        state = CompareState.parse({"kent": lead.city_id}, data.catalog)
        assert {city.legal_type for city in members(data, state)} == {lead.legal_type}
        made = view(data, kent=lead.city_id)
        assert made.notices == ()
        assert [chip.action for chip in made.chips] == []


def test_another_legal_type_warns_with_the_reason_and_a_way_out(data: Data) -> None:
    """Adana is a metropolitan municipality, Bartın a provincial one: unlike duties, borders and money."""
    made = view(data, kent="adana", ile="bartin,ankara")
    assert len(made.notices) == 1
    assert made.notices[0].startswith("Bartın il belediyesi, Adana ise büyükşehir belediyesi:")
    removable, offer = (
        [chip for chip in made.chips if chip.action == action] for action in ("remove", "offer")
    )
    assert [chip.label for chip in removable] == ["Bartın", "Ankara"]
    assert len(offer) == 1
    state = CompareState.parse(offer[0].query, data.catalog)
    assert (state.group, state.lead) == ("type", "adana")
    without = CompareState.parse(removable[0].query, data.catalog)
    assert without.chosen == ("ankara",)
    assert view(data, **without.query()).notices == ()


def test_all_pilots_warn_once(data: Data) -> None:
    made = view(data, grup="pilots")
    assert made.notices == (Words("tr")("compare.guard_all"),)
    assert len([chip for chip in made.chips if chip.action == "offer"]) == 1


def test_the_model_municipality_is_compared_but_is_no_pilot(data: Data) -> None:
    state = CompareState.parse({"kent": "adana", "grup": "pilots"}, data.catalog)
    assert "istanbul-atasehir" not in {city.city_id for city in members(data, state)}
    lead = CompareState.parse({"kent": "istanbul-atasehir"}, data.catalog)
    found = [city.city_id for city in members(data, lead)]
    assert found[0] == "istanbul-atasehir"
    assert set(found[1:]) == {"istanbul-kartal", "izmir-bornova"}


def test_removing_the_last_comparator_gives_the_default_group(data: Data) -> None:
    chip = view(data, kent="adana", ile="bartin").chips[0]
    assert CompareState.parse(chip.query, data.catalog).group == "type"


# --------------------------------------------------------------------------------------- series


def test_no_sentence_compares_across_the_border_break(data: Data) -> None:
    """Law 6360 made the metropolitan municipalities as large as their provinces in 2014."""
    made = block(data, "series", gosterge="population", kent="antalya")
    breaks = data.catalog.indicators["population"].breaks
    assert [one.year for one in breaks] == [2014]
    years = [int(year) for year in re.findall(r"\b(20\d\d)\b", made.headline)]
    assert years
    assert min(years) >= 2014
    assert any("2014" in note for note in made.notes)
    assert made.chart
    assert any(shape["x0"] == 2013.5 for shape in made.chart.figure["layout"]["shapes"])


def test_series_twin_holds_every_point_drawn(data: Data) -> None:
    made = block(data, "series", gosterge="population", kent="bartin", grup="pilots")
    assert made.chart
    assert made.frame
    rows = {(row["name"], row["year"]): row["value"] for row in made.frame}
    drawn = 0
    for trace in made.chart.figure["data"]:
        name = re.sub(r"<[^>]+>", "", trace["name"])
        for year, value in zip(trace["x"], trace["y"], strict=True):
            if value is not None:
                assert rows[name, year] == value
                drawn += 1
    assert drawn > 50
    assert len(made.chart.figure["data"]) == 7


def test_one_period_is_said_not_drawn(data: Data) -> None:
    made = block(data, "series", gosterge="happiness")
    assert made.chart is None
    assert any("tek dönemi" in note for note in made.notes)


# --------------------------------------------------------------------------------- distribution


@pytest.mark.parametrize("lead", ["adana", "mus", "izmir-bornova"])
def test_distribution_counts_who_is_above_and_below(
    data: Data, published: dict[tuple[str, str], dict[str, float]], lead: str
) -> None:
    made = block(data, "distribution", gosterge="satisfaction_cleaning", kent=lead)
    own = published["satisfaction_cleaning", "2013"]
    me = own[data.catalog.cities[lead].province_id or ""]
    above, below = (
        sum(value > me for value in own.values()),
        sum(value < me for value in own.values()),
    )
    assert [int(number) for number in re.findall(r"\d+", made.headline)] == [above, below]
    assert made.chart
    assert sorted(made.chart.figure["data"][0]["x"]) == sorted(own.values())


def test_every_indicator_and_city_makes_a_page(data: Data) -> None:
    """No combination of the catalogue breaks the view."""
    for indicator in data.catalog.comparable:
        for city in data.catalog.municipalities[::5]:
            made = view(data, gosterge=indicator.indicator_id, kent=city.city_id)
            assert made.blocks[0].headline
            assert made.blocks[0].frame
