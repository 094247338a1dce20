"""Small bars: one panel for each value of a column, all on one scale; and the whiskers of bars with intervals."""

from collections.abc import Sequence
from typing import Any

from ui.axis import measure_axis
from ui.canvas import Canvas, Drawing, Series, brief, plain
from warehouse.table import Cell

MOST_LETTERS = 15
BAR_HEIGHT = 16
TITLE_HEIGHT = 28
EDGES_HEIGHT = 128  # of the chart's title and the axis below


def draw_small_bars(canvas: Canvas) -> Drawing:
    """Bars lying from zero, panel above panel, as a phone is too narrow for two abreast."""
    measure, keys = canvas.measures[0], canvas.keys
    panels = _panels(canvas)
    down = len(panels)
    tall = len(keys) * BAR_HEIGHT + TITLE_HEIGHT
    scale = measure_axis(canvas, measure, [value for points in panels.values() for value in points.values()])
    names = [canvas.said(key) for key in keys]
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "height": EDGES_HEIGHT + tall * down, "showlegend": False, "bargap": 0.3, "annotations": [],
    }  # fmt: skip
    for at, (name, points) in enumerate(panels.items()):
        mark = "" if at == 0 else str(at + 1)
        top = 1 - (at * tall + TITLE_HEIGHT) / (tall * down)
        last = at == down - 1
        layout[f"xaxis{mark}"] = scale | {"anchor": f"y{mark}", "showticklabels": last, "tickangle": 0}
        if not last:
            layout[f"xaxis{mark}"]["title"] = None
        layout[f"yaxis{mark}"] = {
            "domain": [max(0.0, 1 - (at + 1) / down), top], "anchor": f"x{mark}", "type": "category",
            "autorange": "reversed", "fixedrange": True, "showgrid": False, "automargin": True,
            "tickmode": "array", "tickvals": names, "ticktext": [brief(each, 10) for each in names],
            "linecolor": canvas.shades.grid,
        }  # fmt: skip
        layout["annotations"].append(_title(canvas, name, top))
        traces.append(_bars(canvas, name, points, keys) | {"xaxis": f"x{mark}", "yaxis": f"y{mark}"})
    return traces, layout


def intervals(canvas: Canvas, series: Series, keys: Sequence[Cell]) -> dict[str, Any]:
    """What a lying bar has of whiskers: from the first pair of columns of the chart's bands, where there are such."""
    ends = interval_ends(canvas)
    if not ends:
        return {}
    told = [(series.points.get(key), *ends.get(key, (None, None))) for key in keys]
    known = [each if None not in each else (0.0, 0.0, 0.0) for each in told]
    return {
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(high or 0) - (value or 0) for value, _, high in known],
            "arrayminus": [(value or 0) - (low or 0) for value, low, _ in known],
            "color": canvas.shades.ink,
            "thickness": 1.4,
            "width": 4,
        },
        "textposition": "none",  # it would stand on the whiskers
        "hovertext": [
            f"{hover}<br>{canvas.short(low, series.measure)} – {canvas.short(high, series.measure)}"
            for hover, (_, low, high) in zip(
                canvas.hovers(
                    [canvas.said(key) for key in keys], [each[0] for each in told], series.measure, series.name
                ),
                told,
                strict=True,
            )
        ],
    }


def interval_ends(canvas: Canvas) -> dict[Cell, tuple[float | None, float | None]]:
    """The low and the high end at each key."""
    if not canvas.chart.bands:
        return {}
    low, high = (map(plain, canvas.table.column(name)) for name in canvas.chart.bands[0])
    return dict(zip(canvas.table.column(canvas.x), zip(low, high, strict=True), strict=True))


def _panels(canvas: Canvas) -> dict[Cell, dict[Cell, float | None]]:
    panels: dict[Cell, dict[Cell, float | None]] = {}
    measure = canvas.measures[0].name
    told = (canvas.table.column(name) for name in (str(canvas.chart.facet), canvas.x, measure))
    for name, key, value in zip(*told, strict=True):
        panels.setdefault(name, {})[key] = plain(value)
    return panels


def _bars(canvas: Canvas, name: Cell, points: dict[Cell, float | None], keys: Sequence[Cell]) -> dict[str, Any]:
    values, names, measure = [points.get(key) for key in keys], [canvas.said(key) for key in keys], canvas.measures[0]
    colours = [canvas.shades.series[0 if (value or 0) >= 0 else 1] for value in values]
    return {
        "type": "bar",
        "orientation": "h",
        "name": canvas.said(name),
        "y": names,
        "x": values,
        "marker": {"color": colours},
        "hovertext": canvas.hovers([f"{canvas.said(name)}<br>{key}" for key in names], values, measure),
        "hoverinfo": "text",
    }


def _title(canvas: Canvas, name: Cell, top: float) -> dict[str, Any]:
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": top, "xanchor": "left", "yanchor": "bottom", "yshift": 4,
        "text": brief(canvas.said(name), MOST_LETTERS), "showarrow": False,
        "font": {"size": 12, "color": canvas.shades.ink},
    }  # fmt: skip
