"""One fact aggregated on its own: what is wanted of it, over which rows, by which keys."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlglot import exp

from warehouse.model import Route
from warehouse.query import Statistic
from warehouse.resolved import Leaf, Window
from warehouse.scope import Scope
from warehouse.trees import join, named, select, table

BUCKETS = "buckets"
NOTHING: Mapping[str, exp.Expr] = MappingProxyType({})


@dataclass(frozen=True)
class Frame:
    """A period whose values are wanted: the one asked, or (`name` "before") the one compared with.

    In buckets, a bucket is compared with the one that is so much `earlier`, or rows are put so much `later`.
    """

    name: str
    window: Window
    earlier: exp.Interval | None = None
    later: exp.Interval | None = None

    def column(self, name: str) -> str:
        """The column of a value in this frame."""
        return f"{name}_{self.name}" if self.name else name


@dataclass(frozen=True)
class Key:
    """A column that rows are grouped by; `known_of` is its source where the column is the same at any time."""

    column: str
    bind: Callable[[Scope], exp.Expr]
    known_of: str | None = None


@dataclass(frozen=True)
class Want:
    """A value to reckon: a leaf in a frame, or a statistic over its single rows."""

    column: str
    leaf: Leaf
    frame: Frame
    statistic: Statistic | None = None
    n: int | None = None

    @property
    def route(self) -> Route:
        """The route that it is reckoned by."""
        return self.leaf.route

    @property
    def adds_up(self) -> bool:
        """Whether the values of parts of its rows add up to its value."""
        return self.statistic is None and self.route.aggregate in {"sum", "count"}

    @property
    def is_count(self) -> bool:
        """Whether it is 0 where there is no row."""
        return self.statistic is None and self.route.aggregate != "avg" and self.route.reach != "last"


@dataclass(frozen=True)
class Block:
    """One aggregate SELECT: `tree` has its keys and groups, `values` what it reckons, not yet in it.

    `keys` are the key columns it has (one that reaches always has no bucket); `parts` the named queries it reads, the
    buckets beside where it `reads_buckets`.
    """

    name: str
    tree: exp.Select
    values: Mapping[str, exp.Expr]
    keys: tuple[str, ...]
    wants: tuple[Want, ...]
    reads_buckets: bool = False
    parts: Mapping[str, exp.Query] = field(default_factory=dict)

    @property
    def frame(self) -> Frame:
        """The period that its values are of."""
        return self.wants[0].frame

    @property
    def zeros(self) -> frozenset[str]:
        """The values that are 0 where there is no row."""
        return frozenset(each.column for each in self.wants if each.is_count)

    def whole(self, tree: exp.Select | None = None) -> exp.Select:
        """The SELECT, or that one of its groups, with its values."""
        whole = self.tree.copy() if tree is None else tree
        whole.set("expressions", [*whole.expressions, *(named(value, name) for name, value in self.values.items())])
        return whole


@dataclass(frozen=True)
class Rows:
    """The rows of a block: the bucket they are in, the conditions they fulfil, what they are joined with `on`.

    `told` are columns that the bucket's key tells.
    """

    scope: Scope
    keys: Mapping[str, exp.Expr] = field(default_factory=dict)
    told: Mapping[str, exp.Expr] = field(default_factory=dict)
    conditions: Sequence[exp.Expr] = ()
    on: exp.Expr | None = None
    beside: str = BUCKETS

    def grouped(self, keys: Mapping[str, exp.Expr], values: Mapping[str, exp.Expr] = NOTHING) -> exp.Select:
        """A SELECT over them, by the keys."""
        shown = [named(each, name) for name, each in {**keys, **values}.items()]
        beside = [] if self.on is None else [join(table(self.beside), self.on)]
        joins = [*self.scope.joins, *beside]
        return select(shown, self.scope.table, joins=joins, where=self.conditions, group=keys.values())
