"""Written numbers: read by their declared format, refused with a reason otherwise."""

import pytest

from etl.numbers import NotANumber, parse_number


@pytest.mark.parametrize(
    ("text", "number_format", "value", "is_percent"),
    [
        ("1.234,5", "tr", 1234.5, False),
        ("2.274.106", "tr", 2274106, False),
        ("9.577.207", "tr", 9577207, False),
        ("1.234", "tr", 1234, False),
        ("4,7%", "tr", 4.7, True),
        ("%12,5", "tr", 12.5, True),
        ("% 12,5", "tr", 12.5, True),
        ("-1.234,5", "tr", -1234.5, False),
        ("−3,2", "tr", -3.2, False),
        ("0", "tr", 0, False),
        ("475042.0", "plain", 475042, False),
        ("49.15%", "plain", 49.15, True),
        ("1.234", "plain", 1.234, False),
        ("4.4e-15", "plain", 4.4e-15, False),
        (" 12 ", "plain", 12, False),
        # nothing declared: only where every reading agrees
        ("475042", None, 475042, False),
        ("475042.0", None, 475042, False),
        ("2.274.106", None, 2274106, False),
        ("1.234,5", None, 1234.5, False),
        ("%12,5", None, 12.5, True),
        ("49.15%", None, 49.15, True),
    ],
)
def test_a_number_is_read_by_its_format(text, number_format, value, is_percent):
    assert parse_number(text, number_format) == (pytest.approx(value, rel=1e-15), is_percent, False)


@pytest.mark.parametrize(
    ("text", "number_format", "rule", "looks_like"),
    [
        ("1.234", None, "number_ambiguous", "both"),
        ("1,234", None, "number_ambiguous", "English"),
        ("12.345", None, "number_ambiguous", "both"),
        ("1,234.5", None, "number_unreadable", "English"),
        ("475042.0", "tr", "number_format", "plain"),
        ("1.5", "tr", "number_format", "plain"),
        ("1.2345,6", "tr", "number_format", "text"),
        ("1.234,5", "plain", "number_format", "Turkish"),
        ("12,5", "plain", "number_format", "Turkish"),
        ("2.274.106", "plain", "number_format", "Turkish"),
        ("1 234,5", "tr", "number_format", "spaces"),
        ("1\u00a0234", "plain", "number_format", "spaces"),
        ("01.05.2023", "tr", "number_format", "date"),
        ("yok", "plain", "number_format", "text"),
        ("", "plain", "number_format", "text"),
        ("%", "tr", "number_format", "text"),
        ("12%5", "plain", "number_format", "text"),
        ("nan", "plain", "number_format", "text"),
        ("inf", "plain", "number_format", "text"),
        ("1e999", "plain", "number_format", "text"),
        ("١٢", "plain", "number_format", "text"),
    ],
)
def test_a_spelling_that_does_not_fit_is_refused_by_name(text, number_format, rule, looks_like):
    with pytest.raises(NotANumber) as refused:
        parse_number(text, number_format)
    assert refused.value.rule == rule
    assert looks_like in refused.value.looks_like.en
