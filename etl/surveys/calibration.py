"""The population a wave declares, as the estimation takes it; a wave that declares none is not calibrated."""

from collections import defaultdict

from etl.methods.survey.calibration import Margin
from etl.survey_entries import Wave


def margins_of(wave: Wave) -> tuple[Margin, ...]:
    """What the weights of `wave` are calibrated to; nothing where it does not say."""
    if wave.calibration is None:
        return ()
    made = []
    for margin in wave.calibration.margins:
        people: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
        for one in margin.people:
            people[one.city_id][one.categories] = one.population
        made.append(Margin(wave.wave_id, margin.groups, people))
    return tuple(made)
