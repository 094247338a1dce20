"""What a tool is, and what it gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol

from pydantic import BaseModel

from tools.chart import Chart
from warehouse.stop import Stop
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

ChipKind = Literal["metric", "dimension", "time", "filter", "behaviour", "comparison", "order", "output"]


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
    """One piece of a plan, said."""

    kind: ChipKind
    words: Text


@dataclass(frozen=True)
class Defined:
    """A word of the plan and its definition."""

    name: Text
    words: Text


@dataclass(frozen=True)
class Result:
    """What a tool found. `understood` says the whole plan, canonically; suggestions are whole questions.

    `witnesses` are further tables that figures of the sentences stand in, where `table` was cut.
    """

    understood: Text
    sentences: tuple[Sentence, ...]
    table: Table | None = None
    witnesses: tuple[Table, ...] = ()
    chart: Chart | None = None
    pieces: tuple[Understood, ...] = ()
    sql: tuple[str, ...] = ()
    definitions: tuple[Defined, ...] = ()
    notes: tuple[Text, ...] = ()
    suggestions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a tool runs on: the warehouse as it stands, the most rows to hold (None for all), the stop.

    `language` is the asker's, for tables whose cells are our own words.
    """

    reading: Reading
    limit: int | None
    stop: Stop
    language: Language


@dataclass(frozen=True)
class Export:
    """All rows of a tool's table, in batches, whatever their number."""

    columns: tuple[Column, ...]
    batches: Iterator[Sequence[tuple[Cell, ...]]]


class Tool(Protocol):
    """One capability. `Args` is what a planner fills in; `examples` are questions it answers."""

    name: ClassVar[str]
    answers: ClassVar[Text]
    Args: ClassVar[type[BaseModel]]

    def run(self, args: Any, context: Context) -> Result:
        """What it finds; raises `AnalyticsError` for what a user can mend."""

    def say(self, args: Any, reading: Reading, *, dated: bool = False) -> Text:
        """The whole plan in words, `dated` with its days beside: a question that gives the same plan."""

    def export(self, args: Any, context: Context) -> Export | None:
        """The table past any limit; None where `run` already gives all there is."""
