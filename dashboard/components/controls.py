"""Control specs -> the native selects of the control strip."""

import dash_bootstrap_components as dbc
from dash import html

from dashboard.page import Control


def strip(controls: tuple[Control, ...], prefix: str) -> html.Div:
    """One labelled select a control; ids are `<prefix>-<name>`, what callbacks listen to."""
    return html.Div([_control(control, prefix) for control in controls], className="strip")


def _control(control: Control, prefix: str) -> html.Div:
    select = dbc.Select(
        id=f"{prefix}-{control.name}",
        options=[
            {"value": option.value, "label": option.label, "disabled": option.disabled}
            for option in control.options
        ],
        value=control.value,
    )
    return html.Div(
        html.Label([control.label, select], htmlFor=f"{prefix}-{control.name}"),
        className="control wide" if control.wide else "control",
    )
