"""Lifts against published and hand-worked numbers, and what chance does to them."""

import math

import numpy as np
import pytest
from scipy.stats import false_discovery_control, fisher_exact, norm

from tools.stats.lifts import adjusted, of_means, of_shares


def test_the_interval_of_a_ratio_of_shares_is_that_of_the_physicians_study() -> None:
    """Infarctions under placebo and aspirin (Agresti, Categorical Data Analysis): 1.82, from 1.43 to 2.31."""
    lift = of_shares(189, 11_034, 104, 11_037)
    assert [round(each, 2) for each in (lift.ratio, lift.low, lift.high)] == [1.82, 1.43, 2.31]
    z = (189 / 11_034 - 104 / 11_037) / math.sqrt((p := 293 / 22_071) * (1 - p) * (1 / 11_034 + 1 / 11_037))
    assert lift.p == pytest.approx(2 * norm.sf(z))


def test_few_are_tested_exactly() -> None:
    """Fisher's tea: three of four cups told right, one of four wrong: p is 34 in 70."""
    assert of_shares(3, 4, 1, 4).p == pytest.approx(34 / 70)
    for a, n, b, m in ((8, 40, 3, 900), (0, 30, 40, 3_000), (300, 300, 2_700, 2_710), (5, 50, 60, 600)):
        assert of_shares(a, n, b, m).p == pytest.approx(fisher_exact([[a, n - a], [b, m - b]]).pvalue)


def test_none_in_one_of_both_has_an_interval_all_the_same() -> None:
    none = of_shares(0, 100, 300, 1_000)
    assert none.ratio == 0
    assert 0 < none.low < none.high < 1
    only = of_shares(30, 100, 0, 1_000)
    assert math.isinf(only.ratio)
    assert 1 < only.low < only.high < math.inf


def test_intervals_hold_the_truth_as_often_as_told() -> None:
    drawn = np.random.default_rng(1)
    inside, outside = drawn.binomial(400, 0.3, 2_000), drawn.binomial(3_000, 0.2, 2_000)
    lifts = [of_shares(int(a), 400, int(b), 3_000) for a, b in zip(inside, outside, strict=True)]
    held = np.mean([each.low <= 1.5 <= each.high for each in lifts])
    assert held == pytest.approx(0.95, abs=0.015)


def test_means_of_long_tails() -> None:
    drawn = np.random.default_rng(2)
    lifts = [of_means(drawn.lognormal(0.3, 1, 300), drawn.lognormal(0, 1, 3_000)) for _ in range(400)]
    held = [each.low <= math.exp(0.3) <= each.high for each in lifts if each is not None]
    assert len(held) == 400
    assert np.mean(held) == pytest.approx(0.95, abs=0.035)


def test_means_by_hand() -> None:
    lift = of_means(np.array([2.0, 4.0, 6.0]), np.array([1.0, 2.0, 3.0]))
    assert lift is not None
    # Of each: variance over n and mean squared, 4/3/16 and 1/3/4; the square root of their sum is sqrt(1/6).
    spread = 1.959963984540054 * math.sqrt(1 / 6)
    assert (lift.ratio, lift.low, lift.high) == pytest.approx((2, 2 * math.exp(-spread), 2 * math.exp(spread)))
    assert of_means(np.array([1.0]), np.array([1.0, 2.0])) is None


def test_many_tests_are_corrected_as_holm_did() -> None:
    """By hand: 0.005 × 4, 0.01 × 3, 0.03 × 2, then 0.04, which may not fall below the one before."""
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    ps = [0.001, 0.2, 0.9, 0.02, 0.02]
    assert all(held >= found for held, found in zip(adjusted(ps), false_discovery_control(ps), strict=True))
    assert adjusted([]) == []
