"""A chart as data; ui/figure.py draws it."""

from dataclasses import dataclass
from typing import Literal

from warehouse.table import Table
from warehouse.text import Text

ChartType = Literal[
    "line", "bar", "stacked", "pie", "scatter", "heatmap", "funnel", "number", "table", "sankey", "waterfall", "treemap"
]


@dataclass(frozen=True)
class Chart:
    """Which columns to draw, and how.

    `x` is the column along the category or time axis (None for "number" and "table"), `y` the measures,
    `series` the column whose values become lines or colours. `data` is the chart's own table where it is not
    the answer's. `alt` says what the chart shows to those who cannot see it. `unfinished` is the first bucket (its
    ISO key) that the as-of day cuts, drawn dashed.
    """

    type: ChartType
    title: Text
    subtitle: Text
    alt: Text
    x: str | None = None
    y: tuple[str, ...] = ()
    series: str | None = None
    data: Table | None = None
    unfinished: str | None = None
