"""Plans bound to the model: what compiles and what is said sees objects, never names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from warehouse.days import Bucket, Span
from warehouse.model import Behaviour, Dimension, Metric, Route, SegmentDefinition
from warehouse.period import Period
from warehouse.query import (
    STATISTICS,
    WINDOWED,
    Against,
    Bounds,
    Did,
    Filter,
    Group,
    Having,
    Measure,
    Order,
    Query,
    Ranged,
    Versus,
)


@dataclass(frozen=True)
class Window:
    """A period as named, and its days; `period` is None where no word names it.

    `since_ever` where none was told: rows count from the first on, and the span tells which days those are.
    """

    period: Period | None
    span: Span
    since_ever: bool = False


@dataclass(frozen=True)
class Test:
    """A condition on a dimension; `window` are the days of a dimension of days."""

    dimension: Dimension
    asked: Filter | Ranged | None
    window: Window | None = None


@dataclass(frozen=True)
class Deed:
    """A behaviour in a window, its rows of the kind that `where` tells."""

    behaviour: Behaviour
    asked: Did
    window: Window
    where: tuple[Test, ...]


@dataclass(frozen=True)
class Leaf:
    """A metric by the route that has every dimension asked."""

    metric: Metric
    route: Route


@dataclass(frozen=True)
class Amount:
    """A customer's own total of a metric within bounds."""

    metric: Metric
    leaves: tuple[Leaf, ...]
    bounds: Bounds
    window: Window
    where: tuple[Test, ...]


@dataclass(frozen=True)
class Member:
    """A customer of a segment, which its conditions spell out, or a query of its keys."""

    segment: SegmentDefinition
    window: Window | None
    where: tuple["Held", ...]


@dataclass(frozen=True)
class Every:
    """All of the conditions hold."""

    of: tuple["Held", ...]


@dataclass(frozen=True)
class Either:
    """At least one of the conditions holds."""

    of: tuple["Held", ...]


@dataclass(frozen=True)
class Negation:
    """The condition does not hold."""

    of: "Held"


Held = Test | Deed | Amount | Member | Every | Either | Negation


@dataclass(frozen=True)
class Shown:
    """A metric, how it is shown, and what it is reckoned from."""

    measure: Measure
    metric: Metric
    leaves: tuple[Leaf, ...]

    @property
    def column(self) -> str:
        """The name of its column."""
        return self.measure.column

    @property
    def formula(self) -> exp.Expr:
        """Its value over the columns of its leaves."""
        return self.metric.formula or exp.Column(this=exp.Identifier(this=self.metric.name))

    @property
    def is_statistic(self) -> bool:
        """Whether it is taken over further values."""
        return self.measure.show in STATISTICS

    @property
    def is_windowed(self) -> bool:
        """Whether it looks at other groups or buckets."""
        return self.measure.show in WINDOWED

    @property
    def denominators(self) -> tuple[Leaf, ...]:
        """The leaves whose rows make a group worth listing: of a ratio those it is divided by, else all."""
        formula = self.metric.formula
        if not isinstance(formula, exp.Div):
            return self.leaves
        below = {column.name for column in formula.expression.find_all(exp.Column)}
        return tuple(each for each in self.leaves if each.metric.name in below)


@dataclass(frozen=True)
class Grouped:
    """A dimension to group by, and in which way."""

    dimension: Dimension
    group: Group

    @property
    def column(self) -> str:
        """The name of its column."""
        return self.group.column


@dataclass(frozen=True)
class Comparison:
    """The period compared with: as asked, and its days."""

    asked: Against
    window: Window


@dataclass(frozen=True)
class Measurement:
    """A query bound to the model."""

    asked: Query
    shown: tuple[Shown, ...]
    by: tuple[Grouped, ...]
    grain: Bucket | None
    window: Window
    where: tuple[Held, ...]
    against: Comparison | None
    versus: Versus | None
    keep: tuple[Test, ...]

    @property
    def having(self) -> tuple[Having, ...]:
        """Bounds on the finished groups."""
        return self.asked.having

    @property
    def order(self) -> Order | None:
        """The order asked for."""
        return self.asked.order

    @property
    def limit(self) -> int | None:
        """How many groups to keep, the first in order."""
        return self.asked.limit

    @property
    def limit_per(self) -> str | None:
        """The group column of each of whose values so many are kept."""
        return self.asked.limit_per


@dataclass(frozen=True)
class Crowd:
    """A set of customers bound to the model."""

    where: tuple[Held, ...]


def leaves_of(held: Iterable[Held]) -> Iterator[Test | Deed | Amount]:
    """The single conditions that others are joined of."""
    for each in held:
        match each:
            case Every() | Either():
                yield from leaves_of(each.of)
            case Negation():
                yield from leaves_of([each.of])
            case Member():
                yield from leaves_of(each.where)
            case _:
                yield each


def windows(bound: Measurement | Crowd) -> Iterator[Window]:
    """The windows of a plan: its own, and those of its conditions."""
    if isinstance(bound, Measurement):
        yield bound.window
    for leaf in leaves_of(bound.where):
        if leaf.window is not None:
            yield leaf.window


def attributes(held: Iterable[Held]) -> Iterator[Dimension]:
    """The dimensions that conditions test rows, or customers, by; those that a deed is told by are not among them."""
    for each in held:
        match each:
            case Test():
                yield each.dimension
            case Every() | Either():
                yield from attributes(each.of)
            case Negation():
                yield from attributes([each.of])
            case _:
                pass
