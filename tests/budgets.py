"""A release whose budgets stand in a test line by line, made out of any built one: every sum can be done by hand."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

FILE, SHEET = "sentetik_butce.xlsx", "Bütçe"
MARTS = (
    "price_level", "spending_row", "fact_spending", "spending_total", "city_population", "finance_indicator",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One budget line; level II of the codes at most. Revenue has the side and no function."""

    city: str
    year: int
    function: str
    economic: str
    initial: float | None
    final: float | None
    outturn: float | None
    entity: str = "municipality"
    unit: str = "46.1.1.02"
    side: str = "expenditure"
    accrued: float | None = None
    provisional: bool = False


@dataclass(frozen=True)
class Facts:
    """Beside the lines: the index by year (whole years only, unless in `partial`), people by city and year,
    and places of their own: id, legal type."""

    cpi: Mapping[int, float]
    people: Mapping[tuple[str, int], float]
    partial: frozenset[int] = frozenset()
    places: tuple[tuple[str, str], ...] = ()


def with_budgets(built: Path, folder: Path, lines: Iterable[Line], facts: Facts) -> Path:
    """The folder of a copy of the release in service with these budgets and no others."""
    folder.mkdir(parents=True)
    name = (built / "current").read_text(encoding="utf-8").strip().removesuffix(".duckdb")
    shutil.copyfile(built / f"{name}.duckdb", folder / f"{name}.duckdb")
    (folder / "current").write_text(name, encoding="utf-8")
    with duckdb.connect(folder / f"{name}.duckdb") as opened:
        for mart in MARTS:
            opened.execute(f"DELETE FROM mart.{mart}")
        lineage = _origin(opened)
        for place, legal in facts.places:
            opened.execute(
                "INSERT INTO mart.dim_city SELECT * REPLACE (? AS city_id, ? AS name_tr, ? AS name_en,"
                " ? AS legal_type, 'pilot' AS role) FROM mart.dim_city WHERE kind = 'municipality' LIMIT 1",
                [place, place, place, legal],
            )
        for year, cpi in facts.cpi.items():
            opened.execute(
                "INSERT INTO mart.price_level VALUES (?, ?, ?, ?)",
                [year, cpi, year not in facts.partial, lineage],
            )
        for (city, year), people in facts.people.items():
            opened.execute(
                "INSERT INTO mart.city_population VALUES (?, ?, ?, 'own', ?)", [city, year, people, city]
            )
        _lines(opened, lines, lineage)
    return folder


def _origin(opened: duckdb.DuckDBPyConnection) -> int:
    (lineage,) = opened.execute("SELECT max(lineage_id) + 1 FROM meta.lineage").fetchall()[0]
    (source,) = opened.execute("SELECT min(source_id) FROM mart.dim_source WHERE is_synthetic").fetchall()[0]
    opened.execute(
        "INSERT INTO meta.file SELECT * REPLACE ('f' AS file_id, ? AS name) FROM meta.file LIMIT 1", [FILE]
    )
    opened.execute(
        "INSERT INTO meta.lineage (lineage_id, kind, source_id, file_id, sheet) VALUES (?, 'source', ?, 'f', ?)",
        [lineage, source, SHEET],
    )
    return int(lineage)


def _lines(opened: duckdb.DuckDBPyConnection, lines: Iterable[Line], lineage: int) -> None:
    rows = [
        (
            one.city, one.year, one.entity, one.side, one.unit if one.side == "expenditure" else None,
            f"{one.function}.0.00" if one.side == "expenditure" else None, "5", f"{one.economic}.1.01",
            one.function if one.side == "expenditure" else "revenue", one.economic, f"Satır {number}",
            one.initial, one.final, one.accrued, one.outturn, one.provisional, True, number + 1, lineage,
        )
        for number, one in enumerate(lines, start=1)
    ]  # fmt: skip
    if not rows:
        return
    opened.executemany(f"INSERT INTO mart.spending_row VALUES ({', '.join('?' * 19)})", rows)
    opened.execute(
        """INSERT INTO mart.fact_spending
        SELECT city_id, year, entity, side, function_id, economic_id, sum(initial_try), sum(appropriation_try),
          sum(accrued_try), sum(outturn_try), count(*), bool_or(is_provisional), true, min(lineage_id)
        FROM mart.spending_row GROUP BY ALL ORDER BY year, city_id"""
    )
    # As the contract has it: a measure that one line of the sum lacks is not known of it; refunds are subtracted.
    opened.execute(
        """INSERT INTO mart.spending_total
        WITH reach AS (SELECT * FROM (VALUES ('own', 1), ('utilities', 2), ('all', 3)) AS t(scope, widest)),
        lines AS (
          SELECT r.*, scope, CASE side WHEN 'revenue' THEN split_part(economic_id, '.', 1)
            ELSE split_part(function_id, '.', 1) END AS level_one
          FROM mart.spending_row AS r JOIN reach
            ON list_position(['municipality', 'utility', 'company'], entity) <= widest
        ),
        counted AS (
          SELECT * EXCLUDE (level_one), level_one AS code, 1 AS sign FROM lines
          UNION ALL
          SELECT * EXCLUDE (level_one), 'total', if(side = 'revenue' AND level_one = '09', -1, 1) FROM lines
        )
        SELECT city_id, year, scope, side, code,
          if(count(initial_try) = count(*), sum(sign * initial_try), NULL),
          if(count(appropriation_try) = count(*), sum(sign * appropriation_try), NULL),
          if(count(accrued_try) = count(*), sum(sign * accrued_try), NULL),
          if(count(outturn_try) = count(*), sum(sign * outturn_try), NULL),
          list_sort(list(DISTINCT entity)), bool_or(is_provisional), true, min(lineage_id)
        FROM counted GROUP BY ALL"""
    )


# ------------------------------------------------- an example: a city, those like it, those unlike it

CITY, PEER, NO_PEOPLE, NOTHING, DISTRICT = "adana", "ankara", "bartin", "antalya", "istanbul-kartal"
PLAIN = [
    Line(CITY, 2013, "05.1", "03", 50, 50, 50),
    Line(CITY, 2014, "05.1", "03", 90, 90, 90),
    Line(CITY, 2023, "05.1", "03", 100, 100, 100),
    Line(CITY, 2023, "08.1", "03", 100, 100, 100),
    # 2024: 1,000 in all, of which 500 on 05
    Line(CITY, 2024, "05.1", "01", 100, 120, 150, unit="46.1.1.05"),
    Line(CITY, 2024, "05.1", "03", 200, 200, 100),
    Line(CITY, 2024, "05.2", "06", 250, 300, 250),
    Line(CITY, 2024, "08.1", "03", 300, 300, 300),
    Line(CITY, 2024, "10.4", "05.4", 100, 100, 150),
    Line(CITY, 2024, "unclassified", "unclassified", 0, 50, 50),
    Line(CITY, 2024, "06.3", "06", 400, 400, 400, entity="utility"),
    Line(CITY, 2024, "", "01", 500, None, 420, side="revenue", accrued=480),
    Line(CITY, 2024, "", "05.2", 500, None, 600, side="revenue", accrued=600),
    Line(CITY, 2024, "", "09", 10, None, 20, side="revenue", accrued=20),
    Line(CITY, 2025, "05.1", "03", 2_000, 2_000, 1_800, provisional=True),
    Line(CITY, 2026, "05.1", "03", 3_000, None, None, provisional=True),
    Line(PEER, 2024, "05.1", "03", 900, 900, 900),
    Line(PEER, 2024, "08.1", "03", 300, 300, 300),
    Line(NO_PEOPLE, 2024, "05.1", "03", 70, 70, 70),
    Line(DISTRICT, 2024, "05.1", "03", 60, 60, 60),
]  # fmt: skip
MANY = [Line(PEER, 2023, "05.1", "03", n, n, n, unit=f"46.2.1.{n % 40:02d}") for n in range(1, 131)]
FACTS = Facts(
    cpi={2013: 20.0, 2014: 25.0, 2023: 100.0, 2024: 200.0, 2025: 300.0},
    people={
        (CITY, 2024): 10.0,
        (CITY, 2023): 10.0,
        (PEER, 2024): 100.0,
        (PEER, 2023): 100.0,
        (DISTRICT, 2024): 3.0,
    },
    partial=frozenset({2025}),
)
