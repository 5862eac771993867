"""What an attacker may try on the public app: bodies, paths, parameters, files; nothing may show or break."""

import json
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.data import Data
from dashboard.errors import WarehouseMissing
from dashboard.guard import CSP
from dashboard.pages import PAGES
from dashboard.settings import Settings
from tests.addresses import paths

UPDATE = "/_dash-update-component"
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
PAGE_PATHS = [path for page in PAGES for path in paths(page)]


class Scripts(HTMLParser):
    """Collects what a content security policy is about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given)
        self.handlers += [f"{tag} {name}" for name in given if name.startswith("on")]
        if tag != "a" and given.get("rel") not in ("canonical", "alternate"):
            self.fetched += [given[name] or "" for name in ("src", "href", "action", "data") if name in given]
        self.links += [given["href"] or ""] if "href" in given else []


# ------------------------------------------------------------------------------------- headers


def test_policy_allows_no_inline_script_and_no_eval() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["default-src"] == "'self'"
    assert "unsafe-eval" not in CSP
    assert rules["object-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("lang", ["tr", "en"])
@pytest.mark.parametrize("path", [*PAGE_PATHS, "/yok"])
def test_html_keeps_to_the_policy(client: FlaskClient, path: str, lang: str) -> None:
    found = Scripts(client.get(f"{path}?lang={lang}").text)
    assert found.scripts
    assert [s for s in found.scripts if not s.get("src") and s.get("type") != "application/json"] == []
    assert found.handlers == []
    assert [one for one in found.fetched if re.match(r"(?!data:image/)\w+:|//", one)] == []
    assert [one for one in found.links if not re.match(r"data:image/|https?://|/|#|\?", one)] == []


@pytest.mark.parametrize(
    "path",
    [
        *PAGE_PATHS,
        "/yok",
        "/indir/compare/ranking.csv",
        "/indir/compare/ranking.xlsx",
        "/indir/yok/yok.csv",
        "/static/yok.js",
        "/_dash-layout",
        "/_dash-dependencies",
        "/_dash-component-suites/yok/yok.js",
        "/_favicon.ico",
        "/robots.txt",
    ],
)
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (200, 404)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]


def test_refused_answers_carry_the_headers_too(client: FlaskClient) -> None:
    for answer in (client.post(UPDATE, data=b"{"), client.post("/"), client.delete("/karsilastir")):
        assert answer.status_code in (400, 405)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_transport_security_only_behind_https(settings: Settings, app: Dash) -> None:
    assert "Strict-Transport-Security" not in app.server.test_client().get("/").headers
    secure = create_app(Settings(**{**settings.__dict__, "https": True}))
    assert "max-age=" in secure.server.test_client().get("/").headers["Strict-Transport-Security"]


# -------------------------------------------------------------------------------------- bodies


def bodies(app: Dash) -> Iterator[dict[str, Any]]:
    """A well-formed request of every callback the server answers."""
    for output, registered in app.callback_map.items():
        if "callback" not in registered:
            continue
        outputs = [
            dict(zip(("id", "property"), one.rsplit(".", 1), strict=True))
            for one in output.strip(".").split("...")
        ]
        yield {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [{**one, "value": None} for one in registered["inputs"]],
            "state": [{**one, "value": {}} for one in registered["state"]],
            "changedPropIds": [f"{registered['inputs'][0]['id']}.{registered['inputs'][0]['property']}"],
        }


HOSTILE: list[Any] = [
    *(None, True, 0, -1, 1e308, float("nan"), [], [None], ["a", ["b"]], {}, {"a": {"b": []}}, {"": ""}),
    *("", " ", "x" * 5_000, "\x00", "\ud800", "İıĞ\u202e", "<script>alert(1)</script>", "' OR 1=1 --"),
    *("../../etc/passwd", "__proto__", {"lang": 7}, {"gosterge": "x" * 3_000}, {"indicator_id": "yok"}),
    *({"indicator_id": None}, {"gosterge": ["x"], "kent": {"a": 1}}, json.loads("[" * 300 + "]" * 300)),
]


def post(client: FlaskClient, body: Any) -> int:
    return client.post(UPDATE, data=json.dumps(body), content_type="application/json").status_code


def test_well_formed_bodies_are_answered(app: Dash, client: FlaskClient) -> None:
    answered = [post(client, body) for body in bodies(app)]
    assert len(answered) > len(PAGES)
    assert set(answered) <= {200, 204}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:30])
def test_hostile_values_never_break_a_callback(app: Dash, client: FlaskClient, value: Any) -> None:
    """Every input and state of every callback, one at a time and all at once."""
    for body in bodies(app):
        parts = [("inputs", i) for i in range(len(body["inputs"]))]
        parts += [("state", i) for i in range(len(body["state"]))]
        hostile = []
        for where, i in parts:
            changed = deepcopy(body)
            changed[where][i]["value"] = value
            changed["changedPropIds"] = [f"{body[where][i]['id']}.{body[where][i]['property']}"]
            hostile.append(changed)
        everything = deepcopy(body)
        for where, i in parts:
            everything[where][i]["value"] = value
        for changed in (*hostile, everything):
            assert post(client, changed) in (200, 204), (body["output"], value)


def test_malformed_bodies_are_refused(app: Dash, client: FlaskClient) -> None:
    for body in bodies(app):
        broken: list[Any] = []
        for key in body:
            broken += [{k: v for k, v in body.items() if k != key}]
            broken += [
                {**body, key: value} for value in (None, 1, "x", {}, [], [1], ["x"], [[]], [{}], [{"id": 1}])
            ]
        broken += [{**body, "inputs": body["inputs"] * 2}, {**body, "inputs": body["inputs"][1:]}]
        broken += [{**body, "inputs": [{"id": {"a": 1}, "property": [], "value": 1}]}]
        broken += [{**body, "outputs": [{"id": "x", "property": "y"}]}]
        statuses = {json.dumps(one)[:200]: post(client, one) for one in broken}
        assert {text: status for text, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"{", b"null", b"[]", b"1", b'"x"', b"NaN", b'{"output": "page.children"}'),
        *(b'{"output": ["page.children"]}', b'{"output": {"a": 1}, "inputs": []}', b'{"output": "\\ud800"}'),
        *(b"[" * 60_000, b'{"a":' * 10_000, b"\xff\xfe\x00", "{\"output\": \"şey\"}".encode("utf-16")),
    ],
    ids=lambda raw: repr(raw[:20]),
)  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_bodies_that_are_no_request_are_refused(client: FlaskClient, raw: bytes, kind: str) -> None:
    assert client.post(UPDATE, data=raw, content_type=kind).status_code == 400


def test_large_bodies_are_refused(app: Dash, client: FlaskClient, settings: Settings) -> None:
    body = next(bodies(app)) | {"padding": "x" * settings.max_body}
    assert post(client, body) == 413


def test_a_callback_of_another_app_is_unknown(client: FlaskClient) -> None:
    body = {"output": "other.children", "outputs": {"id": "other", "property": "children"}, "inputs": []}
    assert post(client, {**body, "changedPropIds": [], "state": []}) == 400


# --------------------------------------------------------------------------------------- paths

TRAVERSALS = (
    *("../pyproject.toml", "..%2fpyproject.toml", "%2e%2e/pyproject.toml", "....//pyproject.toml", "", "."),
    *("/etc/passwd", "%2fetc%2fpasswd", "..\\pyproject.toml", "%00", "a%00.js", "css/../../karne.py"),
    "%c0%ae%c0%ae/pyproject.toml",
)


@pytest.mark.parametrize("path", TRAVERSALS)
@pytest.mark.parametrize(
    "root",
    ["/", "/static/", "/assets/", "/indir/", "/_dash-component-suites/", "/_dash-component-suites/dash/"],
)
def test_no_path_leads_out(client: FlaskClient, root: str, path: str) -> None:
    answer = client.get(root + path)
    assert answer.status_code in ({200} if (root, path) == ("/", "") else {308, 404})
    assert b"[project]" not in answer.data
    assert b"root:x:" not in answer.data
    assert b"Traceback" not in answer.data


@pytest.mark.parametrize(
    "path", ["/yok", "/karsilastir/yok", "/gosterge", "/gosterge/", "/gosterge/yok", "/harita/x/y"]
)
def test_unknown_paths_are_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Bu adreste bir sayfa yok</h1>" in answer.text
    assert "<h1>There is no page at this address</h1>" in client.get(f"{path}?lang=en").text


def test_dash_addresses_tell_nothing_of_the_machine(client: FlaskClient) -> None:
    root = str(Path(__file__).resolve().parents[2])
    for path in (
        "/_dash-layout",
        "/_dash-dependencies",
        "/",
        "/_reload-hash",
        "/_dash-component-suites/dash/x",
    ):
        text = client.get(path).text
        assert root not in text
        assert "site-packages" not in text
        assert "python_version" not in text
        assert not re.search(r"[\"'/]((home|root|tmp|usr)/)", text)


def test_config_holds_no_version_of_python(client: FlaskClient) -> None:
    found = re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', client.get("/").text, re.DOTALL)
    assert found
    config = json.loads(found[1])
    assert "python_version" not in config
    assert "dash_version_url" not in config
    assert not config.get("ui")


# ---------------------------------------------------------------------------------- parameters

ATTACKS = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg onload=alert(1)>"),
    *("</title><script>x</script>", "{{7*7}}", "${7*7}", "javascript:alert(1)", "--><script>", "<!--", "]]>"),
)
MARKS = ("<script>alert", "<img src=x", "<svg onload", "</title><script>x", "onerror=alert(1)>")


def names(page_path: str, client: FlaskClient) -> set[str]:
    """Query parameters of a page: its form's, and those any page may have."""
    return {*re.findall(r'name="(\w+)"', client.get(page_path).text), "lang", "ara", "ile", "ekle", "yok"} - {
        "viewport", "description",
    }  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("path", PAGE_PATHS)
def test_parameters_come_back_escaped(client: FlaskClient, path: str, attack: str) -> None:
    own = Scripts(client.get(path).text)
    for name in names(path, client):
        answer = client.get(path, query_string={name: attack})
        assert answer.status_code == 200
        assert [mark for mark in MARKS if mark in answer.text] == []
        assert "49" not in re.findall(r'value="(\d+)"', answer.text)
        found = Scripts(answer.text)
        assert found.handlers == []
        assert len(found.scripts) == len(own.scripts)
        assert not any(one.startswith("javascript:") for one in found.links)


def test_attacks_in_a_path_come_back_escaped(client: FlaskClient) -> None:
    for attack in ATTACKS:
        answer = client.get(f"/gosterge/{attack}".replace("</", "<"))
        assert answer.status_code == 404
        assert [mark for mark in MARKS if mark in answer.text] == []


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_no_query_breaks_a_page(client: FlaskClient, path: str) -> None:
    known = sorted(names(path, client))
    values = ("", "%00", "%ff%fe", "a" * 9_000, "%F0%9F%98%80")
    queries = [f"{name}={value}" for name in known for value in values]
    queries += ["&".join(f"{name}=x" for name in known), "&".join(f"a{i}=1" for i in range(3_000))]
    queries += ["&" * 500, "=" * 500, "%", "a=1;b=2", "lang=en&lang=tr", "lang[]=en", f"{known[0]}=x&" * 500]
    statuses = {query[:60]: client.get(f"{path}?{query}").status_code for query in queries}
    assert {query: status for query, status in statuses.items() if status != 200} == {}


# --------------------------------------------------------------------------------------- files


def test_public_app_refuses_a_file_with_staging(var_folder: Path, settings: Settings) -> None:
    """Pointing a public app at the internal warehouse is one wrong setting away."""
    with pytest.raises(WarehouseMissing, match="staging"):
        create_app(Settings(**{**settings.__dict__, "data": var_folder / "warehouse"}))


def test_internal_app_opens_the_warehouse(var_folder: Path, settings: Settings) -> None:
    internal = Settings(**{**settings.__dict__, "data": var_folder / "warehouse", "audience": "internal"})
    answer = create_app(internal).server.test_client().get("/")
    assert answer.status_code == 200
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_staging_added_later_is_refused_too(release_folder: Path, settings: Settings, tmp_path: Path) -> None:
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    shutil.copy(release_folder / f"{current}.duckdb", tmp_path / "a.duckdb")
    (tmp_path / "current").write_text("a", encoding="utf-8")
    app = create_app(Settings(**{**settings.__dict__, "data": tmp_path}))
    client = app.server.test_client()
    assert client.get("/").status_code == 200
    shutil.copy(tmp_path / "a.duckdb", tmp_path / "b.duckdb")
    with duckdb.connect(str(tmp_path / "b.duckdb")) as connection:
        connection.execute("CREATE SCHEMA staging")
    (tmp_path / "current").write_text("b", encoding="utf-8")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text
    assert "staging" not in answer.text


def test_the_database_can_reach_no_file(data: Data) -> None:
    """Even a query of ours gone wrong must not read the disk."""
    cursor = data.warehouse._cursor()
    for statement in (
        "SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM '/etc/hostname'", "ATTACH '/tmp/x.duckdb'",
        "COPY (SELECT 1) TO '/tmp/x.csv'", "INSTALL httpfs", "SET enable_external_access = true",
    ):  # fmt: skip
        with pytest.raises(duckdb.Error):
            cursor.execute(statement)
