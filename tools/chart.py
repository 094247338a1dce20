"""A chart as data; ui/figure.py draws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from warehouse.days import Bucket
from warehouse.table import Table
from warehouse.text import Text

ChartType = Literal[
    "line", "bar", "stacked", "pie", "scatter", "heatmap", "funnel", "number", "table", "sankey", "waterfall", "treemap"
]
DrawnAs = Literal["line", "bar", "stacked", "pie", "heatmap", "table"]

CHART_WORDS: Mapping[DrawnAs, Text] = {
    "line": Text("折线图", "as a line chart"),
    "bar": Text("柱状图", "as a bar chart"),
    "stacked": Text("堆叠图", "as a stacked chart"),
    "pie": Text("饼图", "as a pie chart"),
    "heatmap": Text("热力图", "as a heat map"),
    "table": Text("表格", "as a table"),
}
UNSAID = Text("", "")


@dataclass(frozen=True)
class Chart:
    """Which columns to draw, and how.

    `x` is the column along the category or time axis (None for "number" and "table"), `y` the measures,
    `series` the column whose values become lines or colours. `types` are those that it may be drawn as instead.
    `data` is the chart's own table where it is not the answer's. `alt`, the answer's sentences, says what the chart
    shows to those who cannot see it. `unfinished` is the first bucket (its ISO key) that the as-of day cuts, drawn
    dashed; `grain` is the length of the buckets along a time axis. `bands` are pairs of columns, the low and the
    high end of an interval about each of `y`: shaded around a line, the widest first, or marked on bars. `facet` is the
    column each of whose values gets small bars of its own, all on one scale.
    """

    type: ChartType
    title: Text
    subtitle: Text
    alt: Text = UNSAID
    x: str | None = None
    y: tuple[str, ...] = ()
    series: str | None = None
    types: tuple[ChartType, ...] = ()
    data: Table | None = None
    unfinished: str | None = None
    grain: Bucket | None = None
    bands: tuple[tuple[str, str], ...] = ()
    facet: str | None = None


MOST_SLICES = 6
MOST_SLICES_ASKED = 12  # where a pie is asked for, more may be drawn than are readable at best
MOST_COLOURS = 7


def fitting(table: Table, *, additive: bool, share: bool = False) -> tuple[ChartType, ...]:
    """The charts that these rows can be drawn as, the best first.

    Parts make a whole only where they are `additive`, or each one's `share` of it is what is shown.
    """
    keys = [column for column in table.columns if column.role != "measure"]
    if not keys:
        return ("number", "table")
    if len(keys) > 2:
        return ("table",)
    trend = keys[0].role == "time"
    if len(keys) == 1:
        whole = (additive or share) and not trend and len(table.rows) <= MOST_SLICES_ASKED
        first: tuple[ChartType, ...] = ("line", "bar") if trend else ("bar",)
        pie: tuple[ChartType, ...] = ("pie",) if whole else ()
        best = share and len(table.rows) <= MOST_SLICES
        return (*pie, *first, "table") if best else (*first, *pie, "table")
    if trend:
        return ("line", *(("stacked",) if additive else ()), "heatmap", "table")
    if any(each.type in {"integer", "number"} for each in keys):
        return ("heatmap", "table")  # hours, weekdays: an axis of their own, whatever the other
    few = len(set(table.column(keys[1].name))) <= MOST_COLOURS
    return (*(("bar",) if few else ()), *(("stacked",) if additive and few else ()), "heatmap", "table")
