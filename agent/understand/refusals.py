"""What a question asks for that cannot be known from the data, or that would change or leak it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agent.understand.words import normal
from warehouse.labels import join
from warehouse.lexicon.phrases import Pattern, Place
from warehouse.lexicon.refusals import RefusalWords, refusals
from warehouse.model import SemanticModel, Words
from warehouse.text import Text

CLAUSE_ENDS = ",，。.;；!！?？\n"
NEVER = ("\0",)  # a class without words, which no text has
MOST_NAMED = 3


class FoundRefusal(NamedTuple):
    """Words of a question that are refused, and the kind of what they ask for."""

    start: int
    end: int
    kind: str


class _Kind(NamedTuple):
    words: RefusalWords
    phrases: Pattern
    unless: Pattern


class Refusals:
    """The closed list of what is refused, with the model's own words for its rows and personal columns."""

    def __init__(self, model: SemanticModel) -> None:
        self._model = model
        classes = _classes(model)
        self._kinds = {
            name: _Kind(words, Pattern(words.all, classes), Pattern(words.unless.all))
            for name, words in refusals().kinds.items()
        }

    def find(self, text: str, known: Sequence[tuple[int, int]] = ()) -> tuple[FoundRefusal, ...]:
        """What a normalised text asks for of it, in the order of kinds.

        What stands inside a `known` name of the data, or cuts one, is none; of personal columns only what stands
        inside a longer one.
        """
        names = [Place(*each) for each in known]
        found = (each for name, kind in self._kinds.items() for each in _found(name, kind, text, names))
        return tuple(dict.fromkeys(found))

    def why(self, kind: str, told: str) -> Text:
        """Why it is refused, naming the words that were told, and what can be asked instead."""
        words = self._kinds[kind].words
        zh, en = (self._filled(words, language) for language in (0, 1))
        return Text(f"“{told}”：{zh[0]}。{zh[1]}。", f"“{told}”: {en[0]}. {en[1][:1].upper()}{en[1][1:]}.")

    def _filled(self, words: RefusalWords, language: int) -> tuple[str, str]:
        labels = [each.words.label for each in list(self._model.metrics.values())[:MOST_NAMED]]
        slots = {"shop": self._model.name[language], "metrics": join(labels, Text("、", ", "))[language]}
        return words.why.text()[language].format(**slots), words.instead.text()[language].format(**slots)


def _found(name: str, kind: _Kind, text: str, names: Sequence[Place]) -> Iterable[FoundRefusal]:
    for place in sorted({each.place for each in kind.phrases.find(text)}, key=lambda each: (each.start, -each.end)):
        longer = [each for each in names if name not in {"personal", "injection"} or each != place]
        if not place.within(longer) and not place.cuts(names) and not any(kind.unless.find(_clause(text, place))):
            yield FoundRefusal(*place, name)


def _clause(text: str, place: Place) -> str:
    """The clause, or clauses, in which a place stands."""
    start = max(text.rfind(mark, 0, place.start) for mark in CLAUSE_ENDS) + 1
    ends = [at for mark in CLAUSE_ENDS if (at := text.find(mark, place.end)) >= 0]
    return text[start : min(ends, default=len(text))]


def _classes(model: SemanticModel) -> Mapping[str, tuple[str, ...]]:
    listed = {name: tuple(word for line in lines for word in line) for name, lines in refusals().classes.items()}
    rows = [each.row for each in model.sources.values() if each.row is not None]
    return {**listed, "rows": _surfaces([*rows, model.customer.words]), "private": _surfaces(_private(model)) or NEVER}


def _private(model: SemanticModel) -> list[Words]:
    return [
        each.words
        for each in model.dimensions.values()
        if each.source in model.sources and each.expression.name in model.sources[each.source].private
    ]


def _surfaces(named: Iterable[Words]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(surface) for words in named for surface in (*words.zh, *words.en)))
