"""Files of budgets in bulk: what refuses one leaves nothing behind, how text and numbers are told, and a large one."""

import re
from dataclasses import replace

import duckdb
import pytest

import karne
from etl import intake
from etl.bulk import arrival, engine, faults
from etl.bulk.judging import Room
from etl.errors import FaultyInput
from etl.ledger import Ledger
from etl.manifest import Delivery
from etl.sources import contract
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from tests.etl.budget_files import HEADER, ask, budget, spent
from tests.etl.conftest import REGISTRY, ROOT, as_csv
from tests.etl.test_spending_faults import GOOD, changed

BULK = {"layout": "spending_bulk", "source": "municipal_budget", "numbers": "plain"}


def written(rows, delimiter=","):
    """Rows of our template as csv."""
    table = [["" if cell is None else str(cell) for cell in row] for row in [HEADER, *rows]]
    return as_csv(table, delimiter)


@pytest.fixture
def judge(tmp_path, registry):
    """Judge bytes as a bulk file; the room its lines wait in is empty again."""

    def judged(content, name="budget.csv", numbers="plain", **told):
        (path := tmp_path / name).write_bytes(content)
        layout = replace(layout_of("spending_bulk"), number_format=numbers)
        submission = Submission("budget", "municipal_budget", **told)
        said = []
        made = intake.judge(
            Delivery(path, layout, submission), registry, room=Room(tmp_path / "room", said.append)
        )
        if made.staged:
            made.staged.close()
        assert list((tmp_path / "room").iterdir()) == []
        return made

    return judged


def spots(made):
    return [(fault.rule, fault.row, fault.value) for fault in made.report.faults]


def test_a_refused_file_leaves_nothing_but_its_verdict(inbox):
    inbox.put("b.csv", written(GOOD), **BULK)
    first = inbox.build()
    inbox.put("b.csv", written([*GOOD, spent("05.x", "03.2", 1, 1, 1)]), **BULK)
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    assert [(fault.rule, fault.row) for fault in refused.value.faults] == [("code_unreadable", 8)]
    assert inbox.current() == first.release_id
    assert list((inbox.var / "bulk").iterdir()) == []
    assert [entry.verdict for entry in Ledger(inbox.var / "ledger").editions("inbox/b")] == [
        "accepted",
        "rejected",
    ]
    again = inbox.build(with_rejects=True)
    assert ask(again.warehouse, "SELECT count(*), max(outturn_try) FROM mart.spending_row") == [(4, 90)]
    assert ask(again.warehouse, "SELECT rule, row_number FROM meta.reject") == [("code_unreadable", 8)]
    assert list((inbox.var / "bulk").iterdir()) == []


def test_two_files_cannot_bring_the_same_budget_whatever_their_size(inbox):
    inbox.put("a.xlsx", budget(*GOOD), layout="spending", source="municipal_budget")
    inbox.put("b.csv", written(GOOD), **BULK)
    with pytest.raises(FaultyInput) as refused:
        inbox.build()
    assert {(fault.rule, fault.file, fault.value) for fault in refused.value.faults} == {
        ("duplicate_elsewhere", "b.csv", "adana · 2024 · municipality"),
    }
    inbox.put("b.csv", written([[2023 if cell == 2024 else cell for cell in row] for row in GOOD]), **BULK)
    warehouse = inbox.build().warehouse
    found = ask(
        warehouse,
        "SELECT year, count(*), count(DISTINCT lineage_id) FROM mart.spending_row GROUP BY 1 ORDER BY 1",
    )
    assert found == [(2023, 4, 1), (2024, 4, 1)]


# More lines than are looked at to tell the delimiter.
LINES = [spent(f"05.1.{at // 100}.{at % 100:02d}", "03.2", 1, 1, 1) for at in range(500)]


def test_a_line_that_is_no_row_is_told_and_the_others_keep_their_numbers(judge):
    lines = written([*LINES, spent("05.x", "03.2", 1, 1, 1), LINES[0]]).decode().splitlines()
    lines[100] += ",too,many"
    lines[200] = lines[200].rsplit(",", 3)[0]
    lines[300] = lines[300].replace("Adana", '"Adana" ve')
    assert spots(judge("\n".join(lines).encode())) == [
        ("row_width", 101, "17"),
        ("row_width", 201, "12"),
        ("csv_broken", 301, "Value with unterminated quote found."),
        ("code_unreadable", 502, "05.x"),
        ("line_twice", 503, "05.1.0.00, 5, 03.2"),
    ]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_row(judge):
    lines = written(LINES).decode().splitlines()
    lines[400] = lines[400].replace("Kalem", '"Kalem')
    assert [spot[:2] for spot in spots(judge("\n".join(lines).encode()))] == [("csv_broken", 401)]


@pytest.mark.parametrize("encoding", ["cp1254", "iso-8859-9"])
def test_the_encoding_is_told_not_guessed(judge, encoding):
    content = (
        written([*GOOD, spent("07.4", "03.2", 1, 1, 1, Kent="Muş", Açıklama="Çöp ışığı")])
        .decode()
        .encode(encoding)
    )
    assert [spot[0] for spot in spots(judge(content))] == ["bulk_encoding"]
    made = judge(content, encoding=encoding)
    assert (spots(made), made.encoding) == ([], encoding)
    assert spots(judge(content, encoding="latin")) == [("manifest_word", None, "latin")]
    assert spots(judge("Kent\x81".encode("latin-1"), encoding="cp1254")) == [("bulk_encoding", None, "0x81")]


def test_a_row_in_another_encoding_is_told_with_its_number(judge):
    content = written(LINES) + written([spent("07.4", "03.2", 1, 1, 1, Kent="Muş")]).splitlines()[
        1
    ].decode().encode("cp1254")
    assert [spot[:2] for spot in spots(judge(content))] == [("bulk_line_encoding", 502)]


def test_turkish_numbers_are_read_where_they_are_declared_and_nowhere_else(judge, inbox):
    rows = changed(4, Başlangıç_ödeneği="1.150,25")
    rows[0][HEADER.index("Başlangıç ödeneği")] = "1.100"
    rows[1][HEADER.index("Başlangıç ödeneği")] = "50,25"
    content = written(rows, ";")
    assert spots(judge(content, numbers="tr")) == []
    assert spots(judge(content, numbers=None)) == [("bulk_numbers_untold", None, None)]
    assert {spot[0] for spot in spots(judge(content))} == {"number_format"}
    rows[0][HEADER.index("Başlangıç ödeneği")] = "1100.5"
    assert spots(judge(written(rows, ";"), numbers="tr")) == [("number_format", 2, "1100.5")]


def parquet(tmp_path, sql):
    path = tmp_path / "made.parquet"
    duckdb.execute(f"COPY ({sql}) TO '{path}' (FORMAT PARQUET)")
    return path.read_bytes()


ONE = (
    "SELECT 'Adana' AS city, 2024 AS \"year\", 'belediye' AS entity, 'gider' AS side, '05.1' AS functional, "
    "'03.2' AS economic, 'Kalem' AS label, 1.0 AS initial, 10.25 AS outturn, 'TL' AS unit"
)


def test_parquet_has_its_types_and_its_english_names(judge, tmp_path):
    made = judge(parquet(tmp_path, ONE), "a.parquet", numbers=None)
    assert (spots(made), made.encoding, made.report.rows_read) == ([], None, 1)
    assert [one.row_number for one in made.found] == [1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("'10.25' AS outturn", ("bulk_numbers_untold", None, None)),
        ("DATE '2024-01-01' AS outturn", ("bulk_column_type", None, "date")),
        ("5.1 AS functional", ("bulk_column_type", None, "decimal")),
        ("-1 AS outturn", ("amount_negative", 1, "-1.00")),
        ("CAST('nan' AS DOUBLE) AS outturn", ("number_absurd", 1, "nan")),
        ("'Adanna' AS city", ("unknown_place", 1, "Adanna")),
        ('24 AS "year"', ("year_unreadable", 1, "24")),
        ("CAST(NULL AS VARCHAR) AS side", ("cell_empty", 1, None)),
    ],
)
def test_what_does_not_fit_in_parquet_is_told(judge, tmp_path, changes, expected):
    made = judge(parquet(tmp_path, f"SELECT * REPLACE ({changes}) FROM ({ONE})"), "a.parquet", numbers=None)
    assert spots(made) == [expected]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b"PAR1 and then nothing", "bulk_unreadable"),
        (budget(*GOOD), "bulk_workbook"),
        (written([]), "no_rows"),
        (as_csv([HEADER[1:], ["x"] * 14]), "columns_missing"),
    ],
)
def test_a_file_that_is_not_the_table_is_refused_as_a_whole(judge, content, rule):
    made = judge(content)
    assert [fault.rule for fault in made.report.faults] == [rule]
    assert made.verdict == "rejected"


def test_too_many_faults_are_counted_and_the_first_listed(judge, monkeypatch):
    for module in (contract, arrival, faults):
        monkeypatch.setattr(module, "MOST_FAULTS", 5)
    made = judge(written([*GOOD, *[spent("05.x", "03.2", 1, 1, 1)] * 20]))
    first, *others = made.report.faults
    assert (first.rule, first.row) == ("bulk_more_faults", None)
    assert "20" in first.message_tr
    assert [(fault.rule, fault.row) for fault in others] == [("code_unreadable", row) for row in range(8, 13)]


def test_a_disk_or_memory_that_is_too_small_is_one_sentence(judge, monkeypatch, inbox, capsys):
    monkeypatch.setattr(engine, "MEMORY", "1MB")
    inbox.put("b.csv", written(GOOD), **BULK)
    argv = [
        "build",
        "--lang",
        "en",
        "--data",
        str(inbox.folder),
        "--var",
        str(inbox.var),
        "--registry",
        str(REGISTRY),
    ]
    assert karne.main(argv) == 2
    assert "There was not enough room for the file (1MB of memory" in capsys.readouterr().out
    assert list((inbox.var / "bulk").iterdir()) == []


@pytest.fixture(scope="module")
def fifty_thousand(tmp_path_factory):
    """The file of the bench at a small size, in no order: 50 cities that nobody had among the pilots."""
    path = tmp_path_factory.mktemp("large") / "b.csv"
    sql = (ROOT / "bench" / "spending.sql").read_text(encoding="utf-8").replace("'FILE'", f"'{path}'")
    connection = duckdb.connect()
    values = {"cities": 5, "years": 5, "lines": 2000, "step": 12347}
    for statement in connection.extract_statements(sql.replace("belediye-{:04d}', c + 1", "tr{}', c + 1")):
        named = {key: value for key, value in values.items() if key in statement.named_parameters}
        connection.execute(statement, named or None)
    names = ["adana", "ankara", "mus", "kayseri", "samsun"]
    text = path.read_text(encoding="utf-8")
    for place, name in enumerate(names, start=1):
        text = text.replace(f"\ntr{place},", f"\n{name},")
    return text.encode()


@pytest.mark.parametrize("pieces", [2_000, 5])
def test_fifty_thousand_rows_are_loaded_whatever_a_sample_of_them_shows(
    inbox, fifty_thousand, monkeypatch, pieces
):
    monkeypatch.setattr(arrival, "PIECES", pieces)
    monkeypatch.setattr(arrival, "PIECE", 1 << 17 if pieces > 5 else 1_000)
    monkeypatch.setattr(engine, "PAUSE", 0.01)
    inbox.put("b.csv", fifty_thousand, **BULK)
    built = inbox.build()
    stored = ask(
        built.warehouse,
        "SELECT city_id, year, row_number, functional, economic, initial_try FROM mart.spending_row",
    )
    assert len(stored) == 50_000
    assert [row[:2] for row in stored] == sorted(row[:2] for row in stored)
    lines = fifty_thousand.decode().splitlines()
    for city, year, number, functional, economic, initial in stored[::997]:
        cells = lines[number - 1].split(",")
        assert [city, str(year), functional or "", economic] == [cells[0], cells[1], cells[5], cells[7]]
        assert initial == float(cells[9])
    told = [one.en for one in inbox.said]
    assert "    b.csv: 50,000 of 50,000 rows loaded" in told
    assert "    b.csv: 50,000 of 50,000 rows sorted" in told
    assert any(re.fullmatch(r"    b\.csv: reading rows \(\d+%\)", one) for one in told)
    assert any(re.fullmatch(r"    b\.csv: checking and sorting 50,000 rows \(\d+ s\)", one) for one in told)


def test_check_takes_a_parquet_file_for_bulk_and_says_how_far_it_is(tmp_path, capsys):
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet(tmp_path, ONE))
    assert karne.main(["check", str(path), "--lang", "en"]) == 0
    assert "a.parquet: clean as Municipal budgets in bulk" in capsys.readouterr().out
    path.write_bytes(parquet(tmp_path, f"SELECT * REPLACE (-1 AS outturn) FROM ({ONE})"))
    assert karne.main(["check", str(path), "--lang", "en"]) == 2
    assert "a.parquet · row 1 · outturn: The amount is negative" in capsys.readouterr().out
