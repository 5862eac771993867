"""Genel bakış: the pilots on the map and in the scorecard, against roster and files."""

from pathlib import Path

import pytest
import yaml

from dashboard.data import Data
from dashboard.page import View
from dashboard.pages.overview import PAGE
from dashboard.text import Words

REGISTRY = Path(__file__).resolve().parents[2] / "etl" / "registry"


@pytest.fixture(scope="module")
def seen(data: Data) -> View:
    return PAGE.view(data, PAGE.parse({}, data.catalog))


def roster() -> list[dict[str, object]]:
    pilots: list[dict[str, object]] = yaml.safe_load((REGISTRY / "cities.yml").read_text("utf-8"))["pilots"]
    return pilots


def test_every_named_pilot_is_on_the_map_and_no_other(data: Data, seen: View) -> None:
    named = {entry["city"]["id"] for entry in roster() if entry["state"] == "named"}  # type: ignore[index]
    assert len(named) == 20
    block = seen.blocks[0]
    assert block.frame
    assert block.chart
    assert set(block.frame.values("city_id")) == named
    points = next(trace for trace in block.chart.figure["data"] if trace["type"] == "scattergeo")
    assert set(points["meta"]["ids"]) == named
    assert all(35 < latitude < 43 for latitude in points["lat"])
    assert all(25 < longitude < 46 for longitude in points["lon"])


def test_points_lead_to_the_comparison_of_their_city(seen: View) -> None:
    assert seen.blocks[0].chart
    points = next(trace for trace in seen.blocks[0].chart.figure["data"] if trace["type"] == "scattergeo")
    for city_id, link in zip(points["meta"]["ids"], points["meta"]["links"], strict=True):
        assert link == f"/karsilastir?kent={city_id}"


def test_positions_without_a_name_are_told_and_not_shown(seen: View) -> None:
    unnamed = sum(entry["state"] == "unnamed" for entry in roster())
    assert f"{len(roster())} pilotun {unnamed} tanesinin adı" in seen.lead
    for block in seen.blocks:
        assert block.frame
        assert all(row["name"] for row in block.frame)


def test_scorecard_holds_the_warehouses_values(data: Data, seen: View) -> None:
    frame = seen.blocks[1].frame
    assert frame
    columns = [column.key for column in frame.columns if column.kind == "heat"]
    leads = [t.lead_indicator_id for t in data.catalog.themes.values() if t.lead_indicator_id in columns]
    assert columns == leads
    assert len(columns) >= 11
    for key in columns:
        latest = data.catalog.indicators[key].latest
        rows = data.rows("city_values", indicator_id=key, period=latest, kinds=["municipality"])
        known = {row["city_id"]: row["value"] for row in rows}
        assert {row["city_id"]: row[key] for row in frame}.items() <= known.items()


def test_colours_are_fifths_of_all_provinces(data: Data, seen: View) -> None:
    """4 is best: a value better than four fifths of the 81, counted here one by one."""
    frame = seen.blocks[1].frame
    assert frame
    checked = 0
    for key in (column.key for column in frame.columns if column.kind == "heat"):
        indicator = data.catalog.indicators[key]
        classes = [row.get(f"{key}_class") for row in frame]
        if indicator.direction == "contextual":
            assert set(classes) == {None}
            continue
        rows = data.rows("city_values", indicator_id=key, period=indicator.latest, kinds=["province"])
        values = [row["value"] for row in rows]
        if len(values) != 81:
            continue
        for row in frame:
            below = sum(value <= row[key] for value in values)
            worse = below / 81 if indicator.direction == "higher" else 1 - below / 81
            assert abs(row[f"{key}_class"] - min(4, int(worse * 5))) <= (
                0 if 0.02 < (worse * 5) % 1 < 0.98 else 1
            )
            checked += 1
    assert checked > 150


def test_cells_lead_to_their_city_and_indicator(seen: View) -> None:
    frame = seen.blocks[1].frame
    assert frame
    row = next(row for row in frame if row["city_id"] == "mus")
    assert row["life_index_href"] == "/karsilastir?gosterge=life_index&kent=mus"


def test_the_scorecards_sentence_names_the_widest_gap(data: Data, seen: View) -> None:
    block = seen.blocks[1]
    assert block.frame
    gaps = {}
    for column in block.frame.columns:
        if column.kind == "heat" and data.catalog.indicators[column.key].kind == "index":
            values = [value for value in block.frame.values(column.key) if value is not None]
            gaps[column.label] = max(values) - min(values)
    widest = max(gaps, key=lambda label: gaps[label])
    assert f"“{widest}”" in block.headline


def test_the_model_municipality_is_marked(data: Data, seen: View) -> None:
    frame = seen.blocks[1].frame
    assert frame
    models = [row for row in frame if data.catalog.cities[row["city_id"]].role == "model"]
    assert all(Words("tr")("overview.model") in row["badges"] for row in models)
    assert not any(Words("tr")("overview.model") in row["badges"] for row in frame if row not in models)
