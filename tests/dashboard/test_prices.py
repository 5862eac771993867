"""Price bases against R's results on the reference budgets, and what cannot be converted against its reason."""

import csv

import pytest

from dashboard import prices
from dashboard.prices import BASES, HEAD, HEAD_REAL, NOMINAL, REAL, SHARE, Amount, Basis, Prices
from dashboard.text import Words
from tests.oracle import FIXTURE, needs_shared

INDEX = Prices({2023: 150.0, 2024: 200.0})


@needs_shared
def test_bases_equal_the_reference():
    with (FIXTURE / "finance_input.csv").open(encoding="utf-8") as given:
        lines = list(csv.DictReader(given))
    index = Prices({int(line["year"]): float(line["cpi"]) for line in lines})
    real = index.basis(REAL)
    assert real.base_year == 2025
    lines = {(line["city"], line["year"], line["cofog"]): line for line in lines}
    compared = missing = 0
    with (FIXTURE / "finance_expected.csv").open(encoding="utf-8") as expected:
        for row in csv.DictReader(expected):
            line = lines.get((row["city"], row["year"], row["cofog"]))
            if line is None:
                continue
            amount, people = (
                float(line[name]) if line[name] else None for name in ("realised", "population")
            )
            for column, basis in (
                ("real_2025", real),
                ("pc_nominal", Basis(HEAD)),
                ("pc_real_2025", index.basis(HEAD_REAL)),
            ):
                made = index.convert(amount, int(line["year"]), basis, population=people)
                known = float(row[column]) if row[column] else None
                missing += made.value is None
                assert made.value == (None if known is None else pytest.approx(known, rel=1e-9, abs=0))
                compared += 1
    assert (compared, missing) == (3_510, 5)  # one cell without an outturn, one without people


def test_every_basis_by_hand():
    made = {
        name: INDEX.convert(600.0, 2023, INDEX.basis(name), population=4, total=2_400.0).value
        for name in BASES
    }
    assert made == {NOMINAL: 600.0, REAL: 800.0, HEAD: 150.0, HEAD_REAL: 200.0, SHARE: 25.0}
    assert INDEX.convert(600.0, 2024, INDEX.basis(REAL, 2023)).value == 450.0


def test_what_cannot_be_converted_has_a_reason():
    real = INDEX.basis(REAL)
    assert INDEX.convert(None, 2024, real) == Amount(None, "no_amount")
    assert INDEX.convert(1.0, 2025, real) == Amount(None, "no_deflator")
    assert INDEX.convert(1.0, 2024, Basis(HEAD)) == Amount(None, "no_population")
    assert INDEX.convert(1.0, 2024, Basis(SHARE), total=0.0) == Amount(None, "no_total")
    assert Prices({}).convert(1.0, 2024, Prices({}).basis(REAL)) == Amount(None, "no_deflator")
    for lang in ("tr", "en"):
        for code in ("no_amount", "no_deflator", "no_population", "no_total"):
            assert prices.reason(code, 2025, Words(lang))


def test_a_real_basis_falls_back_to_its_nominal_counterpart_only_without_an_index():
    assert INDEX.fitting(INDEX.basis(REAL), 2024) == Basis(REAL, 2024)
    assert INDEX.fitting(INDEX.basis(REAL), 2025) == Basis(NOMINAL)
    assert INDEX.fitting(INDEX.basis(HEAD_REAL), 2025) == Basis(HEAD)
    assert INDEX.fitting(Basis(SHARE), 2025) == Basis(SHARE)
    assert INDEX.basis(REAL, 1999) == Basis(REAL, 2024)
    assert INDEX.basis(NOMINAL, 2023) == Basis(NOMINAL)


@pytest.mark.parametrize(
    ("lang", "value", "basis", "expected"),
    [
        ("tr", 1_250_000_000.0, Basis(NOMINAL), "1,25\u00a0Mr\u00a0₺"),
        ("en", 12_300_000.0, Basis(REAL, 2024), "₺12.3M"),
        ("tr", 9_104.4, Basis(HEAD), "9.104\u00a0₺"),
        ("tr", 0.456, Basis(HEAD_REAL, 2024), "0,46\u00a0₺"),
        ("tr", 12.54, Basis(SHARE), "%12,5"),
        ("en", -5.0, Basis(HEAD), "−₺5.00"),
        ("tr", None, Basis(HEAD), ""),
    ],
)
def test_amounts_are_written_as_readers_write_them(lang, value, basis, expected):
    assert prices.text(value, basis, Words(lang)) == expected


def test_every_basis_is_named_with_its_base_year():
    for lang, real in (("tr", "TL, 2024 fiyatlarıyla (TÜFE)"), ("en", "TL, at 2024 prices (CPI)")):
        words = Words(lang)
        assert prices.unit(INDEX.basis(REAL), words) == real
        assert len({prices.unit(INDEX.basis(name), words) for name in BASES}) == len(BASES)
        assert len({prices.told(INDEX.basis(name), words) for name in BASES}) == len(BASES)
        assert "2024" in prices.told(INDEX.basis(HEAD_REAL), words)
