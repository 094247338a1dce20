"""The SQL of a semantic model: expressions over a source's columns, and queries that are sources."""

from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"


@lru_cache(maxsize=4096)
def parsed(text: str) -> exp.Expr:
    """The expression that a text is; raises `sqlglot.errors.SqlglotError`. Shared: copy it before changing it."""
    return sqlglot.parse_one(text, dialect=DIALECT)


def with_values(query: exp.Query, values: Mapping[str, exp.Expr]) -> exp.Query:
    """A copy of a query with the values of its parameters written out."""
    bound = query.copy()
    for node in list(bound.find_all(exp.Placeholder)):
        node.replace(values[node.name].copy())
    return bound


def column(text: str) -> exp.Column:
    """The one column that a text names, own or joined; raises ValueError where it is another expression."""
    tree = parsed(text)
    if not isinstance(tree, exp.Column):
        raise ValueError(f"{text} is not a column")
    return tree
