"""Rows grouped by K-means: scaled, counted, and told how firm the groups are."""

from collections.abc import Sequence
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
class Clusters:
    """Which group each row is in, the largest being 0, and how firm they are.

    `silhouettes` are those of each number of groups that was tried, `stability` is the least adjusted Rand index
    between the groups of a sample and those from five other seeds.
    """

    labels: "Whole"
    silhouettes: dict[int, float]
    stability: float

    @property
    def count(self) -> int:
        """How many groups."""
        return int(self.labels.max()) + 1


def standardised(columns: "Floats") -> "Floats":
    """Columns of mean 0 and variance 1: logarithms of what is skewed, tails cut, what is missing at the mean."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    return np.column_stack([_standardised(columns[:, at]) for at in range(columns.shape[1])])


def components(columns: "Floats", blocks: Sequence[int]) -> "Floats":
    """What the blocks of standardised columns have in common, by multiple factor analysis: what distances are taken of.

    Each block is divided by its first singular value, so that many columns that say the same count no more than one. Of
    the principal components of all, those with an eigenvalue over 1 are kept: more than one block shares them (Escofier
    & Pagès, Computational Statistics & Data Analysis 18, 1994).
    """
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    told, blocked = np.array(columns, dtype=float), np.asarray(blocks)
    for block in sorted(set(blocks)):
        inside = told[:, blocked == block]
        weight = float(np.linalg.eigvalsh(inside.T @ inside / len(inside))[-1])
        if weight > 0:
            told[:, blocked == block] = inside / np.sqrt(weight)
    values, axes = np.linalg.eigh(told.T @ told / len(told))
    kept = max(FEWEST_COMPONENTS, int((values > 1).sum()))  # few kinds of features may share nothing
    projected: Floats = told @ axes[:, ::-1][:, :kept]
    return projected


def _standardised(column: "Floats") -> "Floats":
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from scipy.stats import skew  # noqa: PLC0415 - numbers alone need it

    known = ~np.isnan(column)
    if not known.any():
        return np.zeros(len(column))
    values = np.where(known, column, column[known].mean())
    if values.min() >= 0 and values.std() > 0 and skew(values) > SKEWED:
        values = np.log1p(values)
    low, high = np.quantile(values, TAILS)
    values = np.clip(values, low, high) if high > low else values
    spread = values.std()
    told: Floats = (values - values.mean()) / spread if spread > LEAST_SPREAD else np.zeros(len(values))
    return told


def grouped(rows: "Floats", count: int | None) -> Clusters:
    """The rows by K-means, in `count` groups.

    Else in as many of 2 to 8 as have the greatest mean silhouette (Rousseeuw 1987) of those that other seeds find
    again, where there are such.
    """
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - numbers alone need it

    # On one thread: sums in another order would be others in their last digits, and so might the groups be.
    with threadpool_limits(1):
        sample = rows[chosen(len(rows), FITTED_ROWS)]
        tried = [each for each in COUNTS if each < len(sample)] if count is None else [count]
        centres = {each: _centres(sample, each, SEED) for each in tried}
        silhouettes = {each: _silhouette(sample, centres[each]) for each in tried}
        ranked = sorted(tried, key=lambda each: -silhouettes[each])
        best, stability = _firm(sample, [centres[each] for each in ranked])
        labels = _settled(rows, best)
    sizes = np.bincount(labels, minlength=len(best))
    places = np.empty(len(best), dtype=np.int64)
    places[np.argsort(-sizes, kind="stable")] = np.arange(len(best))
    return Clusters(places[labels], silhouettes, stability)


def chosen(count: int, most: int) -> "Whole":
    """At most so many of the rows by chance, always the same ones, in order."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(SEED).choice(count, most, replace=False))


def _centres(rows: "Floats", count: int, seed: int) -> "Floats":
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to load, and for this alone

    found: Floats = KMeans(count, n_init=STARTS, max_iter=MOST_STEPS, random_state=seed).fit(rows).cluster_centers_
    return found


def _settled(rows: "Floats", centres: "Floats") -> "Whole":
    """The groups that all rows settle into from centres found on some of them."""
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from sklearn.cluster import KMeans  # noqa: PLC0415 - slow to load, and for this alone

    fitted = KMeans(len(centres), init=centres, n_init=1, max_iter=MOST_STEPS, random_state=SEED).fit(rows)
    labels: Whole = fitted.labels_.astype(np.int64)
    return labels


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


def _firm(rows: "Floats", ranked: Sequence["Floats"]) -> tuple["Floats", float]:
    """The first of the centres whose groups other seeds find again, else the very first; and how firm they are."""
    first = None
    for centres in ranked:
        stability = _firmness(rows, centres)
        first = first or (centres, stability)
        if stability >= FIRM:
            return centres, stability
    if first is None:
        raise ValueError("no number of groups was tried")
    return first


def _firmness(rows: "Floats", centres: "Floats") -> float:
    """The least agreement of the groups about these centres with those that other seeds find."""
    labels = _nearest(rows, centres)
    others = (_centres(rows, len(centres), SEED + 1 + each) for each in range(OTHER_SEEDS))
    return min(_agreement(labels, _nearest(rows, each)) for each in others)


def _agreement(one: "Whole", other: "Whole") -> float:
    """The adjusted Rand index of two groupings (Hubert & Arabie 1985)."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415 - slow to load, and for this alone

    return float(adjusted_rand_score(one, other))
