"""Plans as municipalities send them, for tests: rows under the headers of the layout, as a workbook or csv."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import xlsxwriter

from etl import intake, marts
from etl.build import insert
from etl.manifest import Delivery
from etl.plans.results import plan_tables
from etl.registry import Registry
from etl.sources.layout import layout_of
from etl.sources.observation import Submission
from etl.sources.plan import PlanRow, PlanValue

COLUMNS = {
    "city": "Kent",
    "period": "Plan dönemi",
    "goal_code": "Amaç kodu",
    "goal": "Amaç",
    "objective_code": "Hedef kodu",
    "objective": "Hedef",
    "service": "Hizmet",
    "indicator_code": "Gösterge kodu",
    "indicator": "Gösterge",
    "definition": "Tanım",
    "unit": "Birim",
    "kind": "Tür",
    "direction": "Yön",
    "baseline": "Başlangıç değeri",
    "weight": "Hedefe etkisi (%)",
    "tolerance": "Tolerans (%)",
    "responsible": "Sorumlu birim",
}
# A plan of one indicator that has nothing wrong with it.
GOOD = {
    "city": "İzmir/Bornova",
    "period": "2024-2026",
    "goal_code": "A1",
    "goal": "Temiz kent",
    "objective_code": "H1.1",
    "objective": "Daha az atık",
    "service": "Temizlik ve atık",
    "indicator_code": "PG1.1.1",
    "indicator": "Kişi başına atık",
    "definition": "Toplanan atığın nüfusa oranı",
    "unit": "kg",
    "kind": "düzey",
    "direction": "azalış",
    "baseline": 400,
    "weight": 100,
    "tolerance": None,
    "responsible": "Temizlik İşleri Müdürlüğü",
    "Hedef 2024": 390,
    "Gerçekleşme 2024": 390,
    "Sapma nedeni 2024": None,
    "Hedef 2025": 380,
    "Gerçekleşme 2025": 380,
    "Sapma nedeni 2025": None,
    "Hedef 2026": 370,
    "Gerçekleşme 2026": None,
    "Sapma nedeni 2026": None,
}


def another(code: str = "PG1.1.2", **told: Any) -> dict[str, Any]:
    """A further indicator of the good plan."""
    return GOOD | {"indicator_code": code} | told


def table(rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Header and cells: columns in the order of the rows, ours by their Turkish name."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [[COLUMNS.get(name, name) for name in names], *([row.get(name) for name in names] for row in rows)]


def as_workbook(rows: Iterable[Mapping[str, Any]], sheet: str = "Plan") -> bytes:
    """The rows as a workbook with one sheet; numbers as numbers."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, cells in enumerate(table(rows)):
            page.write_row(number, 0, cells)
    return stream.getvalue()


def as_table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows as csv."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(table(rows))
    return stream.getvalue().encode()


def marts_of(path: Path, registry: Registry) -> duckdb.DuckDBPyConnection:
    """The plan marts of one file without faults, alone in a database of their own."""
    judged = intake.judge(Delivery(path, layout_of("plan"), Submission("plan", "sample")), registry)
    assert judged.report.faults == []
    rows, values = (intake.frame_of(judged, grain) for grain in (PlanRow, PlanValue))
    connection = duckdb.connect()
    connection.execute(marts.schema())
    rows = rows.assign(lineage_id=1, is_synthetic=True)
    for name, made in plan_tables(rows, values, registry.plan_rules).items():
        insert(connection, name, made)
    return connection


def fixture_rows(given: pd.DataFrame, city: str, year: int) -> list[dict[str, Any]]:
    """One plan of the reference input as rows of a file, with the baselines it has in one `year`.

    The reference varies the baseline of an indicator from year to year to try every case; a plan has one.
    """
    first, last = given["year"].min(), given["year"].max()
    return [
        {
            "city": city,
            "period": f"{first}-{last}",
            "goal_code": amac,
            "goal": f"Amaç {amac}",
            "objective_code": hedef,
            "objective": f"Hedef {hedef}",
            "indicator_code": code,
            "indicator": f"Gösterge {code}",
            "definition": "Tanımı",
            "unit": "adet",
            **attributes(own[own["year"] == year].iloc[0]),
            **across(own),
        }
        for (amac, hedef, code), own in given.groupby(["amac", "hedef", "indicator_id"], sort=False)
    ]


def attributes(row: "pd.Series[Any]") -> dict[str, Any]:
    """What an indicator is in every year."""
    kept = row["direction"] == "maintain"
    kind = {"level": "düzey", "annual_flow": "yıllık akış"}[row["value_basis"]]
    return {
        "kind": "koruma" if kept else kind,
        "direction": None if kept else {"increase": "artış", "decrease": "azalış"}[row["direction"]],
        "baseline": cell(row["baseline"]),
        "weight": cell(row["weight"]),
        "tolerance": cell(row["tolerance_pct"]),
    }


def across(own: pd.DataFrame) -> dict[str, Any]:
    """Targets and actual values, year by year."""
    headers = {"Hedef": "target", "Gerçekleşme": "actual"}
    return {
        f"{header} {row['year']}": cell(row[name])
        for _, row in own.iterrows()
        for header, name in headers.items()
    }


def cell(value: float) -> float | None:
    """A number as a workbook stores it; nothing where there is none."""
    return None if pd.isna(value) else float(value)


def findings(built: Callable[[str], pd.DataFrame]) -> list[tuple[Any, ...]]:
    """Level, node, year (or None), rule of every finding and whether it blocks."""
    found = built("SELECT level, node_id, year, rule, is_blocking FROM mart.plan_finding ORDER BY ALL")
    return [tuple(None if pd.isna(one) else one for one in row) for row in found.itertuples(index=False)]
