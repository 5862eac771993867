"""Empty forms for what a municipality hands in; a form is a file that a declared layout or wave reads.

A form of figures is written from the registry, so it can never ask for what a build would not take.
"""

from __future__ import annotations

import csv
import io

from etl.form_layout import TEMPLATES
from etl.form_plan import plan_form
from etl.form_spending import spending_form
from etl.registry import Registry
from etl.registry_entries import Indicator
from etl.sources.layout import layout_of

KINDS = ("survey", "rights", "spending", "plan")
COLUMNS = ("place", "indicator", "note", "period", "value", "unit")
# Excel opens a file as UTF-8 where it begins with this mark, and as columns where semicolons part them.
MARK, DELIMITER = "\ufeff", ";"


def empty_form(kind: str, registry: Registry, lang: str, period: str | None = None) -> bytes:
    """The file of the form ``kind`` (one of KINDS); the words of a form of figures are in ``lang``.

    ``period`` is that of a plan, 2025-2029.
    """
    if kind == "plan":
        return plan_form(registry, lang, period)
    if kind == "spending":
        return spending_form(registry, lang)
    if kind == "rights":
        return rights_form(registry, lang).encode()
    return (TEMPLATES / f"{kind}.yml").read_bytes()


def rights_form(registry: Registry, lang: str) -> str:
    """A tidy table with a row for each human rights indicator; its place and value are left to fill in."""
    headers = {column.name: column.headers[lang == "tr"] for column in layout_of("tidy").columns}
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow([headers[name] for name in COLUMNS])
    asked = (one for one in registry.indicators.values() if one.rights_measure)
    writer.writerows([_row(one, lang)[name] for name in COLUMNS] for one in asked)
    return MARK + stream.getvalue()


def _row(indicator: Indicator, lang: str) -> dict[str, str]:
    return {
        "place": "",
        "indicator": indicator.indicator_id,
        "note": getattr(indicator, f"summary_{lang}"),
        "period": indicator.last_period or "",
        "value": "",
        "unit": getattr(indicator, f"unit_{lang}"),
    }
