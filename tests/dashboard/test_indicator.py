"""Gösterge: figures against published values, the definition against the registry, the address kept."""

import datetime as dt
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from dashboard.catalog import Indicator, Source
from dashboard.data import Data
from dashboard.frame import Frame
from dashboard.page import Block
from dashboard.state import IndicatorState
from dashboard.text import Words
from dashboard.views.definition import definition, memberships, next_edition, share
from dashboard.views.indicator import view
from dashboard.views.spread import cuts, fifths, quantile
from tests import asking
from tests.reading import Reading

# TÜİK, Yaşam Memnuniyeti Araştırması 2013: satisfaction with municipal cleaning, to one decimal; the districts'
# figures are their provinces'.
CLEANING = {
    "adana": 59.6, "ankara": 73.9, "antalya": 73.0, "aydin": 77.3, "bartin": 77.2, "bingol": 39.9,
    "denizli": 79.5, "elazig": 43.9, "erzurum": 55.2, "eskisehir": 81.0, "istanbul-kartal": 80.7,
    "izmir-bornova": 62.7, "kayseri": 75.7, "kirklareli": 78.3, "manisa": 78.6, "mus": 36.6, "samsun": 68.3,
    "siirt": 45.9, "tekirdag": 74.4, "trabzon": 72.5,
}  # fmt: skip


def blocks(data: Data, indicator_id: str, **query: str) -> dict[str, Block]:
    state = IndicatorState.parse({"indicator_id": indicator_id, **query}, data.catalog)
    return {block.id: block for block in view(data, state).blocks}


def frame(block: Block) -> Frame:
    assert block.frame
    return block.frame


# --------------------------------------------------------------------------------------- figures


def test_cleaning_is_as_published(data: Data) -> None:
    ranking = blocks(data, "satisfaction_cleaning")["ranking"]
    shown = {row["city_id"]: row["value"] for row in frame(ranking)}
    assert CLEANING.items() <= {city: round(value, 1) for city, value in shown.items()}.items()
    mean = sum(shown.values()) / len(shown)
    assert f"ortalaması %{mean:.1f}".replace(".", ",") in ranking.headline
    every = blocks(data, "satisfaction_cleaning", yer="provinces")["ranking"]
    assert (
        "81 ilde değerler %31,0 (Hakkari) ile %88,2 (Kastamonu) arasında; yüksek değer daha iyi"
        in every.headline
    )


def test_the_better_end_follows_the_direction(data: Data) -> None:
    """Unemployment, TÜİK 2015: 4.2 to 23.4 per cent over the provinces; less is better and comes first."""
    ranking = blocks(data, "unemployment_rate", lang="en", yer="provinces")["ranking"]
    values = frame(ranking).values("value")
    assert values == sorted(values)
    assert "In 81 provinces values range from 4.2%" in ranking.headline
    assert "to 23.4%" in ranking.headline
    assert "lower is better" in ranking.headline
    assert "neither good nor bad" in blocks(data, "population", lang="en")["ranking"].headline


def test_a_district_says_whose_value_it_shows(data: Data) -> None:
    ranking = blocks(data, "life_index")["ranking"]
    assert "İstanbul/Kartal · il değeri" in ranking.headline
    assert ranking.chart
    ticks = ranking.chart.figure["layout"]["yaxis"]["ticktext"]
    assert sum("· il değeri" in tick for tick in ticks) == 2


def test_places_tied_at_an_end_are_all_counted(data: Data) -> None:
    state = IndicatorState.parse({"indicator_id": "satisfaction_cleaning", "yer": "provinces"}, data.catalog)
    assert state.query() == {"yer": "provinces"}
    provinces = blocks(data, "satisfaction_cleaning", yer="provinces")["ranking"]
    assert len(frame(provinces)) == 81
    assert "81 ilde" in provinces.headline
    assert any("81 yerin tamamı tabloda" in note for note in provinces.notes)


def test_every_indicator_opens_in_both_languages(client: FlaskClient, data: Data) -> None:
    for indicator_id in data.catalog.indicators:
        for lang in ("tr", "en"):
            read = Reading(client.get(f"/gosterge/{indicator_id}?lang={lang}").text)
            assert read.lang == lang
            assert read.headlines[0].strip()


# ---------------------------------------------------------------------------------- distribution


@pytest.mark.parametrize("at", [0, 0.05, 0.25, 1 / 3, 0.5, 0.75, 0.95, 1])
def test_quantiles_are_type_7(at: float) -> None:
    values = sorted(np.random.default_rng(7).normal(size=81))
    assert quantile(values, at) == pytest.approx(np.quantile(values, at), rel=1e-12)


def test_fifths_hold_every_place_and_every_pilot_once(data: Data) -> None:
    rows = data.rows(
        "city_values", indicator_id="happiness", period="2013", kinds=["municipality", "province"]
    )
    provinces = [row for row in rows if row["kind"] == "province"]
    pilots = [row for row in rows if row["role"] == "pilot"]
    made = fifths(provinces, pilots, data.catalog, Words("tr"))
    assert sum(part.count for part in made) == 81
    assert sorted(part.count for part in made) == [16, 16, 16, 16, 17]
    names = [name for part in made for name in part.pilots]
    assert len(names) == len(set(names)) == len(pilots) >= 20
    assert all(before.high < after.low for before, after in pairwise(made))
    assert "Siirt" in made[4].pilots  # 71.7 % happy, among the highest of all provinces
    assert "Antalya" in made[0].pilots  # 49.8 %


def test_few_places_have_no_fifths() -> None:
    assert cuts([1.0, 2.0, 3.0, 4.0]) == []


# ------------------------------------------------------------------------------------ over time


def test_change_is_told_since_the_break_only(data: Data) -> None:
    series = blocks(data, "population", lang="en")["series"]
    rows = list(frame(series))
    pilots = {city.city_id for city in data.catalog.pilots}
    first, last = (
        {row["city_id"]: row["value"] for row in rows if row["period"] == year and row["city_id"] in pilots}
        for year in ("2014", "2025")
    )
    change = {city: last[city] / first[city] - 1 for city in first}
    top, bottom = max(change, key=change.__getitem__), min(change, key=change.__getitem__)
    names = data.catalog.cities
    assert series.headline.startswith(
        f"Between 2014 and 2025 {names[top].name_en} rose most (+{change[top]:.1%})"
    )
    assert names[bottom].name_en in series.headline
    assert series.chart
    assert sum(trace["line"]["color"] != "@peer" for trace in series.chart.figure["data"]) == 2


def test_a_single_period_has_no_series_and_a_country_no_ranking(data: Data) -> None:
    assert "series" not in blocks(data, "happiness")
    country = blocks(data, "cpi")
    assert {"ranking", "distribution"} & country.keys() == set()
    assert country["series"].headline.startswith("Türkiye: 2005 yılında 117,48")


# ----------------------------------------------------------------------------------- definition


def told(indicator: Indicator, source: Source, lang: str) -> list[str]:
    """Every text the registry has about an indicator in one language."""
    texts: list[str] = []
    for record in (indicator, source):
        for field in fields(record):
            stem, _, language = field.name.rpartition("_")
            if language == lang and stem not in ("label", "short_label", "short"):
                value: Any = getattr(record, field.name)
                texts += value if isinstance(value, list) else [value]
    texts += [
        indicator.formula,
        indicator.source_table,
        source.url,
        *indicator.synonyms,
        indicator.indicator_id,
    ]
    texts += [getattr(one, f"text_{lang}") for one in indicator.breaks]
    return [text for text in texts if text]


@pytest.mark.parametrize("lang", ["tr", "en"])
def test_the_panel_has_all_the_registry_has(data: Data, lang: str) -> None:
    for indicator in data.catalog.indicators.values():
        body = blocks(data, indicator.indicator_id, lang=lang)["definition"].body
        for text in told(indicator, data.catalog.sources[indicator.source_id], lang):
            assert str(escape(text)) in body, (indicator.indicator_id, text)


def test_what_is_not_stated_is_named(data: Data) -> None:
    """Every indicator has the same fields, with content or named as without."""
    words = Words("tr")
    labels = []
    for indicator in data.catalog.indicators.values():
        groups = definition(data.catalog, indicator, words)
        labels.append({label for g in groups for label in (*(f.label for f in g.stated), *g.unstated)})
    assert len(labels[0]) >= 38
    assert all(one == labels[0] for one in labels)
    cleaning = definition(data.catalog, data.catalog.indicators["satisfaction_cleaning"], words)
    assert "Formül" in cleaning[1].unstated


def test_a_late_edition_is_shown_late(data: Data) -> None:
    indicator = data.catalog.indicators["cpi"]
    assert data.catalog.release.as_of == dt.date(2026, 11, 22)
    assert next_edition(data.catalog, indicator, Words("tr")) == (
        "Gecikti: 3 Aralık 2025 tarihinde bekleniyordu (354 gün geçti).", True,
    )  # fmt: skip
    on_time = replace(indicator, next_update=data.catalog.release.as_of)
    assert next_edition(data.catalog, on_time, Words("en")) == ("22 November 2026", False)
    assert next_edition(data.catalog, replace(indicator, next_update=None), Words("en"))[1] is False
    assert 'class="late"' in blocks(data, "cpi")["definition"].body


# -------------------------------------------------------------------------------- parts and kin


def test_an_index_lists_its_components(data: Data) -> None:
    components = blocks(data, "life_index")["components"]
    assert len(frame(components)) == 11
    assert {row["share"] for row in frame(components)} == {"%9,1"}
    environment = blocks(data, "life_index_environment")["components"]
    turned = {row["component_id"] for row in frame(environment) if row["direction"].startswith("ters")}
    assert turned == {"air_pollution_pm10", "street_noise"}
    assert "5 bileşenden oluşur; 2 tanesi ters" in environment.headline


def test_a_component_names_its_index(data: Data) -> None:
    indicator = data.catalog.indicators["satisfaction_cleaning"]
    found = memberships(data.catalog, indicator)
    assert [one.index_id for one in found] == ["life_index_environment"]
    assert share(found[0], data.catalog, Words("en")) == "20.0%"
    assert "/gosterge/life_index_environment" in blocks(data, "satisfaction_cleaning")["definition"].body


def test_related_indicators_share_the_theme(data: Data) -> None:
    related = blocks(data, "satisfaction_cleaning")["related"].body
    theme = {i.indicator_id for i in data.catalog.indicators.values() if i.theme_id == "environment"}
    for other in theme - {"satisfaction_cleaning"}:
        assert f"/gosterge/{other}" in related
    assert "/gosterge/satisfaction_cleaning" not in related
    assert "/karsilastir?gosterge=satisfaction_cleaning" in related


def test_the_full_data_is_full(data: Data) -> None:
    full = blocks(data, "satisfaction_cleaning")["data"]
    assert len(frame(full)) == 81 + len(data.catalog.municipalities)
    assert full.twin_open is False


# -------------------------------------------------------------------------------------- address


def test_unknown_indicators_are_not_found(client: FlaskClient) -> None:
    for path in ("/gosterge/nowhere", "/gosterge/", "/gosterge", "/gosterge/happiness/2013", "/gosterge/%00"):
        assert client.get(path).status_code == 404, path


def test_an_unknown_period_is_replaced_with_a_notice(client: FlaskClient) -> None:
    text = client.get("/gosterge/happiness?donem=1999").text
    assert "en son dönem gösteriliyor" in text


def update(client: FlaskClient, previous: dict[str, str], **changed: str) -> dict[str, Any]:
    """What the browser sends when a control changes, and what it gets."""
    rest = {"yer": "pilots", "donem": "2025"}
    given = changed | {name: value for name, value in rest.items() if name not in changed}
    answer = asking.changed(client, "indicator", given, previous)
    assert answer.status_code == 200
    response: dict[str, Any] = answer.json["response"]  # type: ignore[index]
    return response


def test_a_control_keeps_the_indicator_of_the_address(client: FlaskClient) -> None:
    response = update(client, {"indicator_id": "population", "lang": "en"}, donem="2010")
    payload = response["indicator-payload"]["data"]
    assert payload["url"] == "/gosterge/population?donem=2010&lang=en"
    assert payload["other"] == "/gosterge/population?donem=2010"
    assert response["indicator-query"]["data"]["indicator_id"] == "population"
    foot = next(block["foot"] for block in payload["blocks"] if block["id"] == "ranking")
    assert "/indir/indicator/ranking.csv?indicator_id=population&amp;donem=2010&amp;lang=en" in foot
