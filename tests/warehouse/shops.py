"""Shops of several trades, each with a model of its own, read by the same code."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from tests.warehouse.evaluation import evaluation_data
from warehouse.demo.build import HERE as DEMO_FOLDER
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.warehouse import Warehouse

TESTS = Path(__file__).parents[1]
MODELS = TESTS / "models"


def hand(folder: Path) -> Path:
    """The shop of tests/hand.sql: six users and fourteen orders, through 2026-06-30."""
    path = folder / "hand.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((DEMO_FOLDER / "sql" / "schema.sql").read_text("utf-8"))
        connection.execute((TESTS / "hand.sql").read_text("utf-8"))
    return path


def gym(folder: Path) -> Warehouse:
    """Six members, eighteen visits and ten payments of a gym, through 2024-04-10."""
    path = folder / "gym.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((MODELS / "gym.sql").read_text("utf-8"))
    return Warehouse(DuckDbEngine(path), load(MODELS / "gym.yml"))


def online_retail(folder: Path) -> Warehouse:
    """UCI Online Retail, December 2010 to December 2011, prices as the decimals they are; skips without the data."""
    data = evaluation_data("data/online_retail/online_retail_2010_2011.parquet")
    path = folder / "online_retail.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE lines AS SELECT * REPLACE (CAST(UnitPrice AS DECIMAL(12, 3)) AS UnitPrice) "
            "FROM read_parquet(?)",
            [str(data)],
        )
    return Warehouse(DuckDbEngine(path), load(MODELS / "online_retail.yml"))


SHOPS: dict[str, Callable[[Path], Warehouse]] = {"gym": gym, "online_retail": online_retail}
