"""Resolved plans to SQL trees: each fact aggregated on its own, then the groups side by side, compared and ranked."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import cast

from sqlglot import exp

from warehouse.block import Block, Frame, Key, Want
from warehouse.blocks import LAST_DAY, Blocks
from warehouse.dayfilter import day_filters, days_left, on_day, part_of
from warehouse.days import Bucket, Span, unit_start
from warehouse.expression import with_values
from warehouse.finish import Finish
from warehouse.labels import GRAIN_NAMES, group_label
from warehouse.model import Behaviour, Dimension, SemanticModel, TimeColumn
from warehouse.predicates import CUSTOMER, Predicates, within
from warehouse.query import Measure, Query, Statistic
from warehouse.reckoning import reckoned, statistic
from warehouse.resolved import Amount, Crowd, Deed, Grouped, Held, Measurement, Shown, Test, Window
from warehouse.role_sql import Deeds, RoleSql, Value
from warehouse.scope import Scope
from warehouse.side import Side
from warehouse.table import Column, Type
from warehouse.text import Text
from warehouse.timepart import named_of_period, of_clock, of_day
from warehouse.trees import (
    as_date,
    ascending,
    bucket,
    column,
    day,
    descending,
    interval,
    join,
    missing,
    named,
    negated,
    number,
    ordered,
    query,
    select,
    table,
    text,
    with_parts,
)

PEOPLE = "people"


@dataclass(frozen=True)
class Compiled:
    """A query's tree, and what its columns mean, in order."""

    tree: exp.Query
    columns: tuple[Column, ...]


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
        finish = self._finish(asked)
        return Compiled(self._whole(finish.tree(ranked=ranked)), (*_key_columns(asked), *finish.columns()))

    def listing(self, crowd: Crowd, listed: Sequence[Dimension]) -> Compiled:
        """A row a customer, by key, with what is listed and the numbers that the conditions bound."""
        predicates = self._predicates(crowd.where)
        told: list[tuple[exp.Select, Column]] = []
        others: list[Held] = []
        for held in crowd.where:
            if isinstance(held, Deed | Amount) and predicates.is_numbered(held):
                number_column = _number_column(held, {each.name for _, each in told})
                told.append((predicates.numbered(held, number_column.name), number_column))
            else:
                others.append(held)
        tree = self._crowd(predicates, others, listed)
        key = column(self.model.customer.key, self.model.customer.source)
        for customers, number_column in told:
            same = exp.EQ(this=column(CUSTOMER, f"with_{number_column.name}"), expression=key.copy())
            tree.append("joins", join(query(customers, f"with_{number_column.name}"), same))
            tree.append("expressions", column(number_column.name))
        columns = (*(self._listed_column(each) for each in listed), *(each for _, each in told))
        return Compiled(self._whole(ordered(tree, [exp.Ordered(this=key, nulls_first=False)])), columns)

    def count(self, crowd: Crowd) -> Compiled:
        """How many customers, as one row."""
        tree = self._crowd(self._predicates(crowd.where), crowd.where, ())
        tree.set("expressions", [named(exp.Count(this=exp.Star()), PEOPLE)])
        return Compiled(self._whole(tree), (self._people_column(),))

    def breakdown(self, crowd: Crowd, by: Dimension) -> Compiled:
        """How many customers in each group, most first."""
        tree = self._crowd(self._predicates(crowd.where), crowd.where, (by,))
        group = tree.expressions[0].unalias().copy()
        tree.set("expressions", [*tree.expressions, named(exp.Count(this=exp.Star()), PEOPLE)])
        tree.set("group", exp.Group(expressions=[group]))
        tree = ordered(tree, [descending(column(PEOPLE)), ascending(column(by.name))])
        return Compiled(self._whole(tree), (dimension_column(by), self._people_column()))

    def values(self, dimension: Dimension) -> Compiled:
        """The distinct values of a dimension, none missing, in order."""
        scope = Scope(self.model, dimension.source, self._parameters())
        value = scope.dimension(dimension)
        tree = scope.select([named(value, dimension.name)], [negated(missing(value.copy()))], distinct=True)
        tree = ordered(tree, [ascending(column(dimension.name))])
        return Compiled(self._whole(tree), (dimension_column(dimension),))

    def first_day(self, source: str, time: exp.Column, where: exp.Expr | None) -> Compiled:
        """The day of the first row that counts, as one cell."""
        scope = Scope(self.model, source, self._parameters(), time)
        told = [] if where is None else [scope.bind(where)]
        tree = scope.select([named(as_date(exp.Min(this=scope.time)), "day")], told)
        return Compiled(self._whole(tree), (Column("day", GRAIN_NAMES["day"], "date", "time"),))

    def members(self, crowd: Crowd) -> exp.Select:
        """The keys of the customers, as `customer`."""
        tree = self._crowd(self._predicates(crowd.where), crowd.where, ())
        tree.set("expressions", [named(column(self.model.customer.key, self.model.customer.source), CUSTOMER)])
        return tree

    def over_roles(
        self,
        sql: str,
        columns: Sequence[Column],
        *,
        population: Crowd | None = None,
        members: Crowd | None = None,
        rows: Mapping[str, Sequence[Held]] | None = None,
        deeds: Mapping[str, Deeds] | None = None,
        tables: Mapping[str, exp.Select] | None = None,
        **values: Value,
    ) -> Compiled:
        """A tool's own SQL over the roles (see role_sql.py), each `$name` of it by its value.

        A population without conditions is everybody. Raises `ModelError` where the model lacks a role or a part.
        """
        bound = RoleSql(
            self.model,
            Predicates(self.model, self.as_of),
            population=self.members(population) if population is not None and population.where else None,
            members=None if members is None else self.members(members),
            rows=rows or {},
            deeds=deeds or {},
            tables=tables or {},
        )
        return Compiled(self._whole(bound.bound(sql, values)), tuple(columns))

    def did(self, behaviours: Sequence[Behaviour]) -> dict[tuple[str, ...], exp.Select]:
        """Who ever did what, by the names of behaviours that the same rows tell: a row a customer, 1 where done."""
        alike: dict[tuple[str, str, str], list[Behaviour]] = {}
        for each in behaviours:
            alike.setdefault((each.source, each.customer.sql(), each.time.sql()), []).append(each)
        predicates = Predicates(self.model, self.as_of)
        return {tuple(each.name for each in told): predicates.done(told) for told in alike.values()}

    def _parameters(self) -> dict[str, exp.Expr]:
        return Predicates(self.model, self.as_of).parameters(Span(self.model.calendar.first_day, self.as_of))

    def _crowd(self, predicates: Predicates, where: Sequence[Held], shown: Sequence[Dimension]) -> exp.Select:
        """The customers of whom the conditions hold, each with the dimensions shown."""
        scope = Scope(self.model, self.model.customer.source, self._parameters())
        columns = [named(scope.dimension(each), each.name) for each in shown]
        held = [predicates.held(each, scope) for each in where]
        since = self.model.customer.since
        if since is not None:  # nobody is a customer who came after the as-of day
            ever = Window(None, Span(self.model.calendar.first_day, self.as_of), since_ever=True)
            held += within(scope.bind(since), ever)
        return scope.select(columns, held)

    def _predicates(self, held: Sequence[Held]) -> Predicates:
        """Predicates, with what is told of the customers themselves known to all."""
        source = self.model.customer.source
        lasting = (each for each in held if isinstance(each, Test) and not named_of_period(each.dimension))
        known = tuple(each for each in lasting if self.model.path(source, each.dimension.source) is not None)
        return Predicates(self.model, self.as_of, known)

    def _finish(self, asked: Measurement, further: tuple[Key, ...] = ()) -> Finish:
        """The measurement reckoned, by the further keys too."""
        keys = (*(self._key(each) for each in asked.by), *further)
        frames = _frames(asked)
        wants = [want for shown in asked.shown for frame in frames for want in self._wants(shown, frame, asked)]
        blocks = Blocks(self._predicates(asked.where), keys, asked.grain, asked.where).made(wants)
        for shown in asked.shown:
            if self._is_series(shown, asked):
                blocks += [self._series(shown, frame, asked) for frame in frames]
        listing = [leaf.metric.name for shown in asked.shown for leaf in shown.denominators]
        listing += [shown.column for shown in asked.shown if shown.is_statistic]
        side = Side(
            blocks=tuple(blocks),
            groups=tuple(each.column for each in keys),
            grain=asked.grain,
            buckets=self._buckets(asked, last_day=any(each.reads_buckets for each in blocks)),
            listing=frozenset(frame.column(name) for name in listing for frame in frames),
        )
        formulas = {
            frame.column(shown.column): self._formula(shown, frame, asked) for shown in asked.shown for frame in frames
        }
        return Finish(asked, side, formulas)

    def _wants(self, shown: Shown, frame: Frame, asked: Measurement) -> list[Want]:
        if self._is_series(shown, asked):
            return []
        if shown.measure.over == "row":
            kind, n = _statistic(shown), shown.measure.n
            return [Want(frame.column(shown.column), shown.leaves[0], frame, kind, n)]
        return [Want(frame.column(leaf.metric.name), leaf, frame) for leaf in shown.leaves]

    def _formula(self, shown: Shown, frame: Frame, asked: Measurement) -> exp.Expr:
        """A metric's value in a frame, over the blocks' columns."""
        if shown.measure.over == "row" or self._is_series(shown, asked):
            return column(frame.column(shown.column))
        names = {leaf.metric.name: column(frame.column(leaf.metric.name)) for leaf in shown.leaves}
        formula = reckoned(shown.formula, names)
        if not shown.is_statistic:
            return formula
        days = days_left(frame.window.span, day_filters(asked.where), self.model.calendar)
        return exp.Div(this=formula, expression=number(days), typed=False, safe=False)

    def _is_series(self, shown: Shown, asked: Measurement) -> bool:
        """Whether a statistic is taken over values of their own groups; a mean over the days of a sum needs none."""
        if not shown.is_statistic or shown.measure.over == "row":
            return False
        by_day = any(of_day(each.dimension) for each in asked.by)
        adds_up = shown.metric.formula is None and shown.leaves[0].route.additive
        plain = shown.measure.show == "mean" and shown.measure.over == "day" and asked.grain is None
        return not (plain and adds_up and not by_day)

    def _series(self, shown: Shown, frame: Frame, asked: Measurement) -> Block:
        """A statistic over a metric's values by bucket or by customer, within the groups asked."""
        value = Shown(Measure(metric=shown.metric.name), shown.metric, shown.leaves)
        alone = replace(asked, shown=(value,), asked=Query(metrics=(value.measure,)), window=frame.window)
        alone = replace(alone, against=None, versus=None, keep=())
        name, told = f"{frame.column(shown.column)}_series", frame.column(shown.column)
        keys: dict[str, exp.Expr] = {each.column: column(each.column) for each in asked.by}
        if shown.measure.over == "customer":
            grain = asked.grain
            further = [] if grain is None else [Key(grain, lambda scope: bucket(scope.time, grain))]
            tree = self._finish(replace(alone, grain=None), (*further, Key(CUSTOMER, Scope.customer)))
            keys = {**{key.column: column(key.column) for key in further}, **keys}
            where = [negated(missing(column(CUSTOMER)))]
        else:
            unit = cast("Bucket", shown.measure.over)
            by_row = tuple(each for each in asked.by if not of_day(each.dimension))
            tree = self._finish(replace(alone, by=by_row, grain=unit))
            starts = {} if asked.grain is None else {str(asked.grain): bucket(column(unit), asked.grain)}
            of_days = {each.column: part_of(each.dimension, column(unit)) for each in asked.by if each not in by_row}
            keys, where = {**starts, **keys, **of_days}, []
        statistic_of = statistic(_statistic(shown), shown.measure.n, column(value.column, name))
        shown_keys = [named(each, key) for key, each in keys.items()]
        return Block(
            name=f"{told}_over_{shown.measure.over}s",
            tree=select(shown_keys, table(name), where=where, group=keys.values()),
            values={told: statistic_of},
            keys=tuple(keys),
            wants=(Want(told, shown.leaves[0], frame, _statistic(shown), shown.measure.n),),
            parts={name: tree.tree(in_order=False)},
        )

    def _key(self, grouped: Grouped) -> Key:
        dimension, group = grouped.dimension, grouped.group
        of_customer = (
            not of_clock(dimension) and self.model.path(self.model.customer.source, dimension.source) is not None
        )

        def bind(scope: Scope) -> exp.Expr:
            value = scope.group(dimension)
            if group.since is not None:
                start, end = bucket(value, group.since), bucket(scope.time, group.since)
                return exp.DateDiff(this=end, expression=start, unit=exp.Var(this=group.since.upper()))
            if group.grain is not None:
                return bucket(value, group.grain)
            return as_date(value) if dimension.kind == "date" else value

        known = of_customer and not named_of_period(dimension) and group.since is None
        return Key(grouped.column, bind, dimension.source if known else None)

    def _buckets(self, asked: Measurement, *, last_day: bool) -> exp.Select | None:
        """Every bucket of the period, by its first day; with its last one where asked."""
        grain, span = asked.grain, asked.window.span
        if grain is None:
            return None
        if grain == "hour":
            start, end = _hour(span.start, 0), _hour(span.end, 23)
        else:
            start, end = day(unit_start(span.start, grain)), day(span.end)
        series = exp.GenerateSeries(start=start, end=end, step=interval(1, grain))
        each: exp.Expr = exp.Unnest(expressions=[series])
        tree = exp.Select(expressions=[named(each if grain == "hour" else as_date(each), grain)])
        filters = day_filters(asked.where) if grain in {"day", "hour"} else ()
        if filters:
            kept = [on_day(held, column(grain)) for held in filters]
            tree = select([column(grain)], query(tree, "days"), where=kept)
        if not last_day:
            return tree
        following = as_date(exp.Add(this=column(grain), expression=interval(1, grain)))
        last = exp.Least(this=exp.Sub(this=following, expression=number(1)), expressions=[day(span.end)])
        return select([column(grain), named(last, LAST_DAY)], query(tree, "starts"))

    def _whole(self, tree: exp.Select) -> exp.Select:
        """The query with the model's own queries that it reads before it."""
        read = {place.name for place in tree.find_all(exp.Table)}
        sources = (each for each in self.model.sources.values() if each.sql is not None and each.name in read)
        parameters = Predicates(self.model, self.as_of).parameters()
        return with_parts(tree, {each.name: with_values(each.sql, parameters) for each in sources if each.sql})

    def _listed_column(self, dimension: Dimension) -> Column:
        key = dimension.expression == column(self.model.customer.key)
        return replace(dimension_column(dimension), role="key" if key else "attribute")

    def _people_column(self) -> Column:
        label = self.model.customer.words.label
        return Column(PEOPLE, Text(f"{label.zh}数", f"{label.en}s"), "integer", "measure")


def _number_column(held: Deed | Amount, taken: Collection[str]) -> Column:
    """A number that a condition bounds: a customer's own total, or how often, or on how many days, it was done."""
    by_days = isinstance(held, Deed) and held.asked.days is not None
    plain = held.metric.name if isinstance(held, Amount) else f"{held.behaviour.name}_{'days' if by_days else 'times'}"
    names = chain([plain], (f"{plain}_{number}" for number in count(2)))
    name = next(each for each in names if each not in taken)
    if isinstance(held, Amount):
        return Column(name, held.metric.words.label, held.metric.type, "measure", held.metric.unit)
    done = held.behaviour.words.label
    counted = Text("天", "days") if by_days else held.behaviour.counted.label
    return Column(name, Text(f"{done.zh}（{counted.zh}）", f"{done.en} ({counted.en})"), "integer", "measure")


def dimension_column(dimension: Dimension) -> Column:
    """The column of a group."""
    return Column(dimension.name, dimension.words.label, dimension.type, "group", dimension.unit)


def _key_columns(asked: Measurement) -> tuple[Column, ...]:
    columns = []
    if asked.grain is not None:
        kind: Type = "datetime" if asked.grain == "hour" else "date"
        columns.append(Column(asked.grain, GRAIN_NAMES[asked.grain], kind, "time", grain=asked.grain))
    return (*columns, *map(_group_column, asked.by))


def _group_column(grouped: Grouped) -> Column:
    group, dimension = grouped.group, grouped.dimension
    if group.since is not None:
        return Column(group.column, group_label(grouped), "integer", "group")
    kind: Type = "date" if dimension.kind == "date" else dimension.type
    return Column(group.column, group_label(grouped), kind, "group", dimension.unit, group.grain)


def _frames(asked: Measurement) -> tuple[Frame, ...]:
    """The period asked, and the one compared with: in buckets each with the one before it, or of a year earlier."""
    this = Frame("", asked.window)
    if asked.against is None:
        return (this,)
    window = asked.against.window
    if asked.grain is None:
        return (this, Frame("before", window))
    earlier = interval(1, asked.grain if asked.against.asked.period == "previous" else "year")
    if asked.grain == "week" and asked.against.asked.period == "year_earlier":
        return (this, Frame("before", window, later=earlier))
    return (this, Frame("before", window, earlier=earlier))


def _statistic(shown: Shown) -> Statistic:
    return cast("Statistic", shown.measure.show)


def _hour(date: datetime.date, hour: int) -> exp.Cast:
    return exp.Cast(this=text(f"{date} {hour:02d}:00:00"), to=exp.DataType(this=exp.DType.TIMESTAMP))


def last_day(model: SemanticModel, dated: TimeColumn) -> exp.Select:
    """The day of a time column's last row, as one cell."""
    latest = exp.Max(this=column(dated.column))
    return select([named(as_date(latest), "day")], table(model.source(dated.source).table))
