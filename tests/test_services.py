"""services.yml is the one place where functional codes, survey questions, objectives and need indicators meet.

A second place would be a second answer to what a service is; each rule here is tried on a text that breaks it.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import duckdb
import pytest
import yaml

from etl.registry import load
from etl.registry_entries import Service
from etl.sources.plan import service_words

ROOT = Path(__file__).resolve().parents[1]
PLACE = Path("etl/registry/services.yml")
CODES = Path("etl/registry/budget_codes.yml")
INDICATORS = Path("etl/registry/indicators")
"""An indicator says which service it measures; whether it tells the need of it is not for it to say."""
READ = {".py", ".sql", ".yml", ".html", ".js"}


@pytest.fixture(scope="module")
def services() -> dict[str, Service]:
    return {one.service_id: one for one in load(ROOT / "etl" / "registry").services.values()}


def sources() -> Iterator[tuple[Path, str]]:
    """Code, queries, words and registry of both packages, by their path inside the project."""
    for folder in ("etl", "dashboard", "assets"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in READ:
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def joined(text: str, service: Service) -> list[str]:
    """Functions and the need of a service that a text names beside the service itself, as an id."""
    own = service.service_id
    if not re.search(rf"(?m)[\"']{own}[\"']|\b(service|service_id|id): {own}\b|^\s*{own}:", text):
        return []
    codes = [code for code in service.functions if re.search(rf"[\"']{re.escape(code)}[\"']", text)]
    need = service.need_indicator_id or ""
    return codes + ([need] if need and re.search(rf"\b{need}\b", text) else [])


def test_no_other_file_joins_a_service_to_money_or_need(services: dict[str, Service]) -> None:
    found = {
        f"{path}: {service.service_id}": names
        for path, text in sources()
        if path != PLACE and INDICATORS not in path.parents
        for service in services.values()
        if service.has_mirror and (names := joined(text, service))
    }
    assert found == {}
    place = (ROOT / PLACE).read_text(encoding="utf-8")
    assert all(joined(place, one) for one in services.values() if one.has_mirror), "the rule sees nothing"
    assert joined("- {service: cleaning, function: '05.1'}", services["cleaning"]) == ["05.1"]
    assert joined("FUNCTIONS = {'cleaning': '05.1'}", services["cleaning"]) == ["05.1"]
    assert joined("cleaning: waste_service", services["cleaning"]) == ["waste_service"]


def test_what_services_name_exists(services: dict[str, Service]) -> None:
    registry = load(ROOT / "etl" / "registry")
    known = yaml.safe_load((ROOT / CODES).read_text(encoding="utf-8"))["functional"]
    mirrored = [one for one in services.values() if one.has_mirror]
    assert len(mirrored) >= 7
    for service in mirrored:
        assert service.functions, f"{service.service_id}: without a function its money is never told"
        assert set(service.functions) <= known.keys()
        assert (
            service.need_indicator_id is None
            or registry.indicators[service.need_indicator_id].state == "published"
        )


def test_surveys_and_plans_meet_services_only_by_their_ids(
    services: dict[str, Service], release_folder: Path, tmp_path: Path
) -> None:
    registry = load(ROOT / "etl" / "registry")
    asked = {item.service_id for wave in registry.surveys.values() for item in wave.items}
    assert len(asked & services.keys()) >= 7
    words = service_words(registry)
    assert set(words.values()) == set(services)
    current = (release_folder / "current").read_text(encoding="utf-8").strip().removesuffix(".duckdb")
    # A copy: an app of another test may hold the file itself under its own settings.
    release = Path(copyfile(release_folder / f"{current}.duckdb", tmp_path / "release.duckdb"))
    with duckdb.connect(release, read_only=True) as opened:
        for table in ("dim_item", "plan_objective", "dim_indicator"):
            column = f"SELECT DISTINCT service_id FROM mart.{table} WHERE service_id IS NOT NULL"
            assert {row[0] for row in opened.execute(column).fetchall()} <= services.keys(), table
        kept = opened.execute(
            "SELECT service_id, functions, need_indicator_id FROM mart.dim_service"
        ).fetchall()
    assert {row[0]: (row[1], row[2]) for row in kept} == {
        one.service_id: (list(one.functions), one.need_indicator_id) for one in services.values()
    }


def test_a_word_of_a_plan_means_one_service(services: dict[str, Service]) -> None:
    words = [word.lower() for one in services.values() for word in one.plan_words]
    assert len(set(words)) == len(words)
