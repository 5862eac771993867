"""Budgets in bulk: the same lines give the same marts and faults by the path of small files and that of large ones."""

from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from etl import intake
from etl.bulk.judging import Room
from etl.manifest import Delivery
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from tests.etl.budget_files import HEADER, REVENUE, SPENDING, ask, budget, earned, of, spent, total
from tests.etl.conftest import as_csv
from tests.etl.test_spending_faults import GOOD, changed

BULK = {"layout": "spending_bulk", "source": "municipal_budget", "numbers": "plain"}
TABLES = ("spending_row", "fact_spending", "spending_total", "finance_indicator")
MEASURES = HEADER[9:13]


def table(rows):
    """Rows of our template as text, as a csv has them."""
    return [["" if cell is None else str(cell) for cell in row] for row in [HEADER, *rows]]


def as_parquet(path, rows):
    """Rows of our template with numbers as numbers."""
    frame = pd.DataFrame(rows, columns=HEADER).astype({"Yıl": int} | dict.fromkeys(MEASURES, float))
    texts = frame.drop(columns=["Yıl", *MEASURES]).astype("string")
    made = frame.assign(**{name: texts[name] for name in texts})
    duckdb.from_df(made).to_parquet(str(path))
    return path.read_bytes()


@pytest.fixture
def judged(tmp_path, registry):
    """Judge csv bytes by the layout of small files, or of large ones."""

    def judge(content, layout, numbers="plain", **told):
        path = tmp_path / "budget.csv"
        path.write_bytes(content)
        delivery = Delivery(
            path,
            replace(layout_of(layout), number_format=numbers),
            Submission("budget", "municipal_budget", **told),
        )
        made = intake.judge(delivery, registry, room=Room(tmp_path / "room"))
        if made.staged:
            made.staged.close()
        return made

    return judge


@pytest.fixture
def both(judged):
    """The faults of rows by either path, as (rule, row, column, value, sentences), each sorted."""

    def found(rows, **told):
        content = rows if isinstance(rows, bytes) else as_csv(table(rows))
        made = [judged(content, layout, **told) for layout in ("spending", "spending_bulk")]
        return [
            sorted(
                (
                    fault.rule,
                    fault.row or 0,
                    fault.column or "",
                    fault.value or "",
                    fault.message_tr,
                    fault.message_en,
                )
                for fault in one.report.faults
            )
            for one in made
        ]

    return found


def marts(warehouse):
    """What the spending marts hold, less where each row stands."""
    asked = "SELECT * EXCLUDE (lineage_id{}) FROM mart.{} ORDER BY ALL"
    return {
        name: ask(warehouse, asked.format(", row_number" if name == "spending_row" else "", name))
        for name in TABLES
    }


LINES = [
    *SPENDING, *REVENUE,
    *of([*SPENDING, *REVENUE], Yıl=2023, Birim="bin TL", Durum="geçici"),
    *of([*SPENDING, *REVENUE], Kent="Muş", Kurum_türü="bağlı idare"),
    spent("99.1", "77.1", 5, 5, 5, Kent="Ankara", Kurumsal_kod="46.06", Açıklama=None),
    total("gider", 5, 5, 5, Kent="Ankara"),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The marts of LINES by the path of small files."""
    from tests.etl.conftest import Inbox  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("small")
    inbox = Inbox(folder / "inbox", folder / "var")
    inbox.put("a.xlsx", budget(*LINES), layout="spending", source="municipal_budget")
    return marts(inbox.build().warehouse)


def test_the_marts_are_the_same_from_a_workbook_a_bulk_csv_and_parquet(inbox, small, tmp_path):
    assert all(small.values())
    inbox.put("b.csv", table(LINES), **BULK)
    csv = inbox.build()
    assert marts(csv.warehouse) == small
    inbox.folder.joinpath("manifest.yml").unlink()
    inbox.put("b.parquet", as_parquet(tmp_path / "b.parquet", LINES), **BULK)
    parquet = inbox.build()
    assert marts(parquet.warehouse) == small
    assert marts(parquet.release) == small


@pytest.mark.parametrize("turn", [1, -1])
def test_rows_are_stored_by_city_and_year_and_keep_their_numbers(inbox, turn):
    inbox.put("b.csv", table(LINES[::turn]), **BULK)
    stored = ask(inbox.build().warehouse, "SELECT city_id, year, row_number, label FROM mart.spending_row")
    assert [row[:2] for row in stored] == sorted(row[:2] for row in stored)
    rows = {row[2]: row[3] for row in stored}
    expected = {
        at: line[HEADER.index("Açıklama")] for at, line in enumerate(LINES[::turn], start=2)
        if line[HEADER.index("Açıklama")] != "TOPLAM"
    }  # fmt: skip
    assert rows == expected


def test_a_row_leads_to_the_file_and_a_note_counts_what_has_no_class(inbox):
    inbox.put("b.csv", table(LINES), **BULK)
    built = inbox.build()
    found = ask(
        built.warehouse,
        "SELECT DISTINCT name, rows_read, encoding, source_id FROM mart.spending_row "
        "JOIN meta.lineage USING (lineage_id) JOIN meta.file USING (file_id)",
    )
    assert found == [("b.csv", len(LINES), "utf-8", "municipal_budget")]
    (note,) = built.received.tables[0].judged.report.notes
    assert note.en.startswith("The code of 1 rows is not in the classification")
    assert note.en.endswith(f"(the first is row {len(LINES)}).")


@pytest.mark.parametrize(
    ("row", "cells", "rule"),
    [
        (2, {"Kent": "Adanna"}, "unknown_place"),
        (2, {"Kent": "Konya"}, "place_no_municipality"),
        (2, {"Kent": None}, "cell_empty"),
        (2, {"Yıl": "2O24"}, "year_unreadable"),
        (2, {"Kurum_türü": "vakıf"}, "unknown_word"),
        (2, {"Taraf": "masraf"}, "unknown_word"),
        (2, {"Birim": "milyon TL"}, "unknown_word"),
        (2, {"Durum": "taslak"}, "unknown_word"),
        (2, {"Fonksiyonel_kod": "05.a"}, "code_unreadable"),
        (2, {"Ekonomik_kod": "2026-02-05"}, "code_unreadable"),
        (2, {"Açıklama": "#REF!"}, "formula_error"),
        (2, {"Gerçekleşme": -90}, "amount_negative"),
        (2, {"Gerçekleşme": "#REF!"}, "formula_error"),
        (2, {"Gerçekleşme": "bilinmiyor"}, "number_format"),
        (2, {"Gerçekleşme": "1.234,5"}, "number_format"),
        (2, {"Gerçekleşme": "1_0"}, "number_format"),
        (2, {"Gerçekleşme": "nan"}, "number_format"),
        (2, {"Gerçekleşme": "%90"}, "amount_percent"),
        (2, {"Gerçekleşme": "1.1e18"}, "number_absurd"),
        (2, {"Gerçekleşme": "1e-101"}, "number_absurd"),
        (2, {"Gerçekleşme": "1e999"}, "number_format"),
        (3, {"Gerçekleşme": None}, "amount_missing"),
        (5, {"Tahakkuk": None}, "amount_missing"),
        (4, {"Gerçekleşme": 131}, "sum_wrong"),
        (7, {"Gerçekleşme": 65}, "sum_wrong"),
        (4, {"Açıklama": "Ara toplam"}, "codes_missing"),
    ],
)
def test_one_wrong_cell_is_told_as_in_a_small_file(both, row, cells, rule):
    small, bulk = both(changed(row, **cells))
    assert bulk == small
    assert [fault[0] for fault in bulk] == [rule]


@pytest.mark.parametrize(
    "rows",
    [
        [*GOOD[:2], spent("5.1", "03.02", 1, 1, 1), spent("05.1", "3.2", 1, 1, 1)],
        [spent("05.1", "03.2", None, None, None), spent("06.3", "06.5", 50, None, None, Yıl=2023)],
        [
            spent("05.1", "03.2", 100, 110, 90),
            spent("05.2", "03.5", 50, 50, 40),
            spent("05", "03", 150, 160, 130),
        ],
        [
            spent("05.1", "03.2", 100, 110, 90),
            spent("05.2", "03.5", 50, 50, 40),
            spent("05", "03", 150, 160, 131),
        ],
        [*GOOD[:3], total("gelir", 65, 75, 55)],
        of(GOOD, Birim=None),
        of(GOOD, Yıl=2003),
        changed(4, Başlangıç_ödeneği=150.269),
        changed(4, Başlangıç_ödeneği=150.271),
        [
            spent("05.x", "03.2", 100, 110, -1, Kent="Adanna"),
            spent("06.3", "06.5", 50, 50, None, Kurum_türü="vakıf"),
            spent("06.4", "03.5", 50, 50, 40, Yıl="x"),
            spent("07.4", "03.5", 50, 50, 40),
            spent("07.4", "03.5", 50, 50, 40),
            earned("01.2", 70, None, 60),
            earned("03.1", 70, 80, 60),
            total("gelir", 1, 1, 1),
            spent("07.4", "03.5", 50, 50, 40, Kent="Muş"),
            total("gider", 1, 50, 40, Kent="Muş"),
        ],
    ],
)
def test_what_only_all_rows_show_is_told_as_in_a_small_file(both, rows):
    small, bulk = both(rows)
    assert bulk == small


@pytest.mark.parametrize("unit", ["tl", "milyon"])
def test_what_the_manifest_tells_is_told_as_in_a_small_file(both, unit):
    small, bulk = both(of(GOOD, Birim=None), unit=unit)
    assert bulk == small
    assert bool(bulk) == (unit == "milyon")
