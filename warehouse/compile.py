"""Resolved plans to SQL trees: one aggregate CTE a fact, and nothing joined before it is aggregated."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from warehouse.days import Grain, Span, unit_start
from warehouse.model import Behaviour, Dimension, Metric, SemanticModel, TimeColumn
from warehouse.resolve import Condition, Crowd, Deed, Measurement, Window
from warehouse.saying import GRAIN_NAMES, grains
from warehouse.table import Column, Type
from warehouse.text import Text

PEOPLE = "people"


@dataclass(frozen=True)
class Compiled:
    """A query's tree, and what its columns mean, in order."""

    tree: exp.Query
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Fact:
    """Metrics that share a source and a time, and so one aggregate."""

    source: str
    time: str
    metrics: tuple[Metric, ...]

    @property
    def name(self) -> str:
        """The name of its CTE."""
        return f"{self.source}_by_{self.time}"


@dataclass(frozen=True)
class Compiler:
    """Compiles for one model, on one as-of day."""

    model: SemanticModel
    as_of: datetime.date

    def measurement(self, asked: Measurement, *, ranked: bool = False) -> Compiled:
        """Groups (the bucket first, then the dimensions) and metrics.

        A trend lists every bucket of its period, in order, cut by dimensions for every group that occurs; otherwise,
        or where `ranked`, groups stand from the greatest first metric down, equal ones by name.
        """
        facts = _facts(asked.metrics)
        columns = (*_bucket_columns(asked.grain), *map(dimension_column, asked.by), *map(metric_column, asked.metrics))
        keys = [column.name for column in columns if column.role in {"time", "group"}]
        aggregates = {fact.name: self._aggregate(fact, asked) for fact in facts}
        if len(facts) == 1 and asked.grain is None:
            tree: exp.Select = aggregates[facts[0].name]
        else:
            tree = _joined(facts, aggregates, keys, asked)
        return Compiled(_ordered(tree, keys, asked, ranked=ranked or asked.grain is None), columns)

    def listing(self, crowd: Crowd, listed: Sequence[Dimension]) -> Compiled:
        """A row a customer, by key."""
        tree = self._crowd(crowd, [_as(self._expression(each), each.name) for each in listed], listed)
        columns = tuple(self._listed_column(each) for each in listed)
        key = exp.column(self.model.customer.key, table=self._table(self.model.customer.source))
        return Compiled(tree.order_by(key), columns)

    def count(self, crowd: Crowd) -> Compiled:
        """How many customers, as one row."""
        return Compiled(self._crowd(crowd, [_as(exp.Count(this=exp.Star()), PEOPLE)], ()), (self._people_column(),))

    def breakdown(self, crowd: Crowd, by: Dimension) -> Compiled:
        """How many customers in each group, most first."""
        shown = [_as(self._expression(by), by.name), _as(exp.Count(this=exp.Star()), PEOPLE)]
        tree = self._crowd(crowd, shown, (by,)).group_by(self._expression(by))
        return Compiled(
            tree.order_by(_descending(PEOPLE), _ascending(by.name)), (dimension_column(by), self._people_column())
        )

    def _aggregate(self, fact: Fact, asked: Measurement) -> exp.Select:
        table = self._table(fact.source)
        shared = fact.metrics[0].where if len({each.where for each in fact.metrics}) == 1 else None
        groups = [_as(_bucket(exp.column(fact.time, table=table), grain), grain) for grain in grains(asked.grain)]
        groups += [_as(self._expression(each), each.name) for each in asked.by]
        values = [_as(_value(each, table, inside=shared is None), each.name) for each in fact.metrics]
        tree = exp.select(*groups, *values).from_(table)
        tree = self._tied(tree, fact.source, (*asked.by, *(each.dimension for each in asked.where)))
        conditions = [] if shared is None else [_qualified(shared, table)]
        conditions += _within(exp.column(fact.time, table=table), asked.window)
        conditions += [self._condition(each) for each in asked.where]
        return tree.where(*conditions).group_by(*(each.this.copy() for each in groups))

    def _crowd(self, crowd: Crowd, shown: list[exp.Expr], used: Iterable[Dimension]) -> exp.Select:
        source = self.model.customer.source
        tree = exp.select(*shown).from_(self._table(source))
        tree = self._tied(tree, source, (*used, *(each.dimension for each in crowd.where)))
        conditions = [self._condition(each) for each in crowd.where]
        return tree.where(*conditions, *(self._deed(each) for each in crowd.did))

    def _tied(self, tree: exp.Select, start: str, dimensions: Iterable[Dimension]) -> exp.Select:
        joined = {start}
        for dimension in dimensions:
            near = start
            for column, far in self.model.path(start, dimension.source) or ():
                if far not in joined:
                    joined.add(far)
                    ends = (
                        exp.column(column, table=self._table(near)),
                        exp.column(self.model.source(far).key or column, table=self._table(far)),
                    )
                    tree = tree.join(self._table(far), on=exp.EQ(this=ends[0], expression=ends[1]), join_type="left")
                near = far
        return tree

    def _condition(self, condition: Condition) -> exp.Expr:
        subject = self._expression(condition.dimension)
        values = [exp.convert(value) for value in condition.filter.values]
        if condition.filter.op == "between":
            return exp.Between(this=subject, low=values[0], high=values[1])
        if len(values) == 1:
            return exp.EQ(this=subject, expression=values[0])
        return exp.In(this=subject, expressions=values)

    def _deed(self, deed: Deed) -> exp.Expr:
        behaviour, table = deed.behaviour, self._table(deed.behaviour.source)
        conditions = [self._same_customer(behaviour, table)]
        if behaviour.where is not None:
            conditions.append(_qualified(behaviour.where, table))
        conditions += _within(exp.column(behaviour.time, table=table), deed.window)
        found = exp.Exists(this=exp.select("1").from_(table).where(*conditions))
        return exp.Not(this=found) if deed.negated else found

    def _same_customer(self, behaviour: Behaviour, table: str) -> exp.Expr:
        key = exp.column(self.model.customer.key, table=self._table(self.model.customer.source))
        return exp.EQ(this=exp.column(behaviour.customer, table=table), expression=key)

    def _expression(self, dimension: Dimension) -> exp.Expr:
        tree = _qualified(dimension.expression, self._table(dimension.source))
        return tree.transform(lambda node: _day(self.as_of) if isinstance(node, exp.Placeholder) else node)

    def _table(self, source: str) -> str:
        return self.model.source(source).table

    def _listed_column(self, dimension: Dimension) -> Column:
        key = dimension.expression == exp.column(self.model.customer.key)
        return replace(dimension_column(dimension), role="key" if key else "attribute")

    def _people_column(self) -> Column:
        label = self.model.customer.words.label
        return Column(PEOPLE, Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")


def dimension_column(dimension: Dimension) -> Column:
    """The column of a group."""
    return Column(dimension.name, dimension.words.label, dimension.type, "group", dimension.unit)


def metric_column(metric: Metric) -> Column:
    """The column of a metric."""
    kind: Type = "number" if metric.aggregate == "sum" else "integer"
    return Column(metric.name, metric.words.label, kind, "measure", metric.unit)


def _bucket_columns(grain: Grain | None) -> tuple[Column, ...]:
    return tuple(Column(each, GRAIN_NAMES[each], "date", "time", grain=each) for each in grains(grain))


def _facts(metrics: Iterable[Metric]) -> tuple[Fact, ...]:
    facts: dict[tuple[str, str], list[Metric]] = {}
    for metric in metrics:
        facts.setdefault((metric.source, metric.time), []).append(metric)
    return tuple(Fact(source, time, tuple(members)) for (source, time), members in facts.items())


def _joined(
    facts: Sequence[Fact], aggregates: dict[str, exp.Select], keys: Sequence[str], asked: Measurement
) -> exp.Select:
    """The facts side by side on a spine of every group there is to list."""
    values = [_as(_or_zero(each.name, fact.name), each.name) for fact in facts for each in fact.metrics]
    if not keys:
        tree = exp.select(*values).from_(facts[0].name)
        for fact in facts[1:]:
            tree = tree.join(fact.name, join_type="cross")
        return _with(tree, aggregates)
    spines = _spines(facts, asked)
    spine = list(spines)[-1]
    tree = exp.select(*(exp.column(key, table=spine) for key in keys), *values).from_(spine)
    for fact in facts:
        same = [
            exp.NullSafeEQ(this=exp.column(key, table=fact.name), expression=exp.column(key, table=spine))
            for key in keys
        ]
        tree = tree.join(fact.name, on=exp.and_(*same), join_type="left")
    return _with(tree, aggregates | spines)


def _spines(facts: Sequence[Fact], asked: Measurement) -> dict[str, exp.Query]:
    """The CTEs that list every group: the buckets, the groups that occur, or the two crossed."""
    names = [each.name for each in asked.by]
    spines: dict[str, exp.Query] = {}
    if asked.grain is not None:
        spines["buckets"] = _buckets(asked.window.span, asked.grain)
    if names:
        occurring: list[exp.Query] = [exp.select(*names).distinct().from_(fact.name) for fact in facts]
        spines["groups"] = occurring[0] if len(occurring) == 1 else exp.union(*occurring, distinct=True)
    if asked.grain is not None and names:
        spines["spine"] = exp.select(asked.grain, *names).from_("buckets").join("groups", join_type="cross")
    return spines


def _buckets(span: Span, grain: Grain) -> exp.Select:
    first = unit_start(span.start, grain)
    series = exp.GenerateSeries(start=_day(first), end=_day(span.end), step=exp.Interval(this="1", unit=exp.var(grain)))
    return exp.select(_as(exp.cast(exp.Unnest(expressions=[series]), "DATE"), grain))


def _with(tree: exp.Select, parts: Mapping[str, exp.Query]) -> exp.Select:
    for name, part in parts.items():
        tree = tree.with_(name, as_=part, copy=False)
    return tree


def _ordered(tree: exp.Select, keys: Sequence[str], asked: Measurement, *, ranked: bool) -> exp.Select:
    if not keys:
        return tree
    if ranked:
        return tree.order_by(_descending(asked.metrics[0].name), *map(_ascending, keys))
    return tree.order_by(*map(_ascending, keys))


def _value(metric: Metric, table: str, *, inside: bool) -> exp.Expr:
    """The aggregate, its condition inside where the fact's metrics do not share one."""
    value = _qualified(metric.expression, table)
    if inside and metric.where is not None:
        value = exp.Case(ifs=[exp.If(this=_qualified(metric.where, table), true=value)])
    match metric.aggregate:
        case "sum":
            return exp.Coalesce(this=exp.Sum(this=value), expressions=[exp.Literal.number(0)])
        case "count":
            return exp.Count(this=value)
        case "count_distinct":
            return exp.Count(this=exp.Distinct(expressions=[value]))


def _bucket(time: exp.Expr, grain: Grain) -> exp.Expr:
    if grain == "day":
        return exp.cast(time, "DATE")
    return exp.cast(exp.func("date_trunc", exp.Literal.string(grain), time, dialect="duckdb"), "DATE")


def _within(time: exp.Expr, window: Window) -> list[exp.Expr]:
    """Half-open on days, so that times of the last day count; with no period told, all through the as-of day."""
    ends = exp.LT(this=time.copy(), expression=_day(window.span.end + datetime.timedelta(days=1)))
    if window.period is None:
        return [ends]
    return [exp.GTE(this=time, expression=_day(window.span.start)), ends]


def _day(day: datetime.date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), "DATE")


def _qualified(tree: exp.Expr, table: str) -> exp.Expr:
    def qualify(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table:
            return exp.column(node.name, table=table)
        return node

    return tree.copy().transform(qualify)


def _or_zero(name: str, table: str) -> exp.Expr:
    return exp.Coalesce(this=exp.column(name, table=table), expressions=[exp.Literal.number(0)])


def _as(tree: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(tree, name)


def _descending(name: str) -> exp.Expr:
    return exp.Ordered(this=exp.column(name), desc=True, nulls_first=False)


def _ascending(name: str) -> exp.Expr:
    return exp.Ordered(this=exp.column(name), desc=False, nulls_first=False)


def values_of(model: SemanticModel, dimension: Dimension) -> exp.Select:
    """The distinct values of a dimension, none missing, in order."""
    table = model.source(dimension.source).table
    value = _qualified(dimension.expression, table)
    known = exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))
    return exp.select(_as(value, dimension.name)).distinct().from_(table).where(known).order_by(dimension.name)


def last_day(model: SemanticModel, dated: TimeColumn) -> exp.Select:
    """The day of a time column's last row, as one cell."""
    latest = exp.Max(this=exp.column(dated.column))
    return exp.select(_as(exp.cast(latest, "DATE"), "day")).from_(model.source(dated.source).table)


def first_day(model: SemanticModel, source: str, time: str, where: exp.Expr | None) -> exp.Select:
    """The day of the first row that counts, as one cell."""
    tree = exp.select(_as(exp.cast(exp.Min(this=exp.column(time)), "DATE"), "day")).from_(model.source(source).table)
    return tree if where is None else tree.where(where.copy())
