"""A small shop of known rows, in the canonical schema, for the guard's and the engines' tests."""

from pathlib import Path
from typing import Final

import duckdb

SCHEMA: Final = Path(__file__).with_name("shop.sql").read_text(encoding="utf-8")

# What the guard is told may be read: all but `staff`.
TABLES: Final = ("users", "products", "orders", "order_items", "refunds", "events")


def build(path: Path) -> Path:
    """Write the shop to a new file."""
    with duckdb.connect(str(path)) as database:
        database.execute(SCHEMA)
    return path
