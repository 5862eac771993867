"""The same code for any roster: 1,400 synthetic municipalities beside the shipped places."""

import re

import duckdb
import pytest
import yaml
from roster import INDICATORS, PERIODS, write_roster

from etl import build as building
from tests.etl.conftest import AS_OF, REGISTRY, ROOT


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """1,400 municipalities beside the shipped places."""
    folder = tmp_path_factory.mktemp("large")
    roster = write_roster(folder, 1400)
    request = building.Request(data=roster.data, registry=roster.registry, var=folder / "var", as_of=AS_OF)
    return building.build(request, lambda _: None)


def test_a_roster_of_1400_builds_with_a_row_for_every_place_and_period(large):
    with duckdb.connect(str(large.release), read_only=True) as connection:
        municipalities = connection.execute(
            "SELECT count(*) FROM mart.dim_city WHERE role = 'member'"
        ).fetchone()
        rows = connection.execute(
            "SELECT count(*), count(value) FROM mart.fact_value WHERE indicator_id LIKE 'synthetic%'"
            " AND city_id LIKE 'belediye-%'"
        ).fetchone()
        statuses = connection.execute(
            "SELECT DISTINCT status FROM mart.fact_value"
            " WHERE indicator_id LIKE 'synthetic%' AND city_id LIKE 'belediye-%'"
        ).fetchall()
        marked = connection.execute("SELECT has_synthetic FROM meta.release").fetchone()
    assert municipalities == (1400,)
    assert rows[0] == 1400 * len(INDICATORS) * len(PERIODS)
    assert 0.8 * rows[0] < rows[1] < rows[0]
    assert {status for (status,) in statuses} == {
        "measured", "provisional", "suppressed", "not_collected", "low_reliability",
    }  # fmt: skip
    assert marked == (True,)


def test_a_synthetic_figure_says_so_and_a_real_one_does_not(large):
    with duckdb.connect(str(large.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT DISTINCT indicator_id LIKE 'synthetic%', is_synthetic"
            " FROM mart.fact_value WHERE value IS NOT NULL"
        ).fetchall()
    assert sorted(rows) == [(False, False), (True, True)]


def test_no_code_knows_a_pilot_or_their_number():
    cities = yaml.safe_load((REGISTRY / "cities.yml").read_text(encoding="utf-8"))["pilots"]
    names = {entry["city"]["name"]["tr"] for entry in cities if entry["state"] == "named"}
    # The readers are left out: they know no places, and spreadsheets count columns in 26 letters.
    for path in [ROOT / "karne.py", *(ROOT / "etl").glob("*.py"), *(ROOT / "etl/s").parent.glob("s*/**/*.*")]:
        if path.suffix in (".py", ".sql"):
            text = path.read_text(encoding="utf-8")
            assert not [name for name in names if re.search(rf"['\"]{name}['\"]", text)], path
            assert not re.search(r"(?<!\d)26(?!\d)", text), path
