"""Türkiye as provinces and points; outlines come from our own file, and no base map is ever asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout

# The page resolves this token to the hashed address of assets/geo/tr-provinces.geojson.
OUTLINES = "@url-provinces"
CLASSES = 5


@dataclass(frozen=True)
class Place:
    """One province or municipality on the map; `step` is its class (0 lowest), None where missing."""

    city_id: str
    name: str
    hover: str
    latitude: float | None = None
    longitude: float | None = None
    step: int | None = None
    href: str = ""
    is_lead: bool = False


def frame_geo(height: int) -> Figure:
    """The one projection and extent of all our maps."""
    return layout(
        "tr",
        height=height,
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


def choropleth(provinces: Sequence[Place], points: Sequence[Place], height: int) -> Figure:
    """Provinces in five classes that read in grey, missing ones plain; points above them."""
    known = [place for place in provinces if place.step is not None]
    missing = [place for place in provinces if place.step is None]
    traces = []
    if missing:
        traces.append(_outline(missing, [[0, "@line"], [1, "@line"]], [0] * len(missing), 1))
    if known:
        traces.append(_outline(known, _steps_scale(), [place.step or 0 for place in known], 0.8))
    leads = [place for place in known if place.is_lead]
    if leads:
        ring = _outline(leads, _steps_scale(), [place.step or 0 for place in leads], 3)
        ring["marker"]["line"]["color"] = "@accent"
        traces.append(ring)
    if points:
        traces.append(_points(points, labels=False))
    return {"data": traces, "layout": frame_geo(height)}


def pilot_map(provinces: Sequence[Place], points: Sequence[Place], height: int) -> Figure:
    """Plain provinces, those with a point tinted (step 1), and named points."""
    scale: list[list[object]] = [[0, "@line"], [0.5, "@line"], [0.5, "@seq-2"], [1, "@seq-2"]]
    outline = _outline(provinces, scale, [place.step or 0 for place in provinces], 1)
    outline |= {"zmin": 0, "zmax": 1}
    return {"data": [outline, _points(points, labels=True)], "layout": frame_geo(height)}


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
            "line": {"color": "@surface", "width": 1.5},
        },
    }


def _text_positions(points: Sequence[Place]) -> list[str]:
    """Labels to the right, or above where a neighbour stands close to the right."""
    made = []
    for point in points:
        crowded = any(
            other is not point
            and point.longitude is not None
            and other.longitude is not None
            and 0 <= other.longitude - point.longitude < 2.2
            and abs((other.latitude or 0) - (point.latitude or 0)) < 0.45
            for other in points
        )
        edge = (point.longitude or 0) > 43
        made.append("top center" if crowded else "middle left" if edge else "middle right")
    return made
