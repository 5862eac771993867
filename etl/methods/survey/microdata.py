"""A survey's microdata as csv -> the table raw of the engine; every fault of the file at once.

Columns: the design (respondent_id, wave, city, stratum, psu, stratum_psu_total, weight), items named q1, q2 …,
and groupings, which is every other column. Empty means missing.
"""

import re
from pathlib import Path

import duckdb

from etl.errors import Fault, Where
from etl.methods.survey.engine import Engine, Scale
from etl.methods.tables import fault, read_header

DESIGN = ("respondent_id", "wave", "city", "stratum", "psu", "stratum_psu_total", "weight")
ITEM = re.compile(r"q[0-9]+")
OURS = frozenset({"all", "line", "psu_id", "psu_total", "stratum_id", "group_var", "group", "item", "sums"})
MOST_FAULTS = 500


def read(engine: Engine, path: Path, scale: Scale) -> list[Fault]:
    """Fill the table raw from the file; the faults found, none of which leaves anything usable behind."""
    faults = _header_faults(path)
    if faults:
        return faults
    where = Where(path.name)
    try:
        engine.run("read", path=str(path))
    except duckdb.InvalidInputException as error:
        return [fault(where, "not_csv", reason=str(error).splitlines()[0])]
    rejected = engine.run("reject")
    faults += [fault(where._replace(row=int(line)), "row_unreadable") for line in rejected["line"]]
    limits = {"lowest": scale.lowest, "highest": scale.highest, "no_opinion": scale.no_opinion}
    found = engine.run("fault", **limits, most=MOST_FAULTS)
    for row in found.to_dict("records"):
        spot = where._replace(row=row["line"], column=row["column"])
        value = row["value"] if isinstance(row["value"], str) else None
        faults.append(fault(spot, row["rule"], value, **limits))
    if not faults:
        for row in engine.run("strata_fault").to_dict("records"):
            spot = where._replace(row=row["line"], column="stratum_psu_total")
            rule = "totals_differ" if row["totals"] > 1 else "total_below_sample"
            faults.append(fault(spot, rule, f"{row['total']:g}", stratum=row["name"], sampled=row["sampled"]))
    return faults


def _header_faults(path: Path) -> list[Fault]:
    faults: list[Fault] = []
    columns = read_header(path, DESIGN, faults)
    top = Where(path.name, row=1)
    faults += [
        fault(top._replace(column=name), "column_reserved") for name in columns if name.lower() in OURS
    ]
    if not faults and not any(ITEM.fullmatch(name) for name in columns):
        faults.append(fault(top, "no_item"))
    return faults
