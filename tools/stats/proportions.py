"""Whether shares, or counts, differ by more than chance would have them."""

import math
from collections.abc import Sequence

LEAST_EXPECTED = 5.0  # in each cell, for the normal approximation to hold (Cochran 1954)


def two_proportions(first: int, of_first: int, second: int, of_second: int) -> float | None:
    """The two-sided p-value that two groups share one proportion: the pooled z test. None where a cell is too thin."""
    total, size = first + second, of_first + of_second
    if size == 0 or _thinnest((of_first, of_second), total, size) < LEAST_EXPECTED:
        return None
    pooled = total / size
    spread = math.sqrt(pooled * (1 - pooled) * (1 / of_first + 1 / of_second))
    return two_sided((first / of_first - second / of_second) / spread)


def same_proportion(counts: Sequence[int], sizes: Sequence[int]) -> float | None:
    """The p-value that all groups share one proportion: Pearson's chi-square. None where a cell is too thin."""
    total, size = sum(counts), sum(sizes)
    if len(counts) < 2 or size == 0 or _thinnest(sizes, total, size) < LEAST_EXPECTED:
        return None
    pooled = total / size
    found = (each - of * pooled for each, of in zip(counts, sizes, strict=True))
    statistic = sum(off**2 / (of * pooled * (1 - pooled)) for off, of in zip(found, sizes, strict=True))
    from scipy.special import chdtrc  # noqa: PLC0415 - slow to load, and few questions need it

    return float(chdtrc(len(counts) - 1, statistic))


def equal_counts(first: int, second: int) -> float | None:
    """The two-sided p-value that two cells of one sample are equally likely: the sign test's normal approximation."""
    if first + second < 2 * LEAST_EXPECTED:
        return None
    return two_sided((first - second) / math.sqrt(first + second))


def holm(values: Sequence[float | None]) -> list[float | None]:
    """P-values of several tests, raised so that any false alarm is as rare as of one (Holm 1979); None stays None."""
    known = sorted((value, at) for at, value in enumerate(values) if value is not None)
    raised: list[float | None] = [None] * len(values)
    least = 0.0
    for rank, (value, at) in enumerate(known):
        least = max(least, min(1.0, value * (len(known) - rank)))
        raised[at] = least
    return raised


def two_sided(z: float) -> float:
    """The chance that a standard normal lies as far from 0."""
    return math.erfc(abs(z) / math.sqrt(2))


def _thinnest(sizes: Sequence[int], total: int, size: int) -> float:
    """The fewest that any cell is expected to hold under one proportion."""
    return min(sizes) * min(total, size - total) / size
