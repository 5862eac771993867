"""Türkiye as provinces and points; outlines come from our own file, and no base map is ever asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout

# The page resolves this token to the hashed address of assets/geo/tr-provinces.geojson.
OUTLINES = "@url-provinces"
CLASSES = 5
LARGEST = 56  # diameter of the largest circle, in pixels


@dataclass(frozen=True)
class Place:
    """One province or municipality on the map; `step` is its class (0 lowest), None where missing."""

    city_id: str
    name: str
    hover: str
    latitude: float | None = None
    longitude: float | None = None
    step: int | None = None
    value: float | None = None
    href: str = ""
    is_lead: bool = False


def frame_geo(height: int | None) -> Figure:
    """The one projection and extent of all our maps; without a height the map fills its box on the page."""
    sized = {"height": height} if height else {}
    return layout(
        "tr",
        **sized,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        geo={
            "visible": False,
            "fitbounds": False,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": [25.4, 45.1]},
            "lataxis": {"range": [35.6, 42.3]},
            "bgcolor": "rgba(0,0,0,0)",
            "domain": {"x": [0, 1], "y": [0, 1]},
        },
    )


def _outline(
    places: Sequence[Place], scale: list[list[object]], steps: Sequence[int | float], width: float
) -> Figure:
    return {
        "type": "choropleth",
        "geojson": OUTLINES,
        "featureidkey": "id",
        "locationmode": "geojson-id",
        "locations": [place.city_id for place in places],
        "z": list(steps),
        "zmin": -0.5,
        "zmax": CLASSES - 0.5,
        "colorscale": scale,
        "showscale": False,
        "marker": {"line": {"color": "@surface", "width": width}},
        "customdata": [place.hover for place in places],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": {"links": [place.href for place in places], "ids": [place.city_id for place in places]},
    }


def _steps_scale() -> list[list[object]]:
    scale: list[list[object]] = []
    for step in range(CLASSES):
        scale += [[step / CLASSES, f"@seq-{step + 1}"], [(step + 1) / CLASSES, f"@seq-{step + 1}"]]
    return scale


def _one_tone(places: Sequence[Place], fill: str, line: str) -> Figure:
    outline = _outline(places, [[0, fill], [1, fill]], [0] * len(places), 0.8)
    outline["marker"]["line"]["color"] = line
    return outline


def choropleth(provinces: Sequence[Place], points: Sequence[Place]) -> Figure:
    """Provinces in five classes, missing ones empty with a dash, the lead's ringed; points above."""
    known = [place for place in provinces if place.step is not None]
    missing = [place for place in provinces if place.step is None]
    traces = []
    if known:
        traces.append(_outline(known, _steps_scale(), [place.step or 0 for place in known], 0.8))
    if missing:
        traces += [_one_tone(missing, "@paper", "@ink-3"), _dashes(missing)]
    traces += _ring([place for place in provinces if place.is_lead])
    return {"data": [*traces, *_on_top(points)], "layout": frame_geo(None)}


def bubbles(provinces: Sequence[Place], points: Sequence[Place]) -> Figure:
    """Counts as circles of proportional area: coloured outlines would show the size of the land instead."""
    known = [place for place in provinces if place.value is not None]
    largest = max((abs(place.value or 0.0) for place in known), default=0.0) or 1.0
    known.sort(key=lambda place: -abs(place.value or 0.0))
    circles = _points(known, labels=False)
    circles["marker"] = {
        "size": [max(abs(place.value or 0.0) / largest, 0.004) for place in known],
        "sizemode": "area",
        "sizeref": 2 / LARGEST**2,
        "color": [f"@seq-{(place.step or 0) + 1}" for place in known],
        "opacity": 0.9,
        "line": {"color": ["@accent" if p.is_lead else "@ink-3" for p in known], "width": 1},
    }
    ring = _ring([place for place in provinces if place.is_lead])
    land = _one_tone(provinces, "@line", "@surface")
    return {"data": [land, *ring, circles, *_on_top(points)], "layout": frame_geo(None)}


def _ring(places: Sequence[Place]) -> list[Figure]:
    """Outlines without a fill, so that the class below stays visible."""
    if not places:
        return []
    ring = _one_tone(places, "rgba(0,0,0,0)", "@accent")
    ring["marker"]["line"]["width"] = 3
    return [ring]


def _dashes(places: Sequence[Place]) -> Figure:
    return {
        "type": "scattergeo",
        "mode": "text",
        "lat": [place.latitude for place in places],
        "lon": [place.longitude for place in places],
        "text": ["–"] * len(places),
        "textfont": {"size": 16, "color": "@ink-2"},
        "hoverinfo": "skip",
    }


def _on_top(points: Sequence[Place]) -> list[Figure]:
    """Pilot points; the lead alone carries its name, which would bury the map if all did."""
    if not points:
        return []
    marked = _points(points, labels=False)
    marked["mode"] = "markers+text"
    marked["text"] = [f"<b>{label(point.name)}</b>" if point.is_lead else "" for point in points]
    marked["textposition"] = _text_positions(points)
    marked["textfont"] = {"size": 15, "color": "@ink", "shadow": "auto"}
    # Paper inside, ink around: seen on the palest class and on the darkest, in both themes.
    marked["marker"] = {
        "size": [13 if point.is_lead else 8 for point in points],
        "color": ["@accent" if point.is_lead else "@surface" for point in points],
        "opacity": 1,
        "line": {"color": ["@surface" if point.is_lead else "@ink" for point in points], "width": 1.5},
    }
    return [marked]


def pilot_map(provinces: Sequence[Place], points: Sequence[Place]) -> Figure:
    """Plain provinces, those with a point tinted (step 1), and named points."""
    scale: list[list[object]] = [[0, "@line"], [0.5, "@line"], [0.5, "@seq-2"], [1, "@seq-2"]]
    outline = _outline(provinces, scale, [place.step or 0 for place in provinces], 1)
    outline |= {"zmin": 0, "zmax": 1}
    return {"data": [outline, _points(points, labels=True)], "layout": frame_geo(None)}


def _points(points: Sequence[Place], *, labels: bool) -> Figure:
    return {
        "type": "scattergeo",
        "mode": "markers+text" if labels else "markers",
        "lat": [point.latitude for point in points],
        "lon": [point.longitude for point in points],
        "text": [label(point.name) for point in points] if labels else None,
        "textposition": _text_positions(points) if labels else None,
        "textfont": {"size": 13, "color": "@ink"},
        "customdata": [point.hover for point in points],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": {"links": [point.href for point in points], "ids": [point.city_id for point in points]},
        "marker": {
            "size": [13 if point.is_lead else 10 for point in points] if labels else 7,
            "color": ["@accent" if point.is_lead else "@lead" for point in points],
            "opacity": 1,
            "line": {"color": "@surface", "width": 1.5},
        },
    }


def _text_positions(points: Sequence[Place]) -> list[str]:
    """Labels to the right; to the left, or above, where a neighbour stands close on that side."""
    return [_side(point, points) for point in points]


def _side(point: Place, points: Sequence[Place]) -> str:
    near = [
        (other.longitude or 0) - (point.longitude or 0)
        for other in points
        if other is not point and abs((other.latitude or 0) - (point.latitude or 0)) < 0.45
    ]
    at_edge = (point.longitude or 0) > 43
    if not at_edge and not any(0 <= gap < 2.2 for gap in near):
        return "middle right"
    if any(-2.2 < gap <= 0 for gap in near):
        return "top center"
    # A name to the left of the westernmost places would run out of the picture.
    return "bottom center" if (point.longitude or 0) < 27.3 else "middle left"
