"""Which candidates a series' forecast is made of, by their backtests."""

import numpy as np

from tools.stats.forecasting.backtest import Backtest
from tools.stats.forecasting.smoothing import Floats

CLOSE = 1.1  # candidates whose error is at most so many times the least one's are averaged
POOLED = 8.0  # windows that the error over all series weighs, beside a series' own


def weights(tested: Backtest) -> Floats:
    """A weight for each series and candidate, summing to 1: equal ones for all whose error is close to the least.

    A series' own error is drawn towards that of all series, the more the fewer windows it has.
    """
    scores = np.array([tested.mase(each) for each in tested.forecasts.values()]).T
    windows = (~np.isnan(tested.scale)).sum(axis=1)[:, None]
    known = windows[:, 0] > 0
    relative = np.zeros_like(scores)
    least = scores[known].min(axis=1, keepdims=True)
    relative[known] = scores[known] / np.where(least > 0, least, 1.0)
    pooled = relative[known].mean(axis=0)
    drawn = (relative * windows + pooled * POOLED) / (windows + POOLED)
    close = drawn <= CLOSE * drawn.min(axis=1, keepdims=True)
    return np.asarray(close / close.sum(axis=1, keepdims=True), dtype=np.float64)


def combined(forecasts: list[Floats], shares: Floats) -> Floats:
    """The weighted mean of the candidates' forecasts, by series first and candidate second in `shares`."""
    extra = (1,) * (forecasts[0].ndim - 1)
    return np.asarray(sum(each * share.reshape(-1, *extra) for each, share in zip(forecasts, shares.T, strict=True)))


def held_out(tested: Backtest) -> Floats:
    """The combined forecasts of the past, each window's by the weights that the other windows give.

    So the choice of candidates is held out too; one window alone gives its own weights.
    """
    windows = len(tested.origins)
    told = [weights(tested.without(at)) if windows > 1 else weights(tested) for at in range(windows)]
    past = list(tested.forecasts.values())
    made = [combined([each[:, at] for each in past], shares) for at, shares in enumerate(told)]
    return np.stack(made, axis=1)
