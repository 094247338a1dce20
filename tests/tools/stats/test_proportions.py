"""Tests of proportions against published results, and against how often they cry wolf."""

import csv
import random

import pytest

from tests.warehouse.evaluation import evaluation_data
from tools.stats.proportions import equal_counts, holm, same_proportion, two_proportions


def test_cookie_cats_as_published() -> None:
    """The game's test of two gates: 1-day retention p = 0.0744, 7-day p = 0.00155, two-sided."""
    with evaluation_data("data/cookie_cats/cookie_cats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for column, published in (("retention_1", 0.0744), ("retention_7", 0.00155)):
        groups = [
            [each[column] == "TRUE" for each in rows if each["version"] == name] for name in ("gate_30", "gate_40")
        ]
        (first, of_first), (second, of_second) = [(sum(each), len(each)) for each in groups]
        assert two_proportions(first, of_first, second, of_second) == pytest.approx(published, rel=0.005)


def test_of_two_groups_both_tests_are_the_same() -> None:
    assert same_proportion([45, 30], [100, 120]) == pytest.approx(two_proportions(45, 100, 30, 120), rel=1e-12)


def test_three_groups_by_hand() -> None:
    # 10, 20 and 30 of 100 each: expected 20 each, so (100 + 0 + 100) / (100 × 0.2 × 0.8) = 12.5, and with two degrees
    # of freedom the chance of more is exp(−12.5 / 2).
    assert same_proportion([10, 20, 30], [100, 100, 100]) == pytest.approx(0.0019304541362277093, rel=1e-9)


def test_thin_cells_tell_nothing() -> None:
    assert two_proportions(2, 1000, 0, 1000) is None
    assert two_proportions(0, 0, 5, 10) is None
    assert same_proportion([1, 2, 3], [10, 10, 10]) is None
    assert same_proportion([10], [20]) is None
    assert equal_counts(4, 3) is None


def test_two_cells_by_hand() -> None:
    # (60 − 40) / √100 = 2 standard deviations
    assert equal_counts(60, 40) == pytest.approx(0.04550026389635842, rel=1e-9)


def test_holm_by_hand() -> None:
    # 0.01 × 3, then 0.03 × 2 = 0.06, then 0.04 × 1, which is raised to the one before.
    assert holm([0.03, None, 0.01, 0.04]) == [pytest.approx(0.06), None, pytest.approx(0.03), pytest.approx(0.06)]


def test_one_in_twenty_cries_wolf_where_nothing_is() -> None:
    """Of 2,000 pairs of groups with one proportion some 5% differ at 5%: within four standard errors."""
    draws = random.Random(20)  # noqa: S311
    alarms = 0
    for _ in range(2_000):
        first, second = (sum(draws.random() < 0.2 for _ in range(200)) for _ in range(2))
        p = two_proportions(first, 200, second, 200)
        alarms += p is not None and p < 0.05
    assert 2_000 * 0.05 * 0.6 < alarms < 2_000 * 0.05 * 1.4
