"""The rows of one small shop, down to the last: seen and kept, so that no change of them goes unnoticed."""

import datetime
import hashlib
from pathlib import Path

import duckdb

from warehouse.demo.build import build

DIGESTS = {
    "ads_daily": "2242fdbc390f5e75",
    "campaigns": "c128516b067216f1",
    "coupons": "200d601bf1c28e64",
    "events": "58d51abc218a5f89",
    "experiment_users": "68c5a74b2584b2b4",
    "experiments": "4a50257f250e0844",
    "inventory": "f122ea3f2ba8fa14",
    "messages": "a54d1684e5bde5f2",
    "order_items": "c43624cc26ee1412",
    "orders": "f659fd61a19ef804",
    "products": "2a6190d5b80f65a4",
    "refunds": "5196f47ec845115d",
    "reviews": "0fff4efa85863f3b",
    "users": "9b84bdb4ea54bb7d",
}
MEANING = (
    "The demo shop of the same arguments has other rows than before. Where warehouse/demo was changed on purpose, put "
    "the digests found here into this file. Where it was not, the engine hashes or computes otherwise (a new release "
    "of DuckDB, another mathematics library): then every shop changes with it, and CHANGELOG.md must say so."
)


def digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """A digest of the table's rows in the order in which they are stored; the engine's own hash has no part in it."""
    rows = connection.sql(f"FROM {table} ORDER BY rowid").fetchall()
    return hashlib.sha256("\n".join(map(repr, rows)).encode()).hexdigest()[:16]


def test_one_small_shop_has_the_rows_it_had(tmp_path: Path) -> None:
    path = tmp_path / "shop.duckdb"
    build(path, as_of=datetime.date(2026, 6, 30), users=600, seed=1)
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = [name for (name,) in connection.sql("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        assert {table: digest(connection, table) for table in tables} == DIGESTS, MEANING
