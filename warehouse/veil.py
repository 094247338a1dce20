"""A policy laid over the tables that a query reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from warehouse.errors import NotAllowed
from warehouse.mention import Mentions, Read
from warehouse.policy import Policy, Rule
from warehouse.reads import folded, identifier
from warehouse.table import Type
from warehouse.text import Text

Columns = Mapping[str, Type]  # a table's, in its order

MASK: Final = "***"
KEPT: Final = frozenset({"this", "alias", "joins"})
PLACES: Final = frozenset({exp.From, exp.Join, exp.Subquery})
SEEN: Final = "seen"


@dataclass(frozen=True)
class Covered:
    """What a veil kept back from a query: tables that it reads in part, and columns (table.column) that it masks."""

    filtered: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Veil:
    """A policy, and the columns that its tables have in one version of the data.

    Every read of a table with a rule becomes a subquery, under the same name, that gives only what the rule lets see.
    Tables without a rule stay as they are, as do those whose rule is about columns alone that the query does not touch.
    """

    policy: Policy
    columns: Mapping[str, Columns]

    def cover(self, nodes: Sequence[exp.Expr], reads: Sequence[Read], *, written: bool) -> Covered:
        """Change a checked query, whose nodes these are, in place. Raises `NotAllowed` where that cannot be done.

        Where the query was `written` by anybody but the compiler, its expressions get nothing of a hidden row: an
        engine may try them on rows before it drops these, and an error, or its words, would tell what stands there.
        """
        ruled = [read for read in reads if read.table in self.policy.rules]
        if not ruled:
            return Covered()
        mentions = Mentions(nodes, reads)
        for read in ruled:
            self._check(read, mentions)
        filtered, masked = set(), set()
        for read in ruled:
            rule = self.policy.rules[read.table]
            columns = self._columns(read.table, mentions)
            hidden = rule.masked & set(map(folded, columns))
            touched = hidden or (rule.denied and (mentions.everything or rule.denied & mentions.names))
            if touched or rule.rows is not None:
                listed = columns if touched or (written and columns) else None
                _put(self._covering(read.table, rule, listed, written=written), read)
            if rule.rows is not None:
                filtered.add(read.table)
            masked |= {f"{read.table}.{column}" for column in hidden}
        return Covered(frozenset(filtered), frozenset(masked))

    def _check(self, read: Read, mentions: Mentions) -> None:
        """Raise `NotAllowed` for a denied column, and where the rule cannot be laid over this read."""
        rule = self.policy.rules[read.table]
        if column := mentions.named(read, rule.denied):
            raise self._denied(f"{read.table}.{column}")
        if rule.denied and mentions.unnamed(read):
            raise self._unnamed(read.table, rule)
        extra = {key for key, value in read.node.args.items() if value} - KEPT
        if extra or type(read.node.parent) not in PLACES:
            raise self._undecided(read.table)
        if rule.rows is not None and (name := _shadowed(rule.rows, read)):
            raise self._shadowing(read.table, name)

    def _columns(self, table: str, mentions: Mentions) -> Columns:
        """The columns that the query could name, none denied."""
        denied = self.policy.rules[table].denied
        every = mentions.everything
        return {
            name: kind
            for name, kind in self.columns[table].items()
            if (every or folded(name) in mentions.names) and folded(name) not in denied
        }

    def _covering(self, table: str, rule: Rule, columns: Columns | None, *, written: bool) -> exp.Select:
        """What stands in a table's place, with these of its columns, with all for None."""
        of = exp.Table(this=identifier(table))
        condition = exp.true() if rule.rows is None else rule.rows.copy()
        if columns is None:
            return exp.select(exp.Star()).from_(of).where(condition)
        given = [_given(table, name, kind, masked=folded(name) in rule.masked) for name, kind in columns.items()]
        if rule.rows is None or not (written and columns):
            shown = _named(given, columns) or [exp.alias_(exp.true(), SEEN)]
            covering = exp.select(*shown).from_(of)
            return covering if rule.rows is None else covering.where(condition)
        seen = self._free_name(table)
        whole = exp.select(exp.Star(), exp.alias_(condition, seen)).from_(of)
        cases = [exp.Case(ifs=[exp.If(this=exp.column(seen), true=each)]) for each in given]
        source = exp.Subquery(this=whole, alias=exp.TableAlias(this=identifier(table)))
        return exp.select(*_named(cases, columns)).from_(source).where(exp.column(seen))

    def _free_name(self, table: str) -> str:
        """A name that no column of the table has."""
        name = SEEN
        while name in map(folded, self.columns[table]):
            name += "_"
        return name

    def _denied(self, column: str) -> NotAllowed:
        role = self.policy.role
        return NotAllowed(
            Text(f"角色 {role} 不能使用列 {column}。", f"The role {role} may not use the column {column}."),
            Text("请去掉它，或请管理员开通。", "Leave it out, or ask whoever keeps the policies."),
        )

    def _unnamed(self, table: str, rule: Rule) -> NotAllowed:
        denied = sorted(rule.denied)
        return NotAllowed(
            Text(
                f"角色 {self.policy.role} 不能使用 {table} 的{'、'.join(denied)}，所以不能一次取它的所有列。",
                f"The role {self.policy.role} may not use {', '.join(denied)} of {table}: not all columns at once.",
            ),
            Text("请逐个写出列名。", "Name the columns one by one."),
        )

    def _undecided(self, table: str) -> NotAllowed:
        return NotAllowed(
            Text(
                f"无法在这里对 {table} 施加权限，查询没有运行。",
                f"The policy cannot be applied to {table} here: not run.",
            ),
            Text("请改用普通的 FROM 或 JOIN。", "Read it by a plain FROM or JOIN."),
        )

    def _shadowing(self, table: str, name: str) -> NotAllowed:
        return NotAllowed(
            Text(
                f"{table} 的权限要读 {name}，而查询里有同名的 WITH。",
                f"The policy of {table} reads {name}, a WITH here.",
            ),
            Text("请给这个 WITH 换一个名字。", "Give that WITH another name."),
        )


def _given(table: str, name: str, kind: Type, *, masked: bool) -> exp.Expr:
    """A column, or its mask: stars for text, nothing for the rest, of the column's own type; NULL stays NULL."""
    column = exp.Column(this=identifier(name), table=identifier(table))
    if not masked:
        return column
    if kind == "text":
        there = exp.Not(this=exp.Is(this=column, expression=exp.Null()))
        return exp.Case(ifs=[exp.If(this=there, true=exp.Literal.string(MASK))])
    return exp.Case(ifs=[exp.If(this=exp.false(), true=column)])


def _named(expressions: Sequence[exp.Expr], names: Iterable[str]) -> list[exp.Expr]:
    """Each expression under its column's name."""
    return [
        expression if isinstance(expression, exp.Column) else exp.Alias(this=expression, alias=identifier(name))
        for expression, name in zip(expressions, names, strict=True)
    ]


def _put(covering: exp.Select, read: Read) -> None:
    """The covering in the place of the table that is read, with its name there and what is joined to it."""
    table = read.node
    alias = table.args.get("alias") or exp.TableAlias()
    if not alias.this:
        alias.set("this", table.this.copy())
    table.replace(exp.Subquery(this=covering, alias=alias, joins=table.args.get("joins")))


def _shadowed(condition: exp.Expr, read: Read) -> str | None:
    """The name of a table that the condition reads, and that would be a CTE in this place."""
    ctes = read.ctes | {folded(cte.alias) for cte in _enclosing(read.node)}
    names = (table.name for table in condition.find_all(exp.Table))
    return next((name for name in names if folded(name) in ctes), None)


def _enclosing(node: exp.Expr) -> Iterator[exp.CTE]:
    """The CTEs that a node stands in."""
    above = node.find_ancestor(exp.CTE)
    while above is not None:
        yield above
        above = above.find_ancestor(exp.CTE)
