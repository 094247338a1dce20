"""What tells whether two questions are one: the same meanings in the same order, whatever words tell them."""

from agent.understand.cover import Cover
from agent.understand.mentions import Mention, When, Word

Sameness = tuple[frozenset[str], ...]

LEANING = ("also", "instead", "drop", "only", "follow", "meant", "them")
FILLING = frozenset({"filler", "places"})  # 的 is both, and a place, as in the first 3, with a number alone
TYING = FILLING | {"tie"}  # 的 behind a time, which tells more of all that follows with or without it
PARTING = frozenset({"comma", "pause"})


def sameness(covered: Cover) -> Sameness:
    """All that each stretch may mean, in order; fillers are left out, and the marks at the end."""
    telling: list[tuple[Mention, ...]] = []
    for each in covered.stretches:
        timed = bool(telling) and all(isinstance(mention.meaning, When) for mention in telling[-1])
        if not _is_nothing(each, TYING if timed else FILLING):
            telling.append(each)
    while telling and _is_nothing(telling[-1], PARTING | FILLING):
        telling.pop()
    return tuple(frozenset(repr(each.meaning) for each in stretch) for stretch in telling)


def leans(covered: Cover) -> bool:
    """Whether a word of it can go on from the question before, as only and instead do."""
    words = (each.meaning for stretch in covered.stretches for each in stretch if isinstance(each.meaning, Word))
    return any(word.get(kind) is not None for word in words for kind in LEANING)


def _is_nothing(stretch: tuple[Mention, ...], kinds: frozenset[str]) -> bool:
    return all(isinstance(each.meaning, Word) and _only(each.meaning, kinds) for each in stretch)


def _only(word: Word, kinds: frozenset[str]) -> bool:
    """Whether it is a filler, or a mark, and nothing beside."""
    roles = {kind for kind, _ in word.roles}
    return roles <= kinds and not roles <= {"places", "tie"}
