"""Rows with their meaning."""

import datetime
import decimal
from dataclasses import dataclass
from typing import Literal

from warehouse.days import Bucket
from warehouse.text import Text

Cell = None | bool | int | float | decimal.Decimal | str | datetime.date | datetime.datetime
Role = Literal["key", "time", "group", "measure", "attribute"]
Type = Literal["integer", "number", "text", "date", "datetime", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column: its name in the model, what people call it, and how it is read.

    `unit` is "CNY", "ratio", "seconds", "days" …, or None for bare counts and text. `grain` is the length of the
    buckets whose first days a time column holds.
    """

    name: str
    label: Text
    type: Type
    role: Role
    unit: str | None = None
    grain: Bucket | None = None


@dataclass(frozen=True)
class Table:
    """At most the limit's rows of a result, and how many there are in all."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_count: int

    @property
    def truncated(self) -> bool:
        """Whether rows were left out."""
        return len(self.rows) < self.row_count

    def first(self, limit: int | None) -> "Table":
        """At most that many of its rows; None for all."""
        return self if limit is None else Table(self.columns, self.rows[:limit], self.row_count)

    def column(self, name: str) -> tuple[Cell, ...]:
        """All cells of one column."""
        at = [column.name for column in self.columns].index(name)
        return tuple(row[at] for row in self.rows)
