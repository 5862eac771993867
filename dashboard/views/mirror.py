"""Hizmet aynası, all services of one city: each row is a mirror of its own and leads to it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.catalog import Catalog, City, Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.state import address
from dashboard.state_mirror import MirrorState
from dashboard.text import Words
from dashboard.views.mirror_measure import MEASURES, NEEDS, PLANS, SAYS, SPENDS, Scale, placed
from dashboard.views.mirror_rows import Four, Shown, row_of, shown
from dashboard.views.mirror_service import PATH, choice
from dashboard.views.mirror_spends import function_name, shared
from dashboard.views.mirror_table import legend, table
from dashboard.views.mirror_told import nothing_notes, source_line, spending_notes, survey_notes
from dashboard.views.synthetic import marked


def view(data: Data, state: MirrorState) -> View:
    """One table: services by the four measures."""
    words = Words(state.lang)
    catalog = data.catalog
    lead = catalog.city(state.lead)
    name = words.of(lead, "name")
    four = Four.read(data, state, catalog.mirrors, words, lead.city_id)
    rows = [_row(lead, service, four, state, words) for service in catalog.mirrors]
    made = shown(data, state, four, rows, None)
    return marked(
        View(
            title=words("mirror.title"),
            question=words("mirror.question"),
            lead=words("mirror.lead"),
            choice=choice(state, name, words),
            blocks=(_block(made, name),),
            notices=tuple(words(key) for key in state.notices),
            synthetic=made.is_synthetic,
        ),
        words,
    )


def _row(lead: City, service: Service, four: Four, state: MirrorState, words: Words) -> Row:
    row = row_of(lead, service, four, words)
    row["name"] = row["service"]
    row["sort_key"] = service.sort_key
    row["href"] = address(f"{PATH}/{service.service_id}", state.query())
    if row[NEEDS] is not None:
        # Each service has a measure of its own: its name stands where others have their interval, its track is its own.
        named = row[f"{NEEDS}_sub"], row[f"{NEEDS}_short_label"]
        row[f"{NEEDS}_sub"] = " · ".join(part for part in named if part)
        low, high = four.needs.span(service) or (row[NEEDS], row[NEEDS])
        placed([row], NEEDS, Scale(low, high, ("", "")))
    return row


def _block(made: Shown, name: str) -> Block:
    words = made.words
    need = words("mirror.need_each"), words("mirror.need_each_title")
    caption = words("mirror.services_of", city=name)
    return Block(
        id="services",
        title=caption,
        measure=words("mirror.services_measure"),
        headline=_headline(made.rows, name, words),
        frame=table(made, words("mirror.service"), need, caption, None),
        source=source_line(made, made.rows),
        notes=(
            *nothing_notes(made.catalog, words),
            words("mirror.note_reading"),
            *spending_notes(made),
            words("mirror.note_plans"),
            *_shared_notes(made.catalog, words),
            *survey_notes(made),
        ),
        legend=legend(words),
        twin_open=True,
        sortable=True,
        style="mirror services",
    )


def _shared_notes(catalog: Catalog, words: Words) -> tuple[str, ...]:
    """Functions that budgets book several services under."""
    found: dict[str, list[str]] = {}
    for service in catalog.mirrors:
        for code in shared(service, catalog):
            found.setdefault(code, []).append(words.of(service, "label"))
    return tuple(
        words(
            "mirror.note_shared_all", function=function_name(code, catalog, words), services=", ".join(named)
        )
        for code, named in found.items()
    )


def _headline(rows: Sequence[Row], city: str, words: Words) -> str:
    """How many services have each measure, and which of them citizens are least content with."""
    counts = {key: sum(row[key] is not None for row in rows) for key in MEASURES}
    told = words("mirror.services_headline", city=city, n=len(rows), **counts)
    known = sorted((row for row in rows if row[SAYS] is not None), key=lambda row: row[SAYS])
    if not known:
        return told
    low = known[0]
    return told + " " + words(
        "mirror.services_lowest", service=low["service"], value=low[f"{SAYS}_text"],
        spends=_short(low, SPENDS), plans=_short(low, PLANS),
    )  # fmt: skip


def _short(row: Row, key: str) -> str:
    return str(row[f"{key}_text"] if row[key] is not None else row[f"{key}_short"])
