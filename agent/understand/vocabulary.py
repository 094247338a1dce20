"""Every surface with a meaning: the model's names and the closed-class words; values have an index of their own."""

import re
from collections.abc import Iterator
from typing import Any

from agent.understand.mentions import (
    Dating,
    Deed,
    Dimension,
    Grouping,
    Meaning,
    Measure,
    Member,
    Mention,
    People,
    Ranked,
    Rows,
    Vague,
    Value,
    Word,
)
from agent.understand.words import normal, whole
from warehouse import model
from warehouse.days import Bucket
from warehouse.labels import OF_DAY, group_label
from warehouse.lexicon.questions import question_words
from warehouse.model import SegmentDefinition, SemanticModel, Words
from warehouse.query import Group
from warehouse.resolved import Grouped
from warehouse.timepart import TIME_PARTS
from warehouse.values import TIMES

BUCKETS: tuple[Bucket, ...] = ("day", "week", "month", "quarter", "year")
# What our own words for parts of time are called besides their names.
TIME_VALUES = {
    "周末": ("双休日", "weekend", "weekends"),
    "工作日": ("周中", "weekday", "weekdays", "working days", "workdays"),
    "节假日": ("放假", "假期", "法定节假日", "public holidays", "holidays", "public holiday"),
    "平日": ("平时", "非节假日", "ordinary days", "non-holidays"),
}


# A name for what is dated is what was done, too, and one of rows what they are grouped by: that is what it means.
HEADCOUNT = Word((("headcount", None),))
YIELDS: dict[type, tuple[type, ...]] = {Dating: (Deed,), Rows: (Dimension, Measure, Rows), Word: (Measure,)}


VOWELS = frozenset("aeiou")
ASPECTS = frozenset("过了")
SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
JOINT = re.compile(r"(?:,? and|,? or|,) $")
LAST_WORDS = re.compile(r"(?<![a-z0-9-])(?=([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*){0,2})$)")


class Vocabulary:
    """Surfaces in normal form, looked up at any place of a text."""

    def __init__(self, model: SemanticModel) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        for surface, meaning in (*_closed(), *_model(model), *_times()):
            self._add(surface, meaning)

    def names(self, kinds: tuple[type, ...]) -> Iterator[tuple[str, Meaning]]:
        """The surfaces that mean one of these kinds."""
        for surface, meanings in self._meanings.items():
            yield from ((surface, each) for each in meanings if isinstance(each, kinds))

    def found(self, text: str) -> Iterator[Mention]:
        """Every surface in the text, overlaps included. Latin words and digits are matched whole."""
        for start, character in enumerate(text):
            longest = self._longest.get(character, 0)
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                meanings = self._meanings.get(text[start:end])
                if meanings and whole(text, start, end):
                    yield from (Mention(start, end, meaning) for meaning in meanings)
                    if any(isinstance(each, Measure) for each in meanings):
                        yield from (each for each in self._elliptic(text, start, end) if each.meaning not in meanings)

    def _elliptic(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """The metrics before one in a list that leave out its last words: positive and negative review rates."""
        words = text[start:end].split(" ")
        for kept in range(1, len(words)):
            tail, before = " ".join(words[kept:]), start
            while (joint := JOINT.search(text[:before])) is not None:
                head = self._head(text[: joint.start()], tail)
                yield from head
                if not head:
                    break
                before = head[0].start

    def _head(self, text: str, tail: str) -> list[Mention]:
        """The metrics that the last words of a text name together with those."""
        for words in reversed(list(LAST_WORDS.finditer(text))):
            found = [each for each in self._meanings.get(f"{words[1]} {tail}", ()) if isinstance(each, Measure)]
            if found:
                return [Mention(words.start(1), len(text), each) for each in found]
        return []

    def _add(self, surface: str, meaning: Meaning) -> None:
        word = normal(surface)
        if not word:
            return
        meanings = self._meanings.setdefault(word, [])
        if meaning not in meanings and not any(isinstance(each, YIELDS.get(type(meaning), ())) for each in meanings):
            meanings.append(meaning)
        self._longest[word[0]] = max(self._longest.get(word[0], 0), len(word))


def plural(name: str) -> str:
    """An English name for several of what it names: of its head, days of stock, or else its last word."""
    head, of, rest = name.partition(" of ")
    if not head[-1:].isascii() or not head[-1:].isalpha() or (head.endswith("s") and not head.endswith("ss")):
        return name
    if head[-1] in "yY" and head[-2:-1].lower() not in VOWELS:
        return f"{head[:-1]}ies{of}{rest}"
    return f"{head}es{of}{rest}" if SIBILANT.search(head) else f"{head}s{of}{rest}"


def _closed() -> Iterator[tuple[str, Word]]:
    roles: dict[str, list[tuple[str, str | None]]] = {}
    for surface, kind, argument in question_words():
        roles.setdefault(normal(surface), []).append((kind, argument))
    return ((surface, Word(tuple(dict.fromkeys(each)))) for surface, each in roles.items())


def _model(shop: SemanticModel) -> Iterator[tuple[str, Meaning]]:
    for metric in shop.metrics.values():
        yield from _all(metric.words, Measure(metric.name))
        for grain, surfaces in metric.per.items():
            yield from ((surface, Measure(metric.name, grain)) for surface in surfaces)
        yield from ((surface, Ranked(metric.name)) for surface in metric.ranks)
    for behaviour in shop.behaviours.values():
        yield from _all(behaviour.words, Deed(behaviour.name))
        yield from ((each, Deed(behaviour.name)) for verb in behaviour.words.zh for each in _aspects(verb))
        yield from _all(behaviour.negated, Deed(behaviour.name, negated=True))
        yield from ((surface, Deed(behaviour.name, bare=True)) for surface in behaviour.bare)
    for dimension in (*shop.dimensions.values(), *TIME_PARTS.values()):
        yield from _all(dimension.words, Dimension(dimension.name))
        tied = Dating if dimension.kind == "date" else Dimension
        yield from ((surface, tied(dimension.name)) for surface in dimension.verbs)
        if dimension.kind == "date":
            surfaces = (*dimension.words.zh, *dimension.words.en)
            yield from ((OF_DAY.sub("", each), Dating(dimension.name)) for each in surfaces if OF_DAY.search(each))
            yield from ((surface, Grouping(group)) for group, surface in _groupings(dimension))
    for segment in shop.segments.values():
        yield from _all(segment.words, Member(segment.name))
        yield from ((surface, Member(segment.name)) for surface in _explained(segment))
    yield from _all(shop.customer.words, People())
    yield from ((f"{each}{end}", HEADCOUNT) for each in shop.customer.words.zh for end in ("数", "人数"))
    for place, unclear in enumerate(shop.unclear):
        yield from _all(unclear.words, Vague(place))
    for source in shop.sources.values():
        if source.row is not None and source.name != shop.customer.source:
            yield from _all(source.row, Rows(source.name))


def _aspects(verb: str) -> Iterator[str]:
    """A Chinese verb of two characters that somebody has done: 到店 is 到过店, 到店过, 到了店."""
    if len(verb) == len("到店") and not verb.isascii() and not set(verb) & ASPECTS:
        yield from (told for each in ASPECTS for told in (f"{verb[0]}{each}{verb[1]}", f"{verb}{each}"))


def _groupings(dimension: model.Dimension) -> Iterator[tuple[Group, str]]:
    """A dimension of days by its buckets and by the time passed since, as sayings call them."""
    for grain in BUCKETS:
        for group in (Group(dimension=dimension.name, grain=grain), Group(dimension=dimension.name, since=grain)):
            label = group_label(Grouped(dimension, group))
            yield from ((group, label.zh), (group, label.en))


def _times() -> Iterator[tuple[str, Meaning]]:
    for dimension in TIME_PARTS.values():
        for value in dimension.values:
            yield from ((each, Value(dimension.name, value)) for each in (value, *TIME_VALUES[value], TIMES[value]))


def _explained(segment: SegmentDefinition) -> Iterator[str]:
    """A segment with what it is beside its name, as sayings have it."""
    label, meaning = segment.words.label, segment.definition
    yield from (f"{label.zh}（{meaning.zh}）", f"{label.en} ({meaning.en})")


def _all(words: Words, meaning: Any) -> Iterator[tuple[str, Meaning]]:
    for surface in (*words.zh, *words.en):
        yield surface, meaning
    if isinstance(meaning, Measure | Dimension | Rows | People):
        yield from ((plural(surface), meaning) for surface in words.en)
