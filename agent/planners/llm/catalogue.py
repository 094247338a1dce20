"""The part of the model that a question may need, best first: found by the letters that names and question share."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from agent.understand import tool_cues
from agent.understand.cover import Cover
from agent.understand.mentions import Born, Dating, Deed, Dimension, Grouping, Measure, Member, Ranked, Value
from agent.understand.words import normal
from tools.tool import Tool
from warehouse.lexicon.questions import question_words
from warehouse.model import SemanticModel, Words
from warehouse.text import LANGUAGES, Text
from warehouse.timepart import TIME_PARTS

LETTERS = re.compile(r"[a-z]+|[一-鿿]+")
STEM = 5
NAMED = 1000.0  # what a name that stands in the question counts
TOLD_BY_DEFINITION = 0.4
MOST_TOOLS = 4
MOST_TOLD = 400  # characters of a definition that are looked at

Key = tuple[str, str]


@dataclass(frozen=True)
class Found:
    """Names by kind, best first."""

    metrics: tuple[str, ...]
    dimensions: tuple[str, ...]
    behaviours: tuple[str, ...]
    segments: tuple[str, ...]


class Catalogue:
    """The names of one model, by what they are called and defined as."""

    def __init__(self, model: SemanticModel) -> None:
        self._model = model
        self._called = {key: grams(_surfaces(words)) for key, words, _ in _things(model)}
        self._defined = {key: grams(_told(definition)) for key, _, definition in _things(model)}
        seen = Counter(gram for grams in self._called.values() for gram in grams)
        called = model.customer.words
        self._common = grams([*called.zh, *called.en, *(each.surface for each in question_words())])
        self._weights: Mapping[str, float] = {gram: math.log(1 + len(self._called) / n) for gram, n in seen.items()}

    def found(self, question: str, covered: Cover) -> Found:
        """The names of each kind, in the order in which a question may need them."""
        asked = grams([question])
        named = set(_named(covered, self._model))
        scores = {key: self._score(key, asked) + NAMED * (key in named) for key in self._called}
        best = sorted(scores, key=lambda key: -scores[key])
        return Found(*(tuple(name for kind, name in best if kind == each) for each in Found.__annotations__))

    def tools(self, question: str, tools: Iterable[Tool]) -> tuple[Tool, ...]:
        """Those asked for without words of their own; of the others those named, and a few whose words it shares.

        What customers are called, and the words of any question, are no tool's.
        """
        named = {each.tool for each in tool_cues.find(normal(question))}
        asked = grams([question]) - self._common
        shared = {each.name: len(asked & _cues(each)) for each in tools}
        best = sorted(shared, key=lambda name: -shared[name])[:MOST_TOOLS]
        likely = {*named, *(name for name in best if shared[name] > 1)}
        return tuple(each for each in tools if not each.asked.cues.all or each.name in likely)

    def _score(self, key: Key, asked: frozenset[str]) -> float:
        called, defined = self._called[key], self._defined[key] - self._called[key]
        shared = sum(self._weights.get(each, 0.0) for each in asked & called)
        hinted = sum(self._weights.get(each, 1.0) for each in asked & defined)
        return (shared + TOLD_BY_DEFINITION * hinted) / math.sqrt(1 + len(called))


def _cues(tool: Tool) -> frozenset[str]:
    return _cached_grams((*tool.asked.cues.all, *(tool.answers.said(each) for each in LANGUAGES)))


@cache
def _cached_grams(texts: tuple[str, ...]) -> frozenset[str]:
    return grams(texts)


def _things(model: SemanticModel) -> Iterator[tuple[Key, Words, Text | None]]:
    yield from ((("metrics", each.name), each.words, each.definition) for each in model.metrics.values())
    dimensions = (*model.dimensions.values(), *TIME_PARTS.values())
    yield from ((("dimensions", each.name), each.words, _values(each.values)) for each in dimensions)
    yield from ((("behaviours", each.name), each.words, each.definition) for each in model.behaviours.values())
    yield from ((("segments", each.name), each.words, each.definition) for each in model.segments.values())


def _values(values: Mapping[str, Words]) -> Text:
    """What a dimension's values are called, which defines it."""
    return Text(" ".join((*values, *(each for words in values.values() for each in words.zh))), "")


def _named(covered: Cover, model: SemanticModel) -> Iterator[Key]:
    """The names that stand in the question, and the dimensions that what it tells is of."""
    for mention in (each for stretch in covered.stretches for each in stretch):
        match mention.meaning:
            case Measure(metric=name) | Ranked(metric=name):
                yield "metrics", name
            case Dimension(name=name) | Dating(dimension=name) | Value(dimension=name):
                yield "dimensions", name
            case Grouping(group=group):
                yield "dimensions", group.dimension
            case Deed(behaviour=name):
                yield "behaviours", name
                about = model.behaviours[name].about
                yield from () if about is None else [("dimensions", about)]
            case Born():
                born = (each.name for each in model.dimensions.values() if each.kind == "birth_year")
                yield from (("dimensions", each) for each in born)
            case Member(segment=name):
                yield "segments", name


def _surfaces(words: Words) -> Sequence[str]:
    return (*words.zh, *words.en)


def _told(definition: Text | None) -> Sequence[str]:
    return () if definition is None else [definition.said(each)[:MOST_TOLD] for each in LANGUAGES]


def grams(texts: Iterable[str]) -> frozenset[str]:
    """Pairs of Chinese characters; Latin words by how they begin."""
    grams: set[str] = set()
    for run in (run for text in texts for run in LETTERS.findall(normal(text))):
        if run.isascii():
            grams |= {run[:STEM]} if len(run) > 1 else set()
        else:
            grams |= {run[at : at + 2] for at in range(max(1, len(run) - 1))}
    return frozenset(grams)
