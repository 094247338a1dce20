"""Which queries could read a masked column: a star or a name in doubt could, one over inner queries' columns not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

PHONE = "1000000000"
COULD = (
    "SELECT * FROM users",
    "SELECT u.* FROM users AS u",
    "SELECT * FROM (SELECT * FROM users) AS inner_query",
    "WITH all_users AS (SELECT * FROM users) SELECT * FROM all_users",
    "SELECT * FROM (SELECT user_id FROM users) AS a JOIN users AS b ON a.user_id = b.user_id",
    "SELECT users FROM users",
    "SELECT (SELECT users.phone FROM orders LIMIT 1) AS told FROM users",
    "SELECT (SELECT users FROM orders LIMIT 1) AS n FROM users",
    "SELECT * FROM (users)",
    "WITH others AS (SELECT 1 AS one) SELECT * FROM others CROSS JOIN users",
)
COULD_NOT = (
    "SELECT * FROM (SELECT user_id, city FROM users) AS inner_query",
    "WITH few AS (SELECT user_id FROM users) SELECT * FROM few",
    "SELECT users FROM (SELECT count(*) AS users FROM orders) AS counted",
    "WITH counted AS (SELECT count(*) AS users FROM users) SELECT users FROM counted",
    "SELECT * FROM (SELECT user_id FROM users) AS a JOIN (SELECT user_id FROM orders) AS b ON a.user_id = b.user_id",
)


@pytest.fixture(scope="module")
def reading(tiny: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        yield reading


def masked(sql: str, reading: Reading) -> tuple[frozenset[str], str]:
    """What is told to be masked, and all that the query gives."""
    watched = reading.watched()
    read = watched.read(watched.written(sql), limit=None, stop=Stop())
    return watched.kept_back.masked, str(read.table.rows)


@pytest.mark.parametrize("sql", COULD)
def test_what_could_read_it_is_covered(reading: Reading, sql: str) -> None:
    told, given = masked(sql, reading)
    assert told == {"users.phone"}
    assert PHONE not in given


@pytest.mark.parametrize("sql", COULD_NOT)
def test_what_could_not_is_left_as_it_is(reading: Reading, sql: str) -> None:
    told, given = masked(sql, reading)
    assert told == frozenset()
    assert PHONE not in given
