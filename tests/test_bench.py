"""The measuring functions work on small input; nothing here is timed."""

import asyncio
import importlib
import pkgutil
from pathlib import Path

import brotli
import pytest

import bench
from bench import load, static_page
from bench.report import Result, percentile, ratio, table
from dashboard import catalog as catalogs
from dashboard.state import CompareState, address
from dashboard.warehouse import Warehouse


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(bench.__path__)])
def test_every_module_imports(name: str) -> None:
    assert importlib.import_module(f"bench.{name}").__doc__


def test_percentile_takes_the_nearest_rank() -> None:
    values = [float(one) for one in range(1, 101)]
    assert percentile(values, 0.95) == 95
    assert percentile(values, 0.5) == 50
    assert percentile([3.0, 1.0, 2.0], 0.95) == 3
    assert percentile([7.0], 0.5) == 7


def test_a_missed_budget_is_told_and_a_missing_one_is_not() -> None:
    missed, kept = ratio("a", 180, 100, 1.5), ratio("b", 150, 100, 1.5)
    informs = Result("c", 3)
    assert [one.verdict for one in (missed, kept, informs)] == ["NOT ok", "ok", "–"]
    shown = table([missed, kept, informs])
    assert "1.80 ×" in shown
    assert "180 ms / 100 ms" in shown
    assert len({len(line) for line in shown.splitlines()}) == 1


def test_the_static_page_holds_its_figures_and_is_served_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = {"data": [{"type": "bar", "x": [1, 2], "name": "</script>"}], "layout": {}}
    static_page.write(tmp_path, "one", [{"id": "ranking", "width": 600, "height": 300, "figure": figure}])
    monkeypatch.setenv("BENCH_STATIC", str(tmp_path))
    told: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        told.update(headers, status=status)

    (content,) = static_page.application({"PATH_INFO": "/one.html", "HTTP_ACCEPT_ENCODING": "br"}, start)
    assert (told["status"], told["Content-Encoding"]) == ("200 OK", "br")
    page = brotli.decompress(content).decode()
    assert '<div class="plot" id="ranking" style="width:600px;height:300px">' in page
    assert page.count("</script>") == 3
    static_page.application({"PATH_INFO": "/../secret"}, start)
    assert told["status"] == "404 Not Found"


def test_the_states_under_load_differ_and_are_known(release_folder: Path) -> None:
    catalog = catalogs.load(Warehouse(release_folder))
    states = list(load.asked(catalog))
    assert len({state.address for state in states}) == len(states) > 1_000
    for state in states[::50]:
        parsed = CompareState.parse(state.values, catalog)
        assert not parsed.notices
        assert address("/karsilastir", parsed.query()) == state.address


def test_requests_take_turns_and_answers_are_read_whole() -> None:
    callback = {
        "output": "..a.data...b.figure..",
        "inputs": [{"id": "compare-kent", "property": "value"}],
        "state": [],
    }
    first, second = load.requests(
        "http://127.0.0.1:1", [load.Asked("/a", {"kent": "x"}), load.Asked("/b", {"kent": "y"})], callback
    )
    assert first.startswith(b"POST /_dash-update-component HTTP/1.1\r\n")
    assert b'"value":"x"' in first
    assert second.startswith(b"GET /b HTTP/1.1\r\n")

    async def read() -> tuple[bytes, bytes]:
        reader = asyncio.StreamReader()
        reader.feed_data(
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
        )
        return await load.answered(reader), await load.answered(reader)

    assert asyncio.run(read()) == (b"200", b"500")
