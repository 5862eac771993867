"""Rows of a plan for tests: one indicator of one city, of which a test says what differs."""

import pandas as pd

from etl.methods.kpi import NUMBERS

PLAIN = {
    "city": "x",
    "plan_id": "x-2025",
    "amac": "A1",
    "hedef": "H1",
    "indicator_id": "PG1",
    "year": 2025,
    "direction": "increase",
    "value_basis": "level",
    "baseline": None,
    "target": None,
    "actual": None,
    "weight": 100.0,
    "tolerance_pct": None,
}


def table(*rows):
    """Rows of a plan; each says what differs from PLAIN."""
    frame = pd.DataFrame([PLAIN | row for row in rows])
    return frame.astype(dict.fromkeys(NUMBERS, float))


def row(a, b, c, **told):
    """What differs in one row: baseline, target, actual and more by name."""
    return {"baseline": a, "target": b, "actual": c} | told
