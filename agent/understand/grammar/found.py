"""What "it" means in a question after another: the value, or the values, that the answer before found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agent.understand.grammar.node import Choice, Node
from agent.understand.mentions import Dimension, Measure, Value, Word
from tools.query.tool import QueryArgs
from warehouse.query import Filter
from warehouse.table import Table

MOST = 50
THEM = Word((("them", None),))


@dataclass(frozen=True)
class Found:
    """The nodes with what was found in place of the words for it, and the dimensions of which that is one value."""

    nodes: list[Node]
    single: frozenset[str] = frozenset()


def found(nodes: Sequence[Node], plan: Mapping[str, Any], table: Table | None) -> Found | None:
    """None where a word stands for something found, and the answer before found no one thing that it could mean."""
    place = pointing(nodes)
    if place is None:
        return Found(list(nodes))
    if plan["tool"] == "audience" and nodes[place].word("that") == "some":
        return Found([replace(node, part=THEM) if at == place else node for at, node in enumerate(nodes)])
    if plan["tool"] != "query" or table is None:
        return None
    named, last = _named(nodes, place)
    query = QueryArgs.model_validate(plan["args"])
    several = nodes[place].word("that") == "some"
    if nodes[place].word("nth") or nodes[place].word("champion"):
        values = _ranked(query, table, named, int(nodes[place].word("nth") or 1))
    else:
        values = _grouped(query, table, named, several=several) or ([] if several else _filtered(query, named))
    if not values:
        return None
    dimension, told = values[0][0], tuple(value for _, value in values)
    part = Value(dimension, told[0]) if not several else Choice(dimension, told, "listed" if len(told) > 1 else "one")
    node = Node(nodes[place].start, nodes[last].end, part)
    return Found([*nodes[:place], node, *nodes[last + 1 :]], frozenset() if several else frozenset({dimension}))


def pointing(nodes: Sequence[Node]) -> int | None:
    """Where a word for what was found stands; one that may change nothing points only at a name: this city."""
    for place, node in enumerate(nodes):
        if node.word("nth") or _first_one(nodes, place):
            return place
        after = nodes[place + 1].part if place + 1 < len(nodes) else None
        named = isinstance(after, Measure) or (isinstance(after, Dimension) and not after.verb)
        if node.word("that") and (named or not (node.word("filler") or node.word("whose"))):
            return place
    return None


def _first_one(nodes: Sequence[Node], place: int) -> bool:
    """Whether the first of those before is told of, not asked for: 第一名的里程."""
    behind = nodes[place + 1 : place + 3]
    owns = len(behind) == 2 and behind[0].word("filler") and isinstance(behind[1].part, Measure)
    return nodes[place].word("champion") == "desc" and bool(owns)


def _named(nodes: Sequence[Node], place: int) -> tuple[str | None, int]:
    """The dimension named right behind, and the place of the last of the words."""
    after = nodes[place + 1].part if place + 1 < len(nodes) else None
    return (after.name, place + 1) if isinstance(after, Dimension) else (None, place)


def _grouped(query: QueryArgs, table: Table, named: str | None, *, several: bool) -> list[tuple[str, str]]:
    """The values of the one dimension that the answer is grouped by: that of its only row, or of all of them."""
    if query.grain is not None or len(query.by) != 1:
        return []
    group = query.by[0]
    if group.column != group.dimension or named not in {None, group.dimension}:
        return []
    at = [column.name for column in table.columns].index(group.column)
    rows = [row[at] for row in table.rows]
    values = [value for value in rows if isinstance(value, str)]
    one = len(rows) == 1 or query.limit == 1
    if len(values) < len(rows) or table.truncated or len(rows) > MOST or not (several or one):
        return []
    return [(group.dimension, value) for value in values]


def _ranked(query: QueryArgs, table: Table, named: str | None, nth: int) -> list[tuple[str, str]]:
    """The value at that place of the one dimension that the answer is grouped by; none where two share the place."""
    groups = _grouped(query, table, named, several=True)
    by = query.order.column if query.order is not None else query.metrics[0].column
    column = next((at for at, each in enumerate(table.columns) if each.name == by and each.role == "measure"), None)
    if column is None or len(groups) < nth:
        return []
    numbers = [row[column] for row in table.rows]
    ranked = sorted(
        (
            (number, each)
            for number, each in zip(numbers, groups, strict=True)
            if isinstance(number, int | float | Decimal)
        ),
        key=lambda each: each[0],
        reverse=query.order is None or query.order.descending,
    )
    if len(ranked) < nth or [number for number, _ in ranked].count(ranked[nth - 1][0]) > 1:
        return []
    return [ranked[nth - 1][1]]


def _filtered(query: QueryArgs, named: str | None) -> list[tuple[str, str]]:
    """The one value that the question before was limited to."""
    told = [
        (each.dimension, each.values[0])
        for each in query.where
        if isinstance(each, Filter) and each.op == "in" and len(each.values) == 1 and named in {None, each.dimension}
    ]
    return told if len(told) == 1 and not query.by else []
