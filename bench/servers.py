"""Starts and stops the servers a measurement needs, each on its own loopback port, each by its process id."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build" / "bench"
PATIENCE = 60  # seconds until a server must answer
STRAGGLERS = 4  # seconds from the first worker's answer until every one is there


@contextmanager
def app(var: Path, port: int) -> Iterator[str]:
    """The product as it is served, over the release in `var`; gives its base address."""
    environment = {"KARNE_VAR": str(var), "KARNE_BASE_URL": f"http://127.0.0.1:{port}"}
    with _running([sys.executable, "-m", "karne", "serve", "--port", str(port)], environment, port) as base:
        yield base


@contextmanager
def static_pages(folder: Path, port: int) -> Iterator[str]:
    """A folder of finished pages behind the same kind of server."""
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "8",
               "--bind", f"127.0.0.1:{port}", "--log-level", "warning", "bench.static_page:application"]  # fmt: skip
    with _running(command, {"BENCH_STATIC": str(folder)}, port) as base:
        yield base


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[str]:
    base = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        _await(process, base)
        yield base
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _await(process: subprocess.Popen[bytes], base: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        try:
            with urllib.request.urlopen(base, timeout=10):
                # The other workers, too: a connection stays with the worker that takes it.
                time.sleep(STRAGGLERS)
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{base} did not answer within {PATIENCE} s")
