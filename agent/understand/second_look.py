"""A second look at what nothing explains: the names that it is nearly."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from agent.understand.closed_class import surfaces
from agent.understand.cover import Cover
from agent.understand.mentions import (
    Deed,
    Dimension,
    Loosely,
    Meaning,
    Measure,
    Member,
    Mention,
    Unknown,
    Value,
    When,
    Word,
)
from agent.understand.nearness import Nearness
from agent.understand.quantities import Quantity
from agent.understand.value_index import ValueIndex
from agent.understand.vocabulary import Vocabulary
from agent.understand.words import Words, packed
from warehouse.text import Text

NAMED = (Measure, Dimension, Deed, Member)
CLEAR = (When, Loosely, Quantity)  # never part of a misspelt name
MOST_UNKNOWN = 3
MOST_GUESSES = 3
LEAST_LETTERS = 5
LEAST_MISSPELT = 3  # of two characters one is too much to differ
FARTHEST = 3  # characters of Chinese, words of English, beside what is unknown that may belong to the same name


@dataclass(frozen=True)
class Guess:
    """What a stretch may be meant for: its mention, and the name that it is nearly."""

    mention: Mention
    name: str

    def doubt(self, words: Words) -> Text:
        """What is told the asker."""
        told = words.told(self.mention.start, self.mention.end)
        return Text(f"把“{told}”理解为“{self.name}”", f"took “{told}” for “{self.name}”")


class SecondLook:
    """Looks for the names of the model and of the data that unknown stretches are nearly."""

    def __init__(self, vocabulary: Vocabulary, values: ValueIndex) -> None:
        self._values = values
        names: dict[str, list[tuple[str, Meaning]]] = {}
        for surface, meaning in vocabulary.names(NAMED):
            if any(word in surface for word in _asking()):
                continue  # how many of something is what is asked, and no name
            names.setdefault(packed(surface), []).append((surface, meaning))
        self._measures = [name for name, meant in names.items() if any(isinstance(each, Measure) for _, each in meant)]
        self._named = names
        self._names = Nearness(names)

    def prepare(self) -> None:
        """Reckon now what the first look would."""
        self._names.prepare()
        self._values.prepare()

    def guesses(self, words: Words, covered: Cover) -> list[Guess]:
        """The guesses for every unknown stretch; none where one of them is nothing's near neighbour."""
        found: list[Guess] = []
        guessed = 0
        for each in covered.unknown:
            if any(guess.mention.start <= each.start and each.end <= guess.mention.end for guess in found):
                continue
            near = self._guess(words, each, covered) if guessed < MOST_UNKNOWN else []
            if not near:
                return []
            found, guessed = [*found, *near], guessed + 1
        return found

    def _guess(self, words: Words, unknown: Mention, covered: Cover) -> list[Guess]:
        clear = [each[0] for each in covered.stretches if isinstance(each[0].meaning, CLEAR)]
        for start, end in _around(words.text, unknown.start, unknown.end):
            if any(each.start < end and start < each.end for each in clear) or _cuts(covered, start, end):
                continue
            if _ends_small(covered, start, end):
                continue
            span = words.text[start:end]
            strange = words.text[unknown.start : unknown.end]
            near = [Guess(Mention(start, end, meaning), surface) for surface, meaning in self._near(span, strange)]
            near = [each for each in near if not (_did(covered, start) and isinstance(each.mention.meaning, Measure))]
            told = _meant(covered, start, end)  # with a word too many beside, which is no slip
            near = [each for each in near if each.mention.meaning not in told]
            if near:
                return near[:MOST_GUESSES]
        return []

    def _near(self, span: str, strange: str) -> Iterator[tuple[str, Meaning]]:
        names, values = self._names.near(span), self._values.near(span)
        sounding = any(each.how == "pinyin" for each in names) or any(each.how == "pinyin" for each in values)
        for close in names:
            if sounding and close.how != "pinyin":
                continue
            if close.how == "pinyin" or (_long_enough(span, close.name) and _slipped(strange, close.name)):
                yield from close.meaning[:1]
                yield from self._begun_alike(packed(span), close.name)
        for value in values:
            if sounding and value.how != "pinyin":
                continue
            near = _long_enough(span, value.surface) and _slipped(strange, packed(value.surface))
            if value.how != "pinyin" and not near:
                continue
            yield value.surface, Value(value.dimension, value.value)

    def _begun_alike(self, span: str, name: str) -> Iterator[tuple[str, Meaning]]:
        """The other metrics whose names begin as a name that was cut short does."""
        if name.startswith(span):
            yield from (self._named[each][0] for each in self._measures if each.startswith(span) and each != name)


@cache
def _asking() -> tuple[str, ...]:
    """Chinese words that ask how many."""
    return tuple(each for each in surfaces("how_many") if not each.isascii())


def _long_enough(span: str, name: str) -> bool:
    """Whether a stretch is long enough to be a misspelt name, and not another word."""
    least = LEAST_LETTERS if span.isascii() else LEAST_MISSPELT
    return min(len(packed(span)), len(packed(name))) >= least


def _did(covered: Cover, place: int) -> bool:
    """Whether what stands at a place is what somebody did, and no number: of users who did it."""
    before = [each[0].meaning for each in covered.stretches if each[0].end <= place][-1:]
    return any(isinstance(each, Word) and (each.get("who") or each.get("whose")) for each in before)


def _meant(covered: Cover, start: int, end: int) -> list[Meaning]:
    """What is told already by the names inside a stretch."""
    inside = (stretch for stretch in covered.stretches if start <= stretch[0].start and stretch[0].end <= end)
    return [each.meaning for stretch in inside for each in stretch]


def _cuts(covered: Cover, start: int, end: int) -> bool:
    """Whether a stretch would leave a part of a word that is known."""
    known = [each[0] for each in covered.stretches if not isinstance(each[0].meaning, Unknown)]
    return any(each.start < place < each.end for each in known for place in (start, end))


def _ends_small(covered: Cover, start: int, end: int) -> bool:
    """Whether a stretch begins or ends with a word that changes nothing, and so is no part of a name."""
    small = [each[0] for each in covered.stretches if isinstance(each[0].meaning, Word) and each[0].meaning.harmless]
    return any((each.start == start and each.end < end) or (each.end == end and start < each.start) for each in small)


def _slipped(strange: str, name: str) -> bool:
    """Whether what is unknown may be a slip in a name: a Chinese word that shares nothing with it is none."""
    return strange.isascii() or not set(strange).isdisjoint(name)


def _around(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch with what stands beside it, the longest first, itself last."""
    before, after = [start], [end]
    if text[start:end].isascii():
        for _ in range(FARTHEST - 1):
            before.append(text.rfind(" ", 0, max(before[-1] - 1, 0)) + 1)
            space = text.find(" ", after[-1] + 1)
            after.append(len(text) if space < 0 else space)
    else:
        before += [
            start - step for step in range(1, FARTHEST + 1) if start - step >= 0 and text[start - step].isalpha()
        ]
        after += [
            end + step for step in range(1, FARTHEST + 1) if end + step <= len(text) and text[end + step - 1].isalpha()
        ]
    spans = {(first, last) for first in before for last in after}
    return iter(sorted(spans, key=lambda span: (span[0] - span[1], span)))
