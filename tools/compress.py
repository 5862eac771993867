"""Writes compressed twins (.br, .gz) of the files the server sends as they are: Dash's own and assets/.

A twin carries the modification time of its source, and is current exactly while the two are equal.
"""

import gzip
import importlib.util
import os
import re
import sys
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / "compressed"
PACKAGES = ("dash", "dash_bootstrap_components")
KINDS = {".css", ".geojson", ".js", ".json", ".svg"}
# Never sent: the stock plotly.js (ours is build/front), MathJax, what is not minified, tables, notebooks.
UNUSED = re.compile(
    r"plotly\.min|mathjax|(^|/)deps/(?!.*\.min\.)|\.dev\.|dash_table|nbextension|labextension|extract-meta"
    r"|metadata\.json|package-info\.json"
)


def compress_tree(source: Path, target: Path) -> int:
    """Compress each text file under `source` to `target`/<its path>.br and .gz; how many were not current."""
    count = 0
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if path.suffix not in KINDS or UNUSED.search(name) or not path.is_file():
            continue
        twins = {kind: target / f"{name}.{kind}" for kind in ("br", "gz")}
        times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
        if all(twin.is_file() and twin.stat().st_mtime_ns == times[1] for twin in twins.values()):
            continue
        content = path.read_bytes()
        twins["br"].parent.mkdir(parents=True, exist_ok=True)
        twins["br"].write_bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=11))
        twins["gz"].write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
        for twin in twins.values():
            os.utime(twin, ns=times)
        count += 1
    return count


def main() -> int:
    """Compress the component suites of Dash and our assets into build/compressed/<package or assets>/."""
    sources = {"assets": ROOT / "assets"}
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            print(f"{package} yüklü değil. / {package} is not installed.", file=sys.stderr)
            return 1
        sources[package] = Path(spec.origin).parent
    if count := sum(compress_tree(source, TARGET / name) for name, source in sources.items()):
        print(f"==> Sıkıştırılan dosyalar / files compressed: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
