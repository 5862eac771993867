"""Hizmet aynası of one service: for each city what citizens say, what was spent, what was promised, where need is."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import numbers
from dashboard.catalog import Catalog, Service
from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, Chip, View
from dashboard.state import address
from dashboard.state_mirror import MirrorState
from dashboard.state_spending import SCOPES
from dashboard.text import Words
from dashboard.views.mirror_cards import cards_block
from dashboard.views.mirror_measure import MEASURES, NEEDS, Scale, extent
from dashboard.views.mirror_rows import Four, Shown, rows_of, shown
from dashboard.views.mirror_scatter import scatter_block
from dashboard.views.mirror_table import legend, need_head, table
from dashboard.views.mirror_told import (
    nothing_notes,
    sentence,
    service_notes,
    source_line,
    spending_notes,
    survey_notes,
)
from dashboard.views.synthetic import marked

PATH = "/hizmet"


def view(data: Data, state: MirrorState) -> View:
    """The lead's four, every city's four, and money against satisfaction."""
    words = Words(state.lang)
    catalog = data.catalog
    service = catalog.services.get(state.service)
    notices = tuple(words(key) for key in state.notices)
    if service is None:
        return View(words("mirror.title"), words("mirror.question"), words("mirror.lead"), notices=notices)
    lead = catalog.city(state.lead)
    four = Four.read(data, state, (service,), words)
    rows = _rows(data, state, service, four)
    made = shown(data, state, four, rows, _need_scale(rows, service, four, words))
    own = next(row for row in rows if row["city_id"] == lead.city_id)
    label = words.of(service, "label")
    return marked(
        View(
            title=words("mirror.title_of", service=label),
            question=words("mirror.question_of", service=label),
            lead=words("mirror.lead"),
            choice=choice(state, words.of(lead, "name"), words),
            blocks=(
                cards_block(made, own, service, sentence(own, lead, four, words)),
                _table_block(made, service),
                scatter_block(made, service),
            ),
            notices=notices,
            chips=_chips(catalog, state, words),
            chips_title=words("mirror.services"),
            synthetic=made.is_synthetic,
        ),
        words,
    )


def choice(state: MirrorState, city: str, words: Words) -> str:
    """The state in one line."""
    return words(
        "mirror.choice", city=city, year=state.year, spending=state.spending_year, base=state.base,
        lag=words("mirror.lag_0") if not state.lag else words("mirror.lag_behind", n=state.lag),
        scope=words(f"mirror.scope_{SCOPES[state.scope]}"),
    )  # fmt: skip


def _rows(data: Data, state: MirrorState, service: Service, four: Four) -> list[Row]:
    """The rows of all places, each leading to the same page with that place in the lead."""
    path, kept = f"{PATH}/{service.service_id}", state.query()
    kept.pop("kent", None)
    rows = rows_of(data, state, service, four)
    for row in rows:
        lead = row["city_id"]
        row["name"] = row["place"]
        row["href"] = (
            address(path, kept if lead == state.default_lead else {"kent": lead, **kept}) + "#mirror"
        )
        row["is_soft"] = True
    return rows


def _need_scale(rows: Sequence[Row], service: Service, four: Four, words: Words) -> Scale | None:
    """From the least to the greatest shown."""
    indicator, found = four.needs.indicator(service), extent(rows, NEEDS)
    if indicator is None or found is None:
        return None
    low, high = (
        numbers.with_unit(end, min(indicator.decimals, 1), indicator.unit_symbol, words.lang) for end in found
    )
    return Scale(*found, (low, high))


def _chips(catalog: Catalog, state: MirrorState, words: Words) -> tuple[Chip, ...]:
    """The other services, of the same city in the same years."""
    return tuple(
        Chip(
            words.of(service, "label"), state.query(), "current" if service.service_id == state.service else "",
            path=f"{PATH}/{service.service_id}",
        )
        for service in catalog.mirrors
    )  # fmt: skip


def _table_block(made: Shown, service: Service) -> Block:
    words = made.words
    caption = words("mirror.cities_of", service=words.of(service, "label"))
    need = need_head(service, made.four.needs, words)
    return Block(
        id="cities",
        title=caption,
        measure=words("mirror.cities_measure"),
        headline=_coverage(made.rows, words),
        frame=table(made, words("table.place"), need, caption, made.state.lead),
        source=source_line(made, made.rows),
        notes=(
            *nothing_notes(made.catalog, words),
            words("mirror.note_reading"),
            *service_notes(made.catalog, service, words),
            *spending_notes(made),
            words("mirror.note_plans"),
            *survey_notes(made),
        ),
        legend=legend(words),
        twin_open=True,
        sortable=True,
        style="mirror",
    )


def _coverage(rows: Sequence[Row], words: Words) -> str:
    """In how many cities all four are known, and how many have each."""
    whole = sum(all(row[key] is not None for key in MEASURES) for row in rows)
    counts = {key: sum(row[key] is not None for row in rows) for key in MEASURES}
    return words("mirror.coverage", n=len(rows), whole=whole, **counts)
