"""The words of a tool's own: what names it, and the numbers and choices among its arguments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from agent.understand import numbers, tool_cues
from tools.tool import AN_ID, ArgumentKind, ArgumentWords, Asked
from warehouse.lexicon.phrases import Found, Pattern, Phrases, Place

SLOTS = {**tool_cues.SLOTS, "id": AN_ID}
OWN_WORDS: frozenset[ArgumentKind] = frozenset({"number", "choice", "id"})


@dataclass(frozen=True)
class Told:
    """Arguments by their fields, the places of the words that told them or that name the tool, whether any name it."""

    values: Mapping[str, object] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    named: bool = False


def told(asked: Asked, text: str, *, place: Place | None = None, times: Sequence[Place] = ()) -> Told:
    """What a normalised text tells in the tool's own words; at the `place`, where one is told, others name it.

    What a longer time holds is that time's: 最近7天, beside what is asked 7天 after.
    """
    values: dict[str, object] = {}
    found = list(_all(asked.cues, text))
    named = bool(found) or place is not None
    found += _all(asked.beside, text) if named else []
    places = [part for each in found for part in each.parts if not _longer(part, times)]
    places += [] if place is None else [place]
    for name, words in asked.arguments.items():
        if words.kind in OWN_WORDS:
            places += _read(name, words, text, values, times)
    return Told(values, tuple(sorted(set(places))), named)


def _read(
    name: str, words: ArgumentWords, text: str, values: dict[str, object], times: Sequence[Place]
) -> Iterator[Place]:
    """A choice by its longest phrase; a number or an id by the first phrase that has one."""
    if words.kind == "choice":
        named = [(each, choice) for choice, phrases in words.choices.items() for each in _free(phrases, text, times)]
        if named:
            found, values[name] = max(named, key=lambda each: (_length(each[0]), -each[0].place.start))
            yield from found.parts
        return
    for sign, phrases in ((1, words.phrases), (-1, words.below)):
        for found in _free(phrases, text, times):
            value = _value(words.kind, text, found, sign)
            if name not in values and value is not None:
                values[name] = value
                yield found.place


def _value(kind: ArgumentKind, text: str, found: Found, sign: int) -> object:
    place = next(iter(found.slots.values()))
    told = text[place.start : place.end]
    if kind == "id":
        return told
    read = numbers.find(told)
    if len(read) != 1:
        return None
    value = sign * read[0].number.value
    return int(value) if value == int(value) else float(value)


def _free(phrases: Phrases, text: str, times: Sequence[Place]) -> Iterator[Found]:
    for found in _all(phrases, text):
        held = [time for each in found.slots.values() for time in times if each.within([time])]
        if all(time.within([found.place]) for time in held):
            yield found


def _longer(place: Place, times: Sequence[Place]) -> bool:
    return any(place != time and place.within([time]) for time in times)


def _all(phrases: Phrases, text: str) -> Iterator[Found]:
    return _pattern(phrases).find(text)


@lru_cache(maxsize=1_000)
def _pattern(phrases: Phrases) -> Pattern:
    return Pattern(phrases.all, slots=SLOTS)


def _length(found: Found) -> int:
    """How many characters of its own a phrase has in the text."""
    return sum(each.end - each.start for each in found.parts)
