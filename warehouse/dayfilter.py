"""The days that a condition leaves, where it is told by the day alone: weekends, holidays."""

import datetime
from collections.abc import Sequence

from sqlglot import exp

from warehouse.calendar import Calendar
from warehouse.days import Span
from warehouse.model import Dimension
from warehouse.predicates import test
from warehouse.query import Bounds, Filter, Ranged
from warehouse.resolved import Either, Every, Held, Negation, Test
from warehouse.timepart import of_day, value_on
from warehouse.trees import all_of, any_of, negated


def day_filters(held: Sequence[Held]) -> tuple[Held, ...]:
    """The conditions that are told by the day alone."""
    return tuple(each for each in held if _by_day(each))


def days_left(span: Span, filters: Sequence[Held], calendar: Calendar) -> int:
    """How many days of the span the filters leave."""
    if not filters:
        return span.days
    days = (span.start + datetime.timedelta(number) for number in range(span.days))
    return sum(all(_holds(each, day, calendar) for each in filters) for day in days)


def on_day(held: Held, day: exp.Expr) -> exp.Expr:
    """A condition that is told by the day alone, of a column of days."""
    match held:
        case Test():
            return test(part_of(held.dimension, day), held)
        case Every():
            return all_of([on_day(each, day) for each in held.of])
        case Either():
            return any_of([on_day(each, day) for each in held.of])
        case Negation():
            return negated(on_day(held.of, day))
        case _:
            raise TypeError(f"not told by the day: {held}")


def part_of(dimension: Dimension, day: exp.Expr) -> exp.Expr:
    """A part of the day, of a column of days."""
    part = dimension.expression.copy()
    for node in list(part.find_all(exp.Placeholder)):
        node.replace(day.copy())
    return part


def _by_day(held: Held) -> bool:
    match held:
        case Test():
            return of_day(held.dimension)
        case Every() | Either():
            return all(map(_by_day, held.of))
        case Negation():
            return _by_day(held.of)
        case _:
            return False


def _holds(held: Held, day: datetime.date, calendar: Calendar) -> bool:
    match held:
        case Test(asked=Filter(values=values)):
            return value_on(held.dimension, day, calendar) in values
        case Test(asked=Ranged(bounds=bounds)):
            return _within(int(value_on(held.dimension, day, calendar)), bounds)
        case Every():
            return all(_holds(each, day, calendar) for each in held.of)
        case Either():
            return any(_holds(each, day, calendar) for each in held.of)
        case Negation():
            return not _holds(held.of, day, calendar)
        case _:
            raise TypeError(f"not told by the day: {held}")


def _within(number: int, bounds: Bounds) -> bool:
    return (
        (bounds.at_least is None or number >= bounds.at_least)
        and (bounds.more_than is None or number > bounds.more_than)
        and (bounds.at_most is None or number <= bounds.at_most)
        and (bounds.less_than is None or number < bounds.less_than)
    )
