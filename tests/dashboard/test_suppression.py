"""A small group stays hidden in every answer of every route: page, callback, file, description, metadata.

The survey is made up so that each hidden figure has digits that no figure on show has.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from dash import Dash

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.data import Data
from dashboard.page import Page
from dashboard.pages import PAGES
from dashboard.settings import Settings
from dashboard.text import Words
from dashboard.warehouse import Warehouse
from etl.build import Built, Request, build
from etl.methods.survey.engine import POOL, Engine
from etl.methods.survey.estimates import estimates
from etl.registry import load
from etl.survey_entries import Wave
from etl.surveys.recode import ANY, EMPTY, recoded
from etl.surveys.results import reasons
from etl.surveys.shape import load_wave
from tests.addresses import addresses

ROOT = Path(__file__).resolve().parents[2]
CITY, NEIGHBOUR = "adana", "ankara"
SMALL = {"disability": "with", "sex*disability": "women*with"}
WAVE = {
    "id": "small_2026",
    "title": {"tr": "Sentetik küçük anket", "en": "Synthetic small survey"},
    "year": 2026,
    "city_column": {"column": "kent", "codes": [{"code": 1, "city": CITY}, {"code": 2, "city": NEIGHBOUR}]},
    "synthetic": True,
    "mode": "sample",
    "questionnaire": "1",
    "fieldwork": {"start": dt.date(2026, 4, 1), "end": dt.date(2026, 5, 1)},
    "agency": {"tr": "Sınama", "en": "Test"},
    "consent": {"tr": "Kimse sorulmadı", "en": "Nobody was asked"},
    "licence": {"tr": "Serbest", "en": "Free"},
    "respondent": "no",
    "design": {"weight": "w", "stratum": "t", "psu": "m"},
    "scales": [{"id": "five", "lowest": 1, "highest": 5, "direction": "higher", "satisfied": [4, 5]}],
    "items": [
        {"id": f"{service}{suffix}", "column": f"{service}{suffix}", "service": service, "scale": "five",
         "version": "1", "aspect": aspect, "label": {"tr": "Soru", "en": "Question"},
         "question": {"tr": "Soru?", "en": "Question?"}}
        for service in ("cleaning", "roads", "parks", "health")
        for suffix, aspect in (("", "satisfaction"), ("_importance", "importance"))
    ],
    "groups": [
        {"id": "sex", "column": "sex", "label": {"tr": "Cinsiyet", "en": "Sex"}, "reference": "men", "categories": [
            {"id": "women", "codes": ["K"], "label": {"tr": "Kadın", "en": "Women"}},
            {"id": "men", "codes": ["E"], "label": {"tr": "Erkek", "en": "Men"}}]},
        {"id": "disability", "column": "dis", "label": {"tr": "Engellilik", "en": "Disability"}, "reference": "without",
         "categories": [
            {"id": "with", "codes": ["1"], "label": {"tr": "Engelli", "en": "With"}},
            {"id": "without", "codes": ["0"], "label": {"tr": "Engelli değil", "en": "Without"}}]},
        {"id": "income_band", "column": "inc", "label": {"tr": "Gelir", "en": "Income"}, "reference": "4",
         "categories": [
            {"id": str(band), "codes": [str(band)], "label": {"tr": f"{band}. grup", "en": f"Group {band}"}}
            for band in range(1, 5)]},
    ],
    "crossed": [{"first": "sex", "second": "disability"}],
}  # fmt: skip


def interviews() -> pd.DataFrame:
    """Two cities; in the first seven disabled people, and six with the lowest income."""
    rng = np.random.default_rng(20261122)
    made = []
    for code, size, small in ((1, 240, 7), (2, 260, 80)):
        frame = pd.DataFrame({"no": np.arange(size) + 1000 * code, "kent": code})
        frame["m"] = frame.index % 24 + 1
        frame["t"] = frame["m"] % 2
        frame["w"] = np.round(rng.uniform(0.4, 2.6, size), 6)
        frame["sex"] = rng.choice(["K", "E"], size)
        frame["dis"] = (frame.index < small).astype(int)
        frame["inc"] = np.where(frame.index >= size - (6 if code == 1 else 60), 1, frame.index % 3 + 2)
        for item in WAVE["items"]:
            frame[item["column"]] = rng.integers(1, 6, size)
        made.append(frame)
    return pd.concat(made, ignore_index=True)


@dataclass
class Hidden:
    """An app over the small survey, what it must not tell, and what it does tell."""

    app: Dash
    data: Data
    built: Built
    wave: Wave
    cells: pd.DataFrame
    told: pd.DataFrame


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Hidden:
    folder = tmp_path_factory.mktemp("small")
    registry, data = folder / "registry", folder / "data"
    copy_registry(registry)
    (registry / "surveys" / "small_2026.yml").write_text(
        yaml.safe_dump(WAVE, allow_unicode=True), encoding="utf-8"
    )
    data.mkdir()
    interviews().to_csv(data / "small.csv", index=False)
    (data / "manifest.yml").write_text("files:\n  small.csv: {wave: small_2026}\n", encoding="utf-8")
    built = build(
        Request((ROOT / "data/official", data), registry, folder / "var", dt.date(2026, 11, 22)),
        lambda _: None,
    )
    wave = load(registry).surveys["small_2026"]
    frame = load_wave(data / "small.csv", wave).frame
    assert frame is not None
    raw = raw_estimates(frame, wave)
    is_hidden = raw["reason"].isin(["small_group", "protects_another"])
    warehouse = Warehouse(folder / "var" / "releases")
    return Hidden(
        app=create_app(
            Settings(data=folder / "var" / "releases", base_url="https://karne.example", secret_key="x" * 8)
        ),
        data=Data(warehouse, catalogs.load(warehouse)),
        built=built,
        wave=wave,
        cells=raw[is_hidden & (raw["n"] > 0)],
        told=raw[~is_hidden],
    )


def copy_registry(target: Path) -> None:
    """The shipped registry without its waves."""
    for path in (ROOT / "etl" / "registry").rglob("*.yml"):
        if path.parent.name != "surveys":
            kept = target / path.relative_to(ROOT / "etl" / "registry")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(path.read_bytes())
    (target / "surveys").mkdir()


def raw_estimates(frame: pd.DataFrame, wave: Wave) -> pd.DataFrame:
    """Every cell before anything is hidden, by another way round than the marts: from the estimator itself."""
    with Engine() as engine:
        engine.load(recoded(frame, wave))
        engine.moments(ANY, EMPTY)
        raw = estimates(engine.run("estimate"))
    raw = raw[raw["city"] != POOL].reset_index(drop=True)
    return raw.assign(reason=reasons(raw, wave))


ITEMS = ["cleaning", "health", "parks", "roads"]
NUMBERS = (re.compile(r"\d+\.\d+"), re.compile(r"\d+,\d+"))
DIGITS = 6


def rounded(value: float) -> set[str]:
    """A figure to six significant digits, as a fraction and as a percentage; none for one with fewer digits."""
    made = {f"{scaled:.{DIGITS}g}" for scaled in (abs(value), 100 * abs(value))}
    return {text for text in made if len(re.sub(r"\D", "", text).strip("0")) >= DIGITS}


def numbers_in(text: str) -> set[str]:
    """Every number of a text to six significant digits, whichever sign its decimals have."""
    plain = {token.replace(",", ".") for numbers in NUMBERS for token in numbers.findall(text)}
    return {f"{float(token):.{DIGITS}g}" for token in plain}


def secrets(found: Hidden) -> dict[str, str]:
    """Every hidden figure that no figure on show equals, and whose it is."""
    made = {}
    for row in found.cells.to_dict("records"):
        cell = f"{row['city']} {row['group_var']} {row['group']} {row['item']}"
        for name in ("p", "p_se", "p_lo", "p_hi", "mean", "mean_se", "sum_w", "p_deff", "p_neff"):
            if np.isfinite(row[name]):
                made |= dict.fromkeys(rounded(row[name]), f"{cell} {name}")
    names = ("p", "mean", "sum_w")
    shown = {text for name in names for value in found.told[name].dropna() for text in rounded(value)}
    return {text: cell for text, cell in made.items() if text not in shown}


def answers(found: Hidden) -> Iterator[tuple[str, bytes]]:
    """What every route answers: pages in both languages and every choice, their layouts, updates and files."""
    client = found.app.server.test_client()
    for page in PAGES:
        listed = list(addresses(page, found.data.catalog))
        if page.name not in ("satisfaction", "rights"):
            listed = listed[:12]
        for address in listed:
            for lang in ("tr", "en"):
                path, _, query = address.partition("?")
                asked = f"{query}&lang={lang}" if query else f"lang={lang}"
                yield f"{path}?{asked}", client.get(f"{path}?{asked}").data
                yield f"layout {path}?{asked}", layout(client, path, f"?{asked}")
        for name in blocks(page, found.data):
            for kind in ("csv", "excel", "xlsx", "json"):
                for query in ("", f"?kent={NEIGHBOUR}", "?grup=disability:with&lang=en", "?goster=aralik"):
                    address = f"/indir/{page.name}/{name}.{kind}{query}"
                    yield address, unpacked(client.get(address).data)


def layout(client: object, path: str, search: str) -> bytes:
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": ["url.pathname"],
    }
    raw: bytes = client.post("/_dash-update-component", json=body).data  # type: ignore[attr-defined]
    return raw


def blocks(page: Page, data: Data) -> list[str]:
    """The blocks with a file, of the two pages that show surveys."""
    if page.name not in ("satisfaction", "rights"):
        return []
    view = page.view(data, page.parse({}, data.catalog))
    return [block.id for block in view.blocks if block.frame is not None]


def unpacked(raw: bytes) -> bytes:
    """A workbook's sheets as text; anything else as it is."""
    if raw[:2] != b"PK":
        return raw
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        return b"\n".join(book.read(name) for name in book.namelist())


def test_the_small_survey_has_what_is_looked_for(hidden: Hidden) -> None:
    """Without this the walk below could find nothing because there is nothing."""
    reasons_of = hidden.cells.groupby("group_var")["reason"].agg(set)
    assert reasons_of["disability"] == {"small_group", "protects_another"}
    assert reasons_of["income_band"] == {"small_group", "protects_another"}
    assert "sex*disability" in reasons_of
    assert set(hidden.cells["city"]) == {CITY}
    assert len(secrets(hidden)) > 200


def test_no_answer_of_any_route_has_a_hidden_figure(hidden: Hidden) -> None:
    wanted = secrets(hidden)
    seen = 0
    for address, raw in answers(hidden):
        text = raw.decode("utf-8", errors="replace")
        leaked = {number: wanted[number] for number in numbers_in(text) & wanted.keys()}
        assert leaked == {}, address
        seen += len(text) > 200
    assert seen > 150


def test_what_is_on_show_is_found_by_the_same_walk(hidden: Hidden) -> None:
    """The walk sees figures of this kind: those of the groups that may be told are all there."""
    told = hidden.told[(hidden.told["city"] == NEIGHBOUR) & (hidden.told["group_var"] == "disability")]
    shares = told.loc[told["item"].isin(["q1", "q3"]), "p"]
    wanted = {f"{100 * share:.{DIGITS}g}" for share in shares}
    client = hidden.app.server.test_client()
    assert len(wanted) == 4
    for kind in ("csv", "excel", "xlsx"):
        raw = unpacked(client.get(f"/indir/rights/matrix.{kind}?kent={NEIGHBOUR}").data)
        assert wanted <= numbers_in(raw.decode("utf-8")), kind


def test_hidden_cells_say_so_and_carry_nothing(hidden: Hidden) -> None:
    rows = hidden.data.warehouse.rows("survey_groups", year=2026, city_id=CITY, items=ITEMS)
    small = [row for row in rows if SMALL.get(row["group_var"]) == row["group_id"]]
    assert len(small) == 8
    for row in small:
        assert row["status"] == "suppressed"
        kept = {key for key, value in row.items() if value is not None}
        assert not kept & {"n", "n_no_opinion", "share", "share_low", "mean", "sum_w", "deff", "rank", "df"}
    for lang, word in (("tr", "gizli"), ("en", "suppressed")):
        page = hidden.app.server.test_client().get(f"/haklar?kent={CITY}&lang={lang}").text
        assert Words(lang)("status.suppressed") == word
        assert page.count(f"▧</span> {word}") >= 16


def test_a_total_minus_its_siblings_gives_nothing_away(hidden: Hidden) -> None:
    """In no grouping is exactly one category with answers hidden, and in no line of a crossed one either."""
    every = pd.concat([hidden.cells.assign(is_hidden=True), hidden.told.assign(is_hidden=False)])
    every = every[(every["n"] > 0) & (every["group_var"] != "all")]
    crossed = every["group_var"].str.contains("*", regex=False)
    plain = every[~crossed].groupby(["city", "item", "group_var"])["is_hidden"].agg(["sum", "size"])
    assert not ((plain["sum"] == 1) & (plain["size"] > 1)).any()
    assert plain["sum"].max() == 2
    sides = every[crossed]["group"].str.split("*", expand=True)
    for side in (0, 1):
        lines = every[crossed].assign(line=sides[side]).groupby(["city", "item", "line"])["is_hidden"]
        alone = lines.agg(["sum", "size"])
        margin_told = every[~crossed].set_index(["city", "item", "group"])["is_hidden"]
        open_margin = ~margin_told.reindex(alone.index).to_numpy(dtype=bool)
        assert not ((alone["sum"] == 1) & (alone["size"] > 1) & open_margin).any()


def test_nothing_of_a_person_is_in_the_release(hidden: Hidden) -> None:
    raw = hidden.built.release.read_bytes()
    weights = {f"{value:.6f}" for value in interviews()["w"].head(50)}
    assert not any(weight.encode() in raw for weight in weights)
    assert "staging" not in hidden.data.warehouse.schemas()
