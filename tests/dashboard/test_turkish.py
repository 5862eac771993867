"""Turkish as it is written: case endings of every city, and a whole run under a Turkish locale."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.catalog import Catalog
from dashboard.data import Data
from dashboard.narrative.places import located
from dashboard.narrative.turkish import locative

ROOT = Path(__file__).resolve().parents[2]

LOCATIVES = """
Adana’da Afyonkarahisar’da Ağrı’da Aksaray’da Amasya’da Ankara’da Antalya’da Artvin’de Aydın’da Balıkesir’de
Bartın’da Batman’da Bayburt’ta Bilecik’te Bitlis’te Bolu’da Bursa’da Çanakkale’de Çankırı’da Çorum’da Denizli’de
Bingöl’de Diyarbakır’da Düzce’de Edirne’de Elazığ’da Erzincan’da Erzurum’da Eskişehir’de Gaziantep’te Giresun’da
Gümüşhane’de Hatay’da Iğdır’da Isparta’da İstanbul’da İzmir’de Kahramanmaraş’ta Karabük’te Kars’ta Kastamonu’da
Kayseri’de Kırıkkale’de Kırklareli’nde Kırşehir’de Kilis’te Konya’da Kütahya’da Malatya’da Manisa’da Mardin’de
Mersin’de Muğla’da Muş’ta Nevşehir’de Niğde’de Ordu’da Osmaniye’de Rize’de Sakarya’da Samsun’da Siirt’te Sinop’ta
Sivas’ta Şanlıurfa’da Şırnak’ta Tekirdağ’da Tokat’ta Trabzon’da Uşak’ta Van’da Yalova’da Yozgat’ta Zonguldak’ta
İstanbul/Kartal’da İstanbul/Ataşehir’de İzmir/Bornova’da Tunceli’de Kocaeli’nde Batman’da Hakkari’de
İstanbul/Beyoğlu’nda Ankara/Gölbaşı’nda
"""


@pytest.mark.parametrize("wanted", LOCATIVES.split())
def test_locatives(wanted: str) -> None:
    assert locative(wanted.partition("’")[0]) == wanted


def test_every_pilot_has_a_checked_locative(data: Data) -> None:
    """A city that joins the roster brings its own line above."""
    names = {city.name_tr for city in data.catalog.municipalities}
    assert names - {wanted.partition("’")[0] for wanted in LOCATIVES.split()} == set()


def test_english_names_take_no_ending() -> None:
    assert located("Muş", "en") == "Muş"
    assert located("Muş", "tr") == "Muş’ta"


def test_identifiers_are_plain_ascii(data: Data) -> None:
    """An id that a Turkish upper-casing would change is an id that breaks somewhere (T5)."""
    catalog: Catalog = data.catalog
    for table in (catalog.cities, catalog.indicators, catalog.themes, catalog.services, catalog.sources):
        assert all(key.isascii() and key == key.lower() for key in table)


def test_everything_works_under_a_turkish_locale(release_folder: Path) -> None:
    """In its own process: a locale is a property of the process, and some systems have none of the name."""
    code = """
import json, sys
from pathlib import Path
from dashboard.app import create_app
from dashboard.settings import Settings
client = create_app(Settings(data=Path(sys.argv[1]))).server.test_client()
paths = ("/", "/karsilastir?gosterge=unemployment_rate", "/karsilastir?lang=en", "/indir/compare/ranking.excel")
answers = [client.get(path) for path in paths]
assert [answer.status_code for answer in answers] == [200] * 4
assert "\\u0130\\u015fsizlik" in answers[1].get_data(as_text=True)
print(len(answers))
"""
    environment = {**os.environ, "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(release_folder)],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "4"), done.stderr[-2000:]
