"""Axes: round numbers from zero with their unit, and time with every bucket on it."""

import datetime
import itertools
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal

from agent.writing import exact, scale_for, unit_name
from ui.canvas import Canvas
from warehouse.table import Cell, Column

Grain = Literal["hour", "day", "week", "month", "quarter", "year"]
TICKS = 5
MOST_BUCKETS = 2000

FORMATS: dict[Grain, tuple[str, str]] = {
    "hour": ("%-m月%-d日 %H:%M", "%b %-d, %H:%M"),
    "day": ("%-m月%-d日", "%b %-d"),
    "week": ("%-m月%-d日", "%b %-d"),
    "month": ("%Y年%-m月", "%b %Y"),
    "quarter": ("%Y年%-m月", "%b %Y"),
    "year": ("%Y", "%Y"),
}


def measure_axis(
    canvas: Canvas, measure: Column, values: Iterable[float | None], *, zero: bool = True
) -> dict[str, Any]:
    """A number axis of round steps whose title holds the unit; `zero` makes it start (or end) there."""
    known = [value for value in values if value is not None] or [0.0]
    low, high = (min(0.0, *known), max(0.0, *known)) if zero or _near_zero(known) else (min(known), max(known))
    steps = round_steps(low, high, least=1.0 if measure.type == "integer" else 0.0)
    scale = scale_for(max(abs(step) for step in steps), canvas.language)
    percent = measure.unit in {"ratio", "pp"}
    texts = [exact(Decimal(repr(step)) / scale.size, "ratio" if percent else None, canvas.language) for step in steps]
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
    """A time axis written in the page's language."""
    axis: dict[str, Any] = {
        "type": "date",
        "showgrid": False,
        "nticks": 6,
        "tickangle": 0,
        "fixedrange": True,
        "linecolor": canvas.shades.grid,
    }
    axis["tickformat"] = FORMATS[grain(keys)][0 if canvas.language == "zh" else 1]
    if len(keys) <= 6:
        axis |= {"tickmode": "array", "tickvals": [iso_key(key) for key in keys]}
    return axis


def is_time(canvas: Canvas) -> bool:
    """Whether the axis's column holds days or moments."""
    keys = [key for key in canvas.keys if key is not None]
    return bool(keys) and all(isinstance(key, datetime.date) for key in keys)


def grain(keys: Sequence[Cell]) -> Grain:
    """The bucket that the keys step by, from their smallest distance."""
    moments = sorted(_moment(key) for key in keys if isinstance(key, datetime.date))
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    days = min(gaps).total_seconds() / 86400 if gaps else 1.0
    bounds: tuple[tuple[float, Grain], ...] = ((1, "hour"), (7, "day"), (28, "week"), (90, "month"), (360, "quarter"))
    return next((name for limit, name in bounds if days < limit), "year")


def every_bucket(keys: Sequence[Cell]) -> list[datetime.date]:
    """The time keys in order with those that the table left out."""
    known = sorted({key for key in keys if isinstance(key, datetime.date)}, key=_moment)
    if len(known) < 2:
        return known
    size, filled = grain(known), [known[0]]
    if known[0].day > 28:
        return known
    while _moment(filled[-1]) < _moment(known[-1]) and len(filled) < MOST_BUCKETS:
        filled.append(_next(filled[-1], size))
    return filled if set(known) <= set(filled) else known


def iso_key(key: Cell) -> str:
    """A key as a date axis takes it."""
    return key.isoformat() if isinstance(key, datetime.date) else str(key)


def _next(when: datetime.date, size: Grain) -> datetime.date:
    match size:
        case "hour":
            return when + datetime.timedelta(hours=1)
        case "day" | "week":
            return when + datetime.timedelta(days=1 if size == "day" else 7)
        case "month" | "quarter" | "year":
            month = when.month - 1 + {"month": 1, "quarter": 3, "year": 12}[size]
            return when.replace(year=when.year + month // 12, month=month % 12 + 1)


def _moment(key: datetime.date) -> datetime.datetime:
    return key if isinstance(key, datetime.datetime) else datetime.datetime.combine(key, datetime.time())


def _near_zero(values: Sequence[float]) -> bool:
    """Whether leaving zero out would gain little."""
    return min(values) <= 0 or max(values) > 3 * min(values)
