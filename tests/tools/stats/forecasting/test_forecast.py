"""Whole forecasts: what was planted is found, intervals hold what comes, and nothing is below what it can be."""

import numpy as np
import pytest

from tools.stats.forecasting.forecast import Forecast, forecast
from tools.stats.forecasting.panel import Panel, plain
from tools.stats.forecasting.smoothing import Floats

DAYS, AHEAD = 500, 28


def panel(values: Floats, known: Floats | None = None) -> Panel:
    """Daily series that begin together, their weekdays known and what else is told."""
    length = values.shape[1]
    weekdays = np.eye(7)[np.arange(length + AHEAD) % 7]
    columns = weekdays if known is None else np.hstack([weekdays, known])
    starts = np.zeros(len(values), dtype=np.int64)
    return Panel(values, starts, 7, columns, np.ones(columns.shape[1]))


def made(values: Floats, known: Floats | None = None) -> Forecast:
    return forecast(panel(values, known), AHEAD, least=28)


def inside(found: Forecast, level: float, came: Floats) -> float:
    band = found.bands[level]
    return float(((band.low <= came) & (came <= band.high)).mean())


def test_a_festival_that_doubles_its_days_is_found_and_one_that_does_nothing_is_not() -> None:
    drawn = np.random.default_rng(3)
    doubling, idle = np.zeros(DAYS + AHEAD), np.zeros(DAYS + AHEAD)
    doubling[[60, 61, 200, 201, 380, 381, DAYS + 9]] = 1
    idle[[90, 91, 230, 231, 410, 411, DAYS + 19]] = 1
    values = 100 * (1 + doubling[:DAYS]) * drawn.lognormal(0, 0.05, (5, DAYS))
    found = made(values, np.column_stack([doubling, idle]))
    plain_days = np.delete(found.point, [9, 19], axis=1).mean()
    assert found.point[:, 9].mean() / plain_days == pytest.approx(2, rel=0.1)
    assert found.point[:, 19].mean() / plain_days == pytest.approx(1, rel=0.05)
    assert found.shares["calendar_regression"].min() > 0.9


def test_intervals_hold_what_comes() -> None:
    drawn = np.random.default_rng(5)
    week = np.array([0.8, 0.9, 1, 1, 1.1, 1.3, 1.2])[np.arange(DAYS + AHEAD) % 7]
    values = 100 * week * drawn.lognormal(0, 0.15, (60, DAYS + AHEAD))
    found = made(values[:, :DAYS])
    came = values[:, DAYS:]
    assert inside(found, 0.8, came) == pytest.approx(0.8, abs=0.04)
    assert inside(found, 0.95, came) == pytest.approx(0.95, abs=0.02)
    assert found.coverage[0.8] == pytest.approx(0.8, abs=0.03)
    held = [(band.low <= came.sum(axis=1)) & (came.sum(axis=1) <= band.high) for band in found.total_bands.values()]
    assert held[0].mean() >= 0.7
    assert held[1].mean() >= 0.9
    assert found.errors.mase.mean() < found.naive_errors.mase.mean()


def test_drifting_series_have_intervals_that_widen() -> None:
    drawn = np.random.default_rng(8)
    walks = 1000 + drawn.normal(0, 5, (80, DAYS + AHEAD)).cumsum(axis=1)
    found = made(walks[:, :DAYS])
    width = (found.bands[0.8].high - found.bands[0.8].low).mean(axis=0)
    assert width[-1] > 1.5 * width[0]
    assert inside(found, 0.8, walks[:, DAYS:]) == pytest.approx(0.8, abs=0.07)


def test_counts_with_many_zeros_are_never_negative() -> None:
    drawn = np.random.default_rng(9)
    values = np.vstack([drawn.poisson(0.2, (10, DAYS)), np.zeros((1, DAYS))]).astype(float)
    found = made(values)
    assert found.point.min() >= 0
    assert min(band.low.min() for band in found.bands.values()) >= 0
    assert found.point[-1].max() == pytest.approx(0, abs=1e-9)
    assert (found.errors.mase[-1], found.errors.smape[-1]) == (0, 0)


def test_a_series_that_was_negative_may_be_so_again() -> None:
    drawn = np.random.default_rng(10)
    found = made(drawn.normal(-50, 10, (3, DAYS)))
    assert found.point.mean() == pytest.approx(-50, abs=3)
    assert found.bands[0.95].low.mean() == pytest.approx(-70, abs=6)  # two standard deviations


def test_shares_stay_within_0_and_1() -> None:
    drawn = np.random.default_rng(12)
    told = panel(1 - drawn.beta(1, 20, (3, DAYS)))
    kept = Panel(told.values, told.starts, 7, told.known, told.penalties, share=True)
    found = forecast(kept, AHEAD, least=28)
    assert max(band.high.max() for band in found.bands.values()) <= 1
    assert max(band.high.max() for band in found.total_bands.values()) <= AHEAD
    assert found.bands[0.8].high.max() < 1 + 1e-9


def test_a_series_too_short_to_be_tested_takes_the_errors_of_all() -> None:
    drawn = np.random.default_rng(13)
    values = drawn.lognormal(4, 0.2, (6, DAYS))
    values[-1, :-20] = np.nan
    told = panel(values)
    starts = told.starts.copy()
    starts[-1] = DAYS - 20
    found = forecast(Panel(values, starts, 7, told.known, told.penalties), AHEAD, least=28)
    assert np.isnan(found.errors.mase[-1])
    assert not np.isnan(found.errors.mase[:-1]).any()
    assert found.point[-1].mean() == pytest.approx(np.exp(4), rel=0.25)
    assert (found.bands[0.95].high[-1] > found.point[-1]).all()


def test_parts_sum_to_their_total() -> None:
    drawn = np.random.default_rng(14)
    parts = drawn.lognormal(3, 0.3, (4, DAYS))
    found = forecast(panel(np.vstack([parts, parts.sum(axis=0)])), AHEAD, least=28, summing=True)
    assert found.point[:-1].sum(axis=0) == pytest.approx(found.point[-1])
    assert found.total[:-1].sum() == pytest.approx(found.total[-1])


def test_steps_before_those_asked_for_are_no_part_of_totals() -> None:
    drawn = np.random.default_rng(15)
    told = panel(drawn.lognormal(3, 0.3, (2, DAYS)))
    found = forecast(told, AHEAD, least=28, skip=20)
    assert found.total == pytest.approx(found.point[:, 20:].sum(axis=1))


def test_what_would_take_too_long_is_left_out_and_named() -> None:
    drawn = np.random.default_rng(16)
    few, many = made(drawn.lognormal(3, 0.3, (1, DAYS))), made(drawn.lognormal(3, 0.3, (60, DAYS)))
    assert few.left_out == ()
    assert "mstl" in few.shares
    assert many.left_out == ("mstl",)
    assert "mstl" not in many.shares


def test_one_window_tells_no_coverage_and_none_is_an_error() -> None:
    drawn = np.random.default_rng(17)
    one = forecast(plain([drawn.normal(50, 5, 40)], 1), 10, least=30)
    assert (one.windows, one.coverage[0.8]) == (1, None)
    with pytest.raises(ValueError, match="no window"):
        forecast(plain([drawn.normal(50, 5, 39)], 1), 10, least=30)


def test_it_stops_between_fits() -> None:
    asked: list[int] = []

    def begin(_: float) -> None:
        asked.append(len(asked))
        if len(asked) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forecast(panel(np.random.default_rng(18).lognormal(3, 0.3, (2, DAYS))), AHEAD, least=28, begin=begin)
    assert len(asked) == 5


def test_the_same_in_gives_the_same_out() -> None:
    values = np.random.default_rng(19).lognormal(3, 0.3, (3, DAYS))
    one, other = made(values), made(values)
    assert one.point.tobytes() == other.point.tobytes()
    assert one.bands[0.95].high.tobytes() == other.bands[0.95].high.tobytes()
