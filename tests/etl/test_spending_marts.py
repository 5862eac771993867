"""The spending marts: against R's results on the fixture, line by line back to the file, and held by checks."""

import csv
import shutil

import duckdb
import pytest

from etl import checks
from etl.errors import ChecksFailed, FaultyInput
from tests.etl.budget_files import REVENUE, SPENDING, ask, budget, earned, of, spent
from tests.etl.conftest import OFFICIAL, Inbox

TOLD = {"layout": "spending", "source": "municipal_budget"}
SHARED_YEARS = range(2021, 2026)


def published(name, indicator=None):
    """place, period -> value of a shipped file of figures."""
    with (OFFICIAL / name).open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if indicator in (None, row["indicator"])]
    return {(row["place"], int(row["period"])): float(row["value"]) for row in rows if row["value"]}


# ------------------------------------------------------------------------ the fixture, against R


def number(cell):
    return float(cell) if cell else None


@pytest.fixture(scope="module")
def fixture(shared):
    """The rows of the fixture's input and, by city, year and division, R's results."""
    folder = shared / "fixtures" / "methods"
    with (folder / "finance_input.csv").open(encoding="utf-8") as stream:
        given = list(csv.DictReader(stream))
    with (folder / "finance_expected.csv").open(encoding="utf-8") as stream:
        expected = {(one["city"], int(one["year"]), one["cofog"]): one for one in csv.DictReader(stream)}
    return given, expected


@pytest.fixture(scope="module")
def built(fixture, registry, tmp_path_factory):
    """The fixture as budgets of the named pilots, one workbook a city, built: (warehouse, city -> pilot)."""
    given, _ = fixture
    pilots = [one.city_id for one in registry.cities.values() if one.role == "pilot"]
    cities = dict(zip(sorted({row["city"] for row in given}), pilots, strict=False))
    folder = tmp_path_factory.mktemp("fixture")
    inbox = Inbox(folder / "inbox", folder / "var")
    holes = {(row["city"], row["year"]) for row in given if not row["realised"]}
    for name, pilot in cities.items():
        rows = [
            spent(row["cofog"], "03.1", number(row["initial_budget"]), number(row["final_budget"]),
                  None if (name, row["year"]) in holes else number(row["realised"]),
                  Kent=pilot, Yıl=int(row["year"]))
            for row in given if row["city"] == name
        ]  # fmt: skip
        inbox.put(f"{pilot}.xlsx", budget(*rows), **TOLD)
    told = inbox.build(data=(OFFICIAL, inbox.folder))
    assert told.faults == []
    return told.warehouse, cities, holes


def test_execution_and_shares_by_function_are_those_of_r(built, fixture):
    warehouse, cities, holes = built
    found = {
        row[:3]: row[3:]
        for row in ask(
            warehouse,
            "SELECT city_id, year, part.code, 100 * part.outturn_try / nullif(part.initial_try, 0), "
            "100 * part.outturn_try / part.appropriation_try, 100 * part.outturn_try / whole.outturn_try "
            "FROM mart.spending_total AS part JOIN mart.spending_total AS whole USING (city_id, year, scope, side) "
            "WHERE whole.code = 'total' AND scope = 'own' AND side = 'expenditure'",
        )
    }
    compared = 0
    for (city, year, cofog), row in fixture[1].items():
        if city not in cities:
            continue
        rates = found[cities[city], year, "total" if cofog == "TOTAL" else cofog]
        if (city, str(year)) in holes:  # a division without an amount: no total, and no share of one
            assert (row["share"], rates) == ("", (None, None, None))
            continue
        wanted = [number(row[name]) for name in ("exec_rate_initial", "exec_rate_final", "share")]
        assert list(rates) == [None if one is None else pytest.approx(one, rel=1e-9) for one in wanted]
        compared += 1
    assert compared == len(cities) * len(SHARED_YEARS) * 10 - 10
    assert len(holes) == 1


def test_the_indicators_of_a_budget_are_the_totals_of_r(built, fixture):
    warehouse, cities, holes = built
    found = {
        row[:3]: row[3]
        for row in ask(
            warehouse,
            "SELECT city_id, indicator_id, period, value FROM mart.fact_value "
            "WHERE indicator_id LIKE 'spending_execution%' AND value IS NOT NULL",
        )
    }
    wanted = {
        (cities[city], f"spending_execution_{name}", str(year)): pytest.approx(
            float(row[f"exec_rate_{name}"]), rel=1e-9
        )
        for (city, year, cofog), row in fixture[1].items()
        if cofog == "TOTAL" and city in cities and (city, str(year)) not in holes
        for name in ("initial", "final")
    }
    assert found == wanted


def test_amounts_are_made_real_by_the_published_index_and_divided_by_published_people(built, fixture):
    """The fixture has a price index and people of its own; with the published ones the formula is the same."""
    warehouse, cities, _ = built
    cpi = {year: value for (_, year), value in published("cpi_2003_100.csv").items()}
    assert dict(ask(warehouse, "SELECT year, cpi FROM mart.price_level")) == cpi
    assert ask(warehouse, "SELECT list(year) FROM mart.price_level WHERE NOT is_complete") == [([2025],)]
    people = published("population_adnks.csv", "population")
    heads = ask(
        warehouse,
        "SELECT ratio.city_id, ratio.year, ratio.value, ratio.numerator, ratio.denominator, people.status, "
        "city.province_id FROM mart.finance_indicator AS ratio "
        "JOIN mart.city_population AS people USING (city_id, year) "
        "JOIN mart.dim_city AS city USING (city_id) WHERE ratio.indicator_id = 'spending_per_head' "
        "AND ratio.scope = 'own' AND ratio.value IS NOT NULL",
    )
    given = {}
    for row in fixture[0]:
        if row["city"] in cities and row["realised"]:
            key = cities[row["city"]], int(row["year"])
            given[key] = given.get(key, 0) + float(row["realised"])
    assert len(heads) > 50
    for city, year, value, numerator, denominator, status, province in heads:
        own = people[(city if status == "own" else province), year]
        assert denominator == own
        assert numerator == pytest.approx(given[city, year], rel=1e-12)
        assert value == pytest.approx(given[city, year] / own, rel=1e-12)


def test_a_hole_in_the_fixture_is_refused_as_it_stands(fixture, inbox, registry):
    city, year = next((row["city"], row["year"]) for row in fixture[0] if not row["realised"])
    rows = [
        spent(row["cofog"], "03.1", number(row["initial_budget"]), number(row["final_budget"]),
              number(row["realised"]), Yıl=int(row["year"]))
        for row in fixture[0] if (row["city"], row["year"]) == (city, year)
    ]  # fmt: skip
    inbox.put("a.xlsx", budget(*rows), **TOLD)
    with pytest.raises(FaultyInput) as refusal:
        inbox.build()
    assert [(one.rule, one.column) for one in refusal.value.faults] == [("amount_missing", "Gerçekleşme")]


# ---------------------------------------------------------------------------- lines, sums, origin


def test_lines_keep_their_codes_and_belong_to_the_deepest_that_has_a_name(inbox):
    rows = [
        spent("05.1.0.00", "03.5.1.01", 1, 1, 1), spent("05.9.0.00", "05.4.1.01", 1, 1, 1),
        spent("15.1", "05.2", 1, 1, 1), spent("05", "13.1", 1, 1, 1), earned("05.2.2.51", 1, 1, 1),
        earned("02.1", 1, 1, 1), earned("12.1", 1, 1, 1),
    ]  # fmt: skip
    inbox.put("budget.xlsx", budget(*rows), **TOLD)
    warehouse = inbox.build().warehouse
    found = ask(
        warehouse,
        "SELECT functional, economic, function_id, economic_id FROM mart.spending_row ORDER BY row_number",
    )
    assert found == [
        ("05.1.0.00", "03.5.1.01", "05.1", "03"), ("05.9.0.00", "05.4.1.01", "05", "05.4"),
        ("15.1", "05.2", "unclassified", "05"), ("05", "13.1", "05", "unclassified"),
        (None, "05.2.2.51", "revenue", "05.2"), (None, "02.1", "revenue", "02"),
        (None, "12.1", "revenue", "unclassified"),
    ]  # fmt: skip


def test_every_line_leads_to_its_file_sheet_and_row(inbox):
    inbox.put("a.xlsx", budget(spent("05.1", "03.2", 100, None, None)), **TOLD)
    inbox.put("b.xlsx", budget(spent("06.1", "03.2", None, None, 90)), **TOLD | {"source": "sample"})
    built = inbox.build()
    found = ask(
        built.release,
        "SELECT file.name, lineage.sheet, line.row_number, line.is_synthetic, dim.title_en "
        "FROM mart.spending_row AS line "
        "JOIN meta.lineage AS lineage USING (lineage_id) JOIN meta.file AS file USING (file_id) "
        "JOIN mart.dim_source AS dim ON dim.source_id = lineage.source_id ORDER BY 1",
    )
    assert found == [
        ("a.xlsx", "Bütçe", 2, False, "Municipal budget and final account"),
        ("b.xlsx", "Bütçe", 2, True, "Synthetic sample data"),
    ]
    # Two files of one budget are one sum, synthetic as soon as a part of it is.
    sums = ask(
        built.release,
        "SELECT initial_try, outturn_try, is_synthetic FROM mart.spending_total WHERE scope = 'own' AND code = 'total'",
    )
    assert sums == [(100, 90, True)]
    assert ask(built.release, "SELECT has_synthetic FROM meta.release") == [(True,)]


def test_a_utility_without_its_municipality_is_no_total(inbox):
    inbox.put("a.xlsx", budget(spent("06.3", "06.5", 1, 1, 1, Kurum_türü="bağlı idare")), **TOLD)
    warehouse = inbox.build().warehouse
    assert ask(warehouse, "SELECT count(*) FROM mart.fact_spending") == [(1,)]
    assert ask(warehouse, "SELECT count(*) FROM mart.spending_total") == [(0,)]
    assert ask(warehouse, "SELECT count(*) FROM mart.finance_indicator") == [(0,)]


def test_monitoring_knows_which_budget_came_and_asks_for_the_last_one_alone(whole):
    found = ask(
        whole,
        "SELECT city_id, period, coverage.state, since IS NOT NULL, file.name FROM mart.coverage AS coverage "
        "LEFT JOIN meta.file AS file USING (file_id) WHERE city_id IN ('adana', 'ankara') "
        "AND indicator_id = 'investment_share' ORDER BY city_id, period",
    )
    assert found == [
        ("adana", "2025", "received", True, "a.xlsx"), ("adana", "2026", "not_due", False, None),
        ("ankara", "2025", "never", True, None), ("ankara", "2026", "not_due", False, None),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A warehouse of one budget with both its sides, beside the published figures."""
    folder = tmp_path_factory.mktemp("whole")
    inbox = Inbox(folder / "inbox", folder / "var")
    inbox.put("a.xlsx", budget(*SPENDING, *REVENUE, *of([*SPENDING, *REVENUE], Yıl=2025)), **TOLD)
    return inbox.build(data=(OFFICIAL, inbox.folder)).warehouse


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        (
            "UPDATE mart.fact_spending SET outturn_try = outturn_try + 1",
            "spending_facts_are_the_sums_of_their_rows",
        ),
        (
            "DELETE FROM mart.fact_spending WHERE side = 'revenue'",
            "spending_facts_are_the_sums_of_their_rows",
        ),
        (
            "UPDATE mart.spending_total SET outturn_try = 1 WHERE code = 'total'",
            "spending_totals_are_the_sums_of_their_codes",
        ),
        ("DELETE FROM mart.spending_total WHERE code = '09'", "spending_totals_are_the_sums_of_their_codes"),
        ("UPDATE mart.spending_row SET lineage_id = 0", "spending_rows_lead_to_a_file"),
        (
            "DELETE FROM mart.finance_indicator WHERE indicator_id = 'budget_balance'",
            "every_budget_has_its_ratios",
        ),
        (
            "UPDATE mart.finance_indicator SET value = 101 WHERE indicator_id = 'interest_share'",
            "every_budget_has_its_ratios",
        ),
    ],
)
def test_a_mart_that_does_not_hold_is_not_published(whole, tmp_path, broken, check):
    checks.hold(whole, None)
    warehouse = tmp_path / "broken.duckdb"
    shutil.copyfile(whole, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(broken)
    with pytest.raises(ChecksFailed) as failed:
        checks.hold(warehouse, None)
    assert any(f"“{check}”" in one.en for one in failed.value.broken)
