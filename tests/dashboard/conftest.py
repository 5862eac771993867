"""One public app over one release for all tests of the dashboard; who changes state makes their own app."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import catalog as catalogs
from dashboard.app import create_app
from dashboard.data import Data
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse
from tests import plans
from tests.budgets import FACTS, MANY, PLAIN, with_budgets
from tests.mirror import ADDRESS
from tests.money import with_money


@pytest.fixture(scope="session")
def settings(release_folder: Path) -> Settings:
    """Those of a public app over the release."""
    return Settings(data=release_folder, base_url="https://karne.example", secret_key="only for tests")


@pytest.fixture(scope="session")
def data(release_folder: Path) -> Data:
    """Warehouse and catalogue of the release, without an app."""
    warehouse = Warehouse(release_folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="session")
def app(settings: Settings) -> Dash:
    """The public app."""
    return create_app(settings)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """A browser without scripts."""
    return app.server.test_client()


@pytest.fixture(scope="session")
def mart(
    release_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the release, asked without the dashboard."""
    current = (release_folder / "current").read_text(encoding="utf-8").strip()
    copy = tmp_path_factory.mktemp("mart") / "release.duckdb"
    copy.write_bytes((release_folder / f"{current}.duckdb").read_bytes())
    with duckdb.connect(copy, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def budget_folder(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with the budgets of tests/budgets.py alone."""
    return with_budgets(release_folder, tmp_path_factory.mktemp("budgets") / "releases", PLAIN + MANY, FACTS)


@pytest.fixture(scope="session")
def money(budget_folder: Path) -> Data:
    """Warehouse and catalogue of those budgets."""
    warehouse = Warehouse(budget_folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="session")
def plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the plans worked out by hand (tests/plans.py), beside the published figures."""
    return plans.release(tmp_path_factory.mktemp("plans"), extra=(plans.ROOT / "data/official",))


@pytest.fixture(scope="session")
def planned(plan_folder: Path) -> Data:
    """Warehouse and catalogue of that release."""
    warehouse = Warehouse(plan_folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="session")
def planner(settings: Settings, plan_folder: Path) -> FlaskClient:
    """A browser without scripts on an app over that release."""
    return create_app(replace(settings, data=plan_folder)).server.test_client()


@pytest.fixture(scope="session")
def mirror_folder(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The surveys and indicators that ship, with budgets and plans that can be reckoned by hand."""
    return with_money(release_folder, tmp_path_factory.mktemp("money") / "releases")


@pytest.fixture(scope="session")
def mirrored(mirror_folder: Path) -> Data:
    """Warehouse and catalogue of those, without an app."""
    warehouse = Warehouse(mirror_folder)
    return Data(warehouse, catalogs.load(warehouse))


@pytest.fixture(scope="session")
def mirror_client(mirror_folder: Path) -> FlaskClient:
    """A browser without scripts before them."""
    return create_app(
        Settings(data=mirror_folder, base_url=ADDRESS, secret_key="only for tests")
    ).server.test_client()
