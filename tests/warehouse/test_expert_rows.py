"""Law 2: a plan, compiled, gives the rows that an expert's own SQL gives: the pairs that the benchmark times."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.bench.compiled import FILES, PLANS, compiled
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

MOST_LINES = 200

Row = Sequence[Any]


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def connection(shop: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shop), read_only=True) as connection:
        yield connection


def is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """By what is no number, NULL with it, then by the numbers: rounding puts no row elsewhere."""
    return sorted(
        rows,
        key=lambda row: (
            [("" if is_number(cell) else repr(cell)) for cell in row],
            [float(cell) for cell in row if is_number(cell)],
        ),
    )


def same(first: Any, second: Any) -> bool:
    """Numbers but for rounding, all else exactly."""
    if is_number(first) and is_number(second):
        return math.isclose(first, second, rel_tol=1e-9)
    return bool(first == second)


def test_every_expert_has_a_plan() -> None:
    assert set(PLANS) == set(FILES)


@pytest.mark.parametrize("number", PLANS)
def test_the_plan_gives_what_the_expert_gives(
    number: str, reading: Reading, connection: duckdb.DuckDBPyConnection
) -> None:
    ours = reading.read(compiled(PLANS[number], reading), limit=None, stop=Stop())
    theirs = connection.execute(FILES[number].read_text("utf-8")).fetchall()
    width = len(ours.table.columns)
    if "metrics" in PLANS[number]:
        assert {len(row) for row in theirs} <= {width}
    shared = [row[:width] for row in theirs]  # an expert's list goes on with the amounts that it was chosen by
    assert len(ours.table.rows) == len(shared) > 0
    for mine, other in zip(in_order(ours.table.rows), in_order(shared), strict=True):
        assert len(mine) == len(other)
        assert all(map(same, mine, other)), (mine, other, ours.sql)
    assert ours.sql.count("\n") < MOST_LINES
