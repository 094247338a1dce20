"""The SQL of a semantic model: expressions over a source's columns, and queries that are sources."""

from functools import lru_cache

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"


@lru_cache(maxsize=4096)
def parsed(text: str) -> exp.Expr:
    """The expression that a text is; raises `sqlglot.errors.SqlglotError`. Shared: copy it before changing it."""
    return sqlglot.parse_one(text, dialect=DIALECT)


def column(text: str) -> exp.Column:
    """The one column that a text names, own or joined; raises ValueError where it is another expression."""
    tree = parsed(text)
    if not isinstance(tree, exp.Column):
        raise ValueError(f"{text} is not a column")
    return tree
