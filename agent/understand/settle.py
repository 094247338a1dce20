"""What a stretch of several meanings means where the words around it tell."""

from collections.abc import Sequence
from dataclasses import replace

from agent.understand.cover import Cover
from agent.understand.mentions import Deed, Filler, Group, Meaning, Measure, Member, Mention, Value, Word
from agent.understand.words import Words

LISTING = frozenset({"list", "show", "who"})
IN_A_LIST = frozenset({Word("join"), Word("or")})


def settle(words: Words, cover: Cover) -> Cover:
    """The cover without the meanings that their company rules out."""
    meanings = {mention.meaning for stretch in cover.stretches for mention in stretch}
    people = any(isinstance(each, Deed) for each in meanings)
    listed = any(isinstance(each, Word) and each.kind in LISTING for each in meanings)
    settled: list[tuple[Mention, ...]] = []
    for stretch in cover.stretches:
        told = _counted(stretch, people=people)
        told = _metric_or_people(told, listed=listed)
        settled.append(_values(told, settled, words))
    return replace(cover, stretches=tuple(settled))


def _counted(stretch: tuple[Mention, ...], *, people: bool) -> tuple[Mention, ...]:
    """A name of a metric that counts people as well: with what they did it counts those, else it is the metric."""
    if _has(stretch, Measure) and any(each.meaning == Word("headcount") for each in stretch):
        return tuple(each for each in stretch if (each.meaning == Word("headcount")) == people)
    return stretch


def _metric_or_people(stretch: tuple[Mention, ...], *, listed: bool) -> tuple[Mention, ...]:
    """A name of a metric and of the people it counts: to be listed it is the people, else the metric."""
    if _has(stretch, Measure) and _has(stretch, Member):
        return tuple(each for each in stretch if isinstance(each.meaning, Member if listed else Measure))
    return stretch


def _values(stretch: tuple[Mention, ...], before: Sequence[tuple[Mention, ...]], words: Words) -> tuple[Mention, ...]:
    """Of a value's dimensions the one named right before it, or that of the value it is listed with; else the plain."""
    named = _dimension_before(stretch[0].start, before, words)
    of_name = [each for each in stretch if isinstance(each.meaning, Value) and each.meaning.dimension == named]
    if of_name:
        return tuple(each._replace(meaning=_alone(each.meaning)) for each in of_name)
    kept = tuple(each for each in stretch if not isinstance(each.meaning, Value) or each.meaning.alone)
    return kept or (stretch[0]._replace(meaning=Word("unclear")),)


def _alone(meaning: Meaning) -> Meaning:
    return replace(meaning, alone=True) if isinstance(meaning, Value) else meaning


def _dimension_before(start: int, before: Sequence[tuple[Mention, ...]], words: Words) -> str | None:
    """The dimension that is named, or whose value stands, right before a place."""
    listed, apart = False, False
    for stretch in reversed(before):
        apart = apart or bool(words.text[stretch[0].end : start].strip(" :("))
        start, meaning = stretch[0].start, stretch[0].meaning
        if meaning in IN_A_LIST and not listed:
            listed = True
        elif not apart and ((isinstance(meaning, Group) and not listed) or _is_one_value(stretch)):
            return meaning.dimension if isinstance(meaning, Group | Value) else None
        elif not isinstance(meaning, Filler):
            return None
    return None


def _is_one_value(stretch: tuple[Mention, ...]) -> bool:
    return len(stretch) == 1 and isinstance(stretch[0].meaning, Value)


def _has(stretch: tuple[Mention, ...], kind: type) -> bool:
    return any(isinstance(each.meaning, kind) for each in stretch)
