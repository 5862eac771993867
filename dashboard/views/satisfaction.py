"""Memnuniyet: what citizens say of their services, city by city, with how sure one can be of it.

A rank is never shown without its range, a difference never without its test.
"""

from __future__ import annotations

from dashboard.components.html import render
from dashboard.data import Data
from dashboard.page import Block, View
from dashboard.state_survey import SatisfactionState
from dashboard.text import Words
from dashboard.views.satisfaction_change import change_block
from dashboard.views.satisfaction_matrix import matrix_block
from dashboard.views.satisfaction_pair import pair_block
from dashboard.views.satisfaction_ranking import ranking_block
from dashboard.views.satisfaction_services import quadrant_block, services_block, services_frame
from dashboard.views.satisfaction_waves import waves_block
from dashboard.views.survey_values import asked_rows, service_name
from dashboard.views.synthetic import marked

BLOCKS = ("ranking", "matrix", "pair", "change", "services", "quadrant", "waves")


def view(data: Data, state: SatisfactionState) -> View:
    """One service across cities, all services in all cities, two cities, what changed, and who asked what."""
    words = Words(state.lang)
    catalog, asked = data.catalog, state.asked
    question = catalog.surveys.asked(asked.year).get(asked.item)
    notices = tuple(words(key) for key in state.notices)
    if question is None:
        return View(
            title=words("satisfaction.title"),
            question=words("satisfaction.question"),
            lead=words("satisfaction.lead"),
            blocks=tuple(nothing(block, bool(catalog.surveys.years), words) for block in BLOCKS),
            notices=notices,
        )
    service = service_name(catalog, question, words)
    lead, other = catalog.city(asked.lead), catalog.city(state.other)
    every = asked_rows(data, "survey_shares", asked.year)
    services = services_frame(data, state, words)
    made = View(
        title=words("satisfaction.title_of", service=service, year=asked.year),
        question=words("satisfaction.question"),
        lead=words("satisfaction.lead"),
        choice=words(
            "satisfaction.choice", city=words.of(lead, "name"), other=words.of(other, "name"),
            service=service, year=asked.year,
        ),
        blocks=(
            ranking_block(catalog, state, every, question, words),
            matrix_block(catalog, state, every, words),
            pair_block(data, state, every, question, words),
            change_block(data, state, question, words),
            services_block(catalog, state, services, words),
            quadrant_block(catalog, state, services, words),
            waves_block(data, asked.year, words),
        ),
        notices=notices,
        synthetic=any(wave.is_synthetic for wave in catalog.surveys.of_year(asked.year)),
    )  # fmt: skip
    return marked(made, words)


def nothing(block: str, asked: bool, words: Words) -> Block:
    """A block without any figure: the first one says why and what to load, the others only that there is nothing."""
    told = words("survey.nothing_asked" if asked else "survey.nothing")
    first = block == BLOCKS[0]
    how = render("nothing.html", words, text=words("survey.nothing_how")) if first else ""
    return Block(
        id=block,
        title=words(f"satisfaction.{block}"),
        headline=told if first else "",
        notes=() if first else (told,),
        body=str(how),
    )
