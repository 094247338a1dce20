"""What a stretch of a question may mean: the typed meanings, and where each was found."""

from dataclasses import dataclass
from typing import NamedTuple

from tools.chart import DrawnAs
from warehouse.days import Grain
from warehouse.period import Period


@dataclass(frozen=True)
class Word:
    """A closed-class word, by what it does: "negation", "by", "join", "list" …."""

    kind: str


@dataclass(frozen=True)
class Filler:
    """A word that changes nothing."""


@dataclass(frozen=True)
class Bucket:
    """A length of time to cut by."""

    grain: Grain


@dataclass(frozen=True)
class Drawn:
    """A chart asked for."""

    chart: DrawnAs


@dataclass(frozen=True)
class Measure:
    """A metric; `per` is the bucket that its name implies, as DAU implies the day."""

    metric: str
    per: Grain | None = None


@dataclass(frozen=True)
class Group:
    """A dimension."""

    dimension: str


@dataclass(frozen=True)
class Value:
    """A value of a dimension; one that does not stand `alone` is read beside its dimension's name only."""

    dimension: str
    value: str
    alone: bool = True


@dataclass(frozen=True)
class Born:
    """Years of birth, both in."""

    first: int
    last: int


@dataclass(frozen=True)
class Deed:
    """A behaviour, or not having done it; `ever` looks over all of the data.

    A `bare` verb, which may be a noun too, is one only after an auxiliary or a negation: did not order.
    """

    behaviour: str
    negated: bool
    ever: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Member:
    """A segment of the customers."""

    segment: str


@dataclass(frozen=True)
class People:
    """The customers."""


@dataclass(frozen=True)
class When:
    """A period."""

    period: Period


Meaning = Word | Filler | Bucket | Drawn | Measure | Group | Value | Born | Deed | Member | People | When


class Mention(NamedTuple):
    """A meaning found from `start` up to `end` of the normalised text."""

    start: int
    end: int
    meaning: Meaning
