"""Axes: round numbers from zero with their unit, and time with every bucket on it."""

import datetime
import itertools
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from agent.writing import exact, scale_for, unit_name
from ui.canvas import Canvas
from warehouse.days import Grain, shift
from warehouse.saying import bucket
from warehouse.table import Cell, Column
from warehouse.text import Text

Step = Literal["hour"] | Grain
TICKS = 5
MOST_TIME_TICKS = 6
MOST_BUCKETS = 2000

HOURS = Text("%-m月%-d日 %H:%M", "%b %-d, %H:%M")
DAYS = Text("%-m月%-d日", "%b %-d")
DAYS_OF_YEARS = Text("%Y年%-m月%-d日", "%b %-d, %Y")
WEEK_FROM = Text("{day}起", "from {day}")


def measure_axis(
    canvas: Canvas, measure: Column, values: Iterable[float | None], *, zero: bool = True
) -> dict[str, Any]:
    """A number axis of round steps whose title holds the unit; `zero` makes it start (or end) there."""
    known = [value for value in values if value is not None] or [0.0]
    low, high = (min(0.0, *known), max(0.0, *known)) if zero or _near_zero(known) else (min(known), max(known))
    steps = round_steps(low, high, least=1.0 if measure.type == "integer" else 0.0)
    scale = scale_for(max(abs(step) for step in steps), canvas.language)
    size = Decimal("0.01") if measure.unit == "pp" else scale.size
    percent = "ratio" if measure.unit == "ratio" else None
    texts = [exact(Decimal(repr(step)) / size, percent, canvas.language) for step in steps]
    unit = unit_name(measure.unit, scale, canvas.language)
    several = canvas.chart.series is None and len(canvas.measures) > 1 and measure in canvas.measures
    label = "" if several else canvas.label(measure.name)
    bracketed = f"（{unit}）" if canvas.language == "zh" else f" ({unit})"
    title = unit if not label else label + bracketed if unit else label
    return {
        "tickmode": "array",
        "tickvals": steps,
        "ticktext": texts,
        "range": [steps[0], steps[-1] + (steps[-1] - steps[0]) * 0.04],
        "title": {"text": title, "standoff": 8, "font": {"size": 13}},
        "gridcolor": canvas.shades.grid,
        "zerolinecolor": canvas.shades.compared,
        "fixedrange": True,
    }


def round_steps(low: float, high: float, *, least: float = 0.0) -> list[float]:
    """Some five round numbers that enclose the span from `low` to `high`, apart by multiples of `least`."""
    size = max(abs(low), abs(high), 1e-12)
    span = high - low if high - low > size * 1e-9 else size
    raw = max(span / TICKS, least)
    power = 10.0 ** math.floor(math.log10(raw))
    steps = (nice * power for nice in (1, 2, 2.5, 5, 10))
    step = next(each for each in steps if each >= raw * 0.999 and not (least and each % least))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{at * step:.12g}") for at in range(first, max(last, first + 1) + 1)]


def time_axis(canvas: Canvas, keys: Sequence[Cell]) -> dict[str, Any]:
    """A time axis written in the page's language; whole buckets are marked, never days inside one."""
    axis: dict[str, Any] = {
        "type": "date",
        "showgrid": False,
        "nticks": MOST_TIME_TICKS,
        "tickangle": 0,
        "fixedrange": True,
        "linecolor": canvas.shades.grid,
    }
    size = step(canvas)
    if size in {"hour", "day"} and len(keys) > MOST_TIME_TICKS:
        return axis | {"tickformat": (HOURS if size == "hour" else _days(keys)).said(canvas.language)}
    marked = keys[:: math.ceil(len(keys) / MOST_TIME_TICKS)]
    return axis | {
        "tickmode": "array",
        "tickvals": [iso_key(key) for key in marked],
        "ticktext": tick_texts(canvas, marked),
    }


def tick_texts(canvas: Canvas, keys: Sequence[Cell]) -> list[str]:
    """What stands beneath each time key: a bucket's name, short; days with their year where there are several."""
    size, days = step(canvas), _days(canvas.keys).said(canvas.language)
    texts = []
    for key in keys:
        match key, size:
            case datetime.date(), "hour":
                texts.append(key.strftime(HOURS.said(canvas.language)))
            case datetime.date(), "day":
                texts.append(key.strftime(days))
            case datetime.date(), "week":
                texts.append(WEEK_FROM.said(canvas.language).format(day=key.strftime(days)))
            case datetime.date(), "month" | "quarter" | "year":
                texts.append(bucket(key, size).said(canvas.language))
            case _:
                texts.append(canvas.said(key))
    return texts


def _days(keys: Sequence[Cell]) -> Text:
    years = {key.year for key in keys if isinstance(key, datetime.date)}
    return DAYS_OF_YEARS if len(years) > 1 else DAYS


def is_time(canvas: Canvas) -> bool:
    """Whether the axis's column holds days or moments."""
    keys = [key for key in canvas.keys if key is not None]
    return bool(keys) and all(isinstance(key, datetime.date) for key in keys)


def step(canvas: Canvas) -> Step:
    """The bucket that the axis steps by: as the chart tells it, else from the keys' smallest distance."""
    if canvas.grain is not None:
        return canvas.grain
    moments = sorted(_moment(key) for key in canvas.keys if isinstance(key, datetime.date))
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    days = min(gaps).total_seconds() / 86400 if gaps else 1.0
    bounds: tuple[tuple[float, Step], ...] = ((1, "hour"), (7, "day"), (28, "week"), (90, "month"), (360, "quarter"))
    return next((name for limit, name in bounds if days < limit), "year")


def every_bucket(canvas: Canvas) -> list[datetime.date]:
    """The time keys in order with those that the table left out."""
    known = sorted({key for key in canvas.keys if isinstance(key, datetime.date)}, key=_moment)
    if len(known) < 2:
        return known
    size, filled = step(canvas), [known[0]]
    while _moment(filled[-1]) < _moment(known[-1]) and len(filled) < MOST_BUCKETS:
        filled.append(_next(filled[-1], size))
    return filled if set(known) <= set(filled) else known


def iso_key(key: Cell) -> str:
    """A key as a date axis takes it."""
    return key.isoformat() if isinstance(key, datetime.date) else str(key)


def _next(when: datetime.date, size: Step) -> datetime.date:
    if size == "hour":
        return when + datetime.timedelta(hours=1)
    if isinstance(when, datetime.datetime):
        return datetime.datetime.combine(shift(when.date(), size, 1), when.time())
    return shift(when, size, 1)


def _moment(key: datetime.date) -> datetime.datetime:
    return key if isinstance(key, datetime.datetime) else datetime.datetime.combine(key, datetime.time())


def _near_zero(values: Sequence[float]) -> bool:
    """Whether leaving zero out would gain little."""
    return min(values) <= 0 or max(values) > 3 * min(values)
