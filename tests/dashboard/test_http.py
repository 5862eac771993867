"""Over HTTP: what is sent, how it is kept, and that apps, threads and generations do not mix."""

import gzip
import io
import json
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import brotli
import duckdb
import openpyxl
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from dashboard.pages import PAGES
from dashboard.serve import warm
from dashboard.settings import Settings, from_environment
from dashboard.state import address
from tests.addresses import paths
from tests.reading import Reading

UPDATE = "/_dash-update-component"
PAGE_PATHS = [path for page in PAGES for path in paths(page)]


def scripts(text: str) -> list[str]:
    """Addresses of all scripts and style sheets of a page."""
    return re.findall(r'(?:src|href)="(/(?:static|_dash-component-suites|assets)[^"]+)"', text)


def without_nonce(raw: bytes) -> bytes:
    """A page without what Dash makes anew for each."""
    return re.sub(rb'"end_id":"[^"]+"', b"", raw)


# ------------------------------------------------------------------------------- what is sent


def test_every_file_a_page_names_is_served(client: FlaskClient) -> None:
    named = {one for path in PAGE_PATHS for one in scripts(client.get(path).text)}
    assert any("plotly" in one for one in named)
    assert {one: client.get(one).status_code for one in named} == dict.fromkeys(named, 200)


def test_fonts_named_by_styles_are_served(client: FlaskClient) -> None:
    named = set(re.findall(r'url\("?(/static/[^")]+)', client.get("/").text))
    assert named
    assert {client.get(one).status_code for one in named} == {200}


def test_files_are_kept_for_good_and_named_by_content(client: FlaskClient) -> None:
    for one in scripts(client.get("/").text):
        answer = client.get(one)
        if one.startswith("/static/"):
            assert re.search(r"-[0-9a-f]{12}\.\w+$", one)
        assert "immutable" in answer.headers["Cache-Control"], one
        assert "Set-Cookie" not in answer.headers


def test_answers_are_compressed_as_the_browser_can(client: FlaskClient) -> None:
    for path in ["/", "/indir/compare/ranking.csv?grup=provinces", *scripts(client.get("/").text)[-6:]]:
        plain = without_nonce(client.get(path).data)
        if len(plain) < 600:
            continue
        packed = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
        assert packed.headers["Content-Encoding"] == "br", path
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert without_nonce(brotli.decompress(packed.data)) == plain
        old = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert without_nonce(gzip.decompress(old.data)) == plain
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "identity"}).headers


def test_no_script_nobody_uses_is_sent(client: FlaskClient) -> None:
    named = " ".join(scripts(client.get("/").text))
    assert "dash_table/bundle" not in named
    assert "plotly.min.js" not in named


@pytest.mark.parametrize("path", PAGE_PATHS)
def test_head_answers_like_get(client: FlaskClient, path: str) -> None:
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.data == b""


def test_the_first_pages_wire_size(client: FlaskClient) -> None:
    """All that a cold first visit loads: at most 800 KB, scripts and fonts included."""
    accept = {"Accept-Encoding": "br"}
    first = client.get("/karsilastir", headers=accept)
    text = brotli.decompress(first.data).decode("utf-8")
    fonts = set(re.findall(r'rel="preload" href="([^"]+)"', text))
    named = {one for one in scripts(text) if not one.endswith((".woff2", ".geojson"))} | fonts
    total = len(first.data) + sum(len(client.get(one, headers=accept).data) for one in named)
    assert 300_000 < total <= 800 * 1024


def test_theme_comes_from_the_cookie_and_from_nothing_else(client: FlaskClient) -> None:
    client.set_cookie("tema", "dark")
    assert '<html lang="tr" data-theme="dark"' in client.get("/").text
    client.set_cookie("tema", '"><script>')
    assert "data-theme" not in client.get("/").text.split(">")[1]


def test_pages_set_no_cookie(client: FlaskClient) -> None:
    assert [path for path in PAGE_PATHS if "Set-Cookie" in client.get(path).headers] == []


def test_unknown_values_give_a_notice_and_the_default(client: FlaskClient) -> None:
    text = client.get("/karsilastir?gosterge=yok&kent=atlantis").text
    read = Reading(text)
    assert "İstenen gösterge bulunamadı; yerine varsayılan gösterge açıldı." in read.words
    assert "İstenen kent bulunamadı; yerine varsayılan kent açıldı." in read.words
    assert Reading(client.get("/karsilastir").text).headlines == read.headlines


# --------------------------------------------------------------------------------- failures


def failing(app: Dash, monkeypatch: pytest.MonkeyPatch, error: Exception) -> FlaskClient:
    """The app with a warehouse that fails on every question."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(app.first, "page", fail)  # type: ignore[attr-defined]
    return app.server.test_client()


@pytest.mark.parametrize(
    ("lang", "said"), [("tr", "Beklenmeyen bir sorun oldu."), ("en", "An unexpected problem")]
)
def test_a_failure_is_a_sentence_with_a_number(
    app: Dash, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, lang: str, said: str
) -> None:
    # An address that is not the canonical one of its state, so that no kept answer hides the failure.
    answer = failing(app, monkeypatch, ValueError("secret detail")).get(f"/?lang={lang}&unheard=of")
    assert answer.status_code == 500
    assert said in answer.text
    record = re.search(r"no: ([0-9a-f]{8})", answer.text)
    assert record
    assert record[1] in caplog.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert Reading(answer.text).lang == lang
    assert "Content-Security-Policy" in answer.headers


def test_a_failed_callback_tells_the_reader_and_keeps_the_page(
    app: Dash, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    output = next(one for one in app.callback_map if one.startswith("..compare-payload"))
    entry = app.callback_map[output]
    parts = [one.rsplit(".", 1) for one in output.strip(".").split("...")]
    monkeypatch.setattr("dashboard.callbacks.view.merged", lambda *_: 1 / 0)
    body = {
        "output": output,
        "outputs": [{"id": name, "property": prop} for name, prop in parts],
        "inputs": [{**one, "value": None} for one in entry["inputs"]],
        "state": [{**one, "value": {}} for one in entry["state"]],
        "changedPropIds": [f"{entry['inputs'][0]['id']}.value"],
    }
    answer = client.post(UPDATE, json=body)
    assert answer.status_code == 200
    told = answer.json["sideUpdate"]["toast-text"]["children"]  # type: ignore[index]
    record = re.fullmatch(r"Beklenmeyen bir sorun oldu\. Kayıt no: ([0-9a-f]{8})", told)
    assert record
    assert record[1] in caplog.text
    assert "compare-payload" not in (answer.json.get("response") or {})  # type: ignore[union-attr]


def test_without_data_the_app_says_so(settings: Settings, tmp_path: Path, release_folder: Path) -> None:
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    shutil.copy(release_folder / f"{current}.duckdb", tmp_path)
    (tmp_path / "current").write_text(current, encoding="utf-8")
    client = create_app(replace(settings, data=tmp_path)).server.test_client()
    (tmp_path / "current").unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "Serviste veri dosyası yok" in answer.text


# -------------------------------------------------------- generations, apps, threads

RENAMED = "Yeniçağ"


@pytest.fixture(scope="module")
def next_generation(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of a later release in which one city has another name and one value is another."""
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    path = tmp_path_factory.mktemp("next") / "30000101T000000.duckdb"
    shutil.copy(release_folder / f"{current}.duckdb", path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta.release SET release_id = '30000101T000000'")
        connection.execute(f"UPDATE mart.dim_city SET name_tr = '{RENAMED}' WHERE city_id = 'denizli'")
        connection.execute(
            "UPDATE mart.fact_value SET value = 12.34 "
            "WHERE city_id = 'denizli' AND indicator_id = 'satisfaction_cleaning'"
        )
    return path


@pytest.fixture
def served(release_folder: Path, tmp_path: Path) -> Path:
    """A folder of releases of one's own."""
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    shutil.copy(release_folder / f"{current}.duckdb", tmp_path)
    (tmp_path / "current").write_text(current, encoding="utf-8")
    return tmp_path


def publish(path: Path, folder: Path) -> None:
    """Copy a generation beside the others and swap the pointer, as the ETL does."""
    shutil.copy(path, folder)
    (folder / "new").write_text(path.stem, encoding="utf-8")
    (folder / "new").replace(folder / "current")


QUERY = {"gosterge": "satisfaction_cleaning", "kent": "denizli"}


def seen(client: FlaskClient) -> dict[str, bool]:
    """Where the later generation shows."""
    read = Reading(client.get(address("/karsilastir", QUERY)).text)
    workbook = openpyxl.load_workbook(
        io.BytesIO(client.get(address("/indir/compare/ranking.xlsx", QUERY)).data)
    )
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "pathname", "value": "/karsilastir"},
            {"id": "url", "property": "search", "value": "?" + address("", QUERY).removeprefix("?")},
        ],
        "changedPropIds": ["url.pathname"],
    }
    layout = json.dumps(client.post(UPDATE, json=body).json, ensure_ascii=False)
    file = client.get(address("/indir/compare/ranking.csv", QUERY))
    return {
        "headline": "%12,3" in read.headlines[0] and RENAMED in read.headlines[0],
        "table": any(RENAMED in cell for row in read.tables[0] for cell in row),
        "options": RENAMED in read.options["kent"],
        "foot": any("30000101T000000" in word for word in read.words),
        "layout": RENAMED in layout and "12.34" in layout,
        "csv": "12.34" in file.text and RENAMED in file.text,
        "tag": "30000101T000000" in file.headers["ETag"],
        "xlsx": any(cell.value == 12.34 for row in workbook.worksheets[0] for cell in row),
        "scorecard": RENAMED in client.get("/").text,
    }


def test_a_published_generation_is_seen_at_once_everywhere(
    settings: Settings, served: Path, next_generation: Path
) -> None:
    """No restart, no waiting, and nothing of the old generation left in any cache."""
    client = create_app(replace(settings, data=served)).server.test_client()
    tag = client.get(address("/indir/compare/ranking.csv", QUERY)).headers["ETag"]
    assert set(seen(client).values()) == {False}
    publish(next_generation, served)
    assert {name for name, there in seen(client).items() if not there} == set()
    again = client.get(address("/indir/compare/ranking.csv", QUERY), headers={"If-None-Match": tag})
    assert again.status_code == 200


def test_two_apps_in_one_process_do_not_mix(
    settings: Settings, served: Path, next_generation: Path, app: Dash
) -> None:
    publish(next_generation, served)
    other = create_app(replace(settings, data=served)).server.test_client()
    own = app.server.test_client()
    for _ in range(2):
        assert set(seen(own).values()) == {False}
        assert set(seen(other).values()) == {True}


def test_a_generation_swapped_under_load_mixes_nothing(
    settings: Settings, served: Path, next_generation: Path
) -> None:
    """Each answer is of one generation: the release in the foot and the name in the table agree."""
    app = create_app(replace(settings, data=served))
    warm(app)
    barrier = Barrier(7)

    def visit(number: int) -> list[tuple[bool, bool]]:
        client = app.server.test_client()
        barrier.wait()
        answers = []
        for turn in range(12):
            text = client.get(address("/karsilastir", {**QUERY, "ile": f"x{number}{turn}"})).text
            answers.append(("30000101T000000" in text, RENAMED in text))
        return answers

    with ThreadPoolExecutor(7) as pool:
        visits = [pool.submit(visit, number) for number in range(6)]
        barrier.wait()
        publish(next_generation, served)
        answers = [answer for visited in visits for answer in visited.result()]
    assert {release == name for release, name in answers} == {True}
    assert answers[-1] == (True, True)


def test_parallel_first_requests_are_all_answered(settings: Settings) -> None:
    """Dash registers its callbacks on the first request; a second one arriving meanwhile must not find none."""
    app = create_app(settings)
    warm(app)
    asked: list[Callable[[FlaskClient], int]] = [
        lambda client: client.get("/").status_code,
        lambda client: client.get("/karsilastir?lang=en").status_code,
        lambda client: client.get("/_dash-dependencies").status_code,
        lambda client: client.get("/_dash-layout").status_code,
        lambda client: client.get("/indir/compare/ranking.csv").status_code,
        lambda client: client.post(UPDATE, json={}).status_code - 200,
    ]
    barrier = Barrier(12)

    def ask(number: int) -> int:
        barrier.wait()
        return asked[number % len(asked)](app.server.test_client())

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(ask, range(12))) == {200}


# --------------------------------------------------------------------------------- settings


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    made = from_environment(
        {"KARNE_VAR": str(tmp_path), "KARNE_BASE_URL": "https://karne.example/", "KARNE_AUDIENCE": "internal"}
    )
    assert made.data == tmp_path / "warehouse"
    assert made.base_url == "https://karne.example"
    assert made.https
    assert made.audience == "internal"
    plain = from_environment({})
    assert (plain.audience, plain.https, plain.data.name) == ("public", False, "releases")
    assert from_environment({"KARNE_AUDIENCE": "everyone"}).audience == "public"


def test_each_of_dashs_scripts_is_sent_as_itself(client: FlaskClient) -> None:
    """What was compressed once is kept by address: no script may be answered with another."""
    first = client.get("/").get_data(as_text=True)
    scripts = re.findall(r'data-src="(/_dash-component-suites/[^"]+)"', first)
    sent = [client.get(address, headers={"Accept-Encoding": "br"}).data for address in scripts]
    assert len(scripts) > 5
    assert len(set(sent)) == len(scripts)


def test_the_form_and_the_table_show_the_state_of_the_address(client: FlaskClient) -> None:
    """Without scripts a reader sees what is chosen, and which row is the lead's."""
    first = client.get("/karsilastir?kent=samsun").get_data(as_text=True)
    assert re.findall(r'<option value="([^"]+)" selected>', first)[0] == "samsun"
    lead = re.findall(r'<tr class="is-lead">(.*?)</tr>', first)
    assert lead
    assert "Samsun" in lead[0]
