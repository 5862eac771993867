"""create_app(settings): one Dash app over one release; the only place that knows Dash's registration calls.

Routing is ours, not `dash.pages`: its registry is one per process (two apps would serve each other's
pages), and it knows neither the language nor a 404.
"""

import secrets
import threading
from typing import Any

from dash import Dash, dcc, html
from flask import Flask, request

from dashboard import catalog as catalogs
from dashboard import downloads, guard
from dashboard.cache import PageCache
from dashboard.callbacks import routing, view
from dashboard.data import Data
from dashboard.errors import WarehouseMissing
from dashboard.first import FirstHtml
from dashboard.pages import PAGES
from dashboard.rendering import Renderer
from dashboard.settings import Settings
from dashboard.static import Static, compress_answers
from dashboard.text import Words
from dashboard.warehouse import Warehouse

# dash_table is unused; the polyfill serves browsers without ES2015, which plotly.js 4 rules out, and slows
# the others down. The one part of it that Dash needs comes from our front-end build.
_DROPPED = ("dash_table/bundle", "plotly.min.js", "deps/polyfill@")


class Shelf:
    """The Data of the generation in service; the catalogue is read anew when a generation is published."""

    def __init__(self, warehouse: Warehouse, settings: Settings) -> None:
        self._warehouse = warehouse
        self._audience = settings.audience
        self._lock = threading.Lock()
        self._generation = ""
        self._data: Data | None = None

    def __call__(self) -> Data:
        generation = self._warehouse.generation()
        if self._data is None or generation != self._generation:
            with self._lock:
                if self._data is None or generation != self._generation:
                    if self._audience == "public" and "staging" in self._warehouse.schemas():
                        raise WarehouseMissing("the public app opens only a release file without staging")
                    self._data = Data(self._warehouse, catalogs.load(self._warehouse))
                    self._generation = generation
        return self._data


class KarneDash(Dash):
    """Dash with our index, without scripts nobody uses and without a public Python version.

    Overrides private hooks of Dash 4.4.1, which is why Dash is pinned exactly and a test covers each.
    """

    first: FirstHtml
    shelf: Shelf
    _written_config: str | None = None

    def _generate_scripts_html(self) -> str:
        lines: str = super()._generate_scripts_html()
        return "\n".join(line for line in lines.split("\n") if not any(name in line for name in _DROPPED))

    def _generate_config_html(self) -> str:
        # The same for every address, and writing it takes longer than all of ours.
        if self._written_config is None:
            self._written_config = str(super()._generate_config_html())
        return self._written_config

    def _config(self) -> dict[str, Any]:
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        for private in ("python_version", "dash_version_url"):
            config.pop(private, None)
        return config

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        text, status = self.first.page(self.shelf(), request, parts)
        request.environ["karne.status"] = status
        return text


def create_app(settings: Settings) -> Dash:
    """A new app; may be called many times in one process."""
    server = Flask("dashboard", static_folder=None)
    server.secret_key = settings.secret_key or secrets.token_hex(32)
    server.config["MAX_CONTENT_LENGTH"] = settings.max_body
    warehouse = Warehouse(settings.data, threads=settings.duckdb_threads, query_ms=settings.query_ms)
    shelf = Shelf(warehouse, settings)
    cache = PageCache(server, settings)
    renderer = Renderer(cache)
    static = Static(settings)
    # Handlers run last-registered first: light compression must see what the static one left alone.
    guard.headers(server, settings)
    compress_answers(server)
    static.register(server)
    app = KarneDash(
        "dashboard",
        server=server,  # type: ignore[arg-type]
        use_pages=False,
        pages_folder="",
        assets_folder=str(settings.assets),
        assets_ignore=".*",
        include_pages_meta=False,
        update_title="",
        use_async=False,
        serve_locally=True,
        compress=False,
        on_error=guard.on_error,
        enable_mcp=False,
    )
    app.title = Words("tr")("site.name")
    app.shelf = shelf
    app.first = FirstHtml(settings, static, renderer, cache, PAGES)
    app.first.register(server, shelf)
    toast = html.Div(id="toast-text", className="toast", role="alert")
    app.layout = html.Div([dcc.Location(id="url", refresh=False), html.Div(id="page"), toast])
    routing.register(app, shelf, renderer, PAGES)
    downloads.register(app, shelf, PAGES, settings.base_url)
    known = [view.register(app, shelf, renderer, page) for page in PAGES]
    app.validation_layout = html.Div([app.layout, *known])  # type: ignore[assignment]
    guard.refusals(app, static)
    return app
