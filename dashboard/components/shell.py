"""The Dash layout of a page: controls, graphs, and slots whose HTML the browser fills from the payload."""

from typing import Any

import dash_bootstrap_components as dbc
import orjson
from dash import dcc, html

from dashboard.components.controls import strip
from dashboard.page import Control

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


def page_main(
    name: str, payload: dict[str, Any], figures: dict[str, bytes], controls: tuple[Control, ...]
) -> html.Main:
    """Ids are `<page>-…`: `-payload` and `-query` stores, `-nav` for links, one graph a chart block."""
    children: list[Any] = [
        dcc.Store(id=f"{name}-payload", data=payload),
        dcc.Store(id=f"{name}-query", data=payload["query"]),
        dcc.Store(id=f"{name}-nav"),
        html.Div(id=f"{name}-done", hidden=True),
        html.Div(className="intro", **_slot("intro")),
    ]
    if controls:
        children.append(strip(controls, name))
    children += [_block(name, block, figures, payload["lang"]) for block in payload["blocks"]]
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


def _block(name: str, block: dict[str, Any], figures: dict[str, bytes], lang: str) -> html.Section:
    children: list[Any] = [html.Div(className="slot", **_slot(f"{block['id']}-head"))]
    if block["id"] in figures:
        graph = dcc.Graph(
            id=graph_id(name, block["id"]),
            figure=orjson.loads(figures[block["id"]]),
            config={**GRAPH_CONFIG, "locale": lang},  # type: ignore[arg-type]
            style={"height": "100%"},
        )
        # The drawing is one image to assistive tech: its words are the label, its numbers the table twin.
        label: dict[str, Any] = {"aria-label": block["chart"]["alt"], "data-block": block["id"]}
        height = {"height": f"{block['chart']['height']}px"}
        children.append(html.Div(graph, className="plot", role="img", style=height, **label))
    children.append(html.Div(className="slot", **_slot(f"{block['id']}-foot")))
    return html.Section(children, className=f"block {block['style']}".strip(), id=block["id"])


def _slot(name: str) -> dict[str, Any]:
    return {"data-slot": name}
