"""Binding a plan's names to the model: what follows sees objects, never names."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from warehouse.days import Grain, Span
from warehouse.errors import NoJoinPath
from warehouse.model import Behaviour, Dimension, Metric, SemanticModel
from warehouse.period import Period
from warehouse.query import Did, Filter, People, Query
from warehouse.text import Text


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
    """Binds plans to one model on one as-of day; `first_day` gives the first row's of a metric or behaviour."""

    model: SemanticModel
    as_of: datetime.date
    first_day: Callable[[Metric | Behaviour], datetime.date]

    def query(self, query: Query) -> Measurement:
        """Raises `UnknownName`, or `NoJoinPath` where a metric has no tie to a dimension asked."""
        metrics = tuple(self.model.metric(name) for name in query.metrics)
        by = tuple(self.model.dimension(name) for name in query.by)
        where = tuple(self._condition(each) for each in query.where)
        for metric in metrics:
            for dimension in (*by, *(each.dimension for each in where)):
                self._check_tie(metric, dimension)
        return Measurement(metrics, by, query.grain, self._window(query.period, metrics), where)

    def people(self, people: People) -> Crowd:
        """Raises `UnknownName`, or `NoJoinPath` where a filter is not about customers."""
        where = tuple(self._condition(each) for each in people.where)
        for condition in where:
            self._check_person(condition.dimension)
        return Crowd(where, tuple(self._deed(each) for each in people.did))

    def breakdown(self, name: str) -> Dimension:
        """The dimension to break customers down by; raises as `people` does."""
        dimension = self.model.dimension(name)
        self._check_person(dimension)
        return dimension

    def _window(self, period: Period | None, dated: Sequence[Metric | Behaviour]) -> Window:
        if period is None:
            return Window(None, Span(min(map(self.first_day, dated)), self.as_of))
        return Window(period, period.resolve(self.as_of, self.model.calendar))

    def _condition(self, asked: Filter) -> Condition:
        return Condition(self.model.dimension(asked.dimension), asked)

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


def _no_tie(subject: Text, dimension: Text, tied: list[Text]) -> NoJoinPath:
    zh, en = "、".join(each.zh for each in tied), ", ".join(each.en for each in tied)
    return NoJoinPath(
        Text(
            f"{subject.zh}和{dimension.zh}没有关联，不能这样拆分或筛选。",
            f"{subject.en} cannot be cut by {dimension.en}: the data has no tie between them.",
        ),
        Text(f"{subject.zh}可以按：{zh}。", f"{subject.en} can be cut by: {en}."),
    )
