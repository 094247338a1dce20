"""Seasons: whether there are any, what they are, and the naive forecast that repeats them."""

from typing import NamedTuple

import numpy as np

from tools.stats.forecasting.smoothing import Flags, Floats, Integers

CONFIDENCE = 1.645  # of the test for a season, two-sided 90%: as in the M competitions
LEAST_INDEX = 0.01  # a factor nearer to 0 would blow its season's values up


def seasonal_naive(values: Floats, starts: Integers, period: int, horizon: int) -> Floats:
    """The values of one period ago; the last value where there is no whole period."""
    length = values.shape[1]
    usual = values[:, length - np.minimum(period, length) + np.arange(horizon) % period] if period <= length else None
    last = np.repeat(values[:, -1:], horizon, axis=1)
    return last if usual is None else np.where((length - starts < period)[:, None], last, usual)


def is_seasonal(values: Floats, period: int) -> bool:
    """Whether the autocorrelation at the period stands out from what the nearer ones explain (Bartlett)."""
    if period < 2 or len(values) < 3 * period:
        return False
    centred = values - values.mean()
    power = float(centred @ centred)
    if power <= 0:
        return False
    lags = np.array([float(centred[lag:] @ centred[:-lag]) / power for lag in range(1, period + 1)])
    limit = CONFIDENCE * np.sqrt((1 + 2 * float(lags[:-1] @ lags[:-1])) / len(values))
    return bool(abs(lags[-1]) > limit)


def indices(values: Floats, period: int, *, multiplicative: bool) -> Floats:
    """The classical decomposition's index for each value's place in the period, first place that of the first value."""
    trend = centred_average(values, period)
    half = period // 2
    inner = slice(half, len(values) - half)
    ratio = values[inner] / trend[inner] if multiplicative else values[inner] - trend[inner]
    places = (np.arange(len(values)) % period)[inner]
    index = np.array([ratio[places == each].mean() for each in range(period)])
    return np.asarray(index / index.mean() if multiplicative else index - index.mean(), dtype=np.float64)


def centred_average(values: Floats, period: int) -> Floats:
    """A moving average over one period, centred; of even periods the ends count half. NaN where it does not reach."""
    weights = np.ones(period) if period % 2 else np.concatenate(([0.5], np.ones(period - 1), [0.5]))
    weights /= period
    half = period // 2
    average = np.full(len(values), np.nan)
    average[half : len(values) - half] = np.convolve(values, weights, mode="valid")
    return average


class Adjusted(NamedTuple):
    """Series without their season, what brings it back ahead, and which of them have it as a factor."""

    values: Floats
    season: Floats
    factor: Flags

    def restored(self, forecasts: Floats) -> Floats:
        """Forecasts with their season."""
        return np.where(self.factor[:, None], forecasts * self.season, forecasts + self.season)


def adjusted(values: Floats, starts: Integers, period: int, horizon: int) -> Adjusted:
    """Each series without the season that a test finds in it: a factor where all values are above 0, else a sum."""
    without, factor = values.copy(), np.zeros(len(values), dtype=bool)
    season = np.zeros((len(values), horizon))
    for row, start in enumerate(starts):
        own = values[row, start:]
        if not is_seasonal(own, period):
            continue
        index = indices(own, period, multiplicative=bool(own.min() > 0))
        factor[row] = own.min() > 0 and index.min() > LEAST_INDEX
        if own.min() > 0 and not factor[row]:
            index = indices(own, period, multiplicative=False)
        past = index[np.arange(len(own)) % period]
        without[row, start:] = own / past if factor[row] else own - past
        season[row] = index[(len(own) + np.arange(horizon)) % period]
    return Adjusted(without, season, factor)
