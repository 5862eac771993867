"""Fills build/compressed ahead, so that no first visitor waits for what the server always sends.

The store is the server's own (dashboard/static.py): <sha256 of the content>.<br or gzip>, so nothing in it is
ever out of date; a file that is not in it is compressed when it is first asked for.
"""

import gzip
import hashlib
import importlib.util
import re
import sys
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[1]
STORE = ROOT / "build" / "compressed"
KINDS = {".css", ".geojson", ".js", ".json", ".svg", ".txt"}
# Never sent: the stock plotly.js (ours is build/front), MathJax, what is not minified, tables, notebooks.
UNUSED = re.compile(
    r"plotly\.min|mathjax|(^|/)deps/(?!.*\.min\.)|\.dev\.|dash_table|nbextension|labextension|extract-meta"
    r"|metadata\.json|package-info\.json|manifest\.json"
)


def compress_tree(source: Path, store: Path) -> int:
    """Compress each text file under `source` into `store`; how many of them were not in it."""
    store.mkdir(parents=True, exist_ok=True)
    count = 0
    for path in sorted(source.rglob("*")):
        if path.suffix not in KINDS or UNUSED.search(path.relative_to(source).as_posix()):
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        twins = [store / f"{digest}.br", store / f"{digest}.gzip"]
        if not all(twin.is_file() for twin in twins):
            twins[0].write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))
            twins[1].write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
            count += 1
    return count


def main() -> int:
    """Compress the front end, our assets and the component suites of Dash; say how many files were new."""
    dash = importlib.util.find_spec("dash")
    if dash is None or dash.origin is None:
        print("Önce / first: make setup", file=sys.stderr)
        return 1
    sources = [ROOT / "build" / "front", ROOT / "assets", Path(dash.origin).parent]
    count = sum(compress_tree(source, STORE) for source in sources)
    if count:
        print(f"==> Sıkıştırılan dosyalar / files compressed: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
