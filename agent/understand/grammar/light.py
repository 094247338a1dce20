"""Verbs whose object names what was done: used the sauna, left at least 3 notes, 坐过30元以上的车."""

from dataclasses import replace

from agent.understand.closed_class import surfaces
from agent.understand.grammar.node import Choice, Node, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Measure, Unknown, Value, Word
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour
from warehouse.query import Attribute, Bounds


def counted_things(phrase: Phrase, place: int) -> bool:
    """A verb that says nothing by itself before a number of what one behaviour is counted by: left 3 notes."""
    at = phrase.after(place)
    part = phrase.part(at)
    if not phrase.word(place, "light_verb") or not phrase.has("who", "whose"):
        return False
    if not isinstance(part, Quantity) or part.unit is not None:
        return False
    noun = phrase.after(at, over=("distinct",))
    distinct = any(phrase.word(each, "distinct") for each in range(at, noun))
    counting = [each for each in phrase.model.behaviours.values() if phrase.told(noun) in each.counted.en]
    if not _put(phrase, place, [each for each in counting if each.counts is not None or not distinct]):
        return False
    phrase.join(at, noun, replace(part, unit="times"))
    return True


def leading_verbs(phrase: Phrase, place: int) -> bool:
    """A verb of coming or going right before what was done: 没来买过."""
    deed = phrase.part(place + 1)
    touching = isinstance(deed, Deed) and not deed.negated and not phrase.gap(place, place + 1)
    if not phrase.word(place, "serial_verb") or not touching or not isinstance(deed, Deed):
        return False
    phrase.join(place, place + 1, deed)
    return True


def parted_bounds(phrase: Phrase, place: int) -> bool:
    """A comparing word that stands before the verb, and its number behind: 至少跑过2次."""
    end = phrase.word(place, "bound")
    verb = phrase.after(place, over=("aux",))
    at = phrase.after(verb, over=("aux",))
    number = phrase.part(at)
    if not end or not isinstance(phrase.part(verb), Deed) or not isinstance(number, Quantity) or not number.bare:
        return False
    phrase.put(at, replace(number, bounds=Bounds(**{end: number.bounds.at_least}), bare=False))
    del phrase.nodes[place]
    return True


def parted_verbs(phrase: Phrase, place: int) -> bool:
    """A Chinese verb of two characters with conditions between them: 坐过30元以上的车 is 坐车."""
    verb = phrase.told(place)[:1]
    if phrase.told(place) not in {verb, *(verb + each for each in surfaces("aspect"))}:
        return False
    if not isinstance(phrase.part(place), Word | Unknown | Deed):
        return False
    at = phrase.after(place, over=("aux",))
    first = at
    while isinstance(phrase.part(at), Choice | Test):
        at = phrase.after(at)
    noun = phrase.told(at)
    named = [each for each in phrase.model.behaviours.values() if verb + noun in each.words.zh]
    if at == first or len(noun) != 1 or len(named) != 1:
        return False
    told = [phrase.part(each) for each in range(first, at)]
    homes = {_source(phrase, each) for each in told if isinstance(each, Choice | Test)}
    if homes != {named[0].source}:
        return False
    phrase.put(place, Deed(named[0].name))
    del phrase.nodes[at]
    return True


def values_done(phrase: Phrase, place: int) -> bool:
    """A value of what one behaviour alone tells, with an aspect, is that it was done so: 特快过."""
    value = phrase.part(place)
    if not isinstance(value, Value) or not phrase.told_by("aspect", place + 1) or phrase.gap(place, place + 1):
        return False
    source = phrase.dimension(value.dimension).source
    named = _of_rows(phrase, source) if source != phrase.model.customer.source else []
    if len(named) != 1:
        return False
    start, end = phrase.nodes[place].start, phrase.nodes[place].end
    phrase.nodes[place : place + 2] = [Node(start, start, Deed(named[0].name)), Node(start, end, value)]
    return True


def sides(phrase: Phrase, place: int) -> bool:
    """A word for where, behind what is spoken of: 红色那边, 里程这块."""
    part = phrase.part(place)
    if not isinstance(part, Value | Measure) or not phrase.word(place + 1, "side"):
        return False
    phrase.join(place, place + 1, part)
    return True


def _of_rows(phrase: Phrase, source: str) -> list[Behaviour]:
    return [each for each in phrase.model.behaviours.values() if each.source == source]


def _source(phrase: Phrase, part: Choice | Test) -> str | None:
    condition = part.condition if isinstance(part, Test) else None
    if isinstance(part, Choice):
        return phrase.dimension(part.dimension).source
    return phrase.dimension(condition.dimension).source if isinstance(condition, Attribute) else None


def _put(phrase: Phrase, place: int, named: list[Behaviour]) -> bool:
    if len(named) != 1:
        return False
    phrase.put(place, Deed(named[0].name))
    return True
