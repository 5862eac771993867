"""The finance indicators on Harcama against the marts of the shipped release, and the state of the page's address."""

import re
import statistics
from pathlib import Path

import duckdb
import pytest

from dashboard.data import Data
from dashboard.frame import Row
from dashboard.state_spending import Branch, SpendingState
from dashboard.text import keys
from dashboard.views.spending import view

IDS = {
    "spending_execution_initial", "spending_execution_final", "spending_per_head", "investment_share",
    "personnel_ratio", "interest_share", "own_revenue_ratio", "collection_rate", "budget_balance",
    "social_assistance_per_head",
}  # fmt: skip


def indicators(data: Data, **query: str) -> dict[str, Row]:
    found = view(data, SpendingState.parse(query, data.catalog))
    frame = next(block for block in found.blocks if block.id == "indicators").frame
    assert frame is not None
    return {row["indicator_id"]: row for row in frame}


def test_every_indicator_has_value_parts_and_the_median_of_its_kind(
    data: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    city = next(
        city for city in data.catalog.budgets.years if data.catalog.cities[city].legal_type == "metropolitan"
    )
    year = data.catalog.budgets.default_year(city)
    kind = [one.city_id for one in data.catalog.pilots if one.legal_type == "metropolitan"]
    found = indicators(data, kent=city)
    assert found.keys() == IDS
    for indicator_id, row in found.items():
        rows = mart.execute(
            "SELECT city_id, value, numerator, denominator FROM mart.finance_indicator"
            " WHERE year = ? AND scope = 'own' AND indicator_id = ?",
            [year, indicator_id],
        ).fetchall()
        own = next(one for one in rows if one[0] == city)
        assert (row["value"], row["numerator"], row["denominator"]) == own[1:]
        known = [one[1] for one in rows if one[0] in kind and one[1] is not None]
        assert (row["median"], row["n"]) == (pytest.approx(statistics.median(known)), len(known))
        assert row["href"] == f"/gosterge/{indicator_id}"
        assert row["price_basis"] == "Cari fiyatlarla"


def test_the_ceiling_is_told_with_its_article_for_the_municipality_alone(data: Data) -> None:
    city = next(iter(data.catalog.budgets.years))
    own = indicators(data, kent=city)["personnel_ratio"]
    assert own["legal_ceiling"] == 30
    word = "üstünde" if own["value"] > 30 else "altında"
    assert f"yasal sınırın (%30, m. 49) {word}" in own["told"]
    found = view(data, SpendingState.parse({"kent": city}, data.catalog))
    block = next(block for block in found.blocks if block.id == "indicators")
    assert "yasal sınır %30 (5393 sayılı Kanun m. 49)" in block.headline
    assert any("sınırın aşıldığını kanıtlamaz" in note for note in block.notes)
    wider = indicators(data, kent=city, kapsam="bagli")["personnel_ratio"]
    assert wider["legal_ceiling"] is None
    assert "m. 49" not in wider["told"]


def test_every_reason_of_the_contract_has_words() -> None:
    contract = (Path(__file__).parents[2] / "warehouse.duckdb.sql").read_text(encoding="utf-8")
    table = contract.partition("CREATE TABLE mart.finance_indicator")[2].partition(");\n")[0]
    listed = re.search(r"reason IN \(([^)]*)\)", table)
    assert listed
    reasons = re.findall(r"'(\w+)'", listed[1])
    assert {"unclassified", "no_affiliate", "no_population"} <= set(reasons)
    for lang in ("tr", "en"):
        assert {f"spending.reason_{reason}" for reason in reasons} <= keys(lang)


# ------------------------------------------------------------------------------------------ state


def test_a_state_and_its_address_are_one(data: Data) -> None:
    plain = SpendingState.parse({}, data.catalog)
    assert plain.query() == {}
    asked = {
        "kent": "ankara", "fiyat": "kisi-reel", "baz": "2023", "kapsam": "hepsi", "olcu": "yilsonu",
        "gorunum": "cubuk", "dal": "05.1~e03~k46.6.1.02", "grup": "pilots", "lang": "en",
    }  # fmt: skip
    state = SpendingState.parse(asked, data.catalog)
    assert state.query() == asked
    assert state.branch == Branch("05.1", "03", "46.6.1.02")
    chosen = SpendingState.parse({"ile": "adana,ankara", "kent": "adana"}, data.catalog)
    assert (chosen.group, chosen.chosen) == ("chosen", ("ankara",))


@pytest.mark.parametrize(
    ("name", "value", "notice"),
    [
        ("kent", "atlantis", "kent"),
        ("yil", "1923", "butce_yili"),
        ("fiyat", "dolar", "fiyat"),
        ("baz", "2025", "baz"),
        ("kapsam", "devlet", "kapsam"),
        ("olcu", "niyet", "olcu"),
        ("gorunum", "pasta", "gorunum"),
        ("dal", "99", "dal"),
        ("dal", "05~x03", "dal"),
        ("dal", "05~kabc", "dal"),
        ("dal", "~e03~", "dal"),
        ("grup", "provinces", "grup"),
    ],
)
def test_what_is_unknown_gives_the_default_and_a_notice(
    data: Data, name: str, value: str, notice: str
) -> None:
    state = SpendingState.parse({name: value}, data.catalog)
    assert state.query() == {}
    assert state.notices == (f"notice.unknown_{notice}",)
    for lang in ("tr", "en"):
        assert view(data, SpendingState.parse({name: value, "lang": lang}, data.catalog)).notices


def test_the_default_year_is_the_newest_final_one_with_an_outturn(
    data: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    for city in data.catalog.budgets.years:
        (newest,) = mart.execute(
            "SELECT coalesce(max(year) FILTER (NOT is_provisional AND outturn_try IS NOT NULL),"
            " max(year) FILTER (outturn_try IS NOT NULL), max(year)) FROM mart.spending_total"
            " WHERE city_id = ? AND scope = 'own' AND side = 'expenditure' AND code = 'total'",
            [city],
        ).fetchall()[0]
        assert SpendingState.parse({"kent": city}, data.catalog).year == newest
