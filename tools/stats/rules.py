"""Groups told by few rules: a shallow decision tree each, and how often they are right on rows they have not seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Whole = np.ndarray[Any, np.dtype[np.int64]]

SEED = 20
DEEPEST = 3
FEWEST_IN_LEAF = 20
MOST_ROWS = 40_000


@dataclass(frozen=True)
class Bound:
    """That a column's value is above a number, or at most it."""

    column: int
    value: float
    above: bool


@dataclass(frozen=True)
class Rule:
    """Rows of which all bounds hold, most of them in the group.

    Of the unseen rows `held` are here, `right` of them in the group.
    """

    bounds: tuple[Bound, ...]
    group: int
    held: int
    right: int


@dataclass(frozen=True)
class Rules:
    """The rules, and the share of unseen rows that they put right beside that of always saying the largest group.

    `sizes` are the unseen rows of each group.
    """

    rules: tuple[Rule, ...]
    sizes: tuple[int, ...]
    accuracy: float
    baseline: float


def told(columns: "Floats", labels: "Whole") -> Rules:
    """For each group a tree that tells it from the others, fitted on one half of the rows and judged on the other.

    A row that several trees claim is in the group whose tree is surest. What is missing is at its column's mean.
    """
    import numpy as np  # noqa: PLC0415 - numbers alone need it
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415 - slow to load, and for this alone

    if len(labels) > MOST_ROWS:
        sample = np.random.default_rng(SEED).choice(len(labels), MOST_ROWS, replace=False)
        columns, labels = columns[sample], labels[sample]
    seen = np.random.default_rng(SEED).permutation(len(labels)) % 2 == 0
    filled = np.where(np.isnan(columns), np.nan_to_num(np.nanmean(columns, axis=0)), columns)
    fewest = min(FEWEST_IN_LEAF, max(1, len(labels) // 20))
    judged, truth = filled[~seen], labels[~seen]
    rules, chances = [], []
    for group in range(int(labels.max()) + 1):
        tree = DecisionTreeClassifier(max_depth=DEEPEST, min_samples_leaf=fewest, random_state=SEED)
        tree.fit(filled[seen], labels[seen] == group)
        chances.append(tree.predict_proba(judged)[:, -1] * tree.classes_[-1])
        rules += [_judged(bounds, group, judged, truth) for bounds, inside in _leaves(tree.tree_) if inside]
    accuracy = float((np.argmax(chances, axis=0) == truth).mean())
    largest = np.bincount(labels[seen]).argmax()
    sizes = tuple(np.bincount(truth, minlength=int(labels.max()) + 1).tolist())
    return Rules(tuple(rules), sizes, accuracy, float((truth == largest).mean()))


def _leaves(tree: Any, node: int = 0) -> list[tuple[tuple[Bound, ...], bool]]:
    """The leaves with the bounds on the way there, and whether most there are inside; neighbours alike are one."""
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        return [((), bool(tree.value[node][0][-1] > tree.value[node][0][0]))]
    column, value = int(tree.feature[node]), float(tree.threshold[node])
    below, above = _leaves(tree, left), _leaves(tree, right)
    if len(below) == len(above) == 1 and below[0] == above[0]:
        return below
    return [
        *(((Bound(column, value, above=False), *bounds), inside) for bounds, inside in below),
        *(((Bound(column, value, above=True), *bounds), inside) for bounds, inside in above),
    ]


def _judged(bounds: tuple[Bound, ...], group: int, rows: "Floats", truth: "Whole") -> Rule:
    import numpy as np  # noqa: PLC0415 - numbers alone need it

    here = np.ones(len(rows), dtype=bool)
    for each in bounds:
        column = rows[:, each.column]
        here &= column > each.value if each.above else column <= each.value
    return Rule(_tightest(bounds), group, int(here.sum()), int((here & (truth == group)).sum()))


def _tightest(bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    """Of several bounds of one column on one side the last, which is the tightest on a way down a tree."""
    last = {(each.column, each.above): each for each in bounds}
    return tuple(last.values())
