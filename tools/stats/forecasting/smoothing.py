"""Exponential smoothing of many series at once: every step is taken for all series and all parameters together.

Series are rows of an array, aligned at their last value; `starts` tells where each begins, what is before is not read.
"""

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SETTLING = 10  # values that the first level and slope are fitted to
ALPHAS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.99)
BETAS = (0.02, 0.1, 0.3, 0.8)  # of alpha: a slope never changes faster than the level
PHIS = (0.85, 0.95, 1.0)
MOST_VALUES = 400  # the last ones tell the level; what is before is forgotten


class Fitted(NamedTuple):
    """The states after the last value, one a series, by the parameters whose one-step errors were least."""

    level: Floats
    slope: Floats
    alpha: Floats
    beta: Floats
    phi: Floats
    error: Floats


def simple(values: Floats, starts: Integers) -> Fitted:
    """Simple exponential smoothing: a level alone (Brown 1956)."""
    return _fit(values, starts, [(alpha, 0.0, 0.0) for alpha in ALPHAS], sloped=False)


def damped(values: Floats, starts: Integers) -> Fitted:
    """Level and a slope (Holt 1957) that fades, or does not (Gardner and McKenzie 1985)."""
    return _fit(values, starts, [(a, a * b, p) for a, b, p in itertools.product(ALPHAS, BETAS, PHIS)], sloped=True)


def ahead(fitted: Fitted, horizon: int) -> Floats:
    """The forecasts of 1 … horizon steps, a row a series."""
    steps = np.cumsum(fitted.phi[:, None] ** np.arange(1, horizon + 1), axis=1)
    return fitted.level[:, None] + fitted.slope[:, None] * steps


def _fit(values: Floats, starts: Integers, grid: list[tuple[float, float, float]], *, sloped: bool) -> Fitted:
    alpha, beta, phi = np.array(grid).T
    values, starts = values[:, -MOST_VALUES:], np.maximum(starts - max(0, values.shape[1] - MOST_VALUES), 0)
    first, slope = _first_states(values, starts, sloped=sloped)
    shape = (len(values), len(grid))
    level, trend = np.broadcast_to(first[:, None], shape).copy(), np.broadcast_to(slope[:, None], shape).copy()
    squares = np.zeros(shape)
    filled = np.nan_to_num(values)
    for at in range(int(starts.min()), values.shape[1]):
        begun = (starts <= at)[:, None]
        expected = level + phi * trend
        error = np.where(begun, filled[:, at, None] - expected, 0.0)
        squares += error * error
        level = np.where(begun, expected + alpha * error, level)
        trend = np.where(begun, phi * trend + beta * error, trend)
    best = squares.argmin(axis=1)
    rows = np.arange(len(values))
    counts = np.maximum(values.shape[1] - starts, 1)
    return Fitted(
        level[rows, best], trend[rows, best], alpha[best], beta[best], phi[best], squares[rows, best] / counts
    )


def _first_states(values: Floats, starts: Integers, *, sloped: bool) -> tuple[Floats, Floats]:
    """Level and slope just before the first value, by a straight line through the first few."""
    columns = np.minimum(starts[:, None] + np.arange(SETTLING), values.shape[1] - 1)
    head = np.take_along_axis(values, columns, axis=1)
    place = np.minimum(np.arange(1, SETTLING + 1), (values.shape[1] - starts)[:, None]).astype(float)
    middle = place.mean(axis=1, keepdims=True)
    spread = ((place - middle) ** 2).sum(axis=1)
    rise = ((place - middle) * head).sum(axis=1) / np.where(spread > 0, spread, 1.0)
    if not sloped:
        return head.mean(axis=1), np.zeros(len(values))
    return head.mean(axis=1) - rise * middle[:, 0], rise
