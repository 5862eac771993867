"""What the documents say is true: links lead somewhere, names exist, examples print what they show, recipes work."""

import ast
import re
import shlex
import shutil
import struct
import sys
import types
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import dash
import pytest
import yaml

import karne
from dashboard import catalog as catalogs
from dashboard import text as words_of_the_interface
from dashboard.data import Data
from dashboard.pages import PAGES
from dashboard.settings import from_environment
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from etl.method_command import METHODS
from etl.registry import load
from etl.sources.layout import layouts
from tests.conftest import AS_OF

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PLANS = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
SPENDING = (ROOT / "docs" / "spending.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MOST_BYTES = 150 * 1024
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def prose(text: str) -> str:
    """The text without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def fenced(text: str, kind: str) -> list[tuple[str, str]]:
    """(what stands behind the kind, content) of every fenced block of a kind."""
    return re.findall(rf"^```{kind} ?([^\n]*)\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """The fragments a page of Markdown answers to, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", prose(path.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", title.replace("`", "")).strip().lower().replace(" ", "-") for title in titles
    }


# --------------------------------------------------------------------------------- links and pictures


@each_document
def test_every_link_leads_somewhere(path: Path) -> None:
    text = prose(path.read_text(encoding="utf-8"))
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        name, _, fragment = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        if not found.is_file() or (fragment and fragment not in anchors(found)):
            broken.append(target)
    assert broken == []


def test_every_document_is_reached_from_the_readme() -> None:
    found: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        path = waiting.pop()
        if path not in found and path.suffix == ".md":
            found.add(path)
            targets = re.findall(r"\]\(([^)\s#]+)", path.read_text(encoding="utf-8"))
            waiting += [(path.parent / one).resolve() for one in targets if not re.match(r"https?:", one)]
    assert set(DOCUMENTS) <= found


def test_pictures_are_small_and_described() -> None:
    shown = {}
    for path in DOCUMENTS:
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            shown[(path.parent / target).resolve()] = words
    kept = set((ROOT / "docs" / "images").glob("*"))
    assert kept == shown.keys()
    assert all(len(words) > 20 for words in shown.values())
    for path in kept:
        assert path.stat().st_size <= MOST_BYTES, path.name
        assert struct.unpack(">II", path.read_bytes()[16:24]) == (1280, 800), path.name  # of a PNG's IHDR


# ------------------------------------------------------------------------------------------- names


@each_document
def test_targets_of_make_exist(path: Path) -> None:
    known = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"`make ([a-z]+)", text)) | set(re.findall(r"^make ([a-z]+)", text, re.MULTILINE))
    assert named <= known


def test_the_readme_names_every_target_of_make() -> None:
    public = re.findall(
        r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert len(public) >= 8
    assert [name for name in public if f"make {name}" not in README] == []


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit):
        karne.main([*arguments, "--help"])
    return capsys.readouterr().out


def test_the_readme_names_every_command_and_option(capsys: pytest.CaptureFixture[str]) -> None:
    listed = re.findall(r"^    (\w+) ", help_of(capsys), flags=re.MULTILINE)
    assert {"build", "check", "status", "template", "method", "serve"} == set(listed)
    for verb in listed:
        assert f"`karne {verb}" in README
        options = set(re.findall(r"--[a-z-]+", help_of(capsys, verb))) - {"--help"}
        named = set(re.findall(r"--[a-z-]+", README))
        assert options <= named, verb
    assert all(f"karne method {name}" in README for name in METHODS)


@each_document
def test_commands_and_options_exist(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every `karne verb --option` that a document names."""
    text = path.read_text(encoding="utf-8")
    for verb, rest in re.findall(r"(?:`|^\$ |^    )karne ([a-z]+)([^`\n]*)", text, flags=re.MULTILINE):
        known = help_of(capsys, verb)
        assert set(re.findall(r"--[a-z-]+", rest)) <= set(re.findall(r"--[a-z-]+", known)), (verb, rest)


def test_settings_are_those_of_the_readme() -> None:
    """Both ways, and with their defaults."""
    source = (ROOT / "dashboard" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(KARNE_\w+)"', source))
    table = dict(re.findall(r"^\| `(KARNE_\w+)` \| (.*?) \|", README, flags=re.MULTILINE))
    assert table.keys() == read
    settings = from_environment({})
    assert table["KARNE_CACHE"] == f"`{settings.cache_type}`"
    assert table["KARNE_AUDIENCE"] == f"`{settings.audience}`"
    assert table["KARNE_BASE_URL"] == f"`{settings.base_url}`"
    assert table["KARNE_VAR"] == f"`{settings.data.parent.relative_to(ROOT)}`"


@each_document
def test_variables_exist(path: Path) -> None:
    code = [ROOT / "dashboard" / "settings.py", *(ROOT / "tests").rglob("*.py")]
    known = {name for one in code for name in re.findall(r"KARNE_\w+", one.read_text(encoding="utf-8"))}
    assert set(re.findall(r"KARNE_\w+", path.read_text(encoding="utf-8"))) <= known


def test_pages_are_those_of_the_readme() -> None:
    table = re.findall(r"^\| `(/[^`]*)` \| (.+?) \(", README, flags=re.MULTILINE)
    turkish = words_of_the_interface.Words("tr")
    assert dict(table) == {page.path: turkish(f"menu.{page.name}") for page in PAGES}


@each_document
def test_paths_in_code_marks_exist(path: Path) -> None:
    """`etl/build.py` and the like, where the first folder is one of ours; `<name>` stands for anything."""
    ours = {one.name for one in ROOT.iterdir() if one.is_dir()} - {"var", "build", "node_modules"}
    made_here = {name for kind in ("yaml", "csv", "python") for name, _ in fenced(CONTRIBUTING, kind)}
    named = re.findall(r"`([\w.-]+/[\w<>./-]*)`", prose(path.read_text(encoding="utf-8")))
    missing = []
    for name in named:
        pattern = re.sub(r"<\w+>", "*", name.rstrip("/"))
        if name.split("/")[0] in ours and not list(ROOT.glob(pattern)) and name not in made_here:
            missing.append(name)
    assert missing == []


def test_the_tree_names_every_package() -> None:
    packages = [one for one in (ROOT / "dashboard").iterdir() if one.is_dir() and one.name != "__pycache__"]
    packages += [one for one in (ROOT / "etl").iterdir() if one.is_dir() and one.name != "__pycache__"]
    assert [str(one) for one in packages if f"`{one.relative_to(ROOT)}/`" not in ARCHITECTURE] == []


def test_layouts_are_those_described() -> None:
    text = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    table = text.split("## Layouts")[1].split("\n\n")[1]
    assert set(re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)) == layouts().keys()
    columns = {header for column in layouts()["tidy"].columns for header in column.headers}
    assert [header for header in columns if f"`{header}`" not in text] == []


def test_overridden_hooks_of_dash_are_those_listed() -> None:
    tree = ast.parse((ROOT / "dashboard" / "app.py").read_text(encoding="utf-8"))
    own = next(node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == "KarneDash")
    methods = {node.name for node in own.body if isinstance(node, ast.FunctionDef)}
    listed = set(re.findall(r"`Dash\.(\w+)`", ARCHITECTURE))
    assert methods == listed
    assert all(hasattr(dash.Dash, name) for name in listed)


# ---------------------------------------------------------------------------------------- examples


def sessions(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """(arguments, printed lines) of every `$ karne …` in a console block."""
    for _, block in fenced(text, "console"):
        parts = re.split(r"^\$ karne (.+)\n", block, flags=re.MULTILINE)
        yield from ((shlex.split(one), two.splitlines()) for one, two in list(pairwise(parts))[1::2])


def timeless(line: str, var: Path) -> str:
    """A printed line with days, generations and the machine's folders taken out."""
    line = line.replace(str(var), "…/var")
    line = re.sub(r"\d{8}T\d{6}", "GENERATION", line)
    return re.sub(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?", "DAY", line)


EXAMPLES = [(text, *one) for text in (README, PLANS, SPENDING) for one in sessions(text)]


@pytest.mark.parametrize(
    ("text", "arguments", "printed"), EXAMPLES, ids=[" ".join(one[1]) for one in EXAMPLES]
)
def test_examples_print_what_they_show(
    text: str,
    arguments: list[str],
    printed: list[str],
    var_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, content in fenced(text, "csv"):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    var = var_folder if arguments[0] == "status" else tmp_path / "var"
    where = [] if arguments[0] == "method" else ["--var", str(var)]
    karne.main([*arguments, *where])
    said = [timeless(line, var) for line in capsys.readouterr().out.splitlines()]
    wanted = [timeless(line, var) for line in printed]
    if wanted[-1].strip() == "…":
        wanted, said = wanted[:-1], said[: len(wanted) - 1]
    assert said == wanted


def test_there_are_examples() -> None:
    assert [one[1][0] for one in EXAMPLES] == [
        "build",
        "check",
        "status",
        "method",
        "check",
        "check",
        "check",
    ]


# ----------------------------------------------------------------------------------------- recipes


def recipes(kind: str) -> dict[str, str]:
    return dict(fenced(CONTRIBUTING, kind))


def test_the_recipes_for_an_indicator_and_a_city_work(tmp_path: Path) -> None:
    for folder in ("etl/registry", "data/official"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for name, content in (recipes("yaml") | recipes("csv")).items():
        path = tmp_path / name
        if name.startswith("dashboard/"):
            continue
        if name.endswith("cities.yml"):
            unnamed = re.search(r"  - position: \d+\n", content)
            assert unnamed
            text = path.read_text(encoding="utf-8")
            before = f"{unnamed.group()}    state: unnamed\n"
            assert before in text
            path.write_text(text.replace(before, content), encoding="utf-8")
        else:
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            path.write_text(before + content, encoding="utf-8")
    request = Request((tmp_path / "data/official",), tmp_path / "etl/registry", tmp_path / "var", as_of=AS_OF)
    built = build(request, say=lambda _: None)
    assert built.faults == []
    parks = next(one for one in built.received.tables if one.entry.name == "parks_2024.csv")
    assert parks.entry.rows_accepted == 3
    (entry,) = yaml.safe_load(recipes("yaml")["etl/registry/cities.yml"])
    registry = load(request.registry)
    assert registry.cities[entry["city"]["id"]].role == "pilot"
    assert (entry["position"], entry["city"]["id"]) in {
        (one.position, one.city_id) for one in registry.positions
    }


def test_the_recipe_for_a_page_works(release_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(release_folder)
    data = Data(warehouse, catalogs.load(warehouse))
    known = words_of_the_interface._words
    added = {}
    for lang in words_of_the_interface.LANGUAGES:
        groups = yaml.safe_load(recipes("yaml")[f"dashboard/text/{lang}.yml"])
        flat = {f"{group}.{key}": text for group, keys in groups.items() for key, text in keys.items()}
        added[lang] = known(lang) | flat
    monkeypatch.setattr(words_of_the_interface, "_words", added.__getitem__)
    made = recipes("python")
    for name in sorted(made, key=lambda name: "/pages/" in name):
        module = types.ModuleType(name.removesuffix(".py").replace("/", "."))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(made[name], name, "exec"), module.__dict__)
        monkeypatch.setattr(
            sys.modules[module.__name__.rpartition(".")[0]], name.split("/")[-1][:-3], module, raising=False
        )
    page = module.PAGE
    for lang in words_of_the_interface.LANGUAGES:
        view = page.view(data, page.parse({"lang": lang}, data.catalog))
        assert view.blocks
        assert all(block.frame and block.headline for block in view.blocks)
        assert {block.id for block in view.blocks if block.chart} == set(page.graphs)
