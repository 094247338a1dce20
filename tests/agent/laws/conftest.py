"""The shops of the laws, each read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent.laws.shops import ALL, DEMO_SHOP, OTHERS, questions
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Reading, Warehouse


@pytest.fixture(scope="session", params=ALL)
def shop_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def reading(shop_name: str, shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    """The data of each shop in turn."""
    if shop_name == DEMO_SHOP:
        warehouse = Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF)
    else:
        warehouse = OTHERS[shop_name](tmp_path_factory.mktemp(shop_name))
    with warehouse.reading() as reading:
        yield reading


@pytest.fixture(scope="session")
def asked(shop_name: str) -> tuple[str, ...]:
    """What people ask of that shop."""
    return questions(shop_name)
