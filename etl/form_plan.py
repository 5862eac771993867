"""The form of a strategic plan: the columns its layout reads, with the years of a period across.

Headers and words to choose from are the layout's, so what the form offers is what a build takes.
"""

from __future__ import annotations

from typing import Any

from etl.errors import KarneError
from etl.form_layout import LANGUAGES, header_of, municipalities, told_of, words_of
from etl.form_workbook import AMOUNT, TEXT, Form, FormColumn, FormWords, write_form
from etl.registry import Registry
from etl.sources.layout import Column, Layout, layout_of
from etl.sources.plan import read_period

WIDTHS = {
    "goal": 30,
    "objective": 40,
    "indicator": 40,
    "definition": 40,
    "responsible": 28,
    "reason": 24,
    "city": 20,
}


def plan_form(registry: Registry, lang: str, period: str | None = None) -> bytes:
    """The workbook of an empty plan in ``lang``, for a ``period`` as 2025-2029 (default: the running one)."""
    told = told_of("plan")
    years = read_period(period or told["period"])
    if years is None:
        raise KarneError("plan_period_unreadable", value=period)
    layout = layout_of("plan")
    offered = {"period": (f"{years[0]}-{years[1]}",)}
    columns = [
        form_column(one, told, lang, offered.get(one.name) or choices(one, registry, lang))
        for one in layout.columns
    ]
    columns += [
        form_column(one, told, lang, (), year)
        for year in range(years[0], years[1] + 1)
        for one in layout.across
    ]
    form = Form(
        sheet=layout.sheet or "",
        title=told["title"][lang],
        columns=tuple(columns),
        paragraphs=tuple(text.format(first=years[0]) for text in told["paragraphs"][lang]),
        example=tuple(example_row(row, layout, registry, lang, years) for row in told["example"]),
        words=FormWords(**told_of("workbook")[lang]),
    )
    return write_form(form)


def form_column(
    column: Column, told: dict[str, Any], lang: str, offered: tuple[str, ...], year: int | None = None
) -> FormColumn:
    """One column of the form; of one that stands once a year the header ends with the year."""
    header = header_of(column, lang)
    return FormColumn(
        header=header if year is None else f"{header} {year}",
        note=told["notes"][column.name][lang],
        width=WIDTHS.get(column.name, 14),
        number_format=TEXT if column.holds == "text" else AMOUNT,
        choices=offered,
    )


def choices(column: Column, registry: Registry, lang: str) -> tuple[str, ...]:
    """What may be chosen in a column; nothing where anything may be written."""
    if column.name == "city":
        return municipalities(registry, lang)
    if column.name == "service":
        return tuple(getattr(one, f"label_{lang}") for one in registry.services.values())
    return words_of(column, lang)


def example_row(
    row: dict[str, Any], layout: Layout, registry: Registry, lang: str, years: tuple[int, int]
) -> list[str | float | None]:
    """A row of the example, its values in the first years of the plan."""
    spelled = {name: texts[lang] for name, texts in row["texts"].items()} | row.get("numbers", {})
    spelled |= {
        "period": f"{years[0]}-{years[1]}",
        "service": getattr(registry.services[row["service"]], f"label_{lang}"),
    }
    cells: list[str | float | None] = []
    for column in layout.columns:
        word = column.words.get(row.get(column.name, ""))
        cells.append(word[LANGUAGES.index(lang)] if word else spelled.get(column.name))
    for place in range(years[1] - years[0] + 1):
        values = {name: dict(enumerate(row.get(name, ()))).get(place) for name in ("target", "actual")}
        reason = spelled.get("reason") if place == 0 else None
        cells += [reason if one.name == "reason" else values[one.name] for one in layout.across]
    return cells
