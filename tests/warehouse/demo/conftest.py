"""One demo shop for all tests here, and the truth beside it; the soak runs them on others, told by the environment."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.demo.truth import plant
from warehouse.demo.build import build

AS_OF = datetime.date.fromisoformat(os.environ.get("DEMO_AS_OF", "2026-06-30"))
USERS = int(os.environ.get("DEMO_USERS", "20000"))
SEED = int(os.environ.get("DEMO_SEED", "42"))


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    build(path, as_of=AS_OF, users=USERS, seed=SEED)
    return path


@pytest.fixture(scope="session")
def shop(shop_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shop_file), read_only=True) as connection:
        connection.execute("SET VARIABLE as_of = ?", [AS_OF])
        plant(connection, seed=SEED)
        yield connection


@pytest.fixture(scope="session")
def seen(shop: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The shop with what the tests of the planted truths look at more than once."""
    shop.execute((Path(__file__).parent / "truths.sql").read_text(encoding="utf-8"))
    return shop
