"""The ways to forecast that a backtest chooses from."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tools.stats.forecasting.calendar_regression import calendar_regression
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.seasons import adjusted, seasonal_naive
from tools.stats.forecasting.smoothing import Floats, ahead, damped
from tools.stats.forecasting.theta import theta

NAIVE = "seasonal_naive"
MSTL_JUMPS = {"seasonal_jump": 7, "trend_jump": 30, "low_pass_jump": 30}  # a tenth of the time for the same seasons


class Candidate(NamedTuple):
    """A way to forecast; `cost` is in seconds for one value of one series, by which it may be left out."""

    name: str
    forecast: Callable[[Panel, int], Floats]
    fits: Callable[[Panel], bool]
    cost: float = 0.0


def _always(_panel: Panel) -> bool:
    return True


def _naive(panel: Panel, horizon: int) -> Floats:
    return seasonal_naive(panel.values, panel.starts, panel.period, horizon)


def _theta(panel: Panel, horizon: int) -> Floats:
    series = adjusted(panel.values, panel.starts, panel.period, horizon)
    return panel.bounded(series.restored(theta(series.values, panel.starts, horizon)))


def _ets(panel: Panel, horizon: int) -> Floats:
    series = adjusted(panel.values, panel.starts, panel.period, horizon)
    return panel.bounded(series.restored(ahead(damped(series.values, panel.starts), horizon)))


def _mstl(panel: Panel, horizon: int) -> Floats:
    """Seasons by loess (Bandara, Hyndman and Bergmeir 2021), repeated; what is left with a damped trend."""
    from statsmodels.tsa.seasonal import MSTL  # noqa: PLC0415 - its import is slow

    without, season = panel.values.copy(), np.zeros((len(panel.values), horizon))
    for row, start in enumerate(panel.starts):
        own = panel.values[row, start:]
        periods = tuple(each for each in (panel.period, panel.year) if 1 < each < len(own) / 2)
        if not periods:
            continue
        found = MSTL(own, periods=periods, stl_kwargs=MSTL_JUMPS).fit().seasonal.reshape(len(own), -1)
        without[row, start:] = own - found.sum(axis=1)
        for each, seasonal in zip(periods, found.T, strict=True):
            season[row] += seasonal[len(own) - each + np.arange(horizon) % each]
    return panel.bounded(season + ahead(damped(without, panel.starts), horizon))


CANDIDATES = (
    Candidate(NAIVE, _naive, _always),
    Candidate("theta", _theta, _always),
    Candidate("ets", _ets, _always),
    Candidate("mstl", _mstl, lambda panel: panel.period > 1, cost=1e-4),
    Candidate("calendar_regression", calendar_regression, lambda panel: panel.known.size > 0),
)
