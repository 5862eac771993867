"""Every service in every city: the share of the satisfied, its state, and the service's middle city."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from dashboard.catalog import Catalog, City
from dashboard.components.symbols import STATES
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.state import address
from dashboard.state_survey import INTERVALS, SatisfactionState, moved
from dashboard.survey_catalog import Question
from dashboard.text import Words
from dashboard.views.spread import cuts, quantile
from dashboard.views.survey_cells import cell, cell_columns
from dashboard.views.survey_values import (
    SHARE,
    notes_of,
    percent,
    reason_word,
    responsible,
    service_name,
    share_text,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
)

PATH = "/memnuniyet"


def matrix_block(catalog: Catalog, state: SatisfactionState, rows: Sequence[Row], words: Words) -> Block:
    """The table, its legend of fifths and states, and which service stands lowest and highest."""
    year = state.asked.year
    questions = catalog.surveys.asked(year)
    edges = cuts(sorted(percent(row["share"]) or 0.0 for row in rows if row["is_compared"]))
    frame = matrix_frame(catalog, state, rows, questions, edges, words)
    waves = waves_of(catalog, rows)
    return Block(
        id="matrix",
        title=words("satisfaction.matrix"),
        measure=words("satisfaction.matrix_measure", year=year),
        headline=_headline(catalog, rows, questions, words),
        frame=frame,
        source=survey_source(catalog, waves, year, words),
        notes=(
            words("satisfaction.matrix_note"),
            _owners(catalog, questions, words),
            *notes_of(waves, words),
        ),
        legend=_legend(frame, questions, edges, words),
        twin_open=True,
        sortable=True,
        style="matrix survey",
    )


def _owners(catalog: Catalog, questions: Mapping[str, Question], words: Words) -> str:
    """Who is responsible for each service, in one line."""
    named = {
        service_name(catalog, one, words): responsible(catalog, one, words) for one in questions.values()
    }
    told = "; ".join(f"{service}: {owner}" for service, owner in named.items() if owner)
    return words("satisfaction.owners", owners=told)


def shown_cities(catalog: Catalog, rows: Sequence[Row], lead: str) -> list[City]:
    """Pilots, the lead, and every city with an answer: one without a survey is a row that says so."""
    found = {lead, *(row["city_id"] for row in rows)}
    return [city for city in catalog.municipalities if city.role == "pilot" or city.city_id in found]


def main_versions(rows: Sequence[Row], questions: Mapping[str, Question]) -> dict[str, str]:
    """Item -> the version that is compared this year."""
    made = {item: question.version for item, question in questions.items()}
    return made | {row["item_id"]: row["version"] for row in rows if row["is_compared"]}


def state_of(row: Row | None, *, has_wave: bool, version: str, words: Words) -> tuple[str, str]:
    """The status of a cell and its word: also where there is no estimate, or one of another question."""
    if row is None:
        return "not_collected", words(f"survey.reason_{'not_asked' if has_wave else 'no_wave'}")
    if row["share"] is not None and row["version"] != version:
        return "low_reliability", words("survey.reason_other_question")
    return row["status"], reason_word(row, words)


def matrix_frame(
    catalog: Catalog,
    state: SatisfactionState,
    rows: Sequence[Row],
    questions: Mapping[str, Question],
    edges: list[float],
    words: Words,
) -> Frame:
    """One row a city; for each question the columns components/survey.py reads."""
    found = {(row["city_id"], row["item_id"]): row for row in rows}
    versions = main_versions(rows, questions)
    made = []
    for city in shown_cities(catalog, rows, state.asked.lead):
        own = [found[city.city_id, item] for item in questions if (city.city_id, item) in found]
        line: Row = {
            "city_id": city.city_id,
            "name": words.of(city, "name"),
            "sort_key": city.sort_key,
            "type": words(f"legal.{city.legal_type}"),
            "href": _link(state, city.city_id, state.asked.item),
            "badges": _badges(own, words),
            "year": state.asked.year,
            **stamp_of(catalog, own[0]["wave_id"] if own else None, words),
        }
        for item in questions:
            row = found.get((city.city_id, item))
            status, word = state_of(row, has_wave=bool(own), version=versions[item], words=words)
            line |= cell(item, row, status, word, words)
            if row is None:
                line[f"{item}_short"] = words(f"survey.short_{'not_asked' if own else 'no_wave'}")
            line[f"{item}_class"] = (
                bisect_right(edges, line[item]) if row and row["is_compared"] and edges else None
            )
            line[f"{item}_href"] = _link(state, city.city_id, item)
            line[f"{item}_open"] = city.city_id == state.asked.lead and item == state.asked.item
            line[f"{item}_sub"] = line[f"{item}_range"] if state.show == INTERVALS else None
        made.append(line)
    return Frame(_columns(catalog, questions, words), tuple(made), lead=state.asked.lead,
                 caption=words("satisfaction.matrix"))  # fmt: skip


def _badges(own: Sequence[Row], words: Words) -> tuple[str, ...]:
    """What must stand beside a city's name: answers that are no sample, another question, an unknown design."""
    if any(row["design"] == "open_link" for row in own):
        return (words("satisfaction.badge_open_link"),)
    said = []
    if own and not any(row["is_compared"] for row in own):
        said.append(words("satisfaction.badge_other_question"))
    if own and own[0]["design"] != "full":
        said.append(words("satisfaction.badge_no_design"))
    return tuple(said)


def _link(state: SatisfactionState, city_id: str, item: str) -> str:
    """The same page with another city in the lead, on another question."""
    usual = {"kent": state.asked.default_lead, "hizmet": state.asked.default_item}
    return address(PATH, moved(state.query(), usual, {"kent": city_id, "hizmet": item})) + "#ranking"


def _columns(catalog: Catalog, questions: Mapping[str, Question], words: Words) -> tuple[Column, ...]:
    made = [
        Column("name", words("table.place"), "place", in_file=False),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("year", words("columns.period")),
    ]
    for item, question in questions.items():
        label = service_name(catalog, question, words)
        head = words("satisfaction.of_users", service=label) if question.is_filtered else label
        told = words("satisfaction.column_title", label=words.of(question, "label"),
                     owner=responsible(catalog, question, words))  # fmt: skip
        made.append(Column(item, head, "estimate", in_file=False, title=told, **SHARE))
        made += cell_columns(item, label, "satisfaction.file_share", words)
    return (*made, *stamp_columns(words))


def _legend(
    frame: Frame, questions: Mapping[str, Question], edges: list[float], words: Words
) -> tuple[tuple[str, str], ...]:
    """The fifths with their bounds, and the states that occur."""
    made = []
    for step in range(5) if edges else ():
        own = [row[item] for row in frame for item in questions if row[f"{item}_class"] == step]
        if own:
            bounds = f"{share_text(min(own) / 100, words)}–{share_text(max(own) / 100, words)}"
            made.append((f"h{step}", f"{words(f'overview.class_{step}')}: {bounds}"))
    occurring = {row[f"{item}_status"] for row in frame for item in questions}
    made += [
        ("none", f"{STATES[status]} {words(f'status.{status}')}: {words(f'satisfaction.why_{status}')}")
        for status in ("low_reliability", "suppressed", "not_collected")
        if status in occurring
    ]
    return tuple(made)


def _headline(catalog: Catalog, rows: Sequence[Row], questions: Mapping[str, Question], words: Words) -> str:
    """The services whose middle city stands lowest and highest."""
    middle = []
    for item, question in questions.items():
        known = sorted(row["share"] for row in rows if row["item_id"] == item and row["is_compared"])
        if known:
            middle.append((quantile(known, 0.5), service_name(catalog, question, words), len(known)))
    if len(middle) < 2:
        return ""
    low, high = min(middle), max(middle)
    return words(
        "satisfaction.matrix_headline", n=max(count for _, _, count in middle), low=low[1],
        low_value=share_text(low[0], words), high=high[1],
        high_value=share_text(high[0], words),
    )  # fmt: skip
