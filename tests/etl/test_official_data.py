"""The official figures are the published ones: compared with the originals, or with what they add up to."""

import csv
import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from etl import registry

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = ROOT / "data" / "official"
SHARED = Path(os.environ.get("KARNE_SHARED", ROOT.parent / "shared")) / "data" / "official"
TIDY = ["place", "indicator", "period", "value", "status", "source_row"]
LOADED = list(yaml.safe_load((OFFICIAL / "manifest.yml").read_text(encoding="utf-8"))["files"])
PER_PERSON = {
    "savings_per_capita": 1,
    "waste_service": 1,
    "murder_rate": 1_000_000,
    "traffic_accidents": 1_000,
    "internet_subscriptions": 100,
    "sewerage_water_access": 1,
    "cinema_theatre_audience": 100,
    "mall_area": 1_000,
}
"""Per how many people an indicator counts; percentages and amounts per person are multiplied as they are."""

needs_originals = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no original publications in {SHARED}")


def rows(name: str, folder: Path = OFFICIAL) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(name: str) -> dict[tuple[str, str, str], str]:
    return {(row["place"], row["indicator"], row["period"]): row["value"] for row in rows(name)}


@pytest.fixture(scope="module")
def known() -> registry.Registry:
    return registry.load()


# ----------------------------------------------------------------------------------------------------- layout


@pytest.mark.parametrize("name", sorted(path.name for path in OFFICIAL.glob("*.csv")))
def test_files_are_plain_utf8_with_unix_line_ends(name: str) -> None:
    content = (OFFICIAL / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.decode("utf-8")


@pytest.mark.parametrize("name", LOADED)
def test_rows_are_tidy_and_known_to_the_registry(name: str, known: registry.Registry) -> None:
    found = rows(name)
    assert list(found[0]) == TIDY
    keys = Counter((row["place"], row["indicator"], row["period"]) for row in found)
    assert keys.most_common(1)[0][1] == 1
    for row in found:
        assert row["place"] in known.cities
        assert row["period"] in known.indicators[row["indicator"]].periods
        assert row["status"] in ("measured", "provisional")
        assert row["source_row"]
        float(row["value"])


def test_every_indicator_has_a_value_in_every_province_it_is_for_and_period(known: registry.Registry) -> None:
    found = {key for name in LOADED for key in values(name)} | set(values("life_index_2015_ranks.csv"))
    provinces = [city.city_id for city in known.cities.values() if city.kind == "province"]
    assert len(provinces) == 81
    for one in known.indicators.values():
        if "country" not in one.applicable_types and "province" not in one.applicable_types:
            continue  # municipalities alone report it
        for place in ["tr"] if one.geo_level == "country" else provinces:
            for period in one.periods:
                assert (place, one.indicator_id, period) in found


def test_the_manifest_names_files_that_exist_and_sources_that_are_known(known: registry.Registry) -> None:
    declared = yaml.safe_load((OFFICIAL / "manifest.yml").read_text(encoding="utf-8"))["files"]
    for name, entry in declared.items():
        assert (OFFICIAL / name).is_file()
        assert entry["source"] in known.sources
        sources = {known.indicators[row["indicator"]].source_id for row in rows(name)}
        assert sources == {entry["source"]}


def test_the_readme_names_every_file() -> None:
    readme = (OFFICIAL / "README.md").read_text(encoding="utf-8")
    for path in OFFICIAL.glob("*.csv"):
        assert f"`{path.name}`" in readme


# -------------------------------------------------------------------------------- what figures must add up to


@pytest.mark.parametrize(
    ("year", "total"), [("2023", 85_372_377), ("2024", 85_664_944), ("2025", 86_092_168)]
)
def test_provinces_add_up_to_the_announced_population(
    year: str, total: int, known: registry.Registry
) -> None:
    found = rows("population_adnks.csv")
    provinces = [
        row for row in found if row["period"] == year and known.cities[row["place"]].kind == "province"
    ]
    assert len(provinces) == 81
    assert sum(int(row["value"]) for row in provinces) == total


@pytest.mark.parametrize("indicator", sorted(PER_PERSON))
def test_indicators_per_person_are_of_2014(indicator: str) -> None:
    """Times the population of their year they give whole numbers; with another year's they do not."""
    index, population = values("life_index_2015.csv"), values("population_adnks.csv")

    def farthest_from_whole(year: str) -> float:
        counts = [
            float(value) * int(population[place, "population", year]) / PER_PERSON[indicator]
            for (place, found, _), value in index.items()
            if found == indicator
        ]
        assert len(counts) == 81
        return max(abs(count - round(count)) for count in counts)

    assert farthest_from_whole("2014") < 1e-3
    assert farthest_from_whole("2013") > 0.3
    assert farthest_from_whole("2015") > 0.3
    assert {period for _, found, period in index if found == indicator} == {"2014"}


def test_road_accidents_add_up_to_the_published_total() -> None:
    index, population = values("life_index_2015.csv"), values("population_adnks.csv")
    total = sum(
        float(value) * int(population[place, "population", "2014"]) / 1_000
        for (place, indicator, _), value in index.items()
        if indicator == "traffic_accidents"
    )
    assert total == pytest.approx(168_512, abs=1e-6)


def test_dimensions_and_ranks_follow_from_the_indicators(known: registry.Registry) -> None:
    """By the plainest arithmetic, independent of the engine: all 891 dimension cells, all 81 ranks."""
    by_indicator: dict[str, dict[str, float]] = defaultdict(dict)
    for name in ("life_index_2015.csv", "life_satisfaction_2013.csv"):
        for (place, indicator, _), value in values(name).items():
            by_indicator[indicator][place] = float(value)
    scores: dict[str, list[float]] = defaultdict(list)
    published = values("life_index_2015_published.csv")
    compared = 0
    for one in known.indicators.values():
        if not one.index or one.indicator_id == "life_index":
            continue
        for place in by_indicator["happiness"]:
            parts = []
            for each in one.index.components:
                column = by_indicator[each.component_id]
                low, high = min(column.values()), max(column.values())
                scaled = (column[place] - low) / (high - low)
                parts.append(1 - scaled if each.is_reversed else scaled)
            score = sum(parts) / len(parts)
            assert score == pytest.approx(float(published[place, one.indicator_id, "2015"]), abs=1e-9)
            scores[place].append(score)
            compared += 1
    assert compared == 891
    overall = {place: sum(parts) / len(parts) for place, parts in scores.items()}
    ordered = sorted(overall, key=lambda place: -overall[place])
    for row in rows("life_index_2015_ranks.csv"):
        assert overall[row["place"]] == pytest.approx(float(row["value"]), abs=5e-7)
        assert ordered.index(row["place"]) + 1 == int(row["rank"])


def test_sege_ranks_and_tiers_follow_from_the_scores() -> None:
    scores = {row["place"]: float(row["value"]) for row in rows("sege_2025.csv")}
    ranks = rows("sege_2025_ranks.csv")
    ordered = [scores[row["place"]] for row in sorted(ranks, key=lambda row: int(row["rank"]))]
    assert ordered == sorted(ordered, reverse=True)
    assert Counter(row["tier"] for row in ranks) == {"1": 8, "2": 13, "3": 17, "4": 11, "5": 15, "6": 17}


def test_only_the_unfinished_year_of_prices_is_provisional() -> None:
    assert {row["period"] for row in rows("cpi_2003_100.csv") if row["status"] == "provisional"} == {"2025"}
    others = [name for name in LOADED if name != "cpi_2003_100.csv"]
    assert all(row["status"] == "measured" for name in others for row in rows(name))


# ------------------------------------------------------------------------------------- the originals, if here


@needs_originals
def test_indicators_equal_the_original_table(known: registry.Registry) -> None:
    original = {
        known.resolve(row["province"], "province"): row
        for row in rows("life_index_2015_indicators.csv", SHARED)
    }
    found = rows("life_index_2015.csv") + rows("life_satisfaction_2013.csv")
    assert len(found) == 41 * 81
    for row in found:
        province, variable = row["source_row"].split(", ")
        assert original[row["place"]]["province"] == province
        assert original[row["place"]][variable] == row["value"]
        assert known.indicators[row["indicator"]].source_table.endswith(f": {variable}")


@needs_originals
def test_published_ranks_equal_the_original_table(known: registry.Registry) -> None:
    original = {
        known.resolve(row["province"], "province"): row
        for row in rows("life_index_2015_dimensions.csv", SHARED)
    }
    for row in rows("life_index_2015_ranks.csv"):
        assert (original[row["place"]]["overall"], original[row["place"]]["rank"]) == (
            row["value"],
            row["rank"],
        )
    for row in rows("life_index_2015_published.csv"):
        column = row["source_row"].split(", ")[1]
        assert float(original[row["place"]][column]) == pytest.approx(float(row["value"]), abs=5e-7)


@needs_originals
def test_population_equals_the_original_table(known: registry.Registry) -> None:
    kinds = {"il": "province", "ilçe": "municipality"}
    original = {
        (known.resolve(row["name"], kinds[row["level"]]), "population", row["year"]): row["population"]
        for row in rows("population_adnks.csv", SHARED)
    }
    assert values("population_adnks.csv") == original


@needs_originals
def test_sege_equals_the_original_table() -> None:
    original = {f"tr-{int(row['plate']):02d}": row for row in rows("provinces.csv", SHARED)}
    for row in rows("sege_2025.csv"):
        assert row["value"] == original[row["place"]]["sege2025_score"]
    for row in rows("sege_2025_ranks.csv"):
        province = original[row["place"]]
        assert (row["rank"], row["tier"]) == (province["sege2025_rank"], province["sege2025_tier"])


@needs_originals
def test_prices_are_the_means_of_the_months() -> None:
    months: dict[str, list[float]] = defaultdict(list)
    for row in rows("tufe_monthly_2003_100.csv", SHARED):
        months[row["year"]].append(float(row["tufe_2003_100"]))
    for row in rows("cpi_2003_100.csv"):
        of_year = months[row["period"]]
        assert float(row["value"]) == pytest.approx(sum(of_year) / len(of_year), abs=5.1e-5)
        assert (row["status"] == "measured") == (len(of_year) == 12)


@needs_originals
def test_provinces_equal_the_original_table(known: registry.Registry) -> None:
    for row in rows("provinces.csv", SHARED):
        city = known.cities[f"tr-{int(row['plate']):02d}"]
        assert (city.name_tr, city.nuts1, city.nuts2) == (row["name"], row["nuts1"], row["nuts2"])
        assert row["nuts3"] in city.codes
        assert city.latitude == pytest.approx(float(row["lat_seat"]), abs=1e-4)
        assert city.longitude == pytest.approx(float(row["lon_seat"]), abs=1e-4)
