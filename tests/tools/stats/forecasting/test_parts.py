"""Smoothing, seasons, backtests and reconciliation against numbers worked out by hand."""

import numpy as np
import pytest

from tools.stats.forecasting.backtest import Backtest, independent, origins, season_changes
from tools.stats.forecasting.calendar_regression import calendar_regression
from tools.stats.forecasting.candidates import CANDIDATES, Candidate
from tools.stats.forecasting.combine import combined, held_out, weights
from tools.stats.forecasting.panel import Panel, plain
from tools.stats.forecasting.reconcile import reconcile, trust_in_total
from tools.stats.forecasting.seasons import adjusted, indices, is_seasonal, seasonal_naive
from tools.stats.forecasting.smoothing import Fitted, Floats, ahead, damped, simple
from tools.stats.forecasting.theta import slopes, theta

NONE = np.zeros(1, dtype=np.int64)


def row(*values: float) -> Floats:
    return np.array([values], dtype=float)


def test_a_fading_slope_is_summed_up() -> None:
    one = np.ones(1)
    fitted = Fitted(level=10 * one, slope=2 * one, alpha=one, beta=one, phi=0.5 * one, error=one)
    assert ahead(fitted, 3).tolist() == [[11, 11.5, 11.75]]  # 10 + 2 × (½, ½ + ¼, ½ + ¼ + ⅛)


def test_smoothing_follows_a_line_and_a_level() -> None:
    line = row(*range(3, 63, 3))
    assert ahead(damped(line, NONE), 2)[0] == pytest.approx([63, 66])
    assert ahead(simple(row(*[7] * 15), NONE), 2)[0] == pytest.approx([7, 7])


def test_simple_smoothing_is_the_recursion() -> None:
    # The first level is the mean of the first ten, 11; a jump at the end moves it by alpha of what it is off.
    values = row(*[10, 12] * 10, 31)
    fitted = simple(values, NONE)
    alpha, level = fitted.alpha[0], 11.0
    for value in values[0]:
        level += alpha * (value - level)
    assert fitted.level[0] == pytest.approx(level)


def test_theta_adds_half_the_slope_to_the_level() -> None:
    # Hyndman and Billah (2003): level + slope/2 × (h − 1 + (1 − (1 − alpha)^n)/alpha).
    values = row(*range(2, 42, 2))
    fitted = simple(values, NONE)
    alpha = fitted.alpha[0]
    reach = (1 - (1 - alpha) ** 20) / alpha
    assert slopes(values, NONE)[0] == pytest.approx(2)
    assert theta(values, NONE, 3)[0] == pytest.approx([fitted.level[0] + each + reach for each in (0, 1, 2)])


def test_series_of_other_lengths_are_forecast_as_alone() -> None:
    short, long = np.array([5.0, 9, 4, 8, 6, 7, 9, 3, 8, 6, 5, 7]), np.arange(30.0)
    together = plain([short, long], 1)
    for method in (simple, damped):
        both = ahead(method(together.values, together.starts), 4)
        assert both[0] == pytest.approx(ahead(method(short[None], NONE), 4)[0])
        assert both[1] == pytest.approx(ahead(method(long[None], NONE), 4)[0])
    assert theta(together.values, together.starts, 4)[0] == pytest.approx(theta(short[None], NONE, 4)[0])


def test_the_naive_forecast_repeats_the_last_season() -> None:
    assert seasonal_naive(row(1, 2, 3, 4, 5), NONE, 3, 5).tolist() == [[3, 4, 5, 3, 4]]
    assert seasonal_naive(row(1, 2), NONE, 7, 3).tolist() == [[2, 2, 2]]


def test_a_seasons_indices_are_found_and_taken_out() -> None:
    values = np.array([100.0, 50, 150] * 6)
    assert indices(values, 3, multiplicative=True) == pytest.approx([1, 0.5, 1.5])
    assert indices(values, 3, multiplicative=False) == pytest.approx([0, -50, 50])
    series = adjusted(values[None], NONE, 3, 4)
    assert series.values[0] == pytest.approx([100] * 18)
    assert series.restored(np.full((1, 4), 200.0))[0] == pytest.approx([200, 100, 300, 200])


def test_a_season_that_is_not_there_is_seldom_found() -> None:
    drawn = np.random.default_rng(11)
    noise = drawn.normal(100, 10, (300, 84))
    wave = noise + 15 * np.sin(np.arange(84) * 2 * np.pi / 7)
    assert sum(is_seasonal(each, 7) for each in noise) <= 45  # a test at 90%, both sides
    assert sum(is_seasonal(each, 7) for each in wave) >= 290


@pytest.mark.parametrize(
    ("length", "horizon", "least", "starts", "side_by_side"),
    [
        (100, 10, 30, [40, 50, 60, 70, 80, 90], 6),
        (100, 30, 30, [30, 38, 46, 54, 62, 70], 2),
        (50, 10, 40, [40], 1),
        (51, 10, 40, [40, 41], 1),
        (49, 10, 40, [], 0),
    ],
)
def test_windows_lie_side_by_side_where_there_is_room(
    length: int, horizon: int, least: int, starts: list[int], side_by_side: int
) -> None:
    found = origins(length, horizon, least)
    assert found.tolist() == starts
    assert independent(found, horizon) == side_by_side


def a_backtest(actual: list[list[float]], **forecasts: list[list[float]]) -> Backtest:
    """Of one series, a window a row; errors are measured in twos."""
    told = {name: np.array([each]) for name, each in forecasts.items()}
    windows = len(actual)
    return Backtest(np.arange(windows), np.array([actual]), told, np.full((1, windows), 2.0))


def test_errors_are_the_published_ones() -> None:
    made = a_backtest([[10, 20], [30, 0]], any=[[12, 20], [27, 0]])
    assert made.mase(made.forecasts["any"]) == pytest.approx([(1 + 0 + 1.5 + 0) / 4])
    assert made.smape(made.forecasts["any"]) == pytest.approx([(2 * 2 / 22 + 0 + 2 * 3 / 57 + 0) / 4])
    assert season_changes(plain([np.array([1.0, 5, 2, 7, 7, 7])], 2)) == pytest.approx([(1 + 2 + 5 + 0) / 4])


def test_candidates_close_to_the_best_share_equally() -> None:
    made = a_backtest([[10, 10]], best=[[12, 12]], close=[[12.1, 12.1]], far=[[14, 14]])
    shares = weights(made)
    assert shares.tolist() == [[0.5, 0.5, 0]]
    assert combined(list(made.forecasts.values()), shares)[0, 0] == pytest.approx([12.05, 12.05])


def test_what_is_held_out_chooses_nothing() -> None:
    # Each candidate is right in one window, where the other window's choice is the other one.
    made = a_backtest([[10], [10]], first=[[10], [20]], second=[[20], [10]])
    assert held_out(made).tolist() == [[[20], [20]]]


def test_parts_take_over_what_they_lack_by_their_errors() -> None:
    forecasts, squares = np.array([[10.0], [20], [36]]), np.array([1.0, 2, 9])
    assert reconcile(forecasts, squares, 1.0)[:, 0].tolist() == [12, 24, 36]
    assert reconcile(forecasts, squares, 0.5)[:, 0].tolist() == [11, 22, 33]
    assert reconcile(np.array([[1.0], [9], [2]]), np.array([1.0, 1, 1]), 1.0)[:, 0].tolist() == [0, 5, 5]


def test_a_total_is_trusted_by_its_error_beside_the_sums() -> None:
    actual = np.array([[[4.0, 4]], [[6, 6]], [[10, 10]]])
    past = np.array([[[5.0, 5]], [[8, 8]], [[11, 11]]])  # the sum is off by 3, the total's own forecast by 1
    assert trust_in_total(past, actual) == pytest.approx(9 / 10)


@pytest.mark.parametrize(
    "candidate", [each for each in CANDIDATES if each.name != "calendar_regression"], ids=lambda each: each.name
)
def test_each_candidate_goes_on_with_a_weekly_pattern(candidate: Candidate) -> None:
    week = np.array([80.0, 90, 100, 100, 110, 130, 120])
    told = plain([np.tile(week, 30)], 7)
    assert candidate.fits(told)
    assert candidate.forecast(told, 10)[0] == pytest.approx([*week, *week[:3]], rel=0.02)


def test_the_calendar_tells_what_the_season_cannot() -> None:
    # Every day of a kind known beforehand sells three times as much; they come at no period.
    marked = np.isin(np.arange(230), [11, 40, 58, 97, 131, 160, 188, 203, 221])
    values = np.where(marked, 300.0, 100.0)[:200]
    told = Panel(values[None], NONE, 7, marked[:, None].astype(float), np.array([0.1]))
    found = calendar_regression(told, 30)[0]
    assert found[marked[200:]] == pytest.approx([300, 300], rel=0.05)
    assert np.delete(found, [3, 21]) == pytest.approx([100] * 28, rel=0.05)
