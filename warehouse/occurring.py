"""The values that dimensions have in the data, as one role may see them."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlglot import exp

from warehouse.compile import Compiler
from warehouse.engines.engine import Rows
from warehouse.garbage import uncollected
from warehouse.model import Dimension, Source
from warehouse.trees import any_of, ascending, column, named, ordered, query, select, text

NAME, VALUE = "dimension", "value"
AT_ONCE: Final = 30  # dimensions in one statement: many small ones cost more


class Values(tuple[str, ...]):
    """Values of one dimension, in order: whether one is there is told without going through them."""

    __slots__ = ()

    def __contains__(self, value: object) -> bool:
        place = bisect_left(self, value) if isinstance(value, str) else len(self)
        return place < len(self) and self[place] == value


@uncollected()
def occurring(compiler: Compiler, read: Callable[[exp.Query], Rows | None]) -> Mapping[str, Values]:
    """The values of every dimension that people group by; `read` gives None for what may not be seen: it has none.

    Where the model itself tells all outcomes of a dimension's expression, they are its values, and no row is read. Of a
    dimension with more values than `read` gives only the first are known.
    """
    model = compiler.model
    tables = [each for each in model.groupings if model.sources[each.source].sql is None]
    queries = [each for each in model.groupings if model.sources[each.source].sql is not None]
    found: dict[str, Values] = {}
    batches = [tables[at : at + AT_ONCE] for at in range(0, len(tables), AT_ONCE)]
    for batch in (*batches, *([each] for each in queries)):  # a query may read more than its dimension
        found |= _together(batch, compiler, read)
    return {each.name: found[each.name] for each in model.groupings}


def are_same(
    inner: tuple[Dimension, str],
    outer: tuple[Dimension, str],
    compiler: Compiler,
    read: Callable[[exp.Query], Rows | None],
) -> bool:
    """Whether a value of one dimension and a value of another of its source stand in the same rows, and in some.

    False, too, where they may not be seen, or where a join leads to either.
    """
    trees = [compiler.values(dimension).tree for dimension, _ in (inner, outer)]
    if inner[0].source != outer[0].source or any(tree.args.get("joins") or tree.ctes for tree in trees):
        return False
    columns = [tree.expressions[0].unalias() for tree in trees]
    told = [
        exp.EQ(this=each.copy(), expression=text(value))
        for each, (_, value) in zip(columns, (inner, outer), strict=True)
    ]
    rows = read(select(columns, trees[0].args["from_"].this, where=[any_of(told)], distinct=True))
    return rows is not None and [tuple(map(str, row)) for row in rows.rows] == [(inner[1], outer[1])]


def _together(
    dimensions: Sequence[Dimension], compiler: Compiler, read: Callable[[exp.Query], Rows | None]
) -> dict[str, Values]:
    """All by one statement; one by one where one of them may not be seen, or where they have too many values."""
    told = {each.name: outcomes(each.expression, compiler.model.sources[each.source]) for each in dimensions}
    trees = [_tree(each, compiler, rows=told[each.name] is None) for each in dimensions]
    alone = len(trees) == 1
    tree = trees[0] if alone else exp.union(*trees, distinct=False, copy=False)
    shown = [column(each, "told") for each in (NAME, VALUE)]
    rows = read(ordered(exp.select(*shown).from_(query(tree, "told")), [ascending(column(VALUE))]))
    if not alone and (rows is None or rows.more):
        return {name: each for one in dimensions for name, each in _together([one], compiler, read).items()}
    if rows is None:
        return {each.name: Values() for each in dimensions}
    found: dict[str, list[str]] = {name: sorted(values or ()) for name, values in told.items()}
    for name, value in rows.rows:
        found[name].append(value)  # type: ignore[index,arg-type]  # both are text
    return {name: Values(values) for name, values in found.items()}


def _tree(dimension: Dimension, compiler: Compiler, *, rows: bool) -> exp.Select:
    """Its values beside its name; without `rows` none of them, yet every column is named that they come from."""
    values = compiler.values(dimension).tree
    values.set("order", None)
    if not rows:
        values.set("limit", exp.Limit(expression=exp.Literal.number(0)))
    of = column(dimension.name, "seen")
    value = of if dimension.type == "text" else exp.Cast(this=of, to=exp.DataType(this=exp.DType.VARCHAR))
    return exp.select(named(text(dimension.name), NAME), named(value, VALUE)).from_(query(values, "seen"))


def outcomes(expression: exp.Expr, source: Source) -> frozenset[str] | None:
    """Every text that an expression over a source's columns can give, where the model itself tells; None where not."""
    match expression:
        case exp.Literal(is_string=True):
            return frozenset({expression.name})
        case exp.Null():
            return frozenset()
        case exp.Paren():
            return outcomes(expression.this, source)
        case exp.Case():
            branches = [*(each.args["true"] for each in expression.args["ifs"]), expression.args.get("default")]
            told = [frozenset[str]() if each is None else outcomes(each, source) for each in branches]
            return None if None in told else frozenset().union(*(each for each in told if each is not None))
        case exp.Column(table="") if isinstance(source.sql, exp.Select):
            given = [each.unalias() for each in source.sql.selects if each.alias_or_name == expression.name]
            return None if not given or isinstance(given[0], exp.Column) else outcomes(given[0], source)
        case _:
            return None
