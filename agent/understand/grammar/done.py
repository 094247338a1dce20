"""What customers did, or had, as it is being read, and the conditions that it makes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from agent.understand.grammar.node import Choice
from agent.understand.mentions import When, Whens
from warehouse.model import Behaviour
from warehouse.period import Period
from warehouse.query import Any_, Attribute, Bounds, Condition, Did, Filter, Not, Segment, Total

Link = Literal["and", "or"]
Which = Literal["any", "first", "last"]


@dataclass
class Done:
    """One thing done, a metric's total, or a segment: what was told of it so far.

    `own` tells that its window stood in its own clause, `told` that it has one, `ever` that it looks over all of the
    data; `row` that the days that are still to come are in a row; `that` where a word stands for what it was done to,
    `not_one` where not even one was; `windows` are several times told of it, each of them or any.
    """

    place: int
    behaviour: Behaviour | None = None
    total: str | None = None
    segment: str | None = None
    negated: bool = False
    ever: bool = False
    window: Period | None = None
    told: bool = False
    own: bool = False
    where: list[Attribute] = field(default_factory=list)
    anything: bool = False
    not_one: bool = False
    that: int | None = None
    times: Bounds | None = None
    days: Bounds | None = None
    row: bool = False
    in_a_row: int | None = None
    which: Which = "any"
    each: Choice | None = None
    windows: tuple[Period, ...] = ()
    any_window: bool = False

    @property
    def open_to_count(self) -> bool:
        """Whether it is done something, and not counted yet."""
        return self.behaviour is not None and (self.times, self.days, self.in_a_row) == (None, None, None)

    def within(self, told: When | Whens) -> "Done":
        """It, in the time that was told of it."""
        if isinstance(told, When):
            return replace(self, window=told.period, windows=(), own=True, told=True, ever=False)
        either = told.link == "any"
        return replace(self, window=None, windows=told.periods, any_window=either, own=True, told=True, ever=False)

    def conditions(self) -> list[Condition]:
        """The condition that it makes; where each of several values, or of several times, was meant, one for each."""
        if self.windows:
            made = [each for window in self.windows for each in replace(self, window=window, windows=()).conditions()]
            return [Any_(any=tuple(made))] if self.any_window else made
        if self.each is None:
            return [self._condition()]
        of_all = Filter(dimension=self.each.dimension, values=self.each.values)
        made = []
        for value in self.each.values:
            of_one = Filter(dimension=self.each.dimension, values=(value,))
            where = [of_one if each == of_all else each for each in self.where]
            made.append(replace(self, where=where)._condition())
        return made

    def _condition(self) -> Condition:
        made: Condition
        if self.segment is not None:
            made = Segment(segment=self.segment, period=self.window)
        elif self.total is not None and self.times is not None:
            made = Total(metric=self.total, bounds=self.times, period=self.window, where=tuple(self.where))
        else:
            made = Did(
                behaviour=self.behaviour.name if self.behaviour else "",
                period=self.window,
                where=tuple(self.where),
                times=self.times,
                days=self.days,
                in_a_row=self.in_a_row,
                which=self.which,
            )
        return Not(not_=made) if self.negated else made


@dataclass
class Item:
    """A condition, and how it is joined to the one before."""

    told: Done | Condition
    link: Link = "and"


def joined(items: Iterable[Item]) -> tuple[Condition, ...]:
    """The conditions of several items: those linked by "or" in one."""
    found: list[list[Condition]] = []
    for item in items:
        conditions = item.told.conditions() if isinstance(item.told, Done) else [item.told]
        if item.link == "or" and found and len(conditions) == 1:
            found[-1].append(conditions[0])
        else:
            found.extend([each] for each in conditions)
    return tuple(dict.fromkeys(each[0] if len(each) == 1 else Any_(any=tuple(each)) for each in found))


def becoming(told: Done | Condition, source: str) -> bool:
    """Whether something done is becoming a customer: its time does not bound what was done later."""
    return isinstance(told, Done) and told.own and told.behaviour is not None and told.behaviour.source == source


def window_before(items: Iterable[Item], done: Done | None, source: str) -> Period | None:
    """The window of becoming a customer, where that was told just before: it holds for what names it alone."""
    told = [each.told for each in items if isinstance(each.told, Done) and each.told is not done]
    return told[-1].window if told and becoming(told[-1], source) else None
