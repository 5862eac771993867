"""Headless Chromium with fresh contexts: cold loads, their bytes, and what a page drew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

Json = dict[str, Any]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
WINDOW_SETTLES = 1_500  # ms
PROBE = Path(__file__).parent / "probe.js"
# What the charts of a page hold now: what a static page needs to draw the same.
FIGURES = "() => bench.figures()"


@dataclass
class Wire:
    """Every response of a page: its kind, its bytes on the wire and whether the paint waited for it."""

    sizes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    def size_of(self, urls: set[str]) -> int:
        """Bytes of the responses with these addresses."""
        return sum(self.sizes.get(request, 0) for request, url in self.urls.items() if url in urls)


@dataclass(frozen=True)
class Load:
    """One cold load; times in milliseconds since navigation started."""

    table: float | None
    chart: float
    wire: Wire
    before_paint: int


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for a whole run."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, **options: Any) -> Iterator[tuple[BrowserContext, Page]]:
    """A new visitor: empty caches, Turkish, a laptop's window."""
    size = {"width": 1440, "height": 900}
    context = browser.new_context(locale="tr-TR", viewport=size, **options)  # type: ignore[arg-type]
    context.add_init_script(path=PROBE)
    try:
        yield context, context.new_page()
    finally:
        context.close()


def cold_load(browser: Browser, address: str, *, slow: bool = False) -> Load:
    """Load an address as a first-time visitor, until its chart stands and nothing more arrives.

    `slow`: 10 Mbit/s with 40 ms of latency.
    """
    with visit(browser) as (context, page):
        session = context.new_cdp_session(page)
        wire = _record(session)
        if slow:
            speed = 10_000_000 / 8
            session.send("Network.emulateNetworkConditions", {
                "offline": False, "latency": 40, "downloadThroughput": speed, "uploadThroughput": speed,
            })  # fmt: skip
        # A new window loads pages of the browser's own beside ours; they are not what is measured.
        page.wait_for_timeout(WINDOW_SETTLES)
        page.goto(address, wait_until="load")
        page.wait_for_function("() => bench.seen.chart", timeout=30_000)
        page.wait_for_load_state("networkidle", timeout=30_000)
        seen = page.evaluate("() => bench.load()")
        needed = wire.size_of({address, *seen["blocking"]})
        return Load(seen.get("table"), seen["chart"], wire, needed)


def _record(session: CDPSession) -> Wire:
    wire = Wire()

    def answered(event: Json) -> None:
        wire.kinds[event["requestId"]] = event["type"]
        wire.urls[event["requestId"]] = event["response"]["url"]

    def finished(event: Json) -> None:
        wire.sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    return wire


def settled(page: Page) -> None:
    """Wait until Dash has taken over and every chart of the page is drawn."""
    page.wait_for_function("() => document.documentElement.classList.contains('live')", timeout=30_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
