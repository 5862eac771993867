"""Two cities, service by service, with the verdict in words: a difference, its interval, and whether it is firm."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.catalog import Catalog
from dashboard.charts.differences import differences, height
from dashboard.data import Data
from dashboard.frame import Column, Frame, Row, filed
from dashboard.narrative.places import located
from dashboard.page import Block, Chart
from dashboard.state_survey import SatisfactionState
from dashboard.survey_catalog import Question
from dashboard.text import Words
from dashboard.views.satisfaction_matrix import main_versions, state_of
from dashboard.views.survey_cells import cell, cell_columns
from dashboard.views.survey_differences import difference, in_points
from dashboard.views.survey_values import (
    SHARE,
    is_firm,
    notes_of,
    p_text,
    points,
    points_range,
    responsible,
    service_name,
    share_text,
    stamp_columns,
    stamp_of,
    survey_source,
    waves_of,
)


def pair_block(
    data: Data, state: SatisfactionState, every: Sequence[Row], question: Question, words: Words
) -> Block:
    """The verdict on the chosen service as a sentence, and the differences of every service."""
    catalog, year = data.catalog, state.asked.year
    frame = pair_frame(data, state, every, words)
    one, other = (words.of(catalog.city(city), "name") for city in (state.asked.lead, state.other))
    chosen = next(row for row in frame if row["item_id"] == question.item_id)
    found = verdict(chosen, one, other, words)
    told = [row for row in frame if row["diff"] is not None]
    chart = None
    if told:
        marks = [difference(row, _shares(row, words), "item_id", question.item_id, words) for row in told]
        ends = (words("satisfaction.pair_lower", city=one), words("satisfaction.pair_higher", city=one))
        chart = Chart(differences(marks, ends, words.lang), height(len(marks)), found)
    waves = waves_of(
        catalog, [{"wave_id": row[side]} for row in frame for side in ("wave_id", "other_wave_id")]
    )
    return Block(
        id="pair",
        title=words("satisfaction.pair_of", one=one, other=other),
        measure=words("satisfaction.pair_measure", one=one, other=other, year=year),
        headline=found,
        frame=frame,
        chart=chart,
        source=survey_source(catalog, waves, year, words),
        notes=(words("satisfaction.pair_note"), *notes_of(waves, words)),
        style="survey",
    )


def pair_frame(data: Data, state: SatisfactionState, every: Sequence[Row], words: Words) -> Frame:
    """One row a service: both shares with their intervals, the difference one minus other, and the verdict."""
    catalog, asked = data.catalog, state.asked
    questions = catalog.surveys.asked(asked.year)
    versions = main_versions(every, questions)
    found = {(row["city_id"], row["item_id"]): row for row in every}
    with_wave = {row["city_id"] for row in every}
    pairs = {
        row["item_id"]: row
        for row in data.rows("survey_pairs", year=asked.year, one=asked.lead, other=state.other)
    }
    names = [words.of(catalog.city(city), "name") for city in (asked.lead, state.other)]
    rows = []
    for item, question in questions.items():
        line: Row = {
            "item_id": item,
            "name": service_name(catalog, question, words),
            "sort_key": question.sort_key,
            "responsible": responsible(catalog, question, words),
            "year": asked.year,
            "one": names[0],
            "other": names[1],
        }
        for prefix, city in (("", asked.lead), ("other_", state.other)):
            line |= _side(prefix, found.get((city, item)), city in with_wave, versions[item], words)
        line |= _turned(pairs.get(item), asked.lead)
        line |= in_points(line, words)
        line |= {
            "verdict": _verdict(line, words),
            **stamp_of(catalog, line["wave_id"] or line["other_wave_id"], words),
        }
        rows.append(line)
    return Frame(_columns(catalog, state, words), tuple(rows), lead=None, caption=words("satisfaction.pair"))


def _side(prefix: str, row: Row | None, has_wave: bool, version: str, words: Words) -> Row:
    status, word = state_of(row, has_wave=has_wave, version=version, words=words)
    made = cell(f"{prefix}share", row, status, word, words)
    return made | {
        f"{prefix}share_sub": made[f"{prefix}share_range"],
        f"{prefix}is_compared": bool(row and row["is_compared"]),
        f"{prefix}wave_id": row["wave_id"] if row else None,
    }


def _turned(pair: Row | None, lead: str) -> Row:
    """The pair as lead minus other, in fractions; empty where the two are not compared."""
    names = ("diff", "diff_low", "diff_high", "p_holm")
    if pair is None:
        return dict.fromkeys(names)
    sign = 1 if pair["city_a"] == lead else -1
    ends = sorted((sign * pair["low"], sign * pair["high"]))
    return dict(zip(names, (sign * pair["diff"], *ends, pair["p_holm"]), strict=True))


def _verdict(row: Row, words: Words) -> str:
    if row["diff"] is None:
        return words("satisfaction.not_compared")
    return words("survey.firm" if is_firm(row) else "survey.not_firm")


def verdict(row: Row, one: str, other: str, words: Words) -> str:
    """The sentence about one service: both shares, the difference, its interval, and what it is worth."""
    if row["diff"] is None:
        name, side = (other, "other_") if row["is_compared"] else (one, "")
        reason = row[f"{side}share_word"] or words(f"status.{row[f'{side}share_status']}")
        return words(
            "satisfaction.pair_none", service=row["name"], one=one, other=other, name=name, reason=reason
        )
    told = {
        "service": row["name"],
        "one": one,
        "other": other,
        "one_loc": located(one, words.lang),
        "other_loc": located(other, words.lang),
        "one_value": share_text(row["share"] / 100, words),
        "other_value": share_text(row["other_share"] / 100, words),
        "diff": points(abs(row["diff"]), words),
        "range": points_range(*_away(row), words),
        "p": p_text(row["p_holm"], words),
    }
    if not is_firm(row):
        return words("satisfaction.pair_unclear", **told)
    return words(f"satisfaction.pair_{'higher_firm' if row['diff'] > 0 else 'lower_firm'}", **told)


def _away(row: Row) -> tuple[float, float]:
    """The interval of the difference as it is told: of its size, in the direction it has."""
    if row["diff"] >= 0:
        return row["diff_low"], row["diff_high"]
    return -row["diff_high"], -row["diff_low"]


def _shares(row: Row, words: Words) -> tuple[str, str]:
    """Both shares, each with its city."""
    return (
        f"{row['one']}: {share_text(row['share'] / 100, words)}",
        f"{row['other']}: {share_text(row['other_share'] / 100, words)}",
    )


def _columns(catalog: Catalog, state: SatisfactionState, words: Words) -> tuple[Column, ...]:
    one, other = (words.of(catalog.city(city), "name") for city in (state.asked.lead, state.other))

    return (
        Column("name", words("survey.question"), "place", in_file=False),
        Column("share", one, "estimate", in_file=False, **SHARE),
        Column("other_share", other, "estimate", in_file=False, **SHARE),
        Column("diff_points", words("satisfaction.difference"), "plain", decimals=1, in_file=False),
        Column("diff_range", words("table.interval"), in_file=False),
        Column("verdict", words("satisfaction.verdict"), in_file=False),
        Column("responsible", words("satisfaction.responsible_short"), in_file=False),
        filed("item_id", words("satisfaction.file_item")),
        filed("name", words("satisfaction.file_service")),
        filed("year", words("columns.period")),
        *cell_columns("share", one, "satisfaction.file_share", words),
        *cell_columns("other_share", other, "satisfaction.file_share", words),
        filed("diff_points", words("satisfaction.file_difference")),
        filed("diff_points_low", words("satisfaction.file_difference_low")),
        filed("diff_points_high", words("satisfaction.file_difference_high")),
        filed("p_holm", words("satisfaction.file_p")),
        filed("verdict", words("satisfaction.verdict")),
        filed("responsible", words("satisfaction.responsible_short")),
        *stamp_columns(words),
    )  # fmt: skip
