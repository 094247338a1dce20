"""Rows grouped by K-means: scaled, counted, and told how firm the groups are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

SEED = 20
FITTED_ROWS = 5_000  # that K is chosen on, and that other seeds are tried on
JUDGED_ROWS = 2_000  # of the silhouette, which holds every row against every other
STARTS = 5
MOST_STEPS = 100
OTHER_SEEDS = 5
COUNTS = range(2, 9)
SKEWED = 1.0
TAILS = (0.005, 0.995)
LEAST_SPREAD = 1e-12
FEWEST_COMPONENTS = 5
FIRM = 0.9


@dataclass(frozen=True)
class Scale:
    """How a column is brought to mean 0 and variance 1; a `spread` of 0 where it is the same everywhere.

    What is missing is `known`'s mean; `log` tells whether the logarithm of 1 and the value is taken; `low` and `high`
    are where the tails are cut.
    """

    known: float
    log: bool
    low: float
    high: float
    mean: float
    spread: float


@dataclass(frozen=True)
class Clusters:
    """Which group each row is in, the largest being 0, and how firm they are.

    A row is in the group whose one of the `centres` is nearest. `silhouettes` are those of each number of groups that
    was tried, `stability` is the least adjusted Rand index between the groups of a sample and those from five other
    seeds.
    """

    labels: "Whole"
    centres: "Floats"
    silhouettes: dict[int, float]
    stability: float

    @property
    def count(self) -> int:
        """How many groups."""
        return len(self.centres)


def scale(column: "Floats") -> Scale:
    """Of a column: the logarithm where it is skewed, the outermost half percent on each side cut."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from scipy.stats import skew  # noqa: PLC0415 - numbers alone need it

    known = column[~np.isnan(column)]
    mean = float(known.mean()) if len(known) else 0.0
    values = np.where(np.isnan(column), mean, column)
    log = bool(values.min() >= 0 and values.std() > 0 and skew(values) > SKEWED)
    values = np.log1p(values) if log else values
    low, high = (float(each) for each in np.quantile(values, TAILS))
    if low == high:
        low, high = float(values.min()), float(values.max())
    values = np.clip(values, low, high)
    spread = float(values.std())
    return Scale(mean, log, low, high, float(values.mean()), spread if spread > LEAST_SPREAD else 0.0)


def standardised(columns: "Floats", scales: Sequence[Scale]) -> "Floats":
    """The columns by their scales."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    told = np.zeros(columns.shape)
    for at, each in enumerate(scales):
        if each.spread:
            values = np.where(np.isnan(columns[:, at]), each.known, columns[:, at])
            values = np.clip(np.log1p(values) if each.log else values, each.low, each.high)
            told[:, at] = (values - each.mean) / each.spread
    return told


def directions(columns: "Floats", blocks: Sequence[int]) -> "Floats":
    """What the blocks of standardised columns have in common, by multiple factor analysis: a column a component.

    Each block is divided by its first singular value, so that many columns that say the same count no more than one. Of
    the principal components of all, those with an eigenvalue over 1 are kept: more than one block shares them (Escofier
    & Pagès, Computational Statistics & Data Analysis 18, 1994).
    """
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    weights, blocked = np.ones(columns.shape[1]), np.asarray(blocks)
    for block in sorted(set(blocks)):
        inside = columns[:, blocked == block]
        first = float(np.linalg.eigvalsh(inside.T @ inside / len(inside))[-1])
        weights[blocked == block] = 1 / np.sqrt(first) if first > 0 else 0.0
    told = columns * weights
    values, axes = np.linalg.eigh(told.T @ told / len(told))
    kept = max(FEWEST_COMPONENTS, int((values > 1).sum()))  # few kinds of features may share nothing
    found: Floats = weights[:, None] * axes[:, ::-1][:, :kept]
    return found


def grouped(rows: "Floats", count: int | None, begin: Callable[[int], None] = lambda _: None) -> Clusters:
    """The rows by K-means, in `count` groups.

    Else in as many of 2 to 8 as have the greatest mean silhouette (Rousseeuw 1987) of those that other seeds find
    again, where there are such. `begin` is called with each number of groups before it is fitted, and may raise to end.
    """
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - numbers alone need it

    # On one thread: sums in another order would be others in their last digits, and so might the groups be.
    with threadpool_limits(1):
        sample = rows[chosen(len(rows), FITTED_ROWS)]
        tried = [each for each in COUNTS if each < len(sample)] if count is None else [count]
        centres = {each: _centres(sample, each, SEED, begin) for each in tried}
        silhouettes = {each: _silhouette(sample, centres[each]) for each in tried}
        ranked = sorted(tried, key=lambda each: -silhouettes[each])
        best, stability = _firm(sample, [centres[each] for each in ranked], begin)
        settled = _settled(rows, best)
        sizes = np.bincount(_nearest(rows, settled), minlength=len(settled))
        ordered = settled[np.argsort(-sizes, kind="stable")]
        return Clusters(_nearest(rows, ordered), ordered, silhouettes, stability)


def chosen(count: int, most: int) -> "Whole":
    """At most so many of the rows by chance, always the same ones, in order."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(SEED).choice(count, most, replace=False))


def _centres(rows: "Floats", count: int, seed: int, begin: Callable[[int], None]) -> "Floats":
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to load, and for this alone

    begin(count)
    found: Floats = KMeans(count, n_init=STARTS, max_iter=MOST_STEPS, random_state=seed).fit(rows).cluster_centers_
    return found


def _settled(rows: "Floats", centres: "Floats") -> "Floats":
    """The centres that all rows settle about, from those found on some of them."""
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to load, and for this alone

    fitted = KMeans(len(centres), init=centres, n_init=1, max_iter=MOST_STEPS, random_state=SEED).fit(rows)
    found: Floats = fitted.cluster_centers_
    return found


def _nearest(rows: "Floats", centres: "Floats") -> "Whole":
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    distances = (centres**2).sum(axis=1) - 2 * rows @ centres.T
    nearest: Whole = np.argmin(distances, axis=1)
    return nearest


def _silhouette(rows: "Floats", centres: "Floats") -> float:
    from sklearn.metrics import silhouette_score  # noqa: PLC0415 - slow to load, and for this alone

    judged = rows[chosen(len(rows), JUDGED_ROWS)]
    labels = _nearest(judged, centres)
    return float(silhouette_score(judged, labels)) if len(set(labels.tolist())) > 1 else -1.0


def _firm(rows: "Floats", ranked: Sequence["Floats"], begin: Callable[[int], None]) -> tuple["Floats", float]:
    """The first of the centres whose groups other seeds find again, else the very first; and how firm they are."""
    first = None
    for centres in ranked:
        stability = _firmness(rows, centres, begin)
        first = first or (centres, stability)
        if stability >= FIRM:
            return centres, stability
    if first is None:
        raise ValueError("no number of groups was tried")
    return first


def _firmness(rows: "Floats", centres: "Floats", begin: Callable[[int], None]) -> float:
    """The least agreement of the groups about these centres with those that other seeds find."""
    labels = _nearest(rows, centres)
    others = (_centres(rows, len(centres), SEED + 1 + each, begin) for each in range(OTHER_SEEDS))
    return min(_agreement(labels, _nearest(rows, each)) for each in others)


def _agreement(one: "Whole", other: "Whole") -> float:
    """The adjusted Rand index of two groupings (Hubert & Arabie 1985)."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - slow to load, and for this alone

    return float(adjusted_rand_score(one, other))
