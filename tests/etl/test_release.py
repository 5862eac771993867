"""The public file: what is published and nothing else; no staging, no draft, nobody's name."""

import shutil

import duckdb
import pytest
import yaml

from etl import build as building
from tests.etl.conftest import AS_OF, OFFICIAL, REGISTRY


@pytest.fixture(scope="module")
def with_draft(tmp_path_factory):
    """A build in which one indicator, the lead of a theme and part of an index, is still a draft."""
    folder = tmp_path_factory.mktemp("draft")
    shutil.copytree(REGISTRY, folder / "registry")
    for name in ("life_index_housing", "sege_score"):
        path = folder / "registry" / "indicators" / f"{name}.yml"
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(declared | {"state": "draft"}, allow_unicode=True), encoding="utf-8")
    request = building.Request(
        data=(OFFICIAL,),
        registry=folder / "registry",
        var=folder / "var",
        as_of=AS_OF,
        received_from="a clerk",
    )
    return building.build(request, lambda _: None)


def ask(path, sql):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_release_has_no_staging_schema(shipped):
    schemas = (
        "SELECT DISTINCT schema_name FROM information_schema.schemata WHERE catalog_name = current_database()"
    )
    assert {"mart", "meta"} <= {name for (name,) in ask(shipped.release, schemas)}
    assert "staging" not in {name for (name,) in ask(shipped.release, schemas)}
    assert "staging" in {name for (name,) in ask(shipped.warehouse, schemas)}


def test_a_release_has_every_table_of_the_contract(shipped):
    tables = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema <> 'staging'"
    assert sorted(ask(shipped.release, tables)) == sorted(ask(shipped.warehouse, tables))


def test_a_release_holds_the_figures_of_its_warehouse(shipped):
    figures = "SELECT * FROM mart.fact_value ORDER BY ALL"
    assert ask(shipped.release, figures) == ask(shipped.warehouse, figures)


def test_every_table_of_the_contract_is_filled_or_waits_for_faults(shipped):
    tables = ask(shipped.release, "SELECT table_schema, table_name FROM information_schema.tables")
    empty = [
        f"{schema}.{table}"
        for schema, table in tables
        if ask(shipped.release, f"SELECT count(*) FROM {schema}.{table}") == [(0,)]
    ]
    assert empty == ["meta.reject"]


def test_audience_and_generation_are_told(shipped):
    (row,) = ask(shipped.release, "SELECT release_id, audience, as_of, has_synthetic FROM meta.release")
    assert row == (shipped.release_id, "public", AS_OF, True)
    assert ask(shipped.warehouse, "SELECT audience FROM meta.release") == [("internal",)]


def test_drafts_are_nowhere_in_a_release(with_draft):
    columns = ask(
        with_draft.release,
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE column_name IN ('indicator_id', 'index_id', 'component_id', 'lead_indicator_id')",
    )
    found = [
        (table, column)
        for schema, table, column in columns
        for (name,) in ask(with_draft.release, f"SELECT DISTINCT {column} FROM {schema}.{table}")
        if name in ("life_index_housing", "sege_score")
    ]
    assert len(columns) >= 8
    assert found == []
    assert ask(
        with_draft.warehouse, "SELECT count(*) FROM mart.fact_value WHERE indicator_id = 'sege_score'"
    ) != [(0,)]


def test_the_origin_of_a_draft_is_not_in_a_release_either(with_draft):
    sources = {name for (name,) in ask(with_draft.release, "SELECT source_id FROM mart.dim_source")}
    files = {name for (name,) in ask(with_draft.release, "SELECT name FROM meta.file")}
    origins = {name for (name,) in ask(with_draft.release, "SELECT DISTINCT source_id FROM meta.lineage")}
    assert "sege_2025" not in sources | origins
    assert "sege_2025.csv" not in files


def test_who_brought_a_file_stays_inside(with_draft):
    assert ask(with_draft.release, "SELECT count(received_from) FROM meta.file") == [(0,)]
    assert ask(with_draft.warehouse, "SELECT DISTINCT received_from FROM meta.file") == [("a clerk",)]
    assert b"a clerk" not in with_draft.release.read_bytes()


def test_every_figure_of_a_release_leads_back_to_its_origin(with_draft):
    lost = "SELECT count(*) FROM mart.fact_value ANTI JOIN meta.lineage USING (lineage_id)"
    assert ask(with_draft.release, lost) == [(0,)]
