"""What stands around a verb: what denies it, what helps it, what is told behind it."""

from agent.understand.grammar.amounts import is_total
from agent.understand.grammar.done import Done
from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Member, When
from agent.understand.quantities import Quantity

AUXILIARIES = (" have", " has", " had", " did")


def negates(phrase: Phrase, place: int, before: Done | None) -> bool:
    """Whether a negation stands before something done, with nothing but small words between.

    Not again may be of what was named before, or of anything: bought lipstick in May, and not again in June.
    """
    at = phrase.after(place, over=("aux", "at", "first", "in_a_row", "again"))
    part = phrase.part(at)
    again = any(phrase.word(each, "again") for each in range(place + 1, at))
    if again and before is not None and before.where:
        return False
    return isinstance(part, Deed | Member | When | Quantity) or (isinstance(part, Shown) and is_total(phrase, at))


def helped(phrase: Phrase, place: int) -> bool:
    """Whether an auxiliary, or a word for who did it, stands just before a verb."""
    return any(
        phrase.word(at, "aux") or phrase.word(at, "who") or phrase.told(at).endswith(AUXILIARIES)
        for at in range(max(0, place - 2), place)
    )


def told_behind(phrase: Phrase, place: int) -> bool:
    """Whether a time may be told of the verb before it, as always in English."""
    before = phrase.before(place)
    linked = phrase.word(before, "at") or phrase.word(before, "aux")
    verb = phrase.part(phrase.before(place, over=("at", "aux")))
    return phrase.english(place) or bool(linked and isinstance(verb, Deed))
