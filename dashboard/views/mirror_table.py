"""The aligned table of a mirror: one line a city, or a service, and four cells on tracks that their column shares."""

from __future__ import annotations

from dashboard.catalog import Service
from dashboard.frame import Column, Frame
from dashboard.text import Words
from dashboard.views.mirror_measure import NEEDS, PLANS, SAYS, SPENDS
from dashboard.views.mirror_needs import Needs
from dashboard.views.mirror_rows import Shown, files


def table(shown: Shown, first: str, need: tuple[str, str], caption: str, lead: str | None) -> Frame:
    """The frame of screen and files; `first` heads the rows, `need` is the note and title of the need."""
    words = shown.words

    def track(key: str, note: str, title: str, *, bar: bool = False) -> Column:
        scale = shown.scales.get(key)
        return Column(
            key, words(f"mirror.{key}"), "mirror_track", in_file=False, bar=bar, note=note, title=title,
            ends=scale.ends if scale else None,
        )  # fmt: skip

    columns = (
        Column("name", first, "place", in_file=False),
        track(SAYS, words("mirror.says_note", year=shown.state.year), words("mirror.says_title")),
        track(SPENDS, f"{shown.four.spends.year} · {shown.unit}", words("mirror.spends_title"), bar=True),
        Column(
            PLANS, words("mirror.plans"), "mirror_steps", in_file=False, note=words("mirror.plans_note"),
            title=words("mirror.plans_title"),
        ),
        track(NEEDS, *need),
    )  # fmt: skip
    return Frame((*columns, *files(words)), tuple(shown.rows), lead=lead, caption=caption)


def need_head(service: Service, needs: Needs, words: Words) -> tuple[str, str]:
    """What the need of a service is told by, of when, and which way more of it points."""
    indicator = needs.indicator(service)
    if indicator is None:
        return words("mirror.short_no_need"), ""
    note = f"{words.of(indicator, 'short_label')} · {needs.period(indicator)}"
    ways = {"higher": "mirror.need_less", "lower": "mirror.need_more"}
    way = words(ways[indicator.direction]) if indicator.direction in ways else ""
    return note, ". ".join(part for part in (words.of(indicator, "label"), way) if part)


def legend(words: Words) -> tuple[tuple[str, str], ...]:
    """What the marks of the tracks are."""
    named = (("peer dot", "dot"), ("band", "band"), ("peer", "bar"))
    return tuple((tone, words(f"mirror.legend_{name}")) for tone, name in named)
