"""Forecasts of parts and of their total brought to agree."""

import numpy as np

from tools.stats.forecasting.smoothing import Floats


def reconcile(forecasts: Floats, variances: Floats) -> Floats:
    """Parts and, last, their total: what they differ by is shared out by the variance of each one's errors.

    Weighted least squares (Wickramasuriya, Athanasopoulos and Hyndman 2019, with a diagonal matrix), which for two
    levels is this closed form. Parts that this would bring below 0 stay at 0 where none was below before.
    """
    extra = (1,) * (forecasts.ndim - 1)
    parts, total = forecasts[:-1], forecasts[-1]
    sizes = np.maximum(variances, 1e-24)
    share = (sizes[:-1] / sizes.sum()).reshape(-1, *extra)
    moved = parts + (total - parts.sum(axis=0)) * share
    moved = np.where((moved < 0) & (parts >= 0), 0.0, moved)
    return np.concatenate([moved, moved.sum(axis=0, keepdims=True)])
