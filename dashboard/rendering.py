"""Page + state -> what is sent: HTML parts, figures and the facts about them, cached once a release.

The same rendering goes into the first HTML, into the layout Dash takes over with, and into every
update, so what a reader sees before and after the scripts is one and the same.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from dashboard.cache import PageCache
from dashboard.components import html
from dashboard.components.controls import select_options
from dashboard.data import Data
from dashboard.page import Block, Control, Page, State, View
from dashboard.state import address
from dashboard.text import Words

Json = dict[str, Any]


@dataclass(frozen=True)
class Rendered:
    """`query` is the canonical one, `controls` what they show, by name; `body` all but the figures as JSON,
    `figures` JSON by block id.

    They stay bytes from the cache to the answer: reading and writing them anew costs more than all else.
    """

    query: dict[str, str]
    controls: dict[str, Json]
    body: bytes
    figures: dict[str, bytes]

    @cached_property
    def payload(self) -> Json:
        """`body`, read."""
        loaded: Json = orjson.loads(self.body)
        return loaded

    def packed(self) -> bytes:
        """One line that tells the parts and their sizes, then the parts."""
        sizes = {name: len(figure) for name, figure in self.figures.items()}
        head = {
            "query": self.query, "controls": self.controls, "body": len(self.body), "figures": sizes,
        }  # fmt: skip
        return b"".join((orjson.dumps(head), b"\n", self.body, *self.figures.values()))

    @classmethod
    def unpacked(cls, raw: bytes) -> "Rendered":
        """The other way round."""
        start = raw.index(b"\n") + 1
        head = orjson.loads(raw[:start])
        end = start + head["body"]
        body, figures = raw[start:end], {}
        for name, size in head["figures"].items():
            figures[name] = raw[end : end + size]
            end += size
        return cls(head["query"], head["controls"], body, figures)


def path_of(page: Page, variables: dict[str, str]) -> str:
    """The page's address with its path variables filled in."""
    path = page.path
    for name, value in variables.items():
        path = path.replace(f"<{name}>", value)
    return path


def path_variables(page: Page, path: str) -> dict[str, str]:
    """The other way round: the values of the page's path variables in one of its addresses."""
    pairs = zip(page.path.split("/"), path.split("/"), strict=True)
    return {want.strip("<>"): part for want, part in pairs if want.startswith("<")}


class Renderer:
    """Renders the pages of one app from the generation in service."""

    def __init__(self, cache: PageCache) -> None:
        self._cache = cache

    def render(self, data: Data, page: Page, state: State, path: str) -> Rendered:
        """The rendering of one state; equal states are built once a release."""
        release = data.catalog.release.release_id
        # Notices are part of the state shown but not of its canonical address.
        key = [path, state.query(), state.lang, list(state.notices)]
        raw = self._cache.get(release, f"view:{page.name}", key, lambda: self._build(data, page, state, path))
        return Rendered.unpacked(raw)

    def _build(self, data: Data, page: Page, state: State, path: str) -> bytes:
        view: View = page.view(data, state)
        words = Words(state.lang)
        query = state.query()
        controls = page.controls(data.catalog, state)
        payload = {
            "url": address(path, query),
            "other": address(path, _other_language(query, state.lang)),
            "title": f"{view.title} · {words('site.name')}" if view.title else words("site.name"),
            "description": " ".join(part for part in (_headline(view), view.lead) if part),
            "lang": state.lang,
            "intro": html.intro(view, words, path),
            "synthetic": view.synthetic,
            "query": query,
            "controls": [_control(control) for control in controls],
            "blocks": [_block(block, words, page, path, query) for block in view.blocks],
        }
        figures = {block.id: _json(block.chart.figure) for block in view.blocks if block.chart}
        return Rendered(
            query, {one.name: _shown(one) for one in controls}, orjson.dumps(payload), figures
        ).packed()


def _headline(view: View) -> str:
    return next((block.headline for block in view.blocks if block.headline), "")


def _json(figure: Json) -> bytes:
    return orjson.dumps(_rounded(figure), option=orjson.OPT_SERIALIZE_NUMPY)


def _rounded(value: Any) -> Any:
    """Seven significant digits draw the same pixels and compress far better."""
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return value


def _other_language(query: dict[str, str], lang: str) -> dict[str, str]:
    rest = {key: value for key, value in query.items() if key != "lang"}
    return rest if lang == "en" else {**rest, "lang": "en"}


def _control(control: Control) -> Json:
    """What the page's script looks after: what is typed, and options that never change but for being off."""
    off = [option.value for option in control.options if option.disabled] if control.fixed else None
    return {"name": control.name, "kind": control.kind, "value": control.value, "off": off}


def _shown(control: Control) -> Json:
    """What Dash looks after: the value, and options that change."""
    return {
        "value": control.value,
        "options": [] if control.fixed else select_options(control),
    }


def _block(block: Block, words: Words, page: Page, path: str, query: dict[str, str]) -> Json:
    link = {
        "page": page.name, "path": path, "query": query, "download": {**path_variables(page, path), **query},
    }  # fmt: skip
    source = block.source
    stamp = ""
    if source:
        parts = (f"{words('source.source')}: {source.text}", source.period, source.level, source.release)
        stamp = " · ".join(part for part in parts if part)
        if source.synthetic:
            stamp += f" · {words('source.synthetic')}"
    return {
        "id": block.id,
        "style": block.style,
        "head": html.head(block, words),
        "foot": html.foot(block, words, link),
        "chart": {"height": block.chart.height, "alt": block.chart.alt} if block.chart else None,
        # What goes into an exported image: a bare chart without these cannot leave the page.
        "stamp": {
            "title": block.title, "measure": block.measure, "headline": block.headline,
            "source": stamp, "site": words("site.name"),
        },
    }  # fmt: skip
