"""Sets the project up: Python packages, front-end files, test browser; a plain sentence for what is missing.

Plain standard library, and no syntax newer than Python 3.6: an old Python must get its sentence, not a
SyntaxError. Every step is skipped while its stamp, a hash of all that decides its result, is current.
"""

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
LOG = BUILD / "setup.log"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
NETWORK_FAULT = re.compile(
    r"NewConnectionError|Failed to establish|ConnectTimeout|ReadTimeout|Max retries|Connection refused"
    r"|Temporary failure|Name or service not known|Could not resolve|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT"
)
SENTENCES = {  # what stops the set-up: Turkish, English
    "python": (
        "Python 3.11 veya üstü gerekli; bulunan: {found}.",
        "Python 3.11 or newer is needed; found: {found}.",
    ),
    "venv": (
        "Python'un venv modülü eksik (Debian: apt-get install python3-venv).",
        "Python's venv module is missing (Debian: apt-get install python3-venv).",
    ),
    "node": (
        "Node.js 18 veya üstü (npm ile) gerekli; bulunan: {found}.",
        "Node.js 18 or newer (with npm) is needed; found: {found}.",
    ),
    "write": (
        "Bu klasöre yazma izni yok: {path}.",
        "No permission to write to this folder: {path}.",
    ),
    "port": (
        "{port} numaralı kapı kullanımda; başka bir kapı seçin: make run PORT={other}.",
        "Port {port} is in use; choose another one: make run PORT={other}.",
    ),
    "port_value": (
        "PORT 1 ile 65535 arasında bir sayı olmalı: {port}.",
        "PORT must be a number from 1 to 65535: {port}.",
    ),
    "network": (
        "Paketler indirilemedi: ağ bağlantısı yok ya da kesildi (ayrıntı: {log}).",
        "Packages could not be downloaded: no network, or it broke off (details: {log}).",
    ),
    "step": (
        "Bu adım tamamlanamadı: {step} (ayrıntı: {log}).",
        "This step could not be completed: {step} (details: {log}).",
    ),
    "chromium": (
        "Tarayıcı testleri Chromium ister: apt-get install chromium (root olarak).",
        "Browser tests need Chromium: apt-get install chromium (as root).",
    ),
}


def sentence(key, **facts):
    return " / ".join(text.format(**facts) for text in SENTENCES[key])


class SetupError(Exception):
    """What stops the set-up, as the one sentence that the user reads."""

    def __init__(self, key, **facts):
        super().__init__(sentence(key, **facts))


def say(text):
    print(text, flush=True)


def digest(*parts):
    """One hash over files (their bytes), folders (all files in them) and plain texts."""
    total = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        if not isinstance(part, Path):
            total.update(str(part).encode())
            continue
        for path in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if path.is_file():
                total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def is_current(stamp, key):
    return stamp.is_file() and stamp.read_text() == key


def run_logged(step, command, total=None, counted=None, env=None):
    """Runs one command, its output in the log; on a terminal counts lines that begin with `counted`."""
    started, count, live = time.time(), 0, sys.stdout.isatty()
    say("==> {}".format(step))
    output = []
    options = {
        "cwd": str(ROOT),
        "env": dict(os.environ, **(env or {})),
        "errors": "replace",
        "stderr": subprocess.STDOUT,
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "universal_newlines": True,
    }
    words = [str(word) for word in command]
    with LOG.open("a", encoding="utf-8") as log, subprocess.Popen(words, **options) as process:
        log.write("\n$ {}\n".format(" ".join(words)))
        for line in process.stdout:
            log.write(line)
            output.append(line)
            if live and counted and line.startswith(counted):
                count += 1
                print("\r    {}/{} {:<40.40}".format(count, total, line.split()[1]), end="", flush=True)
    if count:
        print("\r" + " " * 60, end="\r")
    if process.returncode != 0:
        fault = "network" if NETWORK_FAULT.search("".join(output)) else "step"
        raise SetupError(fault, step=step, log=LOG.relative_to(ROOT))
    say("    {:.0f} s".format(time.time() - started))


def check_python():
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError("python", found=".".join(map(str, sys.version_info[:3])))
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError("venv") from None


def check_writable():
    for folder in (ROOT, BUILD, VENV):
        if folder.exists() and not os.access(str(folder), os.W_OK):
            raise SetupError("write", path=folder)
    try:
        BUILD.mkdir(exist_ok=True)
    except OSError:
        raise SetupError("write", path=ROOT) from None


def check_node():
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise SetupError("node", found="yok / none")
    found = subprocess.run(
        [node, "--version"], stdout=subprocess.PIPE, universal_newlines=True
    ).stdout.strip()
    if int(re.sub(r"\D.*", "", found.lstrip("v")) or 0) < OLDEST_NODE:
        raise SetupError("node", found=found or "?")


def install(step, lock):
    """Installs exactly what a lock file lists, each file checked against its hash."""
    total = len(re.findall(r"^\S+==", lock.read_text(), re.M))
    pip = [VENV / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    flags = [
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--progress-bar",
        "off",
        "--retries",
        "2",
    ]
    run_logged("{} ({})".format(step, total), pip + ["install"] + flags + ["-r", lock], total, "Collecting")
    return pip


def set_up_python():
    check_python()
    check_writable()
    stamp = VENV / ".runtime"
    lock = ROOT / "requirements.lock"
    key = digest(lock, ROOT / "pyproject.toml", sys.version)
    if is_current(stamp, key):
        return
    library = VENV / "lib" / "python{}.{}".format(*sys.version_info)
    if not (stamp.is_file() and library.is_dir()):
        run_logged(
            "Python ortamı / Python environment: .venv", [sys.executable, "-m", "venv", "--clear", VENV]
        )
    pip = install("Python paketleri / Python packages", lock)
    own = ["install", "--no-deps", "--no-build-isolation", "--progress-bar", "off", "--editable", ROOT]
    run_logged("karne komutu / karne command", pip + own)
    stamp.write_text(key)


def set_up_dev():
    set_up_python()
    stamp = VENV / ".dev"
    lock = ROOT / "requirements-dev.lock"
    key = digest(lock, VENV / ".runtime")
    if is_current(stamp, key):
        return
    install("Test araçları / test tools", lock)
    stamp.write_text(key)


def set_up_front():
    check_writable()
    stamp = BUILD / "front" / ".stamp"
    key = digest(ROOT / "package-lock.json", ROOT / "frontend")
    if is_current(stamp, key):
        return
    check_node()
    installed = ROOT / "node_modules" / ".stamp"
    packages = digest(ROOT / "package-lock.json")
    if not is_current(installed, packages):
        flags = [
            "--omit=dev",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--fetch-retry-mintimeout=2000",
        ]
        run_logged("Ön yüz paketleri / front-end packages", ["npm", "ci"] + flags)
        installed.write_text(packages)
    run_logged("Ön yüz dosyaları / front-end files: build/front", ["node", ROOT / "frontend" / "build.mjs"])
    stamp.write_text(key)


def set_up_browser():
    """Debian's Chromium, installed when we are root; browser tests fail with the same sentence without it."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    if any(name and shutil.which(name) for name in names):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(sentence("chromium"))
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run_logged("Paket listesi / package list", ["apt-get", "-qq", "update"], env=quiet)
    packages = ["chromium", "fonts-dejavu-core"]
    run_logged(
        "Chromium", ["apt-get", "-qq", "install", "-y", "--no-install-recommends"] + packages, env=quiet
    )


def check_port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise SetupError("port_value", port=text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError:
            raise SetupError("port", port=text, other=int(text) % 65535 + 1) from None


STEPS = {
    "python": set_up_python,
    "dev": set_up_dev,
    "front": set_up_front,
    "browser": set_up_browser,
}


def main(words):
    """`setup.py STEP… [port=N]`: the steps in order; exit code 1 and one sentence when one cannot be done."""
    try:
        for word in words:
            if word.startswith("port="):
                check_port(word[len("port=") :])
            else:
                STEPS[word]()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(sentence("write", path=error.filename), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
