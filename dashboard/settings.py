"""Environment -> one frozen Settings; nothing else in the package reads os.environ."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
Audience = Literal["public", "internal"]


@dataclass(frozen=True)
class Settings:
    """What one running app is told. `data` holds `current` and the generations it names."""

    audience: Audience = "public"
    data: Path = ROOT / "var" / "releases"
    front: Path = ROOT / "build" / "front"
    assets: Path = ROOT / "assets"
    compressed: Path = ROOT / "build" / "compressed"
    base_url: str = "http://127.0.0.1:8050"
    https: bool = False
    secret_key: str = ""
    max_body: int = 64 * 1024
    query_ms: int = 5_000
    duckdb_threads: int = 2
    cache_type: str = "SimpleCache"


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read KARNE_* variables; unset ones keep the defaults."""
    env = os.environ if env is None else env
    audience: Audience = "internal" if env.get("KARNE_AUDIENCE") == "internal" else "public"
    folder = {"public": "releases", "internal": "warehouse"}[audience]
    var = Path(env.get("KARNE_VAR", ROOT / "var"))
    base_url = env.get("KARNE_BASE_URL", "http://127.0.0.1:8050").rstrip("/")
    return Settings(
        audience=audience,
        data=var / folder,
        base_url=base_url,
        https=base_url.startswith("https://"),
        secret_key=env.get("KARNE_SECRET_KEY", ""),
        cache_type=env.get("KARNE_CACHE", "SimpleCache"),
    )
