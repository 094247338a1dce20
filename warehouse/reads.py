"""A walk over a query that knows, at each place, which names are CTEs there."""

import string
from collections.abc import Iterator
from typing import Final

from sqlglot import exp
from sqlglot.tokens import Tokenizer

from warehouse.bounds import SIMPLER
from warehouse.errors import UnsafeSql
from warehouse.model import SemanticModel
from warehouse.text import Text

MOST_NODES: Final = 50_000
MOST_LEVELS: Final = 150
ASCII_LOWER: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def folded(name: str) -> str:
    """A name as engines compare it: ASCII letters without case, all else as written."""
    return name.translate(ASCII_LOWER)


def identifier(name: str) -> exp.Identifier:
    """A name as it is written in a query, in quotes where it must be."""
    plain = exp.SAFE_IDENTIFIER_RE.fullmatch(name) and name.upper() not in Tokenizer.KEYWORDS
    return exp.Identifier(this=name, quoted=not plain)


def places(query: exp.Expr) -> Iterator[tuple[exp.Expr, frozenset[str]]]:
    """Every node of a query and the CTE names that can be read there, without recursion.

    A CTE is seen by the CTEs after it and by the query below its WITH, subqueries included; not by itself and not by
    those before it, so `WITH t AS (SELECT * FROM t)` reads the table t. Raises `UnsafeSql` where the query is too large
    or too deep.
    """
    waiting: list[tuple[exp.Expr, frozenset[str], int]] = [(query, frozenset(), 1)]
    seen = 0
    while waiting:
        node, ctes, level = waiting.pop()
        seen += 1
        if seen > MOST_NODES or level > MOST_LEVELS:
            raise UnsafeSql(Text("查询太大或嵌套太深。", "The query is too large or nested too deeply."), SIMPLER)
        yield node, ctes
        declared = node.args.get("with_")
        inside = ctes if declared is None else ctes.union(folded(cte.alias) for cte in declared.expressions)
        for child in node.iter_expressions():
            waiting.append((child, ctes if child is declared else inside, level + 1))
            if type(child) is exp.CTE:
                ctes = inside = ctes | {folded(child.alias)}


def tables_read(model: SemanticModel) -> frozenset[str]:
    """The tables that a model's sources read, those inside of its queries among them."""
    tables = set()
    for source in model.sources.values():
        if source.sql is None:
            tables.add(source.table)
        else:
            tables |= {
                node.name
                for node, ctes in places(source.sql)
                if type(node) is exp.Table and node.name and folded(node.name) not in ctes
            }
    return frozenset(tables)
