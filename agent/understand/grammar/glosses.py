"""Brackets that only say again what stands before them."""

from agent.understand.grammar.node import Choice, Nobody, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import When


def all_time(phrase: Phrase, place: int) -> bool:
    """The days in brackets after "all time" only say which days those are."""
    glossed = (
        phrase.word(place + 1, "open") and isinstance(phrase.part(place + 2), When) and phrase.word(place + 3, "close")
    )
    if not phrase.word(place, "all_time") or not glossed:
        return False
    phrase.glosses.append(phrase.words.told(phrase.nodes[place + 2].start, phrase.nodes[place + 2].end))
    phrase.join(place, place + 3, phrase.nodes[place].part)
    return True


def once(phrase: Phrase, place: int) -> bool:
    """The same condition told twice in a row, the second in brackets: post-90s women (90后)."""
    test = phrase.part(place + 1)
    if not (phrase.word(place, "open") and phrase.word(place + 2, "close") and isinstance(test, Test | Choice)):
        return False
    if any(test == each.part for each in phrase.nodes[:place]):
        phrase.join(place, place + 2, Nobody())
        phrase.take(place)
        return True
    return False
