"""Which tables a query reads: names in FROM that are no CTE visible there."""

import string
from collections.abc import Iterator
from typing import Final

from sqlglot import exp

ASCII_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def folded(name: str) -> str:
    """A name as engines compare it: ASCII letters without case, all else as written."""
    return name.translate(ASCII_LOWER)


def tables_read(query: exp.Expr) -> Iterator[exp.Table]:
    """Every table reference that is no CTE's name.

    A CTE is seen by the CTEs after it and by the query below its WITH, subqueries included; not by itself and not by
    those before it, so `WITH t AS (SELECT * FROM t)` reads the table t.
    """
    waiting: list[tuple[exp.Expr, frozenset[str]]] = [(query, frozenset())]
    while waiting:
        node, ctes = waiting.pop()
        if isinstance(node, exp.Table) and (node.args.get("db") or folded(node.name) not in ctes):
            yield node
        declared = node.args.get("with_")
        if declared is not None:
            for cte in declared.expressions:
                waiting.append((cte.this, ctes))
                ctes |= {folded(cte.alias)}
        waiting.extend((child, ctes) for child in node.iter_expressions() if child is not declared)
