"""Customers of a kind told in one list with a metric: new customers and revenue are two numbers."""

from agent.understand.grammar.counts import counts_members
from agent.understand.grammar.node import Bucketed, Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Member, When
from agent.understand.quantities import Quantity
from warehouse import query

LISTING = ("and", "pause")


def counted(phrase: Phrase, place: int) -> bool:
    """Customers of a kind before a metric of the same list are counted, not a condition on it: 每月熟人、里程."""
    part = phrase.part(place)
    if not isinstance(part, Member) or _owned(phrase, place):
        return False
    at = phrase.after(place)
    while isinstance(phrase.part(at), When | Bucketed):
        at = phrase.after(at)
    listed = any(phrase.word(at, kind) for kind in LISTING)
    beside = phrase.after(at)
    if not listed or not isinstance(phrase.part(beside), Shown) or isinstance(phrase.part(beside + 1), Quantity):
        return False
    counting = counts_members(phrase.model, part.segment)
    if counting is None:
        return False
    phrase.put(place, Shown(query.Measure(metric=counting)))
    return True


def _owned(phrase: Phrase, place: int) -> bool:
    """Whether something is told of those customers: orders of new customers."""
    before = place - 1
    return any(phrase.word(before, kind) for kind in ("at", "of_each", "share", *LISTING))
