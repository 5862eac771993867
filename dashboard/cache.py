"""Flask-Caching with explicit keys; every key carries the release, so there is no invalidation code.

Builds of one key run once at a time (striped locks): memoize has none, and a meeting room opens the
same link at the same second.
"""

import threading
from collections.abc import Callable

import orjson
from flask import Flask
from flask_caching import Cache

from dashboard.settings import Settings

_STRIPES = 256
_DAY = 86_400


class PageCache:
    """Bytes by (release, name, parameters)."""

    def __init__(self, server: Flask, settings: Settings) -> None:
        # In the process: a key names the release but not the code, which a shared store would outlive.
        self._cache = Cache(server, config={"CACHE_TYPE": settings.cache_type, "CACHE_THRESHOLD": 5_000})
        self._locks = [threading.Lock() for _ in range(_STRIPES)]

    def get(self, release: str, name: str, parameters: object, build: Callable[[], bytes]) -> bytes:
        """The cached bytes, built at most once at a time a key. `parameters` must be JSON-able."""
        key = _key(release, name, parameters)
        found: bytes | None = self._cache.get(key)
        if found is not None:
            return found
        with self._locks[hash(key) % _STRIPES]:
            found = self._cache.get(key)
            if found is None:
                found = build()
                self._cache.set(key, found, timeout=_DAY)
            return found

    def known(self, release: str, name: str, parameters: object) -> bytes | None:
        """The cached bytes, if there are any."""
        found: bytes | None = self._cache.get(_key(release, name, parameters))
        return found


def _key(release: str, name: str, parameters: object) -> str:
    return f"{release}:{name}:{orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS).decode()}"
