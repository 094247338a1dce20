"""What a tool is, and what it gives."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, runtime_checkable

from pydantic import BaseModel

from tools.chart import Chart
from warehouse.compile import Compiled
from warehouse.lexicon.phrases import Phrases
from warehouse.stop import Stop
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

ChipKind = Literal["metric", "dimension", "time", "filter", "behaviour", "comparison", "order", "output"]

AN_ID = r"[a-z0-9_-]+"  # of a normalised text

ArgumentKind = Literal[
    "period", "comparison", "people", "filters", "metric", "metrics", "dimension", "dimensions", "grain", "behaviours",
    "values", "terms", "number", "choice", "id",
]  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A number in a sentence, with its unit; it must stand in the table."""

    value: Cell
    unit: str | None = None


@dataclass(frozen=True)
class Sentence:
    """Words and the figures between them. The first figure of a result's first sentence is its main number."""

    parts: tuple[Text | Figure, ...]


@dataclass(frozen=True)
class Understood:
    """One piece of a plan, said, and the argument that it says: of several parts which, and what others `also`.

    A piece that tells its argument can be changed on the page, and left out.
    """

    kind: ChipKind
    words: Text
    field: str | None = None
    at: int = 0
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Defined:
    """A word of the plan and its definition."""

    name: Text
    words: Text


@dataclass(frozen=True)
class Result:
    """What a tool found. `understood` says the whole plan, canonically; suggestions are whole questions, best first.

    `witnesses` are further tables that figures of the sentences stand in, where `table` was cut.
    """

    understood: Text
    sentences: tuple[Sentence, ...]
    table: Table | None = None
    witnesses: tuple[Table, ...] = ()
    chart: Chart | None = None
    sql: tuple[str, ...] = ()
    definitions: tuple[Defined, ...] = ()
    notes: tuple[Text, ...] = ()
    suggestions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a tool runs on: the warehouse as it stands, the most rows to hold (None for all), the stop.

    `language` is the asker's, for tables whose cells are our own words. A tool that works for seconds calls `tell` with
    what it does now, as often as it begins something else.
    """

    reading: Reading
    limit: int | None
    stop: Stop
    language: Language
    tell: Callable[[Text], None] = field(default=lambda _: None)

    def begin(self, doing: Text) -> None:
        """Tell what begins now; raises `Stopped` where the stop was pressed."""
        self.stop.check()
        self.tell(doing)


@dataclass(frozen=True)
class Export:
    """All rows of a tool's table, in batches, whatever their number."""

    columns: tuple[Column, ...]
    batches: Iterator[Sequence[tuple[Cell, ...]]]


@dataclass(frozen=True)
class ArgumentWords:
    """How one argument is told.

    A "number" and an "id" by `phrases` with a slot, 聚成{n}类, into {n} clusters, 用户{id}; `below` are phrases whose
    number is taken below zero: 降价{n}. A "choice" by the phrases of each of its `choices`. "values" are those of the
    dimension that plays the part `of` of a role: ("experiment", "name"); "behaviours" are names in the order told. The
    other kinds are told by the model's own words, and by those for time: "people" are conditions on customers,
    "filters" those of a metric, a "metric" is a `Measure`, a "dimension" its name, a "comparison" what `Query` takes.
    What is `needed` is asked back in those words where it is not told, with whole questions: one for each choice.
    A period that is `shared` is that of the customers' own clause where no other is told.
    """

    kind: ArgumentKind
    phrases: Phrases = field(default_factory=Phrases)
    below: Phrases = field(default_factory=Phrases)
    choices: Mapping[str, Phrases] = field(default_factory=dict)
    of: tuple[str, str] | None = None
    needed: Text | None = None
    shared: bool = False


@dataclass(frozen=True)
class Asked:
    """How a tool is asked for: the phrases that name it, what tells each of its arguments, and examples.

    `beside` are phrases that say nothing more where the tool is named: 每步多少人, beside a funnel. `of_steps` name it
    where things done one after another stand beside: the conversion rate from view to purchase.

    Arguments are by their fields, which take what a question tells in this order. Examples are whole questions with
    slots that the model fills, so that they hold for any: `{metric}`, `{dimension}`, `{value}`, `{period}`. Hints give
    the tool away where no cue of any does, and are read as what they are, besides: 未来30天, the next 30 days.
    """

    cues: Phrases = field(default_factory=Phrases)
    hints: Phrases = field(default_factory=Phrases)
    arguments: Mapping[str, ArgumentWords] = field(default_factory=dict)
    examples: tuple[Text, ...] = ()
    beside: Phrases = field(default_factory=Phrases)
    of_steps: Phrases = field(default_factory=Phrases)


class Tool(Protocol):
    """One capability. `Args` is what a planner fills in, `asked` how it is asked for.

    A tool that is asked for without words of its own, by metrics or by people, has no cues.
    """

    name: ClassVar[str]
    answers: ClassVar[Text]
    Args: ClassVar[type[BaseModel]]
    asked: ClassVar[Asked]

    def run(self, args: Any, context: Context) -> Result:
        """What it finds; raises `AnalyticsError` for what a user can mend."""

    def say(self, args: Any, reading: Reading, *, dated: bool = False) -> Text:
        """The whole plan in words, `dated` with its days beside: a question that gives the same plan."""

    def pieces(self, args: Any, reading: Reading) -> tuple[Understood, ...]:
        """The same plan piece by piece, as `say` says it dated; raises as `say` does."""

    def export(self, args: Any, context: Context) -> Export | None:
        """The table past any limit; None where `run` already gives all there is."""


@runtime_checkable
class Grouping(Protocol):
    """A tool that finds groups of customers: each can be asked for as they are, by name."""

    def groups(self, args: Any, reading: Reading) -> Mapping[str, tuple[Text, ...]]:
        """What each group is called, first as it is said, by its name; raises `AnalyticsError` as `run` does."""

    def members(self, args: Any, group: str, reading: Reading) -> Compiled:
        """The keys of a group's customers, as `customer`; raises `UnknownName` for what is none."""
