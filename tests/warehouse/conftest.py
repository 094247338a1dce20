"""The small shop and an engine over it, shared by all tests: neither can be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.shop import TABLES, build
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.guard import Guard


@pytest.fixture(scope="session")
def small_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("small") / "shop.duckdb")


@pytest.fixture(scope="session")
def engine(small_shop: Path) -> Iterator[DuckDbEngine]:
    engine = DuckDbEngine(small_shop)
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def guard() -> Guard:
    return Guard(TABLES)
