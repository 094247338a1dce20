"""Values that share their name with something else, and which of them a bare name means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from agent.understand.words import read
from warehouse.errors import NotAllowed
from warehouse.lexicon.questions import question_words
from warehouse.model import Dimension, SemanticModel
from warehouse.query import Filter, Not, People
from warehouse.stop import Stop
from warehouse.warehouse import Reading


class Namesakes:
    """What a bare value means, where it may mean several things.

    A dimension whose name another one's qualifies is the plain one (设备 beside 访问设备), and a bare value is its own.
    Of a dimension within another (a city, a province of one city) the inner is meant where both hold the same people.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._closed = frozenset(map(normal, _words(reading.model)))
        self._deeds = _after_done(reading.model)
        self._homes: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for dimension in reading.model.groupings:
            for surface, value in surfaces_of(dimension, reading.values[dimension.name]):
                self._homes[normal(surface)][dimension.name] = value
        self._same = cache(self._same_people)

    def is_a_word(self, surface: str) -> bool:
        """Whether the surface is a word of questions, a letter, a number, a kind of rows, or tells what was done."""
        word = normal(surface)
        return word in self._closed or word in self._deeds or word.isdigit() or (len(word) == 1 and word.isascii())

    def alone(self, dimension: Dimension, surface: str) -> bool:
        """Whether the surface means that value of the dimension without the dimension's name beside it."""
        homes = self._homes[normal(surface)]
        others = [self._reading.model.dimension(name) for name in homes if name != dimension.name]
        return not any(_qualifies(dimension, each) or self._narrower(each, dimension, homes) for each in others)

    def _narrower(self, inner: Dimension, outer: Dimension, homes: dict[str, str]) -> bool:
        """Whether the other one lies within this one, and the value of either is the same people."""
        model = self._reading.model
        step = inner.within
        while step is not None and step != outer.name:
            step = model.dimension(step).within
        return step is not None and self._same(inner.name, homes[inner.name], outer.name, homes[outer.name])

    def _same_people(self, inner: str, value: str, outer: str, same: str) -> bool:
        resolver = self._reading.resolver
        if not resolver.about_people(self._reading.model.dimension(inner)):
            return False
        a, b = Filter(dimension=inner, values=(value,)), Filter(dimension=outer, values=(same,))
        try:
            return not (self._count(People(where=(a, Not(not_=b)))) or self._count(People(where=(b, Not(not_=a)))))
        except NotAllowed:
            return False

    def _count(self, people: People) -> object:
        reading = self._reading
        compiled = reading.compiler.count(reading.resolver.people(people))
        return reading.read(compiled, limit=1, stop=Stop()).table.rows[0][0]


def normal(surface: str) -> str:
    """A surface as questions have it after normalisation."""
    return read(surface).text.strip()


def surfaces_of(dimension: Dimension, values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What the values of a dimension are called, in the model and in the data, each with its value."""
    for value in dict.fromkeys((*dimension.values, *values)):
        words = dimension.values.get(value)
        for surface in (value,) if words is None else (*words.zh, *words.en):
            yield surface, value


def _words(model: SemanticModel) -> Iterator[str]:
    yield from (each.surface for each in question_words())
    for source in model.sources.values():
        if source.row is not None:
            yield from (*source.row.zh, *source.row.en)


def _after_done(model: SemanticModel) -> frozenset[str]:
    """What is told as done may be a state now, or that it was done at all: an order paid."""
    done = [each.surface for each in question_words() if each.kind == "done"]
    deeds = [surface for behaviour in model.behaviours.values() for surface in behaviour.words.zh]
    return frozenset(normal(word + deed) for word in done for deed in deeds)


def _qualifies(dimension: Dimension, plain: Dimension) -> bool:
    """Whether the dimension's name is the other one's with something before it."""
    label, other = dimension.words.label, plain.words.label
    return any(a != b and a.endswith(b) for a, b in ((label.zh, other.zh), (label.en, f" {other.en}")))
