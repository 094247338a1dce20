"""Bounds told again of a column that has some: more than 120, after more than 150."""

from collections.abc import Sequence

from agent.understand.grammar.phrase import Phrase
from warehouse.query import Bounds, Having


def rebound(old: Sequence[Having], new: Sequence[Having], phrase: Phrase) -> tuple[Having, ...]:
    """The bounds of both, without those that new ones take the place of."""
    kept = (each for each in old if not any(_replaces(other, each, phrase) for other in new))
    return (*kept, *new)


def _replaces(new: Having, old: Having, phrase: Phrase) -> bool:
    """Whether a bound stands in the place of one.

    One on the other side of what is left may be one more; it is where words narrow or add.
    """
    if new.column != old.column:
        return False
    if new.bounds == old.bounds or not _opposite(new.bounds, old.bounds):
        return True
    return not (phrase.has("only", "also", "and") or phrase.fork("both bounds"))


def _opposite(one: Bounds, other: Bounds) -> bool:
    """Whether one bounds numbers from below and the other from above, with some between them."""
    (low, high), (least, most) = _ends(one), _ends(other)
    if low is None and least is not None and most is None:
        return high is not None and least < high
    return least is None and low is not None and high is None and most is not None and low < most


def _ends(bounds: Bounds) -> tuple[float | None, float | None]:
    low = bounds.at_least if bounds.at_least is not None else bounds.more_than
    high = bounds.at_most if bounds.at_most is not None else bounds.less_than
    return None if low is None else float(low), None if high is None else float(high)
