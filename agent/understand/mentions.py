"""What a stretch of a question may mean, and where it was found."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from agent.understand.loose import Loose
from agent.understand.quantities import Quantity
from warehouse.days import Grain
from warehouse.period import Period
from warehouse.query import Bounds, Group


@dataclass(frozen=True)
class Word:
    """A closed-class word: what it may do in a question (its kinds), each with which of the kind's meanings it has."""

    roles: tuple[tuple[str, str | None], ...]

    def __hash__(self) -> int:
        return hash(self.roles)

    def get(self, kind: str) -> str | None:
        """Which of a kind's meanings it has; the kind itself where it has but one; None where it is no such word."""
        return next((argument or kind for name, argument in self.roles if name == kind), None)

    @property
    def harmless(self) -> bool:
        """Whether it changes nothing where no rule takes it."""
        return self.get("filler") is not None


@dataclass(frozen=True)
class Measure:
    """A metric; `per` is the bucket that its name implies, as DAU implies the day."""

    metric: str
    per: Grain | None = None


@dataclass(frozen=True)
class Ranked:
    """A name for being ranked by a metric: bestselling; `people` are customers called by it: spenders."""

    metric: str
    descending: bool = True
    people: bool = False


@dataclass(frozen=True)
class Dimension:
    """The name of a dimension; or a `verb` that leads to its values: shipped to."""

    name: str
    verb: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Dating:
    """What a dimension of days dates: launched, of the launch date."""

    dimension: str


@dataclass(frozen=True)
class Grouping:
    """A dimension of days by its buckets, or by the time passed since: registration month."""

    group: Group


@dataclass(frozen=True)
class Value:
    """A value of a dimension."""

    dimension: str
    value: str


@dataclass(frozen=True)
class Born:
    """Years of birth."""

    bounds: Bounds


@dataclass(frozen=True)
class Deed:
    """A behaviour, or not having done it.

    A `bare` verb, which may be a noun too, is one only after an auxiliary or a negation: did not order.
    """

    behaviour: str
    negated: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Member:
    """A segment of the customers."""

    segment: str


@dataclass(frozen=True)
class People:
    """The customers."""


@dataclass(frozen=True)
class Rows:
    """What one row of a source is called: orders."""

    source: str


@dataclass(frozen=True)
class When:
    """A period."""

    period: Period


@dataclass(frozen=True)
class Whens:
    """Several periods in which something was done, or was not: in each of them, or with "or" in any."""

    periods: tuple[Period, ...]
    link: Literal["each", "any"]


@dataclass(frozen=True)
class Loosely:
    """A time that names no days by itself."""

    loose: Loose


@dataclass(frozen=True)
class Quoted:
    """Text in quotes, or a word that nothing knows, as it was written."""

    text: str


@dataclass(frozen=True)
class Vague:
    """A word that people mean several things by, by its place among the model's unclear ones."""

    place: int


@dataclass(frozen=True)
class Unknown:
    """A stretch that nothing explains."""

    text: str


Meaning = (
    Word | Measure | Ranked | Dimension | Dating | Grouping | Value | Born | Deed | Member | People | Rows | When
    | Whens | Loosely | Quantity | Quoted | Vague | Unknown
)  # fmt: skip


class Mention(NamedTuple):
    """A meaning found from `start` up to `end` of the normalised text."""

    start: int
    end: int
    meaning: Meaning
