"""The semantic model: what the data means, checked and frozen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

from sqlglot import exp

from warehouse.calendar import Calendar
from warehouse.days import Grain
from warehouse.errors import ModelError, UnknownName
from warehouse.query import Condition
from warehouse.table import Type
from warehouse.text import Text

Aggregate = Literal["sum", "avg", "count", "count_distinct"]
Reach = Literal["period", "through", "last", "trailing", "always"]
Taken = Literal["within", "over", "at_end"]
Kind = Literal["category", "number", "birth_year", "date", "attribute"]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Words:
    """What people call a thing: its label, and every surface that names it, the label's own among them."""

    label: Text
    zh: tuple[str, ...]
    en: tuple[str, ...]


class Join(NamedTuple):
    """One many-to-one step: from a column of the near source to the unique column `to` of the source `far`.

    `always` promises that every row has its far row; where it may be missing, rows are kept without it, and are in no
    group of the far source's dimensions.
    """

    near: str
    column: str
    far: str
    to: str
    always: bool = False


@dataclass(frozen=True)
class Source:
    """A table, or a query over tables (`sql`): its unique key, and its many-to-one joins by the far source's name.

    `days` are its columns of days without a time of day, `private` those that hold personal data; `row` is what people
    call one row.
    """

    name: str
    table: str
    sql: exp.Query | None
    key: str | None
    joins: Mapping[str, Join]
    days: frozenset[str]
    private: tuple[str, ...]
    row: Words | None


@dataclass(frozen=True)
class Dimension:
    """Something to group and filter by: an expression over its source's columns, and those of sources it joins.

    The expression may hold the parameters `$as_of`, `$start` and `$end`, the ends of the period asked. Of the kinds,
    "category" has values that are words, "number" and "birth_year" (said and asked as generations) are filtered by
    range, "date" by period, "attribute" is only listed. `bands` are the labels of a banded one, in order; `within` is
    the dimension one step up; `verbs` stand before its values: shipped to.
    """

    name: str
    words: Words
    source: str
    expression: exp.Expr
    type: Type
    kind: Kind
    values: Mapping[str, Words]
    unit: str | None
    bands: tuple[str, ...] = ()
    within: str | None = None
    verbs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """One way to reckon a metric: an aggregate over the rows of `source` where `where` holds.

    Columns of joined sources are written `source.column`. `at` places a row in time. `reach` tells which rows count:
    those of the "period", all "through" its end, those of its "last" day that has any, those of the `days` through its
    end ("trailing"), or "always" all. `having` is a condition on the rows of each thing that count_distinct counts.
    """

    source: str
    aggregate: Aggregate
    expression: exp.Expr
    where: exp.Expr | None
    having: exp.Expr | None
    at: exp.Column | None
    reach: Reach
    days: int | None

    @property
    def additive(self) -> bool:
        """Whether the values of parts sum to the whole's."""
        return self.aggregate in {"sum", "count"} and self.reach == "period"


@dataclass(frozen=True)
class Metric:
    """What is measured: routes, tried in order, or a formula whose columns are the names of metrics with routes.

    `per` holds its names by the length of its buckets: DAU by the day; `ranks` name what is ranked by it: bestselling.
    `ranks_last` name the other end, `ranks_people` the customers that it is of: top spenders.
    `low_is_good`: the best has the lowest.
    `beside` are names that it has beside metrics of its own rows, where another metric has them elsewhere.
    """

    name: str
    words: Words
    per: Mapping[Grain, tuple[str, ...]]
    definition: Text
    routes: tuple[Route, ...]
    formula: exp.Expr | None
    unit: str | None
    ranks: tuple[str, ...] = ()
    ranks_last: tuple[str, ...] = ()
    ranks_people: tuple[str, ...] = ()
    low_is_good: bool = False
    beside: tuple[str, ...] = ()

    @property
    def type(self) -> Type:
        """How its values are read."""
        counts = self.formula is None and all(each.aggregate in {"count", "count_distinct"} for each in self.routes)
        return "integer" if counts else "number"


@dataclass(frozen=True)
class Behaviour:
    """What a customer did: a row of `source` that holds the customer's key, at `time`.

    `negated` says, and names, not having done it; `bare` are English verbs that could be nouns, too. `counts` is the
    column whose distinct values its times count, None for rows; `counted` is what people call one of them. `about` is
    the text dimension that its object is looked for in. `otherwise` is the same told by other rows, for conditions that
    the source has no tie to.
    """

    name: str
    words: Words
    negated: Words
    bare: tuple[str, ...]
    definition: Text
    source: str
    customer: exp.Column
    time: exp.Column
    where: exp.Expr | None
    counts: exp.Column | None
    counted: Words
    about: str | None = None
    otherwise: "Behaviour | None" = None


@dataclass(frozen=True)
class SegmentDefinition:
    """Customers by conditions; `taken` says how a period bears on them.

    Those that an analysis found are told by a query of their `keys`, as `customer`: they are of no period.
    """

    name: str
    words: Words
    definition: Text
    where: tuple[Condition, ...]
    taken: Taken
    keys: exp.Select | None = None


@dataclass(frozen=True)
class Unclear:
    """Words that people mean several things by.

    `readings` are phrases that can stand in their place in a question; where there are none, `why` says what must be
    told.
    """

    words: Words
    readings: tuple[Text, ...]
    why: Text


@dataclass(frozen=True)
class Customer:
    """The role of the people: their source, the label for them, and the dimensions a list of them shows.

    `since` is when each became one, where the model tells it.
    """

    source: str
    words: Words
    key: str
    listed: tuple[str, ...]
    breakdown: str
    since: exp.Column | None = None


@dataclass(frozen=True)
class Role:
    """A source that plays a part for the tools; `parts` are its columns, or expressions over them, by what they are."""

    name: str
    source: str
    parts: Mapping[str, exp.Expr]

    def part(self, name: str) -> exp.Expr:
        """The expression of a part; raises `ModelError` where the model does not tell it."""
        if name not in self.parts:
            raise ModelError(
                Text(
                    f"模型的角色 {self.name} 没有说明 {name}。", f"The model's role {self.name} does not tell {name}."
                ),
                Text(f"请在 roles.{self.name}.parts 里补上。", f"Add it to roles.{self.name}.parts."),
            )
        return self.parts[name]


@dataclass(frozen=True)
class TimeColumn:
    """A column that dates rows of a source."""

    source: str
    column: str


@dataclass(frozen=True)
class SemanticModel:
    """Everything the data means, by name.

    `complete` are the columns whose latest day is the as-of day where none is set; `parameters` the numbers that
    expressions name, as `$churn_days`. `found` gives the segments that analyses of the data find, by their names.
    """

    name: Text
    calendar: Calendar
    sources: Mapping[str, Source]
    dimensions: Mapping[str, Dimension]
    metrics: Mapping[str, Metric]
    behaviours: Mapping[str, Behaviour]
    segments: Mapping[str, SegmentDefinition]
    customer: Customer
    roles: Mapping[str, Role]
    complete: tuple[TimeColumn, ...]
    parameters: Mapping[str, int]
    unclear: tuple[Unclear, ...] = ()
    found: Callable[[str], SegmentDefinition | None] = field(default=lambda _: None, compare=False, repr=False)

    def source(self, name: str) -> Source:
        """The source of that name."""
        return self.sources[name]

    def metric(self, name: str) -> Metric:
        """The metric of that name; raises `UnknownName`."""
        return _named(name, self.metrics, Text("指标", "metric"))

    def dimension(self, name: str) -> Dimension:
        """The dimension of that name; raises `UnknownName`."""
        return _named(name, self.dimensions, Text("维度", "dimension"))

    def behaviour(self, name: str) -> Behaviour:
        """The behaviour of that name; raises `UnknownName`."""
        return _named(name, self.behaviours, Text("行为", "behaviour"))

    def segment(self, name: str) -> SegmentDefinition:
        """The segment of that name, or that an analysis found under it; raises `UnknownName`."""
        found = None if name in self.segments else self.found(name)
        return found or _named(name, self.segments, Text("人群", "segment"))

    def unclear_word(self, name: str) -> Unclear:
        """The unclear words of that Chinese label; raises `UnknownName`."""
        return _named(name, {each.words.label.zh: each for each in self.unclear}, Text("模糊词", "unclear word"))

    def role(self, name: str) -> Role:
        """The role of that name; raises `ModelError` where the model does not fill it."""
        if name not in self.roles:
            raise ModelError(
                Text(f"模型没有说明角色 {name}。", f"The model fills no role {name}."),
                Text(f"请在模型的 roles 里补上 {name}。", f"Add {name} to the model's roles."),
            )
        return self.roles[name]

    def summing(self, role: str, part: str) -> Metric | None:
        """The metric that sums that part over the role's rows by their time: what it is called, and its unit."""
        played = self.role(role)
        wanted = (played.source, "sum", played.part(part), played.parts.get("time"))
        routes = ((each, route) for each in self.metrics.values() for route in each.routes)
        return next((each for each, r in routes if (r.source, r.aggregate, r.expression, r.at) == wanted), None)

    @cached_property
    def groupings(self) -> tuple[Dimension, ...]:
        """The dimensions that people group by."""
        return tuple(each for each in self.dimensions.values() if each.kind == "category")

    def path(self, start: str, end: str) -> tuple[Join, ...] | None:
        """The many-to-one joins from `start` to `end`; None where there is no tie, the shortest where several."""
        return self._paths.get((start, end))

    @cached_property
    def _paths(self) -> Mapping[tuple[str, str], tuple[Join, ...]]:
        paths: dict[tuple[str, str], tuple[Join, ...]] = {}
        for start in self.sources:
            paths[start, start] = ()
            queue = [start]
            for near in queue:
                for far, join in self.sources[near].joins.items():
                    if (start, far) not in paths:
                        paths[start, far] = (*paths[start, near], join)
                        queue.append(far)
        return paths


def _named(name: str, known: Mapping[str, Thing], kind: Text) -> Thing:
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5) or list(known)
    raise UnknownName(
        Text(f"没有名为 {name} 的{kind.zh}。", f"There is no {kind.en} named {name}."),
        Text(f"现有：{'、'.join(near)}。", f"There are: {', '.join(near)}."),
    )
