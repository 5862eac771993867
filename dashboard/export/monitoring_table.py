"""The frame of a plan's tree -> the monitoring table officers know, objective by objective, ready for A4 landscape.

Every number is a cell of that frame under its own precision; every text is written as text, never as a formula.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import numbers
from dashboard.export.passport import Passport
from dashboard.export.table import neutral
from dashboard.export.xlsx_file import about_sheet
from dashboard.frame import Frame, Row
from dashboard.plan_catalog import GOAL, INDICATOR, OBJECTIVE, PLAN
from dashboard.text import Words

COLUMNS = (
    ("indicator", 44), ("weight", 9), ("baseline", 12), ("target", 12), ("actual", 12), ("performance", 14),
    ("objective_performance", 12), ("responsible", 22), ("deviation", 34),
)  # fmt: skip
LAST = len(COLUMNS) - 1
A4 = 9
LINE = 15.0
"""Points of one line of text; of a merged cell no program works out the height by itself."""
ACROSS = 150
"""Letters that fit beside each other in a merged row."""


@dataclass(frozen=True)
class Styles:
    """The formats of one workbook; `number` makes one for so many decimals and a sign."""

    title: Format
    mark: Format
    quiet: Format
    heading: Format
    goal: Format
    objective: Format
    text: Format
    middle: Format
    number: Callable[[int, str], Format]


def monitoring_table(frame: Frame, about: Passport, words: Words) -> bytes:
    """The workbook; equal input gives equal bytes."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": about.title, "created": about.built_at})
        styles = _styles(book, words)
        sheet = book.add_worksheet(words("izleme.sheet"))
        top = _head(sheet, frame, about, styles, words)
        breaks = _rows(sheet, frame, top, styles, words)
        _for_print(sheet, top, breaks, about, words)
        about_sheet(book, about.lines, words)
    return stream.getvalue()


def _styles(book: Workbook, words: Words) -> Styles:
    base = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#9aa7b1"}
    made: dict[tuple[int, str], Format] = {}

    def number(decimals: int, sign: str) -> Format:
        key = decimals, sign
        if key not in made:
            digits = "#,##0" + ("." + "0" * decimals if decimals else "")
            quoted = f'"{sign}"' if sign else ""
            shown = f"{quoted}{digits}" if words.lang == "tr" else f"{digits}{quoted}"
            made[key] = book.add_format({**base, "num_format": shown, "align": "right"})
        return made[key]

    return Styles(
        title=book.add_format({"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"}),
        mark=book.add_format({"bold": True, "border": 2, "text_wrap": True, "valign": "top"}),
        quiet=book.add_format({"font_size": 9, "text_wrap": True, "valign": "top"}),
        heading=book.add_format({**base, "bold": True, "bg_color": "#e6eef7", "align": "center"}),
        goal=book.add_format({**base, "bold": True, "font_size": 12, "bg_color": "#cfd9e6"}),
        objective=book.add_format({**base, "bold": True, "bg_color": "#f1efe8"}),
        text=book.add_format(base),
        middle=book.add_format({**base, "num_format": "0.0", "align": "center", "bold": True}),
        number=number,
    )


def _head(sheet: Worksheet, frame: Frame, about: Passport, styles: Styles, words: Words) -> int:
    """Title, mark, source and the heading; returns the heading's row."""
    told = dict(about.lines)
    first = frame.rows[0]
    whole = next((row for row in frame if row["tier"] == PLAN), None)
    lines = [
        (
            words("izleme.title", city=first["city"], period=first["plan_period"], year=first["period"]),
            styles.title,
        ),
        (words("izleme.plan", told=_told(whole, words)) if whole else "", styles.objective),
        (told.get(words("source.synthetic"), ""), styles.mark),
        (_line(told, ("choice", "source", "release", "as_of", "address"), words), styles.quiet),
        (words("izleme.note"), styles.quiet),
    ]
    row = 0
    for text, style in lines:
        if text:
            _across(sheet, row, text, style)
            row += 1
    for column, (name, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, words(f"izleme.{name}"), styles.heading)
    sheet.set_row(row, 4 * LINE)
    sheet.freeze_panes(row + 1, 0)
    return row


def _line(told: dict[str, str], names: tuple[str, ...], words: Words) -> str:
    labels = [words(f"export.{name}") for name in names]
    return " · ".join(f"{label}: {told[label]}" for label in labels if told.get(label))


def _across(sheet: Worksheet, row: int, text: str, style: Format) -> None:
    sheet.merge_range(row, 0, row, LAST, "", style)
    sheet.write_string(row, 0, neutral(text), style)
    sheet.set_row(row, (1 + len(text) // ACROSS) * LINE + 4)


def _told(row: Row, words: Words) -> str:
    """%61,1 (riskli, kapsam %77,8), as the tree says it; the word alone where nothing is computed."""
    if row["perf"] is None:
        return str(row["standing_word"])
    shares = {key: numbers.realised(row[key], words.lang) for key in ("perf", "coverage")}
    return words("izleme.told", standing=row["standing_word"], **shares)


def _rows(sheet: Worksheet, frame: Frame, top: int, styles: Styles, words: Words) -> list[int]:
    """Bands of goals and objectives with their indicators; returns the rows a page must begin with."""
    at, breaks = top + 1, []
    for node, below in _sections(frame):
        if node["tier"] == GOAL and at > top + 1:
            breaks.append(at)
        name = words(
            f"izleme.{node['tier']}", code=node["code"], label=node["label"], told=_told(node, words)
        )
        _across(sheet, at, name, styles.goal if node["tier"] == GOAL else styles.objective)
        at += 1
        for row in below:
            _indicator(sheet, at, row, styles)
            at += 1
        if below:
            _performance(sheet, (at - len(below), at - 1), node, styles)
    return breaks


def _sections(frame: Frame) -> Iterator[tuple[Row, list[Row]]]:
    """Each goal and objective with the indicators right below it."""
    for node in frame:
        if node["tier"] in (GOAL, OBJECTIVE):
            own = [] if node["tier"] == GOAL else frame.rows
            yield (
                node,
                [row for row in own if row["tier"] == INDICATOR and row["objective_code"] == node["code"]],
            )


def _indicator(sheet: Worksheet, at: int, row: Row, styles: Styles) -> None:
    unit = f" ({row['unit']})" if row["unit"] else ""
    _text(sheet, at, 0, f"{row['code']} {row['label']}{unit}", styles)
    _number(
        sheet, at, 1, row["weight"], styles.number(0 if row["weight"] == round(row["weight"] or 0) else 1, "")
    )
    for column, key in ((2, "baseline"), (3, "target"), (4, "value_used")):
        _number(sheet, at, column, row[key], styles.number(row["decimals"], row["symbol"]))
    if row["perf_raw"] is None or row["standing"] == "unmeasurable":
        told = row["standing_word"]
        _text(sheet, at, 5, f"{told} ({row['reason']})" if row["reason"] else told, styles)
    else:
        _number(sheet, at, 5, row["perf_raw"], styles.number(1, ""))
    _text(sheet, at, 7, row["responsible"] or "", styles)
    _text(sheet, at, 8, row["deviation_reason"] or "", styles)


def _performance(sheet: Worksheet, rows: tuple[int, int], node: Row, styles: Styles) -> None:
    """The objective's own percentage beside all of its indicators."""
    first, last = rows
    if last > first:
        sheet.merge_range(first, 6, last, 6, "", styles.middle)
    if node["perf"] is None:
        sheet.write_string(first, 6, node["standing_word"], styles.middle)
    else:
        sheet.write_number(first, 6, node["perf"], styles.middle)


def _text(sheet: Worksheet, row: int, column: int, text: str, styles: Styles) -> None:
    sheet.write_string(row, column, neutral(text), styles.text) if text else sheet.write_blank(
        row, column, None, styles.text
    )


def _number(sheet: Worksheet, row: int, column: int, value: float | None, style: Format) -> None:
    if value is None:
        sheet.write_string(row, column, "–", style)
    else:
        sheet.write_number(row, column, value, style)


def _for_print(sheet: Worksheet, top: int, breaks: list[int], about: Passport, words: Words) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_h_pagebreaks(breaks)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    told = dict(about.lines)
    mark = words("source.synthetic") if words("source.synthetic") in told else ""
    release = f"{words('export.release')} {told[words('export.release')]}"
    left = " · ".join(part for part in (words("site.name"), release, mark) if part)
    sheet.set_footer(f"&L&8{left.replace('&', '&&')}&R&8&P / &N")
