"""Rolling backtests: forecasts as they would have been made, beside what came."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tools.stats.forecasting.candidates import Candidate
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.smoothing import Floats, Integers

MOST_ORIGINS = 6


class Backtest(NamedTuple):
    """Forecasts by candidate and what came, by series, origin and step; NaN where a series was too short by then.

    `scale` is the mean size of a season's change up to each origin, which errors are measured in (MASE).
    """

    origins: Integers
    actual: Floats
    forecasts: Mapping[str, Floats]
    scale: Floats

    def without(self, window: int) -> "Backtest":
        """All windows but one."""
        return Backtest(
            np.delete(self.origins, window),
            np.delete(self.actual, window, axis=1),
            {name: np.delete(each, window, axis=1) for name, each in self.forecasts.items()},
            np.delete(self.scale, window, axis=1),
        )

    def mase(self, forecasts: Floats) -> Floats:
        """Mean absolute scaled error by series (Hyndman and Koehler 2006), over all origins and steps."""
        return mean_known(np.abs(forecasts - self.actual) / self.scale[:, :, None])

    def smape(self, forecasts: Floats) -> Floats:
        """Symmetric mean absolute percentage error by series, a fraction; 0 where forecast and value are 0."""
        size = np.abs(forecasts) + np.abs(self.actual)
        return mean_known(2 * np.abs(forecasts - self.actual) / np.where(size == 0, 1.0, size))


def origins(length: int, horizon: int, least: int) -> Integers:
    """Where forecasts begin: windows side by side where there is room, else overlapping; none is too short."""
    room = length - least - horizon
    if room < 0:
        return np.empty(0, dtype=np.int64)
    count = min(MOST_ORIGINS, room + 1)
    step = min(horizon, room // max(count - 1, 1)) or 1
    return length - horizon - step * np.arange(count)[::-1]


def independent(starts: Integers, horizon: int) -> int:
    """How many windows would fit side by side into those that overlap."""
    return 0 if len(starts) == 0 else int((starts[-1] - starts[0]) // horizon) + 1


def backtest(
    panel: Panel, candidates: Sequence[Candidate], horizon: int, least: int, begin: Callable[[float], None]
) -> Backtest:
    """Every candidate fitted anew at every origin; `begin` is called before each with the share that is done."""
    begun = origins(panel.length, horizon, least)
    shape = (len(panel.values), len(begun), horizon)
    actual, scale = np.full(shape, np.nan), np.full(shape[:2], np.nan)
    forecasts = {each.name: np.full(shape, np.nan) for each in candidates}
    for at, origin in enumerate(begun):
        rows = np.flatnonzero(panel.starts + least <= origin)
        known = panel.until(int(origin)).rows(rows)
        actual[rows, at] = panel.values[rows, origin : origin + horizon]
        scale[rows, at] = season_changes(known)
        for place, each in enumerate(candidates):
            begin((at * len(candidates) + place) / (len(begun) * len(candidates)))
            forecasts[each.name][rows, at] = each.forecast(known, horizon)
    return Backtest(begun, actual, forecasts, scale)


def season_changes(panel: Panel) -> Floats:
    """The mean absolute difference from one season to the next, of series that never change 1."""
    period = panel.period if panel.length > panel.period else 1
    changes = np.abs(panel.values[:, period:] - panel.values[:, :-period])
    known = np.where(np.isnan(changes).all(axis=1), 0.0, _mean(changes, axis=(1,)))
    return np.where(known > 0, known, 1.0)


def mean_known(errors: Floats) -> Floats:
    """The mean over origins and steps, NaN where there is none."""
    return _mean(errors, axis=(1, 2))


def _mean(values: Floats, axis: tuple[int, ...]) -> Floats:
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    means: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means
