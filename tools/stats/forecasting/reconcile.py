"""Forecasts of parts and of their total brought to agree."""

import numpy as np

from tools.stats.forecasting.backtest import mean_known
from tools.stats.forecasting.smoothing import Floats


def reconcile(forecasts: Floats, squares: Floats, trust: float) -> Floats:
    """Parts and, last, their total: the parts take over so much of what they differ by, each by its mean square error.

    Where errors are independent this is weighted least squares (Wickramasuriya, Athanasopoulos and Hyndman 2019) for
    two levels. Parts that it would bring below 0 stay at 0 where they were not below before; parts that are not known
    take nothing over, and are missing in the total.
    """
    extra = (1,) * (forecasts.ndim - 1)
    parts, total = forecasts[:-1], forecasts[-1]
    sizes = np.where(np.isnan(parts), 0.0, np.maximum(squares[:-1], 1e-24).reshape(-1, *extra))
    share = sizes / np.maximum(sizes.sum(axis=0), 1e-24)
    moved = parts + trust * (total - np.nansum(parts, axis=0)) * share
    moved = np.where((moved < 0) & (parts >= 0), 0.0, moved)
    summed = np.where(np.isnan(total), np.nan, np.nansum(moved, axis=0))
    return np.concatenate([moved, summed[None]])


def trust_in_total(past: Floats, actual: Floats) -> float:
    """How near the total's own forecast is to be taken, beside the sum of the parts': by their mean square errors.

    The best average of two forecasts whose errors are independent (Bates and Granger 1969).
    """
    summed = _square(np.nansum(past[:-1], axis=0) - actual[-1])
    own = _square(past[-1] - actual[-1])
    return 0.5 if summed + own <= 0 else summed / (summed + own)


def square_errors(past: Floats, actual: Floats) -> Floats:
    """The mean square of each series' errors; of one too short for any the mean over the others."""
    squares = mean_known((past - actual) ** 2)
    known = ~np.isnan(squares)
    return np.where(known, squares, squares[known].mean() if known.any() else 1.0)


def _square(errors: Floats) -> float:
    known = errors[~np.isnan(errors)]
    return float((known**2).mean()) if len(known) else 0.0
