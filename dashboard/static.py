"""Files a browser keeps: hashed addresses, compressed once at level 11, immutable.

Served are the front-end build, `assets/` and Dash's own component suites; nothing comes from outside.
"""

import gzip
import hashlib
import json
import mimetypes
import re
import threading
from collections import OrderedDict
from collections.abc import Callable

import brotli
from flask import Flask, Response, abort, request

from dashboard.settings import Settings

PREFIX = "/static"
FOREVER = "public, max-age=31536000, immutable"
_TEXT = (".js", ".css", ".svg", ".json", ".geojson", ".txt")
_FINGERPRINT = re.compile(r"\.v\d+_\d+_\d+m\d+\.")
_SMALL = 600
_ROOM = 32 * 1024 * 1024


def encoding_of(accept: str) -> str:
    """`br`, `gzip` or nothing, by what the browser accepts."""
    return "br" if "br" in accept else "gzip" if "gzip" in accept else ""


# Scripts that always run one after the other go over the wire as one file: a request costs more than they do.
_JOINED = {
    "chart.js": ("js/geo-stub.js", "js/plot.js", "js/early.js"),
    "page.js": ("js/apply.js", "js/table.js", "js/site.js", "js/image.js", "js/map.js", "js/follow.js", "js/start.js"),
}  # fmt: skip


class Static:
    """Hashed names of all served files, and their bytes in every encoding."""

    def __init__(self, settings: Settings) -> None:
        self._store = settings.compressed
        self._files: dict[str, bytes] = {}
        self._urls: dict[str, str] = {}
        self._ready: dict[tuple[str, str], bytes] = {}
        manifest = settings.front / "manifest.json"
        if manifest.exists():
            for name, hashed in json.loads(manifest.read_text(encoding="utf-8"))["files"].items():
                self._add(name, (settings.front / hashed).read_bytes(), hashed)
        for path in sorted(settings.assets.rglob("*")):
            if path.is_file() and path.suffix != ".md":
                self._add(path.relative_to(settings.assets).as_posix(), path.read_bytes())
        for name, parts in _JOINED.items():
            self._add(
                name, b"\n".join(self._files[self._urls[part].removeprefix(f"{PREFIX}/")] for part in parts)
            )

    def _add(self, name: str, content: bytes, hashed: str = "") -> None:
        if not hashed:
            stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
            hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
        self._files[hashed] = content
        self._urls[name] = f"{PREFIX}/{hashed}"

    def url(self, name: str) -> str:
        """Address of a file by its plain name; empty when it was not built."""
        return self._urls.get(name, "")

    def text(self, name: str) -> str:
        """Content of a text file, for what is inlined."""
        url = self._urls.get(name)
        return self._files[url.removeprefix(f"{PREFIX}/")].decode() if url else ""

    def register(self, server: Flask) -> None:
        """Serve the files, and compress what Dash serves itself."""

        def serve(name: str) -> Response:
            content = self._files.get(name)
            if content is None:
                abort(404)
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            if name.endswith(".geojson"):
                kind = "application/geo+json"
            response = Response(mimetype=kind)
            response.headers["Cache-Control"] = FOREVER
            return self._send(response, request.path, lambda: content)

        server.add_url_rule(f"{PREFIX}/<path:name>", "karne-static", serve)

        @server.after_request
        def suites(response: Response) -> Response:
            if not request.path.startswith("/_dash-component-suites/") or response.status_code != 200:
                return response
            if _FINGERPRINT.search(request.path):
                response.headers["Cache-Control"] = FOREVER
            response.direct_passthrough = False
            # Dash answers any fingerprint with the same file, so none may take room of its own.
            return self._send(response, _FINGERPRINT.sub(".", request.path), response.get_data)

    def _send(self, response: Response, path: str, content: Callable[[], bytes]) -> Response:
        """Fill the response; what a path stands for never changes while the app runs."""
        encoding = encoding_of(request.headers.get("Accept-Encoding", "")) if path.endswith(_TEXT) else ""
        key = (path, encoding)
        if key not in self._ready:
            raw = content()
            self._ready[key] = self.compressed(raw, encoding) if encoding else raw
        response.set_data(self._ready[key])
        if encoding:
            response.headers["Content-Encoding"] = encoding
            response.headers["Vary"] = "Accept-Encoding"
        return response

    def compressed(self, raw: bytes, encoding: str) -> bytes:
        """`raw` at the highest level, from the store on disk when it was done before."""
        name = self._store / f"{hashlib.sha256(raw).hexdigest()}.{encoding}"
        try:
            return name.read_bytes()
        except FileNotFoundError:
            done = brotli.compress(raw, quality=11) if encoding == "br" else gzip.compress(raw, 9, mtime=0)
        try:
            self._store.mkdir(parents=True, exist_ok=True)
            scratch = name.with_suffix(f".{encoding}.{id(raw)}")
            scratch.write_bytes(done)
            scratch.replace(name)
        except OSError:
            pass  # A read-only installation compresses anew; nothing else depends on the store.
        return done


class Squeezed:
    """Compressed answers by their content, `room` bytes of them: most answers are asked for again."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._kept: OrderedDict[tuple[bytes, str], bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, raw: bytes, encoding: str) -> bytes:
        """`raw` compressed lightly, or what was made of the same bytes before."""
        key = (hashlib.sha256(raw).digest(), encoding)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        done = brotli.compress(raw, quality=4) if encoding == "br" else gzip.compress(raw, 5)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = done
                self._size += len(done)
            while self._size > self._room:
                self._size -= len(self._kept.popitem(last=False)[1])
        return done


def compress_answers(server: Flask) -> None:
    """Compress HTML, JSON and CSV answers lightly, on the fly."""
    squeezed = Squeezed()

    @server.after_request
    def compress(response: Response) -> Response:
        encoding = encoding_of(request.headers.get("Accept-Encoding", ""))
        kind = response.mimetype or ""
        wanted = kind.startswith("text/") or kind == "application/json"
        if (
            not encoding
            or not wanted
            or "Content-Encoding" in response.headers
            or response.direct_passthrough
        ):
            return response
        raw = response.get_data()
        if len(raw) < _SMALL:
            return response
        response.set_data(squeezed(raw, encoding))
        response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        return response
