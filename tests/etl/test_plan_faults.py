"""What refuses a plan's file: every fault at once, at its spot, with a sentence in both languages."""

import io

import openpyxl
import pytest
import xlsxwriter

from etl.registry import load
from etl.sources.plan import service_words
from etl.turkish import lookup_key
from tests.etl.conftest import REGISTRY
from tests.etl.plan_files import COLUMNS, GOOD, another, as_table, as_workbook, table

GOAL = ("city", "period", "goal_code", "goal")
OBJECTIVE = (*GOAL, "objective_code", "objective")


@pytest.fixture
def told(faults):
    """Judge rows as a plan's workbook and give rule, row, column and value of every fault."""

    def _told(*rows):
        return [
            (fault.rule, fault.row, fault.column, fault.value)
            for fault in faults(as_workbook(rows), "plan", name="plan.xlsx")
        ]

    return _told


def only(names, **told):
    """A row that says nothing but these columns of the good one."""
    return dict.fromkeys(GOOD) | {name: GOOD[name] for name in names} | told


def renamed(old, new):
    """The good row with one header written in another way."""
    return {new if name == old else name: value for name, value in GOOD.items()}


def test_a_plan_without_fault_has_none_as_workbook_and_as_csv(told, faults):
    rows = [GOOD, another(), only(OBJECTIVE, objective_code="H1.2", objective="Göstergesiz"),
            only(GOAL, goal_code="A2", goal="Hedefsiz")]  # fmt: skip
    assert told(*rows) == []
    assert faults(as_table(rows), "plan", name="plan.csv") == []


ENGLISH = {
    **dict(zip(COLUMNS.values(), (
        "City", "Plan period", "Goal code", "Goal", "Objective code", "Objective", "Service", "Indicator code",
        "Indicator", "Definition", "Unit", "Kind", "Direction", "Baseline", "Effect on objective (%)",
        "Tolerance (%)", "Responsible unit",
    ), strict=True)),
    "Hedef 2024": "Target 2024", "Gerçekleşme 2024": "Actual 2024", "Sapma nedeni 2024": "Deviation reason 2024",
}  # fmt: skip


def test_english_headers_and_words_are_read(told):
    row = {ENGLISH.get(COLUMNS.get(name, name), name): value for name, value in GOOD.items()}
    row |= {"Kind": "level", "Direction": "decrease", "Service": "Cleaning and waste"}
    assert told(row) == []


@pytest.mark.parametrize(
    "spelled", ["HEDEF 2024", "hedef  2024", "Hedef (2024)", "Hedef\n2024", "Target 2024"]
)
def test_the_year_of_a_header_may_be_spelled_in_these_ways(told, spelled):
    assert told(renamed("Hedef 2024", spelled)) == []


@pytest.mark.parametrize(
    ("header", "spelled", "expected"),
    [
        ("Hedef 2024", "Hedef 2024 yılı", "Hedef 2024"),
        ("Hedef 2024", "Hedef 1. yıl", "Hedef 2024"),
        ("Hedef 2024", "Hedef birinci yıl", "Hedef 2024"),
        ("Hedef 2024", "2024 hedefi", "Hedef 2024"),
        ("Hedef 2024", "2024 yılı hedef", "Hedef 2024"),
        ("Hedef 2024", "Hedef 24", "Hedef 2024"),
        ("Hedef 2025", "2025 hedefi", "Hedef 2025"),
        ("Hedef 2025", "Hedef 2. yıl", "Hedef 2025"),
        ("Hedef 2024", "Target year 1", "Target 2024"),
        ("Hedef 2024", "Hedef 2024-06", "Hedef 2024"),
        ("Sapma nedeni 2024", "Sapma nedeni 1. yıl", "Sapma nedeni 2024"),
    ],
)
def test_years_as_text_are_told_with_the_header_to_write(faults, header, spelled, expected):
    (fault,) = faults(as_workbook([renamed(header, spelled), another()]), "plan", name="plan.xlsx")
    assert (fault.rule, fault.row, fault.column) == ("plan_year_header", None, spelled)
    assert fault.message_tr.endswith(f"Yılı rakamla yazın: “{expected}”.")
    assert fault.message_en.endswith(f"Write the year in figures: “{expected}”.")


@pytest.mark.parametrize("spelled", ["Gerçekleşme 2024-13", "Gerçekleşme", "Gerçekleşme Haziran 2024"])
def test_a_month_as_text_is_not_told_to_be_written_as_the_year(faults, spelled):
    row = renamed("Gerçekleşme 2024", spelled)
    (fault,) = faults(as_workbook([row, another()]), "plan", name="plan.xlsx")
    assert (fault.rule, fault.row, fault.column) == ("plan_month_header", None, spelled)
    assert "“Gerçekleşme 2024”, yıl içi" in fault.message_tr
    assert "“Gerçekleşme 2024-06”" in fault.message_tr


@pytest.mark.parametrize(("unit", "refused"), [("adet", True), ("%", False), ("Yüzde", False), (None, False)])
def test_a_percentage_where_the_unit_is_none_is_told(told, unit, refused):
    row = GOOD | {"unit": unit, "baseline": "%10", "Gerçekleşme 2024": "12 %"}
    expected = [
        ("percent_unexpected", 2, "Başlangıç değeri", "%10"), ("percent_unexpected", 2, "Gerçekleşme 2024", "%12"),
    ]  # fmt: skip
    assert told(row, another()) == (expected if refused else [])


def test_a_year_outside_the_plan_refuses_the_file(told):
    row = GOOD | {"Hedef 2027": 1, "Gerçekleşme 2023": None}
    assert told(row) == [
        ("plan_year_outside", None, "Hedef 2027", "2027"),
        ("plan_year_outside", None, "Gerçekleşme 2023", "2023"),
    ]


@pytest.mark.parametrize("again", ["HEDEF 2024", "Target 2024", "Gerçekleşme 2025-12"])
def test_a_year_that_stands_twice_refuses_the_file(told, again):
    assert told(GOOD | {again: 1}) == [("columns_repeated", None, again, again)]


def test_a_plan_without_targets_is_another_table(told):
    row = {name: value for name, value in GOOD.items() if not name.startswith("Hedef 2")}
    assert [rule for rule, *_ in told(row)] == ["columns_missing"]


@pytest.mark.parametrize(
    "spelled", ["2024", "2024-2024", "2026-2024", "2024-2204", "24-28", "2024/26", "beş yıl"]
)
def test_a_period_that_cannot_be_read_is_told_once(told, spelled):
    rows = [GOOD | {"period": spelled}, another(period=spelled)]
    assert told(*rows) == [("plan_period_unreadable", 2, "Plan dönemi", spelled)]


@pytest.mark.parametrize("spelled", ["2024–2026", "2024 - 2026", "2024/2026"])
def test_a_period_may_be_spelled_in_these_ways(told, spelled):
    assert told(GOOD | {"period": spelled}) == []


@pytest.mark.parametrize(
    ("differs", "value"),
    [
        ({"city": "İzmir/Bornova", "period": "2024-2027"}, "İzmir/Bornova 2024-2027"),
        ({"city": "Siirt"}, "Siirt 2024-2026"),
    ],
)
def test_a_second_plan_or_city_in_a_file_is_told_once(told, differs, value):
    rows = [GOOD, another("PG2", **differs), another("PG3", **differs), another("PG4")]
    assert told(*rows) == [("plan_more_than_one", 3, "Kent", value)]


def test_another_spelling_of_the_same_city_is_the_same_plan(told):
    assert told(GOOD, another(city="izmir-bornova", period="2024–2026")) == []


def test_an_unknown_city_is_told_once_with_the_nearest_name(faults):
    rows = [GOOD | {"city": "Bornowa"}, another(city="Bornowa")]
    (fault,) = faults(as_workbook(rows), "plan", name="plan.xlsx")
    assert (fault.rule, fault.row, fault.column, fault.value) == ("unknown_place", 2, "Kent", "Bornowa")
    assert "İzmir/Bornova" in fault.message_tr


def test_a_province_is_no_municipality(told):
    assert told(GOOD | {"city": "tr-35"}) == [("unknown_place", 2, "Kent", "tr-35")]


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ({"goal": "Başka amaç"}, ("plan_text_differs", 3, "Amaç", "Başka amaç")),
        ({"objective": "Başka hedef"}, ("plan_text_differs", 3, "Hedef", "Başka hedef")),
        ({"goal_code": "A2", "goal": "Öteki"}, ("plan_parent_differs", 3, "Hedef kodu", "H1.1")),
        ({"service": "Kültür ve sanat"}, ("plan_service_differs", 3, "Hizmet", "Kültür ve sanat")),
        ({"indicator_code": "PG1.1.1"}, ("plan_indicator_twice", 3, "Gösterge kodu", "PG1.1.1")),
        ({"kind": "akış"}, ("unknown_word", 3, "Tür", "akış")),
        ({"direction": "yukarı"}, ("unknown_word", 3, "Yön", "yukarı")),
        ({"kind": None}, ("cell_empty", 3, "Tür", None)),
        ({"direction": None}, ("cell_empty", 3, "Yön", None)),
        ({"kind": "koruma"}, ("plan_direction_kept", 3, "Yön", "decrease")),
        ({"weight": -5}, ("out_of_range", 3, "Hedefe etkisi (%)", "-5")),
        ({"weight": 101}, ("out_of_range", 3, "Hedefe etkisi (%)", "101")),
        ({"weight": "yarısı"}, ("number_unreadable", 3, "Hedefe etkisi (%)", "yarısı")),
        ({"tolerance": -1}, ("out_of_range", 3, "Tolerans (%)", "-1")),
        ({"baseline": "1.234"}, ("number_ambiguous", 3, "Başlangıç değeri", "1.234")),
        ({"Hedef 2025": "yok"}, ("number_unreadable", 3, "Hedef 2025", "yok")),
        ({"service": "temizlig"}, ("unknown_service", 3, "Hizmet", "temizlig")),
        ({"goal_code": None}, ("cell_empty", 3, "Amaç kodu", None)),
        ({"objective_code": None}, ("cell_empty", 3, "Hedef kodu", None)),
        ({"indicator_code": None}, ("cell_empty", 3, "Gösterge kodu", None)),
        ({"indicator": None}, ("cell_empty", 3, "Gösterge", None)),
        ({"city": None}, ("cell_empty", 3, "Kent", None)),
        ({"period": None}, ("cell_empty", 3, "Plan dönemi", None)),
        (
            {"objective_code": "2025-01-01", "objective": "x"},
            ("plan_code_date", 3, "Hedef kodu", "2025-01-01"),
        ),
    ],
)
def test_a_faulty_row_is_told_at_its_spot(told, second, fault):
    assert told(GOOD, another(**second)) == [fault]


@pytest.mark.parametrize(
    "said",
    [
        {"Hedef 2024": 5},
        {"Sapma nedeni 2025": "Yağış"},
        {"baseline": 3},
        {"unit": "ton"},
        {"definition": "x"},
    ],
)
def test_what_only_an_indicator_can_say_needs_its_code(told, said):
    row = only(OBJECTIVE, objective_code="H1.2", objective="Göstergesiz", **said)
    assert told(GOOD, row) == [("cell_empty", 3, "Gösterge kodu", None)]


def test_a_service_without_an_objective_is_told(told):
    row = only((*GOAL, "service"), goal_code="A2", goal="Hedefsiz")
    assert told(GOOD, row) == [("cell_empty", 3, "Hedef kodu", None)]


def test_texts_may_stand_once_and_differ_in_letters_only(told):
    assert told(GOOD, another(goal="TEMİZ KENT", objective=None)) == []
    assert told(GOOD | {"goal": None}, another()) == [("cell_empty", 2, "Amaç", None)]


@pytest.mark.parametrize(
    "spelled", ["cleaning", "Temizlik ve atık", "TEMİZLİK VE ATIK", "Cleaning and waste", "çöp"]
)
def test_a_service_is_found_by_id_label_or_the_words_of_the_registry(told, spelled):
    assert told(GOOD, another(service=spelled)) == []


def test_an_unknown_service_gets_the_nearest_in_each_language(faults):
    (fault,) = faults(as_workbook([GOOD, another(service="temizlig")]), "plan", name="plan.xlsx")
    assert "Temizlik ve atık" in fault.message_tr
    assert "Cleaning and waste" in fault.message_en


def test_no_word_means_two_services():
    registry = load(REGISTRY)
    words = service_words(registry)
    for service in registry.services.values():
        for word in (service.service_id, service.label_tr, service.label_en, *service.plan_words):
            assert words[lookup_key(word)] == service.service_id, word


def test_all_faults_of_all_rows_are_told_at_once(told):
    rows = [
        renamed("Hedef 2024", "Hedef 1. yıl"),
        another(weight=-1, kind="x", service="qqq"),
        another("PG1.1.1", goal="Öteki", baseline="çok"),
    ]
    assert sorted(rule for rule, *_ in told(*rows)) == [
        "number_unreadable", "out_of_range", "plan_indicator_twice", "plan_text_differs", "plan_year_header",
        "unknown_service", "unknown_word",
    ]  # fmt: skip


# --------------------------------------------------------------------------------- what is wrong with a workbook


def test_merged_cells_refuse_a_plan(faults):
    stream = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([GOOD, another()])))
    book["Plan"].merge_cells("C2:C3")
    book.save(stream)
    (fault,) = faults(stream.getvalue(), "plan", name="plan.xlsx")
    assert (fault.rule, fault.row, fault.value) == ("merged_cells", 2, "C2:C3")


def test_a_formula_error_refuses_a_plan(faults):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        header, cells = table([GOOD])
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, cells)
        sheet.write_formula(1, header.index("Hedef 2025"), "=1/0", None, "#DIV/0!")
    (fault,) = faults(stream.getvalue(), "plan", name="plan.xlsx")
    assert (fault.rule, fault.row, fault.value) == ("formula_error", 2, "#DIV/0!")
    (fault,) = faults(as_table([GOOD | {"Hedef 2025": "#DIV/0!"}]), "plan", name="plan.csv")
    assert (fault.rule, fault.row, fault.column) == ("formula_error", 2, "Hedef 2025")


def test_a_second_sheet_that_looks_like_the_first_refuses_a_plan(faults):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in ("Plan", "Plan (2)"):
            for number, cells in enumerate(table([GOOD])):
                (book.get_worksheet_by_name(name) or book.add_worksheet(name)).write_row(number, 0, cells)
    found = faults(stream.getvalue(), "plan", name="plan.xlsx")
    assert [(fault.rule, fault.row) for fault in found] == [("sheet_twin", None)]
    assert "Plan (2)" in (found[0].sheet, found[0].value)


def test_another_sheet_than_plan_is_told(faults):
    (fault,) = faults(as_workbook([GOOD], "Sayfa1"), "plan", name="plan.xlsx")
    assert (fault.rule, fault.value) == ("sheet_missing", "Plan")
