"""The semantic model: what the data means, checked and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from sqlglot import exp

from warehouse.calendar import Calendar
from warehouse.days import Grain
from warehouse.errors import UnknownName
from warehouse.table import Type
from warehouse.text import Text

Aggregate = Literal["sum", "count", "count_distinct"]
Named = TypeVar("Named")


@dataclass(frozen=True)
class Words:
    """What people call a thing: its label, and every surface that names it, the label's own among them."""

    label: Text
    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """One table: its key where a single column is one, and the columns that hold other sources' keys."""

    name: str
    table: str
    key: str | None
    joins: Mapping[str, str]


@dataclass(frozen=True)
class Dimension:
    """Something to group and filter by: an expression over its source's columns.

    The expression may hold the parameter `$as_of`. `kind` "category" has values that are words, "birth_year" is
    said and asked as generations, "attribute" is only listed.
    """

    name: str
    words: Words
    source: str
    expression: exp.Expr
    type: Type
    kind: Literal["category", "birth_year", "attribute"]
    values: Mapping[str, Words]
    unit: str | None


@dataclass(frozen=True)
class Metric:
    """An aggregate over the rows of one source, each placed in a period by the column `time`.

    `per` holds its names by the length of its buckets: DAU by the day.
    """

    name: str
    words: Words
    per: Mapping[Grain, tuple[str, ...]]
    definition: Text
    source: str
    aggregate: Aggregate
    expression: exp.Expr
    where: exp.Expr | None
    time: str
    unit: str | None


@dataclass(frozen=True)
class Behaviour:
    """What a customer did: a row of `source` that holds the customer's key, at `time`.

    `negated` says, and names, not having done it; `bare` are English verbs that could be nouns, too.
    """

    name: str
    words: Words
    negated: Words
    bare: tuple[str, ...]
    definition: Text
    source: str
    customer: str
    time: str
    where: exp.Expr | None


@dataclass(frozen=True)
class Customer:
    """The role of the people: their source, the label for them, and the dimensions a list of them shows."""

    source: str
    words: Words
    key: str
    listed: tuple[str, ...]
    breakdown: str


@dataclass(frozen=True)
class TimeColumn:
    """A column that dates rows of a source."""

    source: str
    column: str


@dataclass(frozen=True)
class SemanticModel:
    """Everything the data means, by name.

    `complete` are the columns whose latest day is the as-of day where none is set.
    """

    name: Text
    calendar: Calendar
    sources: Mapping[str, Source]
    dimensions: Mapping[str, Dimension]
    metrics: Mapping[str, Metric]
    behaviours: Mapping[str, Behaviour]
    customer: Customer
    complete: tuple[TimeColumn, ...]

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

    @cached_property
    def groupings(self) -> tuple[Dimension, ...]:
        """The dimensions that people group by."""
        return tuple(each for each in self.dimensions.values() if each.kind == "category")

    def path(self, start: str, end: str) -> tuple[tuple[str, str], ...] | None:
        """The many-to-one joins from `start` to `end`, each as (column of the near source, far source).

        None where there is no tie; the shortest where there are several.
        """
        queue: list[tuple[str, tuple[tuple[str, str], ...]]] = [(start, ())]
        seen = {start}
        for near, steps in queue:
            if near == end:
                return steps
            for far, column in self.sources[near].joins.items():
                if far not in seen:
                    seen.add(far)
                    queue.append((far, (*steps, (column, far))))
        return None


def _named(name: str, known: Mapping[str, Named], kind: Text) -> Named:
    if name in known:
        return known[name]
    names = ", ".join(known)
    raise UnknownName(
        Text(f"没有名为 {name} 的{kind.zh}。", f"There is no {kind.en} named {name}."),
        Text(f"现有：{names}。", f"There are: {names}."),
    )
