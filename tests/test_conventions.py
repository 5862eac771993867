"""The house rules that no linter sees, over every file of the project.

A rule is a function (path, text) -> what is wrong. Each has an example below on which it must fail, so that a
rule that has stopped working is noticed; an example that would break this file too is built from pieces.
"""

import ast
import hashlib
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("KARNE_SHARED", ROOT.parent / "shared"))
Rule = Callable[[Path, str], Iterator[str]]

MODULE_LINES, SQL_LINES, FUNCTION_LINES = 400, 90, 60
PACKAGES = ("dashboard", "etl")
VAGUE_NAMES = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
SQL = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bupdate\s+\w+\s+set\b|\bdelete\s+from\b|\bdrop\s+(table|view|schema)\b"
    r"|\bcreate\s+(or\s+replace\s+)?(temp(orary)?\s+)?(table|view|schema)\b",
    re.IGNORECASE | re.DOTALL,
)
# Where packages are fetched from, and folders of one machine.
PLACES = re.compile(
    "|".join(
        [
            "py" + r"pi\.org",
            "python" + "hosted",
            r"registry\." + "npm",
            r"/(root|home)" + r"/\w",
            "/wo" + "rk/",
        ]
    )
)
EMOJI = re.compile("[\U0001f000-\U0001faff\ufe0f]")
PLACEHOLDER = re.compile(r"\{(\w+)[^{}]*\}")


@cache
def tracked() -> dict[Path, str]:
    """Every text file git tracks or would track, by its path inside the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    files = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in path.read_bytes()[:1024]:
            files[Path(name)] = path.read_bytes().decode("utf-8", errors="replace")
    return files


def is_python(path: Path, *folders: str) -> bool:
    return path.suffix == ".py" and (not folders or path.parts[0] in folders)


def docstrings(tree: ast.Module) -> set[ast.AST]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr)
    }


def module_is_short(path: Path, text: str) -> Iterator[str]:
    limit = {".py": MODULE_LINES, ".mjs": MODULE_LINES, ".js": MODULE_LINES, ".sql": SQL_LINES}.get(
        path.suffix
    )
    lines = len(text.splitlines())
    if limit and lines > limit and path != Path("warehouse.duckdb.sql"):
        yield f"{lines} lines, at most {limit}"


def function_is_short(path: Path, text: str) -> Iterator[str]:
    if is_python(path, *PACKAGES, "karne.py", "tools"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    yield f"{node.name}: {lines} lines, at most {FUNCTION_LINES}"


def module_name_says_something(path: Path, text: str) -> Iterator[str]:
    yield from (
        f"vague name: {part}" for part in (*path.parts[:-1], path.stem) if part.lower() in VAGUE_NAMES
    )


def module_says_its_responsibility(path: Path, text: str) -> Iterator[str]:
    if (
        is_python(path, *PACKAGES, "karne.py", "tools", "bench")
        and text.strip()
        and not ast.get_docstring(ast.parse(text))
    ):
        yield "no module docstring"


def module_does_nothing_on_import(path: Path, text: str) -> Iterator[str]:
    quiet = (
        ast.Import,
        ast.ImportFrom,
        ast.Assign,
        ast.AnnAssign,
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
    )
    if is_python(path, *PACKAGES, "karne.py", "tools", "bench") and path != Path("dashboard/wsgi.py"):
        for node in ast.parse(text).body:
            is_guard = isinstance(node, ast.If) and ast.unparse(node.test) in (
                "__name__ == '__main__'",
                "TYPE_CHECKING",
            )
            is_note = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not (isinstance(node, quiet) or is_guard or is_note):
                yield f"line {node.lineno} runs on import"


def sql_is_in_sql_files(path: Path, text: str) -> Iterator[str]:
    if is_python(path, *PACKAGES, "karne.py", "tools", "bench"):
        tree = ast.parse(text)
        said = docstrings(tree)
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said
            if is_text and SQL.search(node.value):
                yield f"line {node.lineno}: SQL in a Python string"


def dash_silences_nothing(path: Path, text: str) -> Iterator[str]:
    if is_python(path, "dashboard"):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.keyword) and node.arg in (
                "suppress_callback_exceptions",
                "allow_duplicate",
            ):
                yield f"{node.arg} hides a typo or a second writer"


def callback_takes_only_ids_from_its_page(path: Path, text: str) -> Iterator[str]:
    if path.parts[:2] == ("dashboard", "callbacks") and path.suffix == ".py":
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dashboard.pages."):
                yield from (
                    f"imports {name.name} from {node.module}" for name in node.names if name.name != "Ids"
                )
            if isinstance(node, ast.Import | ast.ImportFrom) and "dashboard.pages" in [
                getattr(node, "module", None), *(name.name for name in node.names),
            ]:  # fmt: skip
                yield "imports the pages package"


def dashboard_reads_marts_only(path: Path, text: str) -> Iterator[str]:
    if path.suffix == ".sql" and path.parts[0] == "dashboard":
        code = re.sub(r"--.*", "", text.lower())
        own = set(re.findall(r"\b(\w+)\s+as\s+(?:not\s+)?(?:materialized\s+)?\(", code))
        for schema, name, call in re.findall(r"\b(?:from|join)\s+(?:(\w+)\.)?(\w+)(\s*\()?", code):
            if schema not in ("mart", "meta", "information_schema") and not call and name not in own:
                yield f"reads {schema or '?'}.{name}"
        if re.search(r"\bstaging\.|\bread_\w+\s*\(", code):
            yield "reaches past mart and meta"


def sql_takes_values_by_name(path: Path, text: str) -> Iterator[str]:
    if path.suffix == ".sql" and re.search(r"\?|\{\w*\}|%s|\$\d", re.sub(r"--.*|'[^']*'", "", text)):
        yield "a value that is not a $name parameter"


def names_no_machine_or_registry(path: Path, text: str) -> Iterator[str]:
    yield from (f"names {found.group()}" for found in PLACES.finditer(text))


def assets_name_no_other_host(path: Path, text: str) -> Iterator[str]:
    """No style sheet, script or template may fetch from outside; names of XML spaces are no addresses."""
    if path.suffix in (".css", ".scss", ".js", ".mjs", ".cjs") or "templates" in path.parts:
        code = re.sub(r"(?m)^\s*(//|\*).*", "", text).replace("http://www.w3.org/", "")
        yield from (f"names {found.group()}" for found in re.finditer(r"(https?:)?//[\w-]+\.[\w.-]+", code))


def has_no_emoji(path: Path, text: str) -> Iterator[str]:
    yield from (f"emoji U+{ord(found.group()):X}" for found in EMOJI.finditer(text))


@cache
def cities() -> re.Pattern[str]:
    """Every municipality of the roster, as its id or its name."""
    roster = yaml.safe_load((ROOT / "etl" / "registry" / "cities.yml").read_text("utf-8"))
    named = [entry["city"] for entry in roster["pilots"] if entry["state"] == "named"]
    words = {word for city in named for word in (city["id"], city["name"]["tr"])}
    return re.compile(rf"\b({'|'.join(sorted(words))})\b")


def code_knows_no_city(path: Path, text: str) -> Iterator[str]:
    """The same code serves any roster; an example in a docstring or a comment is welcome."""
    if path.parts[0] not in (*PACKAGES, "assets", "karne.py"):
        return
    if path.suffix == ".py":
        tree = ast.parse(text)
        said = docstrings(tree)
        constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in said)
        text = "\n".join(node.value for node in constants if isinstance(node.value, str))
    elif path.suffix in (".js", ".mjs", ".sql", ".html"):
        text = re.sub(r"--.*|//.*|(?s:/\*.*?\*/|\{#.*?#\})", "", text)
    else:
        return
    yield from (f"knows {found.group()}" for found in cities().finditer(text))


def leaves_nothing_to_do(path: Path, text: str) -> Iterator[str]:
    if path.suffix in (".py", ".sql", ".js", ".mjs", ".cjs", ".css", ".scss", ".yml"):
        yield from (
            f"{found.group()} in code"
            for found in re.finditer(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b", text)
        )


RULES: dict[Rule, tuple[str, str]] = {  # the rule -> a path and a text that break it
    module_is_short: ("etl/long.py", "x = 1\n" * (MODULE_LINES + 1)),
    function_is_short: ("etl/long.py", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
    module_name_says_something: ("dashboard/utils.py", ""),
    module_says_its_responsibility: ("etl/silent.py", "X = 1\n"),
    module_does_nothing_on_import: ("dashboard/busy.py", '"""Busy."""\nprint("on import")\n'),
    sql_is_in_sql_files: ("etl/build.py", 'QUERY = f"SELECT value FROM {table}"\n'),
    dash_silences_nothing: ("dashboard/app.py", "app = Dash(suppress_callback_exceptions=True)\n"),
    callback_takes_only_ids_from_its_page: (
        "dashboard/callbacks/a.py",
        "from dashboard.pages.a import Ids, layout\n",
    ),
    dashboard_reads_marts_only: (
        "dashboard/queries/a.sql",
        "SELECT 1 FROM mart.a JOIN staging.observation USING (b)",
    ),
    sql_takes_values_by_name: ("etl/sql/a.sql", "SELECT {column} FROM mart.a WHERE b = ?"),
    names_no_machine_or_registry: ("README.md", "see /ro" + "ot/here"),
    assets_name_no_other_host: ("assets/css/a.css", '@import url("//fonts.example.org/a.css");\n'),
    has_no_emoji: ("dashboard/text/tr.yml", "title: \U0001f600\n"),
    code_knows_no_city: ("dashboard/pages/a.py", 'DEFAULT = "ankara"\n'),
    leaves_nothing_to_do: ("etl/a.py", "# TO" + "DO later\n"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_can_fail(rule: Rule) -> None:
    path, text = RULES[rule]
    assert list(rule(Path(path), text))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_rule_holds(rule: Rule) -> None:
    assert [f"{path}: {fault}" for path, text in tracked().items() for fault in rule(path, text)] == []


def test_rules_see_the_project() -> None:
    assert {"dashboard", "etl", "tests"} <= {path.parts[0] for path in tracked()}
    assert len(tracked()) > 100


def flat(texts: Any, prefix: str = "") -> dict[str, set[str]]:
    """Every leaf of a text catalogue by its dotted key, with the names of its placeholders."""
    if isinstance(texts, dict):
        return dict(
            chain.from_iterable(flat(value, f"{prefix}.{key}").items() for key, value in texts.items())
        )
    if isinstance(texts, list):
        return dict(
            chain.from_iterable(flat(value, f"{prefix}.{i}").items() for i, value in enumerate(texts))
        )
    return {prefix: set(PLACEHOLDER.findall(str(texts)))}


def untranslated(turkish: Any, english: Any) -> list[str]:
    """Keys that only one language has, or whose placeholders differ."""
    one, other = flat(turkish), flat(english)
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))


def test_interface_words_are_complete_in_both_languages() -> None:
    folder = ROOT / "dashboard" / "text"
    for name in ("{}.yml", *("{}/" + path.name for path in (folder / "tr").glob("*.yml"))):
        turkish, english = (
            yaml.safe_load((folder / name.format(language)).read_text("utf-8")) for language in ("tr", "en")
        )
        assert len(flat(turkish)) > 5
        assert untranslated(turkish, english) == [], name
    assert {path.name for path in (folder / "en").glob("*.yml")} == {
        path.name for path in (folder / "tr").glob("*.yml")
    }


def test_etl_sentences_are_complete_in_both_languages() -> None:
    sentences = yaml.safe_load((ROOT / "etl" / "sentences.yml").read_text("utf-8"))
    assert [
        key
        for key, texts in sentences.items()
        if set(texts) != {"tr", "en"} or untranslated(texts["tr"], texts["en"])
    ] == []


@pytest.mark.parametrize(
    ("turkish", "english"),
    [({"a": "x"}, {}), ({"a": "{count} kent"}, {"a": "{number} cities"}), ({"a": ["x", "y"]}, {"a": ["x"]})],
)
def test_a_missing_translation_is_seen(turkish: Any, english: Any) -> None:
    assert untranslated(turkish, english)


def test_no_file_is_a_copy_of_a_shared_one() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no shared folder at {SHARED}")
    shared = {
        hashlib.sha256(path.read_bytes()).digest()
        for path in SHARED.rglob("*")
        if path.is_file() and path.stat().st_size > 64
    }
    assert shared
    assert [
        str(path) for path in tracked() if hashlib.sha256((ROOT / path).read_bytes()).digest() in shared
    ] == []


def test_files_of_tests_have_names_of_their_own() -> None:
    """Two of one name in different folders cannot be collected together."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
