"""Customers left out by what they did, or by more than one thing: 排除退款用户, excluding those who refunded."""

from agent.understand.grammar.node import Choice, Node, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, Member, People, Value, Word
from agent.understand.quantities import Quantity

TOLD = (Deed, Member, Choice, Test, Value, Dimension, Quantity)


def excepted(phrase: Phrase, place: int) -> bool:
    """What is told of customers who are left out stands in brackets then, as what they do not fit; one value does not.

    In a question after another the same word may take away what was asked.
    """
    if not phrase.word(place, "except") or (phrase.follows and phrase.word(place, "drop")):
        return False
    last = _last_of_english(phrase, place) if phrase.english(place) else _last(phrase, place)
    if last is None:
        return False
    _close(phrase, last)
    if not _told(phrase, place, last):
        return False
    start, end = phrase.nodes[place].end, phrase.nodes[last].end
    phrase.nodes.insert(last + 1, Node(end, end, Word((("close", None),))))
    phrase.nodes.insert(place + 1, Node(start, start, Word((("open", None),))))
    phrase.put(place, Word((("unmatched", None),)))
    return True


def excepted_behind(phrase: Phrase, place: int) -> bool:
    """The same where the word stands behind them: 退款用户除外, 退款的用户不算."""
    outside = phrase.after(place)
    named = isinstance(phrase.part(place), People)
    if not (named or _calls(phrase, place)) or not phrase.word(outside, "outside") or phrase.english(outside):
        return False
    first = _clause(phrase, place) if named else _first_called(phrase, place)
    led = any(phrase.word(at, "except") for at in range(_clause(phrase, place), place))
    if led or not _several(phrase, first - 1, place - named):
        return False
    told = phrase.nodes[outside]
    del phrase.nodes[place + 1 : outside + 1]
    phrase.nodes.insert(first, Node(told.start, told.end, Word((("except", None),))))
    return excepted(phrase, first)


def _first_called(phrase: Phrase, place: int) -> int:
    """The first of the values of customers that stand right before one another."""
    while _calls(phrase, before := phrase.before(place)) and phrase.gap(before, place).strip() in {"", "的"}:
        place = before
    return place


def _last(phrase: Phrase, place: int) -> int | None:
    """Where what tells of the customers ends: right before these, in the same clause, or with what they are called."""
    for at in range(place + 1, len(phrase.nodes)):
        if isinstance(phrase.part(at), People):
            return at - 1
        if phrase.word(at, "comma") or phrase.word(at, "outside"):
            break
    last = place + 1
    while (further := _further(phrase, last)) is not None:
        last = further
    return last if last > place + 1 and _calls(phrase, place + 1) else None


def _further(phrase: Phrase, place: int) -> int | None:
    """The value of customers right behind one; in English with a word between that places them: women in a city."""
    behind = phrase.after(place)
    if phrase.english(place) and phrase.word(behind, "at"):
        behind = phrase.after(behind)
        return behind if _calls(phrase, behind) else None
    return behind if _calls(phrase, behind) and phrase.gap(place, behind).strip() in {"", "的"} else None


def _calls(phrase: Phrase, place: int) -> bool:
    """Whether a value of customers stands there."""
    part = phrase.part(place)
    return isinstance(part, Choice) and phrase.about_people(part.dimension)


def _close(phrase: Phrase, last: int) -> None:
    """Take what closes it off: 以外的 behind the customers, 后 before what is done then."""
    people = phrase.after(last) if isinstance(phrase.part(phrase.after(last)), People) else last
    while any(phrase.word(phrase.after(people), kind) for kind in ("outside", "thereafter")):
        del phrase.nodes[people + 1 : phrase.after(people) + 1]


def _last_of_english(phrase: Phrase, place: int) -> int | None:
    """Where it ends in English: at the end of the clause, or right before the customers."""
    first = phrase.after(place, over=("at", "everyone"))
    led = phrase.after(first, over=("who",)) if isinstance(phrase.part(first), People) else first
    if not (phrase.word(led, "whose") or phrase.word(first, "who") or isinstance(phrase.part(first), People)):
        return _last(phrase, place)
    if led == len(phrase.nodes):
        return None
    ends = (at for at in range(led, len(phrase.nodes)) if phrase.word(at, "comma") or phrase.word(at, "by"))
    return next(ends, len(phrase.nodes)) - 1


def _clause(phrase: Phrase, place: int) -> int:
    """The first place of a clause."""
    return next((at + 1 for at in range(place - 1, -1, -1) if phrase.word(at, "comma")), 0)


def _told(phrase: Phrase, place: int, last: int) -> bool:
    """Whether more than a value is told, and nothing of it twice: 退款和退货 may be either or both."""
    joined = any(phrase.word(at, kind) for at in range(place + 1, last) for kind in ("joining_names", "pause"))
    return _several(phrase, place, last) and not joined


def _several(phrase: Phrase, before: int, last: int) -> bool:
    """Whether something done is told behind a place, or several things."""
    told = [part for at in range(before + 1, last + 1) if isinstance(part := phrase.part(at), TOLD)]
    return len(told) > 1 or any(isinstance(each, Deed | Member) for each in told)
