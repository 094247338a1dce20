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
    Member,
    Mention,
    People,
    Value,
    When,
    Word,
)
from agent.understand.namesakes import Namesakes, normal, surfaces_of
from tools.chart import DrawnAs
from warehouse.days import Grain
from warehouse.lexicon.questions import question_words
from warehouse.model import Dimension, SegmentDefinition, SemanticModel, Words
from warehouse.period import Last
from warehouse.warehouse import Reading

# What a word such as "recently" may mean; the asker chooses.
VAGUE_TIME = (Last(n=7, unit="day"), Last(n=30, unit="day"))


class Vocabulary:
    """Surfaces in normal form, looked up at any place of a text."""

    def __init__(self, reading: Reading) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        for surface, meaning in (*_closed(), *_model(reading.model), *_values(reading)):
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
        word = normal(surface)
        if not word:
            return
        meanings = self._meanings.setdefault(word, [])
        if meaning not in meanings:
            meanings.append(meaning)
        self._longest[word[0]] = max(self._longest.get(word[0], 0), len(word))


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
    for behaviour in model.behaviours.values():
        yield from _all(behaviour.words, Deed(behaviour.name, negated=False))
        yield from _all(behaviour.negated, Deed(behaviour.name, negated=True))
        yield from ((surface, Deed(behaviour.name, negated=False, bare=True)) for surface in behaviour.bare)
    for segment in model.segments.values():
        yield from _all(segment.words, Member(segment.name))
        yield from ((surface, Member(segment.name)) for surface in _explained(segment))
    yield from _all(model.customer.words, People())


def _values(reading: Reading) -> Iterator[tuple[str, Meaning]]:
    namesakes = Namesakes(reading)
    for dimension in reading.model.groupings:
        for surface, value in surfaces_of(dimension, reading.values[dimension.name]):
            if namesakes.is_a_word(surface):
                yield from ((named, Value(dimension.name, value)) for named in _with_name(dimension, surface))
            else:
                yield surface, Value(dimension.name, value, alone=namesakes.alone(dimension, surface))


def _explained(segment: SegmentDefinition) -> Iterator[str]:
    """A segment with what it is beside its name, as sayings have it."""
    label, meaning = segment.words.label, segment.definition
    yield from (f"{label.zh}（{meaning.zh}）", f"{label.en} ({meaning.en})")


def _with_name(dimension: Dimension, surface: str) -> Iterator[str]:
    yield from (f"{name}{mark}{surface}" for name in dimension.words.zh for mark in ("", "："))
    yield from (f"{name}{mark} {surface}" for name in dimension.words.en for mark in ("", ":"))


def _all(words: Words, meaning: Meaning) -> Iterator[tuple[str, Meaning]]:
    for surface in (*words.zh, *words.en):
        yield surface, meaning
