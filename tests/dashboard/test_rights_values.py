"""Human rights indicators on the pages there are: a yes reads yes, the made-up is marked, nobody's gap is a no."""

import csv
import io
from pathlib import Path

import pytest
import yaml
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.catalog import Catalog
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from etl.build import Request, build
from tests.conftest import AS_OF, ROOT
from tests.reading import Reading

SAMPLE = ROOT / "data" / "sample" / "rights_2026.csv"
PLAN, BUSES = "rights_equality_plan", "rights_accessible_buses"
with SAMPLE.open(encoding="utf-8") as stream:
    ANSWERS = {row["place"]: row["value"] for row in csv.DictReader(stream) if row["indicator"] == PLAN}
YES = sum(said == "evet" for said in ANSWERS.values())


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rights")
    (folder / "sample").mkdir()
    (folder / "sample" / SAMPLE.name).write_bytes(SAMPLE.read_bytes())
    manifest = {"files": {SAMPLE.name: {"layout": "tidy", "source": "sample"}}}
    (folder / "sample" / "manifest.yml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    data = (ROOT / "data" / "official", folder / "sample")
    build(Request(data, ROOT / "etl" / "registry", folder / "var", AS_OF), say=lambda _: None)
    return folder / "var" / "releases"


@pytest.fixture(scope="module")
def browser(releases: Path) -> FlaskClient:
    settings = Settings(data=releases, base_url="https://karne.example", secret_key="only for tests")
    return create_app(settings).server.test_client()


@pytest.fixture(scope="module")
def catalog(releases: Path) -> Catalog:
    return catalogs.load(Warehouse(releases))


@pytest.mark.parametrize(("lang", "words"), [("tr", ("evet", "hayır")), ("en", ("yes", "no"))])
def test_a_yes_reads_yes_in_every_table(browser: FlaskClient, lang: str, words: tuple[str, str]) -> None:
    for path in (f"/gosterge/{PLAN}?lang={lang}", f"/karsilastir?gosterge={PLAN}&grup=pilots&lang={lang}"):
        table = Reading(browser.get(path).get_data(as_text=True)).tables[0]
        shown = [row[2] for row in table[1:] if row[2] in words]
        assert len(table) - 1 == 20
        assert shown == [words[0]] * YES + [words[1]] * (len(ANSWERS) - YES)
        assert not any(row[2].strip() in ("0", "1") for row in table[1:])


def test_the_headline_counts_the_answers_and_leaves_out_who_gave_none(browser: FlaskClient) -> None:
    turkish, english = (
        Reading(browser.get(f"/gosterge/{PLAN}?lang={lang}").get_data(as_text=True)).headlines[0]
        for lang in ("tr", "en")
    )
    no = len(ANSWERS) - YES
    assert turkish == f"Değeri olan {len(ANSWERS)} yerden {YES} tanesinde evet, {no} tanesinde hayır."
    assert english == f"Of the {len(ANSWERS)} places with a value, {YES} have a yes and {no} a no."
    compared = browser.get(f"/karsilastir?gosterge={PLAN}&kent=kayseri&grup=pilots").get_data(as_text=True)
    assert Reading(compared).headlines[0] == f"Kayseri: {ANSWERS['kayseri']}. {turkish}"
    missing = browser.get(f"/karsilastir?gosterge={PLAN}&kent=adana&grup=pilots").get_data(as_text=True)
    assert Reading(missing).headlines[0] == "Adana için bu göstergede değer yok: veri yok."


def test_a_file_says_what_its_ones_and_noughts_mean_and_that_they_are_made_up(browser: FlaskClient) -> None:
    answer = browser.get(f"/indir/compare/ranking.csv?gosterge={PLAN}&grup=pilots&lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    found = {row["place_id"]: row for row in rows if row["value"]}
    assert found.keys() == ANSWERS.keys()
    assert {place: float(row["value"]) == 1 for place, row in found.items()} == {
        place: said == "evet" for place, said in ANSWERS.items()
    }
    assert {row["unit"] for row in rows} == {"yes (1) / no (0)"}
    assert {row["synthetic"] for row in found.values()} == {"yes"}
    assert {row["source"] for row in found.values()} == {
        "Kent Karnesi, synthetic sample data; the true figures of no city."
    }
    missing = [row["source"] for row in rows if not row["value"]]
    assert set(missing) == {"Municipal return: human rights indicators (form of Kent Karnesi)."}


def test_the_spread_of_what_municipalities_alone_report_is_over_municipalities(browser: FlaskClient) -> None:
    page = Reading(browser.get(f"/gosterge/{BUSES}").get_data(as_text=True))
    spread = next(table for table in page.tables[1:] if len(table) > 1 and "%" in str(table))
    assert "Adıyaman" not in str(spread)
    assert "Manisa" in str(spread)


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_every_page_of_every_rights_indicator_opens(
    browser: FlaskClient, catalog: Catalog, lang: str
) -> None:
    rights = [one.indicator_id for one in catalog.indicators.values() if one.rights_measure]
    assert len(rights) == 10
    for one in rights:
        for query in (
            f"/gosterge/{one}?",
            f"/gosterge/{one}?yer=provinces&",
            f"/karsilastir?gosterge={one}&",
        ):
            assert browser.get(f"{query}lang={lang}").status_code == 200
    for query in ("/veri?alan=rights&", "/izleme?tema=rights&", "/izleme?alan=rights&"):
        assert browser.get(f"{query}lang={lang}").status_code == 200


def test_the_source_line_names_the_sample(browser: FlaskClient) -> None:
    words = " ".join(Reading(browser.get(f"/gosterge/{PLAN}").get_data(as_text=True)).words)
    assert "Belediye bildirimi, insan hakları; Kent Karnesi, sentetik örnek veri" in words
    assert "SENTETİK" in words


def test_the_theme_stands_in_no_scorecard(client: FlaskClient, browser: FlaskClient) -> None:
    for one in (client, browser):
        assert "İnsan hakları" not in str(Reading(one.get("/").get_data(as_text=True)).tables)
