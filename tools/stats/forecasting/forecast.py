"""Many series ahead: candidates tried on the past, the best combined, with intervals and held-out errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tools.stats.forecasting.backtest import Backtest, backtest, independent, mean_known, origins
from tools.stats.forecasting.candidates import CANDIDATES, NAIVE, Candidate
from tools.stats.forecasting.combine import combined, weights
from tools.stats.forecasting.intervals import link, spread, total_widths
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.reconcile import reconcile
from tools.stats.forecasting.smoothing import Floats

MOST_SECONDS = 15.0  # a candidate that would take longer, by its cost, is left out


class Band(NamedTuple):
    """The ends of intervals."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Errors:
    """Errors on held-out data by series, NaN where one was too short for any."""

    mase: Floats
    smape: Floats


@dataclass(frozen=True)
class Forecast:
    """Forecasts by series and step, intervals by level, and the same of the sum over all steps.

    `shares` has the candidates' weights by series; `coverage` the share of held-out values that intervals made without
    them held, None where one window is all there is; `windows` how many there were.
    """

    point: Floats
    bands: Mapping[float, Band]
    total: Floats
    total_bands: Mapping[float, Band]
    shares: Mapping[str, Floats]
    errors: Errors
    naive_errors: Errors
    coverage: Mapping[float, float | None]
    windows: int
    left_out: tuple[str, ...]


def forecast(
    panel: Panel, horizon: int, *, least: int, check: Callable[[], None] = lambda: None, summing: bool = False
) -> Forecast:
    """`least` is how many values a candidate is fitted to at least; where `summing`, the last series sums the others.

    `check` is called between fits, and may raise to stop them.
    """
    fitting = [each for each in CANDIDATES if each.fits(panel)]
    kept = [each for each in fitting if _seconds(each, panel, horizon, least) <= MOST_SECONDS]
    tested = backtest(panel, kept, horizon, least, check)
    shares = weights(tested)
    ahead = []
    for each in kept:
        check()
        ahead.append(each.forecast(panel, horizon))
    point, past = combined(ahead, shares), combined(list(tested.forecasts.values()), shares)
    if summing:
        variances = _variances(past, tested)
        point, past = reconcile(point, variances), reconcile(past, variances)
    left_out = tuple(each.name for each in fitting if each not in kept)
    return _with_intervals(
        panel, tested, point, past, dict(zip((e.name for e in kept), shares.T, strict=True)), left_out
    )


def _with_intervals(
    panel: Panel, tested: Backtest, point: Floats, past: Floats, shares: dict[str, Floats], left_out: tuple[str, ...]
) -> Forecast:
    horizon, between = point.shape[1], link(panel)
    widths = spread(between.errors(tested.actual, past))
    total = point.sum(axis=1)
    sums = between.errors(tested.actual.sum(axis=2), past.sum(axis=2), horizon)
    total_width = total_widths(sums, independent(tested.origins, horizon))
    naive = tested.forecasts[NAIVE]
    return Forecast(
        point=point,
        bands={
            level: Band(*map(panel.bounded, between.around(point, width))) for level, width in widths.widths.items()
        },
        total=total,
        total_bands={level: Band(*between.around(total, width, horizon)) for level, width in total_width.items()},
        shares=shares,
        errors=Errors(tested.mase(past), tested.smape(past)),
        naive_errors=Errors(tested.mase(naive), tested.smape(naive)),
        coverage=widths.coverage,
        windows=len(tested.origins),
        left_out=left_out,
    )


def _variances(past: Floats, tested: Backtest) -> Floats:
    """The mean square of each series' errors; of one too short for any the mean over the others."""
    squares = mean_known((past - tested.actual) ** 2)
    known = ~np.isnan(squares)
    return np.where(known, squares, squares[known].mean() if known.any() else 1.0)


def _seconds(candidate: Candidate, panel: Panel, horizon: int, least: int) -> float:
    fits = len(origins(panel.length, horizon, least)) + 1
    return candidate.cost * panel.values.size * fits
