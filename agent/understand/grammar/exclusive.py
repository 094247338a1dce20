"""Nothing else: what was done to one thing alone, and to the others of its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from agent.understand.closed_class import holds
from agent.understand.grammar.done import Done, Item
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Cut, Nobody, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension
from warehouse.query import Condition, Filter, Not

MOST_OTHERS = 40


def others(phrase: Phrase, place: int) -> bool:
    """The others of a kind of which some were told: 只买过红、别的颜色都没买过."""
    named = phrase.part(place + 1)
    if not phrase.word(place, "others") or not isinstance(named, Dimension):
        return False
    if not any(isinstance(node.part, Deed) for node in phrase.nodes):
        return False
    told = [each for at, each in phrase.of(Choice) if each.dimension == named.name and at < place]
    rest = _rest(phrase, named.name, [value for each in told for value in each.values]) if told else ()
    if not rest:
        return False
    phrase.join(place, place + 1, Choice(named.name, rest, "or"))
    return True


def exclusively(phrase: Phrase, items: Sequence[Item]) -> Iterator[Item]:
    """What was told, and where it was done to that alone, that it was not done to the others."""
    for item, following in zip_longest(items, items[1:]):
        yield item
        done = item.told
        if not isinstance(done, Done) or (only := _only(phrase, done)) is None:
            continue
        if following is not None and _not_more(done, following.told):
            phrase.put(only, Nobody())
            phrase.take(only)
            continue
        told = [each for each in done.where if isinstance(each, Filter) and each.op == "in"]
        rest = _rest(phrase, told[0].dimension, told[0].values) if len(told) == len(done.where) == 1 else ()
        if rest and not done.negated and item.link == "and" and done.each is None:
            apart = Filter(dimension=told[0].dimension, values=rest)
            yield Item(replace(done, negated=True, where=[apart], times=None, days=None, in_a_row=None))
            phrase.put(only, Nobody())
            phrase.take(only)


def _not_more(done: Done, then: Done | Condition) -> bool:
    """Whether it is told what was not done beside: 只收藏没加购."""
    other = isinstance(then, Done) and then.negated and then.behaviour != done.behaviour and then.window == done.window
    return other and not (done.negated or done.where or done.behaviour is None)


def _only(phrase: Phrase, done: Done) -> int | None:
    """Where a word stands that says that nothing else was done."""
    behind = phrase.after(done.place, over=("at",))
    while isinstance(phrase.part(behind), Choice | Test):
        behind = phrase.after(behind, over=("at",))
    if phrase.english(done.place) and phrase.word(behind, "only") == "alone":
        return behind
    before = phrase.before(done.place, over=("at", "aux"))
    while isinstance(phrase.part(before), Choice | Test):
        before = phrase.before(before, over=("at", "aux"))
    return before if phrase.word(before, "only") == "alone" else None


def _rest(phrase: Phrase, dimension: str, told: Sequence[str]) -> tuple[str, ...]:
    """The other values of a dimension; none where there are too many to be told."""
    known = phrase.reading.values.get(dimension, ())
    rest = tuple(each for each in known if each not in told)
    return rest if len(rest) <= MOST_OTHERS else ()


def others_of_none(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """The others, where none are left out: 其余车型."""
    if not any(isinstance(each, Not) for each in frame.where):
        yield from (place for place in range(len(phrase.nodes)) if phrase.word(place, "others"))
        yield from (place for place, _ in phrase.of(Cut) if holds("others", phrase.told(place)))


def contradictions(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Two values of one dimension that cannot both hold: 甲城女性和乙城男性."""
    told: dict[str, int] = {}
    for place, node in enumerate(phrase.nodes):
        filtered = node.part.condition if isinstance(node.part, Test) else node.part
        if isinstance(filtered, Choice | Filter):
            name = filtered.dimension
            kept = [
                each for each in frame.where if isinstance(each, Filter) and each.op == "in" and each.dimension == name
            ]
            if name in told and len(kept) > 1:
                yield place
            told[name] = place
