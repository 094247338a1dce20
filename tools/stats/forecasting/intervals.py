"""Intervals from the errors of a backtest: how wide they must have been to hold what came.

Errors are differences of logarithms, so that an interval grows with its forecast and never reaches below 0; those of
series with negative values are plain differences. An interval's width is the series' own scale, times how errors grow
with the steps, times a quantile over all series: split conformal prediction (Vovk, Gammerman and Shafer 2005) with the
scale taken from the other windows each time, so that its own uncertainty is in the quantile.
"""

from dataclasses import dataclass

import numpy as np

from tools.stats.forecasting.calendar_regression import shifts
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.smoothing import Floats

LEVELS = (0.8, 0.95)
ENOUGH = 3  # windows from which on a series' own scale stands alone; with fewer that of all counts as one more
FEWEST = 2  # degrees of freedom of a total's scale at least: one window alone would tell nothing


@dataclass(frozen=True)
class Link:
    """Between values and what errors are differences of, for the series of a panel."""

    signed: Floats
    shift: Floats
    size: Floats

    def errors(self, actual: Floats, forecasts: Floats, steps: int = 1) -> Floats:
        """How far values fell from forecasts; of sums over so many steps."""
        extra = (1,) * (actual.ndim - 1)
        signed, shift, size = (each.reshape(-1, *extra) for each in (self.signed, self.shift, self.size))
        safe_actual, safe_forecasts = np.maximum(actual, 0) + shift * steps, np.maximum(forecasts, 0) + shift * steps
        return np.where(signed > 0, (actual - forecasts) / (size * steps), np.log(safe_actual / safe_forecasts))

    def around(self, forecasts: Floats, width: Floats, steps: int = 1) -> tuple[Floats, Floats]:
        """The ends of intervals that reach so far to both sides."""
        extra = (1,) * (forecasts.ndim - 1)
        signed, shift, size = (each.reshape(-1, *extra) for each in (self.signed, self.shift, self.size))
        plain = width * size * steps
        moved = np.maximum(forecasts, 0) + shift * steps
        low = np.where(signed > 0, forecasts - plain, np.maximum(moved * np.exp(-width) - shift * steps, 0.0))
        high = np.where(signed > 0, forecasts + plain, moved * np.exp(width) - shift * steps)
        return np.minimum(low, forecasts), np.maximum(high, forecasts)


def link(panel: Panel) -> Link:
    """The panel's own: logarithms are taken of values above 0."""
    shift, _ = shifts(panel.values, panel.signed)
    size = np.nanmean(np.abs(panel.values), axis=1)
    return Link(panel.signed.astype(float), shift[:, 0], np.where(size > 0, size, 1.0))


@dataclass(frozen=True)
class Spread:
    """How far values fall from forecasts: widths by level, series and step, and the share that was held."""

    widths: dict[float, Floats]
    coverage: dict[float, float | None]


def spread(errors: Floats) -> Spread:
    """From errors by series, window and step. Coverage is that of windows by intervals made of the others alone."""
    growth = _growth(errors)
    standard = errors / growth
    windows = errors.shape[1]
    others = [_scale(np.delete(standard, at, axis=1)) if windows > 1 else _scale(standard) for at in range(windows)]
    held_out = np.stack([standard[:, at] / others[at][:, None] for at in range(windows)], axis=1)
    own = _scale(standard)
    widths = {each: own[:, None] * growth * _quantile(held_out, each) for each in LEVELS}
    return Spread(widths, {each: _coverage(held_out, each) for each in LEVELS})


def total_widths(errors: Floats, windows: int) -> dict[float, Floats]:
    """Widths of the interval of a sum over all steps, by level and series: Student's t of so many windows' errors."""
    from scipy.stats import t  # noqa: PLC0415 - its import is slow

    scale = _scale(errors[:, :, None])
    return {each: scale * float(t.ppf((1 + each) / 2, max(windows, FEWEST))) for each in LEVELS}


def _growth(errors: Floats) -> Floats:
    """How errors grow with the steps: a straight line through their mean squares that never falls."""
    squares = _known_mean(errors**2, axis=(0, 1))
    steps = np.arange(1, len(squares) + 1)
    if len(squares) < 2 or not squares.any():
        return np.ones(len(squares))
    slope, start = np.polyfit(steps, squares, 1)
    slope = max(float(slope), 0.0)
    start = float(squares.mean()) - slope * float(steps.mean())
    line = np.maximum(start + slope * steps, float(squares.mean()) / 10)
    return np.asarray(np.sqrt(line / line.mean()), dtype=np.float64)


def _scale(standard: Floats) -> Floats:
    """The root mean square of each series' errors; of one with few windows drawn towards that of all."""
    squares = _known_mean(standard**2, axis=(1, 2))
    windows = (~np.isnan(standard)).any(axis=2).sum(axis=1)
    known = windows > 0
    pooled = float(squares[known].mean()) if known.any() else 1.0
    drawn = np.where(windows >= ENOUGH, squares, (squares * windows + pooled) / (windows + 1))
    return np.asarray(np.sqrt(np.maximum(drawn, 1e-24)), dtype=np.float64)


def _quantile(held_out: Floats, level: float) -> float:
    sizes = np.abs(held_out[~np.isnan(held_out)])
    return float(np.quantile(sizes, min(1.0, level * (len(sizes) + 1) / len(sizes)))) if len(sizes) else 1.0


def _coverage(held_out: Floats, level: float) -> float | None:
    windows = held_out.shape[1]
    if windows < 2:
        return None
    inside = 0
    for at in range(windows):
        inside += int((np.abs(held_out[:, at]) <= _quantile(np.delete(held_out, at, axis=1), level)).sum())
    return inside / int((~np.isnan(held_out)).sum())


def _known_mean(values: Floats, axis: tuple[int, ...]) -> Floats:
    known = ~np.isnan(values)
    total, count = np.where(known, values, 0.0).sum(axis=axis), known.sum(axis=axis)
    return np.asarray(total / np.maximum(count, 1), dtype=np.float64)
