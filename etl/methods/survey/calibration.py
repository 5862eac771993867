"""Weights raked to a city's population, and what the variance has to take off for it.

Everything is worked out on classes, the respondents who are in the same category of every margin: they share one
factor. Who stated no category of a margin is in none of it, and no margin moves them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from etl.errors import Fault, FaultyInput, Sentence, Where
from etl.methods.tables import fault, sentence

Floats = npt.NDArray[np.float64]
Categories = tuple[str | None, ...]
TOLERANCE = 1e-10  # of every margin's shares, relative
MOST_ROUNDS = 1_000
MOST_CHANGE = 3.0  # a factor this far from its city's own is told
RANK = 1e-10  # singular values below this part of the largest are none


@dataclass(frozen=True)
class Margin:
    """How many people each city of a wave has in the crossed categories of `groups` (city -> categories -> people)."""

    wave: str
    groups: tuple[str, ...]
    people: Mapping[str, Mapping[tuple[str, ...], float]]


@dataclass(frozen=True)
class Calibrated:
    """`factors`: class_id, factor. `projection`: class_id, of_class, part: what each total of a class adds to the
    fitted score of one respondent in another, per unit of weight. `notes` are worth telling."""

    factors: pd.DataFrame
    projection: pd.DataFrame
    notes: list[Sentence]


@dataclass(frozen=True)
class _Sorted:
    """The classes of one city under one margin: the category of each (-1: none) and the population's shares."""

    margin: Margin
    category: npt.NDArray[np.int64]
    shares: Floats
    total: float

    @property
    def is_stated(self) -> npt.NDArray[np.bool_]:
        """Classes that are in a category."""
        return self.category >= 0

    def members(self) -> Floats:
        """A row a class, a column a category: 1 where the class is in it."""
        is_in: Floats = (self.category[:, None] == np.arange(len(self.shares))).astype(np.float64)
        return is_in

    def held(self) -> Floats:
        """The columns of `members` less the population's shares: what adds to 0 in calibrated weights."""
        shared: Floats = np.outer(self.is_stated, self.shares)
        return self.members() - shared


def group_columns(margins: Sequence[Margin]) -> list[str]:
    """Every grouping of the margins, once."""
    return list(dict.fromkeys(group for margin in margins for group in margin.groups))


def calibrated(classes: pd.DataFrame, margins: Sequence[Margin]) -> Calibrated:
    """Factors and projections of the `classes` sql/class.sql found; those of other cities and waves stay as they are.

    Raises FaultyInput where a margin cannot be met, with every reason.
    """
    faults: list[Fault] = []
    notes: list[Sentence] = []
    factor = pd.Series(1.0, index=classes["class_id"])
    projections = []
    for place, own in classes.groupby(["wave", "city"]):
        wave, city = map(str, place)
        mine = [one for one in margins if one.wave == wave and city in one.people]
        if not mine:
            continue
        before = len(faults)
        ordered = [_sorted(own, city, one, faults) for one in mine]
        design = own["weight"].to_numpy(dtype=float)
        raked = _raked(design, ordered) if len(faults) == before else None
        if raked is not None:
            factor.loc[own["class_id"]] = raked / design
            projections.append(_projection(own["class_id"].to_numpy(), raked, ordered))
            notes += _notes(city, own, raked / design, ordered)
        elif len(faults) == before:
            faults.append(fault(_spot(mine[0]), "calibration_diverged", city, rounds=MOST_ROUNDS))
    if faults:
        raise FaultyInput(faults)
    parts = projections or [pd.DataFrame({"class_id": [], "of_class": [], "part": []})]
    return Calibrated(factor.rename("factor").reset_index(), pd.concat(parts, ignore_index=True), notes)


def _sorted(own: pd.DataFrame, city: str, margin: Margin, faults: list[Fault]) -> _Sorted:
    """The classes `own` of a city under a margin; categories that only the sample or the population has are faults."""
    people = {one: count for one, count in margin.people[city].items() if count > 0}
    columns = list(own["groups"].iloc[0])
    places = [columns.index(group) for group in margin.groups]
    found = [tuple(one[place] for place in places) for one in own["categories"]]
    answers: Counter[Categories] = Counter()
    for categories, count in zip(found, own["n"], strict=True):
        answers[categories] += int(count)
    order: dict[Categories, int] = {one: number for number, one in enumerate(people)}
    for one, count in people.items():
        if not answers[one]:
            faults.append(fault(_spot(margin), "calibration_no_respondent", _named(city, one), people=count))
    for extra, number in answers.items():
        if None not in extra and extra not in order:
            faults.append(
                fault(_spot(margin), "calibration_no_population", _named(city, extra), count=number)
            )
    counts = np.array(list(people.values()))
    category = np.array([order.get(one, -1) for one in found], dtype=np.int64)
    return _Sorted(margin, category, counts / counts.sum(), float(counts.sum()))


def _raked(design: Floats, ordered: Sequence[_Sorted]) -> Floats | None:
    """Iterative proportional fitting to every margin and the city's total; None where it does not settle.

    The factors of a margin are centred (their logarithms, by the population's shares, add to 0). So every step is
    the closest weights to the last that have the margin's shares among those who stated them, the fixed point is
    the closest to the design weights, and who stated nothing takes the total's factor alone.
    """
    weight = design.copy()
    with np.errstate(all="ignore"):  # weights that run off to 0 do not settle
        for _ in range(MOST_ROUNDS):
            for margin in ordered:
                change = np.log(margin.shares / (weight @ margin.members()))
                weight *= np.exp(margin.held() @ change)
            weight *= ordered[0].total / weight.sum()
            if all(_distance(weight, one) <= TOLERANCE for one in ordered):
                return weight
    return None


def _distance(weight: Floats, margin: _Sorted) -> float:
    """The largest relative difference between the shares of a margin and the population's."""
    reached = weight @ margin.members()
    return float(np.abs(reached / reached.sum() / margin.shares - 1).max())


def _projection(names: npt.NDArray[np.int64], weight: Floats, ordered: Sequence[_Sorted]) -> pd.DataFrame:
    """The regression on the margins' columns and the total, weighted by the calibrated weights: X (X'WX)⁻ X'.

    Calibrated and not design weights: the derivative of raking (whose factors are exponentials) has these.
    """
    columns = np.hstack([np.ones((len(weight), 1)), *(one.held() for one in ordered)])
    root = np.sqrt(weight)
    left, size, _ = np.linalg.svd(columns * root[:, None], full_matrices=False)
    basis = left[:, size > RANK * size[0]] / root[:, None]
    part = basis @ basis.T
    return pd.DataFrame(
        {
            "class_id": np.repeat(names, len(names)),
            "of_class": np.tile(names, len(names)),
            "part": part.ravel(),
        }
    )


def _notes(city: str, own: pd.DataFrame, factor: Floats, ordered: Sequence[_Sorted]) -> Iterator[Sentence]:
    """Factors far from the city's own, and respondents without a category."""
    even = factor / (own["weight"].to_numpy() @ factor / own["weight"].sum())
    low, high = float(even.min()), float(even.max())
    if low < 1 / MOST_CHANGE or high > MOST_CHANGE:
        yield sentence("note_calibration_uneven", city=city, low=f"{low:.2f}", high=f"{high:.2f}")
    outside = ~np.all([one.is_stated for one in ordered], axis=0)
    if outside.any():
        yield sentence(
            "note_calibration_not_stated", city=city, count=int(own["n"].to_numpy()[outside].sum())
        )


def _spot(margin: Margin) -> Where:
    return Where(margin.wave, column=" × ".join(margin.groups))


def _named(city: str, categories: Categories) -> str:
    return f"{city}: {', '.join(map(str, categories))}"
