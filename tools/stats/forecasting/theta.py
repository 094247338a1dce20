"""The Theta method (Assimakopoulos and Nikolopoulos 2000), as smoothing with a drift (Hyndman and Billah 2003)."""

import numpy as np

from tools.stats.forecasting.smoothing import Floats, Integers, simple


def theta(values: Floats, starts: Integers, horizon: int) -> Floats:
    """Forecasts of deseasonalised series: a smoothed level, and half the slope of the straight line through all."""
    fitted = simple(values, starts)
    length = values.shape[1] - starts
    slope = slopes(values, starts)
    reach = (1 - (1 - fitted.alpha) ** length) / fitted.alpha
    forecasts: Floats = fitted.level[:, None] + slope[:, None] / 2 * (np.arange(horizon) + reach[:, None])
    return forecasts


def slopes(values: Floats, starts: Integers) -> Floats:
    """The slope of the least-squares line through each series."""
    at = np.arange(values.shape[1], dtype=float)
    known = at >= starts[:, None]
    count = known.sum(axis=1)
    middle = np.where(known, at, 0).sum(axis=1) / count
    place = np.where(known, at - middle[:, None], 0)
    spread = (place**2).sum(axis=1)
    found: Floats = (place * np.nan_to_num(values)).sum(axis=1) / np.where(spread > 0, spread, 1.0)
    return found
