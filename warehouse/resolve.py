"""Binding a plan's names to the model, and declining what it cannot carry."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from warehouse.calendar import Calendar
from warehouse.days import Bucket, Span, Unit
from warehouse.declined import (
    check_amount,
    check_buckets,
    check_counted,
    check_of_then,
    check_recurring,
    check_shown,
    empty_window,
    no_tie,
    of_no_period,
    unfit,
    unfit_group,
    unknown_column,
    unknown_value,
)
from warehouse.model import Behaviour, Dimension, Metric, Route, SegmentDefinition, SemanticModel
from warehouse.period import Open, Period
from warehouse.query import (
    Against,
    All,
    Any_,
    Condition,
    Dated,
    Did,
    Filter,
    Group,
    Measure,
    Not,
    People,
    Query,
    Ranged,
    Segment,
    Total,
    Versus,
)
from warehouse.resolved import (
    Amount,
    Comparison,
    Crowd,
    Deed,
    Either,
    Every,
    Grouped,
    Held,
    Leaf,
    Measurement,
    Member,
    Negation,
    Shown,
    Test,
    Window,
    attributes,
)
from warehouse.timepart import TIME_PARTS, bound_to, of_clock

ONE_DAY = datetime.timedelta(1)
AGAINST_COLUMNS = ("before", "difference", "growth")
VERSUS_COLUMNS = ("difference", "growth")
RANGED_KINDS = frozenset({"number", "birth_year"})


@dataclass(frozen=True)
class Resolver:
    """Binds plans to one model on one as-of day.

    `first_day` gives the day of a metric's or a behaviour's first row, `values` those of a dimension in the data.
    """

    model: SemanticModel
    as_of: datetime.date
    first_day: Callable[[Metric | Behaviour], datetime.date]
    values: Callable[[str], Sequence[str]]

    @property
    def calendar(self) -> Calendar:
        """The model's calendar."""
        return self.model.calendar

    def query(self, query: Query) -> Measurement:
        """Raises `UnknownName`, `NoJoinPath` where a metric has no tie to a dimension asked, else `QueryError`."""
        check_recurring(query)
        metrics = [self.model.metric(each.metric) for each in query.metrics]
        window, to = self._window(query.period, metrics), query.compare
        against = self.against(to, query.period, query.grain) if isinstance(to, Against) else None
        span = self._days_counted(window, against, metrics)
        by = self._groups(query.by, span)
        where = tuple(self._held(each, span) for each in query.where)
        if isinstance(query.compare, Versus):
            where = (*where, self._compared(query.compare, span))
        asked = [*(each.dimension for each in by), *attributes(where)]
        if any(about_customers(each) for each in where):
            asked += [self.model.dimension(self.model.customer.listed[0])]
        bound = Measurement(
            asked=query,
            shown=tuple(self._shown(each, asked) for each in query.metrics),
            by=by,
            grain=query.grain,
            window=window,
            where=where,
            against=against,
            versus=query.compare if isinstance(query.compare, Versus) else None,
            keep=tuple(self._test(each, span) for each in query.keep),
        )
        self._check(bound)
        return bound

    def people(self, people: People) -> Crowd:
        """Raises `UnknownName`, or `NoJoinPath` where a filter is not about customers."""
        span = Span(self.calendar.first_day, self.as_of)
        where = tuple(self._held(each, span) for each in people.where)
        for dimension in attributes(where):
            self._check_person(dimension)
        return Crowd(where)

    def breakdown(self, name: str) -> Dimension:
        """The dimension to break customers down by; raises as `people` does."""
        dimension = self._dimension(name, Span(self.calendar.first_day, self.as_of))
        self._check_person(dimension)
        return dimension

    def tied(self, metrics: Iterable[Metric], dimension: Dimension) -> bool:
        """Whether every one of the metrics can be cut by the dimension."""
        return all(
            any(self._carries(route, dimension) for route in leaf.routes)
            for metric in metrics
            for leaf in self._parts(metric)
        )

    def about_people(self, dimension: Dimension) -> bool:
        """Whether the dimension says something of a customer."""
        return not of_clock(dimension) and self._reaches(self.model.customer.source, dimension)

    def _reaches(self, source: str, dimension: Dimension) -> bool:
        return of_clock(dimension) or self.model.path(source, dimension.source) is not None

    def _carries(self, route: Route, dimension: Dimension) -> bool:
        """Whether a route's rows have the dimension; rows that count for more than their own days have no weekday."""
        return self._reaches(route.source, dimension) and not (of_clock(dimension) and route.reach != "period")

    def _parts(self, metric: Metric) -> list[Metric]:
        """The metrics with routes that a metric is reckoned from, in the order they are named."""
        if metric.formula is None:
            return [metric]
        names = dict.fromkeys(column.name for column in metric.formula.find_all(exp.Column, bfs=False))
        return [self.model.metric(name) for name in names]

    def _shown(self, measure: Measure, asked: Sequence[Dimension]) -> Shown:
        metric = self.model.metric(measure.metric)
        return Shown(measure, metric, self._leaves(metric, asked, over_customers=measure.over == "customer"))

    def _leaves(self, metric: Metric, asked: Sequence[Dimension], *, over_customers: bool = False) -> tuple[Leaf, ...]:
        """Each part of the metric by its first route that has every dimension, and the customers where asked."""
        needed = list(asked)
        if over_customers:
            needed.append(self.model.dimension(self.model.customer.listed[0]))
        leaves = []
        for part in self._parts(metric):
            fitting = (each for each in part.routes if all(self._carries(each, one) for one in needed))
            route = next(fitting, None)
            if route is None:
                raise self._untied(metric, needed)
            leaves.append(Leaf(part, route))
        return tuple(leaves)

    def _untied(self, metric: Metric, asked: Sequence[Dimension]) -> Exception:
        missing = next((each for each in asked if not self.tied([metric], each)), asked[-1])
        known = [each.words.label for each in self.model.groupings if self.tied([metric], each)]
        return no_tie(metric.words.label, missing.words.label, known)

    def _window(self, period: Period | None, dated: Sequence[Metric | Behaviour]) -> Window:
        first = [self.first_day(part) for each in dated for part in self._dated(each)]
        if period is None:
            return Window(None, Span(min([*first, self.as_of]), self.as_of), since_ever=True)
        span = period.resolve(self.as_of, self.calendar)
        if isinstance(period, Open) and period.side in {"until", "before"}:
            return Window(period, Span(min([*first, span.start]), span.end), since_ever=True)
        return Window(period, span, since_ever=False)

    def _dated(self, dated: Metric | Behaviour) -> list[Metric | Behaviour]:
        if isinstance(dated, Behaviour):
            return [dated]
        parts = [each for each in self._parts(dated) if each.routes[0].at is not None]
        within = [each for each in parts if each.routes[0].reach == "period"]
        return list(within or parts)

    def _days_counted(self, window: Window, against: Comparison | None, metrics: Sequence[Metric]) -> Span:
        """Days that hold all rows that may count, those compared with, too: where holidays are looked up."""
        spans = [window.span, *([] if against is None else [against.window.span])]
        first = [self.first_day(part) for each in metrics for part in self._dated(each)] if window.since_ever else []
        return Span(min([*first, *(each.start for each in spans)]), max(each.end for each in spans))

    def against(self, asked: Against, period: Period | None, grain: Bucket | None = None) -> Comparison:
        """The days that a period is compared with; raises `QueryError` where none is told."""
        to = asked.period
        if period is None:
            raise empty_window()
        if to == "previous" and grain is not None:
            unit: Unit = "day" if grain == "hour" else grain
            span = period.resolve(self.as_of, self.calendar)
            span = span.a_unit_before(unit) if grain != "hour" else Span(span.start - ONE_DAY, span.end)
        elif to == "previous":
            span = period.previous(self.as_of, self.calendar)
        elif to == "year_earlier":
            span = period.year_earlier(self.as_of, self.calendar)
        else:
            span = to.beside(period, self.as_of, self.calendar)
        return Comparison(asked, Window(None if isinstance(to, str) else to, span))

    def _compared(self, versus: Versus, span: Span) -> Test:
        return self._test(Filter(dimension=versus.dimension, values=(versus.first, versus.second)), span)

    def _groups(self, groups: Sequence[Group], span: Span) -> tuple[Grouped, ...]:
        bound = []
        for group in groups:
            dimension = self._dimension(group.dimension, span)
            if (group.grain or group.since) and dimension.kind != "date":
                raise unfit_group(dimension.words.label)
            bound.append(Grouped(dimension, group))
        return tuple(bound)

    def _dimension(self, name: str, span: Span) -> Dimension:
        if name in TIME_PARTS:
            return bound_to(TIME_PARTS[name], span, self.calendar)
        return self.model.dimension(name)

    def _held(self, asked: Condition, span: Span) -> Held:
        """A condition bound; the span is the one that holiday parts of rows are looked up in."""
        bound: Held
        match asked:
            case Filter() | Ranged() | Dated():
                bound = self._test(asked, span)
            case Did():
                bound = self._deed(asked)
            case Total():
                bound = self._amount(asked)
            case Segment():
                bound = self._member(asked)
            case All():
                bound = Every(tuple(self._held(each, span) for each in asked.all))
            case Any_():
                bound = Either(tuple(self._held(each, span) for each in asked.any))
            case Not():
                bound = Negation(self._held(asked.not_, span))
        return bound

    def _test(self, asked: Filter | Ranged | Dated, span: Span) -> Test:
        dimension = self._dimension(asked.dimension, span)
        match asked:
            case Dated() if dimension.kind == "date":
                return Test(dimension, None, Window(asked.period, asked.period.resolve(self.as_of, self.calendar)))
            case Ranged() if dimension.kind in RANGED_KINDS:
                return Test(dimension, asked)
            case Filter(op="missing"):
                return Test(dimension, asked)
            case Filter(op=op) if dimension.type == "text" and (op == "in" or not of_clock(dimension)):
                self._check_values(dimension, asked)
                return Test(dimension, asked)
            case _:
                raise unfit(dimension.words.label)

    def _check_values(self, dimension: Dimension, asked: Filter) -> None:
        if asked.op != "in" or dimension.kind != "category":
            return
        values = () if of_clock(dimension) else self.values(dimension.name)
        for value in asked.values:
            if value not in dimension.values and value not in dimension.bands and value not in values:
                raise unknown_value(value, dimension.words.label, (*dimension.values, *dimension.bands, *values))

    def _deed(self, did: Did) -> Deed:
        behaviour = self.model.behaviour(did.behaviour)
        check_counted(behaviour, did, self.model)
        window = self._window(did.period, [behaviour])
        where = tuple(self._test(each, window.span) for each in did.where)
        other = behaviour.otherwise
        if other is not None and not all(self._reaches(behaviour.source, each.dimension) for each in where):
            behaviour = other
        for test in where:
            if not self._reaches(behaviour.source, test.dimension):
                known = [each for each in self.model.groupings if self._reaches(behaviour.source, each)]
                raise no_tie(behaviour.words.label, test.dimension.words.label, [each.words.label for each in known])
        return Deed(behaviour, did, window, where)

    def _amount(self, total: Total) -> Amount:
        metric = self.model.metric(total.metric)
        window = self._window(total.period, [metric])
        where = tuple(self._test(each, window.span) for each in total.where)
        leaves = self._leaves(metric, [each.dimension for each in where], over_customers=True)
        check_amount(metric, leaves)
        return Amount(metric, leaves, total.bounds, window, where)

    def _member(self, asked: Segment) -> Member:
        segment = self.model.segment(asked.segment)
        told = asked.period
        if told is not None and segment.keys is not None:
            raise of_no_period(segment)
        window = None if told is None else Window(told, told.resolve(self.as_of, self.calendar))
        return Member(segment, window, self._spelled_out(segment, window))

    def _spelled_out(self, segment: SegmentDefinition, window: Window | None) -> tuple[Held, ...]:
        end = self.as_of if window is None else window.span.end
        if segment.taken == "at_end":
            then = replace(self, as_of=end)
            held = tuple(then._held(each, Span(self.calendar.first_day, end)) for each in segment.where)
            if end != self.as_of:
                check_of_then(segment, held, self.model)
            return held
        span = Span(self.calendar.first_day, end) if window is None else window.span
        dated = (_in_period(each, None if window is None else window.period) for each in segment.where)
        return tuple(self._held(each, span) for each in dated)

    def _check_person(self, dimension: Dimension) -> None:
        if not self.about_people(dimension):
            tied = [each.words.label for each in self.model.groupings if self.about_people(each)]
            raise no_tie(self.model.customer.words.label, dimension.words.label, tied)

    def _check(self, bound: Measurement) -> None:
        if bound.grain is not None:
            check_buckets(bound.window.span, bound.grain)
        for shown in bound.shown:
            check_shown(shown, bound, self.model)
        known = columns_of(bound)
        measured = known[len(bound.by) + (bound.grain is not None) :]
        for having in bound.having:
            if having.column not in measured:
                raise unknown_column(having.column, measured)
        if bound.order is not None and bound.order.column not in known:
            raise unknown_column(bound.order.column, known)
        for test in bound.keep:
            if test.dimension.name not in {each.column for each in bound.by}:
                raise unknown_column(test.dimension.name, [each.column for each in bound.by])


def columns_of(bound: Measurement) -> list[str]:
    """The names of a measurement's columns, in order."""
    further = AGAINST_COLUMNS if bound.against else VERSUS_COLUMNS if bound.versus else ()
    names = [bound.grain, *(each.column for each in bound.by)] if bound.grain else [each.column for each in bound.by]
    for shown in bound.shown:
        names += [shown.column, *(f"{shown.column}_{each}" for each in further)]
    return [str(each) for each in names]


def about_customers(held: Held) -> bool:
    """Whether a condition asks what a row's customer did or is."""
    match held:
        case Test():
            return False
        case Every() | Either():
            return any(map(about_customers, held.of))
        case Negation():
            return about_customers(held.of)
        case _:
            return True


def _in_period(condition: Condition, period: Period | None) -> Condition:
    """The condition in that period, where it tells none of its own."""
    match condition:
        case Did() | Total() | Segment() if condition.period is None:
            return condition.model_copy(update={"period": period})
        case All():
            return All(all=tuple(_in_period(each, period) for each in condition.all))
        case Any_():
            return Any_(any=tuple(_in_period(each, period) for each in condition.any))
        case Not():
            return Not(not_=_in_period(condition.not_, period))
        case _:
            return condition
