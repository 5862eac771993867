"""`/indir/<page>/<block>.<kind>?state`: a block's frame as a file, from the same view the page shows.

Bad query values give the page's defaults, as on the page; an unknown page, block or kind is a 404.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from dash import Dash
from flask import Response, request

from dashboard.callbacks.routing import query_of
from dashboard.callbacks.view import Current
from dashboard.data import Data
from dashboard.errors import BadInput, NotFound
from dashboard.export.csv_file import EXCEL, MACHINE, csv_bytes
from dashboard.export.metadata import metadata
from dashboard.export.monitoring_table import monitoring_table
from dashboard.export.names import stem
from dashboard.export.passport import Passport, passport
from dashboard.export.stamp import stamped
from dashboard.export.table import Table, table
from dashboard.export.xlsx_file import xlsx_bytes
from dashboard.frame import Frame
from dashboard.page import Block, Page, State, View
from dashboard.rendering import path_of, path_variables
from dashboard.state import address
from dashboard.text import Words

PREFIX = "/indir"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What an address asks for: the file's ending and its type.
KINDS = {
    "csv": ("csv", "text/csv; charset=utf-8; header=present"),
    "excel": ("csv", "text/csv; charset=utf-8; header=present"),
    "xlsx": ("xlsx", XLSX),
    "json": ("csv-metadata.json", "application/csvm+json"),
    "izleme": ("xlsx", XLSX),
}
FORMS = {"izleme": monitoring_table}
"""Files of a layout of their own, written from the frame itself; only a block that names one has it."""


@dataclass(frozen=True)
class Asked:
    """One download, everything its address names looked up."""

    page: Page
    path: str
    state: State
    view: View
    block: Block
    frame: Frame
    words: Words

    def address(self, kind: str) -> str:
        """Path and query of this block as another kind of file."""
        query = {**path_variables(self.page, self.path), **self.state.query()}
        return address(f"{PREFIX}/{self.page.name}/{self.block.id}.{kind}", query)


def ask(data: Data, pages: Sequence[Page], page: str, block: str, query: dict[str, str]) -> Asked:
    """Look up page, block and state. Raises NotFound."""
    found = next((one for one in pages if one.name == page), None)
    if found is None:
        raise NotFound(page[:80])
    if not path_variables(found, found.path).keys() <= query.keys():
        raise NotFound(found.path)
    try:
        state = found.parse(query, data.catalog)
    except BadInput as error:
        raise NotFound(str(error)) from error
    view = found.view(data, state)
    shown = next((one for one in view.blocks if one.id == block), None)
    if shown is None or shown.frame is None:
        raise NotFound(block[:80])
    path = path_of(found, {name: query[name] for name in path_variables(found, found.path)})
    return Asked(found, path, state, view, shown, shown.frame, Words(state.lang))


def written(asked: Asked, kind: str, data: Data, base_url: str) -> bytes:
    """The bytes of one kind of file."""
    page_url = base_url + address(asked.path, asked.state.query())
    about = passport(asked.view, asked.block, data.catalog, asked.words, page_url)
    if kind in FORMS:
        return FORMS[kind](asked.frame, about, asked.words)
    made = table(stamped(asked.frame, data.catalog, asked.words), asked.words)
    if kind in ("csv", "excel"):
        return csv_bytes(made, MACHINE if kind == "csv" else EXCEL)
    return (
        xlsx_bytes(made, about, asked.words) if kind == "xlsx" else _described(asked, made, about, base_url)
    )


def _described(asked: Asked, made: Table, about: Passport, base_url: str) -> bytes:
    urls = (base_url + asked.address("csv"), base_url + asked.address("excel"))
    return orjson.dumps(metadata(made, about, asked.words, urls), option=orjson.OPT_INDENT_2)


def respond(asked: Asked, kind: str, data: Data, base_url: str) -> Response:
    """The file with its name, its release as the tag, and where it is described; 304 when unchanged."""
    ending, mimetype = KINDS[kind]
    block = kind if kind in FORMS else asked.block.id
    name = stem(asked.words(f"menu.{asked.page.name}"), block, asked.frame)
    response = Response(written(asked, kind, data, base_url), content_type=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    if ending == "csv":
        described = f'<{asked.address("json")}>; rel="describedby"; type="application/csvm+json"'
        response.headers["Link"] = described
    # Weak: the same figures, but the bytes differ by the compression a browser asks for.
    response.set_etag(data.catalog.release.release_id, weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]


def register(app: Dash, current: Current, pages: Sequence[Page], base_url: str) -> None:
    """Wire the addresses."""

    def download(page: str, block: str, kind: str) -> Response:
        data = current()
        query = query_of(request.query_string.decode("utf-8", "replace"))
        try:
            if kind not in KINDS:
                raise NotFound(kind[:80])
            asked = ask(data, pages, page, block, query)
            if kind in FORMS and kind not in asked.block.forms:
                raise NotFound(kind)
            return respond(asked, kind, data, base_url)
        except NotFound:
            return Response(app.index())  # type: ignore[no-untyped-call]  # the site's own "not found", with its status

    app.server.add_url_rule(f"{PREFIX}/<page>/<block>.<kind>", "karne-downloads", download)
