"""Figures as a reader sees them, in both languages; expected texts are written out, not computed."""

import datetime as dt
import math

import pytest

from dashboard import numbers

MINUS = "\u2212"
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "turkish", "english"),
    [
        (0, 0, "0", "0"),
        (7, 2, "7,00", "7.00"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (999.95, 1, "1.000,0", "1,000.0"),
        (2274106, 0, "2.274.106", "2,274,106"),
        (85664944, 0, "85.664.944", "85,664,944"),
        (-1.5, 1, f"{MINUS}1,5", f"{MINUS}1.5"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234567.891, 3, f"{MINUS}1.234.567,891", f"{MINUS}1,234,567.891"),
        (0.00049, 3, "0,000", "0.000"),
        (12345.6, 1, "12.345,6", "12,345.6"),
    ],
)
def test_numbers_group_and_point_by_language(value: float, decimals: int, turkish: str, english: str) -> None:
    assert numbers.number(value, decimals, "tr") == turkish
    assert numbers.number(value, decimals, "en") == english


@pytest.mark.parametrize(
    ("value", "decimals", "symbol", "turkish", "english"),
    [
        (12.5, 1, "%", "%12,5", "12.5%"),
        (-12.5, 1, "%", f"{MINUS}%12,5", f"{MINUS}12.5%"),
        (0, 0, "%", "%0", "0%"),
        (100, 0, "%", "%100", "100%"),
        (1250, 0, "₺", f"1.250{SPACE}₺", "₺1,250"),
        (11.25, 1, "m²", f"11,2{SPACE}m²", f"11.2{SPACE}m²"),
        (3.5, 1, "", "3,5", "3.5"),
        (1.0, 0, "✓", "evet", "yes"),
        (0, 0, "✓", "hayır", "no"),
        (9 / 14, 0, "✓", "%64", "64%"),
    ],
)
def test_symbols_stand_where_the_language_puts_them(
    value: float, decimals: int, symbol: str, turkish: str, english: str
) -> None:
    assert numbers.with_unit(value, decimals, symbol, "tr") == turkish
    assert numbers.with_unit(value, decimals, symbol, "en") == english


@pytest.mark.parametrize(
    ("value", "turkish"),
    [
        (950, "950"),
        (12_345, "12.345"),
        (999_999, "999.999"),
        (1_200_000, f"1,2{SPACE}Mn"),
        (15_754_053, f"15,8{SPACE}Mn"),
        (2_500_000_000, f"2,5{SPACE}Mr"),
        (-3_000_000, f"{MINUS}3{SPACE}Mn"),
    ],
)
def test_millions_are_mn_and_billions_mr(value: float, turkish: str) -> None:
    assert numbers.compact(value, "tr") == turkish


def test_thousands_are_never_abbreviated() -> None:
    for language in ("tr", "en"):
        for power in range(6):
            text = numbers.compact(9.87 * 10**power, language)
            assert not any(letter.isalpha() for letter in text)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_has_no_text(value: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        numbers.number(value, 1, "tr")


def test_days_and_moments_are_written_out() -> None:
    assert numbers.day(dt.date(2026, 11, 22), "tr") == "22 Kasım 2026"
    assert numbers.day(dt.date(2026, 11, 22), "en") == "22 November 2026"
    at = dt.datetime(2026, 8, 1, 9, 5, tzinfo=dt.UTC)
    assert numbers.moment(at, "tr") == "1 Ağustos 2026 09.05"
    assert numbers.moment(at, "en") == "1 August 2026 09:05"
