"""The whole story: files, schema, registry, sources, methods, marts, checks, release, one atomic step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from etl import checks, indices, intake, marts, release, survey_intake
from etl.bulk.judging import Room
from etl.bulk.loading import load as load_bulk
from etl.errors import Fault, FaultyInput, Sentence, sentence
from etl.generations import Shelf, one_build_at_a_time
from etl.ledger import Ledger
from etl.manifest import Delivery, SurveyDelivery, deliveries
from etl.plans.results import plan_tables
from etl.registry import Registry, load
from etl.sources.plan import PlanRow, PlanValue
from etl.sources.spending import SpendingLine
from etl.surveys.declared import wave_tables
from etl.surveys.results import wave_result
from etl.surveys.rounds import survey_tables

SCHEMA_VERSION = 1
Say = Callable[[Sentence], None]


@dataclass(frozen=True)
class Request:
    """What to build from what; ``with_rejects`` publishes although rows or files were rejected.

    ``may_shrink`` publishes although a fifth or more of the values is gone.
    """

    data: tuple[Path, ...]
    registry: Path
    var: Path
    as_of: date
    received_from: str | None = None
    with_rejects: bool = False
    may_shrink: bool = False


@dataclass(frozen=True)
class Built:
    """A published generation and what was found wrong on the way."""

    release_id: str
    warehouse: Path
    release: Path
    received: Receipts

    @property
    def faults(self) -> list[Fault]:
        """Every fault of every received file."""
        return [fault for one in self.received.all for fault in one.faults]


@dataclass(frozen=True)
class Receipts:
    """What was received for a build: tables of figures and surveys."""

    tables: list[intake.Received]
    surveys: list[survey_intake.ReceivedSurvey]

    @property
    def all(self) -> list[intake.Received | survey_intake.ReceivedSurvey]:
        """Every file, whatever it holds."""
        return [*self.tables, *self.surveys]

    def forget(self) -> None:
        """Give back the room that the lines of bulk files take."""
        for one in self.tables:
            if one.judged.staged:
                one.judged.staged.close()


def build(request: Request, say: Say) -> Built:
    """Build, check and publish one generation.

    Raises KarneError with the old generation still in service: FaultyInput for faults in registry or files,
    ChecksFailed for marts that do not hold what they must.
    """
    shelves = Shelf(request.var / "warehouse"), Shelf(request.var / "releases")
    with one_build_at_a_time(request.var):
        say(sentence("step_registry"))
        registry = load(request.registry)
        say(sentence("step_files"))
        received = receive(request, registry, say)
        release_id = shelves[0].next_id()
        arriving = shelves[0].arriving(release_id), shelves[1].arriving(release_id)
        try:
            fill(arriving[0], registry, received, request, release_id, say)
            say(sentence("step_checks"))
            checks.hold(arriving[0], shelves[0].current(), request.may_shrink)
            say(sentence("step_release"))
            release.freeze(arriving[0], arriving[1])
            paths = [shelf.publish(release_id) for shelf in shelves]
        finally:
            received.forget()
            for shelf in shelves:
                shelf.discard()
    return Built(release_id, paths[0], paths[1], received)


def receive(request: Request, registry: Registry, say: Say) -> Receipts:
    """Every file of every folder, judged and entered; FaultyInput with all faults unless rejects may pass."""
    desk = intake.Intake(
        registry,
        Ledger(request.var / "ledger"),
        datetime.now(UTC).replace(tzinfo=None),
        request.received_from,
        Room(request.var / "bulk", say),
    )
    expected = [one for folder in request.data for one in deliveries(folder, registry)]
    tables = desk.receive([one for one in expected if isinstance(one, Delivery)])
    files = [one for one in expected if isinstance(one, SurveyDelivery)]
    surveys = survey_intake.receive_surveys(desk, files)
    if request.with_rejects:
        earlier = survey_intake.with_earlier_editions(desk, files, surveys)
        return Receipts(desk.with_earlier_editions(tables), earlier)
    received = Receipts(tables, surveys)
    if faults := [fault for one in received.all for fault in one.faults]:
        received.forget()
        raise FaultyInput(faults)
    return received


def fill(
    path: Path,
    registry: Registry,
    received: Receipts,
    request: Request,
    release_id: str,
    say: Say,
) -> None:
    """Write a whole warehouse to ``path``."""
    observed = intake.observed(received.tables, registry)
    with duckdb.connect(str(path)) as connection:
        connection.execute(marts.schema())
        for table, rows in registry.rows().items():
            insert(connection, table, pd.DataFrame(rows))
        entries = pd.DataFrame([one.entry for one in received.all])
        insert(connection, "meta.file", entries.drop_duplicates("file_id"))
        insert(connection, "meta.reject", intake.rejects((one.entry, one.faults) for one in received.all))
        insert(connection, "meta.lineage", marts.source_lineage(observed))
        for name, frame in marts.inputs(registry, observed).items():
            connection.register(name, frame)
        say(sentence("step_sources"))
        run(connection, marts.STAGING)
        fill_spending(connection, registry, received.tables, observed, say)
        say(sentence("step_methods"))
        computed = indices.compute(registry, connection.sql(marts.sql("staging/component")).df())
        connection.register("computed", computed.values)
        insert(connection, "mart.index_variant", computed.variants)
        insert(connection, "mart.index_rank_range", computed.ranges)
        say(sentence("step_marts"))
        run(connection, marts.MARTS, as_of=request.as_of)
        fill_plans(connection, registry, received.tables)
        fill_surveys(connection, survey_intake.usable(received.surveys), say)
        has_synthetic = intake.has_synthetic(received.tables, registry) or any(
            one.wave.is_synthetic for one in survey_intake.usable(received.surveys)
        )
        insert(connection, "meta.release", release_row(release_id, request.as_of, has_synthetic))


def fill_spending(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    received: list[intake.Received],
    observed: pd.DataFrame,
    say: Say,
) -> None:
    """The spending marts, of every budget that was not refused; its ratios are figures beside the `observed`."""
    first = marts.first_file_lineage(registry, observed)
    lines, files = intake.with_file_lineage(intake.rows_of(received, registry, SpendingLine), first)
    if len(lines):
        say(sentence("step_spending", rows=len(lines), files=len(files)))
    insert(connection, "meta.lineage", files)
    connection.register("incoming_spending", lines)
    run(connection, marts.SPENDING_ROWS)
    fill_bulk(connection, registry, received, first + len(files), say)
    run(connection, marts.SPENDING)


def fill_bulk(
    connection: duckdb.DuckDBPyConnection,
    registry: Registry,
    received: list[intake.Received],
    first: int,
    say: Say,
) -> None:
    """The lines of bulk files that were not refused, file after file; each file is a lineage from `first` on."""
    staged = [(one, one.judged.staged) for one in received if one.judged.staged and one.judged.found]
    for lineage_id, (one, lines) in enumerate(staged, start=first):
        source_id = one.judged.delivery.submission.source_id
        origin = {
            "lineage_id": lineage_id,
            "kind": "source",
            "source_id": source_id,
            "file_id": one.entry.file_id,
        }
        insert(connection, "meta.lineage", pd.DataFrame([origin]))
        told = (lineage_id, registry.sources[source_id].is_synthetic)
        load_bulk(connection, lines, one.entry.name, told, say)


def fill_plans(
    connection: duckdb.DuckDBPyConnection, registry: Registry, received: list[intake.Received]
) -> None:
    """The plan marts, of every plan that was not refused."""
    rows, files = intake.with_file_lineage(
        intake.rows_of(received, registry, PlanRow), next_lineage(connection)
    )
    if rows.empty:
        return
    insert(connection, "meta.lineage", files)
    values = intake.rows_of(received, registry, PlanValue)
    for table, made in plan_tables(rows, values, registry.plan_rules).items():
        insert(connection, table, made)


def next_lineage(connection: duckdb.DuckDBPyConnection) -> int:
    """The first lineage_id that is free."""
    return int(connection.sql(marts.sql("meta/last_lineage")).df()["lineage_id"].iloc[0]) + 1


def fill_surveys(
    connection: duckdb.DuckDBPyConnection, received: list[survey_intake.ReceivedSurvey], say: Say
) -> None:
    """Interviews into staging, estimates into the marts; a wave that was refused is absent from both."""
    if not received:
        return
    people, answers = survey_intake.respondents(received)
    connection.register("arrived_people", people)
    connection.register("arrived_answers", answers)
    run(connection, marts.SURVEYS)
    origins = survey_intake.lineage(received, next_lineage(connection))
    insert(connection, "meta.lineage", origins)
    lineage = dict(zip((one.wave.wave_id for one in received), origins["lineage_id"], strict=True))
    results = []
    for one in received:
        say(sentence("step_survey", wave=Sentence(one.wave.title_tr, one.wave.title_en)))
        results.append(wave_result(one.frame, one.wave))
    found = {
        one.wave.wave_id: survey_intake.found_in(one, result.rules["n_clean"], lineage[one.wave.wave_id])
        for one, result in zip(received, results, strict=True)
    }
    told = survey_tables(results)
    told["mart.survey_estimate"]["lineage_id"] = told["mart.survey_estimate"]["wave_id"].map(lineage)
    for table, rows in {**wave_tables(results, found), **told}.items():
        insert(connection, table, rows)


def run(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], **parameters: object) -> None:
    """Execute the named .sql files in order; a file gets the parameters it names."""
    for name in names:
        text = marts.sql(name)
        connection.execute(text, {key: value for key, value in parameters.items() if f"${key}" in text})


def insert(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame whose columns are named like those of ``table``; absent ones stay NULL."""
    if frame.empty:
        return
    columns = connection.table(table).columns
    connection.from_df(frame.reindex(columns=columns).astype(object)).insert_into(table)


def release_row(release_id: str, as_of: date, has_synthetic: bool) -> pd.DataFrame:
    """The one row of meta.release for a warehouse, which everyone inside may see."""
    return pd.DataFrame(
        [
            {
                "release_id": release_id,
                "audience": "internal",
                "schema_version": SCHEMA_VERSION,
                "as_of": as_of,
                "built_at": datetime.now(UTC).replace(tzinfo=None),
                "has_synthetic": has_synthetic,
            }
        ]
    )
