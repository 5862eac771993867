"""Fifty visitors at once against the real server: every one asks again as soon as it has its answer.

Half of the requests are first HTMLs, half are callbacks, over kept-alive connections on the loopback. The
clients run in this process and take processor time from the server, so the numbers err on the dark side.
"""

import asyncio
import itertools
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from bench import servers
from bench.report import Result, percentile
from dashboard import catalog as catalogs
from dashboard.catalog import Catalog
from dashboard.state import CompareState, address
from dashboard.warehouse import Warehouse

CLIENTS = 50
REQUESTS = 3_000
LONGEST = 60.0  # seconds a run may take
POPULAR = 40  # states in the cached run
CACHED_MS, UNCACHED_MS = 50, 150
PAGE, PATH = "compare", "/karsilastir"


@dataclass(frozen=True)
class Run:
    """Milliseconds of every request, the statuses that were not 200, and the seconds of it all."""

    latencies: list[float]
    failures: list[bytes]
    seconds: float


def results(var: Path, port: int, name: str) -> Iterator[Result]:
    """p95 with no answer in the cache, and with every one."""
    states = list(itertools.islice(asked(catalogs.load(Warehouse(var / "releases"))), REQUESTS))
    with servers.app(var, port) as app:
        callback = dependency(app)
        run = asyncio.run(attack(app, requests(app, states, callback)))
        yield judged(f"{name}, not cached", run, UNCACHED_MS)
    with servers.app(var, port) as app:
        popular = requests(app, states[:POPULAR], callback)
        asyncio.run(attack(app, popular * 20))  # until every worker has them all
        run = asyncio.run(attack(app, list(itertools.islice(itertools.cycle(popular), REQUESTS))))
        yield judged(f"{name}, cached", run, CACHED_MS)


@dataclass(frozen=True)
class Asked:
    """One state: its address, and the values its controls have."""

    address: str
    values: dict[str, str]


def asked(catalog: Catalog) -> Iterator[Asked]:
    """States of the comparison page, none twice: every round each indicator has another city."""
    cities, indicators = catalog.municipalities, catalog.comparable
    for step in range(len(cities)):
        for number, indicator in enumerate(indicators):
            city = cities[(step + number) % len(cities)].city_id
            for group in ("type", "pilots", "provinces"):
                values = {"kent": city, "gosterge": indicator.indicator_id, "grup": group}
                state = CompareState.parse(values, catalog)
                yield Asked(address(PATH, state.query()), {**values, "donem": state.period})


def dependency(app: str) -> dict[str, Any]:
    """What Dash says of the callback that answers the controls of the comparison page."""
    with urllib.request.urlopen(f"{app}/_dash-dependencies") as answer:
        known: list[dict[str, Any]] = orjson.loads(answer.read())
    return next(one for one in known if any(i["id"] == f"{PAGE}-gosterge" for i in one["inputs"]))


def requests(app: str, states: Sequence[Asked], callback: Mapping[str, Any]) -> list[bytes]:
    """The raw requests of these states, first HTML and callback by turns."""
    host = urlsplit(app).netloc
    head = f"HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n"
    made = []
    for number, state in enumerate(states):
        if number % 2:
            made.append(f"GET {state.address} {head}\r\n".encode())
        else:
            content = body(state.values, callback)
            post = f"POST /_dash-update-component {head}Content-Type: application/json\r\n"
            made.append(f"{post}Content-Length: {len(content)}\r\n\r\n".encode() + content)
    return made


def body(values: Mapping[str, str], callback: Mapping[str, Any]) -> bytes:
    """What the browser posts when the indicator was changed."""
    inputs = [
        {**part, "value": values.get(part["id"].removeprefix(f"{PAGE}-"))} for part in callback["inputs"]
    ]
    outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True))
               for name in callback["output"].strip(".").split("...")]  # fmt: skip
    return orjson.dumps({
        "output": callback["output"], "outputs": outputs, "inputs": inputs,
        "changedPropIds": [f"{PAGE}-gosterge.value"],
        "state": [{**part, "value": {}} for part in callback["state"]],
    })  # fmt: skip


async def attack(app: str, wanted: Sequence[bytes]) -> Run:
    """Send the requests through CLIENTS connections, each waiting for its answer before the next."""
    run, start = Run([], [], 0.0), time.perf_counter()
    queue = iter(wanted)
    place = urlsplit(app)

    async def client() -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        for request in queue:
            if time.perf_counter() - start > LONGEST:
                break
            sent = time.perf_counter()
            writer.write(request)
            status = await answered(reader)
            run.latencies.append((time.perf_counter() - sent) * 1000)
            if status != b"200":
                run.failures.append(status)
        writer.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return Run(run.latencies, run.failures, time.perf_counter() - start)


async def answered(reader: asyncio.StreamReader) -> bytes:
    """Read one answer whole; its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
    return head.split(b" ", 2)[1]


def judged(name: str, run: Run, budget: float) -> Result:
    """p95 of a run; a failed request fails the measure."""
    note = f"p50 {percentile(run.latencies, 0.5):.0f} ms, {len(run.latencies) / run.seconds:.0f} requests/s"
    if run.failures:
        return Result(
            f"server p95, {name}", float("inf"), budget, "ms", f"{len(run.failures)} not answered with 200"
        )
    return Result(f"server p95, {name}", percentile(run.latencies, 0.95), budget, "ms", note)
