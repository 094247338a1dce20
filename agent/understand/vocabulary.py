"""Every surface with a meaning: the model's names and values, and the closed-class words."""

from collections.abc import Iterator
from typing import cast

from agent.understand.mentions import (
    Bucket,
    Deed,
    Drawn,
    Filler,
    Group,
    Meaning,
    Measure,
    Mention,
    People,
    Value,
    When,
    Word,
)
from agent.understand.words import read
from tools.query import DrawnAs
from warehouse.days import Grain
from warehouse.lexicon.questions import question_words
from warehouse.model import SemanticModel, Words
from warehouse.period import Last
from warehouse.warehouse import Reading

# What a word such as "recently" may mean; the asker chooses.
VAGUE_TIME = (Last(n=7, unit="day"), Last(n=30, unit="day"))


class Vocabulary:
    """Surfaces in normal form, looked up at any place of a text."""

    def __init__(self, reading: Reading) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        for surface, meaning in _entries(reading):
            self._add(surface, meaning)

    def found(self, text: str) -> Iterator[Mention]:
        """Every surface in the text, overlaps included. Latin words and digits are matched whole."""
        for start, character in enumerate(text):
            longest = self._longest.get(character, 0)
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                meanings = self._meanings.get(text[start:end])
                if meanings and whole(text, start, end):
                    yield from (Mention(start, end, meaning) for meaning in meanings)

    def _add(self, surface: str, meaning: Meaning) -> None:
        normal = read(surface).text.strip()
        if not normal:
            return
        meanings = self._meanings.setdefault(normal, [])
        if meaning not in meanings:
            meanings.append(meaning)
        self._longest[normal[0]] = max(self._longest.get(normal[0], 0), len(normal))


def whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut at either end."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if not (before.isascii() and after.isascii()):
        return False
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())


def _entries(reading: Reading) -> Iterator[tuple[str, Meaning]]:
    yield from _closed()
    yield from _model(reading.model)
    for dimension, values in reading.values.items():
        for value in values:
            yield value, Value(dimension, value)


def _closed() -> Iterator[tuple[str, Meaning]]:
    for surface, kind, argument in question_words():
        match kind:
            case "filler":
                yield surface, Filler()
            case "grain":
                yield surface, Bucket(cast("Grain", argument))
            case "chart":
                yield surface, Drawn(cast("DrawnAs", argument))
            case "vague_time":
                yield from ((surface, When(period)) for period in VAGUE_TIME)
            case _:
                yield surface, Word(kind)


def _model(model: SemanticModel) -> Iterator[tuple[str, Meaning]]:
    for metric in model.metrics.values():
        yield from _all(metric.words, Measure(metric.name))
        for grain, surfaces in metric.per.items():
            yield from ((surface, Measure(metric.name, grain)) for surface in surfaces)
    for dimension in model.groupings:
        yield from _all(dimension.words, Group(dimension.name))
        for value, words in dimension.values.items():
            yield from _all(words, Value(dimension.name, value))
    for behaviour in model.behaviours.values():
        yield from _all(behaviour.words, Deed(behaviour.name, negated=False))
        yield from _all(behaviour.negated, Deed(behaviour.name, negated=True))
        yield from ((surface, Deed(behaviour.name, negated=False, bare=True)) for surface in behaviour.bare)
    yield from _all(model.customer.words, People())


def _all(words: Words, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    for surface in (*words.zh, *words.en):
        yield surface, meaning
