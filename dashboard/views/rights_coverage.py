"""Which groups a city can tell apart at all: coverage of disaggregation, an indicator of its own.

A city without a survey is in the table and in the median: it covers nothing.
"""

from __future__ import annotations

from statistics import median

from dashboard import numbers
from dashboard.catalog import Catalog, City
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.page import Block
from dashboard.state_survey import RightsState
from dashboard.text import Words
from dashboard.views.rights_values import link, wave_of
from dashboard.views.survey_values import (
    DECIMALS,
    SHARE,
    notes_of,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
)

TOLD, PARTLY, HIDDEN, OWED = "told", "partly", "hidden", "owed"


def coverage_block(data: Data, state: RightsState, words: Words) -> Block:
    """Cities by expected groupings: told, partly hidden, hidden, or owed."""
    catalog, year = data.catalog, state.asked.year
    frame = coverage_frame(
        catalog,
        state,
        data.rows("survey_disaggregation", year=year, items=sorted(catalog.surveys.asked(year))),
        words,
    )
    waves = waves_of(catalog, frame)
    shares = [row["share"] for row in frame]
    lead = next((row for row in frame if row["city_id"] == frame.lead), None)
    shown = {"of": len(catalog.surveys.groupings), "n": len(frame)}
    found = words("rights.coverage_median", median=_percent(median(shares), words), **shown) if shares else ""
    if lead:
        own = words("rights.coverage_lead", city=lead["name"], told=lead["told"], of=shown["of"],
                    share=_percent(lead["share"], words))  # fmt: skip
        found = f"{own} {found}"
    return Block(
        id="coverage",
        title=words("rights.coverage"),
        measure=words("rights.coverage_measure", year=year),
        headline=found,
        frame=frame,
        source=survey_source(catalog, waves, year, words),
        notes=(words("rights.coverage_note"), *_owners(catalog, words), *notes_of(waves, words)),
        twin_open=True,
        sortable=True,
        style="survey rights",
    )


def coverage_frame(catalog: Catalog, state: RightsState, rows: list[Row], words: Words) -> Frame:
    """All municipalities in Turkish order."""
    found = {(row["city_id"], row["group_var"]): row for row in rows}
    made = tuple(_row(catalog, state, city, found, words) for city in catalog.municipalities)
    return Frame(_columns(catalog, words), made, lead=state.asked.lead, caption=words("rights.coverage"))


def _owners(catalog: Catalog, words: Words) -> list[str]:
    """Who owes which grouping, one sentence a body."""
    owed: dict[str, list[str]] = {}
    for one in catalog.surveys.groupings:
        owed.setdefault(words.of(one, "owner"), []).append(words.of(one, "label"))
    return [
        words("rights.coverage_owner", names=", ".join(names), owner=owner) for owner, names in owed.items()
    ]


def _percent(value: float, words: Words) -> str:
    return numbers.with_unit(value, DECIMALS, "%", words.lang)


def _row(
    catalog: Catalog, state: RightsState, city: City, found: dict[tuple[str, str], Row], words: Words
) -> Row:
    groupings = catalog.surveys.groupings
    wave = wave_of(catalog, city.city_id, state.asked.year)
    row: Row = {
        "city_id": city.city_id,
        "name": words.of(city, "name"),
        "sort_key": city.sort_key,
        "type": words(f"legal.{city.legal_type}"),
        "href": link(state, kent=city.city_id),
        "badges": () if wave else (words("survey.reason_no_wave"),),
        "period": state.asked.year,
        "wave_id": wave.wave_id if wave else None,
        "tight": True,
        **stamp_of(catalog, wave.wave_id if wave else None, words),
    }
    for one in groupings:
        key = one.grouping_id
        own = found.get((city.city_id, key))
        tone = _tone(own)
        row[f"{key}_tone"] = tone
        row[f"{key}_owner"] = words.of(one, "owner")
        row[f"{key}_sort"] = (OWED, HIDDEN, PARTLY, TOLD).index(tone)
        row[key] = None
        row[f"{key}_word"] = (
            f"{words('rights.no_data')}; {words('survey.owed_by', owner=row[f'{key}_owner'])}"
        )
        if own and tone != OWED:
            row[key] = row[f"{key}_word"] = words(
                f"rights.cover_{tone}", hidden=own["hidden"], cells=own["cells"]
            )
        row |= {f"{key}_{count}": own[count] if own else 0 for count in ("cells", "hidden", "imprecise")}
    row["told"] = sum(row[f"{one.grouping_id}_tone"] in (TOLD, PARTLY) for one in groupings)
    row["share"] = 100 * row["told"] / len(groupings) if groupings else 0.0
    return row


def _tone(row: Row | None) -> str:
    if row is None or not (row["told"] or row["hidden"]):
        return OWED
    if not row["told"]:
        return HIDDEN
    return PARTLY if row["hidden"] else TOLD


def _columns(catalog: Catalog, words: Words) -> tuple[Column, ...]:
    made = [
        Column("name", words("table.place"), "place", in_file=False),
        Column("share", words("rights.coverage_share"), "value", in_file=False, **SHARE,
               title=words("rights.coverage_measure_short")),
        filed("city_id", words("columns.place_id")),
        filed("name", words("columns.place")),
        filed("type", words("columns.legal_type")),
        filed("period", words("columns.period")),
        filed("share", words("rights.file_coverage")),
        filed("told", words("rights.file_told")),
    ]  # fmt: skip
    for one in catalog.surveys.groupings:
        label = words.of(one, "label")
        made.append(Column(one.grouping_id, label, "owed", in_file=False))
        made.append(filed(f"{one.grouping_id}_word", f"{label}: {words('columns.status')}"))
        counts = ("cells", "hidden", "imprecise")
        made += [
            filed(f"{one.grouping_id}_{count}", f"{label}: {words(f'rights.file_{count}')}")
            for count in counts
        ]
    return (*made, *stamp_columns(words))
