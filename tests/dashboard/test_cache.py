"""The cache: one build a key, keys that carry the release and every parameter, nothing kept of a failure."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from dashboard.cache import PageCache
from dashboard.data import Data
from dashboard.page import Page
from dashboard.pages import PAGES
from dashboard.rendering import Renderer, path_of, path_variables
from dashboard.settings import Settings
from tests.addresses import paths, variables


@pytest.fixture
def cache() -> PageCache:
    return PageCache(Flask("cache"), Settings())


def test_a_key_is_built_once_for_many_at_once(cache: PageCache) -> None:
    """A meeting room opens the same link at the same second."""
    built: list[int] = []
    barrier = threading.Barrier(8)

    def build() -> bytes:
        time.sleep(0.05)
        built.append(1)
        return b"x"

    def ask(_: int) -> bytes:
        barrier.wait()
        return cache.get("r1", "view", {"a": 1}, build)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {b"x"}
    assert len(built) == 1


@pytest.mark.parametrize(
    "other",
    [
        ("r2", "view", {"a": 1}),
        ("r1", "other", {"a": 1}),
        ("r1", "view", {"a": 2}),
        ("r1", "view", {"a": "1"}),
    ],
)
def test_release_name_and_parameters_tell_keys_apart(
    cache: PageCache, other: tuple[str, str, object]
) -> None:
    assert cache.get("r1", "view", {"a": 1}, lambda: b"one") == b"one"
    assert cache.get(*other, lambda: b"other") == b"other"
    assert cache.get("r1", "view", {"a": 1}, lambda: b"never") == b"one"


def test_the_order_of_parameters_does_not_matter(cache: PageCache) -> None:
    cache.get("r", "v", {"a": 1, "b": 2}, lambda: b"one")
    assert cache.get("r", "v", {"b": 2, "a": 1}, lambda: b"two") == b"one"


def test_a_failed_build_is_not_kept_and_holds_nobody_up(cache: PageCache) -> None:
    with pytest.raises(ValueError, match="no"):
        cache.get("r", "v", {}, lambda: (_ for _ in ()).throw(ValueError("no")))
    assert cache.get("r", "v", {}, lambda: b"now") == b"now"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_rendering_is_built_once_a_state(data: Data, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Different spellings of one state, and notices apart from it, share or split as they must."""
    renderer = Renderer(PageCache(Flask("cache"), Settings()))
    built: list[str] = []
    own = Renderer._build

    def counting(*args: Any) -> bytes:
        built.append(args[-1])
        return own(*args)

    monkeypatch.setattr(Renderer, "_build", counting)
    given = variables(page)[0]
    path = path_of(page, given)
    for query in ({}, {"lang": "tr"}, {"unheard": "of"}):
        renderer.render(data, page, page.parse({**given, **query}, data.catalog), path)
    assert len(built) == 1
    english = renderer.render(data, page, page.parse({**given, "lang": "en"}, data.catalog), path)
    warned = renderer.render(data, page, page.parse({**given, "lang": "xx"}, data.catalog), path)
    assert len(built) == 3
    assert english.payload["lang"] == "en"
    assert warned.payload["url"] == path
    assert "notice" in warned.payload["intro"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_path_variables_come_back(page: Page) -> None:
    for given, path in zip(variables(page), paths(page), strict=True):
        assert path_variables(page, path) == given
