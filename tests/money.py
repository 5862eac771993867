"""A release with a few budgets and plans that can be reckoned by hand, made out of any built one."""

from pathlib import Path

import duckdb

CITY, COARSE, NO_OUTTURN, NO_LINE, NO_PEOPLE, SECOND = "adana", "ankara", "antalya", "aydin", "mus", "denizli"
MIXED, AFFILIATE, OPEN_LINK = "erzurum", "kayseri", "izmir-bornova"
"""Who sent what: see BUDGETS."""
TABLES = (
    "price_level", "spending_row", "fact_spending", "spending_total", "city_population", "finance_indicator",
    "dim_plan", "plan_goal", "plan_objective", "plan_indicator", "plan_value", "plan_rollup", "plan_finding",
)  # fmt: skip
PRICES = {2022: (80.0, True), 2023: (100.0, True), 2024: (150.0, True), 2025: (200.0, False)}
PEOPLE = {
    CITY: 1_000.0, COARSE: 2_000.0, NO_OUTTURN: 800.0, NO_LINE: 700.0, NO_PEOPLE: None, SECOND: 500.0,
    MIXED: 400.0, AFFILIATE: 300.0, OPEN_LINK: 100.0,
}  # fmt: skip
# city, year, entity, function, economic code, outturn, provisional
BUDGETS: list[tuple[str, int, str, str, str, float | None, bool]] = [
    (CITY, 2023, "municipality", "05.1", "03", 15_000.0, False),
    (CITY, 2024, "municipality", "05.1", "01", 20_000.0, False),
    (CITY, 2024, "municipality", "05.1", "03", 10_000.0, False),
    (CITY, 2024, "municipality", "04.5", "06", 50_000.0, False),
    (CITY, 2024, "municipality", "unclassified", "03", 20_000.0, False),
    (CITY, 2024, "utility", "05.2", "03", 10_000.0, False),
    (CITY, 2024, "utility", "06.3", "06", 40_000.0, False),
    (CITY, 2025, "municipality", "05.1", "03", 40_000.0, True),
    (COARSE, 2024, "municipality", "05", "03", 90_000.0, False),
    (NO_OUTTURN, 2024, "municipality", "05.1", "03", None, False),
    (NO_LINE, 2024, "municipality", "04.5", "03", 70_000.0, False),
    (NO_PEOPLE, 2024, "municipality", "05.1", "03", 12_000.0, False),
    (SECOND, 2024, "municipality", "05.1", "03", 5_000.0, False),
    (MIXED, 2024, "municipality", "05", "03", 1_000.0, False),
    (MIXED, 2024, "municipality", "05.1", "03", 4_000.0, False),
    (OPEN_LINK, 2024, "municipality", "05.1", "03", 2_000.0, False),
    (AFFILIATE, 2024, "company", "05.1", "03", 3_000.0, False),
]
# city, first year, objective, service, its state in the newest year with a value of its end, that year (None: not yet)
OBJECTIVES: list[tuple[str, int, str, str | None, str | None, int | None]] = [
    (CITY, 2015, "H0.1", "cleaning", "partial", 2019),
    (CITY, 2020, "H1.1", "cleaning", "full", 2024),
    (CITY, 2020, "H1.2", "cleaning", "low", 2024),
    (CITY, 2020, "H2.1", "roads", "partial", 2024),
    (CITY, 2025, "H9.1", "cleaning", None, None),
    (NO_PEOPLE, 2022, "H1.1", "parks", "full", 2025),
    (SECOND, 2025, "H1.1", "cleaning", None, None),
]
BEFORE = "low"
"""How every objective stood before: a page that reads another year is noticed."""


def with_money(built: Path, folder: Path) -> Path:
    """The folder of a copy of the release in service, its budgets and plans those above."""
    folder.mkdir(parents=True)
    name = (built / "current").read_text(encoding="utf-8").strip().removesuffix(".duckdb")
    target = folder / f"{name}.duckdb"
    target.write_bytes((built / f"{name}.duckdb").read_bytes())
    (folder / "current").write_text(name, encoding="utf-8")
    with duckdb.connect(target) as opened:
        for table in TABLES:
            opened.execute(f"DELETE FROM mart.{table}")
        lineage = opened.execute("SELECT max(lineage_id) + 1 FROM meta.lineage").fetchall()[0][0]
        source = opened.execute("SELECT min(source_id) FROM mart.dim_source WHERE is_synthetic").fetchall()[
            0
        ][0]
        opened.execute(
            "INSERT INTO meta.lineage (lineage_id, kind, source_id) VALUES (?, 'source', ?)",
            [lineage, source],
        )
        _budgets(opened, lineage)
        _plans(opened, lineage)
    return folder


def _budgets(opened: duckdb.DuckDBPyConnection, lineage: int) -> None:
    for year, (cpi, is_complete) in PRICES.items():
        opened.execute("INSERT INTO mart.price_level VALUES (?, ?, ?, ?)", [year, cpi, is_complete, lineage])
        for city, people in PEOPLE.items():
            status = "not_own" if people is None else "own"
            opened.execute(
                "INSERT INTO mart.city_population VALUES (?, ?, ?, ?, ?)", [city, year, people, status, city]
            )
    for city, year, entity, function, economic, outturn, provisional in BUDGETS:
        opened.execute(
            "INSERT INTO mart.fact_spending VALUES (?, ?, ?, 'expenditure', ?, ?, ?, ?, NULL, ?, 1, ?, true, ?)",
            [
                city,
                year,
                entity,
                function,
                economic,
                outturn or 1.0,
                outturn or 1.0,
                outturn,
                provisional,
                lineage,
            ],
        )
    opened.execute(
        """INSERT INTO mart.spending_total
        SELECT city_id, year, scope, side, if(level = 0, 'total', split_part(function_id, '.', 1)) AS code,
          sum(initial_try), sum(appropriation_try), NULL, sum(outturn_try), list_sort(list(DISTINCT entity)),
          bool_or(is_provisional), true, min(lineage_id)
        FROM mart.fact_spending, (SELECT unnest(['own', 'utilities', 'all']) AS scope), (SELECT unnest([0, 1]) AS level)
        WHERE scope <> 'own' OR entity = 'municipality'
        GROUP BY ALL"""
    )


def _plans(opened: duckdb.DuckDBPyConnection, lineage: int) -> None:
    for plan, city, first in sorted({(f"{row[0]}-sp{row[1]}", row[0], row[1]) for row in OBJECTIVES}):
        opened.execute(
            "INSERT INTO mart.dim_plan VALUES (?, ?, ?, ?, true, ?)", [plan, city, first, first + 4, lineage]
        )
        opened.execute("INSERT INTO mart.plan_goal VALUES (?, 'A1', 'Örnek amaç', 1)", [plan])
    for number, (city, first, objective, service, display, newest) in enumerate(OBJECTIVES):
        plan = f"{city}-sp{first}"
        opened.execute(
            "INSERT INTO mart.plan_objective VALUES (?, ?, 'A1', ?, ?, NULL, ?)",
            [plan, objective, f"Örnek hedef {objective}", service, number],
        )
        opened.execute(
            "INSERT INTO mart.plan_indicator VALUES "
            "(?, ?, ?, 'Oran', 'Tanım', '%', 'level', 'increase', 10, 100, 5, NULL, ?, ?)",
            [plan, f"PG{objective}", objective, number, number + 2],
        )
        for year in range(first, first + 5):
            told = newest is not None and year <= newest
            opened.execute(
                "INSERT INTO mart.plan_value (plan_id, indicator_id, year, target, actual, month, status, is_over,"
                " is_measurable) VALUES (?, ?, ?, 20, ?, ?, ?, false, true)",
                [plan, f"PG{objective}", year, 15.0 if told else None, 12 if told else None,
                 "ok" if told else "not_reported"],
            )  # fmt: skip
            opened.execute(
                "INSERT INTO mart.plan_rollup VALUES (?, 'objective', ?, ?, 1, ?, 0, ?, NULL, true, ?)",
                [plan, objective, year, int(told), float(told),
                 (display if year == newest else BEFORE) if told else "insufficient"],
            )  # fmt: skip
