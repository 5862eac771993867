"""The form of a plan: what it offers is taken, its example is not read, and what is filled in comes back as a plan."""

import io

import openpyxl
import pytest

import karne
from etl.form_plan import plan_form
from etl.sources.layout import layout_of
from tests.etl.plan_files import COLUMNS, GOOD, another, as_table

LAYOUT = layout_of("plan")
CUMULATIVE = (
    "They are cumulative: the baseline and all flows up to the end of the year. "
    "Where they are of single years, write the kind “level” and the baseline 0."
)


@pytest.fixture
def form(tmp_path):
    """Writes an empty form as the command does and opens it."""

    def written(*options):
        path = tmp_path / "form.xlsx"
        assert karne.main(["template", "plan", "--out", str(path), *options]) == 0
        return openpyxl.load_workbook(path)

    return written


def headers(sheet, row=1):
    return [cell.value for cell in sheet[row]]


def as_bytes(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(book, rows):
    """The form with rows under its headers, as a spreadsheet saves it."""
    spot = {name: place for place, name in enumerate(headers(book["Plan"]), start=1)}
    for number, row in enumerate(rows, start=2):
        for name, value in row.items():
            book["Plan"].cell(number, spot[name], value)
    return as_bytes(book)


TURKISH = [
    {COLUMNS.get(name, name): value for name, value in row.items()} for row in (GOOD, another(unit=None))
]


def test_the_turkish_form_filled_in_is_a_plan(form, inbox):
    content = filled(form("--period", "2024-2026"), TURKISH)
    inbox.put("plan.xlsx", content, layout="plan", source="municipal_plan")
    assert inbox.build().faults == []


def test_the_english_form_filled_in_is_a_plan(form, faults):
    book = form("--period", "2024-2026", "--lang", "en")
    tr, en = ([column.headers[place] for column in LAYOUT.columns] for place in (0, 1))
    across = {
        f"{one.headers[0]} {year}": f"{one.headers[1]} {year}"
        for one in LAYOUT.across
        for year in (2024, 2025, 2026)
    }
    words = dict(zip(tr, en, strict=True)) | across
    row = {words[name]: value for name, value in TURKISH[0].items()}
    row |= {"Kind": "level", "Direction": "decrease", "Service": "Cleaning and waste"}
    assert headers(book["Plan"])[:17] == en
    assert faults(filled(book, [row]), "plan", name="plan.xlsx") == []


@pytest.mark.parametrize(("lang", "lists"), [("tr", "Listeler"), ("en", "Lists")])
def test_whatever_the_form_offers_is_taken(form, faults, lang, lists):
    book = form("--lang", lang)
    header = {column.name: column.headers[lang == "en"] for column in LAYOUT.columns}
    offered = {
        cells[0].value: [cell.value for cell in cells[1:] if cell.value] for cells in book[lists].columns
    }
    assert {len(offered[header[name]]) for name in ("city", "period")} == {21, 1}
    row = {header[name]: GOOD[name] for name in ("goal_code", "goal", "indicator")}
    row |= {header["period"]: offered[header["period"]][0], header["objective"]: "x"}
    words = [(kind, way) for kind in offered[header["kind"]][:2] for way in offered[header["direction"]]]
    words.append((offered[header["kind"]][2], None))
    services = [(words[0], service) for service in offered[header["service"]]]
    told = [
        {"kind": kind, "direction": way, "service": service, "objective_code": code, "indicator_code": code}
        for code, ((kind, way), service) in enumerate([*((word, None) for word in words), *services])
    ]
    across = {f"{column.headers[0]} 2025": None for column in LAYOUT.across}
    for city in offered[header["city"]]:
        rows = [
            row | {header["city"]: city} | {header[key]: cell for key, cell in one.items()} | across
            for one in told
        ]
        assert faults(as_table(rows), "plan", name="plan.csv") == []


def test_the_years_of_the_period_stand_across(form):
    found = headers(form("--period", "2020-2024")["Plan"])
    assert found[17:20] == ["Hedef 2020", "Gerçekleşme 2020", "Sapma nedeni 2020"]
    assert found[-3:] == ["Hedef 2024", "Gerçekleşme 2024", "Sapma nedeni 2024"]


def test_a_period_that_cannot_be_read_writes_nothing(tmp_path, capsys):
    out = tmp_path / "form.xlsx"
    assert karne.main(["template", "plan", "--out", str(out), "--period", "2020"]) == 2
    assert not out.exists()
    assert "2020-2024" in capsys.readouterr().out


def test_an_empty_form_has_no_rows_and_its_example_is_not_read(form, faults):
    (fault,) = faults(as_bytes(form()), "plan", name="plan.xlsx")
    assert (fault.rule, fault.sheet) == ("no_rows", "Plan")


@pytest.mark.parametrize(("lang", "sheet"), [("tr", "Örnek"), ("en", "Example")])
def test_the_example_would_be_a_plan_without_fault(form, faults, lang, sheet):
    book = form("--lang", lang)
    rows = [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=3)]
    names = headers(book[sheet], 2)
    assert len(rows) == 3
    rows = [dict(zip(names, row, strict=True)) | {names[0]: "Siirt"} for row in rows]
    assert faults(filled(book, rows), "plan", name="plan.xlsx") == []


def test_text_columns_are_text_so_that_codes_stay_as_they_are_typed(form):
    book = form()
    formats = {
        name: book["Plan"].column_dimensions[openpyxl.utils.get_column_letter(place)].number_format
        for place, name in enumerate(headers(book["Plan"]), start=1)
    }
    assert formats["Hedef kodu"] == formats["Gösterge kodu"] == "@"
    assert formats["Hedef 2025"] != "@"


def test_equal_forms_are_equal_bytes(registry):
    assert plan_form(registry, "tr") == plan_form(registry, "tr")


# ----------------------------------------------------------------------------- karne check says what a plan lacks


def test_check_tells_what_a_plan_lacks(tmp_path, capsys):
    flow = {"kind": "yıllık akış", "direction": "artış", "baseline": 0, "weight": 100}
    flow |= {f"Hedef {year}": 5 for year in (2024, 2025, 2026)}
    flow |= {"Gerçekleşme 2024": 5, "Gerçekleşme 2025": None}
    rows = [
        GOOD | {"weight": 50, "Gerçekleşme 2024": 395, "Gerçekleşme 2025": 395},
        another(unit=None, definition=None, weight=None),
        another("PG2", objective_code="H1.2", objective="İkinci", **flow),
        another(
            "PG3", objective_code="H1.3", objective="Üçüncü", **flow | {"Hedef 2025": 10, "Hedef 2026": None}
        ),
    ]
    path = tmp_path / "plan.csv"
    path.write_bytes(as_table(rows))
    assert karne.main(["check", str(path), "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  PG1.1.2: not measurable, it has no unit.",
        "  PG1.1.2: not measurable, it has no definition.",
        "  PG3: not measurable in these years, it has no target: 2026.",
        "  H1.1: the weights of its indicators do not add to 100 or are missing; they are normalised.",
        "  PG1.1.1: no reason is given for a result short of the target or far above it: 2024, 2025.",
        f"  PG2: the targets of this annual flow do not move on from year to year. {CUMULATIVE}",
        "2 of 4 indicators are not measurable in at least one year.",
        "plan.csv: clean as Strategic plan (one performance indicator a row) (4 rows).",
    ]


@pytest.mark.parametrize(
    ("values", "is_told"),
    [((0.1, 0.2, 0.3), True), ((0.1, 0.2, None), False), ((0.1, 0.2, 1.5), False), ((0, 0, 0), False)],
)
def test_check_tells_percentages_that_look_like_fractions(tmp_path, capsys, values, is_told):
    baseline, *targets = values
    told = {"baseline": baseline, "Hedef 2024": targets[0], "Hedef 2025": targets[1], "Hedef 2026": None}
    told |= {"Gerçekleşme 2024": None, "Gerçekleşme 2025": None, "direction": "artış", "unit": "%"}
    path = tmp_path / "plan.csv"
    path.write_bytes(as_table([GOOD | told]))
    karne.main(["check", str(path)])
    assert ("%45 biçimindeki hücre 0,45 tutar" in capsys.readouterr().out) == is_told


@pytest.mark.parametrize(
    ("direction", "targets", "is_told"),
    [
        ("artış", (5, 10, 10), False),
        ("artış", (5, 10, 9), True),
        ("artış", (5, 5, 5), True),
        ("azalış", (9, 8, 7), False),
        ("azalış", (9, 8, 9), True),
    ],
)
def test_check_tells_flows_whose_targets_do_not_add_up(tmp_path, capsys, direction, targets, is_told):
    told = dict(zip(("Hedef 2024", "Hedef 2025", "Hedef 2026"), targets, strict=True))
    path = tmp_path / "plan.csv"
    path.write_bytes(as_table([GOOD | told | {"kind": "yıllık akış", "direction": direction}]))
    karne.main(["check", str(path), "--lang", "en"])
    assert (CUMULATIVE in capsys.readouterr().out) == is_told
