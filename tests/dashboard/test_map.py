"""The map page against published ranks, the warehouse and counting by hand; its figures by their data."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.charts.map import Place, bubbles, choropleth
from dashboard.data import Data
from dashboard.page import Block, View
from dashboard.pages.map import PAGE
from dashboard.state_map import METHODS, PUBLISHED, MapState, mapped, province_of
from dashboard.views.map_values import cuts
from tests import asking

# TÜİK, İllerde Yaşam Endeksi 2015, overall index: rank of the province among 81 and value to four places.
PUBLISHED_RANKS = {
    "istanbul-kartal": (5, 0.6494),
    "eskisehir": (15, 0.6218),
    "ankara": (17, 0.6190),
    "trabzon": (20, 0.6007),
    "izmir-bornova": (21, 0.5996),
    "adana": (61, 0.4678),
    "bingol": (63, 0.4416),
    "siirt": (65, 0.4240),
    "mus": (81, 0.2765),
}
INDEX = "life_index"


def shown(data: Data, **query: str) -> View:
    view: View = PAGE.view(data, PAGE.parse(query, data.catalog))
    return view


def block(view: View, name: str) -> Block:
    return next(one for one in view.blocks if one.id == name)


def frame_rows(view: View, name: str) -> dict[str, dict[str, Any]]:
    frame = block(view, name).frame
    assert frame is not None
    return {row["city_id"]: row for row in frame}


def figure(view: View, name: str) -> dict[str, Any]:
    chart = block(view, name).chart
    assert chart is not None
    return chart.figure


# ---------------------------------------------------------------------------------------- state


def test_defaults_are_the_overall_index_as_published(data: Data) -> None:
    state = MapState.parse({}, data.catalog)
    assert (state.indicator, state.method, state.query(), state.notices) == (INDEX, PUBLISHED, {}, ())


@pytest.mark.parametrize("name", ["boyut", "kent", "yontem", "lang"])
def test_an_unknown_value_gives_the_default_and_a_notice(data: Data, name: str) -> None:
    state = MapState.parse({name: "<yok>"}, data.catalog)
    assert state.query() == {}
    assert state.notices == (f"notice.unknown_{name}",)


def test_a_method_left_over_from_an_index_is_dropped_in_silence(data: Data) -> None:
    state = MapState.parse({"boyut": "unemployment_rate", "yontem": "pca"}, data.catalog)
    assert (state.method, state.notices) == (PUBLISHED, ())
    assert "yontem" not in state.query()


def test_state_survives_the_address(data: Data) -> None:
    query = {"boyut": "life_index_health", "kent": "tr-53", "yontem": "pca", "lang": "en"}
    state = MapState.parse(query, data.catalog)
    assert state.query() == query
    assert MapState.parse(state.query(), data.catalog) == state


# ---------------------------------------------------------------------------------------- values


def test_list_holds_every_province_once_with_the_published_index(data: Data) -> None:
    rows = frame_rows(shown(data), "map")
    assert sorted(rows) == [f"tr-{plate:02d}" for plate in range(1, 82)]
    for city, (rank, value) in PUBLISHED_RANKS.items():
        row = rows[province_of(data.catalog.city(city))]
        assert (row["rank_shown"], round(row["value"], 4)) == (rank, value)


def test_a_class_is_a_fifth_of_the_values(data: Data) -> None:
    rows = list(frame_rows(shown(data), "map").values())
    classes = [sorted(row["value"] for row in rows if row["value_class"] == step) for step in range(5)]
    assert [len(one) for one in classes] == [16, 16, 16, 16, 17]
    for lower, upper in pairwise(classes):
        assert lower[-1] < upper[0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1.0, 2.0, 3.0, 4.0], []),
        ([5.0, 1.0, 4.0, 2.0, 3.0], [2.0, 3.0, 4.0, 5.0]),
        ([1.0] * 5, [1.0] * 4),
    ],
)
def test_cuts(values: list[float], expected: list[float]) -> None:
    assert cuts(values) == expected


def test_equal_values_never_fall_into_two_classes(data: Data) -> None:
    for indicator in mapped(data.catalog):
        seen: dict[float, int] = {}
        for row in frame_rows(shown(data, boyut=indicator.indicator_id), "map").values():
            if row["value"] is not None:
                assert seen.setdefault(row["value"], row["value_class"]) == row["value_class"]


@pytest.mark.parametrize("method", [method for method in METHODS if method != PUBLISHED])
def test_another_method_shows_its_own_scores_and_ranks(data: Data, method: str) -> None:
    expected = {
        row["city_id"]: row for row in data.rows("index_variants", index_id=INDEX) if row["variant"] == method
    }
    rows = frame_rows(shown(data, yontem=method), "map")
    moved = 0
    for city_id, row in rows.items():
        assert (row["value"], row["rank"]) == (expected[city_id]["score"], expected[city_id]["rank"])
        moved += row["rank"] != row["rank_published"]
        assert bool(row["change"]) == (row["rank"] != row["rank_published"])
    assert f" {moved} " in block(shown(data, yontem=method), "map").headline


def test_lower_is_better_ranks_the_lowest_first_and_stays_dark_for_high(data: Data) -> None:
    rows = frame_rows(shown(data, boyut="unemployment_rate"), "map")
    best = next(row for row in rows.values() if row["rank_shown"] == 1)
    assert best["value"] == min(row["value"] for row in rows.values())
    assert best["value_class"] == 0


# ---------------------------------------------------------------------------------------- ranges


def test_ranges_show_every_pilot_with_its_published_rank(data: Data) -> None:
    rows = frame_rows(shown(data), "ranges")
    assert set(rows) == {city.city_id for city in data.catalog.pilots}
    assert {city: rows[city]["rank"] for city in PUBLISHED_RANKS} == {
        city: rank for city, (rank, _) in PUBLISHED_RANKS.items()
    }
    for row in rows.values():
        assert 1 <= row["rank_low"] <= row["median"] <= row["rank_high"] <= 81
        assert row["rank"] == row[PUBLISHED]
    assert [row["rank"] for row in rows.values()] == sorted(row["rank"] for row in rows.values())


def test_ranges_name_the_draws_and_every_pilot_on_the_axis(data: Data) -> None:
    view = shown(data)
    drawn = figure(view, "ranges")
    assert "1.000 rastgele ağırlık" in " ".join(block(view, "ranges").notes)
    names = [name.replace("<b>", "").replace("</b>", "") for name in drawn["layout"]["yaxis"]["ticktext"]]
    assert names == [row["name"] for row in frame_rows(view, "ranges").values()]
    assert drawn["layout"]["yaxis2"]["ticktext"][0].startswith("5 (")


def test_a_plain_indicator_shows_the_overall_index_and_says_so(data: Data) -> None:
    view = shown(data, boyut="unemployment_rate")
    assert frame_rows(view, "ranges")["mus"]["rank"] == 81
    assert "seçilen gösterge öyle değil" in block(view, "ranges").notes[0]


def test_a_place_that_is_no_pilot_joins_the_pilots(data: Data) -> None:
    view = shown(data, kent="tr-53")
    assert set(frame_rows(view, "ranges")) == {*(c.city_id for c in data.catalog.pilots), "tr-53"}
    # A pilot's own province is that pilot, not a second row.
    assert len(frame_rows(shown(data, kent="tr-01"), "ranges")) == len(data.catalog.pilots)


# --------------------------------------------------------------------------------------- profile


def test_profile_has_the_published_dimensions_of_the_place(data: Data) -> None:
    rows = frame_rows(shown(data, kent="mus"), "profile")
    published = {"housing": 0.258, "income": 0.097, "participation": 0.177, "wellbeing": 0.356}
    assert len(rows) == 11
    for theme, value in published.items():
        assert round(rows[f"life_index_{theme}"]["value"], 3) == value
    ranks = [row["rank"] for row in rows.values()]
    assert ranks == sorted(ranks)
    assert all(row["href"] == f"/gosterge/{name}" for name, row in rows.items())


def test_profile_draws_all_provinces_on_each_row(data: Data) -> None:
    others, medians, lead = figure(shown(data, kent="mus"), "profile")["data"]
    assert (len(others["x"]), len(medians["x"]), len(lead["x"])) == (11 * 81, 11, 11)
    assert lead["meta"]["links"][0].startswith("/gosterge/life_index_")


# ---------------------------------------------------------------------------------------- figures


def test_map_takes_outlines_from_our_own_file_and_rings_the_lead(data: Data) -> None:
    view = shown(data, kent="istanbul-kartal")
    provinces, ring, points = figure(view, "map")["data"]
    assert provinces["geojson"] == ring["geojson"] == "@url-provinces"
    rows = frame_rows(view, "map")
    steps = dict(zip(provinces["locations"], provinces["z"], strict=True))
    assert steps == {city_id: row["value_class"] for city_id, row in rows.items()}
    assert ring["locations"] == ["tr-34"]
    assert len(points["lat"]) == len(data.catalog.pilots)
    assert points["text"].count("<b>İstanbul/Kartal</b>") == 1
    assert "il değeri: İstanbul" in points["customdata"][points["text"].index("<b>İstanbul/Kartal</b>")]


def test_a_missing_value_is_an_empty_outline_with_a_dash_never_the_lowest_class() -> None:
    places = [
        Place("tr-01", "Adana", "Adana 1", 37.0, 35.3, step=0, value=1.0),
        Place("tr-02", "Adıyaman", "Adıyaman<br>veri yok", 37.8, 38.3),
    ]
    classed, empty, dashes = choropleth(places, [])["data"]
    assert classed["locations"] == ["tr-01"]
    assert empty["locations"] == ["tr-02"]
    assert {tone for _, tone in empty["colorscale"]} == {"@paper"}
    assert dashes["text"] == ["–"]


def test_counts_are_circles_whose_area_is_the_value() -> None:
    places = [Place(f"tr-0{n}", str(n), str(n), 38.0, 35.0 + n, step=n, value=100.0 * n) for n in (1, 2, 4)]
    land, circles = bubbles(places, [])["data"]
    assert land["type"] == "choropleth"
    assert circles["marker"]["sizemode"] == "area"
    assert circles["marker"]["size"] == [1.0, 0.5, 0.25]


def test_legend_gives_bounds_and_counts_in_words(data: Data) -> None:
    legend = block(shown(data), "map").legend
    assert legend[0] == ("h0", "en düşük: 0,277 ile 0,413 arası (16 il)")
    assert [tone for tone, _ in legend] == ["h0", "h1", "h2", "h3", "h4", "pilot", "ring"]


# ------------------------------------------------------------------------------------------ words


@pytest.mark.parametrize(
    ("lang", "denial"), [("tr", "oksulluk oranı değildir"), ("en", "not a poverty rate")]
)
def test_no_index_passes_for_a_poverty_rate(data: Data, lang: str, denial: str) -> None:
    for indicator in mapped(data.catalog):
        if indicator.kind != "index":
            continue
        methods = METHODS if indicator.indicator_id in data.catalog.components else (PUBLISHED,)
        for method in methods:
            view = shown(data, boyut=indicator.indicator_id, yontem=method, lang=lang)
            assert denial in " ".join(block(view, "map").notes)


def test_headline_is_the_finding(data: Data) -> None:
    assert block(shown(data), "map").headline == (
        "Adana’da 0,468: 81 il içinde 61. sıra, “düşük” beşte birlik dilim. "
        "En yüksek Isparta (0,674), en düşük Muş (0,277)."
    )
    own_end = block(shown(data, kent="mus", lang="en"), "map").headline
    assert own_end.count("Muş") == 1
    assert "province value" in own_end


def test_first_html_lists_every_province_with_a_link_to_it(client: FlaskClient, data: Data) -> None:
    text = client.get("/harita").get_data(as_text=True)
    assert text.count("data-place=") == 81
    for row in frame_rows(shown(data), "map").values():
        assert f'href="{row["href"]}" data-soft' in text.replace("&amp;", "&")
    target = MapState.parse({"kent": "tr-53"}, data.catalog)
    assert frame_rows(shown(data), "map")["tr-53"]["href"] == f"/harita?kent={target.lead}"


def test_a_release_without_province_values_says_so(data: Data) -> None:
    bare = Data(data.warehouse, replace(data.catalog, indicators={}))
    state = PAGE.parse({}, bare.catalog)
    assert [one.id for one in PAGE.view(bare, state).blocks] == ["map"]
    assert PAGE.controls(bare.catalog, state)[0].options == ()


def test_changing_the_indicator_transfers_little(client: FlaskClient) -> None:
    chosen = {"boyut": "sege_score", "kent": "adana", "yontem": PUBLISHED}
    answer = asking.changed(client, "map", chosen, {}, **{"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert 5_000 < len(answer.get_data()) < 60_000
    assert b"MultiPolygon" not in answer.get_data()
