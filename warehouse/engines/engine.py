"""What runs safe SQL and gives back rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from warehouse.guard import SafeSql
from warehouse.stop import Stop
from warehouse.table import Cell, Type

if TYPE_CHECKING:
    import numpy as np

Arrays = Mapping[str, "np.ndarray[Any, Any]"]  # columns by name, all of one length; what is missing in numbers is NaN


@dataclass(frozen=True)
class Field:
    """A column as the engine gives it: its name and plain type."""

    name: str
    type: Type


@dataclass(frozen=True)
class Rows:
    """Rows of plain Python values, in the fields' order; `more` tells whether the limit left some out."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool


class Data(Protocol):
    """One version of the data, read-only and under the engine's limits; any number of threads may ask at once.

    Queries raise `QueryTimeout` past the engine's time, `Stopped` when `stop` is pressed, `QueryFailed` for all else
    that the engine refuses or breaks on.
    """

    def version(self) -> str:
        """Another text whenever the data are others."""
        ...

    def tables(self) -> tuple[str, ...]:
        """The names of the tables and views, in order."""
        ...

    def columns(self, table: str) -> tuple[Field, ...]:
        """A table's columns, in its order."""
        ...

    def fields(self, sql: SafeSql) -> tuple[Field, ...]:
        """The columns that a query gives, told without reading a row."""
        ...

    def run(self, sql: SafeSql, *, limit: int | None, stop: Stop | None = None) -> Rows:
        """At most `limit` rows, None for all; never more than one past the limit is fetched."""
        ...

    def stream(self, sql: SafeSql, *, stop: Stop | None = None) -> Iterator[Sequence[tuple[Cell, ...]]]:
        """Every row, in batches, in bounded memory; the time limit holds for the wait for each batch."""
        ...

    def arrays(self, sql: SafeSql, *, stop: Stop | None = None) -> Arrays:
        """Every row, as numpy columns: what a computation over many rows takes, without a Python value for each."""
        ...

    def count(self, sql: SafeSql, *, stop: Stop | None = None) -> int:
        """How many rows the query gives in all."""
        ...


class Engine(Data, Protocol):
    """An engine whose data may be replaced while it runs; each query reads one version."""

    @property
    def dialect(self) -> str:
        """The name of its SQL, as the guard takes it."""
        ...

    def held(self) -> AbstractContextManager[Data]:
        """The data as they stand now: inside, every query reads this one version."""
        ...
