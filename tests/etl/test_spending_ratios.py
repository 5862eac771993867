"""The ratios of a budget against the textbook written out, scope by scope, and why one has no value."""

import pytest

from tests.etl.budget_files import REVENUE, SPENDING, ask, budget, earned, of, spent
from tests.etl.conftest import OFFICIAL, Inbox

TOLD = {"layout": "spending", "source": "municipal_budget"}
PEOPLE = {2022: 2_274_106, 2023: 2_270_298, 2024: 2_280_484}
"""Adana's by year: a metropolitan municipality, so the province's."""
WRITTEN_OUT = {
    "spending_execution_initial": 100 * 1000 / 1000,
    "spending_execution_final": 100 * 1000 / 1230,
    "spending_per_head": 1000 / PEOPLE[2024],
    "investment_share": 100 * (344 + 6) / 1000,
    "personnel_ratio": 100 * (410 + 61) / 1040,
    "interest_share": 100 * 35 / 1000,
    "own_revenue_ratio": 100 * (210 + 90 + 40) / 1040,
    "collection_rate": 100 * 1040 / 1150,
    "budget_balance": 100 * (1040 - 1000) / 1040,
    "social_assistance_per_head": (40 + 16 + 8) / PEOPLE[2024],
}
UTILITY = of([spent("06.3", "06.5", 100, 100, 200), earned("03.1", 100, 160, 100)], Kurum_türü="bağlı idare")
COMPANY = of([spent("04.5", "01.1", 50, 50, 40), earned("03.1", 50, 60, 60)], Kurum_türü="şirket")
ONE_SIDED = of([spent("06.3", "06.5", 100, None, 200)], Kurum_türü="bağlı idare")
# A budget a year, each with something of its own.
BUDGETS = {
    2010: SPENDING,
    2011: REVENUE,
    2012: of([*SPENDING, *REVENUE], Gerçekleşme=None),
    2013: of(SPENDING, Başlangıç_ödeneği=None),
    2014: of(SPENDING, Başlangıç_ödeneği=0),
    2015: of(REVENUE, Tahakkuk=None),
    2016: of(REVENUE, Gerçekleşme=0),
    2017: [*SPENDING, *REVENUE, spent("15.1", "12.1", 0, 0, 50)],
    2018: [*SPENDING, *REVENUE, spent("05.7", "12.1", 0, 0, 60)],
    2019: [*SPENDING, *REVENUE, earned("07.1", 0, 0, 60)],
    2020: [*SPENDING, *of(REVENUE, Durum="geçici")],
    2021: [*SPENDING, *REVENUE, spent("15.1", "03.9", 0, 0, 60)],
    2022: [*SPENDING, *REVENUE, *UTILITY, *COMPANY],
    2023: [*SPENDING, *REVENUE, *ONE_SIDED],
    2024: [*SPENDING, *REVENUE],
}
OF_REVENUE = ("own_revenue_ratio", "collection_rate")
OF_BOTH = ("personnel_ratio", "budget_balance")
NO_REVENUE = dict.fromkeys((*OF_REVENUE, *OF_BOTH), "no_revenue")
NO_EXPENDITURE = dict.fromkeys(WRITTEN_OUT.keys() - set(OF_REVENUE), "no_expenditure")
NO_PEOPLE = dict.fromkeys(("spending_per_head", "social_assistance_per_head"), "no_population")
ON_CODES = ("investment_share", "interest_share", "personnel_ratio", "social_assistance_per_head")
NO_VALUE = {
    2010: NO_REVENUE | NO_PEOPLE,
    2011: NO_EXPENDITURE,
    2012: dict.fromkeys(WRITTEN_OUT, "no_outturn"),
    2013: NO_REVENUE | NO_PEOPLE | {"spending_execution_initial": "no_initial"},
    2014: NO_REVENUE | {"spending_execution_initial": "zero_base"},
    2015: NO_EXPENDITURE | {"collection_rate": "no_accrued"},
    2016: NO_EXPENDITURE | {"own_revenue_ratio": "zero_base"},
    2017: {},
    2018: dict.fromkeys(ON_CODES, "unclassified"),
    2019: {"own_revenue_ratio": "unclassified"},
    2021: {"social_assistance_per_head": "unclassified"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every budget of Adana, built beside the published figures."""
    folder = tmp_path_factory.mktemp("ratios")
    inbox = Inbox(folder / "inbox", folder / "var")
    inbox.put(
        "adana.xlsx", budget(*(row for year, rows in BUDGETS.items() for row in of(rows, Yıl=year))), **TOLD
    )
    return inbox.build(data=(OFFICIAL, inbox.folder))


@pytest.fixture(scope="module")
def ratios(built):
    """year -> (scope, indicator) -> (value, status, reason)."""
    found = {year: {} for year in BUDGETS}
    asked = "SELECT year, scope, indicator_id, value, status, reason FROM mart.finance_indicator"
    for year, scope, name, *rest in ask(built.warehouse, asked):
        found[year][scope, name] = tuple(rest)
    return found


def test_every_ratio_is_the_one_written_out(ratios):
    found = ratios[2024]
    own = {name: value for (scope, name), (value, *_) in found.items() if scope == "own"}
    assert own == {name: pytest.approx(value, rel=1e-12) for name, value in WRITTEN_OUT.items()}
    assert {found["own", name][1:] for name in WRITTEN_OUT} == {("measured", "")}
    # Nobody to add: the wider scopes say so and have the narrower value.
    for scope in ("utilities", "all"):
        assert {name: found[scope, name][0] for name in WRITTEN_OUT} == own
        assert {found[scope, name][1:] for name in WRITTEN_OUT} == {("measured", "no_affiliate")}


def test_the_ratios_of_the_municipality_alone_are_figures_like_any_other(built, ratios):
    figures = ask(
        built.release,
        "SELECT CAST(period AS INTEGER), indicator_id, value, status, value_level, method FROM mart.fact_value AS fact "
        "JOIN meta.lineage USING (lineage_id) JOIN mart.dim_indicator USING (indicator_id) "
        "WHERE city_id = 'adana' AND theme_id = 'finance' AND method = 'finance_ratio'",
    )
    wanted = {
        (year, name): (value, status, "municipality", "finance_ratio")
        for year in (2019, 2020, 2021, 2022, 2023, 2024)
        for (scope, name), (value, status, _) in ratios[year].items()
        if scope == "own"
    }
    assert {row[:2]: row[2:] for row in figures} == wanted


def test_utilities_and_companies_are_added_scope_by_scope(ratios):
    value = {key: row[0] for key, row in ratios[2022].items()}
    assert value["own", "investment_share"] == pytest.approx(35)
    assert value["utilities", "investment_share"] == pytest.approx(100 * (350 + 200) / 1200)
    assert value["all", "investment_share"] == pytest.approx(100 * (350 + 200) / 1240)
    assert value["utilities", "personnel_ratio"] == pytest.approx(100 * 471 / (1040 + 100))
    assert value["all", "personnel_ratio"] == pytest.approx(100 * (471 + 40) / (1040 + 100 + 60))
    assert value["utilities", "collection_rate"] == pytest.approx(100 * 1140 / 1310)
    assert value["all", "budget_balance"] == pytest.approx(100 * (1200 - 1240) / 1200)
    assert value["all", "spending_per_head"] == pytest.approx(1240 / PEOPLE[2022])
    assert {row[2] for row in ratios[2022].values()} == {""}


def test_a_body_that_lacks_a_measure_or_a_side_leaves_no_sum_of_it(built, ratios):
    found = ratios[2023]
    reasons = {name: found["utilities", name][2] for name in WRITTEN_OUT}
    assert found["utilities", "spending_execution_initial"][0] == pytest.approx(100 * 1200 / 1100)
    assert reasons["spending_execution_final"] == "no_appropriation"
    # The utility sent no revenue: what it spends on staff is not held against the municipality's revenue.
    assert reasons["personnel_ratio"] == reasons["budget_balance"] == "no_revenue"
    assert reasons["collection_rate"] == ""
    assert found["own", "personnel_ratio"][0] == pytest.approx(WRITTEN_OUT["personnel_ratio"])
    sums = ask(
        built.warehouse,
        "SELECT scope, initial_try, appropriation_try, entities FROM mart.spending_total "
        "WHERE year = 2023 AND side = 'expenditure' AND code = 'total' ORDER BY scope",
    )
    assert sums == [
        ("all", 1100, None, ["municipality", "utility"]), ("own", 1000, 1230, ["municipality"]),
        ("utilities", 1100, None, ["municipality", "utility"]),
    ]  # fmt: skip


@pytest.mark.parametrize("year", NO_VALUE)
def test_what_is_missing_is_the_reason(ratios, year):
    reasons = {name: found[2] for (scope, name), found in ratios[year].items() if scope == "own"}
    asked = {name: reason for name, reason in reasons.items() if reason in set(NO_VALUE[year].values())}
    assert (
        asked == NO_VALUE[year] or {k: v for k, v in asked.items() if k in NO_VALUE[year]} == NO_VALUE[year]
    )
    for (_, name), (value, status, reason) in ratios[year].items():
        is_told = reason in ("", "no_affiliate")
        assert (value is not None) == is_told, name
        assert status == (
            "measured" if is_told else "not_applicable" if reason == "zero_base" else "not_collected"
        )


def test_what_has_no_class_stays_in_the_whole(ratios):
    assert ratios[2017]["own", "investment_share"][0] == pytest.approx(100 * 350 / 1050)
    assert ratios[2018]["own", "spending_per_head"][0] == pytest.approx(1060 / 2_220_125)


def test_provisional_accounts_are_told_on_the_side_they_are_of(ratios):
    states = {name: ratios[2020]["own", name][1] for name in WRITTEN_OUT}
    assert states["investment_share"] == "measured"
    assert states["collection_rate"] == states["personnel_ratio"] == "provisional"


PEOPLE_OF = [
    ("adana", 2013, None, "not_own"),  # metropolitan, but not yet to the border of the province
    ("adana", 2014, 2_165_595, "province_border"),
    ("manisa", 2013, None, "not_own"),
    ("manisa", 2014, 1_367_905, "province_border"),
    ("bartin", 2024, None, "not_own"),
    ("istanbul-kartal", 2013, 447_110, "own"),
    ("istanbul-kartal", 2024, 475_859, "own"),
    ("istanbul-kartal", 2003, None, "not_published"),
]


def test_a_budget_is_divided_by_the_people_of_the_municipality_alone(inbox):
    rows = [row for city, year, *_ in PEOPLE_OF for row in of(SPENDING, Kent=city, Yıl=year)]
    inbox.put("budget.xlsx", budget(*rows), **TOLD, currency="try")
    found = ask(
        inbox.build(data=(OFFICIAL, inbox.folder)).warehouse,
        "SELECT city_id, year, population, people.status, value, reason FROM mart.city_population AS people "
        "JOIN mart.finance_indicator AS ratio USING (city_id, year) "
        "WHERE scope = 'own' AND indicator_id = 'spending_per_head' ORDER BY city_id, year",
    )
    assert found == [
        (
            city,
            year,
            people,
            status,
            people and pytest.approx(1000 / people),
            "" if people else "no_population",
        )
        for city, year, people, status in sorted(PEOPLE_OF, key=lambda one: one[:2])
    ]
