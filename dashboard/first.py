"""The HTML a server sends for an address: title, headline and table twin readable before any script."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from flask import Flask, Request, Response, request

from dashboard import numbers
from dashboard.cache import PageCache
from dashboard.callbacks.routing import match, open_page, query_of
from dashboard.components import html
from dashboard.data import Data
from dashboard.errors import NotFound
from dashboard.page import Page
from dashboard.rendering import Renderer
from dashboard.settings import Settings
from dashboard.state import address
from dashboard.static import PREFIX, Static
from dashboard.text import LANGUAGES, Words

CHART_SCRIPTS = ("plotly.js", "chart.js")
STYLES = ("css/critical.css", "css/site.css")  # all in the page: a request would hold back the first paint
THEMES = ("light", "dark")


class FirstHtml:
    """Renders index.html around one view; everything in it is cached with the view's release."""

    def __init__(
        self,
        settings: Settings,
        static: Static,
        renderer: Renderer,
        cache: PageCache,
        pages: tuple[Page, ...],
    ) -> None:
        self._settings = settings
        self._static = static
        self._renderer = renderer
        self._cache = cache
        self._pages = pages

    def register(self, server: Flask, current: Callable[[], Data]) -> None:
        """Answer addresses that were rendered before straight away: Dash's own part of them never changes."""

        @server.before_request
        def kept() -> Response | None:
            if request.method != "GET":
                return None
            try:
                match(self._pages, request.path)
            except NotFound:
                return None
            raw = self._cache.known(current().catalog.release.release_id, "first", _asked(request))
            return Response(raw, mimetype="text/html") if raw else None

    def page(self, data: Data, request: Request, dash: dict[str, str]) -> tuple[str, int]:
        """(HTML, status code) of the requested address; `dash` holds Dash's own parts of the index."""
        query = query_of(request.query_string.decode("utf-8", "replace"))
        lang = query.get("lang", "tr") if query.get("lang") in LANGUAGES else "tr"
        try:
            page, _, state, rendered = open_page(data, self._renderer, self._pages, request.path, query)
        except NotFound:
            return self._not_found(data, lang, request, dash), 404
        words = Words(lang)
        payload = rendered.payload
        controls = page.controls(data.catalog, state)
        hidden = {"lang": lang} if lang != "tr" else {}
        body = html.render(
            "first.html",
            words,
            page=page.name,
            intro=payload["intro"],
            controls=html.controls_form(controls, words, hidden) if controls else "",
            parts=payload["blocks"],
        )
        # Only the first chart is drawn early: it is what the eye meets; the others come with Dash.
        early = next((b["id"] for b in payload["blocks"] if b["id"] in rendered.figures), None)
        figures = (
            [{"id": early, "json": rendered.figures[early].decode().replace("</", "<\\/")}] if early else []
        )
        text = self._index(
            data, words, request, dash, first=body, figures=figures, page=page.name, payload=payload
        )
        asked = _asked(request)
        if asked[0] == payload["url"]:  # other spellings of a state are without number and stay out
            self._cache.get(data.catalog.release.release_id, "first", asked, text.encode)
        return text, 200

    def _not_found(self, data: Data, lang: str, request: Request, dash: dict[str, str]) -> str:
        words = Words(lang)
        payload = {
            "title": f"{words('error.not_found')} · {words('site.name')}",
            "description": words("error.not_found_lead"),
            "url": "/",
            "other": address("/", {} if lang == "en" else {"lang": "en"}),
        }
        body = html.render("not_found.html", words)
        return self._index(data, words, request, dash, first=body, figures=[], page="", payload=payload)

    def _index(
        self, data: Data, words: Words, request: Request, dash: dict[str, str], **parts: object
    ) -> str:
        payload: dict[str, str] = parts["payload"]  # type: ignore[assignment]
        figures: list[dict[str, str]] = parts["figures"]  # type: ignore[assignment]
        release = data.catalog.release
        mapped = any("@url-provinces" in figure["json"] for figure in figures)
        static = self._static
        theme = _theme(request)
        base = self._settings.base_url
        lang_query = {} if words.lang == "tr" else {"lang": words.lang}
        other = "en" if words.lang == "tr" else "tr"
        here, there = base + payload["url"], base + payload["other"]
        return str(
            html.render(
                "index.html",
                words,
                title=payload["title"],
                description=payload["description"],
                canonical=here,
                alternates={words.lang: here, other: there},
                theme=theme,
                other_lang=other,
                other_lang_href=payload["other"],
                menu_home=address("/", lang_query),
                menu=[
                    {
                        "href": address(page.path, lang_query),
                        "label": words(f"menu.{page.name}"),
                        "current": page.name == parts["page"],
                    }
                    for page in self._pages
                    if page.in_menu
                ],
                links={"method": address("/yontem", lang_query), "data": address("/veri", lang_query)},
                static={
                    "icon": "data:image/svg+xml," + quote(static.text("icon.svg")),
                    "faces": static.text("fonts.css").replace('url("', f'url("{PREFIX}/'),
                    "styles": "".join(static.text(name) for name in STYLES),
                    "begin": static.url("js/begin.js"),
                    "fonts": [static.url(f"source-sans-3-{part}.woff2") for part in ("latin", "turkish")],
                    "provinces": static.url("geo/tr-provinces.geojson"),
                },
                chart_scripts=self._turn("chart", map(static.url, CHART_SCRIPTS)),
                outlines=self._turn("outlines", [static.url("geo/tr-provinces.geojson")] if mapped else []),
                first=parts["first"],
                figures=figures,
                release=release.release_id,
                as_of=numbers.day(release.as_of, words.lang),
                app_entry=dash["app_entry"],
                config=dash["config"],
                scripts=self._dash_scripts(dash["scripts"]),
            )
        )

    def _dash_scripts(self, scripts: str) -> str:
        """Dash's scripts, then ours, which start it: the last turn of js/begin.js."""
        suites = re.findall(r'src="([^"]+)"', scripts)
        turn = self._turn("dash", [self._static.url("regenerator.js"), *suites, self._static.url("page.js")])
        return f'<div id="_dash-renderer" hidden>{turn}</div>'  # Dash refuses an index without this id

    def _turn(self, turn: str, urls: Iterable[str]) -> str:
        """What js/begin.js fetches in a turn; what was not built is left out."""
        return "\n".join(f'<template data-turn="{turn}" data-src="{url}"></template>' for url in urls if url)


def _theme(request: Request) -> str:
    theme = request.cookies.get("tema", "")
    return theme if theme in THEMES else ""


def _asked(request: Request) -> list[str]:
    """What the HTML depends on beside the release: the address with its query, and the theme."""
    query = request.query_string.decode("utf-8", "replace")
    return [f"{request.path}?{query}" if query else request.path, _theme(request)]
