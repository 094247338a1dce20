"""The values of the data by what people call them: found in a question, or near to what it holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from agent.understand.nearness import How, Nearness
from agent.understand.words import all_packed, normal, packed, whole
from warehouse.model import Dimension
from warehouse.warehouse import Reading

# Plain tuples, as the garbage collector passes over those of strings: a dimension, its value, and what that is called.
Home = tuple[str, str, str]


class Found(NamedTuple):
    """A value that stands from `start` up to `end` of a normalised text."""

    start: int
    end: int
    dimension: str
    value: str


class Near(NamedTuple):
    """A value whose name (`surface`) is near to what was asked, and how: never to be taken in silence."""

    dimension: str
    value: str
    surface: str
    how: How


class ValueIndex:
    """Every value that a role may see, by every name of it: the model's words, or else the value as the data have it.

    Names compare in normal form, without regard to spaces. Made once for a reading, in a few milliseconds, or seconds
    for a million values; safe to share between threads.
    """

    def __init__(self, reading: Reading) -> None:
        self._homes: dict[str, tuple[Home, ...]] = {}
        for dimension in reading.model.groupings:
            called = list(surfaces_of(dimension, reading.values[dimension.name]))
            for key, (surface, value) in zip(all_packed(surface for surface, _ in called), called, strict=True):
                home = ((dimension.name, value, surface),)
                if (known := self._homes.setdefault(key, home)) is not home:
                    self._homes[key] = known + home
        self._homes.pop("", None)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for key in self._homes:
            lengths[key[:2]].add(len(key))
        self._lengths = {beginning: tuple(sorted(each)) for beginning, each in lengths.items()}
        self._nearness = Nearness(self._homes)

    def found(self, text: str) -> Iterator[Found]:
        """Every value in a normalised text, overlaps included; no word of letters and no number is cut."""
        places = [place for place, character in enumerate(text) if character != " "]
        dense = text.replace(" ", "")
        for start, character in enumerate(dense):
            beginnings = (character, dense[start : start + 2])[: len(dense) - start]
            for length in chain.from_iterable(self._lengths.get(each, ()) for each in beginnings):
                homes = self._homes.get(dense[start : start + length])
                if homes is not None and start + length <= len(dense):
                    first, end = places[start], places[start + length - 1] + 1
                    if whole(text, first, end):
                        yield from (Found(first, end, *each) for each in _meant(homes, text[first:end]))

    def homes(self, surface: str) -> tuple[tuple[str, str], ...]:
        """The dimensions that have a value of that name, each with the value."""
        return tuple(_meant(self._homes.get(packed(surface), ()), normal(surface)))

    def near(self, span: str) -> tuple[Near, ...]:
        """Values near to a stretch of text that nothing explains, best first: of five names at most."""
        return tuple(
            Near(dimension, value, surface, close.how)
            for close in self._nearness.near(span)
            for dimension, value, surface in close.meaning
        )

    def prepare(self) -> None:
        """Reckon now what the first `near` would: seconds for a million values."""
        self._nearness.prepare()


def surfaces_of(dimension: Dimension, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What the values of a dimension are called, in the model and in the data, each with its value."""
    for value, words in dimension.values.items():
        yield from ((surface, value) for surface in (*words.zh, *words.en))
    yield from ((value, value) for value in values if value not in dimension.values)


def _meant(homes: Sequence[Home], told: str) -> Iterable[tuple[str, str]]:
    """Of two values of one dimension whose names differ in spaces alone, the one written so."""
    if len(homes) > 1 and len({dimension for dimension, _, _ in homes}) < len(homes):
        exact = {dimension for dimension, _, surface in homes if normal(surface) == told}
        homes = [each for each in homes if each[0] not in exact or normal(each[2]) == told]
    return dict.fromkeys((dimension, value) for dimension, value, _ in homes)
