"""The arguments of a tool, from the words that it declares for them and from what a question tells in the model's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from agent.understand import numbers
from agent.understand.tool_cues import NUMBER
from tools.tool import ArgumentKind, ArgumentWords, Asked
from warehouse.lexicon.phrases import Found, Pattern, Phrases, Place
from warehouse.model import SemanticModel

SLOTS = {"n": NUMBER, "id": r"[a-z0-9_-]+"}
LISTS: frozenset[ArgumentKind] = frozenset({"people", "filters", "metrics", "dimensions", "values", "terms"})
OWN_WORDS: frozenset[ArgumentKind] = frozenset({"number", "choice", "id"})


class Island(NamedTuple):
    """What a stretch of the question means, as an argument takes it: a period, a metric's name, a condition.

    For the kind "values" it is a dimension's name and a value of it.
    """

    start: int
    end: int
    value: object


Islands = Mapping[ArgumentKind, Sequence[Island]]


@dataclass(frozen=True)
class Filled:
    """A tool's arguments, and the places of the words that told them."""

    args: BaseModel
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Missing:
    """The arguments without which the tool cannot be asked, and the places of the words that were understood."""

    fields: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass
class _Told:
    values: dict[str, object] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)


def fill(asked: Asked, args: type[BaseModel], text: str, islands: Islands, model: SemanticModel) -> Filled | Missing:
    """The arguments that a normalised text and the islands found in it tell.

    An argument takes the first island of its kind that no other has taken, a list all of them. Whatever stands at none
    of the places was not used.
    """
    told = _Told(places=[part for each in _all(asked.cues, text) for part in each.parts])
    left = {kind: _one_each(each) for kind, each in islands.items()}
    for name, words in asked.arguments.items():
        if words.kind in OWN_WORDS:
            _own_words(name, words, text, told)
        else:
            _from_islands(name, words, left, model, told)
    places = tuple(sorted(set(told.places)))
    try:
        return Filled(args.model_validate(told.values), places)
    except ValidationError as error:
        return Missing(tuple(str(each["loc"][0]) for each in error.errors() if each["loc"]), places)


def _own_words(name: str, words: ArgumentWords, text: str, told: _Told) -> None:
    """A choice by its longest phrase; a number or an id by the first phrase that has one."""
    if words.kind == "choice":
        named = [(each, choice) for choice, phrases in words.choices.items() for each in _all(phrases, text)]
        if named:
            found, told.values[name] = max(named, key=lambda each: (_length(each[0]), -each[0].place.start))
            told.places += found.parts
        return
    for sign, phrases in ((1, words.phrases), (-1, words.below)):
        for found in _all(phrases, text):
            value = _value(words.kind, text, found, sign)
            if name not in told.values and value is not None:
                told.values[name] = value
                told.places.append(found.place)


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


def _from_islands(
    name: str, words: ArgumentWords, left: dict[ArgumentKind, list[Island]], model: SemanticModel, told: _Told
) -> None:
    known = left.get(words.kind, [])
    fitting = [each for each in known if words.kind != "values" or _plays(each, words, model)]
    taken = fitting if words.kind in LISTS else fitting[:1]
    if not taken:
        return
    values = [
        each.value[1] if words.kind == "values" and isinstance(each.value, tuple) else each.value for each in taken
    ]
    told.values[name] = tuple(values) if words.kind in LISTS else values[0]
    told.places += (Place(each.start, each.end) for each in taken)
    left[words.kind] = [each for each in known if each not in taken]


def _plays(island: Island, words: ArgumentWords, model: SemanticModel) -> bool:
    """Whether the island is a value of the dimension that plays the part."""
    if words.of is None or not isinstance(island.value, tuple):
        return words.of is None
    dimension, (role, part) = model.dimension(island.value[0]), words.of
    played = model.roles.get(role)
    return played is not None and (dimension.source, dimension.expression) == (played.source, played.parts.get(part))


def _one_each(islands: Sequence[Island]) -> list[Island]:
    """One island at each place, the first."""
    return list({(each.start, each.end): each for each in reversed(islands)}.values())[::-1]


def _all(phrases: Phrases, text: str) -> Iterator[Found]:
    return _pattern(phrases).find(text)


@lru_cache(maxsize=1_000)
def _pattern(phrases: Phrases) -> Pattern:
    return Pattern(phrases.all, slots=SLOTS)


def _length(found: Found) -> int:
    """How many characters of its own a phrase has in the text."""
    return sum(each.end - each.start for each in found.parts)
