"""The shops, shared by all tests: neither can be changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.policies.shops import build_permitted, build_whole, guard_of, opened
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.guard import Guard


@pytest.fixture(scope="session")
def whole_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whole(tmp_path_factory.mktemp("whole") / "shop.duckdb")


@pytest.fixture(scope="session")
def whole(whole_shop: Path) -> Iterator[DuckDbEngine]:
    with opened(whole_shop) as engine:
        yield engine


@pytest.fixture(scope="session")
def permitted(tmp_path_factory: pytest.TempPathFactory, whole_shop: Path) -> Iterator[DuckDbEngine]:
    with opened(build_permitted(tmp_path_factory.mktemp("permitted") / "shop.duckdb", whole_shop)) as engine:
        yield engine


@pytest.fixture(scope="session")
def east(whole: DuckDbEngine) -> Guard:
    return guard_of("east", whole)
