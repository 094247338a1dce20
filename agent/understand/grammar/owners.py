"""Whose number it is: people told by what they have."""

from collections.abc import Iterator

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Comparing, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Member, People
from warehouse.query import Filter, Ranged, Total


def compared(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """People told by what they have against another time: 比上个月多的客户, who spent more than last month."""
    if frame.people or not isinstance(frame.compare, Comparing):
        return
    for place, _ in phrase.of(People):
        before, after = phrase.before(place), phrase.after(place, over=("who", "whose", "aux"))
        told = phrase.english(place) and after > phrase.after(place) and isinstance(phrase.part(after), Shown)
        told = told and phrase.nodes[after] not in phrase.owned
        owned = phrase.tied(place - 1, place) or phrase.word(place - 1, "tie")
        against = isinstance(phrase.part(before), Comparing | Shown) or phrase.word(before, "gap")
        if told or (owned and against and not phrase.english(place)):
            yield place


def bounds_of_nobody(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A metric with bounds where groups are in order and nobody is told: of the best 5 cities those above 100."""
    told = frame.customers or phrase.has("whose") or any(isinstance(node.part, Member) for node in phrase.nodes)
    tests = [part.condition for _, part in phrase.of(Test)]
    named = any(isinstance(each, Filter | Ranged) and phrase.about_people(each.dimension) for each in tests)
    if frame.people or told or named or frame.ranking is None:
        return
    totals = {each.metric for each in frame.where if isinstance(each, Total)}
    yield from (place for place, shown in phrase.of(Shown) if shown.measure.metric in totals)
