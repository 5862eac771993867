"""Two measures of places against each other: a dot and its upright interval each, the kind of place as the dot's shape.

No line is drawn through the dots: nothing here says that one measure makes the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.base import Figure, label, layout, narrow, value_axis

HEIGHT = 480
WIDTH = 1_100
"""What a page has for the plot on a desk, in pixels; names are placed for it."""
MOST_NAMED = 60
"""Dots up to which others than the lead are named."""
MOST_TOLD = 200
"""Dots up to which each carries its words; of more, the sentence of a hover is made in the browser."""
LETTER, LINE = 6.8, 17
"""About how wide a letter and how high a line of a name are, in pixels."""
AWAY = 9
"""Pixels between the middle of a dot and its name."""
SYMBOLS = ("circle", "square", "diamond", "cross")
SIGNS = ("●", "■", "◆", "✚")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """One place; `group` is the number of its kind, `hover` the whole of it in words, `href` where a click leads."""

    name: str
    x: float
    y: float
    low: float | None
    high: float | None
    group: int
    hover: str
    href: str = ""
    is_lead: bool = False


@dataclass(frozen=True)
class Named:
    """What the plot says in words: its axes, its kinds of places in their numbers' order, and the line above it."""

    across: str
    up: str
    groups: tuple[str, ...]
    above: str


def scatter(dots: Sequence[Dot], named: Named, symbols: tuple[str, str], lang: str) -> Figure:
    """`symbols` are the units of both axes."""
    bounds = [end for dot in dots for end in (dot.low, dot.high, dot.y) if end is not None]
    across = _axis([dot.x for dot in dots], symbols[0], named.across, lang, zero=True)
    up = _axis(bounds, symbols[1], named.up, lang, zero=False)
    up["ticktext"] = ["", *up["ticktext"][1:]]  # two axes would write into one corner
    above = _above(named)
    others, lead = [dot for dot in dots if not dot.is_lead], [dot for dot in dots if dot.is_lead]
    names = _names([*lead, *others] if len(dots) <= MOST_NAMED else lead, across["range"], up["range"])
    own = [name for name in names if name["font"]["color"] == "@lead"]
    return {
        "data": [_trace(others, "@peer", 10, named), _trace(lead, "@lead", 14, named)],
        "layout": layout(
            lang,
            height=HEIGHT,
            meta=narrow(across, annotations=[*above, *own]),
            margin={"l": 8, "r": 24, "t": 56, "b": 48},
            xaxis=across,
            yaxis=up,
            annotations=[*above, *names],
        ),
    }


def _axis(values: Sequence[float], symbol: str, title: str, lang: str, *, zero: bool) -> Figure:
    made = value_axis(values, symbol, lang, zero=zero)
    made["title"] = {"text": label(title), "font": {"size": 13, "color": "@ink-2"}, "standoff": 8}
    made["automargin"] = True
    return made


def _trace(dots: Sequence[Dot], colour: str, size: int, named: Named) -> Figure:
    is_told = len(dots) <= MOST_TOLD
    hover = "%{customdata}"
    if not is_told:
        hover = f"<b>%{{customdata}}</b><br>%{{x:,.0f}} ({label(named.across)})<br>%{{y:,.1f}} ({label(named.up)})"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [dot.x if is_told else _drawn(dot.x) for dot in dots],
        "y": [dot.y if is_told else _drawn(dot.y) for dot in dots],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": _reach([(dot.high, dot.y) for dot in dots], is_told=is_told),
            "arrayminus": _reach([(dot.y, dot.low) for dot in dots], is_told=is_told),
            "color": colour,
            "thickness": 1.5,
            "width": 0,
        },
        "customdata": [dot.hover if is_told else label(dot.name) for dot in dots],
        "hovertemplate": f"{hover}<extra></extra>",
        "meta": {"links": [dot.href for dot in dots]},
        "cliponaxis": False,
        "marker": {
            "size": size,
            "opacity": 1,
            "color": colour,
            "symbol": [SYMBOLS[dot.group % len(SYMBOLS)] for dot in dots],
            "line": {"color": "@paper", "width": 1.5},
        },
    }


def _reach(ends: Sequence[tuple[float | None, float | None]], *, is_told: bool) -> list[float]:
    """How far an interval goes from its dot; nothing where there is none."""
    spans = [0.0 if high is None or low is None else high - low for high, low in ends]
    return spans if is_told else [_drawn(span) for span in spans]


def _drawn(value: float) -> float:
    """Four digits draw the same dot; a thousand of them weigh half."""
    return float(f"{value:.4g}")


def _above(named: Named) -> list[Figure]:
    """The kinds of places by their signs, and what the plot does not say."""
    kinds = "   ".join(f"{sign} {label(group)}" for sign, group in zip(SIGNS, named.groups, strict=False))
    base = {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }
    return [
        {**base, "yshift": 30, "text": f"<b>{label(named.above)}</b>", "font": {"size": 14, "color": "@ink"}},
        {**base, "yshift": 8, "text": kinds, "font": {"size": 13, "color": "@ink-2"}},
    ]


def _names(dots: Sequence[Dot], across: Sequence[float], up: Sequence[float]) -> list[Figure]:
    """A name beside each dot where there is room for it, the lead's first; others have hover and row."""
    wide, tall = across[1] - across[0], up[1] - up[0]
    spots = [((dot.x - across[0]) / wide * WIDTH, (dot.y - up[0]) / tall * HEIGHT) for dot in dots]
    taken: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots]
    for dot, (x, _) in zip(dots, spots, strict=True):
        if dot.low is not None and dot.high is not None:
            taken.append(
                (x - 2, (dot.low - up[0]) / tall * HEIGHT, x + 2, (dot.high - up[0]) / tall * HEIGHT)
            )
    made = []
    for dot, (x, y) in zip(dots, spots, strict=True):
        size = LETTER * len(dot.name), LINE
        boxes = {
            side: (left, below, left + size[0], below + size[1])
            for side, (left, below) in _corners(x, y, size).items()
        }
        free = [
            side for side, box in boxes.items() if not _meets(box, taken) and box[0] >= 0 and box[2] <= WIDTH
        ]
        side = next(
            iter(free or (boxes if dot.is_lead else ())), ""
        )  # the lead is named whatever is in the way
        if side:
            taken.append(boxes[side])
            made.append(_name(dot, side))
    return made


def _corners(x: float, y: float, size: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """The lower left corners a name may have: right of its dot, left of it, above, below."""
    return {
        "right": (x + AWAY, y - size[1] / 2),
        "left": (x - AWAY - size[0], y - size[1] / 2),
        "above": (x - size[0] / 2, y + AWAY),
        "below": (x - size[0] / 2, y - AWAY - size[1]),
    }


def _meets(box: Box, others: Sequence[Box]) -> bool:
    return any(box[0] < x1 and x0 < box[2] and box[1] < y1 and y0 < box[3] for x0, y0, x1, y1 in others)


def _name(dot: Dot, side: str) -> Figure:
    """The name as an annotation, which a narrow screen may leave out."""
    anchors = {"right": ("left", "middle", AWAY, 0), "left": ("right", "middle", -AWAY, 0),
               "above": ("center", "bottom", 0, AWAY), "below": ("center", "top", 0, -AWAY)}  # fmt: skip
    xanchor, yanchor, xshift, yshift = anchors[side]
    text = f"<b>{label(dot.name)}</b>" if dot.is_lead else label(dot.name)
    return {
        "x": dot.x, "y": dot.y, "text": text, "showarrow": False, "xanchor": xanchor, "yanchor": yanchor,
        "xshift": xshift, "yshift": yshift, "font": {"size": 13, "color": "@lead" if dot.is_lead else "@ink-2"},
    }  # fmt: skip
