"""Every group against every service in one city: the share, its gap to the reference, and who owes the rest.

No cell is blank: it is a value, a state, or the body that owes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.state_survey import RightsState
from dashboard.survey_catalog import Category, Grouping, Question, Wave
from dashboard.text import Words
from dashboard.views.rights_behind import Cells, Found, headline, legend, notes
from dashboard.views.rights_values import (
    bounds,
    gap_sentence,
    link,
    reference_of,
    verdict_of,
    wave_of,
)
from dashboard.views.survey_cells import cell
from dashboard.views.survey_values import (
    SHARE,
    asked_rows,
    bare_points,
    notes_of,
    percent,
    reason_word,
    responsible,
    service_name,
    stamp_columns,
    stamp_of,
    survey_source,
)

EVERYBODY = "all"


def matrix_block(data: Data, state: RightsState, words: Words) -> Block:
    """The table, and the group that is left behind."""
    catalog, asked = data.catalog, state.asked
    wave = wave_of(catalog, asked.lead, asked.year)
    gaps = data.rows("survey_city_gaps", year=asked.year, city_id=asked.lead)
    found = Found(
        wave=wave,
        questions=catalog.surveys.asked(asked.year),
        estimates=_keyed(asked_rows(data, "survey_groups", asked.year, city_id=asked.lead)),
        gaps=_keyed(gaps),
    )
    city = words.of(catalog.city(asked.lead), "name")
    waves = [wave] if wave else []
    return Block(
        id="matrix",
        title=words("rights.matrix_of", city=city),
        measure=words("rights.matrix_measure", year=asked.year),
        headline=headline(catalog, asked.lead, asked.year, found, words),
        frame=matrix_frame(catalog, state, found, words),
        source=survey_source(catalog, waves, asked.year, words),
        notes=(*notes(found, words), *notes_of(waves, words)),
        legend=legend(found, words),
        twin_open=True,
        style="survey rights",
    )


def matrix_frame(catalog: Catalog, state: RightsState, found: Found, words: Words) -> Frame:
    """Everybody, then every category of every grouping of the wave, then the groupings nobody asked about."""
    categories = catalog.surveys.categories.get(found.wave.wave_id, ()) if found.wave else ()
    known = {one.group_var for one in categories}
    owed = [one for one in catalog.surveys.groupings if one.grouping_id not in known]
    same: Row = {
        "place_id": state.asked.lead,
        "place": words.of(catalog.city(state.asked.lead), "name"),
        "period": state.asked.year,
        **stamp_of(catalog, found.wave.wave_id if found.wave else None, words),
    }
    everybody = _everybody(catalog, found, words)
    rows = [same | row for row in (
        everybody,
        *(_category(one, categories, state, found, words) for one in categories),
        *(_owed(one, found, words) for one in owed),
    )]  # fmt: skip
    caption = words("rights.matrix_of", city=same["place"])
    return Frame(_columns(catalog, found.questions, words), tuple(rows), caption=caption)


def _keyed(rows: Iterable[Row]) -> Cells:
    return {(row["item_id"], row["group_var"], row["group_id"]): row for row in rows}


def _everybody(catalog: Catalog, found: Found, words: Words) -> Row:
    row: Row = {"name": words("rights.everybody"), "sub": "", "group_var": EVERYBODY, "group_id": EVERYBODY,
                "variable": "", "role": "", "sort_key": 0}  # fmt: skip
    owner = next((words.of(one, "owner") for one in catalog.surveys.groupings), "")
    for item in found.questions:
        estimate = found.estimates.get((item, EVERYBODY, EVERYBODY))
        row |= _estimate(item, estimate, found.wave, words)
        row[f"{item}_sub"] = row[f"{item}_range"]
        if found.wave is None:
            row[f"{item}_sub"] = words("survey.owed_by", owner=owner)
    return row


def _category(
    one: Category, categories: tuple[Category, ...], state: RightsState, found: Found, words: Words
) -> Row:
    reference = reference_of(categories, one.group_var)
    variable = words.of(one, "variable")
    row: Row = {
        "name": words.of(one, "label"),
        "sub": words("rights.reference_of", variable=variable) if one.is_reference else variable,
        "group_var": one.group_var,
        "group_id": one.group_id,
        "variable": variable,
        "role": words("rights.reference") if one.is_reference else "",
        "sort_key": one.sort_key,
    }
    for item in found.questions:
        key = (item, one.group_var, one.group_id)
        row |= _estimate(item, found.estimates.get(key), found.wave, words)
        if one.is_reference or reference is None:
            row[f"{item}_href"] = link(state, hizmet=item) + "#gaps"
            continue
        row |= _gap(item, found.gaps.get(key), row[item] is not None, words)
        row[f"{item}_href"] = link(state, hizmet=item, grup=one.key) + "#gaps"
        row[f"{item}_open"] = state.group == one.key and state.asked.item == item
    return row


def _owed(grouping: Grouping, found: Found, words: Words) -> Row:
    """A grouping the wave does not have: every cell names the body that owes it."""
    owner = words("survey.owed_by", owner=words.of(grouping, "owner"))
    row: Row = {
        "name": words.of(grouping, "label"),
        "sub": words("rights.no_data"),
        "group_var": grouping.grouping_id,
        "group_id": "",
        "variable": words.of(grouping, "label"),
        "role": "",
        "sort_key": 1000 + grouping.sort_key,
    }
    for item in found.questions:
        row |= _estimate(item, None, found.wave, words)
        row[f"{item}_word"] = row[f"{item}_state"] = f"{words('rights.no_data')}; {owner}"
        row[f"{item}_sub"] = owner
    return row


def _estimate(item: str, row: Row | None, wave: Wave | None, words: Words) -> Row:
    """The columns of one cell; without an estimate it says why there is none."""
    status = row["status"] if row else "not_collected"
    word = reason_word(row, words) if row else words(f"survey.reason_{'not_asked' if wave else 'no_wave'}")
    return cell(item, row, status, word, words)


def _gap(item: str, gap: Row | None, has_share: bool, words: Words) -> Row:
    """Verdict, gap, interval and ratio; where there is no gap the cell says so, unless it is hidden itself."""
    if gap is None or gap["diff"] is None:
        reason = "untested" if gap is None else gap["status"]
        return {f"{item}_sub": words(f"rights.gap_{reason}") if has_share else None}
    verdict = verdict_of(gap)
    return {
        f"{item}_verdict": verdict,
        f"{item}_verdict_word": words(f"rights.cell_{verdict}", points=bare_points(gap["diff"], words)),
        f"{item}_sub": bounds(gap["low"], gap["high"], words),
        f"{item}_title": gap_sentence(gap, words),
        f"{item}_gap": percent(gap["diff"]),
        f"{item}_gap_low": percent(gap["low"]),
        f"{item}_gap_high": percent(gap["high"]),
        f"{item}_ratio": gap["ratio"],
        f"{item}_ratio_low": gap["ratio_low"],
        f"{item}_ratio_high": gap["ratio_high"],
        f"{item}_p_holm": gap["p_holm"],
        f"{item}_told": words(f"rights.verdict_{verdict}"),
    }


def _columns(catalog: Catalog, questions: Mapping[str, Question], words: Words) -> tuple[Column, ...]:
    made = [
        Column("name", words("rights.group"), "place", in_file=False),
        *(filed(key, words(f"columns.{key}")) for key in ("place_id", "place", "period")),
        *(filed(key, words(f"rights.file_{key}")) for key in ("variable", "group_var", "group_id", "role")),
        filed("name", words("rights.file_group")),
    ]
    for item, question in questions.items():
        label = service_name(catalog, question, words)
        told = f"{words.of(question, 'label')}: {responsible(catalog, question, words)}"
        made.append(Column(item, label, "estimate", in_file=False, title=told, **SHARE))
        own = {"": "share", "_low": "low", "_high": "high", "_n": "n", "_state": "state"}
        own |= {f"_{key}": key for key in ("gap", "gap_low", "gap_high", "ratio", "ratio_low", "ratio_high")}
        own |= {"_p_holm": "p_holm", "_told": "verdict"}
        made += [filed(f"{item}{end}", f"{label}: {words(f'rights.file_{key}')}") for end, key in own.items()]
    return (*made, *stamp_columns(words))
