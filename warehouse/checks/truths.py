"""Whether a category's column has words: one that is true or false has none that people would say."""

from collections.abc import Iterator

from sqlglot import exp
from sqlglot.errors import SqlglotError

from warehouse.checks.mistake import Mistake
from warehouse.checks.scope import Scope
from warehouse.expression import parsed
from warehouse.table import Type
from warehouse.text import Text


def truths(scope: Scope) -> Iterator[Mistake]:
    """No category is a bare column of true and false."""
    for name, dimension in scope.spec.dimensions.items():
        origin = scope.origin(name)
        if dimension.kind != "category" or dimension.bands is not None or origin is None:
            continue
        if _type(scope, *origin) == "boolean":
            wrong = Text(f"{origin[1]} 是真假，没有可以说的取值", f"{origin[1]} is true or false, which are no words")
            case = f"CASE WHEN {origin[1]} THEN … ELSE … END"
            yield Mistake(("dimensions", name, "expression"), wrong, Text(f"写 {case}", f"write {case}"))


def _type(scope: Scope, source: str, expression: str) -> Type | None:
    """The type of an expression that is a table's column, where the tables are known."""
    try:
        tree = parsed(expression)
    except SqlglotError:
        return None
    known = scope.spec.sources.get(tree.table or source) if isinstance(tree, exp.Column) else None
    if scope.tables is None or known is None or known.table is None:
        return None
    columns = {column.lower(): type_ for column, type_ in scope.tables.get(known.table, {}).items()}
    return columns.get(tree.name.lower())
