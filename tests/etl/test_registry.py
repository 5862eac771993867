"""The registry loads as a whole or not at all; names find their place in any spelling; order is Turkish."""

import shutil
import time
from pathlib import Path

import duckdb
import pytest
import yaml

from etl import registry
from etl.errors import RegistryError
from etl.turkish import search_key, turkish_ranks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def loaded() -> registry.Registry:
    return registry.load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(registry.FOLDER, tmp_path / "registry"))


def faults_of(folder: Path) -> set[tuple[str, str, str]]:
    with pytest.raises(RegistryError) as caught:
        registry.load(folder)
    return {(fault.file, str(fault.column), fault.rule) for fault in caught.value.faults}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# --------------------------------------------------------------------------------------- the shipped registry


def test_roster_has_twenty_named_and_six_unnamed_positions(loaded: registry.Registry) -> None:
    assert [one.position for one in loaded.positions] == list(range(1, 27))
    named = [one for one in loaded.positions if one.state == "named"]
    assert len(named) == 20
    assert all(one.source_url and one.city_id for one in named)
    assert all(one.city_id is None and one.source_url is None for one in loaded.positions if one not in named)
    assert {one.city_id for one in named} == {c.city_id for c in loaded.cities.values() if c.role == "pilot"}


def test_places_are_the_country_its_provinces_the_pilots_and_the_model(loaded: registry.Registry) -> None:
    kinds = [city.kind for city in loaded.cities.values()]
    assert [kinds.count(kind) for kind in ("country", "province", "municipality")] == [1, 81, 21]
    plates = sorted(city.plate for city in loaded.cities.values() if city.kind == "province" and city.plate)
    assert plates == list(range(1, 82))
    assert loaded.cities["istanbul-atasehir"].role == "model"
    assert len({city.nuts2 for city in loaded.cities.values() if city.nuts2}) == 26


def test_law_6360_is_in_the_legal_types(loaded: registry.Registry) -> None:
    changed = {c.city_id for c in loaded.cities.values() if c.legal_type_since == 2014}
    assert changed == {"aydin", "denizli", "manisa", "tekirdag", "trabzon"}
    for city_id in changed:
        city = loaded.cities[city_id]
        assert (city.legal_type_before, city.legal_type) == ("provincial", "metropolitan")


def test_a_municipality_takes_what_it_does_not_say_from_its_province(loaded: registry.Registry) -> None:
    province, city, district = (loaded.cities[one] for one in ("tr-34", "tr-01", "istanbul-kartal"))
    assert (district.plate, district.nuts2, district.nuts2_name) == (34, "TR10", "İstanbul")
    assert (district.latitude, district.longitude) == (40.89, 29.19)
    assert province.latitude != district.latitude
    adana = loaded.cities["adana"]
    assert (adana.latitude, adana.longitude) == (city.latitude, city.longitude)


def test_every_index_dimension_has_the_published_number_of_components(loaded: registry.Registry) -> None:
    sizes = {one.theme_id: len(one.index.components) for one in loaded.indicators.values() if one.index}
    assert sizes == {
        "development": 11,
        "housing": 3,
        "work": 4,
        "income": 3,
        "health": 5,
        "education": 5,
        "environment": 5,
        "safety": 4,
        "participation": 3,
        "infrastructure": 4,
        "social": 4,
        "wellbeing": 1,
    }


def test_components_are_reversed_exactly_where_lower_is_better(loaded: registry.Registry) -> None:
    components = [each for one in loaded.indicators.values() if one.index for each in one.index.components]
    for each in components:
        assert each.is_reversed == (loaded.indicators[each.component_id].direction == "lower"), each
    assert sum(each.is_reversed for each in components) == 9


def test_no_label_calls_anything_poverty(loaded: registry.Registry) -> None:
    for one in loaded.indicators.values():
        labels = " ".join((one.label_tr, one.label_en, one.short_label_tr, one.short_label_en)).lower()
        assert "yoksul" not in labels
        assert "poverty" not in labels


def test_labels_carry_neither_unit_nor_year(loaded: registry.Registry) -> None:
    for one in loaded.indicators.values():
        labels = (one.label_tr, one.label_en, one.short_label_tr, one.short_label_en)
        assert not any("%" in label or "20" in label for label in labels), one.indicator_id
        assert all(len(label) <= 30 for label in labels[2:]), one.indicator_id


def test_shares_are_in_per_cent(loaded: registry.Registry) -> None:
    for one in loaded.indicators.values():
        # A ratio of two amounts is in per cent too, and may pass 100 or fall below 0.
        kinds = {"share", "rate"} if one.theme_id == "finance" else {"share"}
        assert (one.kind in kinds) == (one.unit_symbol == "%"), one.indicator_id


@pytest.mark.parametrize("table", sorted(registry.load().rows()))
def test_rows_fit_the_tables_of_the_contract(loaded: registry.Registry, table: str) -> None:
    with duckdb.connect() as connection:
        connection.execute((ROOT / "warehouse.duckdb.sql").read_text(encoding="utf-8"))
        columns = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
        rows = loaded.rows()[table]
        for row in rows:
            assert sorted(row) == sorted(columns)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(rows),)


# -------------------------------------------------------------------------------------------- names and order


@pytest.mark.parametrize(
    ("name", "kind", "city_id"),
    [
        ("Adana", "municipality", "adana"),
        ("Adana", "province", "tr-01"),
        ("ADANA BÜYÜKŞEHİR BELEDİYESİ", "municipality", "adana"),
        ("İSTANBUL", "province", "tr-34"),
        ("İSTANBUL".lower(), "province", "tr-34"),  # Python leaves a dot above: i̇stanbul
        ("istanbul", "province", "tr-34"),
        ("ISPARTA", "province", "tr-32"),
        ("ızmır", "province", "tr-35"),
        ("TR-35", "province", "tr-35"),
        ("35", "province", "tr-35"),
        ("1", "province", "tr-01"),
        ("TR621", "province", "tr-01"),
        ("İstanbul(Kartal)", "municipality", "istanbul-kartal"),
        ("istanbul / kartal", "municipality", "istanbul-kartal"),
        ("KARTAL BELEDİYESİ", "municipality", "istanbul-kartal"),
        ("1449", "municipality", "istanbul-kartal"),
        ("Afyon", "province", "tr-03"),
        ("K.Maraş", "province", "tr-46"),
        ("Şanlıurfa", "province", "tr-63"),  # ş written as s + cedilla
        ("Türkiye", "country", "tr"),
        ("Kartal", "province", None),
        ("Adanna", "province", None),
        ("", "province", None),
    ],
)
def test_names_resolve_by_kind(loaded: registry.Registry, name: str, kind: str, city_id: str | None) -> None:
    assert loaded.resolve(name, kind) == city_id


def test_nearest_suggests_an_official_name(loaded: registry.Registry) -> None:
    assert loaded.nearest("Eskişeir", "municipality") == "Eskişehir"
    assert loaded.nearest("istambul", "province") == "İstanbul"
    assert loaded.nearest("qqqqqq", "province") is None


def test_search_key_folds_as_documented() -> None:
    assert {search_key(one) for one in ("İZMİR", "IZMIR", "ızmır", "izmir", "İZMİR".lower())} == {"izmir"}
    assert search_key("ÇÖP Âdil ĞÜŞ") == "cop adil gus"


def test_order_is_the_one_of_icu() -> None:
    names = [
        "Zonguldak",
        "Çorum",
        "Cizre",
        "Iğdır",
        "ılıca",
        "Isparta",
        "iç",
        "İzmir",
        "Gölcük",
        "Ğ",
        "Ordu",
        "Ödemiş",
        "Samsun",
        "Şırnak",
        "Uşak",
        "Ünye",
        "İstanbul/Kartal",
        "İstanbul",
        "İstanbul/Ataşehir",
        "Hakkâri",
        "4 Eylül",
        "Kırklareli",
        "Kırıkkale",
        "Qala",
        "Wan",
        "Van",
        "Xanthos",
    ]
    names += [city.name_tr for city in registry.load().cities.values() if city.kind == "province"]
    names = sorted(set(names))
    ranks = turkish_ranks({name: name for name in names})
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT n FROM unnest(?) AS t(n) ORDER BY n COLLATE tr", [names]).fetchall()
    assert sorted(names, key=ranks.__getitem__) == [name for (name,) in rows]
    assert sorted(ranks.values()) == list(range(1, len(names) + 1))


def test_indicators_find_their_words(loaded: registry.Registry) -> None:
    def found(word: str) -> set[str]:
        return {i for i, one in loaded.indicators.items() if search_key(word) in one.search_key}

    assert "satisfaction_cleaning" in found("ÇÖP")
    assert "satisfaction_cleaning" in found("cop")
    assert "households_failing_basic_needs" in found("yoksulluk")
    assert "sewerage_water_access" in found("su")


# ---------------------------------------------------------------------------------------- faults, all at once


def test_all_faults_are_reported_at_once(folder: Path) -> None:
    indicator = folder / "indicators" / "unemployment_rate.yml"
    edit(indicator, "id: unemployment_rate", "id: unemployment")
    edit(indicator, "theme: work", "theme: wok")
    edit(indicator, "service: employment", "service: employement")
    edit(indicator, "direction: lower", "direction: down")
    edit(indicator, "decimals: 1", "decimals: one")
    edit(indicator, "label: {tr: İşsizlik oranı, en: Unemployment rate}", "label: {tr: İşsizlik oranı}")
    edit(indicator, "component: map", "component: map\nunits: x")
    edit(folder / "indicators" / "happiness.yml", "decimals: 1", "decimals: true\nperiods: [spring]")
    edit(folder / "indicators" / "cpi.yml", "{first: 2005, last: 2025}", "{first: 2025, last: 2005}")
    index = folder / "indicators" / "life_index_work.yml"
    edit(index, "{id: daily_earnings,", "{id: daily_earning,")
    edit(folder / "services.yml", "id: cleaning", "id: Cleaning")
    edit(folder / "sources.yml", "id: tuik_adnks", "id: sege_2025")
    edit(folder / "themes.yml", "lead_indicator: life_index_housing", "lead_indicator: life_index_house")
    edit(folder / "cities.yml", "aliases: [Kartal]", "aliases: [Kartal, Bornova]")
    edit(folder / "cities.yml", "province: tr-06", "province: tr-99")
    edit(folder / "cities.yml", "state: unnamed", "state: unnamed\n    source_url: https://example.org")
    edit(folder / "provinces.yml", "nuts2: TR62,", "nuts2: TR99,")
    unemployment = "indicators/unemployment_rate.yml"
    assert faults_of(folder) >= {
        (unemployment, "id", "registry_id_not_stem"),
        (unemployment, "theme", "registry_unknown_reference"),
        (unemployment, "service", "registry_unknown_reference"),
        (unemployment, "direction", "registry_not_allowed"),
        (unemployment, "decimals", "registry_not_allowed"),
        (unemployment, "label", "registry_missing_language"),
        (unemployment, "units", "registry_unknown_key"),
        ("indicators/happiness.yml", "decimals", "registry_not_allowed"),
        ("indicators/cpi.yml", "periods", "registry_nothing_defined"),
        ("indicators/life_index_work.yml", "index.components", "registry_unknown_reference"),
        ("services.yml", "services[0].id", "registry_bad_id"),
        ("sources.yml", "sources", "registry_repeated_id"),
        ("indicators/population.yml", "source", "registry_unknown_reference"),
        ("themes.yml", "housing", "registry_unknown_reference"),
        ("cities.yml", "izmir-bornova", "registry_repeated_alias"),
        ("cities.yml", "pilots[1].city.province", "registry_unknown_reference"),
        ("cities.yml", "pilots[20]", "registry_position_state"),
        ("provinces.yml", "provinces[0].nuts2", "registry_unknown_reference"),
    }


def test_a_fault_says_where_what_and_how_to_mend_in_both_languages(folder: Path) -> None:
    edit(folder / "indicators" / "happiness.yml", "theme: wellbeing", "thema: wellbeing")
    with pytest.raises(RegistryError) as caught:
        registry.load(folder)
    unknown = next(fault for fault in caught.value.faults if fault.rule == "registry_unknown_key")
    assert (unknown.file, unknown.column, unknown.value) == ("indicators/happiness.yml", "thema", "thema")
    assert "theme" in unknown.message_tr
    assert "theme" in unknown.message_en
    assert "indicators/happiness.yml: theme: This key is required. Add it." in str(caught.value)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("services: [", "registry_not_yaml"),
        ("services:\n  - 7\n", "registry_wrong_type"),
        ("services:\n  -\n", "registry_wrong_type"),
        ("services:\n  - {id: [a], label: {a: [b]}}\n", "registry_wrong_type"),
        ("services: []\n", "registry_nothing_defined"),
        ("- a\n", "registry_wrong_type"),
        ("services: []\nservices: []\n", "registry_repeated_key"),
    ],
)
def test_a_broken_file_is_a_fault_not_a_crash(folder: Path, text: str, rule: str) -> None:
    (folder / "services.yml").write_text(text, encoding="utf-8")
    assert rule in {found for _, _, found in faults_of(folder)}


def test_a_missing_file_is_a_fault(folder: Path) -> None:
    (folder / "sources.yml").unlink()
    assert ("sources.yml", "-", "registry_missing_file") in faults_of(folder)


def test_a_faulty_entry_does_not_make_references_to_it_faulty(folder: Path) -> None:
    edit(folder / "sources.yml", "title: {tr:", "titel: {tr:")
    assert {file for file, _, _ in faults_of(folder)} == {"sources.yml"}


# ------------------------------------------------------------------------------------------- an administrator


def test_naming_a_position_is_the_edit_of_one_entry(folder: Path) -> None:
    edit(
        folder / "cities.yml",
        "  - position: 21\n    state: unnamed\n",
        "  - position: 21\n    state: named\n    source_url: https://example.org/kaynak\n"
        "    city: {id: ornekkent, name: {tr: Örnekkent, en: Örnekkent}, province: tr-44,\n"
        "           legal_type: metropolitan}\n",
    )
    loaded = registry.load(folder)
    city = loaded.cities["ornekkent"]
    assert loaded.positions[20].city_id == "ornekkent"
    assert (city.role, city.named_in, city.plate) == ("pilot", "https://example.org/kaynak", 44)
    assert loaded.resolve("ÖRNEKKENT BÜYÜKŞEHİR BELEDİYESİ", "municipality") == "ornekkent"


def test_fourteen_hundred_municipalities_load_in_seconds(folder: Path) -> None:
    members = [
        {
            "id": f"member-{n:04d}",
            "name": {"tr": f"Belediye Ğ{n:04d}", "en": f"Municipality {n:04d}"},
            "province": f"tr-{n % 81 + 1:02d}",
            "legal_type": "district",
        }
        for n in range(1_400)
    ]
    roster = yaml.safe_load((folder / "cities.yml").read_text(encoding="utf-8"))
    roster["others"] += members
    text = yaml.safe_dump(roster, allow_unicode=True, sort_keys=False)
    (folder / "cities.yml").write_text(text, encoding="utf-8")
    started = time.perf_counter()
    loaded = registry.load(folder)
    assert time.perf_counter() - started < 3
    assert sum(city.role == "member" for city in loaded.cities.values()) == 1_400
    assert loaded.resolve("belediye ğ0007 belediyesi", "municipality") == "member-0007"
