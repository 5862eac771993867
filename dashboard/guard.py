"""What every answer carries, what is refused, and what is said when something fails.

A callback's body is held against the callbacks we registered before Dash reads it: Dash itself answers
a malformed one with a 500. A failure is a sentence with a number to report, never a traceback.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from dash import Dash, set_props
from dash.exceptions import CallbackException, DependencyException
from flask import Flask, Response, abort, request

from dashboard.components import html
from dashboard.errors import BadInput, WarehouseMissing
from dashboard.settings import Settings
from dashboard.static import Static
from dashboard.text import Words

log = logging.getLogger(__name__)

UPDATE = "/_dash-update-component"
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; worker-src 'self'"
)


def headers(server: Flask, settings: Settings) -> None:
    """Put the security headers, and the status a page was rendered with, on every answer."""

    @server.after_request
    def put(response: Response) -> Response:
        status = request.environ.get("karne.status")
        if status and response.status_code == 200:
            response.status_code = status
        response.headers["Content-Security-Policy"] = CSP
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        if settings.audience != "public":
            # A browser answers it with a new process, 30 ms before the first words; where nobody logs in,
            # no window that opened ours has anything to gain from it.
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if settings.https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def refusals(app: Dash, static: Static) -> None:
    """Refuse bodies that are no request of one of our callbacks; answer failures with a page that reads."""
    server: Flask = app.server

    @server.before_request
    def known_callback() -> None:
        if request.path.endswith(UPDATE) and request.method == "POST" and not _is_known(app.callback_map):
            abort(400)

    @server.errorhandler(CallbackException)
    def bad_callback(_: CallbackException) -> tuple[str, int]:
        return "bad request", 400

    @server.errorhandler(DependencyException)
    def unknown_script(_: DependencyException) -> tuple[str, int]:
        return "not found", 404

    @server.errorhandler(WarehouseMissing)
    def no_data(error: WarehouseMissing) -> tuple[str, int]:
        log.error("nothing to serve: %s", error)
        words = _words()
        return _page(static, words, words("error.no_data"), words("error.no_data_lead")), 503

    @server.errorhandler(500)
    def failed(_: Exception) -> tuple[str, int]:
        words, record = _words(), _record("request")
        return _page(static, words, words("error.title"), words("error.server", id=record)), 500


def on_error(error: Exception) -> None:
    """A failed callback leaves the page as it is and tells the reader, with a number to report."""
    words = Words("en" if "lang=en" in (request.referrer or "") else "tr")
    if isinstance(error, BadInput):
        set_props("toast-text", {"children": words("error.bad_input")})
        return
    record = _record("callback", error)
    set_props("toast-text", {"children": words("error.server", id=record)})


def _record(what: str, error: Exception | None = None) -> str:
    """Log a failure under a number; Flask has logged the traceback of a request already."""
    record = secrets.token_hex(4)
    log.error("%s failed, record %s", what, record, exc_info=error)
    return record


def _words() -> Words:
    return Words("en" if request.args.get("lang") == "en" else "tr")


def _page(static: Static, words: Words, title: str, text: str) -> str:
    styles = static.text("css/critical.css")
    return html.render("failure.html", words, title=title, text=text, styles=styles)


def _is_known(callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the body asks for a callback of ours, with its inputs and states in their order."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        return False
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    known = callbacks.get(body["output"])
    if known is None or "callback" not in known:
        return False
    changed = body.get("changedPropIds", [])
    return (
        _ids(body.get("inputs")) == _ids(known["inputs"])
        and _ids(body.get("state", [])) == _ids(known["state"])
        and _ids(body.get("outputs")) == body["output"].strip(".").split("...")
        and isinstance(changed, list)
        and all(isinstance(one, str) for one in changed)
    )


def _ids(parts: object) -> list[str] | None:
    """`id.property` of each part of a body, None when it is not made of parts."""
    listed = [parts] if isinstance(parts, dict) else parts
    if not isinstance(listed, list) or not all(isinstance(part, dict) for part in listed):
        return None
    return [f"{part.get('id')}.{part.get('property')}" for part in listed]
