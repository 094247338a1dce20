"""The one door: SQL, compiled or written, passes here or is not run."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import InitVar, dataclass
from typing import Final, NoReturn

from sqlglot import Dialect, ErrorLevel, Token, TokenType, exp

from warehouse.allowed import BARE_CALLS, KINDS, NAMES, TYPES
from warehouse.bounds import bounded_tokens, check_padding, check_series
from warehouse.errors import UnsafeSql
from warehouse.mention import Read
from warehouse.reads import folded, places
from warehouse.text import Text
from warehouse.veil import Covered, Veil

ONLY_READ: Final = Text("只能写一条只读的 SELECT 查询。", "Write one read-only SELECT query.")
NOT_ONE: Final = Text("不是恰好一条语句。", "This is not exactly one statement.")
NOT_QUERY: Final = Text("这不是查询。", "This is not a query.")
BEGINNINGS: Final = frozenset({TokenType.SELECT, TokenType.WITH, TokenType.FROM, TokenType.L_PAREN})
PLAIN: Final = Text("请用普通的 SELECT 子句与函数改写。", "Rewrite it with plain SELECT clauses and functions.")
GIVE_DATE: Final = Text("请把日期写明。", "Write the date out.")
CLOCK_OR_CHANCE: Final = (exp.CurrentDate, exp.CurrentTimestamp, exp.CurrentTime, exp.Localtime, exp.Localtimestamp)
CLOCK_OR_CHANCE_NAMES: Final = frozenset({"now", "get_current_timestamp", "transaction_timestamp", "setseed"})

# Kinds whose text may be anything, since it is quoted when written.
TEXT_HOLDERS: Final = frozenset({exp.Identifier, exp.Literal})

_NAME: Final = re.compile(r"\w+")
_WORDS: Final = re.compile(r"[A-Za-z_]+( [A-Za-z_]+)*|\d+|")
_NUMBER: Final = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SEAL: Final = object()


@dataclass(frozen=True)
class SafeSql:
    """One read-only query that passed the guard, in the engine's dialect, and the tables it reads.

    Only the guard makes one. `sql` was written from the tree that was checked: it has no comment and no hint.
    `covered` tells what a policy keeps back from it.
    """

    sql: str
    tables: frozenset[str]
    covered: Covered
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only the guard makes SafeSql")

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("SafeSql has no subclasses")


class Guard:
    """Lets pass what reads the given tables, and nothing else, under a veil where one is given.

    Names compare without case.
    """

    def __init__(self, tables: Iterable[str], veil: Veil | None = None, dialect: str = "duckdb") -> None:
        self._tables = {folded(name): name for name in tables}
        self._veil = veil
        self._dialect = Dialect.get_or_raise(dialect)

    def admit(self, sql: str | exp.Query) -> SafeSql:
        """The query as safe SQL, for a compiled tree and a written text alike.

        Raises `UnsafeSql`, or `NotAllowed` where the veil cannot be laid over it, and nothing else.
        """
        tree = self._parsed(sql) if isinstance(sql, str) else sql
        if not isinstance(tree, exp.Query):
            raise UnsafeSql(NOT_QUERY, ONLY_READ)
        if self._veil is not None and tree is sql:
            tree = tree.copy()  # laying a veil changes a tree, as writing does
        nodes, reads = [], []
        for node, ctes in places(tree):
            _check(node)
            nodes.append(node)
            if type(node) is exp.Table and not _is_given(node, ctes):
                reads.append(Read(node, self._table(node), ctes))
        covered = Covered()
        if self._veil is not None:
            covered = self._veil.cover(nodes, reads, written=isinstance(sql, str))
        return SafeSql(
            self._written(tree, copy=tree is sql), frozenset(read.table for read in reads), covered, seal=_SEAL
        )

    def _parsed(self, text: str) -> exp.Expr:
        try:
            tokens = bounded_tokens(text, self._dialect)
            _check_statement(tokens)
            trees = self._dialect.parser().parse(tokens, text)
        except UnsafeSql:
            raise
        except Exception as error:  # a parser may break in any way on hostile text; what it cannot read is not run
            raise UnsafeSql(Text("这段文字不是完整的 SQL。", "This text is not complete SQL."), ONLY_READ) from error
        if len(trees) != 1 or trees[0] is None:
            raise UnsafeSql(NOT_ONE, ONLY_READ)
        return trees[0]

    def _written(self, tree: exp.Expr, *, copy: bool) -> str:
        """The tree as text. Writing changes a tree, so one that somebody else holds is copied first."""
        try:
            return tree.sql(self._dialect, pretty=True, comments=False, copy=copy, unsupported_level=ErrorLevel.RAISE)
        except Exception as error:  # as for the parser: a tree that cannot be written is not run
            raise UnsafeSql(Text("引擎无法表达这个查询。", "The engine cannot express this query."), PLAIN) from error

    def _table(self, table: exp.Table) -> str:
        bare = isinstance(table.this, exp.Identifier) and not table.args.get("db")
        if not bare or folded(table.name) not in self._tables:
            parts = (table.catalog, table.db, table.name or type(table.this).__name__)
            whole = ".".join(part for part in parts if part)[:80]
            listed = "、".join(self._tables.values()), ", ".join(self._tables.values())
            raise UnsafeSql(
                Text(f"没有可读的表“{whole}”。", f"There is no readable table “{whole}”."),
                Text(f"可读的表：{listed[0]}。", f"Readable tables: {listed[1]}."),
            )
        return self._tables[folded(table.name)]


def _check_statement(tokens: Sequence[Token]) -> None:
    """Raise `UnsafeSql` unless the tokens are one statement that begins as a query does."""
    kinds = [token.token_type for token in tokens]
    while kinds and kinds[-1] is TokenType.SEMICOLON:
        kinds.pop()
    if not kinds or TokenType.SEMICOLON in kinds:
        raise UnsafeSql(NOT_ONE, ONLY_READ)
    if kinds[0] not in BEGINNINGS:
        word = tokens[0].text[:60]
        raise UnsafeSql(Text(f"不允许 {word} 语句。", f"{word} statements are not allowed."), ONLY_READ)


def _check(node: exp.Expr) -> None:
    """Raise `UnsafeSql` where one node, seen alone, may not stand in a query."""
    kind = type(node)
    if kind is exp.Anonymous or kind is exp.AnonymousAggFunc:
        _check_name(node)
    elif kind not in KINDS:
        raise _not_allowed(node)
    check = CHECKS.get(kind)
    if check is not None:
        check(node)
    if kind not in TEXT_HOLDERS:
        for value in node.args.values():
            if type(value) is str and not _WORDS.fullmatch(value):
                raise _not_allowed(node)


def _check_name(function: exp.Expr) -> None:
    name = function.name
    if folded(name) in CLOCK_OR_CHANCE_NAMES:
        raise _clock_or_chance(name)
    if not isinstance(function.this, str) or folded(name) not in NAMES:
        raise UnsafeSql(Text(f"不允许使用函数 {name[:60]}。", f"The function {name[:60]} is not allowed."), PLAIN)


def _check_with(node: exp.Expr) -> None:
    if any(value for key, value in node.args.items() if key != "expressions"):
        raise UnsafeSql(
            Text("不允许递归查询（WITH RECURSIVE）。", "Recursive queries (WITH RECURSIVE) are not allowed."),
            Text("需要连续日期时用 generate_series。", "For a run of dates use generate_series."),
        )


def _check_column(node: exp.Expr) -> None:
    if node.args.get("db") or node.args.get("catalog"):
        raise UnsafeSql(
            Text("列名前只能有一个表名。", "A column may have one table name before it, no more."),
            Text("写成 表.列。", "Write table.column."),
        )
    if not node.args.get("table") and folded(node.name) in BARE_CALLS:
        raise UnsafeSql(
            Text(f"“{node.name}”会被引擎当作函数。", f"The engine reads “{node.name}” as a call."),
            Text("若它是列名，请写成 表.列。", "Where it is a column, write table.column."),
        )


def _check_identifier(node: exp.Expr) -> None:
    if not isinstance(node.this, str) or not (node.args.get("quoted") or _NAME.fullmatch(node.this)):
        raise _not_allowed(node)


def _check_literal(node: exp.Expr) -> None:
    if not isinstance(node.this, str) or not (node.is_string or _NUMBER.fullmatch(node.this)):
        raise _not_allowed(node)


def _check_type(node: exp.Expr) -> None:
    if node.this not in TYPES:
        raise UnsafeSql(
            Text("不允许转换为这种类型。", "A cast to this type is not allowed."),
            Text("可用整数、小数、文本、日期、时间。", "Cast to numbers, text, dates or times."),
        )


def _check_series(node: exp.Expr) -> None:
    if isinstance(node, exp.GenerateSeries):
        check_series(node)


def _check_pad(node: exp.Expr) -> None:
    if isinstance(node, exp.Pad):
        check_padding(node)


def _is_given(table: exp.Table, ctes: frozenset[str]) -> bool:
    """Whether it reads no table: a written-out series, or a CTE by its bare name."""
    bare = not table.args.get("db") and not table.args.get("catalog")
    return bare and (isinstance(table.this, exp.GenerateSeries) or folded(table.name) in ctes)


def _clock_or_chance(name: str) -> UnsafeSql:
    return UnsafeSql(
        Text(f"不允许使用当前时间或随机数：{name[:60]}。", f"The clock and chance are not allowed: {name[:60]}."),
        GIVE_DATE,
    )


def _not_allowed(node: exp.Expr) -> UnsafeSql:
    kind = type(node)
    if kind in {*CLOCK_OR_CHANCE, exp.Rand, exp.Uuid, exp.TableSample}:
        return _clock_or_chance(kind.__name__)
    hint = PLAIN if isinstance(node, exp.Func) else ONLY_READ
    return UnsafeSql(Text(f"查询中不允许 {kind.__name__}。", f"{kind.__name__} is not allowed in a query."), hint)


CHECKS: Final[dict[type[exp.Expr], Callable[[exp.Expr], None]]] = {
    exp.With: _check_with,
    exp.Column: _check_column,
    exp.Identifier: _check_identifier,
    exp.Literal: _check_literal,
    exp.DataType: _check_type,
    exp.GenerateSeries: _check_series,
    exp.Pad: _check_pad,
}
