"""Public spending: R's results, a small city by hand, holes, the command, every fault at once."""

import math

import numpy as np
import pandas as pd
import pytest

from etl import method_command as command
from etl.methods import finance
from etl.methods.finance import latest_deflated, measured, totals
from etl.methods.finance_files import OUT
from tests.etl.conftest import places_of
from tests.oracle import FIXTURE, assert_equal, assert_same_cells, cells_of, needs_shared

HEADER = ",".join(finance.COLUMNS) + "\n"
NAN = math.nan


def table(*rows):
    """Rows in the order of COLUMNS: city, year, cofog, initial, final, realised, population, cpi."""
    frame = pd.DataFrame(list(rows), columns=finance.COLUMNS)
    return frame.astype(dict.fromkeys([*finance.AMOUNTS, "population", "cpi"], float))


# Prices double from 2023 to 2024; 100 people, then 200.
SMALL = [
    ("x", 2023, "05", 100, 80, 60, 100, 50),
    ("x", 2023, "06", 100, 120, 90, 100, 50),
    ("x", 2024, "05", 200, 200, 240, 200, 100),
    ("x", 2024, "06", 0, 400, 360, 200, 100),
]


def found(rows, base=2024):
    """The measures by (year, division)."""
    return measured(table(*rows), base).set_index(["year", "cofog"]).drop(columns="city")


def replaced(number, **told):
    """SMALL with some cells of one row changed; None takes the row out."""
    rows = [dict(zip(finance.COLUMNS, row, strict=True)) for row in SMALL]
    rows[number] |= told
    return [tuple(row.values()) for row in rows if row["cofog"]]


# ------------------------------------------------------------------------------------ against R


@needs_shared
def test_every_measure_is_that_of_r():
    given = pd.read_csv(FIXTURE / "finance_input.csv", dtype={"cofog": str})
    expected = pd.read_csv(FIXTURE / "finance_expected.csv", dtype={"cofog": str})
    own = measured(given, latest_deflated(given))
    assert len(expected) == 1300
    for name in ("city", "year", "cofog"):
        assert own[name].tolist() == expected[name].tolist()
    for name in finance.MEASURES:
        assert_equal(own[name], expected[f"{name}_2025" if f"{name}_2025" in expected else name])


@needs_shared
def test_the_command_reproduces_the_reference_cell_by_cell(tmp_path):
    assert command.main(["finance", str(FIXTURE / "finance_input.csv"), "--out", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == [OUT]
    assert_same_cells(tmp_path / OUT, FIXTURE / OUT, {"city", "year", "cofog"})


# ------------------------------------------------------------------------------------ by hand


def test_a_small_city_by_hand():
    own = found(SMALL)
    #                real  nominal/head  real/head  of initial  of final  share  growth
    expected = {
        (2023, "05"): (120, 0.6, 1.2, 60, 75, 40, NAN),
        (2024, "05"): (240, 1.2, 1.2, 120, 120, 40, 100),
        (2023, "06"): (180, 0.9, 1.8, 90, 75, 60, NAN),
        (2024, "06"): (360, 1.8, 1.8, NAN, 90, 60, 100),
        (2023, "TOTAL"): (300, 1.5, 3.0, 75, 75, 100, NAN),
        (2024, "TOTAL"): (600, 3.0, 3.0, 300, 100, 100, 100),
    }
    assert list(own.index) == list(expected)
    assert_equal(own[finance.MEASURES], list(expected.values()))


def test_the_base_year_moves_real_amounts_and_nothing_else():
    later, earlier = found(SMALL), found(SMALL, base=2023)
    for name in ("real", "pc_real"):
        assert_equal(earlier[name], later[name] / 2)
    others = [name for name in finance.MEASURES if name not in ("real", "pc_real")]
    assert_equal(earlier[others], later[others])


def test_a_missing_outturn_leaves_total_and_shares_empty():
    own = found(replaced(2, realised=None))
    assert own.loc[(2024, "TOTAL")].isna().all()
    assert own.loc[2024]["share"].isna().all()
    assert own.loc[(2024, "06"), "real"] == 360
    assert own.loc[(2023, "TOTAL"), "share"] == 100


def test_a_division_without_a_row_is_missing_in_that_year():
    own = found(replaced(2, cofog=None))
    assert own.loc[(2024, "TOTAL")].isna().all()
    assert math.isnan(own.loc[(2024, "06"), "share"])
    # What another city spends on tells nothing about this one.
    other = [("y", 2024, "05", 1, 1, 1, 1, 100)]
    assert measured(table(*SMALL, *other), 2024).query("city == 'y'")["share"].tolist() == [100, 100]


def test_a_missing_budget_leaves_one_rate_of_the_total_empty():
    own = found(replaced(2, initial_budget=None))
    assert math.isnan(own.loc[(2024, "TOTAL"), "exec_rate_initial"])
    assert own.loc[(2024, "TOTAL"), "exec_rate_final"] == 100


def test_population_of_the_total_is_known_from_any_row():
    own = found(replaced(2, population=None))
    assert math.isnan(own.loc[(2024, "05"), "pc_nominal"])
    assert own.loc[(2024, "TOTAL"), "pc_nominal"] == 3.0


def test_a_year_without_a_deflator_is_nominal_only():
    rows = [(*row[:-1], None if row[1] == 2024 else row[-1]) for row in SMALL]
    assert latest_deflated(table(*rows)) == 2023
    own = found(rows, base=2023)
    assert own.loc[2024][["real", "pc_real", "real_growth"]].isna().to_numpy().all()
    assert own.loc[(2024, "TOTAL"), "pc_nominal"] == 3.0
    assert own.loc[(2023, "TOTAL"), "real"] == 150


def test_nothing_is_divided_by_zero():
    own = found([("x", 2023, "05", 0, 0, 5, 0, 0), ("x", 2024, "05", 1, 1, 5, 1, 100)])
    assert own.loc[(2023, "05")].tolist() == pytest.approx([NAN] * 5 + [100, NAN], nan_ok=True)


def test_growth_is_over_the_year_before_and_over_nothing_else():
    rows = [
        ("x", year, "05", 1, 1, amount, 1, 100)
        for year, amount in ((2020, 1), (2022, 2), (2023, 3), (2024, 0))
    ]
    rows.append(("x", 2025, "05", 1, 1, 5, 1, 100))
    growth = found(rows, base=2025)["real_growth"].xs("TOTAL", level="cofog").tolist()
    assert growth == pytest.approx([NAN, NAN, 50, -100, NAN], nan_ok=True)


def test_nothing_spent_is_zero_and_has_no_shares():
    own = found([("x", 2024, "05", 0, 0, 0, 10, 100)])
    assert own.loc[(2024, "TOTAL")].tolist() == pytest.approx([0, 0, 0, NAN, NAN, NAN, NAN], nan_ok=True)


def test_a_row_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        measured(table(SMALL[0], SMALL[0]), 2023)


@pytest.mark.parametrize("seed", range(3))
def test_shares_add_up_and_scales_change_no_ratio(seed):
    draw = np.random.default_rng(seed)
    rows = [
        (city, year, f"{code:02d}", *draw.integers(1, 1000, 3), draw.integers(1, 99), 100 + year - 2020)
        for city in ("b", "a")
        for year in (2022, 2020, 2021)
        for code in (9, 1, 10)
    ]
    frame = table(*rows)
    own = measured(frame, 2022)
    parts = own[own["cofog"] != "TOTAL"].groupby(["city", "year"])[["share", "real"]].sum()
    whole = own[own["cofog"] == "TOTAL"].set_index(["city", "year"]).loc[parts.index]
    np.testing.assert_allclose(parts["share"], 100)
    np.testing.assert_allclose(parts["real"], whole["real"])
    assert own["cofog"].tolist()[:12:3] == ["01", "09", "10", "TOTAL"]
    assert own["city"].tolist()[:1] == ["b"]
    # The base of the index is free, and amounts in thousands give the same rates.
    other = measured(frame.assign(cpi=frame["cpi"] * 3), 2022)
    assert_equal(other[finance.MEASURES], own[finance.MEASURES])
    thousands = measured(frame.assign(**{name: frame[name] * 1000 for name in finance.AMOUNTS}), 2022)
    ratios = ["exec_rate_initial", "exec_rate_final", "share", "real_growth"]
    np.testing.assert_allclose(thousands[ratios], own[ratios], rtol=1e-9, atol=1e-9)
    assert totals(frame)["realised"].sum() == frame["realised"].sum()


# ------------------------------------------------------------------------------------ the command


def text_of(*rows):
    return HEADER + "".join(
        ",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
    )


def test_results_and_notes_by_hand(method, tmp_path):
    code, printed, complained = method("finance", text_of(*replaced(2, realised=None, cpi=None)))
    assert (code, complained) == (0, "")
    assert "Note: x 2024: the outturn of a division is missing" in printed
    assert "price index" not in printed
    assert cells_of(tmp_path / "out" / OUT)[0] == [
        "city", "year", "cofog", "real_2024", "pc_nominal", "pc_real_2024", "exec_rate_initial", "exec_rate_final",
        "share", "real_growth",
    ]  # fmt: skip
    assert cells_of(tmp_path / "out" / OUT)[1:4] == [
        ["x", "2023", "05", "120", "0.6", "1.2", "60", "75", "40", ""],
        ["x", "2024", "05", "", "", "", "", "", "", ""],
        ["x", "2023", "06", "180", "0.9", "1.8", "90", "75", "60", ""],
    ]


def test_a_year_without_a_deflator_is_named_and_is_no_base(method, tmp_path):
    rows = [(*row[:-1], None if row[1] == 2024 else row[-1]) for row in SMALL]
    _, printed, _ = method("finance", text_of(*rows), lang="tr")
    assert "Not: 2024: fiyat endeksi yok; yalnız cari (nominal) tutarlar verildi." in printed
    assert "real_2023" in cells_of(tmp_path / "out" / OUT)[0]


def changed(**told):
    return text_of(*replaced(0, **told))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEADER.replace("cpi", "tufe") + text_of(*SMALL)[len(HEADER) :],
            "row 1, column cpi: The column is missing",
        ),
        (changed(city=""), "row 2, column city: The name is empty"),
        (changed(year="2023 yılı"), "row 2, column year, '2023 yılı': Not a year"),
        (changed(cofog="5"), "row 2, column cofog, '5': A division is two digits, 01–10, or unclassified"),
        (changed(cofog="11"), "row 2, column cofog, '11': A division is two digits"),
        (changed(cofog="TOTAL"), "row 2, column cofog, 'TOTAL': A division is two digits"),
        (changed(cofog=" "), "row 2, column cofog: A division is two digits"),
        (changed(realised="-3"), "row 2, column realised, '-3': A budget or outturn cannot be negative"),
        (changed(initial_budget="-3"), "row 2, column initial_budget, '-3': A budget or outturn"),
        (changed(final_budget="#REF!"), "row 2, column final_budget, '#REF!': Not a number"),
        (changed(realised='"1.234,5"'), "row 2, column realised, '1.234,5': Not a number"),
        (text_of((*SMALL[0][:6], 0, 50)), "row 2, column population, '0': A population must be above zero"),
        (text_of((*SMALL[0][:6], 9, -1)), "row 2, column cpi, '-1': A price index must be above zero"),
        (
            changed(population="101"),
            "row 3, column population, '100': Row 2 has another value; where city, year",
        ),
        (changed(cpi="51"), "row 3, column cpi, '50': Row 2 has another value; where year are the same"),
        (
            text_of(*SMALL, ("y", 2023, "05", 1, 1, 1, 1, 51)),
            "row 6, column cpi, '51': Row 2 has another value",
        ),
        (text_of(*SMALL, SMALL[0]), "row 6, column cofog, '05': This row stands twice: city, year, cofog"),
    ],
)
def test_a_fault_is_told_with_its_place(refused, text, said):
    (line,) = refused("finance", text)
    assert said in line


def test_every_fault_comes_at_once(refused):
    rows = [
        ("", "two", "5", -1, "x", -1, -1, 0),
        ("x", 2023, "05", 1, 1, 1, 10, 50),
        ("x", 2023, "05", 1, 1, 1, 11, 51),
        ("x", 2023),
    ]
    assert set(places_of(refused("finance", text_of(*rows)))) == {
        ("2", "city", "key_empty"),
        ("2", "year", "not_a_year"),
        ("2", "cofog", "division_unknown"),
        ("2", "initial_budget", "amount_negative"),
        ("2", "final_budget", "not_a_number"),
        ("2", "realised", "amount_negative"),
        ("2", "population", "population_not_positive"),
        ("2", "cpi", "cpi_not_positive"),
        ("4", "cofog", "row_duplicate"),
        ("4", "population", "value_differs"),
        ("4", "cpi", "value_differs"),
        ("5", None, "cell_count"),
    }


def test_the_same_population_written_two_ways_is_one(method):
    assert method("finance", changed(population="1e2", cpi="50.0"))[0] == 0
    assert method("finance", changed(cofog="unclassified"))[0] == 0
