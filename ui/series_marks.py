"""Charts along an axis: lines and bars."""

import html
from collections.abc import Sequence
from dataclasses import replace
from statistics import mean
from typing import Any

from ui.axis import every_bucket, is_time, iso_key, measure_axis, time_axis
from ui.bands import band_ends, draw_bands, has_bands, told_bands
from ui.canvas import MOST_SERIES, Canvas, Drawing, Series, brief
from ui.small_bars import draw_small_bars, interval_ends, intervals
from warehouse.table import Cell
from warehouse.text import Text

MOST_BARS = 20
MOST_MARKED = 14  # points of a line; more would crowd it
LABEL_GAP = 0.075  # of the axis: two labels closer than this would touch at the smallest height
OTHERS = Text("其他", "Others")
LEGEND = {"orientation": "h", "yanchor": "top", "y": -0.14, "xanchor": "left", "x": 0, "title": {"text": ""}}
LEGEND_ROOM = 84


def draw_line(canvas: Canvas) -> Drawing:
    """One line a series, each named at its end; the unfinished bucket dashed."""
    series = largest(canvas.series())
    timed = is_time(canvas)
    keys: Sequence[Cell] = every_bucket(canvas) if timed else canvas.keys
    values = [value for each in series for value in each.points.values()]
    banded = has_bands(canvas)
    if banded:
        values += band_ends(canvas, series)
    axis = measure_axis(canvas, canvas.measures[0], values, zero=False)
    traces: list[dict[str, Any]] = draw_bands(canvas, series, canvas.colours(series)) if banded else []
    for each, colour in zip(series, canvas.colours(series), strict=True):
        traces += _line(canvas, each, colour, keys)
    layout: dict[str, Any] = {
        "xaxis": time_axis(canvas, keys) if timed else category_axis(canvas, keys),
        "yaxis": axis,
        "showlegend": False,
        "hovermode": "closest",
    }
    if len(series) > 1:
        layout["annotations"] = _end_labels(series, canvas.colours(series), keys, axis["range"])
        layout["margin"] = {"r": 24 + max(_width(brief(each.name, 10)) for each in series)}
    return traces, layout


def draw_bar(canvas: Canvas) -> Drawing:
    """Bars from zero: upright over time and in groups, lying in the table's order for a ranking; panels by facet."""
    if canvas.chart.facet is not None:
        return draw_small_bars(canvas)
    series = largest(canvas.series())
    timed = is_time(canvas)
    if timed or (len(series) > 1 and len(canvas.keys) <= 12):
        return _upright(canvas, series, "group")
    return _lying(canvas, series)


def draw_stacked(canvas: Canvas) -> Drawing:
    """Bars of parts; more than seven become others, for parts add up."""
    return _upright(canvas, with_others(canvas, canvas.series()), "relative")


def largest(series: list[Series]) -> list[Series]:
    """The seven series that take most of the chart, in their own order."""
    if len(series) <= MOST_SERIES:
        return series
    kept = sorted(series, key=lambda each: each.size, reverse=True)[:MOST_SERIES]
    return [each for each in series if each in kept]


def with_others(canvas: Canvas, series: list[Series]) -> list[Series]:
    """The six largest series and the sum of the rest; only for charts whose parts add up."""
    if len(series) <= MOST_SERIES:
        return series
    ranked = sorted(series, key=lambda each: each.size, reverse=True)
    kept, rest = ranked[: MOST_SERIES - 1], ranked[MOST_SERIES - 1 :]
    sums = {key: sum(each.points.get(key) or 0 for each in rest) for key in canvas.keys}
    return [
        *(each for each in series if each in kept),
        Series(OTHERS.said(canvas.language), series[0].measure, {**sums}),
    ]


def category_axis(canvas: Canvas, keys: Sequence[Cell]) -> dict[str, Any]:
    """An axis of names in the order given, long ones cut."""
    names = [canvas.said(key) for key in keys]
    counted = canvas.column(canvas.x).type == "integer"  # bare numbers say what they are
    return {
        "title": {"text": canvas.label(canvas.x) if counted else "", "standoff": 8, "font": {"size": 13}},
        "type": "category",
        "tickmode": "array",
        "tickvals": names,
        "ticktext": [brief(name) for name in names],
        "showgrid": False,
        "automargin": True,
        "fixedrange": True,
        "linecolor": canvas.shades.grid,
    }


def _line(canvas: Canvas, series: Series, colour: str, keys: Sequence[Cell]) -> list[dict[str, Any]]:
    points = [(key, series.points.get(key)) for key in keys]
    cut = _first_unfinished(canvas, keys)
    parts = [(points[:cut], "solid")] if cut else []
    if cut < len(points):
        parts.append((points[max(cut - 1, 0) :], "dot"))
    return [_stroke(canvas, series, colour, part, dash) for part, dash in parts if part]


def _stroke(
    canvas: Canvas, series: Series, colour: str, points: Sequence[tuple[Cell, float | None]], dash: str
) -> dict[str, Any]:
    told = told_bands(canvas, series)
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(series.points) <= MOST_MARKED else "lines",
        "name": series.name,
        "x": [_x(canvas, key) for key, _ in points],
        "y": [value for _, value in points],
        "line": {"color": colour, "width": 2 if series.compared else 2.5, "dash": dash},
        "marker": {"size": 6, "color": colour},
        "hovertext": [
            canvas.hover(canvas.said(key), series.name, value, series.measure) + told.get(key, "")
            for key, value in points
        ],
        "hoverinfo": "text",
        "connectgaps": False,
    }


def _upright(canvas: Canvas, series: list[Series], mode: str) -> Drawing:
    timed = is_time(canvas)
    keys: Sequence[Cell] = every_bucket(canvas) if timed else canvas.keys
    traces = [_bars(canvas, each, colour, keys) for each, colour in zip(series, canvas.colours(series), strict=True)]
    values = _stack_ends(series, keys) if mode == "relative" else [v for each in series for v in each.points.values()]
    layout: dict[str, Any] = {
        "barmode": mode,
        "xaxis": time_axis(canvas, keys) if timed else category_axis(canvas, keys),
        "yaxis": measure_axis(canvas, canvas.measures[0], values),
        "showlegend": len(series) > 1,
        "legend": LEGEND,
        "bargap": 0.25,
        "margin": {"b": LEGEND_ROOM} if len(series) > 1 else {},
    }
    return traces, layout


def _bars(canvas: Canvas, series: Series, colour: str, keys: Sequence[Cell]) -> dict[str, Any]:
    cut = _first_unfinished(canvas, keys)
    hover = [canvas.hover(canvas.said(key), series.name, series.points.get(key), series.measure) for key in keys]
    return {
        "type": "bar",
        "name": series.name,
        "x": [_x(canvas, key) for key in keys],
        "y": [series.points.get(key) for key in keys],
        "marker": {
            "color": colour,
            "pattern": {
                "shape": ["/" if at >= cut else "" for at in range(len(keys))],
                "fgcolor": canvas.shades.paper,
                "fillmode": "overlay",
            },
        },
        "hovertext": hover,
        "hoverinfo": "text",
    }


def _lying(canvas: Canvas, series: list[Series]) -> Drawing:
    keys = canvas.keys[:MOST_BARS]
    shown = [replace(each, points={key: each.points.get(key) for key in keys}) for each in series]
    values = [value for each in shown for value in each.points.values()]
    names = [canvas.said(key) for key in keys]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": each.name,
            "y": names,
            "x": list(each.points.values()),
            "marker": {"color": colour},
            "text": [canvas.short(value, each.measure) for value in each.points.values()],
            "textposition": "outside",
            "cliponaxis": False,
            "hovertext": canvas.hovers(names, list(each.points.values()), each.measure, each.name),
            "hoverinfo": "text",
        }
        | intervals(canvas, each, keys)
        for each, colour in zip(shown, canvas.colours(shown), strict=True)
    ]
    height = max(280, 110 + 27 * len(keys) * len(shown))
    ends = [end for key, each in interval_ends(canvas).items() if key in keys for end in each]
    axis = measure_axis(canvas, canvas.measures[0], [*values, *ends])
    axis["range"] = [axis["range"][0], axis["range"][1] + (axis["range"][1] - axis["range"][0]) * 0.08]
    return traces, {
        "xaxis": axis,
        "yaxis": category_axis(canvas, keys) | {"autorange": "reversed"},
        "showlegend": len(shown) > 1,
        "legend": LEGEND | {"y": -60 / height},
        "bargap": 0.3 if len(keys) > 3 else 0.55,
        "height": height,
        "margin": {"b": LEGEND_ROOM + 20} if len(shown) > 1 else {},
    }


def _first_unfinished(canvas: Canvas, keys: Sequence[Cell]) -> int:
    unfinished = canvas.chart.unfinished
    if unfinished is None:
        return len(keys)
    return next((at for at, key in enumerate(keys) if iso_key(key).startswith(unfinished)), len(keys))


def _stack_ends(series: list[Series], keys: Sequence[Cell]) -> Sequence[float]:
    heights = [[each.points.get(key) or 0 for each in series] for key in keys]
    return [sum(v for v in parts if v > 0) for parts in heights] + [sum(v for v in parts if v < 0) for parts in heights]


def _end_labels(
    series: list[Series], colours: list[str], keys: Sequence[Cell], span: Sequence[float]
) -> list[dict[str, Any]]:
    ends = []
    for each, colour in zip(series, colours, strict=True):
        known = [(key, value) for key in keys if (value := each.points.get(key)) is not None]
        if known:
            ends.append((known[-1][1], each.name, colour))
    ends.sort()
    heights = apart([value for value, _, _ in ends], (span[1] - span[0]) * LABEL_GAP)
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 6,
            "y": height,
            "text": brief(name, 10),
            "font": {"color": colour, "size": 12},
            "showarrow": False,
        }
        for height, (_, name, colour) in zip(heights, ends, strict=True)
    ]


def apart(heights: list[float], gap: float) -> list[float]:
    """Rising heights moved as little as it takes (in squares) for each to stand `gap` above the one before."""
    pools: list[list[float]] = []  # neighbours that move together, each as it would stand without the gaps
    for at, height in enumerate(heights):
        pools.append([height - at * gap])
        while len(pools) > 1 and mean(pools[-2]) > mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    levels = [mean(pool) for pool in pools for _ in pool]
    return [level + at * gap for at, level in enumerate(levels)]


def _width(label: str) -> int:
    return sum(13 if ord(letter) > 0x2E80 else 8 for letter in html.unescape(label))


def _x(canvas: Canvas, key: Cell) -> str:
    return iso_key(key) if is_time(canvas) else canvas.said(key)
