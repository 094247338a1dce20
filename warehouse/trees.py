"""Small pieces of SQL trees, built without parsing or copying: compiling is to be fast."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from sqlglot import exp

from warehouse.days import Bucket

PLAIN_NAME = re.compile(r"[A-Za-z_]\w*")


def name_of(name: str) -> exp.Identifier:
    """A name, quoted where it is not plain."""
    return exp.Identifier(this=name, quoted=PLAIN_NAME.fullmatch(name) is None)


def column(name: str, table: str | None = None) -> exp.Column:
    """A column."""
    return exp.Column(this=name_of(name), table=None if table is None else name_of(table))


def table(name: str, alias: str | None = None) -> exp.Table:
    """A table, under another name where one is told."""
    other = None if alias is None or alias == name else exp.TableAlias(this=name_of(alias))
    return exp.Table(this=name_of(name), alias=other)


def named(tree: exp.Expr, name: str) -> exp.Expr:
    """An expression as a column of that name."""
    if isinstance(tree, exp.Column) and tree.name == name:
        return tree
    return exp.Alias(this=tree, alias=name_of(name))


def query(tree: exp.Query, name: str | None = None) -> exp.Subquery:
    """A query inside another one."""
    return exp.Subquery(this=tree, alias=None if name is None else exp.TableAlias(this=name_of(name)))


def join(other: exp.Expr, on: exp.Expr | None, kind: Literal["", "left", "cross"] = "") -> exp.Join:
    """A join."""
    side, how = ("LEFT" if kind == "left" else None), ("CROSS" if kind == "cross" else None)
    return exp.Join(this=other, on=on, side=side, kind=how)


def select(
    shown: Iterable[exp.Expr],
    source: exp.Expr,
    *,
    joins: Sequence[exp.Join] = (),
    where: Sequence[exp.Expr] = (),
    group: Iterable[exp.Expr] = (),
    having: Sequence[exp.Expr] = (),
    distinct: bool = False,
) -> exp.Select:
    """A SELECT; what it groups by is copied, as it is shown, too."""
    tree = exp.Select(expressions=list(shown), from_=exp.From(this=source))
    if distinct:
        tree.set("distinct", exp.Distinct())
    if joins:
        tree.set("joins", list(joins))
    if where:
        tree.set("where", exp.Where(this=all_of(where)))
    grouped = [each.copy() for each in group]
    if grouped:
        tree.set("group", exp.Group(expressions=grouped))
    if having:
        tree.set("having", exp.Having(this=all_of(having)))
    return tree


def with_parts(tree: exp.Select, parts: Mapping[str, exp.Query]) -> exp.Select:
    """The query with named parts before it, and before those that it has."""
    if parts:
        own = tree.args.get("with_")
        made = [exp.CTE(this=part, alias=exp.TableAlias(this=name_of(name))) for name, part in parts.items()]
        tree.set("with_", exp.With(expressions=[*made, *([] if own is None else own.expressions)]))
    return tree


def ordered(tree: exp.Select, by: Sequence[exp.Expr], limit: int | None = None) -> exp.Select:
    """The query in order, its first rows where so many are asked for."""
    if by:
        tree.set("order", exp.Order(expressions=list(by)))
    if limit is not None:
        tree.set("limit", exp.Limit(expression=number(limit)))
    return tree


def all_of(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """All of the conditions."""
    return _joined(exp.And, exp.Or, conditions)


def any_of(conditions: Sequence[exp.Expr]) -> exp.Expr:
    """At least one of the conditions."""
    return _joined(exp.Or, exp.And, conditions)


def _joined(kind: type[exp.Connector], other: type[exp.Connector], conditions: Sequence[exp.Expr]) -> exp.Expr:
    if len(conditions) == 1:
        return conditions[0]
    tree, *rest = (exp.Paren(this=each) if isinstance(each, other) else each for each in conditions)
    for each in rest:
        tree = kind(this=tree, expression=each)
    return tree


def negated(condition: exp.Expr) -> exp.Not:
    """That it is not so."""
    return exp.Not(this=exp.Paren(this=condition) if isinstance(condition, exp.Connector) else condition)


def missing(tree: exp.Expr) -> exp.Is:
    """Whether there is no value."""
    return exp.Is(this=tree, expression=exp.Null())


def day(date: datetime.date) -> exp.Cast:
    """A date written out."""
    return as_date(text(date.isoformat()))


def as_date(tree: exp.Expr) -> exp.Cast:
    """The day of a time."""
    return exp.Cast(this=tree, to=exp.DataType(this=exp.DType.DATE))


def text(value: str) -> exp.Literal:
    """A text written out."""
    return exp.Literal(this=value, is_string=True)


def number(value: float) -> exp.Expr:
    """A number written out."""
    size = exp.Literal(this=f"{abs(value)}" if isinstance(value, int) else f"{abs(value):f}", is_string=False)
    return exp.Neg(this=size) if value < 0 else size


def or_zero(tree: exp.Expr) -> exp.Coalesce:
    """Zero where it is missing."""
    return exp.Coalesce(this=tree, expressions=[number(0)])


def divided(value: exp.Expr, by: exp.Expr) -> exp.Div:
    """A quotient, NULL where the divisor is 0."""
    by = by if isinstance(by, exp.Nullif) else exp.Nullif(this=by, expression=number(0))
    return exp.Div(this=enclosed(value), expression=by, typed=False, safe=False)


def less(value: exp.Expr, other: exp.Expr) -> exp.Sub:
    """A difference."""
    return exp.Sub(this=value, expression=enclosed(other))


def enclosed(tree: exp.Expr) -> exp.Expr:
    """In brackets where it has operators."""
    return exp.Paren(this=tree) if isinstance(tree, exp.Binary) else tree


def filtered(aggregate: exp.Expr, conditions: Sequence[exp.Expr]) -> exp.Expr:
    """An aggregate over the rows of its group where all conditions hold."""
    if not conditions:
        return aggregate
    held = all_of([each.copy() for each in conditions])
    return exp.Filter(this=aggregate, expression=exp.Where(this=held))


def bucket(time: exp.Expr, grain: Bucket) -> exp.Expr:
    """The first day of the time's unit, of an hour its first minute."""
    if grain == "day":
        return as_date(time)
    unit = exp.Var(this=grain.upper())
    if grain == "hour":
        return exp.TimestampTrunc(this=time, unit=unit)
    return as_date(exp.TimestampTrunc(this=as_date(time), unit=unit))  # of a day faster than of a time


def interval(count: int, unit: Bucket) -> exp.Interval:
    """So many units."""
    return exp.Interval(this=text(str(count)), unit=exp.Var(this=unit.upper()))


def ascending(tree: exp.Expr) -> exp.Ordered:
    """From the least up, what is missing last."""
    return exp.Ordered(this=tree, desc=False, nulls_first=False)


def descending(tree: exp.Expr) -> exp.Ordered:
    """From the greatest down, what is missing last."""
    return exp.Ordered(this=tree, desc=True, nulls_first=False)


def folded(tree: exp.Expr) -> exp.Expr:
    """The tree with days that are reckoned from written-out days and whole numbers written out themselves."""
    for node in reversed(list(tree.find_all(exp.Add, exp.Sub))):
        made = _fold(node)
        if made is not None:
            tree = made if node is tree else tree
            node.replace(made)
    return tree


def _fold(node: exp.Expr) -> exp.Expr | None:
    left, days = node.this.unnest(), _days(node.expression.unnest())
    if days is None:
        return None
    signed = days if isinstance(node, exp.Add) else -days
    written = isinstance(left, exp.Cast) and isinstance(left.this, exp.Literal) and left.is_type("DATE")
    if written:
        return day(datetime.date.fromisoformat(left.this.this) + datetime.timedelta(signed))
    whole = _days(left)
    return None if whole is None else number(whole + signed)


def _days(node: exp.Expr) -> int | None:
    return int(node.this) if isinstance(node, exp.Literal) and not node.is_string and node.this.isdecimal() else None
