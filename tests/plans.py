"""A plan worked out by hand and sent through the code that ships: what the pages of plans are held against.

Three goals, the last without an objective. Of the first objective the percentages are 75, 80 and 150 with weights 50,
30 and 20: 81.5 capped. The second has weights that miss 100 and one indicator nobody can measure; of the third nothing
was reported, and its last year has no target. The second year has values of June alone.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from dashboard.data import Data
from dashboard.frame import Row
from dashboard.page import Block, View
from dashboard.pages.plan import PAGE
from dashboard.state_plan import PlanState
from etl.build import Request, build
from tests.etl.plan_files import as_table

ROOT = Path(__file__).resolve().parents[1]
AS_OF = dt.date(2026, 11, 22)
CITY, OTHER, BARE = "Muş", "Bingöl", "Bartın"
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script> {0} %s'
GOALS = {"A1": "Temiz kent", "A2": "Güvenli yollar", "A3": "Hedefsiz amaç"}
OBJECTIVES = {"H1.1": ("A1", "Atığı azaltmak"), "H1.2": ("A1", HOSTILE), "H2.1": ("A2", "Yolları yenilemek")}


def indicator(code: str, objective: str, **told: Any) -> dict[str, Any]:
    """One row of the plan; what is not told is as it should be, and nothing is reported."""
    goal, label = OBJECTIVES[objective]
    years = {
        f"{name} {year}": None
        for name in ("Hedef", "Gerçekleşme", "Sapma nedeni")
        for year in (2024, 2025, 2026)
    }
    years["Gerçekleşme 2025-06"] = None
    return {
        "city": CITY, "period": "2024-2026", "goal_code": goal, "goal": GOALS[goal], "objective_code": objective,
        "objective": label, "service": "cleaning" if objective == "H1.1" else None,
        "indicator_code": code, "indicator": f"Gösterge {code}",
        "definition": "Pay / payda", "unit": "adet", "kind": "düzey", "direction": "artış", "baseline": 40,
        "weight": 100, "tolerance": None, "responsible": "Temizlik İşleri", **years, **told,
    }  # fmt: skip


def plan() -> list[dict[str, Any]]:
    """The rows of the plan."""
    lone = indicator("", "H1.1", goal_code="A3", goal=GOALS["A3"])
    kept = {"city", "period", "goal_code", "goal"}
    lone = {name: value if name in kept else None for name, value in lone.items()}
    targets = {"Hedef 2025": 70, "Hedef 2026": 80}
    return [
        indicator("PG1", "H1.1", weight=50, **{"Hedef 2024": 60, "Gerçekleşme 2024": 55, "Gerçekleşme 2025-06": 56},
                  **targets, **{"Sapma nedeni 2024": "İhale iptal edildi"}),
        indicator("PG2", "H1.1", weight=30, direction="azalış", baseline=30,
                  **{"Hedef 2024": 20, "Gerçekleşme 2024": 22, "Hedef 2025": 10, "Gerçekleşme 2025-06": 22},
                  **{"Hedef 2026": 5}),
        indicator("PG3", "H1.1", weight=20, **{"Hedef 2024": 60, "Gerçekleşme 2024": 70}, **targets),
        indicator("PG4", "H1.2", weight=60, unit="%", indicator=HOSTILE, responsible="@SUM(A1)",
                  **{"Hedef 2024": 60, "Gerçekleşme 2024": 35, "Sapma nedeni 2024": "+1+1"}, **targets),
        indicator("PG5", "H1.2", weight=60, definition=None,
                  **{"Hedef 2024": 60, "Gerçekleşme 2024": 58}, **targets),
        indicator("PG6", "H2.1", kind="yıllık akış", baseline=0, unit="km", weight=100,
                  **{"Hedef 2024": 12.5, "Hedef 2025": 25}),
        lone,
    ]  # fmt: skip


def midway() -> list[dict[str, Any]]:
    """Another city's plan: 48 of 100, once in June and once in December."""
    own = {
        "city": OTHER,
        "period": "2024-2025",
        "objective_code": "H1.1",
        "weight": 50,
        "baseline": 0,
        "Hedef 2024": 100,
    }
    rows = [
        indicator("PG1", "H1.1", **own, **{"Gerçekleşme 2024-06": 48}),
        indicator("PG2", "H1.1", **own, **{"Gerçekleşme 2024": 48, "Sapma nedeni 2024": "Ödenek"}),
    ]
    return [
        {name: value for name, value in row.items() if "2025" not in name and "2026" not in name}
        for row in rows
    ]


def bare() -> list[dict[str, Any]]:
    """A third city's plan: a goal and an objective nobody can measure."""
    kept = ("period", "goal_code", "goal", "objective_code", "objective")
    row = indicator("PG1", "H1.1")
    return [{name: row[name] if name in kept else None for name in row} | {"city": BARE}]


def release(folder: Path, *, extra: tuple[Path, ...] = ()) -> Path:
    """The releases of a build of this plan (and of further folders of data)."""
    data = folder / "plans"
    data.mkdir()
    files = {}
    for name, rows in (("plan.csv", plan()), ("midway.csv", midway()), ("bare.csv", bare())):
        (data / name).write_bytes(as_table(rows))
        files[name] = {"layout": "plan", "source": "sample", "numbers": "plain"}
    (data / "manifest.yml").write_text(yaml.safe_dump({"files": files}), encoding="utf-8")
    build(Request((*extra, data), ROOT / "etl/registry", folder / "var", AS_OF), lambda _: None)
    return folder / "var/releases"


def shown(data: Data, **query: str) -> View:
    """The page of plans in a state."""
    made: View = PAGE.view(data, PlanState.parse(query, data.catalog))
    return made


def block(found: View, name: str) -> Block:
    """One block of it."""
    return next(one for one in found.blocks if one.id == name)


def rows(found: View, name: str = "tree") -> list[Row]:
    """The rows of one of its frames."""
    frame = block(found, name).frame
    assert frame is not None
    return list(frame)


def by_code(found: View, name: str = "tree") -> dict[str, Row]:
    """The same by the code of the node."""
    return {row["code"]: row for row in rows(found, name)}
