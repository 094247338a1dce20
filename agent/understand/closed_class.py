"""The surfaces of the lexicon's closed-class words, as a normalised question has them."""

from functools import cache

from agent.understand.words import normal
from warehouse.lexicon.questions import question_words


@cache
def surfaces(*kinds: str) -> tuple[str, ...]:
    """Every surface of these kinds, of both languages, in the file's order."""
    return tuple(dict.fromkeys(normal(each.surface) for each in question_words() if each.kind in kinds))


def holds(kind: str, text: str) -> bool:
    """Whether a text has a word of that kind in it: 新车占比 holds one for shares."""
    return any(surface in text for surface in surfaces(kind))
