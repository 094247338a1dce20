"""Running a plan by the compiler and SQL by hand, and setting the rows side by side."""

import datetime
import decimal
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from warehouse.query import People, Query
from warehouse.stop import Stop
from warehouse.warehouse import Reading

HERE = Path(__file__).parent
Row = tuple[Any, ...]


def with_edges(shop: Path, at: Path) -> Path:
    """A copy of the shop with rows on the edges of days, months and ages."""
    at.write_bytes(shop.read_bytes())
    with duckdb.connect(str(at)) as connection:
        connection.execute((HERE / "edges.sql").read_text("utf-8"))
    return at


class ByHand:
    """The shop read by SQL from the glossary; what was asked once is kept."""

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True)
        self._connection.execute("SET threads = 1")
        self._connection.execute((HERE / "views.sql").read_text("utf-8"))
        self.rows = lru_cache(maxsize=100_000)(self._rows)

    def _rows(self, sql: str) -> list[Row]:
        return [tuple(plain_cell(cell) for cell in row) for row in self._connection.execute(sql).fetchall()]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def compiled(reading: Reading, query: Query) -> tuple[list[str], list[Row]]:
    """The columns and rows of a plan."""
    read = reading.read(reading.compiler.measurement(reading.resolver.query(query)), limit=None, stop=Stop())
    return [each.name for each in read.table.columns], [tuple(map(plain_cell, row)) for row in read.table.rows]


def counted(reading: Reading, people: People) -> list[Row]:
    """How many customers there are."""
    return _of_crowd(reading, reading.compiler.count(reading.resolver.people(people)))


def broken_down(reading: Reading, people: People, by: str) -> list[Row]:
    """Customers by a dimension."""
    crowd, dimension = reading.resolver.people(people), reading.resolver.breakdown(by)
    return _of_crowd(reading, reading.compiler.breakdown(crowd, dimension))


def listed(reading: Reading, people: People) -> list[Row]:
    """The customers' numbers."""
    columns = [reading.model.dimension(name) for name in reading.model.customer.listed]
    rows = _of_crowd(reading, reading.compiler.listing(reading.resolver.people(people), columns))
    return [row[:1] for row in rows]


def _of_crowd(reading: Reading, made: Any) -> list[Row]:
    return [tuple(map(plain_cell, row)) for row in reading.read(made, limit=None, stop=Stop()).table.rows]


def plain_cell(cell: Any) -> Any:
    """Numbers as int or float, days as ISO text."""
    match cell:
        case decimal.Decimal():
            return float(cell)
        case datetime.date():
            return cell.isoformat()
        case _:
            return cell


def equal(one: Sequence[Row], other: Sequence[Row], *, in_order: bool) -> bool:
    """Whether rows are the same: numbers to one part in a billion, in any order unless told."""
    left, right = (list(each) if in_order else sorted(each, key=_place) for each in (one, other))
    return len(left) == len(right) and all(map(_same_row, left, right))


def _same_row(one: Row, other: Row) -> bool:
    return len(one) == len(other) and all(map(_same, one, other))


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def _place(row: Row) -> list[tuple[int, float, str]]:
    return [_cell_place(each) for each in row]


def _cell_place(cell: Any) -> tuple[int, float, str]:
    if cell is None:
        return 2, 0.0, ""
    return (0, float(f"{cell:.6e}"), "") if isinstance(cell, int | float) else (1, 0.0, str(cell))


def difference(found: Sequence[Row], right: Sequence[Row]) -> str:
    """What stands on one side alone, a few rows of each; of two single rows the cells that differ."""
    if len(found) == len(right) == 1 and len(found[0]) == len(right[0]):
        cells = enumerate(zip(found[0], right[0], strict=True))
        return "; ".join(
            f"cell {at}: {one} compiled, {other} by hand" for at, (one, other) in cells if not _same(one, other)
        )
    return (
        f"{len(found)} rows compiled, {len(right)} by hand; "
        f"compiled alone: {_alone(found, right)}; by hand alone: {_alone(right, found)}"
    )


def _alone(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    known = {tuple(_place(each)) for each in others}
    return sorted((each for each in rows if tuple(_place(each)) not in known), key=_place)[:4]
