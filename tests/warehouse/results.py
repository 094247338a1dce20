"""Running plans in tests: what a reading gives for a query or for a group of people."""

import math
from collections.abc import Sequence
from typing import Any

from agent.answer import cell_json
from warehouse.compile import Compiled
from warehouse.query import Condition, People, Query
from warehouse.stop import Stop
from warehouse.warehouse import Read, Reading

Rows = list[list[Any]]


def read(reading: Reading, compiled: Compiled) -> Read:
    """All rows, through the guard."""
    return reading.read(compiled, limit=None, stop=Stop())


def answered(reading: Reading, query: Query) -> Read:
    """What a query gives."""
    return read(reading, reading.compiler.measurement(reading.resolver.query(query)))


def rows(reading: Reading, query: Query) -> Rows:
    """The rows of a query, as JSON has them."""
    return [[cell_json(cell) for cell in row] for row in answered(reading, query).table.rows]


def asked(reading: Reading, **told: Any) -> Rows:
    """The rows of a query written as its fields."""
    return rows(reading, Query.model_validate(told))


def value(reading: Reading, **told: Any) -> Any:
    """The one value of a query that has no groups."""
    [[found]] = asked(reading, **told)
    return found


def listed(reading: Reading, *where: Condition) -> set[Any]:
    """The keys of the customers of whom all the conditions hold."""
    crowd = reading.resolver.people(People(where=where))
    key = [reading.model.dimension(reading.model.customer.listed[0])]
    found = [row[0] for row in read(reading, reading.compiler.listing(crowd, key)).table.rows]
    assert len(set(found)) == len(found), "a customer is listed twice"
    return set(found)


def people(reading: Reading, *where: dict[str, Any]) -> list[Any]:
    """The keys, sorted, of the customers of whom all the conditions, written as JSON, hold."""
    return sorted(listed(reading, *People.model_validate({"where": where}).where))


def counted(reading: Reading, *where: Condition) -> int:
    """How many customers there are of whom all the conditions hold."""
    crowd = reading.resolver.people(People(where=where))
    [[found]] = read(reading, reading.compiler.count(crowd)).table.rows
    assert isinstance(found, int)
    return found


def same(first: Any, second: Any) -> bool:
    """Whether two cells, rows or tables are the same, numbers but for rounding."""
    if isinstance(first, Sequence) and not isinstance(first, str):
        return len(first) == len(second) and all(map(same, first, second))
    numbers = isinstance(first, int | float) and isinstance(second, int | float)
    return math.isclose(first, second, rel_tol=1e-9, abs_tol=1e-6) if numbers else bool(first == second)
