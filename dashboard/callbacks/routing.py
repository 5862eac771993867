"""An address -> the page's layout, with its first rendering already in it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from dash import Dash, Input, Output, html

from dashboard.callbacks.view import Current
from dashboard.components.shell import page_main
from dashboard.data import Data
from dashboard.errors import BadInput, NotFound
from dashboard.page import Page
from dashboard.rendering import Rendered, Renderer, path_of

MOST_PARAMETERS = 40


def query_of(search: object) -> dict[str, str]:
    """The parameters of `?a=b&c=d`; the first of a repeated name counts."""
    if not isinstance(search, str):
        return {}
    pairs = parse_qsl(search.lstrip("?")[:8_000], max_num_fields=None)[:MOST_PARAMETERS]
    query: dict[str, str] = {}
    for name, value in pairs:
        query.setdefault(name, value)
    return query


def match(pages: Sequence[Page], path: object) -> tuple[Page, dict[str, str]]:
    """The page of a path and its path variables. Raises NotFound."""
    parts = path.strip("/").split("/") if isinstance(path, str) else [""]
    for page in pages:
        wanted = page.path.strip("/").split("/")
        if len(wanted) != len(parts):
            continue
        variables: dict[str, str] = {}
        for want, part in zip(wanted, parts, strict=True):
            if want.startswith("<") and part:
                variables[want.strip("<>")] = part
            elif want != part:
                break
        else:
            return page, variables
    raise NotFound(str(path)[:80])


def open_page(
    data: Data, renderer: Renderer, pages: Sequence[Page], path: object, query: Mapping[str, str]
) -> tuple[Page, dict[str, str], Any, Rendered]:
    """(page, path variables, state, rendering) of an address. Raises NotFound."""
    page, variables = match(pages, path)
    try:
        state = page.parse({**query, **variables}, data.catalog)
    except BadInput as error:
        raise NotFound(str(error)) from error
    return page, variables, state, renderer.render(data, page, state, path_of(page, variables))


def layout(current: Current, renderer: Renderer, pages: Sequence[Page], path: object, search: object) -> Any:
    """The children of the page container; an unknown path gives nothing: the first HTML said 404."""
    data = current()
    try:
        page, variables, state, rendered = open_page(data, renderer, pages, path, query_of(search))
    except NotFound:
        return html.Main(id="not-found", hidden=True)
    payload = {**rendered.payload, "query": {**rendered.payload["query"], **variables}}
    return page_main(payload, rendered.figures, page.controls(data.catalog, state), page)


def register(app: Dash, current: Current, renderer: Renderer, pages: Sequence[Page]) -> None:
    """Wire the address bar to the page container."""
    app.callback(
        Output("page", "children"),
        Input("url", "pathname"),
        Input("url", "search"),
    )(partial(layout, current, renderer, pages))
