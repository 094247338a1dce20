"""Whether the SQL in a model file is what it may be, and names columns that its source has or is tied to."""

from collections.abc import Iterator
from typing import cast

from sqlglot import exp
from sqlglot.errors import OptimizeError, ParseError, SqlglotError

from warehouse.allowed import AGGREGATES, CLAUSES, KINDS, NAMES, TYPES, WINDOW_FUNCTIONS
from warehouse.checks.mistake import Mistake, Place, nearest, unknown
from warehouse.checks.names import METRIC, PARAMETERS, SOURCE
from warehouse.checks.scope import Scope
from warehouse.checks.uses import Use, uses
from warehouse.errors import UnsafeSql
from warehouse.expression import DIALECT, parsed
from warehouse.guard import Guard
from warehouse.text import Text

OF_ROWS = KINDS.difference(CLAUSES, AGGREGATES, WINDOW_FUNCTIONS) | {exp.Placeholder}
OF_GROUPS = OF_ROWS.union(AGGREGATES) | {exp.Distinct, exp.Filter, exp.Where}
OF_FORMULAS = frozenset(
    {exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Paren, exp.Literal, exp.Column, exp.Identifier}
)


def expressions(scope: Scope) -> Iterator[Mistake]:
    """Expressions parse, hold nothing that may not run, and name parameters and columns that are there."""
    for use in uses(scope):
        try:
            tree = parsed(use.text)
        except SqlglotError as error:
            yield _unread(use.place, error)
            continue
        if use.form == "column" and not isinstance(tree, exp.Column):
            yield Mistake(
                use.place,
                Text("不是一列", "this is not a column"),
                Text("写 列 或 源.列", "write column or source.column"),
            )
        else:
            yield from _inside(use, tree, scope)


def _inside(use: Use, tree: exp.Expr, scope: Scope) -> Iterator[Mistake]:
    allowed = OF_GROUPS if use.form == "group" else OF_ROWS
    for node in tree.walk():
        if isinstance(node, exp.Column):
            yield from _column(use, node, scope)
        elif isinstance(node, exp.Placeholder):
            yield from _parameter(use.place, node.name, (*PARAMETERS, *scope.spec.parameters))
        elif not _may_stand(node, allowed):
            yield _refused(use.place, node)
            return


def _column(use: Use, column: exp.Column, scope: Scope) -> Iterator[Mistake]:
    source = column.table or use.source
    if not scope.has("sources", source):
        yield unknown(use.place, SOURCE, source, scope.reached.get(use.source, ()))
    elif not scope.tied(use.source, source):
        wrong = Text(f"{use.source} 没有连到 {source}", f"{use.source} is not joined to {source}")
        tied = [each for each in scope.reached[use.source] if each != use.source]
        yield Mistake(use.place, wrong, nearest(source, tied))
    else:
        yield from _missing(use.place, source, column.name, scope)


def _missing(place: Place, source: str, column: str, scope: Scope) -> Iterator[Mistake]:
    columns = scope.columns.get(source)
    if columns is not None and column.lower() not in columns:
        wrong = Text(f"{source} 没有列 {column}", f"{source} has no column {column}")
        yield Mistake(place, wrong, nearest(column, sorted(columns)))


def _parameter(place: Place, name: str, known: tuple[str, ...]) -> Iterator[Mistake]:
    if name not in known:
        yield unknown(place, Text("参数", "parameter"), f"${name}", [f"${each}" for each in known])


def _may_stand(node: exp.Expr, allowed: frozenset[type[exp.Expr]]) -> bool:
    if isinstance(node, exp.Anonymous | exp.AnonymousAggFunc):
        return node.name.lower() in NAMES
    if isinstance(node, exp.DataType):
        return node.this in TYPES
    return type(node) in allowed


def _refused(place: Place, node: exp.Expr) -> Mistake:
    shown = node.sql(DIALECT)
    shown = shown if len(shown) < 60 else shown[:57] + "…"
    return Mistake(place, Text(f"这里不能写 {shown}", f"{shown} may not stand here"))


def _unread(place: Place, error: SqlglotError) -> Mistake:
    told = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    at = f"“{told['start_context'][-20:]}{told['highlight']}”" if told.get("highlight") else ""
    near = Text(f"（在 {at} 处）", f" (at {at})") if at else Text("", "")
    return Mistake(place, Text(f"不是完整的 SQL{near.zh}", f"this is no whole SQL{near.en}"))


def bare_columns(scope: Scope) -> Iterator[Mistake]:
    """Keys, and the columns of joins and lists, are there."""
    for place, source, column in scope.bare_columns:
        yield from _missing(place, source, column, scope)


def formulas(scope: Scope) -> Iterator[Mistake]:
    """A formula is arithmetic over other metrics, and never over itself."""
    for name, metric in scope.spec.metrics.items():
        if metric.formula is None:
            continue
        place = ("metrics", name, "formula")
        try:
            tree = parsed(metric.formula)
        except SqlglotError as error:
            yield _unread(place, error)
            continue
        refused = next((node for node in tree.walk() if type(node) not in OF_FORMULAS), None)
        if refused is not None:
            yield _refused(place, refused)
        for each in sorted(_metrics(tree)):
            if not scope.has("metrics", each):
                yield unknown(place, METRIC, each, scope.names("metrics"))
        if name in _within(name, scope):
            yield Mistake(place, Text("公式绕成了圈", "the formula leads back to itself"))


def _metrics(tree: exp.Expr) -> set[str]:
    return {each.sql(DIALECT) for each in tree.find_all(exp.Column)}


def _within(metric: str, scope: Scope) -> list[str]:
    """The metrics that a metric's formula leads to."""
    found, queue = list[str](), [metric]
    for name in queue:
        spec = scope.spec.metrics.get(name)
        try:
            inner = set() if spec is None or spec.formula is None else _metrics(parsed(spec.formula))
        except SqlglotError:
            inner = set()
        new = sorted(inner.difference(found))
        found += new
        queue += new
    return found


def queries(scope: Scope) -> Iterator[Mistake]:
    """A source's SQL is one query, over the tables of other sources, that the guard lets pass."""
    tables = {source.table for source in scope.spec.sources.values() if source.table is not None}
    guard = Guard(sorted(tables))
    for name, source in scope.spec.sources.items():
        if source.sql is None:
            continue
        place = ("sources", name, "sql")
        try:
            tree = parsed(source.sql)
        except SqlglotError as error:
            yield _unread(place, error)
            continue
        for each in tree.find_all(exp.Placeholder):
            yield from _parameter(place, each.name, ("as_of", *scope.spec.parameters))
        bound = tree.transform(lambda node: exp.convert(1) if isinstance(node, exp.Placeholder) else node)
        try:
            guard.admit(cast("exp.Query", bound))  # the guard says what is no query
        except UnsafeSql as error:
            yield Mistake(place, _without_stop(error.message), _without_stop(error.hint))
        else:
            yield from _unqualified(place, bound, scope)


def _unqualified(place: Place, tree: exp.Expr, scope: Scope) -> Iterator[Mistake]:
    """The column that a source's SQL names and no table has, where the tables are known."""
    if scope.tables is None:
        return
    from sqlglot.optimizer.qualify import qualify  # noqa: PLC0415 - slow to import, and only for a check with data

    schema: dict[str, object] = {table: dict.fromkeys(columns, "unknown") for table, columns in scope.tables.items()}
    try:
        qualify(tree.copy(), schema=schema, dialect=DIALECT)
    except OptimizeError as error:
        yield Mistake(place, Text(*2 * (str(error).splitlines()[0],)))


def _without_stop(text: Text) -> Text:
    return Text(text.zh.rstrip("。"), text.en.rstrip("."))
