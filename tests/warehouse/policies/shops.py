"""Two shops for the tests of policies: the whole one, and one that holds what the role `east` may see."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

from warehouse.engines.duckdb import DuckDbEngine
from warehouse.engines.engine import Data
from warehouse.guard import Guard
from warehouse.load import DEMO, load
from warehouse.policies import read_policies, veil
from warehouse.reads import tables_read

HERE: Final = Path(__file__).parent
SCHEMA: Final = HERE.parents[2] / "warehouse" / "demo" / "sql" / "schema.sql"
POLICIES: Final = HERE / "policies.yml"
MODEL: Final = load(DEMO)
# What a role must never see, as shop.sql has it.
SECRET: Final = re.compile(r"CANARY|7777777|8888\.88|9999\.99|6666\.66|900[12]|1995-05-01|1990-12-31|2001-07-15")


def build_whole(path: Path) -> Path:
    """Write the whole shop to a new file."""
    with duckdb.connect(str(path)) as database:
        database.execute(SCHEMA.read_text("utf-8"))
        database.execute((HERE / "shop.sql").read_text("utf-8"))
    return path


def build_permitted(path: Path, whole: Path) -> Path:
    """Write what the role `east` may see of the whole shop to a new file."""
    with duckdb.connect(str(path)) as database:
        database.execute(f"ATTACH '{whole}' AS whole (READ_ONLY)")
        database.execute((HERE / "permitted.sql").read_text("utf-8"))
    return path


def guard_of(role: str, data: Data, policies: Path | None = POLICIES) -> Guard:
    """The guard that a role's queries pass."""
    return Guard(tables_read(MODEL), veil(read_policies(MODEL, policies)[role], data))


@contextmanager
def opened(path: Path) -> Iterator[DuckDbEngine]:
    """An engine over the file, closed in the end."""
    engine = DuckDbEngine(path)
    try:
        yield engine
    finally:
        engine.close()
