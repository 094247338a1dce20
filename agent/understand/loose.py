"""Times that name no days by themselves: 前一周, 去年同期, 这几天, 5月底, 当月 after another time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from agent.understand.quantities import Quantity
from agent.understand.readers import SIMPLE, since, unit_named
from warehouse.days import YEAR_OFFSETS, OfYear, Unit
from warehouse.period import Day, DayOfMonth, Open, Part, Period, Range, Relative, Simple, Year

Filled = Mapping[str, Any]
Side = Literal["first", "last"]


@dataclass(frozen=True)
class Before:
    """As many units just before the period asked about: 前一周, the 30 days before."""

    n: int
    unit: Unit


@dataclass(frozen=True)
class Same:
    """The same days so many units back: 去年同期 is one year."""

    unit: Unit
    back: int


@dataclass(frozen=True)
class Vague:
    """Some time that names no days: 这几天, lately."""


@dataclass(frozen=True)
class Edge:
    """The end, or the beginning, of a unit of the calendar: a day for what has a state, some days for all else."""

    side: Side
    of: Relative | Part | Year

    @property
    def period(self) -> Period:
        """What a state at that edge is asked for: a unit, at whose last day it is taken, or its first day."""
        match self.of:
            case _ if self.side == "last":
                return self.of
            case Relative(unit="month", offset=offset):
                return DayOfMonth(month=offset, day=1)
            case Part(unit="month", number=number, year=year):
                return Day(month=number, day=1, year=year)
            case Year(year=number):
                return Day(month=1, day=1, year=number)
            case Relative(unit="year", offset=offset):
                return Day(month=1, day=1, year=_year_word(offset))
            case _:
                raise ValueError("a quarter is said by its months where its first day is meant")


@dataclass(frozen=True)
class Then:
    """The unit that was told just before: 上个月注册、当月下单."""

    unit: Unit


@dataclass(frozen=True)
class Ago:
    """So long ago: a day by itself, of the last time that something was done that it was then or earlier."""

    long: Quantity


Loose = Before | Same | Vague | Edge | Then | Ago


def _year_word(offset: int) -> OfYear | None:
    return next((word for word, at in YEAR_OFFSETS.items() if at == offset), None)


def joined(kind: str, first: Period | Loose, last: Period | Loose) -> Period | None:
    """Two periods, or the one that is both, as a join makes one of them; None where it cannot."""
    match kind:
        case "range":
            return _range(_whole(first, "first"), _whole(last, "last"))
        case "since":
            begun = _whole(first, "first")
            return None if begun is None else since(begun)
        case "before" if isinstance(first, Edge) and first.side == "last":
            return _open("until", first.of)
        case "before":
            return _open("before", _whole(first, "first"))
        case "until_end":
            return _open("until", first.of) if isinstance(first, Edge) and first.side == "last" else None
        case _:
            return _open(kind, _whole(first, "last"))


def _whole(period: Period | Loose, side: Side) -> Simple | None:
    """What is joined: a period, or the unit that ends, or begins, where the join does."""
    if isinstance(period, Edge):
        return period.of if period.side == side else None
    return period if isinstance(period, SIMPLE) else None


def _open(side: str, of: Simple | None) -> Period | None:
    return None if of is None else Open.model_validate({"side": side, "of": of})


def _range(first: Simple | None, last: Simple | None) -> Period | None:
    if first is None or last is None:
        return None
    try:
        return Range(first=first, last=last)
    except ValueError:
        return since(first)


def _before(filled: Filled) -> Loose:
    if "previous" in filled:
        return Before(1, filled["previous"])
    return Before(filled.get("n", 1), filled["single"] if "single" in filled else filled["units"])


def _same(filled: Filled) -> Loose | None:
    if "earlier" in filled:
        return Same(filled["earlier"], 1)
    unit, offset = filled["relative"]
    return Same(unit, -offset) if offset < 0 else None


def _edge(side: Side) -> Callable[[Filled], Loose | None]:
    def read(filled: Filled) -> Loose | None:
        of = unit_named(filled)
        return None if of is None else Edge(side, of)

    return read


READERS: Mapping[str, Callable[[Filled], Loose | None]] = {
    "base": _before,
    "same": _same,
    "vague": lambda _: Vague(),
    "end": _edge("last"),
    "start": _edge("first"),
    "then": lambda filled: Then(filled["current"]),
}
