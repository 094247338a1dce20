"""Many series ahead: candidates tried on the past, the best combined, with intervals and held-out errors."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tools.stats.forecasting.backtest import Backtest, backtest, independent, origins
from tools.stats.forecasting.candidates import CANDIDATES, NAIVE, Candidate
from tools.stats.forecasting.combine import combined, held_out, weights
from tools.stats.forecasting.intervals import link, spread, total_widths
from tools.stats.forecasting.panel import Panel
from tools.stats.forecasting.reconcile import reconcile, square_errors, trust_in_total
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
    them held, None where one window is all there is; `windows` how many there were, `independent` how many of them do
    not overlap.
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
    independent: int
    left_out: tuple[str, ...]


def forecast(
    panel: Panel,
    horizon: int,
    *,
    least: int,
    begin: Callable[[float], None] = lambda _: None,
    summing: bool = False,
    skip: int = 0,
) -> Forecast:
    """`least` is how many values a candidate is fitted to at least; where `summing`, the last series sums the others.

    The first `skip` steps are no part of totals. `begin` is called before each fit with the share of the backtest that
    is done, and may raise to end. Raises ValueError where the longest series leaves no window to measure errors on.
    """
    if panel.length < least + horizon:
        raise ValueError(f"no window of {horizon} values lies after the first {least} of {panel.length}")
    fitting = [each for each in CANDIDATES if each.fits(panel)]
    kept = [each for each in fitting if _seconds(each, panel, horizon, least) <= MOST_SECONDS]
    tested = backtest(panel, kept, horizon, least, begin)
    shares = weights(tested)
    ahead = []
    for each in kept:
        begin(1.0)
        ahead.append(each.forecast(panel, horizon))
    point, past = combined(ahead, shares), held_out(tested)
    if summing:
        squares, trust = square_errors(past, tested.actual), trust_in_total(past, tested.actual)
        point, past = reconcile(point, squares, trust), reconcile(past, squares, trust)
    left_out = tuple(each.name for each in fitting if each not in kept)
    by_name = {each.name: share for each, share in zip(kept, shares.T, strict=True)}
    return _with_intervals(_Combined(panel, tested, point, past, skip), by_name, left_out)


@dataclass(frozen=True)
class _Combined:
    """The combined forecasts, those of the past beside what came."""

    panel: Panel
    tested: Backtest
    point: Floats
    past: Floats
    skip: int


def _with_intervals(made: _Combined, shares: dict[str, Floats], left_out: tuple[str, ...]) -> Forecast:
    panel, tested, point = made.panel, made.tested, made.point
    between, counted = link(panel), point.shape[1] - made.skip
    widths = spread(between.errors(tested.actual, made.past))
    total = point[:, made.skip :].sum(axis=1)
    came, told = (each[:, :, made.skip :].sum(axis=2) for each in (tested.actual, made.past))
    total_width = total_widths(between.errors(came, told, counted), independent(tested.origins, point.shape[1]))
    naive = tested.forecasts[NAIVE]
    bands = {level: between.around(point, width) for level, width in widths.widths.items()}
    total_bands = {level: between.around(total, width, counted) for level, width in total_width.items()}
    return Forecast(
        point=point,
        bands={level: Band(*map(panel.bounded, ends)) for level, ends in bands.items()},
        total=total,
        total_bands={
            level: Band(*(panel.bounded(each / counted) * counted for each in ends))
            for level, ends in total_bands.items()
        },
        shares=shares,
        errors=Errors(tested.mase(made.past), tested.smape(made.past)),
        naive_errors=Errors(tested.mase(naive), tested.smape(naive)),
        coverage=widths.coverage,
        windows=len(tested.origins),
        independent=independent(tested.origins, point.shape[1]),
        left_out=left_out,
    )


def _seconds(candidate: Candidate, panel: Panel, horizon: int, least: int) -> float:
    fits = len(origins(panel.length, horizon, least)) + 1
    return candidate.cost * panel.values.size * fits
