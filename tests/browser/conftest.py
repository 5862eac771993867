"""A served app and Debian's Chromium; every visit records what a visitor would suffer."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from dashboard.app import create_app
from dashboard.serve import warm
from dashboard.settings import Settings

FLAGS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE = 30_000  # milliseconds; a busy machine may be slow, a wrong page never gets there


@pytest.fixture(scope="session")
def address(release_folder: Path) -> Iterator[str]:
    """Where the public app is served for the whole run."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app = create_app(Settings(data=release_folder, base_url=base))
    warm(app)
    server = make_server("127.0.0.1", port, app.server, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield base
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module; it holds an event loop, which no other test may find running."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "Browser tests need Chromium: apt-get install chromium (as root)."
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


class Visitor:
    """One browser window; `suffered` collects whatever must not happen on any page."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.context = context
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.suffered: list[str] = []
        host = urlsplit(base).netloc
        self.page.on("request", lambda one: self._outside(one.url, host))
        self.page.on("console", lambda one: self._note("console", one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note("error", str(error)))
        self.page.on("requestfailed", lambda one: self._note("failed", f"{one.url} {one.failure}"))
        self.page.on("response", lambda one: self._note("status", one.url) if one.status >= 500 else None)

    def _outside(self, url: str, host: str) -> None:
        if url.startswith(("http", "ws")) and urlsplit(url).netloc != host:
            self._note("outside", url)

    def _note(self, kind: str, text: str) -> None:
        if not (kind == "failed" and "ERR_ABORTED" in text):  # left for the next page before it was done
            self.suffered.append(f"{kind}: {text[:300]}")

    def open(self, path: str, *, live: bool = True) -> Page:
        """Go to a path; with `live`, wait until Dash has taken the page over and every chart is drawn."""
        self.page.goto(self.base + path, wait_until="load")
        if live:
            self.live()
        return self.page

    def live(self) -> None:
        """Dash holds the page and every visible chart is drawn."""
        self.page.wait_for_selector("html.live", state="attached")
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('.plot:not([hidden])')]"
            ".every(plot => plot.querySelector('.js-plotly-plot .main-svg'))"
        )

    def look(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self.page.evaluate(script)


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens windows: visit(width=360, dark=True, javascript=False, …)."""
    opened: list[BrowserContext] = []

    def window(width: int = 1440, *, dark: bool = False, javascript: bool = True, **more: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="tr-TR",
            java_script_enabled=javascript,
            accept_downloads=True,
            **more,
        )
        opened.append(context)
        return Visitor(context, address)

    yield window
    for context in opened:
        context.close()
