"""Resolved plans in words: canonical, complete, and read back as the same plan."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from warehouse import values
from warehouse.amounts import within
from warehouse.attributes import AttributeSayer
from warehouse.conditions import ConditionSayer, all_about_customers, is_attribute
from warehouse.days import Bucket
from warehouse.labels import (
    BY_GRAIN,
    FURTHER,
    GRAIN_NAMES,
    bucket,
    further_label,
    group_label,
    join,
    measure_label,
    measure_unit,
)
from warehouse.model import Behaviour, Dimension, SemanticModel
from warehouse.query import Having, Order, Versus
from warehouse.resolve import about_customers
from warehouse.resolved import Comparison, Crowd, Grouped, Held, Measurement, Shown, Window
from warehouse.table import Type
from warehouse.text import LANGUAGES, Text

__all__ = ["BY_GRAIN", "GRAIN_NAMES", "Piece", "Sayer", "bucket", "by", "deed_word", "grains", "join"]

PieceKind = Literal["metric", "time", "filter", "behaviour", "dimension", "comparison", "order"]
COMPARED = {"previous": Text("环比", "versus the period before"), "year_earlier": Text("同比", "versus a year earlier")}
DATE_END = re.compile(r"\d[年月日]?$")  # a number right after it would be read as more of the date
DIRECTIONS = {
    "time": (Text("从早到晚", "earliest {} first"), Text("从晚到早", "latest {} first")),
    "number": (Text("从低到高", "lowest {} first"), Text("从高到低", "highest {} first")),
    "text": (Text("升序", "{} ascending"), Text("降序", "{} descending")),
}
SORTS: dict[Type, Literal["time", "number", "text"]] = {
    "date": "time",
    "datetime": "time",
    "integer": "number",
    "number": "number",
}


class Piece(NamedTuple):
    """One part of a plan in words, what it does there, and where it stands: in which field, of several parts which."""

    kind: PieceKind
    words: Text
    field: str
    at: int = 0


class _Column(NamedTuple):
    """A column of an answer: its label, its unit, and how its values are ordered."""

    label: Text
    unit: str | None
    sort: Literal["time", "number", "text"]


@dataclass(frozen=True)
class Sayer:
    """Says plans of one model on one as-of day.

    `dated` says what words mean beside them: the days of a period, the years of a generation, what a segment is.
    """

    as_of: datetime.date
    model: SemanticModel
    dated: bool = True

    def measurement(self, asked: Measurement) -> Text:
        """A query, whole."""
        window, metrics = self.window(asked.window), join([measure_label(each) for each in asked.shown])
        filters = [self.condition(each) for each in _filters(asked) if is_attribute(each)]
        clauses = [*self._further_conditions(asked), *(each.words for each in self._outcome(asked))]
        listed = "、".join(each.zh for each in filters)
        gap = " " if listed[:1].isdigit() and DATE_END.search(window.zh) else ""
        zh = f"{window.zh}{gap}{listed}的{metrics.zh}"
        return Text(
            "，".join([zh, *(each.zh for each in clauses)]),
            ", ".join([metrics.en, window.en, *(each.en for each in (*filters, *clauses))]),
        )

    def crowd(self, crowd: Crowd, people: Text) -> Text:
        """A set of customers, whole."""
        sayer = self._conditions()
        deeds = [each for each in crowd.where if about_customers(each)]
        said = sayer.customers(deeds, people) if deeds else Text(f"全部{people.zh}", f"all {people.en}")
        filters = [sayer.condition(each) for each in crowd.where if not about_customers(each)]
        return Text("，".join([said.zh, *(e.zh for e in filters)]), ", ".join([said.en, *(e.en for e in filters)]))

    def pieces(self, asked: Measurement | Crowd) -> tuple[Piece, ...]:
        """The parts of a query or of a set of customers, each by itself; the days of a deed before are the same."""
        where = list(enumerate(asked.where if isinstance(asked, Crowd) else _filters(asked)))
        deeds, sayer = [(at, each) for at, each in where if about_customers(each)], self._conditions()
        behaviours = [Piece("behaviour", sayer.condition(each), "where", at) for at, each in deeds]
        others = [(at, each) for at, each in where if not about_customers(each)]
        filters = [Piece("filter", self.condition(each), "where", at) for at, each in others]
        if isinstance(asked, Crowd):
            return (*behaviours, *filters)
        metrics = [Piece("metric", measure_label(each), "metrics", at) for at, each in enumerate(asked.shown)]
        period = Piece("time", self.window(asked.window), "period")
        return (*metrics, period, *filters, *behaviours, *self._outcome(asked))

    def window(self, window: Window) -> Text:
        """A period with its days."""
        return self._attributes.window(window)

    def condition(self, held: Held) -> Text:
        """A condition, complete in itself."""
        return self._conditions().condition(held)

    @property
    def _attributes(self) -> AttributeSayer:
        return AttributeSayer(self.as_of, self.model, self.dated)

    def _conditions(self, among: Text | None = None) -> ConditionSayer:
        return ConditionSayer(self._attributes, among)

    def _further_conditions(self, asked: Measurement) -> Iterator[Text]:
        """The conditions that do not stand before the metric: first those on the rows' customers, in one list."""
        label = self.model.customer.words.label
        people = Text(label.zh, f"{label.en}s")
        sayer = self._conditions(people)
        further = [each for each in _filters(asked) if not is_attribute(each)]
        deeds = [each for each in further if all_about_customers(each)]
        said = [sayer.customers(deeds, people)] if deeds else []
        for each in (*said, *(sayer.condition(each) for each in further if not all_about_customers(each))):
            yield Text(f"仅限{each.zh}", f"only {each.en}")

    def _outcome(self, asked: Measurement) -> Iterator[Piece]:
        """How the numbers are cut, compared, chosen and ordered."""
        columns = _columns(asked)
        for grain in grains(asked.grain):
            yield Piece("dimension", _by_grain(grain, asked), "grain")
        for at, group in enumerate(asked.by):
            yield Piece("dimension", by(group), "by", at)
        if asked.against is not None:
            yield Piece("comparison", self.against(asked.against), "compare")
        if asked.versus is not None:
            yield Piece("comparison", self._versus(asked.versus, asked.by), "compare")
        for at, having in enumerate(asked.having):
            yield Piece("filter", _having(having, columns[having.column]), "having", at)
        for at, test in enumerate(asked.keep):
            kept = self.condition(test)
            yield Piece("filter", Text(f"只看{kept.zh}", f"keeping {kept.en}"), "keep", at)
        if asked.order is not None:
            yield Piece("order", _ordered(asked.order, columns[asked.order.column]), "order")
        if asked.limit is not None:
            yield Piece("order", _limited(asked.limit, asked.limit_per, columns), "limit")

    def against(self, comparison: Comparison) -> Text:
        """The period compared with."""
        period = comparison.asked.period
        if isinstance(period, str):
            return self._attributes.beside(COMPARED[period], comparison.window)
        named = Text(*(period.say(each, self.model.calendar) for each in LANGUAGES))
        return self._attributes.beside(Text(f"对比{named.zh}", f"versus {named.en}"), comparison.window)

    def _versus(self, versus: Versus, groups: Sequence[Grouped]) -> Text:
        dimension = next(each.dimension for each in groups if each.column == versus.dimension)
        return values.said(dimension, (versus.first, versus.second), self.model, Text("对比", " versus "))


def by(cut: Dimension | Grouped) -> Text:
    """Grouping by a dimension."""
    label = group_label(cut) if isinstance(cut, Grouped) else cut.words.label
    return Text(f"按{label.zh}", f"by {label.en}")


def deed_word(behaviour: Behaviour, *, negated: bool) -> Text:
    """The behaviour, or its negation, without a window."""
    return (behaviour.negated if negated else behaviour.words).label


def grains(grain: Bucket | None) -> tuple[Bucket, ...]:
    """The length of the buckets, if there are any."""
    return () if grain is None else (grain,)


def _filters(asked: Measurement) -> tuple[Held, ...]:
    """The conditions without the one that a comparison of groups adds, its two groups."""
    return asked.where if asked.versus is None else asked.where[:-1]


def _by_grain(grain: Bucket, asked: Measurement) -> Text:
    """The length of the buckets; of shares that no groups have, each bucket is a part of them all."""
    cut = BY_GRAIN[grain]
    shared = not asked.by and any(each.measure.show == "share" for each in asked.shown)
    return Text(f"{cut.zh}占全期合计", f"{cut.en} out of the whole period") if shared else cut


def _having(having: Having, column: _Column) -> Text:
    numbers = within(having.bounds, column.unit)
    return Text(f"只看{column.label.zh}{numbers.zh}的", f"keeping {column.label.en} {numbers.en}")


def _ordered(order: Order, column: _Column) -> Text:
    direction = DIRECTIONS[column.sort][order.descending]
    return Text(f"按{column.label.zh}{direction.zh}", direction.en.format(column.label.en))


def _limited(limit: int, per: str | None, columns: Mapping[str, _Column]) -> Text:
    if per is None:
        return Text(f"前{limit:,}名", f"first {limit:,}")
    of = columns[per].label
    return Text(f"每个{of.zh}前{limit:,}名", f"first {limit:,} of each {of.en}")


def _columns(asked: Measurement) -> dict[str, _Column]:
    """The columns of a measurement, by name."""
    columns = {str(each): _Column(GRAIN_NAMES[each], None, "time") for each in grains(asked.grain)}
    columns |= {each.column: _group_column(each) for each in asked.by}
    for shown in asked.shown:
        columns |= _measure_columns(shown)
    return columns


def _group_column(grouped: Grouped) -> _Column:
    label = group_label(grouped)
    if grouped.group.since is not None:
        return _Column(label, None, "number")
    return _Column(label, grouped.dimension.unit, SORTS.get(grouped.dimension.type, "text"))


def _measure_columns(shown: Shown) -> dict[str, _Column]:
    further = {
        f"{shown.column}_{name}": _Column(further_label(name, shown), measure_unit(shown, name), "number")
        for name in FURTHER
    }
    return {shown.column: _Column(measure_label(shown), measure_unit(shown), "number"), **further}
