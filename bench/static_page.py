"""The reference: a finished page with the same plotly bundle and the same figures, and nothing else.

`write` makes the page, `application` serves a folder of them. The page must not be better or worse
equipped than a careful author would make it: scripts deferred, files compressed, the browser may keep them.
"""

import mimetypes
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import brotli
import orjson

Json = dict[str, Any]
Start = Callable[[str, list[tuple[str, str]]], object]

PAGE = """<!DOCTYPE html>
<html lang="tr"><head><meta charset="utf-8"><title>Static</title><link rel="icon" href="data:,">
<style>body{{margin:0;font-family:sans-serif}}.plot{{position:relative}}</style>
<script defer src="/plotly.js"></script>
<script defer src="/draw.js"></script></head>
<body><h1>Static</h1>{places}<script type="application/json" id="figures">{figures}</script></body></html>
"""


def equip(folder: Path, files: dict[str, Path]) -> None:
    """What every page loads: the drawing script and `files` (the plotly bundle, outlines) by their names."""
    put(folder, "index.html", b"<!DOCTYPE html><title>Static</title>")
    put(folder, "draw.js", (Path(__file__).parent / "draw.js").read_bytes())
    for name, path in files.items():
        put(folder, name, path.read_bytes())


def write(folder: Path, name: str, plots: list[Json]) -> None:
    """`<name>.html` with the plots (id, width, height, figure: data and layout) drawn by newPlot."""
    places = "".join(
        f'<div class="plot" id="{plot["id"]}" style="width:{plot["width"]}px;height:{plot["height"]}px"></div>'
        for plot in plots
    )
    figures = orjson.dumps({plot["id"]: plot["figure"] for plot in plots}).decode().replace("</", "<\\/")
    put(folder, f"{name}.html", PAGE.format(places=places, figures=figures).encode())


def put(folder: Path, name: str, content: bytes) -> None:
    """A file and its brotli twin, as a careful author would precompress it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    (folder / f"{name}.br").write_bytes(brotli.compress(content, quality=11))


def application(environ: Json, start: Start) -> Iterable[bytes]:
    """WSGI: the files of the folder named in BENCH_STATIC."""
    # A figure may name its outlines by the address they have in the product: /static/<name>.
    name = environ["PATH_INFO"].rpartition("/")[2] or "index.html"
    path = Path(os.environ["BENCH_STATIC"]) / name
    if not path.is_file():
        start("404 Not Found", [("Content-Length", "0")])
        return [b""]
    squeezed = Path(f"{path}.br")
    headers = [("Content-Type", mimetypes.guess_type(name)[0] or "application/octet-stream")]
    headers.append(("Cache-Control", "no-cache" if name.endswith(".html") else "public, max-age=31536000"))
    if squeezed.is_file() and "br" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        headers.append(("Content-Encoding", "br"))
        path = squeezed
    content = path.read_bytes()
    start("200 OK", [*headers, ("Content-Length", str(len(content)))])
    return [content]
