"""Harcama over time, beside others, carried out, collected, line by line; and why something cannot be shown."""

import re
from pathlib import Path

import pytest

from dashboard import catalog as catalogs
from dashboard.data import Data
from dashboard.pages.spending import PAGE
from dashboard.state_spending import SpendingState
from dashboard.views.spending import BLOCKS, view
from dashboard.views.spending_indicators import ceiling
from dashboard.views.spending_lines import MOST_LINES
from dashboard.warehouse import Warehouse
from tests.budgets import CITY, DISTRICT, FILE, NOTHING, PEER, SHEET, Facts, with_budgets
from tests.spending import block, headline, rows, shown

# -------------------------------------------------------------------------- trend and comparison


def test_nothing_crosses_the_border_change_and_provisional_years_are_open(money: Data) -> None:
    trend = block(shown(money), "trend")
    assert trend.chart is not None
    lead = next(trace for trace in trend.chart.figure["data"] if trace["name"] == "Adana")
    at = lead["x"].index(2014)
    assert (lead["x"][at - 1], lead["y"][at - 1]) == (2013.5, None)
    assert lead["marker"]["symbol"][lead["x"].index(2025)] == "circle-open"
    assert lead["marker"]["symbol"][lead["x"].index(2024)] == "circle"
    assert "2014 yılında 90 ₺, 2025 (geçici) yılında 1.800 ₺" in headline(shown(money), "trend")
    assert "2013" not in trend.headline
    assert any(note.startswith("2014 kırılması") and "6360" in note for note in trend.notes)
    labels = [note["text"] for note in trend.chart.figure["layout"]["annotations"]]
    assert "2014 sınır değişikliği (6360)" in labels


def test_a_year_that_is_not_final_says_so_where_it_is_chosen_and_in_every_row(money: Data) -> None:
    found = shown(money, yil="2025")
    assert any("2025 tutarları geçicidir" in notice for notice in found.notices)
    assert {row["status_word"] for row in rows(found, "composition").values()} == {"geçici"}
    assert {row["status"] for row in rows(found, "economic").values()} == {"provisional"}
    assert {row["status_word"] for row in rows(shown(money), "composition").values()} == {"kesin"}
    state = SpendingState.parse({"kent": CITY}, money.catalog)
    years = next(one for one in PAGE.controls(money.catalog, state) if one.name == "yil").options
    assert [one.label for one in years][:3] == ["2026 (yalnız ödenek)", "2025 (geçici)", "2024"]


def test_the_median_is_of_those_of_the_same_type(money: Data) -> None:
    row = rows(shown(money), "trend")["2024"]
    assert (row["median"], row["n"]) == (1_100, 2)
    assert rows(shown(money, grup="pilots"), "trend")["2024"]["n"] == 4


def test_unlike_municipalities_are_warned_of_and_one_step_leads_back(money: Data) -> None:
    plain = shown(money)
    assert {row["type"] for row in rows(plain, "ranking").values()} == {"büyükşehir belediyesi"}
    assert plain.notices == ()
    added = shown(money, ekle=DISTRICT)
    assert any(
        "ilçe belediyesi" in notice and "görev, sınır ve gelirleri farklıdır" in notice
        for notice in added.notices
    )
    offer = next(chip for chip in added.chips if chip.action == "offer")
    assert SpendingState.parse(offer.query, money.catalog).group == "type"
    assert {CITY, DISTRICT} == set(rows(added, "ranking"))


def test_who_is_missing_is_named_with_the_reason(money: Data) -> None:
    found = shown(money, dal="08")
    assert rows(found, "ranking")[NOTHING]["value"] is None
    assert any("Antalya" in note and "2024 bütçesi gelmedi" in note for note in block(found, "ranking").notes)
    assert rows(shown(money, dal="10"), "ranking")[PEER]["status_word"] == "Bütçesinde bu dalda satır yok."
    head = headline(shown(money), "ranking")
    assert "en yüksekten 2. sırada; ortanca 1.100 ₺" in head
    figure = block(shown(money), "ranking").chart
    assert figure is not None
    assert set(figure.figure["data"][0]["marker"]["color"]) == {"@lead", "@peer"}


# ----------------------------------------------------------------- execution, revenue, the rest


def test_execution_is_told_on_both_denominators_and_above_a_hundred_as_it_is(money: Data) -> None:
    found = shown(money)
    by_code = rows(found, "execution")
    assert (by_code["10"]["initial_rate"], by_code["10"]["final_rate"]) == (150.0, 150.0)
    assert (by_code["05"]["initial_rate"], by_code["05"]["final_rate"]) == (
        pytest.approx(100 * 500 / 550), pytest.approx(100 * 500 / 620),
    )  # fmt: skip
    assert by_code["unclassified"]["initial_rate"] is None
    assert by_code["unclassified"]["final_rate"] == 100
    told = block(found, "execution").headline
    assert "başlangıç ödeneğine oranı %105,3, yıl sonu ödeneğine oranı %93,5" in told
    chart = block(found, "execution").chart
    assert chart is not None
    assert max(value for value in chart.figure["data"][1]["x"]) == 150
    assert chart.figure["layout"]["xaxis"]["range"][1] >= 150
    assert chart.figure["layout"]["xaxis"]["title"]["text"] == "Başlangıç ödeneği = %100"


def test_refunds_are_subtracted_and_the_central_share_is_told(money: Data) -> None:
    found = shown(money)
    by_code = rows(found, "revenue")
    assert by_code["total"]["collected"] == 1_000
    assert by_code["09"]["collected"] == 20
    assert by_code["05.2"]["share"] == 60
    assert by_code["05.2"]["is_part"]
    assert by_code["01"]["rate"] == 87.5
    assert "%60,0 kadarı merkezden alınan paylar (05.2)" in block(found, "revenue").headline
    assert "bildirilmedi" in block(shown(money, yil="2023"), "revenue").headline


def test_the_ceiling_on_personnel_depends_on_the_people() -> None:
    assert [ceiling(people) for people in (None, 9_999.0, 10_000.0)] == [30.0, 40.0, 30.0]


def test_lines_come_with_file_sheet_and_row_and_what_is_left_out_is_counted(money: Data) -> None:
    found = shown(money, kent=PEER, yil="2023")
    lines = block(found, "lines")
    assert lines.frame is not None
    assert len(lines.frame) == MOST_LINES
    largest = lines.frame.rows[0]
    assert largest["outturn"] == 130
    assert largest["where"] == f"{FILE}, {SHEET}, satır {largest['row_number']}"
    assert any(note.startswith(f"{130 - MOST_LINES} satır daha var") for note in lines.notes)
    assert f"130 bütçe satırı var; en büyük {MOST_LINES} satır" in lines.headline
    assert len(rows(found, "unit")) == 40
    few = shown(money, dal="10")
    assert "1 bütçe satırı var; hepsi aşağıda" in block(few, "lines").headline
    initial = block(shown(money, kent=PEER, yil="2023", olcu="baslangic"), "lines")
    assert initial.headline == lines.headline


# ------------------------------------------------------------------------- what cannot be shown


def test_a_measure_nobody_reported_is_said_and_the_others_offered(money: Data) -> None:
    found = shown(money, yil="2026")
    assert "Bu ölçü bildirilmedi." in block(found, "composition").headline
    assert [chip.label for chip in found.chips] == ["Göster: Başlangıç ödeneği"]
    offered = view(money, SpendingState.parse(found.chips[0].query, money.catalog))
    assert rows(offered, "composition")["05"]["value"] == 3_000
    assert "başlangıç ödeneği" in block(offered, "composition").headline


def test_a_city_without_a_budget_still_sees_the_others(money: Data) -> None:
    found = shown(money, kent=NOTHING)
    assert any("bütçe göndermemiş" in notice for notice in found.notices)
    assert rows(found, "ranking")[CITY]["value"] == 1_000
    assert block(found, "composition").frame is None
    assert [one.id for one in found.blocks] == list(BLOCKS)


def test_without_any_budget_the_page_says_what_to_load(release_folder: Path, tmp_path: Path) -> None:
    warehouse = Warehouse(with_budgets(release_folder, tmp_path / "releases", [], Facts({}, {})))
    empty = Data(warehouse, catalogs.load(warehouse))
    for lang in ("tr", "en"):
        found = shown(empty, lang=lang, fiyat="reel")
        assert [one.id for one in found.blocks] == list(BLOCKS)
        assert "karne template spending" in found.blocks[0].body
        assert found.blocks[0].headline
        assert not any(one.frame or one.chart for one in found.blocks)


def test_every_block_with_an_amount_is_marked_as_made_up(money: Data) -> None:
    for lang, mark in (("tr", "[SENTETİK]"), ("en", "[SYNTHETIC]")):
        found = shown(money, lang=lang)
        assert found.synthetic
        for one in found.blocks:
            if one.frame and len(one.frame):
                assert one.headline.endswith(mark), one.id
                assert all(row["is_synthetic"] for row in one.frame if row.get("value") is not None)


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_headlines_say_measure_basis_and_year(money: Data, lang: str) -> None:
    told = {one.id: one.headline for one in shown(money, lang=lang, fiyat="kisi").blocks}
    basis = {"tr": "gerçekleşme, kişi başına, cari fiyatlarla", "en": "outturn, per head, in nominal terms"}[
        lang
    ]
    for name in ("composition", "economic", "trend", "ranking", "unit"):
        assert basis in told[name], name
    assert all(re.search(r"\b20\d\d\b", text) for name, text in told.items()), told
