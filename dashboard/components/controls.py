"""Control specs -> the native selects and search fields of the control strip."""

from functools import lru_cache
from typing import Any

import dash_bootstrap_components as dbc
from dash import html
from markupsafe import Markup

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


def options(control: Control) -> Markup:
    """The options as HTML; a thousand of them are written for every address somebody opens."""
    return Markup("").join(
        [_option(one.value, one.label, one.disabled, one.value == control.value) for one in control.options]
    )


@lru_cache(maxsize=8_192)
def _option(value: str, label: str, disabled: bool, selected: bool) -> Markup:
    flags = (Markup(" selected") if selected else "") + (Markup(" disabled") if disabled else "")
    return Markup('<option value="{}"{}>{}</option>').format(value, flags, label)


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
