"""Control specs -> the native selects and search fields of the control strip."""

from typing import Any

import dash_bootstrap_components as dbc
from dash import html

from dashboard.page import Control

SEARCH_PAUSE = 300  # milliseconds without a key before a search is asked


def strip(controls: tuple[Control, ...], prefix: str) -> html.Div:
    """One labelled select a control; ids are `<prefix>-<name>`, what callbacks listen to."""
    return html.Div([_control(control, prefix) for control in controls], className="strip")


def select_options(control: Control) -> list[dict[str, Any]]:
    """The options as a select takes them."""
    return [
        {"value": option.value, "label": option.label, "disabled": option.disabled}
        for option in control.options
    ]


def _control(control: Control, prefix: str) -> html.Div:
    if control.kind == "search":
        return _search(control, prefix)
    select = dbc.Select(
        id=f"{prefix}-{control.name}",
        options=select_options(control),
        value=control.value or None,
        placeholder=control.placeholder,
    )
    return html.Div(
        html.Label([control.label, select], htmlFor=f"{prefix}-{control.name}"),
        className="control wide" if control.wide else "control",
    )


def _search(control: Control, prefix: str) -> html.Div:
    field = dbc.Input(
        id=f"{prefix}-{control.name}",
        type="search",
        value=control.value,
        placeholder=control.placeholder,
        debounce=SEARCH_PAUSE,
        class_name="field",
        autocomplete="off",
    )
    return html.Div(
        html.Label([control.label, field], htmlFor=f"{prefix}-{control.name}"),
        className="control wide" if control.wide else "control",
    )
