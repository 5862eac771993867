"""The form of a municipal budget: the columns its layout reads, with cities, words and codes to choose from."""

from __future__ import annotations

from typing import Any

from etl.errors import sentence
from etl.form_layout import LANGUAGES, header_of, municipalities, told_of, words_of
from etl.form_workbook import AMOUNT, TEXT, WHOLE, Form, FormColumn, FormWords, write_form
from etl.registry import Registry
from etl.registry_budget import UNCLASSIFIED
from etl.registry_entries import BudgetCode
from etl.sources.layout import Column, layout_of

WIDTHS = {"place": 20, "label": 44, "initial": 20, "appropriation": 20, "accrued": 20, "outturn": 20}
NUMBER_FORMATS = {"text": TEXT, "number": AMOUNT}


def spending_form(registry: Registry, lang: str) -> bytes:
    """The workbook of an empty budget in ``lang``."""
    told, layout = told_of("spending"), layout_of("spending")
    form = Form(
        sheet=layout.sheet or "",
        title=told["title"][lang],
        columns=tuple(form_column(one, told, registry, lang) for one in layout.columns),
        paragraphs=tuple(told["paragraphs"][lang]),
        example=tuple(example_row(row, layout.columns, lang) for row in told["example"]),
        words=FormWords(**told_of("workbook")[lang]),
    )
    return write_form(form)


def form_column(column: Column, told: dict[str, Any], registry: Registry, lang: str) -> FormColumn:
    """One column of the form; codes are suggestions, as deeper ones are taken too."""
    codes = codes_offered(column.name, registry, lang)
    words = municipalities(registry, lang) if column.name == "place" else words_of(column, lang)
    return FormColumn(
        header=header_of(column, lang),
        note=told["notes"][column.name][lang],
        width=WIDTHS.get(column.name, 14),
        number_format=WHOLE if column.name == "period" else NUMBER_FORMATS[column.holds],
        choices=tuple(codes) or words,
        meanings=tuple(codes.values()),
        must_choose=not codes,
    )


def codes_offered(column: str, registry: Registry, lang: str) -> dict[str, str]:
    """The named codes of a column and what they mean; an economic code is of spending or of revenue."""
    if column not in ("functional", "finance_type", "economic"):
        return {}
    offered: dict[str, list[str]] = {}
    for classification in (column, "revenue") if column == "economic" else (column,):
        for code, entry in registry.budget_codes.named(classification).items():
            if code != UNCLASSIFIED:
                offered.setdefault(code, []).append(meaning(entry, lang))
    return {code: " · ".join(meanings) for code, meanings in sorted(offered.items())}


def meaning(entry: BudgetCode, lang: str) -> str:
    """The name of a code; an economic one says of which side it is."""
    side = {"economic": "side_expenditure", "revenue": "side_revenue"}.get(entry.classification)
    name = str(getattr(entry, f"label_{lang}"))
    return f"{sentence(side).in_language(lang)}: {name}" if side else name


def example_row(row: dict[str, Any], columns: tuple[Column, ...], lang: str) -> list[str | float | None]:
    """A row of the example: its words in the language of the form."""
    cells: list[str | float | None] = []
    for column in columns:
        cell = row.get(column.name)
        word = column.words.get(str(cell))
        cells.append(word[LANGUAGES.index(lang)] if word else cell[lang] if isinstance(cell, dict) else cell)
    return cells
