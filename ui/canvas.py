"""What every kind of chart is drawn on: the table's columns as people read them."""

import datetime
import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from agent.writing import MISSING, exact, number
from tools.chart import Chart
from ui.palette import Shades
from warehouse.days import Bucket
from warehouse.saying import bucket
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

MOST_SERIES = 7
WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
UNKNOWN = Text("未知", "unknown")
NO_VALUE = Text("未知（无值）", "unknown (no value)")
REST_IN_TABLE = Text("只画出前{drawn}个，其余见表格", "the first {drawn} drawn; the rest are in the table")


@dataclass(frozen=True)
class Series:
    """One line or colour: its name, the measure drawn, and its value at each key of the axis."""

    name: str
    measure: Column
    points: dict[Cell, float | None]
    compared: bool = False

    @property
    def size(self) -> float:
        """How much of the chart it takes."""
        return sum(abs(value) for value in self.points.values() if value is not None)


@dataclass(frozen=True)
class Canvas:
    """A chart with its table, in one language and one theme."""

    chart: Chart
    table: Table
    language: Language
    shades: Shades

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(column for column in self.table.columns if column.name == name)

    def label(self, name: str) -> str:
        """What people call a column, safe in Plotly's markup."""
        return safe(self.column(name).label.said(self.language))

    @property
    def measures(self) -> tuple[Column, ...]:
        """The measures that share the first one's unit: those that one axis can carry."""
        first = self.column(self.chart.y[0])
        return tuple(column for name in self.chart.y if (column := self.column(name)).unit == first.unit)

    @property
    def keys(self) -> list[Cell]:
        """The axis's values, each once, in the table's order."""
        return list(dict.fromkeys(self.table.column(self.x)))

    @property
    def x(self) -> str:
        """The axis's column."""
        if self.chart.x is None:
            raise ValueError(f"a {self.chart.type} chart needs an x column")
        return self.chart.x

    @property
    def grain(self) -> Bucket | None:
        """The length of the buckets along the axis, where the chart or its column tells it."""
        return self.chart.grain or (self.column(self.chart.x).grain if self.chart.x else None)

    def series(self) -> list[Series]:
        """Lines or colours: one for each value of the series column, or one for each measure."""
        if self.chart.series is None:
            return [self._measure(column, self.table.column(self.x)) for column in self.measures]
        measure = self.measures[0]
        return [Series(name, measure, points) for name, points in self.points(measure.name).items()]

    def points(self, name: str) -> dict[str, dict[Cell, float | None]]:
        """A measure's values at each key of the axis, by series; under no name where there are none."""
        keys, cells = self.table.column(self.x), self.table.column(name)
        names = [None] * len(keys) if self.chart.series is None else self.table.column(self.chart.series)
        found: dict[Cell, dict[Cell, float | None]] = {}
        for key, of, value in zip(keys, names, cells, strict=True):
            found.setdefault(of, {})[key] = plain(value)
        if self.chart.series is None:
            return {"": found.get(None, {})}
        grain = self.column(self.chart.series).grain
        return {self.said(of, grain): points for of, points in found.items()}

    def _measure(self, column: Column, keys: tuple[Cell, ...]) -> Series:
        values = [plain(cell) for cell in self.table.column(column.name)]
        compared = any(column.name.startswith(f"{other}_") for other in self.chart.y if other != column.name)
        return Series(self.label(column.name), column, dict(zip(keys, values, strict=True)), compared)

    def colours(self, series: list[Series]) -> list[str]:
        """A colour for each series; grey for those that another is held against."""
        shades = iter(self.shades.series)
        return [self.shades.compared if each.compared else next(shades) for each in series]

    def said(self, cell: Cell, grain: Bucket | None = None) -> str:
        """A key as an axis or a legend names it, safe in Plotly's markup; of a bucket that long, where one is told."""
        if cell is None:
            return self._unknown
        if isinstance(cell, datetime.date):
            length = grain or self.grain
            if length is None or length == "day":
                return moment(cell, self.language)
            return bucket(cell, length).said(self.language)
        return safe(str(cell))

    @cached_property
    def _unknown(self) -> str:
        """What a missing key is called: not what a value of the table is."""
        said = UNKNOWN.said(self.language)
        return NO_VALUE.said(self.language) if any(said in row for row in self.table.rows) else said

    def short(self, value: float | None, measure: Column) -> str:
        """A value as a label beside its mark."""
        return number(value, measure.unit, self.language)

    def hover(self, heading: str, name: str, value: float | None, measure: Column) -> str:
        """What pointing at a mark tells: where, what, and the exact number."""
        written = exact(value, measure.unit, self.language) if value is not None else MISSING
        return f"<b>{heading}</b><br>{name}: {written}"

    def hovers(
        self, headings: Sequence[str], values: Sequence[float | None], measure: Column, name: str | None = None
    ) -> list[str]:
        """What pointing at each of a row of marks tells; the measure is called `name`, or by its label."""
        called = self.label(measure.name) if name is None else name
        return [self.hover(heading, called, value, measure) for heading, value in zip(headings, values, strict=True)]


def plain(cell: Cell) -> float | None:
    """A measure's cell as Plotly takes it; whole numbers stay whole."""
    match cell:
        case bool() | None | str() | datetime.date():
            return None
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case _:
            return cell if math.isfinite(cell) else None


def safe(text: str) -> str:
    """Text without meaning in Plotly's markup."""
    return html.escape(text, quote=False)


def brief(text: str, most: int = 16) -> str:
    """Safe text cut to what fits beside an axis, between letters as they are read."""
    read = html.unescape(text)
    return text if len(read) <= most else safe(f"{read[: most - 1]}…")


def moment(when: datetime.date, language: Language) -> str:
    """A day with its week day, or a point in time."""
    if isinstance(when, datetime.datetime) and (when.hour or when.minute):
        return f"{when:%Y-%m-%d %H:%M}"
    return f"{when:%Y-%m-%d} {WEEKDAYS[language][when.weekday()]}"


Drawing = tuple[list[dict[str, Any]], dict[str, Any]]
"""Traces and what they need of the layout."""
