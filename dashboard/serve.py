"""`karne serve`: gunicorn on one port, after everything a first visitor would wait for is done."""

import argparse
import os
import re
import socket
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dash import Dash
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from dashboard.app import create_app
from dashboard.errors import WarehouseMissing
from dashboard.settings import Settings, from_environment
from dashboard.warehouse import Warehouse

SENTENCES = {
    "port": "{host}:{port} kullanımda; PORT=… ile başka bir kapı verin. / "
    "{host}:{port} is in use; give another with PORT=….",
    "data": "Serviste veri yok; önce `karne build` çalıştırın. / "
    "No data in service; run `karne build` first.",
}


class _Server(BaseApplication):
    """Gunicorn around one app, built in each worker."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self._settings, self._options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """The app of one worker. The parent never makes one: a DuckDB handle must not cross the fork."""
        try:
            app = create_app(self._settings)
            warm(app)
        except WarehouseMissing as missing:
            print(f"{SENTENCES['data']} ({missing})", file=sys.stderr)
            sys.exit(Arbiter.APP_LOAD_ERROR)
        return app.server


def warm(app: Dash) -> None:
    """Ask for the first page and every script once: closes Dash's first-request race, fills the stores."""
    with app.server.test_client() as client:
        client.get("/_dash-dependencies")
        first = client.get("/").get_data(as_text=True)
        for address in re.findall(r'src="(/(?:static|_dash)[^"]+)"', first):
            for encoding in ("br", "gzip"):
                client.get(address, headers={"Accept-Encoding": encoding}).close()


def main(argv: Sequence[str]) -> int:
    """Serve until stopped; 2 when there is nothing to serve or nowhere to serve it."""
    parser = argparse.ArgumentParser(prog="karne serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8050)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--threads", type=int, default=4)
    args = parser.parse_args(argv)
    settings = from_environment()
    if settings.base_url == Settings.base_url:
        settings = replace(settings, base_url=f"http://{args.host}:{args.port}")
    if _taken(args.host, args.port):
        print(SENTENCES["port"].format(host=args.host, port=args.port), file=sys.stderr)
        return 2
    try:
        Warehouse(settings.data).generation()
    except WarehouseMissing:
        print(SENTENCES["data"], file=sys.stderr)
        return 2

    def announce(worker: Worker) -> None:
        if worker.age == 1:
            print(f"Kent Karnesi: http://{args.host}:{args.port}", flush=True)

    options = {
        "bind": f"{args.host}:{args.port}",
        "workers": args.workers,
        "threads": args.threads,
        "worker_class": "gthread",
        "timeout": 30,
        "loglevel": "warning",
        "post_worker_init": announce,
    }
    _Server(settings, options).run()
    return 0


def _taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False
