"""Every surface with a meaning: the model's names and the closed-class words; values have an index of their own."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from agent.understand.closed_class import surfaces
from agent.understand.deeds import inflected
from agent.understand.inflections import plural, superlatives
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
PEOPLE = "people"
HEADCOUNT = Word((("headcount", None),))
YIELDS: dict[type, tuple[type, ...]] = {Dating: (Deed,), Rows: (Dimension, Measure, Rows), Word: (Measure,)}


JOINT = re.compile(r"(?:,? and|,? or|,) $")
LAST_WORDS = re.compile(r"(?<![a-z0-9-])(?=([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*){0,2})$)")


class Vocabulary:
    """Surfaces in normal form, looked up at any place of a text."""

    def __init__(self, model: SemanticModel) -> None:
        self._meanings: dict[str, list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        for surface, meaning in (*_closed(), *_times_told(model), *_model(model), *_times()):
            self._add(surface, meaning)
        self._listed = tuple(self._meanings)
        forms = [(normal(surface), deed) for surface, deed in inflected(model)]
        for surface, deed in [each for each in forms if not self._means(*each)]:
            self._add(surface, deed)
        for surface, measure in [each for each in _counted(model) if not self._told_by_others(each[0])]:
            self._add(surface, measure)

    def names(self, kinds: tuple[type, ...]) -> Iterator[tuple[str, Meaning]]:
        """The surfaces that mean one of these kinds, without those that only other forms of them have."""
        for surface in self._listed:
            yield from ((surface, each) for each in self._meanings[surface] if isinstance(each, kinds))

    def means(self, surface: str) -> Sequence[Meaning]:
        """What a surface in normal form means."""
        return self._meanings.get(surface, ())

    def _told_by_others(self, text: str) -> bool:
        """Whether a text is told by other surfaces, one after the other."""
        reached = {0}
        for end in range(1, len(text) + 1):
            reached |= {end} if any(text[start:end] in self._meanings for start in reached) else set()
        return len(text) in reached

    def _means(self, form: str, deed: Deed) -> bool:
        """Whether a form that the model does not list means something already; a bare verb may mean that, too."""
        meanings = self._meanings.get(form, ())
        return any(isinstance(each, Deed) for each in meanings) if deed.bare else bool(meanings)

    def found(self, text: str) -> Iterator[Mention]:
        """Every surface in the text, overlaps included. Latin words and digits are matched whole."""
        for start, character in enumerate(text):
            longest = self._longest.get(character, 0)
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                meanings = self._meanings.get(text[start:end])
                if meanings and whole(text, start, end):
                    yield from (Mention(start, end, meaning) for meaning in meanings)
                    if any(isinstance(each, Measure | Member) for each in meanings):
                        yield from (each for each in self._elliptic(text, start, end) if each.meaning not in meanings)

    def _elliptic(self, text: str, start: int, end: int) -> Iterator[Mention]:
        """The metrics, or people, before some in a list that leave out the last words: positive and negative rates."""
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
        """The metrics, or people, that the last words of a text name together with those."""
        for words in reversed(list(LAST_WORDS.finditer(text))):
            found = [
                each for each in self._meanings.get(f"{words[1]} {tail}", ()) if isinstance(each, Measure | Member)
            ]
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


def _closed() -> Iterator[tuple[str, Meaning]]:
    roles: dict[str, list[tuple[str, str | None]]] = {}
    for surface, kind, argument in question_words():
        if kind == PEOPLE:
            yield surface, People()
        else:
            roles.setdefault(normal(surface), []).append((kind, argument))
    yield from ((surface, Word(tuple(dict.fromkeys(each)))) for surface, each in roles.items())


def _model(shop: SemanticModel) -> Iterator[tuple[str, Meaning]]:
    for metric in shop.metrics.values():
        yield from _all(metric.words, Measure(metric.name))
        for grain, words in metric.per.items():
            yield from ((surface, Measure(metric.name, grain)) for surface in words)
        yield from ((form, Ranked(metric.name)) for surface in metric.ranks for form in superlatives(surface))
        last = (form for surface in metric.ranks_last for form in superlatives(surface))
        yield from ((form, Ranked(metric.name, descending=False)) for form in last)
        yield from ((surface, Ranked(metric.name, people=True)) for surface in metric.ranks_people)
    for behaviour in shop.behaviours.values():
        yield from _all(behaviour.words, Deed(behaviour.name))
        yield from _all(behaviour.negated, Deed(behaviour.name, negated=True))
        yield from ((surface, Deed(behaviour.name, bare=True)) for surface in behaviour.bare)
    for dimension in (*shop.dimensions.values(), *TIME_PARTS.values()):
        yield from _all(dimension.words, Dimension(dimension.name))
        verb = Dating(dimension.name) if dimension.kind == "date" else Dimension(dimension.name, verb=True)
        yield from ((surface, verb) for surface in dimension.verbs)
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


def _counted(shop: SemanticModel) -> Iterator[tuple[str, Measure]]:
    """What a metric counts, by its Chinese name: 差评 of 差评数."""
    for metric in shop.metrics.values():
        counts = any(route.aggregate in {"count", "count_distinct"} for route in metric.routes)
        stems = [each.removesuffix("数") for each in metric.words.zh if each.endswith("数") and counts]
        yield from ((each, Measure(metric.name)) for each in stems if len(each) > 1 and not each.endswith("人"))


def _times_told(shop: SemanticModel) -> Iterator[tuple[str, Word]]:
    """What asks for, or names, how often something was done, by what its times are counted by: 多少趟, 趟数."""
    nouns = {each for behaviour in shop.behaviours.values() for each in behaviour.counted.zh}
    for noun in sorted(nouns):
        yield f"{noun}数", Word((("times_noun", None),))
        yield from ((f"{each}{noun}", Word((("how_many", None),))) for each in surfaces("how_many_bare"))


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
