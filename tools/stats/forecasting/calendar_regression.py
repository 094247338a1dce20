"""Ridge regression on what the calendar tells, of logarithms, with a trend that bends and stays flat ahead.

All series share the calendar, so that one factorisation serves them all.
"""

import numpy as np

from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.smoothing import Flags, Floats

BENDS = 8
BEND_PENALTY = 50.0  # on changes of the slope, in units of a year's worth of logarithm
SLOPE_PENALTY = 1e-3
YEAR = 365.0
SHIFT = 0.1  # of the mean, added before the logarithm is taken, for days without any
SETTLED = 180  # values that weigh in where the last level lies


def calendar_regression(panel: Panel, horizon: int) -> Floats:
    """Forecasts; a series that begins later is filled with its own mean before."""
    length = panel.length
    shift, scale = shifts(panel.values, panel.signed)
    told = _transformed(panel.values, shift, scale, panel.signed)
    told = np.where(np.isnan(told), np.nanmean(told, axis=1, keepdims=True), told)
    design, penalties = _design(panel, horizon)
    gram = design[:length].T @ design[:length] + np.diag(penalties)
    effects = np.linalg.solve(gram, design[:length].T @ told.T)
    ahead = (design[length:] @ effects).T
    back = (design[:length] @ effects).T
    recent = slice(max(0, length - SETTLED), length)
    offset = (told - back)[:, recent].mean(axis=1, keepdims=True)
    return panel.bounded(_restored(ahead + offset, shift, scale, panel.signed))


def shifts(values: Floats, signed: Flags) -> tuple[Floats, Floats]:
    """What is added to each series before its logarithm is taken, and the size of those whose logarithm is not."""
    mean = np.nanmean(np.abs(values), axis=1, keepdims=True)
    size = np.where(mean > 0, mean, 1.0)
    return SHIFT * size, np.where(signed[:, None], size, 1.0)


def _transformed(values: Floats, shift: Floats, scale: Floats, signed: Flags) -> Floats:
    return np.where(signed[:, None], values / scale, np.log(np.maximum(values, 0) + shift))


def _restored(told: Floats, shift: Floats, scale: Floats, signed: Flags) -> Floats:
    return np.where(signed[:, None], told * scale, np.exp(np.where(signed[:, None], 0.0, told)) - shift)


def _design(panel: Panel, horizon: int) -> tuple[Floats, Floats]:
    length = panel.length
    years = np.minimum(np.arange(length + horizon), length) / length * max(1.0, length / YEAR)
    knots = np.linspace(0, years[-1], BENDS + 2)[:-1]
    trend = np.column_stack([np.ones_like(years), *(np.clip(years - knot, 0, None) for knot in knots)])
    penalties = np.concatenate(([1e-6, SLOPE_PENALTY], np.full(BENDS, BEND_PENALTY), panel.penalties))
    return np.hstack([trend, panel.known[: length + horizon]]), penalties
