"""Binding a plan's names to the model: what follows sees objects, never names."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from warehouse.days import DAYS, MONTHS, Grain, Span
from warehouse.errors import NoJoinPath, QueryError, UnknownName
from warehouse.model import Behaviour, Dimension, Metric, SemanticModel
from warehouse.period import Period, Yearly
from warehouse.query import Did, Filter, People, Query
from warehouse.text import Text

MOST_BUCKETS = 5_000
DAYS_OF_MONTH = 28


@dataclass(frozen=True)
class Window:
    """A period as named, and its days; `period` is None where none was told and the data's own days hold."""

    period: Period | None
    span: Span


@dataclass(frozen=True)
class Condition:
    """A filter bound to its dimension."""

    dimension: Dimension
    filter: Filter


@dataclass(frozen=True)
class Deed:
    """A behaviour done, or not done, in a window."""

    behaviour: Behaviour
    window: Window
    negated: bool


@dataclass(frozen=True)
class Measurement:
    """A query bound to the model."""

    metrics: tuple[Metric, ...]
    by: tuple[Dimension, ...]
    grain: Grain | None
    window: Window
    where: tuple[Condition, ...]


@dataclass(frozen=True)
class Crowd:
    """A set of customers bound to the model."""

    where: tuple[Condition, ...]
    did: tuple[Deed, ...]


@dataclass(frozen=True)
class Resolver:
    """Binds plans to one model on one as-of day.

    `first_day` gives the day of a metric's or a behaviour's first row, `values` those of a dimension in the data.
    """

    model: SemanticModel
    as_of: datetime.date
    first_day: Callable[[Metric | Behaviour], datetime.date]
    values: Callable[[str], Sequence[str]]

    def query(self, query: Query) -> Measurement:
        """Raises `UnknownName`, or `NoJoinPath` where a metric has no tie to a dimension asked."""
        _check_recurring(query)
        metrics = tuple(self.model.metric(name) for name in query.metrics)
        by = tuple(self._group(name) for name in query.by)
        where = tuple(self._condition(each) for each in query.where)
        for metric in metrics:
            for dimension in (*by, *(each.dimension for each in where)):
                self._check_tie(metric, dimension)
        window = self._window(query.period, metrics)
        if query.grain is not None:
            _check_buckets(window.span, query.grain)
        return Measurement(metrics, by, query.grain, window, where)

    def people(self, people: People) -> Crowd:
        """Raises `UnknownName`, or `NoJoinPath` where a filter is not about customers."""
        where = tuple(self._condition(each) for each in people.where)
        for condition in where:
            self._check_person(condition.dimension)
        return Crowd(where, tuple(self._deed(each) for each in people.did))

    def breakdown(self, name: str) -> Dimension:
        """The dimension to break customers down by; raises as `people` does."""
        dimension = self._group(name)
        self._check_person(dimension)
        return dimension

    def _window(self, period: Period | None, dated: Sequence[Metric | Behaviour]) -> Window:
        if period is None:
            return Window(None, Span(min(map(self.first_day, dated)), self.as_of))
        return Window(period, period.resolve(self.as_of, self.model.calendar))

    def _condition(self, asked: Filter) -> Condition:
        dimension = self.model.dimension(asked.dimension)
        ranged = dimension.kind == "birth_year"
        if (asked.op == "between") != ranged or any(isinstance(each, int) != ranged for each in asked.values):
            raise _unfit(dimension.words.label)
        known = () if ranged else (*dimension.values, *self.values(dimension.name))
        for value in () if ranged else asked.values:
            if value not in known:
                raise _unknown_value(str(value), dimension.words.label, known)
        return Condition(dimension, asked)

    def _group(self, name: str) -> Dimension:
        dimension = self.model.dimension(name)
        if dimension not in self.model.groupings:
            raise _unfit(dimension.words.label)
        return dimension

    def _deed(self, did: Did) -> Deed:
        behaviour = self.model.behaviour(did.behaviour)
        return Deed(behaviour, self._window(did.period, [behaviour]), did.negated)

    def tied(self, metrics: Sequence[Metric], dimension: Dimension) -> bool:
        """Whether every one of the metrics can be cut by the dimension."""
        return all(self.model.path(each.source, dimension.source) is not None for each in metrics)

    def about_people(self, dimension: Dimension) -> bool:
        """Whether the dimension says something of a customer."""
        return self.model.path(self.model.customer.source, dimension.source) is not None

    def _check_tie(self, metric: Metric, dimension: Dimension) -> None:
        if not self.tied([metric], dimension):
            tied = [each.words.label for each in self.model.groupings if self.tied([metric], each)]
            raise _no_tie(metric.words.label, dimension.words.label, tied)

    def _check_person(self, dimension: Dimension) -> None:
        if not self.about_people(dimension):
            tied = [each.words.label for each in self.model.groupings if self.about_people(each)]
            raise _no_tie(self.model.customer.words.label, dimension.words.label, tied)


def _check_buckets(span: Span, grain: Grain) -> None:
    days = DAYS[grain] if grain in DAYS else MONTHS[grain] * DAYS_OF_MONTH
    if span.days > days * MOST_BUCKETS:
        raise QueryError(
            Text(f"时段太多：一次最多 {MOST_BUCKETS:,} 个。", f"Too many buckets: {MOST_BUCKETS:,} at most."),
            Text("请缩短时间，或按更长的时段看。", "Name a shorter period, or longer buckets."),
        )


def _check_recurring(query: Query) -> None:
    """One June has no years to be cut by; which Junes are meant is not told."""
    if query.grain == "year" and isinstance(query.period, Yearly) and query.period.year is None:
        raise QueryError(
            Text(
                "没有说是哪几年：这个时间只是一年里的一段。",
                "Which years is not told: the period is a part of one year.",
            ),
            Text("请说明年份，例如“2025年”。", "Name the year, as in “2025”."),
        )


def _unfit(dimension: Text) -> QueryError:
    return QueryError(
        Text(f"{dimension.zh}不能这样筛选或拆分。", f"{dimension.en} cannot be filtered or cut in this way."),
        Text("年份给出起止两个数，其他维度给出值。", "Give two years for years, values for other dimensions."),
    )


def _unknown_value(value: str, dimension: Text, known: Sequence[str]) -> UnknownName:
    near = get_close_matches(value, known, n=3, cutoff=0.3) or list(known[:3])
    return UnknownName(
        Text(f"{dimension.zh}里没有“{value}”。", f"There is no {dimension.en} “{value}”."),
        Text(f"有：{'、'.join(near)} 等。", f"There are: {', '.join(near)}, among others."),
    )


def _no_tie(subject: Text, dimension: Text, tied: list[Text]) -> NoJoinPath:
    zh, en = "、".join(each.zh for each in tied), ", ".join(each.en for each in tied)
    return NoJoinPath(
        Text(
            f"{subject.zh}和{dimension.zh}没有关联，不能这样拆分或筛选。",
            f"{subject.en} cannot be cut by {dimension.en}: the data has no tie between them.",
        ),
        Text(f"{subject.zh}可以按：{zh}。", f"{subject.en} can be cut by: {en}."),
    )
