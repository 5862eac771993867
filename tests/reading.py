"""What a reader meets in a page and in a file: headings, tables and visible words, without a browser."""

import csv
import io
import re
from html.parser import HTMLParser
from typing import Any

import openpyxl

VOID = {"meta", "link", "img", "input", "br", "hr", "path", "circle", "polyline", "line", "rect"}
HIDDEN = {"script", "style", "title", "option"}


class Reading(HTMLParser):
    """Parses one page. `words` is what is visible, piece by piece; `tables` are rows of cell texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang = ""
        self.title = ""
        self.h1: list[str] = []
        self.headlines: list[str] = []
        self.words: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.options: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "meta":
            self.meta[given.get("name") or given.get("property", "")] = given.get("content", "")
        if tag == "link":
            self.links.append(given)
        if tag == "select":
            self._select = given["name"]
            self.options[self._select] = []
        if tag == "option":
            self.options[self._select].append("")
        if tag == "h1":
            self.h1.append("")
        if tag == "p" and "headline" in given.get("class", ""):
            self.headlines.append("")
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag not in VOID:
            self._open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self._open, f"</{tag}> closes nothing"
        opened, _ = self._open.pop()
        assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "title" in tags and "svg" not in tags:
            self.title += data
        if "option" in tags:
            self.options[self._select][-1] += data
        if HIDDEN & set(tags):
            return
        if "h1" in tags:
            self.h1[-1] += data
        if ("p", "headline") in self._open:
            self.headlines[-1] += data
        if {"td", "th"} & set(tags):
            self.tables[-1][-1][-1] += data
        if data.strip():
            self.words.append(re.sub(r"\s+", " ", data))


def strings(value: Any) -> list[str]:
    """Every string inside nested lists and dicts, keys left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [one for inner in value.values() for one in strings(inner)]
    if isinstance(value, (list, tuple)):
        return [one for inner in value for one in strings(inner)]
    return []


def ids_in(component: Any) -> list[str]:
    """Every id in a Dash layout given as JSON."""
    found: list[str] = []
    if isinstance(component, list):
        for inner in component:
            found += ids_in(inner)
    if isinstance(component, dict):
        props = component.get("props", {})
        if isinstance(props.get("id"), str):
            found.append(props["id"])
        found += ids_in(props.get("children"))
    return found


def read_csv(raw: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def read_xlsx(raw: bytes, sheet: int = 0) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]
