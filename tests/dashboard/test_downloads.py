"""`/indir/…`: kinds of file, names, headers and addresses, over HTTP."""

import io
import json
import re

import openpyxl
import pytest
from flask.testing import FlaskClient

from dashboard.components.html import FIRST_ROWS
from dashboard.data import Data
from dashboard.export.names import slug
from dashboard.pages import PAGES
from tests.addresses import variables
from tests.reading import Reading, read_csv, read_xlsx

RANKING = "/indir/compare/ranking"


def test_machine_csv_is_plain(client: FlaskClient) -> None:
    raw = client.get(f"{RANKING}.csv").data
    assert not raw.startswith(b"\xef\xbb\xbf")
    first, second = raw.decode("utf-8").split("\r\n")[:2]
    assert first.startswith("yer_kodu,yer,")
    assert re.search(r",\d+\.\d+,", second)


def test_excel_csv_opens_right_in_turkish_excel(client: FlaskClient) -> None:
    raw = client.get(f"{RANKING}.excel").data
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("yer_kodu;yer;")
    assert lines[-1] == ""
    assert not any("\n" in line for line in lines)
    assert re.search(r";\d+,\d+;", lines[1])
    assert not re.search(r";\d+\.\d+;", lines[1])


def test_english_files_have_english_headings(client: FlaskClient) -> None:
    heading = client.get(f"{RANKING}.csv?lang=en").text.split("\r\n")[0].split(",")
    assert {"place", "value", "status", "level"} <= set(heading)
    assert "deger" not in heading


def test_workbook_tells_what_it_is(data: Data, client: FlaskClient) -> None:
    raw = client.get(f"{RANKING}.xlsx?gosterge=unemployment_rate").data
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Veri", "Bilgi"]
    assert book["Veri"].freeze_panes == "A2"
    about: dict[str, list[str]] = {}
    for name, text in read_xlsx(raw, 1):
        about.setdefault(name, []).append(text)
    indicator = data.catalog.indicators["unemployment_rate"]
    source = data.catalog.sources[indicator.source_id]
    assert indicator.label_tr in about["Ölçülen"][0]
    assert about["Künye"] == [source.citation_tr]
    assert about["Lisans"] == [source.licence_tr]
    assert about["Sürüm"] == [data.catalog.release.release_id]
    assert about["Adres"][0].startswith("https://karne.example/karsilastir?gosterge=unemployment_rate")
    assert int(about["Satır sayısı"][0]) == book["Veri"].max_row - 1
    assert "Küçük grup nedeniyle gizlendi" in about["Durum “gizli”"]
    english = openpyxl.load_workbook(io.BytesIO(client.get(f"{RANKING}.xlsx?lang=en").data))
    assert english.sheetnames == ["Data", "About"]


def test_workbook_is_the_same_bytes_again(client: FlaskClient) -> None:
    first = client.get(f"{RANKING}.xlsx").data
    assert client.get(f"{RANKING}.xlsx").data == first


def test_metadata_describes_both_csv_files(client: FlaskClient) -> None:
    answer = client.get(f"{RANKING}.json?gosterge=unemployment_rate")
    assert answer.mimetype == "application/csvm+json"
    group = json.loads(answer.data)
    assert group["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "tr"}]
    for described, separator, decimal in zip(group["tables"], ",;", ".,", strict=True):
        assert described["dialect"]["delimiter"] == separator
        raw = client.get(described["url"].removeprefix("https://karne.example")).data
        rows = read_csv(raw, separator)
        columns = described["tableSchema"]["columns"]
        assert rows[0] == [column["titles"] for column in columns]
        value = next(column for column in columns if column["name"] == "value")
        assert value["datatype"] == {"base": "number", "format": {"decimalChar": decimal}}
        at = columns.index(value)
        assert all(float(row[at].replace(decimal, ".")) > 0 for row in rows[1:])
        names = [column["name"] for column in columns]
        assert len(set(names)) == len(names)
        flag = next(column for column in columns if column["name"] == "is_synthetic")
        assert {row[columns.index(flag)] for row in rows[1:]} <= set(flag["datatype"]["format"].split("|"))


def test_a_file_is_named_for_what_is_in_it(client: FlaskClient) -> None:
    def name(path: str) -> str:
        found = re.fullmatch(
            r'attachment; filename="([^"]+)"', client.get(path).headers["Content-Disposition"]
        )
        assert found
        return found[1]

    wanted = "kent-karnesi_karsilastir_ranking_satisfaction-cleaning_2013"
    query = "?gosterge=satisfaction_cleaning"
    assert name(f"{RANKING}.csv{query}") == name(f"{RANKING}.excel{query}") == f"{wanted}.csv"
    assert name(f"{RANKING}.xlsx{query}") == f"{wanted}.xlsx"
    assert name(f"{RANKING}.json{query}") == f"{wanted}.csv-metadata.json"
    assert name(f"{RANKING}.csv{query}&lang=en").startswith("kent-karnesi_compare_ranking_")
    assert slug("Isparta Şırnak ĞÜŞİÖÇ ğüşıöç 2,5") == "isparta-sirnak-gusioc-gusioc-2-5"


def test_answers_carry_type_tag_and_description(data: Data, client: FlaskClient) -> None:
    types = {
        "csv": "text/csv; charset=utf-8; header=present",
        "excel": "text/csv; charset=utf-8; header=present",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/csvm+json",
    }
    for kind, mimetype in types.items():
        answer = client.get(f"{RANKING}.{kind}")
        assert answer.content_type == mimetype
        assert answer.headers["X-Robots-Tag"] == "noindex"
        tag = answer.headers["ETag"]
        assert data.catalog.release.release_id in tag
        again = client.get(f"{RANKING}.{kind}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    link = client.get(f"{RANKING}.csv?lang=en").headers["Link"]
    described = re.match(r'<([^>]+)>; rel="describedby"', link)
    assert described
    assert client.get(described[1]).mimetype == "application/csvm+json"


@pytest.mark.parametrize(
    "path",
    [
        "/indir/yok/ranking.csv",
        "/indir/compare/yok.csv",
        "/indir/compare/ranking.exe",
        "/indir/compare/ranking",
        "/indir/compare/ranking.csv.xlsx",
        "/indir/compare/.csv",
        "/indir/indicator/values.csv",
        "/indir/indicator/values.csv?indicator_id=yok",
        "/indir/compare/%2e%2e/ranking.csv",
        "/indir/",
        "/indir",
    ],
)
def test_unknown_files_are_the_sites_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "text/html"
    assert "<h1>Bu adreste bir sayfa yok</h1>" in answer.text
    assert "ETag" not in answer.headers


def test_bad_values_give_the_defaults_of_the_page(client: FlaskClient) -> None:
    plain_rows = client.get(f"{RANKING}.csv").data
    for query in (
        "gosterge=yok",
        "kent=%22%3E%3Cimg",
        "donem=9999",
        "ile=a,b,c",
        "lang=xx",
        "%00=1",
        "kent=" + "a" * 5000,
    ):
        assert client.get(f"{RANKING}.csv?{query}").data == plain_rows  # fmt: skip


def test_the_page_links_to_files_of_the_state_it_shows(client: FlaskClient) -> None:
    """Every download link on every page leads to a file with the rows of the table it stands under."""
    for page in PAGES:
        for given in variables(page):
            path = page.path
            for name, value in given.items():
                path = path.replace(f"<{name}>", value)
            text = client.get(path).text
            own = rf'href="(/indir/{page.name}/[^"]+)"'
            links = [link.replace("&amp;", "&") for link in re.findall(own, text)]
            machine = [link for link in links if ".csv" in link]
            tables = Reading(text).tables
            assert len(machine) == len(tables)
            for link, shown in zip(machine, tables, strict=True):
                rows = len(read_csv(client.get(link).data, ","))
                assert rows == len(shown) or rows > len(shown) > FIRST_ROWS
            for link in links:
                assert client.get(link).status_code == 200, link
