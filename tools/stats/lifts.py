"""How much more often, or higher, something is in one group than in another; which of many differences are certain."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

CONFIDENCE = 1.959963984540054  # of 95%, two-sided
FEW = 50  # rows expected in the least cell: below it the exact test
NO_LIKELIER = 1 + 1e-7  # of two chances that differ in the last digits alone neither is likelier


@dataclass(frozen=True)
class Lift:
    """The group's share, or mean, over the others', with its 95% interval, and the p-value of there being none."""

    ratio: float
    low: float
    high: float
    p: float


def of_shares(inside: int, group: int, outside: int, others: int) -> Lift:
    """Of `inside` of a `group` against `outside` of the `others`.

    The interval is on the log scale (Katz, Baptista, Azen & Pike, Biometrics 34, 1978), with a half added to each cell
    where one is empty (Walter, Biometrika 62, 1975); the test is Pearson's for two shares, Fisher's exact one where a
    cell is small.
    """
    share, other = inside / group, outside / others
    ratio = share / other if other else math.inf
    a, n, b, m = float(inside), float(group), float(outside), float(others)
    if inside == 0 or outside == 0:
        a, n, b, m = a + 0.5, n + 0.5, b + 0.5, m + 0.5
    middle = math.log(a / n) - math.log(b / m)
    spread = CONFIDENCE * math.sqrt(max(1 / a - 1 / n + 1 / b - 1 / m, 0.0))
    return Lift(ratio, math.exp(middle - spread), math.exp(middle + spread), _p(inside, group, outside, others))


def _p(inside: int, group: int, outside: int, others: int) -> float:
    held, everybody = inside + outside, group + others
    least = min(held, everybody - held) * min(group, others) / everybody
    if least < FEW:
        return _exact(inside, group, held, everybody)
    pooled = held / everybody
    spread = math.sqrt(pooled * (1 - pooled) * (1 / group + 1 / others))
    return math.erfc(abs(inside / group - outside / others) / spread / math.sqrt(2))


def _exact(inside: int, group: int, held: int, everybody: int) -> float:
    """Fisher's exact test (1935), two-sided: the chance of all that are no likelier than what is there."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from scipy.special import gammaln  # noqa: PLC0415 - slow to load

    first = max(0, group + held - everybody)
    possible = np.arange(first, min(group, held) + 1)
    cells = (possible, group - possible, held - possible, everybody - group - held + possible)
    logs = -sum(gammaln(each + 1) for each in cells)
    chances = np.exp(logs - logs.max())
    return float(chances[chances <= chances[inside - first] * NO_LIKELIER].sum() / chances.sum())


def of_means(inside: "Floats", outside: "Floats") -> Lift | None:
    """Of the means of two groups of positive numbers; None where a group has too few, or a mean that is not positive.

    The interval is on the log scale by the delta method with each group's own variance; the test is Mann and Whitney's
    (1947), by ranks, which long tails do not mislead.
    """
    from scipy.stats import mannwhitneyu  # noqa: PLC0415 - slow to load

    if min(len(inside), len(outside)) < 2 or min(inside.mean(), outside.mean()) <= 0:
        return None
    one, other = float(inside.mean()), float(outside.mean())
    variance = sum(float(each.var(ddof=1)) / len(each) / mean**2 for each, mean in ((inside, one), (outside, other)))
    middle, spread = math.log(one / other), CONFIDENCE * math.sqrt(variance)
    p = float(mannwhitneyu(inside, outside, method="asymptotic").pvalue)
    return Lift(one / other, math.exp(middle - spread), math.exp(middle + spread), p)


def adjusted(ps: Sequence[float]) -> list[float]:
    """p-values for many tests at once, so that any false one among them is as rare as told (Holm 1979)."""
    order = sorted(range(len(ps)), key=lambda at: ps[at])
    given, greatest = [1.0] * len(ps), 0.0
    for rank, at in enumerate(order):
        greatest = max(greatest, min(1.0, (len(ps) - rank) * ps[at]))
        given[at] = greatest
    return given
