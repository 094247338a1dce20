"""What was done before and is told again without its verb: in another month, not to another thing."""

from dataclasses import replace

from agent.understand.grammar.done import Item
from agent.understand.grammar.node import Shown
from agent.understand.grammar.objects import Objects
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.verbs import last_done
from agent.understand.mentions import Deed, Member, When, Whens
from warehouse.query import Condition, Filter, Not


def at_another_time(phrase: Phrase, items: list[Item], place: int) -> int | None:
    """What was done before, told of another time with no verb: active in May but not in June; where that ends."""
    denied = phrase.word(place, "negation") is not None or phrase.told(place) == "but not"
    at = phrase.after(place, over=("at",))
    when, done = phrase.part(at), last_done(phrase, items, place)
    if not (denied or phrase.word(place, "and")) or not isinstance(when, When | Whens):
        return None
    verbs = any(isinstance(node.part, Deed | Member | Shown) for node in phrase.nodes[at + 1 :])
    if done is None or not done.own or verbs:
        return None
    told = replace(done, place=at, negated=done.negated != denied, where=list(done.where)).within(when)
    items.append(Item(told))
    phrase.take(place, at)
    return at + 1


def but_not(phrase: Phrase, items: list[Item], objects: Objects, place: int, condition: Condition) -> bool:
    """What was done to one thing and not to another: bought lipstick but not face masks, coffee and no tea."""
    done = last_done(phrase, items, place)
    denied = condition.not_ if isinstance(condition, Not) else None
    if done is None or done.negated or not isinstance(denied, Filter):
        return False
    homes = {each.dimension for each in done.where}
    if phrase.about_people(denied.dimension) or not homes or not objects.reaches(done, denied.dimension):
        return False
    if not phrase.told(place).startswith(("but not", "not", "no ")):
        return False
    items.append(Item(replace(done, place=place, negated=True, where=[denied], each=None, times=None, days=None)))
    phrase.take(place)
    return True
