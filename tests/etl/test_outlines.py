"""The outlines are one per province, light, wound for d3, and neighbours share their borders."""

import importlib.util
import itertools
import json
from collections import Counter
from math import dist
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from etl import registry

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "assets" / "geo" / "tr-provinces.geojson"
COLLECTION = json.loads(FILE.read_text(encoding="utf-8"))


def polygons(feature: dict[str, Any]) -> list[list[list[list[float]]]]:
    geometry = feature["geometry"]
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring)) / 2


def is_inside(x: float, y: float, feature: dict[str, Any]) -> bool:
    inside = False
    for polygon in polygons(feature):
        for ring in polygon:
            for (x1, y1), (x2, y2) in itertools.pairwise(ring):
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                    inside = not inside
    return inside


@pytest.fixture(scope="module")
def provinces() -> dict[str, registry.City]:
    return {city.city_id: city for city in registry.load().cities.values() if city.kind == "province"}


@pytest.fixture(scope="module")
def outlines() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outlines", ROOT / "tools" / "outlines.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_is_one_outline_a_province(provinces: dict[str, registry.City]) -> None:
    ids = [feature["id"] for feature in COLLECTION["features"]]
    assert len(ids) == 81
    assert set(ids) == set(provinces)


def test_the_file_is_light() -> None:
    assert FILE.stat().st_size <= 100_000


def test_outer_rings_run_clockwise_and_holes_the_other_way() -> None:
    for feature in COLLECTION["features"]:
        for outer, *holes in polygons(feature):
            assert signed_area(outer) < 0, feature["id"]
            assert all(signed_area(hole) > 0 for hole in holes), feature["id"]


def test_rings_are_closed_and_rounded_within_the_country() -> None:
    for feature in COLLECTION["features"]:
        for polygon in polygons(feature):
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                for x, y in ring:
                    assert 25.5 < x < 45.2
                    assert 35.6 < y < 42.4
                    assert (round(x, 3), round(y, 3)) == (x, y)


def test_the_seat_of_every_province_lies_in_its_outline(provinces: dict[str, registry.City]) -> None:
    on_the_shore = set()
    for feature in COLLECTION["features"]:
        city = provinces[feature["id"]]
        place = (city.longitude, city.latitude)
        inside = [other["id"] for other in COLLECTION["features"] if is_inside(*place, other)]
        if not inside:
            on_the_shore.add(city.name_tr)
            corners = [point for polygon in polygons(feature) for ring in polygon for point in ring]
            assert min(dist(place, point) for point in corners) < 0.05
        else:
            assert inside == [city.city_id]
    assert on_the_shore <= {
        "Tekirdağ"
    }  # a harbour town: its centre lies a few hundred metres off the thinned coast


def test_neighbours_share_their_border_edge_by_edge() -> None:
    """An edge belongs to two provinces, or to one on a coast or frontier; so would both sides of a gap."""
    edges = Counter(
        frozenset((tuple(a), tuple(b)))
        for feature in COLLECTION["features"]
        for polygon in polygons(feature)
        for ring in polygon
        for a, b in itertools.pairwise(ring)
    )
    assert set(edges.values()) == {1, 2}
    outer_ends = Counter(point for edge, times in edges.items() if times == 1 for point in edge)
    assert all(times % 2 == 0 for times in outer_ends.values())
    ankara = next(feature for feature in COLLECTION["features"] if feature["id"] == "tr-06")
    ring = polygons(ankara)[0][0]
    assert all(edges[frozenset((tuple(a), tuple(b)))] == 2 for a, b in itertools.pairwise(ring))


def test_thinning_keeps_shared_borders_shared_and_turns_rings_round(outlines: ModuleType) -> None:
    wiggle = [(1, 0), (1.001, 0.2), (0.999, 0.5), (1.2, 0.6), (1.0005, 0.8), (1, 1)]
    west = [(0, 0), *wiggle, (0, 1), (0, 0)]
    east = [(2, 0), (2, 1), *reversed(wiggle), (2, 0)]
    assert signed_area(west) > 0
    divisions = {
        "features": [
            {"properties": {"iso_3166_2": f"TR-0{n}"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for n, ring in enumerate((west, east), start=1)
        ]
        + [{"properties": {"iso_3166_2": "BG-01"}, "geometry": {"type": "Polygon", "coordinates": [west]}}]
    }
    drawn = outlines.outlines(divisions, tolerance=0.05)["features"]
    assert [feature["id"] for feature in drawn] == ["tr-01", "tr-02"]
    rings = [polygons(feature)[0][0] for feature in drawn]
    assert all(signed_area(ring) < 0 for ring in rings)
    shared = set(rings[0]) & set(rings[1])
    assert shared == {(1, 0), (0.999, 0.5), (1.2, 0.6), (1.0, 0.8), (1, 1)}
    assert set(rings[0]) - shared == {(0, 0), (0, 1)}
