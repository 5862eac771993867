"""Hizmet aynası: four measures of a service side by side, each the warehouse's figure or why there is none."""

import re
from pathlib import Path
from shutil import copytree

import duckdb
import pytest
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.data import Data
from dashboard.settings import Settings
from dashboard.state_mirror import usual_lag
from dashboard.views.mirror_measure import MEASURES
from dashboard.warehouse import Warehouse
from tests.mirror import ADDRESS, FIGURES, NO_BUDGET, block, every, rows, shown
from tests.money import (
    AFFILIATE,
    CITY,
    COARSE,
    MIXED,
    NO_LINE,
    NO_OUTTURN,
    NO_PEOPLE,
    SECOND,
)
from tests.money import TABLES as MONEY
from tests.reading import Reading

# ---------------------------------------------------------------------------------------------- mirrored


def test_spending_is_outturn_per_head_at_the_prices_of_the_base_year(mirrored: Data) -> None:
    """(20,000 + 10,000) TRY for 1,000 people in 2024; at prices of 2023 that is 30 x 100 / 150."""
    found = rows(shown(mirrored))[CITY]
    assert (found["spends"], found["spends_year"]) == (pytest.approx(30.0), "2024")
    assert found["spends_unit"] == "kişi başına TL, 2024 fiyatlarıyla (TÜFE)"
    assert (found["spends_nominal"], found["spends_population"]) == (30_000.0, 1_000.0)
    assert rows(shown(mirrored, baz="2023"))[CITY]["spends"] == pytest.approx(20.0)
    assert rows(shown(mirrored))[SECOND]["spends"] == pytest.approx(10.0)
    earlier = rows(shown(mirrored, gecikme="3"))[CITY]
    assert (earlier["spends"], earlier["spends_year"]) == (pytest.approx(15 * 150 / 100), "2023")


def test_utilities_are_a_switch(mirrored: Data) -> None:
    """Water is the utility's: 50,000 TRY for 1,000 people once its budget is looked at."""
    own = rows(shown(mirrored, "water_sewerage"))[CITY]
    assert (own["spends"], own["spends_short"]) == (None, "bu işlevde satır yok")
    wide = rows(shown(mirrored, "water_sewerage", kapsam="bagli"))[CITY]
    assert wide["spends"] == pytest.approx(50.0)
    assert wide["spends_scope"] == "belediye ve bağlı idareler"
    assert wide["spends_functions"] == "05.2; 06.3"


def test_an_amount_that_is_not_all_says_so(mirrored: Data, mirror_client: FlaskClient) -> None:
    """Part of a budget on the first level alone; only an affiliate's budget; a part that is unclassified."""
    found = rows(shown(mirrored, kapsam="hepsi"))
    assert found[MIXED]["spends"] == pytest.approx(4_000 / 400)
    assert found[MIXED]["spends_status"] == "low_reliability"
    assert "gerçek tutar daha yüksek olabilir" in found[MIXED]["spends_word"]
    assert found[AFFILIATE]["spends"] == pytest.approx(3_000 / 300)
    assert "belediyenin kendi bütçesi gönderilmedi" in found[AFFILIATE]["spends_word"]
    assert rows(shown(mirrored))[AFFILIATE]["spends_short"] == "bütçe gönderilmedi"
    notes = " ".join(block(shown(mirrored), "cities").notes)
    assert "1 kentin bütçesinde sınıflanmamış gider var, en çok Adana (%20,0)" in notes
    assert "sınıflanmamış" not in " ".join(block(shown(mirrored, gecikme="3"), "cities").notes)
    assert "gerçek tutar daha yüksek olabilir" in mirror_client.get(f"/hizmet/cleaning?kent={MIXED}").text


@pytest.mark.parametrize(
    ("city", "short", "told"),
    [
        (NO_BUDGET, "bütçe gönderilmedi", "2024 bütçesi gönderilmedi."),
        (COARSE, "bütçe bu işlevi ayırmıyor", "yalnız birinci düzeyini"),
        (NO_OUTTURN, "gerçekleşme gönderilmedi", "gerçekleşme yok"),
        (NO_LINE, "bu işlevde satır yok", "sıfır harcama demek değildir"),
        (NO_PEOPLE, "nüfus yayımlanmadı", "Toplam 12.000 ₺, 2024 fiyatlarıyla."),
    ],
)
def test_no_spending_says_why(
    mirrored: Data, mirror_client: FlaskClient, city: str, short: str, told: str
) -> None:
    found = rows(shown(mirrored))[city]
    assert (found["spends"], found["spends_short"]) == (None, short)
    assert told in found["spends_word"].replace("\u00a0", " ")
    read = Reading(mirror_client.get(f"/hizmet/cleaning?kent={city}").text)
    own = next(row for row in read.tables[1] if row[0].strip() == found["place"])
    assert short in own[2]
    assert short in " ".join(read.headlines)


def test_a_year_without_a_full_index_is_nominal_and_says_so(mirrored: Data) -> None:
    found = shown(mirrored, gecikme="1")
    own = rows(found)[CITY]
    assert own["spends"] == pytest.approx(40.0)
    assert own["spends_unit"] == "kişi başına TL, cari fiyatlarla"
    assert (own["spends_status"], own["spends_word"]) == ("provisional", "geçici")
    assert "2025 için tam yıl TÜFE yok" in " ".join(block(found, "cities").notes)
    assert "cari fiyatlarla" in block(found, "mirror").headline
    figure = block(shown(mirrored, gecikme="1", kent=CITY), "scatter")
    assert "cari fiyatlarla" in figure.measure


def test_the_lag_control_changes_only_the_spend_year(mirrored: Data) -> None:
    """D2: survey, plan and need stay what and of when they are."""
    still: list[dict[str, object]] = []
    years = set()
    for lag in ("0", "1", "2", "3"):
        anew = Data(mirrored.warehouse, mirrored.catalog)  # nothing of another lag is kept
        found = rows(shown(anew, gecikme=lag))
        kept = {"name", "place", "type", "service", *MEASURES} - {"spends"}
        still.append(
            {
                f"{city} {key}": value
                for city, row in found.items()
                for key, value in row.items()
                if key in kept or key.startswith(("says_", "plans_", "needs_"))
            }
        )
        years |= {row["spends_year"] for row in found.values() if row["spends"] is not None or lag == "0"}
    assert still[0] == still[1] == still[2] == still[3]
    assert len(still[0]) > 500
    assert years >= {"2025", "2024", "2023"}


def test_the_usual_lag_is_told_and_never_silent(mirrored: Data) -> None:
    """The newest survey is of 2026; 2025 has a budget and no full index, so 2024 is looked at, and the page says so."""
    assert usual_lag(mirrored.catalog, 2026) == 2
    assert usual_lag(mirrored.catalog, 2024) == 0
    assert usual_lag(mirrored.catalog, 2030) == 0
    found = shown(mirrored)
    assert "harcama 2024 (2 yıl önce)" in found.choice
    assert "ilk yıl 2024" in " ".join(block(found, "cities").notes)
    asked = shown(mirrored, gecikme="0")
    assert "harcama 2026 (aynı yıl)" in asked.choice
    assert "ilk yıl" not in " ".join(block(asked, "cities").notes)
    assert {row["spends_word"] for row in rows(asked).values()} == {"2026 bütçesi gönderilmedi."}


def test_services_under_one_function_say_that_budgets_do_not_part_them(mirrored: Data) -> None:
    for service, other in (("roads", "Toplu taşıma"), ("public_transport", "Yol ve kaldırım")):
        notes = " ".join(block(shown(mirrored, service), "cities").notes)
        assert f"04.5 Ulaştırma işlevini şu hizmet de kullanır: {other}. Bütçeler ikisini ayırmaz" in notes
    assert "ayırmaz" not in " ".join(block(shown(mirrored, "cleaning"), "cities").notes)
    landing = " ".join(block(every(mirrored), "services").notes)
    assert "04.5 Ulaştırma: Toplu taşıma, Yol ve kaldırım." in landing
    both = rows(every(mirrored, kent=CITY), "services")
    assert both["roads"]["spends"] == both["public_transport"]["spends"] == pytest.approx(50.0)
    found = shown(mirrored, "roads", kent=CITY)
    assert "Toplu taşıma ile birlikte" in block(found, "mirror").headline
    assert "Toplu taşıma ile birlikte" in block(found, "mirror").body
    assert rows(found)[CITY]["spends_shared"] == "Toplu taşıma ile birlikte"


# ----------------------------------------------------------------------------- citizens, plan, need


def test_satisfaction_is_the_share_of_the_wave_with_its_interval(
    mirrored: Data, mart: duckdb.DuckDBPyConnection
) -> None:
    told = mart.execute(
        "SELECT city_id, 100 * share, 100 * share_low, 100 * share_high, n FROM mart.survey_estimate "
        "WHERE year = 2024 AND item_id = 'cleaning' AND group_var = 'all' AND is_first"
    ).fetchall()
    found = rows(shown(mirrored, yil="2024"))
    assert len(told) > 15
    for city, share, low, high, n in told:
        row = found[city]
        assert row["says"] == pytest.approx(share)
        assert row["says_n"] == n
        assert (row["says_low"] is None) == (low is None)
        if low is not None:
            assert (row["says_low"], row["says_high"]) == (pytest.approx(low), pytest.approx(high))
        assert row["says_year"] == "2024"
    absent = set(found) - {city for city, *_ in told}
    assert "kirklareli" in absent
    assert {found[city]["says_short"] for city in absent} == {"anket yok"}
    assert found["kirklareli"]["says_word"] == "2024 yılında bu kentte anket yok."


def test_a_service_that_was_not_asked_says_so(mirrored: Data) -> None:
    found = rows(shown(mirrored, "culture"))
    assert {row["says_short"] for row in found.values()} == {"bu hizmet sorulmadı"}
    assert found[CITY]["says_word"] == "2026 yılında bu kentin anketinde bu hizmet sorulmadı."


def test_a_plan_is_counted_by_state_and_never_scored(mirrored: Data, mirror_client: FlaskClient) -> None:
    found = rows(shown(mirrored))
    own = found[CITY]
    assert (own["plans"], own["plans_year"]) == (2.0, "2024")
    assert own["plans_text"] == "1 ulaşıldı, 1 geride"
    assert [step.code for step in own["plans_steps"]] == ["H1.1", "H1.2"]
    assert found[NO_PEOPLE]["plans_short"] == "bağlı hedef yok"
    assert found[NO_PEOPLE]["plans_word"] == "2022–2026 planı içinde bu hizmete bağlı hedef yok."
    assert found[NO_BUDGET]["plans_short"] == "plan yok"
    untold = found[SECOND]
    assert (untold["plans_text"], untold["plans_year"]) == ("1 hesaplanamıyor", "")
    assert untold["plans_word"] == "yıl sonu gerçekleşmesi bildirilmedi"
    # The newest year with a value of its end, up to the survey's, whichever plan it is of.
    parks = {year: rows(shown(mirrored, "parks", yil=year))[NO_PEOPLE] for year in ("2024", "2026")}
    assert [(row["plans_text"], row["plans_year"]) for row in parks.values()] == [
        ("1 geride", "2024"), ("1 ulaşıldı", "2025"),
    ]  # fmt: skip
    # A plan that began after the survey is none for it.
    assert rows(shown(mirrored, yil="2024"))[SECOND]["plans_short"] == "plan yok"
    cells = re.findall(
        r'<td class="mir mir-steps" data-v="(\d+)">', mirror_client.get("/hizmet/cleaning").text
    )
    assert sorted(cells) == ["1", "2"], "sorted by how many there are, not by how they fare"


def test_need_says_whose_value_it_is(mirrored: Data) -> None:
    found = rows(shown(mirrored))
    assert found[NO_PEOPLE]["needs_badge"] == "il değeri"
    assert found[CITY]["needs_badge"] == ""
    assert found["izmir-bornova"]["needs_badge"].startswith("il değeri")
    value = mirrored.warehouse.rows(
        "city_values", indicator_id="waste_service", period="2014", kinds=["municipality"]
    )
    assert {row["city_id"]: row["value"] for row in value}.items() >= {
        city: row["needs"] for city, row in found.items()
    }.items()
    assert {row["needs_short"] for row in rows(shown(mirrored, "parks")).values()} == {
        "gösterge tanımlı değil"
    }


def test_the_track_puts_each_value_where_it_belongs(mirrored: Data) -> None:
    found = shown(mirrored)
    frame = block(found, "cities").frame
    assert frame is not None
    ends = {column.key: column.ends for column in frame.columns if column.ends}
    assert ends["spends"] == ("0", "30,00\u00a0₺")
    assert (rows(found)[CITY]["spends_at"], rows(found)[SECOND]["spends_at"]) == (100.0, 33.33)
    low, high = (float(end.strip("%")) for end in ends["says"] or ())
    for row in rows(found).values():
        if row["says"] is not None:
            assert row["says_at"] == pytest.approx(100 * (row["says"] - low) / (high - low), abs=0.01)
            assert row["says_low"] is None or row["says_from"] <= row["says_at"] <= row["says_to"]


def test_what_few_people_said_stays_hidden(mirror_folder: Path, tmp_path: Path) -> None:
    """The word, and no figure of it on the page, in its chart or its files."""
    copy = tmp_path / "releases"
    copytree(mirror_folder, copy)
    with duckdb.connect(next(copy.glob("*.duckdb"))) as opened:
        told = "city_id = ? AND item_id = 'cleaning' AND group_var = 'all' AND year = 2026"
        found = opened.execute(
            f"SELECT 100 * share FROM mart.survey_estimate WHERE {told}", [CITY]
        ).fetchall()
        nothing = ", ".join(f"{name} = NULL" for name in FIGURES)
        hidden = f"{nothing}, status = 'suppressed', reason = 'small_group'"
        opened.execute(f"UPDATE mart.survey_estimate SET {hidden} WHERE {told}", [CITY])
    data = Data(warehouse := Warehouse(copy), catalogs.load(warehouse))
    own = rows(shown(data, kent=CITY))[CITY]
    assert (own["says"], own["says_short"], own["says_status"]) == (None, "gizli", "suppressed")
    assert own["says_word"] == "10'dan az yanıt olduğu için gizlendi"
    assert own["says_href"].startswith("/memnuniyet")
    assert CITY not in rows(shown(data), "scatter")
    assert "Adana grafikte yok: gizli" in block(shown(data, kent=CITY), "scatter").headline
    client = create_app(
        Settings(data=copy, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    files = ("mirror", "cities")
    pieces = [client.get(f"/hizmet/cleaning?kent={CITY}").text]
    pieces += [client.get(f"/indir/mirror_service/{name}.csv?service_id=cleaning").text for name in files]
    assert all("gizlendi" in piece for piece in pieces)
    ((share,),) = found
    told_as = (f"{share:.5f}", f"%{share:.1f}".replace(".", ","))
    assert not [piece for piece in pieces if any(text in piece for text in told_as)]
    before = create_app(
        Settings(data=mirror_folder, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    assert told_as[1] in before.get(f"/hizmet/cleaning?kent={CITY}").text
    assert told_as[0] in before.get("/indir/mirror_service/cities.csv?service_id=cleaning").text


def test_without_surveys_and_money_the_page_says_what_to_load(mirror_folder: Path, tmp_path: Path) -> None:
    """Need is still told; the rest says that nothing came, and how it comes."""
    copy = tmp_path / "releases"
    copytree(mirror_folder, copy)
    with duckdb.connect(next(copy.glob("*.duckdb"))) as opened:
        for table in (*MONEY, "dim_wave", "dim_item", "dim_category", "survey_estimate"):
            opened.execute(f"DELETE FROM mart.{table}")
    data = Data(warehouse := Warehouse(copy), catalogs.load(warehouse))
    own = rows(shown(data))[CITY]
    year = data.catalog.release.as_of.year
    assert [own[f"{key}_short"] for key in ("says", "spends", "plans")] == [
        "anket yok",
        "bütçe gönderilmedi",
        "plan yok",
    ]
    assert own["spends_word"] == f"{year} bütçesi gönderilmedi."
    assert own["needs"] is not None
    for lang in ("tr", "en"):
        notes = " ".join(block(shown(data, lang=lang), "cities").notes)
        assert all(f"karne template {kind}" in notes for kind in ("survey", "spending", "plan"))
    assert block(shown(data), "scatter").chart is None
    client = create_app(
        Settings(data=copy, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
    for path in ("/hizmet", "/hizmet/roads", "/hizmet?lang=en"):
        assert client.get(path).status_code == 200
