"""Values that share their name, and which of them the bare name means."""

from collections.abc import Iterable
from functools import cache

from agent.understand.words import normal
from warehouse.lexicon.questions import question_words
from warehouse.model import Dimension
from warehouse.warehouse import Reading


class Namesakes:
    """What a bare value means, where it may mean several things.

    A dimension whose name another one's qualifies is the plain one (设备 beside 访问设备), and a bare value is its own.
    Of a dimension within another (a city, a province of one city) the inner is meant where both stand in the same rows:
    whether they do is asked of the data once, when it matters.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._same = cache(reading.same_rows)
        names = (normal(name).partition(" ") for each in reading.model.dimensions.values() for name in each.words.en)
        self._leading = frozenset(first for first, _, rest in names if rest)

    def plain(self, homes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Of dimensions, each with its value of one name, those that the name means with no dimension's name beside it.

        Several are left where nothing tells which is meant.
        """
        told = [(self._reading.model.dimension(name), value) for name, value in homes]
        return self.innermost(
            (each.name, value) for each, value in told if not any(qualifies(each, other) for other, _ in told)
        )

    def innermost(self, homes: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Of these, those that stand in the same rows as none that lies within."""
        told = [(self._reading.model.dimension(name), value) for name, value in homes]
        return tuple(
            (dimension.name, value)
            for dimension, value in told
            if not any(self._narrower(other, each, dimension, value) for other, each in told)
        )

    def needs_name(self, surface: str) -> bool:
        """Whether a value is read beside its dimension's name only: also one that begins the names of others."""
        return needs_name(surface) or normal(surface) in self._leading

    def _narrower(self, inner: Dimension, value: str, outer: Dimension, same: str) -> bool:
        """Whether the first one lies within the second, and their values stand in the same rows."""
        step = inner.within
        while step is not None and step != outer.name:
            step = self._reading.model.dimension(step).within
        return step is not None and self._same((inner.name, value), (outer.name, same))


def needs_name(surface: str) -> bool:
    """Whether a value is read beside its dimension's name only: a word of questions, a letter, a number."""
    word = normal(surface)
    return word in _closed() or word.isdigit() or (len(word) == 1 and word.isascii())


@cache
def _closed() -> frozenset[str]:
    return frozenset(normal(each.surface) for each in question_words())


def qualifies(dimension: Dimension, plain: Dimension) -> bool:
    """Whether the dimension's name is the other one's with something before it."""
    label, other = dimension.words.label, plain.words.label
    return any(a != b and a.endswith(b) for a, b in ((label.zh, other.zh), (label.en, f" {other.en}")))
