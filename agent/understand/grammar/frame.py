"""What a question asks, slot by slot: the parts of a plan before the model binds them."""

from dataclasses import dataclass, field
from typing import Literal

from agent.understand.grammar.node import (
    Bounded,
    Choice,
    Comparing,
    Contrast,
    Ranking,
    Sorting,
)
from tools.chart import DrawnAs
from warehouse.days import Bucket, Grain
from warehouse.period import Period
from warehouse.query import Condition, Filter, Group, Measure


@dataclass
class Frame:
    """The slots of a plan that a question fills; None and empty where it does not.

    `customers` are named, and `heads` are what is put in order: the 3 customers with the highest revenue. `shared` are
    those of the conditions whose share is asked for. `window` is the one told for the conditions that still holds.
    """

    measures: list[Measure] = field(default_factory=list)
    by: list[Group] = field(default_factory=list)
    grain: Bucket | None = None
    trend: bool = False
    implied: set[Grain] = field(default_factory=set)
    period: Period | None = None
    window: Period | None = None
    where: list[Condition] = field(default_factory=list)
    shared: list[Filter] = field(default_factory=list)
    keep: list[Filter] = field(default_factory=list)
    compare: Comparing | Contrast | None = None
    bounds: list[Bounded] = field(default_factory=list)
    ranking: Ranking | None = None
    sorting: Sorting | None = None
    which: Literal["one", "some"] | None = None
    each: Group | None = None
    of_each: bool = False
    chart: DrawnAs | None = None
    people: bool = False
    counted: bool = False
    listed: bool = False
    counts: int = 0
    each_own: bool = False
    several: Choice | None = None
    all_time: bool = False
    total: bool = False
    customers: bool = False
    heads: bool = False
    growth: bool = False
    falling: bool = False
