"""Intervals around a line: shaded from low to high, the widest below, and told where one points."""

from collections.abc import Sequence
from typing import Any

from agent.writing import exact
from ui.axis import iso_key
from ui.canvas import Canvas, Series
from ui.palette import faded
from warehouse.table import Cell

MOST_BANDED = 3  # lines; the bands of more would cover each other
OPACITIES = (0.14, 0.24)


def has_bands(canvas: Canvas) -> bool:
    """Whether the lines are few enough for their intervals to be drawn."""
    return bool(canvas.chart.bands) and len(canvas.series()) <= MOST_BANDED


def draw_bands(canvas: Canvas, series: Sequence[Series], colours: Sequence[str]) -> list[dict[str, Any]]:
    """The areas of each line."""
    areas = []
    for each, colour in zip(series, colours, strict=True):
        for (low, high), opacity in zip(canvas.chart.bands, OPACITIES, strict=False):
            lows, highs = _points(canvas, low, each), _points(canvas, high, each)
            keys = [key for key in lows if lows[key] is not None and highs.get(key) is not None]
            areas.append(_area(keys, [lows[key] for key in keys], [highs[key] for key in keys], faded(colour, opacity)))
    return areas


def band_ends(canvas: Canvas, series: Sequence[Series]) -> list[float | None]:
    """All that the axis must reach."""
    names = [name for pair in canvas.chart.bands for name in pair]
    return [value for each in series for name in names for value in _points(canvas, name, each).values()]


def told_bands(canvas: Canvas, series: Series) -> dict[Cell, str]:
    """The intervals at the points of a line, each end by its label and exact number; none where there are none."""
    told: dict[Cell, str] = {}
    for name in (name for pair in reversed(canvas.chart.bands) for name in pair):
        column = canvas.column(name)
        for key, value in _points(canvas, name, series).items():
            if value is not None:
                line = f"<br>{canvas.label(name)}: {exact(value, column.unit, canvas.language)}"
                told[key] = told.get(key, "") + line
    return told


def _area(
    keys: Sequence[Cell], lows: Sequence[float | None], highs: Sequence[float | None], colour: str
) -> dict[str, Any]:
    along = [iso_key(key) for key in keys]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*along, *reversed(along)],
        "y": [*highs, *reversed(lows)],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _points(canvas: Canvas, name: str, series: Series) -> dict[Cell, float | None]:
    return canvas.points(name).get(series.name if canvas.chart.series is not None else "", {})
