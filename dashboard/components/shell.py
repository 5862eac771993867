"""The Dash layout of a page: controls, graphs, and slots whose HTML the browser fills from the payload."""

from typing import Any

import dash_bootstrap_components as dbc
import orjson
from dash import dcc, html

from dashboard.components.controls import strip
from dashboard.page import Control, Page

GRAPH_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "topojsonURL": "/static/",
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
}


EMPTY_FIGURE: dict[str, Any] = {"data": [], "layout": {}}


def page_main(
    payload: dict[str, Any], figures: dict[str, bytes], controls: tuple[Control, ...], page: Page
) -> html.Main:
    """The whole page; a block that has no chart now keeps its graph, hidden, for a state that has one.

    Ids are `<page>-…`: `-payload` and `-query` stores, `-nav` for links, one graph a chart block."""
    name = page.name
    children: list[Any] = [
        dcc.Store(id=f"{name}-payload", data=payload),
        dcc.Store(id=f"{name}-query", data=payload["query"]),
        dcc.Store(id=f"{name}-nav"),
        html.Div(id=f"{name}-done", hidden=True),
        html.Div(className="intro", **_slot("intro")),
    ]
    if controls:
        children.append(strip(controls, name))
    children += [_block(page, block, figures, payload["lang"]) for block in payload["blocks"]]
    # A callback needs all of its outputs on the page, those of blocks this state has not got too.
    shown = {block["id"] for block in payload["blocks"]}
    absent = [
        dcc.Graph(id=graph_id(name, block), figure=EMPTY_FIGURE)
        for block in page.graphs
        if block not in shown
    ]
    children.append(html.Div(absent, hidden=True))
    return html.Main(children, className=f"page page-{name}", id=f"{name}-page", lang=payload["lang"])


def skeleton(name: str, controls: tuple[str, ...], graphs: tuple[str, ...]) -> html.Div:
    """Every id of a page and nothing else: what Dash checks callbacks against in the browser."""
    stores = [dcc.Store(id=f"{name}-{part}") for part in ("payload", "query", "nav")]
    selects = [dbc.Select(id=f"{name}-{control}") for control in controls]
    drawn = [dcc.Graph(id=graph_id(name, block)) for block in graphs]
    return html.Div([*stores, html.Div(id=f"{name}-done"), *selects, *drawn])


def graph_id(name: str, block: str) -> str:
    """Id of the graph of one block."""
    return f"{name}-graph-{block}"


def _block(page: Page, block: dict[str, Any], figures: dict[str, bytes], lang: str) -> html.Section:
    children: list[Any] = [html.Div(className="slot", **_slot(f"{block['id']}-head"))]
    if block["id"] in page.graphs:
        chart = block["chart"] or {"alt": "", "height": 0}
        raw = figures.get(block["id"])
        graph = dcc.Graph(
            id=graph_id(page.name, block["id"]),
            figure=orjson.loads(raw) if raw else EMPTY_FIGURE,
            config={**GRAPH_CONFIG, "locale": lang},  # type: ignore[arg-type]
            style={"height": "100%"},
        )
        # The drawing is one image to assistive tech: its words are the label, its numbers the table twin.
        label: dict[str, Any] = {"aria-label": chart["alt"], "data-block": block["id"]}
        height = {"--h": f"{chart['height']}px"}
        children.append(html.Div(graph, className="plot", role="img", style=height, hidden=not raw, **label))
    children.append(html.Div(className="slot", **_slot(f"{block['id']}-foot")))
    return html.Section(children, className=f"block {block['style']}".strip(), id=block["id"])


def _slot(name: str) -> dict[str, Any]:
    return {"data-slot": name}
