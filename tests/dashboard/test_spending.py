"""Harcama: sums done by hand, branches that cross, kuruş that add up, and the price basis named everywhere."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from dashboard.app import create_app
from dashboard.data import Data
from dashboard.settings import Settings
from dashboard.state_spending import SpendingState
from dashboard.views.spending import BLOCKS
from dashboard.views.spending_lira import largest_remainder
from tests.budgets import CITY, DISTRICT, FILE, NO_PEOPLE, PEER
from tests.spending import block, headline, rows, shown

# --------------------------------------------------------------------------------- composition


def test_functions_add_up_to_the_budget_and_the_unclassified_is_one_of_them(money: Data) -> None:
    found = rows(shown(money), "composition")
    assert {code: row["value"] for code, row in found.items()} == {
        "05": 500, "08": 300, "10": 150, "unclassified": 50,
    }  # fmt: skip
    assert {code: row["share"] for code, row in found.items()} == {
        "05": 50,
        "08": 30,
        "10": 15,
        "unclassified": 5,
    }
    assert found["unclassified"]["name"] == "Sınıflanmamış"
    assert found["05"]["change"] == pytest.approx(400.0)
    assert found["10"]["change"] is None
    assert found["10"]["change_text"] == "önceki yıl satırı yok"
    told = headline(shown(money), "composition")
    assert told.startswith(
        "Adana’da 2024 yılında en büyük işlev Çevre Koruma Hizmetleri: 500 ₺, bütçe içindeki payı %50,0"
    )
    assert "(gerçekleşme, cari fiyatlarla)" in told


def test_a_branch_shows_its_groups_and_every_link_leads_to_a_state(money: Data) -> None:
    found = shown(money, dal="05")
    groups = rows(found, "composition")
    assert {code: row["value"] for code, row in groups.items()} == {"05.1": 250, "05.2": 250}
    assert {row["share"] for row in groups.values()} == {50.0}
    economic = rows(found, "economic")
    assert {code: row["value"] for code, row in economic.items()} == {"06": 250, "01": 150, "03": 100}
    for row in (*groups.values(), *economic.values()):
        query = dict(part.split("=") for part in row["href"].partition("?")[2].partition("#")[0].split("&"))
        state = SpendingState.parse(query, money.catalog)
        assert state.notices == ()
        assert state.branch.function == ("05" if row in economic.values() else row["code"])
    assert [chip.label for chip in found.chips] == ["05 Çevre Koruma Hizmetleri"]
    assert "dal" not in found.chips[0].query
    body = block(found, "composition").body
    assert "Bütün bütçe</a>" in body
    assert "gorunum=cubuk" in body


def test_function_economic_code_and_unit_cross(money: Data) -> None:
    crossed = shown(money, dal="05.1~e01~k46.1.1.05")
    assert rows(crossed, "economic")["01"]["value"] == 150
    assert list(rows(crossed, "unit")) == ["46.1.1.05"]
    assert [row["outturn"] for row in block(crossed, "lines").frame or ()] == [150]
    # A unit is the municipality's own: trend and comparison are of all units, and say so.
    assert rows(crossed, "trend")["2024"]["value"] == 150
    assert any("bütün birimler" in note for note in block(crossed, "trend").notes)
    assert [chip.label for chip in crossed.chips] == [
        "05.1 Atık yönetimi", "01 Personel Giderleri", "46.1.1.05 kodlu birim",
    ]  # fmt: skip
    assert rows(shown(money, dal="~e05"), "economic")["05.4"]["is_part"]


def test_nothing_is_held_against_a_sum_of_other_bodies_or_across_the_border_change(money: Data) -> None:
    own = rows(shown(money), "composition")["05"]["change_text"]
    wider = rows(shown(money, kapsam="bagli"), "composition")["05"]["change_text"]
    border = rows(shown(money, yil="2014"), "composition")["05"]["change_text"]
    assert (own, wider, border) == ("+%400,0", "toplamdaki kurumlar değişti", "2014 sınır değişikliği")
    # The same comparison for a municipality whose border did not change.
    first = rows(shown(money, yil="2023"), "composition")["05"]["change_text"]
    assert first == "2022 bütçesi yok"


def test_scope_is_a_switch_and_the_page_says_who_is_in_the_sum(money: Data) -> None:
    own, wider, widest = (shown(money, kapsam=scope) for scope in ("belediye", "bagli", "hepsi"))
    assert "06" not in rows(own, "composition")
    assert rows(wider, "composition")["06"]["value"] == 400
    assert rows(wider, "ranking")[CITY]["value"] == 1_400
    assert [len(block(one, "lines").frame or ()) for one in (own, wider)] == [6, 7]
    assert any("yalnız şu var: belediye" in note for note in block(own, "composition").notes)
    assert any("belediye, bağlı idare. Aralarındaki aktarmalar düşülmedi" in note for note in wider.notices)
    assert any("toplamda olmayanlar: belediye şirketi" in note for note in widest.notices)
    assert "belediye ve bağlı idareleri" in wider.choice
    assert any("aynı kurumlar yok" in note for note in block(wider, "ranking").notes)


# ------------------------------------------------------------------------------------- one lira


def test_kurus_add_up_to_a_hundred_by_the_largest_remainder(money: Data) -> None:
    assert largest_remainder({"a": 1, "b": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert largest_remainder({"a": 0.4, "b": 99.6}) == {"a": 0, "b": 100}
    assert largest_remainder({"a": 12.5, "b": 12.5, "c": 75}) == {"a": 13, "b": 12, "c": 75}
    assert largest_remainder({}) == {}
    assert largest_remainder({"a": 0.0}) == {}
    for seed in range(200):
        parts = {str(n): (seed * 7919 + n * n * 104_729) % 997 + 0.25 for n in range(1, 12)}
        counts = largest_remainder(parts)
        assert sum(counts.values()) == 100
        assert all(abs(counts[key] - 100 * part / sum(parts.values())) < 1 for key, part in parts.items())
    found = rows(shown(money), "lira")
    assert {code: row["kurus"] for code, row in found.items()} == {
        "05": 50,
        "08": 30,
        "10": 15,
        "unclassified": 5,
    }
    chart = block(shown(money, dal="05"), "lira").chart
    assert chart is not None
    assert len(chart.figure["data"][0]["x"]) == 100
    assert "her 1 TL’nin 50 kuruşu Çevre Koruma Hizmetleri için" in block(shown(money), "lira").headline


# ---------------------------------------------------------------------------------- price basis


@pytest.mark.parametrize(
    ("query", "value", "unit", "told"),
    [
        ({}, 1_000, "TL, cari fiyatlarla", "cari fiyatlarla"),
        ({"fiyat": "reel"}, 1_000, "TL, 2024 fiyatlarıyla (TÜFE)", "2024 fiyatlarıyla"),
        ({"fiyat": "reel", "baz": "2023"}, 500, "TL, 2023 fiyatlarıyla (TÜFE)", "2023 fiyatlarıyla"),
        ({"fiyat": "kisi"}, 100, "kişi başına TL, cari fiyatlarla", "kişi başına, cari fiyatlarla"),
        (
            {"fiyat": "kisi-reel", "baz": "2023"},
            50,
            "kişi başına TL, 2023 fiyatlarıyla (TÜFE)",
            "2023 fiyatlarıyla",
        ),
    ],
)
def test_the_basis_is_in_axis_hover_headline_address_and_file(
    money: Data, query: dict[str, str], value: float, unit: str, told: str
) -> None:
    found = shown(money, **query)
    ranking, trend = block(found, "ranking"), block(found, "trend")
    row = rows(found, "ranking")[CITY]
    assert row["value"] == pytest.approx(value)
    assert rows(found, "trend")["2024"]["value"] == pytest.approx(value)
    assert row["unit"] == unit
    assert row["base_year"] == (int(query.get("baz", "2024")) if "reel" in query.get("fiyat", "") else None)
    assert ranking.chart is not None
    assert trend.chart is not None
    layout = ranking.chart.figure["layout"]
    assert layout["xaxis"]["title"]["text"] == unit
    assert trend.chart.figure["layout"]["yaxis"]["title"]["text"] == unit
    assert all(unit in hover for hover in ranking.chart.figure["data"][0]["customdata"])
    for name in ("ranking", "trend", "composition"):
        assert told in block(found, name).headline
        assert unit in block(found, name).measure
    state = SpendingState.parse({"kent": CITY, **query}, money.catalog)
    assert query.items() <= state.query().items()


def test_every_file_says_its_basis_in_every_row(budget_folder: Path) -> None:
    """The number, its basis and base year, the amount as reported, the file it is from; csv, workbook, description."""
    client = create_app(Settings(data=budget_folder, base_url="https://karne.example")).server.test_client()
    query = {"kent": CITY, "fiyat": "reel", "baz": "2023", "lang": "tr"}
    for name in (one for one in BLOCKS if one != "indicators"):
        text = client.get(f"/indir/spending/{name}.csv", query_string=query).data.decode("utf-8")
        found = list(csv.DictReader(io.StringIO(text, newline="")))
        assert found, name
        nominal = name == "lines"
        bases = (
            {"Bütçe içinde pay"} if name == "lira" else {"Cari fiyatlarla"} if nominal else {"Reel (TÜFE)"}
        )
        assert {row["fiyat_esasi"] for row in found} == bases, name
        assert {row["baz_yil"] for row in found} == ({""} if nominal or name == "lira" else {"2023"}), name
        assert all(row["surum"] and row["sentetik"] == "evet" for row in found if row.get("deger")), name
        assert all("sentetik" in row["kaynak"].lower() for row in found if row.get("deger")), name
    text = client.get("/indir/spending/ranking.csv", query_string=query).data.decode("utf-8")
    own = next(row for row in csv.DictReader(io.StringIO(text, newline="")) if row["yer_kodu"] == CITY)
    assert (own["deger"], own["cari_tutar"], own["birim"]) == ("500", "1000", "TL, 2023 fiyatlarıyla (TÜFE)")
    assert (own["toplamdaki_kurumlar"], own["dosya"]) == ("belediye", FILE)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/indir/spending/trend.xlsx", query_string=query).data)
    )
    about = {str(row[0]): str(row[1]) for row in book.worksheets[1].iter_rows(values_only=True)}
    assert "TL, 2023 fiyatlarıyla (TÜFE)" in about["Ölçülen"]
    described = client.get("/indir/spending/trend.json", query_string=query).json
    assert "fiyat_esasi" in str(described)


def test_shares_are_of_the_budget_and_the_whole_has_none_to_compare(money: Data) -> None:
    whole, branch = shown(money, fiyat="pay"), shown(money, fiyat="pay", dal="05")
    assert block(whole, "ranking").frame is None
    assert "her zaman %100" in block(whole, "ranking").notes[0]
    assert {city: row["value"] for city, row in rows(branch, "ranking").items() if row["value"]} == {
        CITY: 50,
        PEER: 75,
    }
    assert rows(branch, "trend")["2023"]["value"] == 50


def test_a_year_without_a_deflator_is_nominal_only_and_says_so(money: Data) -> None:
    found = shown(money, yil="2025", fiyat="reel")
    assert any("2025 için tam yıl TÜFE yok" in note for note in found.notices)
    assert "cari fiyatlarla" in block(found, "composition").headline
    assert rows(found, "composition")["05"]["value"] == 1_800
    trend = rows(found, "trend")
    assert trend["2025"]["value"] is None
    assert trend["2025"]["nominal"] == 1_800
    assert trend["2024"]["value"] == 1_000
    assert any(
        "2025 için tam yıl TÜFE yok" in note and "1.800" in note for note in block(found, "trend").notes
    )
    assert "2024 fiyatlarıyla" in block(found, "trend").headline


def test_nobody_is_divided_by_the_people_of_a_province(money: Data) -> None:
    found = shown(money, kent=NO_PEOPLE, fiyat="kisi")
    assert rows(found, "composition")["05"]["value"] is None
    assert "ilin nüfusu belediyenin nüfusu değildir" in block(found, "composition").headline
    assert block(found, "composition").chart is None
    offer = next(chip for chip in found.chips if chip.action == "offer")
    assert "fiyat" not in offer.query
    every = rows(shown(money, fiyat="kisi", grup="pilots"), "ranking")
    assert every[NO_PEOPLE]["value"] is None
    assert "ilin nüfusu" in every[NO_PEOPLE]["status_word"]
    assert [city for city, row in every.items() if row["value"] is not None] == [CITY, DISTRICT, PEER]
