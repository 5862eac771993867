"""A control changed or an in-page link was followed: the new state's payload and figures.

One callback a page serves all its outputs from one rendering, so two outputs cannot disagree.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, html, no_update

from dashboard.components.shell import graph_id, skeleton
from dashboard.data import Data
from dashboard.page import Control, Page
from dashboard.rendering import Renderer, path_of, path_variables

Current = Callable[[], Data]


def merged(previous: object, names: tuple[str, ...], values: tuple[object, ...]) -> dict[str, str]:
    """The query with the controls' values over it; anything that is not text is dropped."""
    query = {k: v for k, v in previous.items() if isinstance(v, str)} if isinstance(previous, Mapping) else {}
    given = {name: value for name, value in zip(names, values, strict=True) if isinstance(value, str)}
    return query | given


def answer(
    current: Current, renderer: Renderer, page: Page, controls: tuple[Control, ...], *values: object
) -> tuple[Any, ...]:
    """(payload, query, figures, values and options). The last two of `values` are the followed link and the query.

    A control that shows something else now is told so here: a callback's own outputs do not call it again.
    """
    *chosen, link, previous = values
    names = tuple(control.name for control in controls)
    followed = ctx.triggered_id == f"{page.name}-nav" and isinstance(link, Mapping)
    before = merged(previous, (), ())
    variables = {name: before[name] for name in path_variables(page, page.path) if name in before}
    query = (merged(link, (), ()) if followed else _changed(before, names, tuple(chosen), page)) | variables
    data = current()
    state = page.parse(query, data.catalog)
    rendered = renderer.render(data, page, state, path_of(page, variables))
    figures = [
        orjson.Fragment(rendered.figures[block]) if block in rendered.figures else no_update
        for block in page.graphs
    ]
    shown, given = rendered.controls, dict(zip(names, chosen, strict=True))
    told = [
        no_update if shown[one.name]["value"] == (given[one.name] or "") else shown[one.name]["value"]
        for one in _selects(controls)
    ]
    options = [shown[one.name]["options"] for one in _varying(controls)]
    return (orjson.Fragment(rendered.body), {**rendered.query, **variables}, *figures, *told, *options)


def _changed(
    before: dict[str, str], names: tuple[str, ...], chosen: tuple[object, ...], page: Page
) -> dict[str, str]:
    """The query after a control changed; a following control keeps only what was chosen on purpose."""
    lapsed = {
        name for name in page.following if name not in before and ctx.triggered_id != f"{page.name}-{name}"
    }
    query = merged(before, names, chosen)
    return {name: value for name, value in query.items() if name not in lapsed}


def _selects(controls: tuple[Control, ...]) -> list[Control]:
    """A search field is not among them: what is being typed is ahead of the answer."""
    return [control for control in controls if control.kind == "select"]


def _varying(controls: tuple[Control, ...]) -> list[Control]:
    return [control for control in _selects(controls) if not control.fixed]


def register(app: Dash, current: Current, renderer: Renderer, page: Page) -> html.Div:
    """Wire one page: its controls and links in, its payload and graphs out. Returns its ids as a skeleton."""
    catalog = current().catalog
    controls = page.controls(catalog, page.parse({}, catalog))  # their names are the same in every state
    prefix = page.name
    app.callback(
        Output(f"{prefix}-payload", "data"),
        Output(f"{prefix}-query", "data"),
        *[Output(graph_id(prefix, block), "figure") for block in page.graphs],
        *[Output(f"{prefix}-{one.name}", "value") for one in _selects(controls)],
        *[Output(f"{prefix}-{one.name}", "options") for one in _varying(controls)],
        *[Input(f"{prefix}-{one.name}", "value") for one in controls],
        Input(f"{prefix}-nav", "data"),
        State(f"{prefix}-query", "data"),
        prevent_initial_call=True,
    )(partial(answer, current, renderer, page, controls))
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("karne", "apply"),
        Output(f"{prefix}-done", "children"),
        Input(f"{prefix}-payload", "data"),
    )
    return skeleton(prefix, tuple(control.name for control in controls), page.graphs)
