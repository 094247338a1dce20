"""The nodes that a question is read as: single meanings first, then what the rules join them to."""

from dataclasses import dataclass
from typing import Literal

from agent.understand.loose import Before, Same
from agent.understand.mentions import Meaning, Word
from tools.chart import DrawnAs
from warehouse import query
from warehouse.days import Bucket, Grain

Link = Literal["one", "listed", "and", "or"]


@dataclass(frozen=True)
class Choice:
    """Values of one dimension, and how they were joined."""

    dimension: str
    values: tuple[str, ...]
    link: Link = "one"


@dataclass(frozen=True)
class Test:
    """A condition on what rows, or customers, are; or with `shared` values whose share is asked for."""

    condition: query.Condition
    shared: bool = False


@dataclass(frozen=True)
class Shown:
    """A metric as it is to be shown."""

    measure: query.Measure
    per: Grain | None = None


@dataclass(frozen=True)
class Cut:
    """What to group by. `each` of them was asked for; `which` of them is the question, one or some."""

    groups: tuple[query.Group, ...]
    each: bool = False
    which: Literal["one", "some"] | None = None


@dataclass(frozen=True)
class Bucketed:
    """The length of time to cut by; `which` of the buckets is the question."""

    grain: Bucket | None
    which: bool = False


@dataclass(frozen=True)
class Ranking:
    """The first or last groups in order; `by` is what orders them where it was told beside, `n` how many.

    `of` is the length of time that was counted: the 3 days with the most orders. `judged` says that the best or worst
    were asked for, which may be the lowest or highest; `several` that no one alone is meant: 畅销商品.
    """

    descending: bool
    n: int | None = None
    by: query.Measure | None = None
    of: Bucket | None = None
    judged: bool = False
    several: bool = False


@dataclass(frozen=True)
class Sorting:
    """An order of all groups, by a measure, a dimension or a length of time where it was told; `judged` as above."""

    descending: bool
    by: "query.Measure | Further | query.Group | str | None" = None
    judged: bool = False


@dataclass(frozen=True)
class Comparing:
    """A comparison with another period; `beside` is how long it was told to be, which the period asked must be, too."""

    against: query.Against
    beside: Before | Same | None = None


@dataclass(frozen=True)
class Contrast:
    """A comparison of two groups."""

    dimension: str
    first: str
    second: str


@dataclass(frozen=True)
class Bounded:
    """Bounds on a column of the finished groups: the measure's, or with `further` one that a comparison adds to it."""

    measure: query.Measure
    bounds: query.Bounds
    further: str = ""


@dataclass(frozen=True)
class Further:
    """A column that a comparison adds to a metric: the value compared with, the difference, the growth rate."""

    measure: query.Measure
    name: Literal["before", "difference", "growth"]

    @property
    def column(self) -> str:
        """The name of the column."""
        return f"{self.measure.column}_{self.name}"


@dataclass(frozen=True)
class Drawn:
    """A chart asked for."""

    chart: DrawnAs


@dataclass(frozen=True)
class Nobody:
    """What a rule took, and needs no more."""


Part = (
    Meaning
    | Choice
    | Test
    | Shown
    | Cut
    | Bucketed
    | Ranking
    | Sorting
    | Comparing
    | Contrast
    | Bounded
    | Further
    | Drawn
    | Nobody
)


@dataclass(frozen=True)
class Node:
    """A part found from `start` up to `end` of the normalised text."""

    start: int
    end: int
    part: Part

    def word(self, kind: str) -> str | None:
        """Which of the meanings of that kind of closed-class word it has; None where it is no such word."""
        return self.part.get(kind) if isinstance(self.part, Word) else None
