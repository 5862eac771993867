"""Haklar: who is left behind, in which service, where; and what nobody can tell because nobody asked."""

from __future__ import annotations

from dashboard.components.html import render
from dashboard.data import Data
from dashboard.page import Block, View
from dashboard.state_survey import RightsState
from dashboard.text import Words
from dashboard.views.rights_coverage import coverage_block
from dashboard.views.rights_gaps import gaps_block, reference_name
from dashboard.views.rights_income import income_block
from dashboard.views.rights_matrix import matrix_block
from dashboard.views.rights_measures import handbooks_block, measures_block
from dashboard.views.survey_values import service_name
from dashboard.views.synthetic import marked

SURVEYED = ("matrix", "gaps", "income", "coverage")


def view(data: Data, state: RightsState) -> View:
    """Groups by services, one group everywhere, income, coverage, indicators, and the handbooks."""
    words = Words(state.lang)
    catalog, asked = data.catalog, state.asked
    city = words.of(catalog.city(asked.lead), "name")
    measures = measures_block(data, state, words)
    question = catalog.surveys.asked(asked.year).get(asked.item)
    group = catalog.surveys.groups(asked.year).get(state.group)
    if question is None:
        surveyed = tuple(_nothing(block, bool(catalog.surveys.years), words) for block in SURVEYED)
        choice = words("rights.choice_city", city=city)
    else:
        surveyed = (
            matrix_block(data, state, words),
            gaps_block(data, state, question, group, words) if group else _nothing("gaps", True, words),
            income_block(data, state, words),
            coverage_block(data, state, words),
        )
        choice = words("rights.choice_city", city=city)
        if group:
            choice = words(
                "rights.choice", city=city, year=asked.year, service=service_name(catalog, question, words),
                group=words.of(group, "label"), reference=reference_name(catalog, asked.year, group, words),
            )  # fmt: skip
    blocks = (*surveyed, measures, handbooks_block(words))
    made = View(
        title=words("rights.title_of", city=city),
        question=words("rights.question"),
        lead=words("rights.lead"),
        choice=choice,
        blocks=blocks,
        notices=tuple(words(key) for key in state.notices),
        synthetic=any(block.source.synthetic for block in blocks if block.source),
    )
    return marked(made, words)


def _nothing(block: str, asked: bool, words: Words) -> Block:
    """A block that needs a survey: the first says why and what to load, the others only that there is none."""
    told = words("survey.nothing_asked" if asked else "survey.nothing")
    first = block == SURVEYED[0]
    return Block(
        id=block,
        title=words(f"rights.{block}"),
        headline=told if first else "",
        notes=() if first else (told,),
        body=str(render("nothing.html", words, text=words("survey.nothing_how"))) if first else "",
    )
