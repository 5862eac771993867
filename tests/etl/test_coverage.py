"""mart.coverage: every monitored place, and since when each of its cells is as it is."""

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.build import Request, build
from tests.roster import INDICATORS, PERIODS, build_roster

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = 40


def rows(path: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(question).fetchall()


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_roster(tmp_path_factory.mktemp("roster"), MEMBERS).warehouse


def test_members_are_monitored_behind_the_positions(roster: Path) -> None:
    pilots = rows(roster, "SELECT count(*), max(position) FROM mart.roster_position")[0]
    found = rows(
        roster,
        "SELECT v.position, c.role FROM (SELECT DISTINCT position, city_id FROM mart.coverage) AS v "
        "LEFT JOIN mart.dim_city AS c USING (city_id) ORDER BY v.position",
    )
    assert [position for position, _ in found] == list(range(1, pilots[1] + MEMBERS + 1))
    assert [role for _, role in found[pilots[0] :]] == ["member"] * MEMBERS


def test_a_member_has_a_cell_for_every_period_and_the_next(roster: Path) -> None:
    found = rows(
        roster,
        "SELECT count(*) FROM mart.coverage JOIN mart.dim_city USING (city_id) "
        "WHERE role = 'member' AND indicator_id LIKE 'synthetic_%'",
    )
    assert found[0][0] == MEMBERS * len(INDICATORS) * (len(PERIODS) + 1)


def test_what_never_came_is_dated_by_the_edition_it_was_missing_in(roster: Path) -> None:
    found = rows(
        roster,
        "SELECT DISTINCT since, due FROM mart.coverage WHERE state = 'never' AND indicator_id LIKE 'synthetic_%'",
    )
    assert found == [(dt.date(2026, 2, 1), None)]


def test_what_came_has_a_day_computed_values_too(var_folder: Path) -> None:
    warehouse = next((var_folder / "warehouse").glob("*.duckdb"))
    undated = rows(
        warehouse,
        "SELECT count(*) FROM mart.coverage WHERE since IS NULL "
        "AND state IN ('received', 'province_value', 'provisional', 'suppressed')",
    )
    computed = rows(
        warehouse,
        "SELECT min(since) FROM mart.coverage WHERE indicator_id = 'life_index' AND city_id IS NOT NULL",
    )
    assert undated == [(0,)]
    assert isinstance(computed[0][0], dt.date)


def test_an_edition_past_its_day_is_late_for_every_named_place(tmp_path: Path) -> None:
    as_of = dt.date(2027, 3, 10)  # the population of 2026 is announced for 28 February 2027
    built = build(
        Request(
            data=(ROOT / "data" / "official",),
            registry=ROOT / "etl" / "registry",
            var=tmp_path / "var",
            as_of=as_of,
        ),
        say=lambda _: None,
    )
    due = dt.date(2027, 2, 28)
    named = rows(built.warehouse, "SELECT count(*) FROM mart.roster_position WHERE state = 'named'")[0][0]
    found = rows(
        built.warehouse,
        "SELECT indicator_id, period, reason, since, due, count(*) FROM mart.coverage "
        "WHERE state = 'late' GROUP BY ALL",
    )
    assert found == [("population", "2026", "past_due", due, due, named)]
