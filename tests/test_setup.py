"""Set-up: the locks, the front-end files and the sentences a newcomer reads when something is missing."""

import ast
import gzip
import hashlib
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import brotli
import dash
import plotly.offline
import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
FRONT = ROOT / "build" / "front"
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/setup.py as a module, at work in an empty folder."""
    spec = importlib.util.spec_from_file_location("karne_setup", ROOT / "tools" / "setup.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "BUILD", tmp_path / "build")
    monkeypatch.setattr(module, "LOG", tmp_path / "build" / "setup.log")
    (tmp_path / "build").mkdir()
    return module


def spoken(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said: exactly one line, and no traceback."""
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    return said


def stand_in(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


# ---------------------------------------------------------------------------------------- locks


def locked(name: str) -> dict[str, list[str]]:
    """Requirement -> its hashes."""
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / name).read_text("utf-8"))
    blocks = re.split(r"\n+(?=\S)", text.strip())
    return {block.split()[0]: re.findall(r"--hash=sha256:([0-9a-f]{64})", block) for block in blocks}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_has_exact_versions_hashes_and_no_address(name: str) -> None:
    requirements = locked(name)
    assert all("==" in requirement for requirement in requirements)
    assert [requirement for requirement, hashes in requirements.items() if not hashes] == []
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("package", ["duckdb", "numpy", "orjson", "pandas", "python-calamine"])
def test_lock_covers_linux_and_macos_on_every_python(package: str) -> None:
    (hashes,) = [
        found for requirement, found in locked(LOCKS[0]).items() if requirement.startswith(f"{package}==")
    ]
    assert len(hashes) >= 3 * 4  # three Pythons; Linux and macOS, each x86_64 and arm64


@pytest.mark.parametrize("name", LOCKS)
def test_each_dependency_has_its_reason_and_is_locked(name: str) -> None:
    lines = (ROOT / name.replace(".lock", ".in")).read_text("utf-8").splitlines()
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    assert len(wanted) > 5
    assert [line for line in wanted if "  # " not in line] == []
    packages = {requirement.split("==")[0] for requirement in locked(name)}
    assert {re.split(r"[=\s]", line)[0] for line in wanted} <= packages


def test_tests_run_on_what_the_product_runs_on() -> None:
    product, tests = ({r.split("==")[0]: r for r in locked(name)} for name in LOCKS)
    assert [tests[name] for name in product.keys() & tests.keys() if product[name] != tests[name]] == []


def test_npm_lock_has_hashes_and_no_download_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    del packages[""]
    assert len(packages) > 100
    assert [name for name, entry in packages.items() if "integrity" not in entry or "resolved" in entry] == []


# ------------------------------------------------------------------------------------ front end


@pytest.fixture(scope="module")
def manifest() -> dict[str, str]:
    """Name -> content-named file in build/front."""
    files: dict[str, str] = json.loads((FRONT / "manifest.json").read_text("utf-8"))["files"]
    return files


@pytest.fixture(scope="module")
def bundle(manifest: dict[str, str]) -> str:
    return (FRONT / manifest["plotly.js"]).read_text("utf-8")


def test_bundle_is_the_plotly_js_that_plotly_py_speaks() -> None:
    version = json.loads((FRONT / "manifest.json").read_text("utf-8"))["plotly_version"]
    assert version == plotly.offline.get_plotlyjs_version()


def test_bundle_is_of_that_version(bundle: str) -> None:
    assert f'.version="{plotly.offline.get_plotlyjs_version()}"' in bundle


def test_bundle_names_no_address_it_would_ask_by_itself(bundle: str) -> None:
    """The two that plotly.js holds as defaults are overridden by the app; the rest are names and prose."""
    prose = re.compile(r"https?://(www\.w3\.org|github\.com/d3|plotly\.com)/")
    hosts = {
        re.split(r"[/\"'`]", address)[2]
        for address in re.findall(r"https?://[^\s\"'`]+", bundle)
        if not prose.match(address)
    }
    assert hosts <= {"cdn.plot.ly", "cloud.plotly.com"}


def test_style_sheets_ask_only_for_our_own_files(manifest: dict[str, str]) -> None:
    addresses = re.findall(r"url\(\"?([^)\"]+)", (FRONT / manifest["fonts.css"]).read_text("utf-8"))
    assert [address for address in addresses if address not in manifest.values()] == []


def compressed(path: Path, encoding: str) -> bytes:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return (ROOT / "build" / "compressed" / f"{digest}.{encoding}").read_bytes()


def test_every_text_file_is_compressed_ahead(manifest: dict[str, str]) -> None:
    for path in (FRONT / name for name in manifest.values() if not name.endswith(".woff2")):
        assert brotli.decompress(compressed(path, "br")) == path.read_bytes()
        assert gzip.decompress(compressed(path, "gzip")) == path.read_bytes()


def test_what_dash_sends_on_every_page_is_compressed_ahead() -> None:
    suites = Path(dash.__file__).parent
    for name in (
        "dash-renderer/build/dash_renderer.min.js",
        "dcc/dash_core_components.js",
        "dcc/async-graph.js",
    ):
        assert brotli.decompress(compressed(suites / name, "br")) == (suites / name).read_bytes()


def test_front_end_stays_light(manifest: dict[str, str]) -> None:
    assert len(compressed(FRONT / manifest["plotly.js"], "br")) < 400_000
    assert (
        sum((FRONT / name).stat().st_size for name in manifest.values() if name.endswith(".woff2")) < 40_000
    )


def test_fonts_hold_turkish_the_lira_and_the_signs_of_a_value(manifest: dict[str, str]) -> None:
    letters: set[int] = set()
    for name in (name for name in manifest if name.endswith(".woff2")):
        letters |= set(TTFont(FRONT / manifest[name]).getBestCmap())
    assert [letter for letter in "çÇğĞıIiİöÖşŞüÜâîû₺%–−’▧◐✓✕○●" if ord(letter) not in letters] == []


def test_digits_line_up_in_columns(manifest: dict[str, str]) -> None:
    font = TTFont(FRONT / manifest["source-sans-3-latin.woff2"])
    letters = font.getBestCmap()
    assert len({font["hmtx"][letters[ord(digit)]][0] for digit in "0123456789"}) == 1


# -------------------------------------------------------------------------------- the sentences


def test_setup_is_readable_by_an_old_python() -> None:
    ast.parse((ROOT / "tools" / "setup.py").read_text("utf-8"), feature_version=(3, 6))


def test_old_python(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert setup.main(["python"]) == 1
    assert "3.9.18" in spoken(capsys)


def test_missing_node(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (setup.ROOT / "package-lock.json").write_text("{}")
    monkeypatch.setenv("PATH", str(setup.ROOT))
    assert setup.main(["front"]) == 1
    assert "Node.js 18" in spoken(capsys)


def test_old_node(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (setup.ROOT / "package-lock.json").write_text("{}")
    stand_in(setup.ROOT, "node", "echo v16.20.2")
    stand_in(setup.ROOT, "npm", "exit 0")
    monkeypatch.setenv("PATH", str(setup.ROOT))
    assert setup.main(["front"]) == 1
    assert "v16.20.2" in spoken(capsys)


def test_port_in_use(setup: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert setup.main([f"port={port}"]) == 1
    assert f"PORT={port + 1}" in spoken(capsys)
    assert setup.main([f"port={port}"]) == 0


@pytest.mark.parametrize("port", ["", "0", "80x", "70000"])
def test_port_that_is_none(setup: ModuleType, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert setup.main([f"port={port}"]) == 1
    assert "65535" in spoken(capsys)


def test_no_permission_to_write(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert setup.main(["python"]) == 1
    assert str(setup.ROOT) in spoken(capsys)


@pytest.mark.parametrize(
    "complaint",
    [
        "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError'",
        "npm error code EAI_AGAIN",
        "E: Temporary failure resolving 'example'",
    ],
)
def test_no_network(setup: ModuleType, complaint: str) -> None:
    with pytest.raises(setup.SetupError, match="ağ bağlantısı yok"):
        setup.run_logged("x", ["sh", "-c", f'echo "{complaint}"; exit 1'])


def test_any_other_failure_names_the_step_and_the_log(setup: ModuleType) -> None:
    with pytest.raises(setup.SetupError, match=r"paketler.*build/setup.log"):
        setup.run_logged("paketler", ["sh", "-c", "echo hashes do not match; exit 1"])
    assert "hashes do not match" in setup.LOG.read_text("utf-8")


def test_chromium_is_asked_for_when_it_cannot_be_installed(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(setup.ROOT))
    assert setup.main(["browser"]) == 0
    assert "apt-get install chromium" in capsys.readouterr().out


def test_nothing_is_done_twice(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """npm and node here only take note that they were called."""
    (setup.ROOT / "package-lock.json").write_text("{}")
    (setup.ROOT / "frontend").mkdir()
    (setup.ROOT / "bin").mkdir()
    calls = setup.ROOT / "calls"
    stand_in(setup.ROOT / "bin", "npm", f"mkdir -p '{setup.ROOT}/node_modules'; echo npm >> '{calls}'")
    builds = f"mkdir -p '{setup.ROOT}/build/front'; echo node >> '{calls}'"
    stand_in(setup.ROOT / "bin", "node", f'[ "$1" = --version ] && echo v20.1.0 || {{ {builds}; }}')
    monkeypatch.setenv("PATH", f"{setup.ROOT / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def run() -> list[str]:
        calls.write_text("")
        assert setup.main(["front"]) == 0
        return calls.read_text().split()

    assert run() == ["npm", "node"]
    assert run() == []
    (setup.ROOT / "frontend" / "build.mjs").write_text("changed")
    assert run() == ["node"]
    (setup.ROOT / "package-lock.json").write_text('{"changed": true}')
    assert run() == ["npm", "node"]


def test_make_passes_over_an_old_python(tmp_path: Path) -> None:
    stand_in(tmp_path, "python3", "exit 1")
    stand_in(tmp_path, "python3.11", f'exec "{sys.executable}" "$@"')
    for tool in ("find", "make", "sh"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    plan = ["make", "--dry-run", "setup"]
    answer = subprocess.run(
        plan, cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    assert "python3.11 tools/setup.py" in answer.stdout
