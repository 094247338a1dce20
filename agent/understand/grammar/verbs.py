"""What stands around a verb: what denies it, what helps it, what is told behind it."""

from collections.abc import Sequence

from agent.understand.grammar.amounts import is_total
from agent.understand.grammar.done import Done, Item
from agent.understand.grammar.node import Choice, Shown
from agent.understand.grammar.objects import opening
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Member, When
from agent.understand.quantities import Quantity

AUXILIARIES = (" have", " has", " had", " did")


def negates(phrase: Phrase, place: int, before: Done | None) -> bool:
    """Whether a negation stands before something done, with nothing but small words between.

    Not again may be of what was named before, or of anything: bought lipstick in May, and not again in June.
    """
    at = phrase.after(place, over=("aux", "at", "first", "in_a_row", "belonging", "again"))
    while _of_the_verb(phrase, at):
        at = phrase.after(at, over=("aux", "at"))
    part = phrase.part(at)
    again = any(phrase.word(each, "again") for each in range(place + 1, at))
    if again and before is not None and before.where:
        return False
    return isinstance(part, Deed | Member | When | Quantity) or (isinstance(part, Shown) and is_total(phrase, at))


def _of_the_verb(phrase: Phrase, place: int) -> bool:
    """Whether what Chinese tells between a negation and its verb stands there: 没在红买过."""
    choice = phrase.part(place)
    told_at = phrase.word(phrase.before(place), "at") is not None and not phrase.english(place)
    return told_at and isinstance(choice, Choice) and not phrase.about_people(choice.dimension)


def helped(phrase: Phrase, place: int) -> bool:
    """Whether an auxiliary, or a word for who did it, stands just before a verb."""
    return any(
        phrase.word(at, "aux") or phrase.word(at, "who") or phrase.told(at).endswith(AUXILIARIES)
        for at in range(max(0, place - 2), place)
    )


def told_behind(phrase: Phrase, place: int) -> bool:
    """Whether a time may be told of the verb before it, as always in English: 首次下单（红）在5月."""
    before = phrase.before(place)
    linked = phrase.word(before, "at") or phrase.word(before, "aux")
    verb = phrase.before(place, over=("at", "aux"))
    if phrase.word(verb, "close"):
        verb = phrase.before(opening(phrase, verb))
    return _in_english(phrase, place) or bool(linked and isinstance(phrase.part(verb), Deed))


def _in_english(phrase: Phrase, place: int) -> bool:
    """Whether a time is told in English: 2026-03-05 is where the words before it are."""
    told = (phrase.told(at) for at in range(place, -1, -1))
    return next((each.isascii() for each in told if any(map(str.isalpha, each))), False)


def last_done(phrase: Phrase, items: Sequence[Item], place: int) -> Done | None:
    """The last thing done, where it stands in the same clause."""
    done = next((each.told for each in reversed(items) if isinstance(each.told, Done)), None)
    if done is None:
        return None
    between = range(done.place + 1, place)
    asked = (at for at, _ in phrase.of(Shown) if phrase.nodes[at] not in phrase.owned)
    apart = any(at in between for at in asked) or any(phrase.word(at, "comma") for at in between)
    return None if apart else done


def at_end(phrase: Phrase, told: Done) -> bool:
    """Whether it is a segment that is reckoned as of a day: the window of another clause is none of its own."""
    return told.segment is not None and phrase.model.segment(told.segment).taken == "at_end"


def denied_before(phrase: Phrase, place: int) -> bool:
    """Whether what was done is told as not done."""
    part, before = phrase.part(place), phrase.before(place, over=("aux", "at"))
    told = isinstance(part, Deed) and part.negated
    return told or bool(phrase.word(before, "negation") or phrase.word(before, "never"))
