"""What came of the very rows: 收到推送却没打开 is of a message that came in those days, whenever others were opened."""

from collections.abc import Iterable
from dataclasses import replace

from sqlglot import exp

from agent.understand.closed_class import surfaces
from agent.understand.grammar.done import Done, Item
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed
from warehouse.model import Behaviour, SemanticModel

SMALL = frozenset("过了有")


def of_rows(phrase: Phrase, items: Iterable[Item]) -> list[Item]:
    """The things done, where the first and not the second is a state of the first one's rows that the model knows."""
    found: list[Item] = []
    for item in items:
        state = _state(phrase, found[-1].told, item.told) if found and item.link == "and" else None
        if state is None:
            found.append(item)
        elif state.negated:
            found.append(replace(item, told=state))
        else:
            found[-1] = replace(found[-1], told=state)
    return found


def _state(phrase: Phrase, first: object, then: object) -> Done | None:
    """One such row without the second; none with it where any of them is told: never opened any of them."""
    if not isinstance(first, Done) or not isinstance(then, Done) or first.negated or not then.negated:
        return None
    if first.behaviour is None or then.behaviour is None or (then.where != first.where and then.where):
        return None
    if (then.own and then.window != first.window) or not (first.open_to_count and then.open_to_count):
        return None
    of_any = then.not_one or (then.that is not None and phrase.word(then.that, "it") == "any")
    if (then.ever or _named_again(phrase, first, then)) and not (of_any or _of_it(phrase, then)):
        return None
    state = _of(phrase.model, first.behaviour, then.behaviour, lacking=not of_any)
    return None if state is None else replace(first, behaviour=state, negated=of_any)


def _of_it(phrase: Phrase, then: Done) -> bool:
    """Whether the second is told of the very thing: never opened it."""
    if then.that is not None:
        return phrase.word(then.that, "it") == "one"
    deed = phrase.part(then.place)
    told = phrase.told(then.place).split(" ")[-1]
    return isinstance(deed, Deed) and not deed.negated and told in surfaces("it")


def _named_again(phrase: Phrase, first: Done, then: Done) -> bool:
    """Whether the second names what the first did, so that it is of any of them: and opened no message."""
    if then.that is not None:
        return False
    deed = phrase.part(then.place)
    if isinstance(deed, Deed) and deed.negated:
        return True
    parts = [phrase.told(done.place) for done in (first, then)]
    told, again = ({word for word in each.split() if len(word) > 1} if each.isascii() else set(each) for each in parts)
    return bool((told & again) - SMALL)


def _of(model: SemanticModel, first: Behaviour, then: Behaviour, *, lacking: bool) -> Behaviour | None:
    """What was done to the rows of the first, placed by its time, that lack, or have, the time of the second."""
    for each in model.behaviours.values():
        if each.source != first.source or each.time != first.time or each.where is None or first.where is not None:
            continue
        columns = {column.name for column in each.where.find_all(exp.Column)}
        if columns == {then.time.name} and lacking == any(True for _ in each.where.find_all(exp.Is)):
            return each
    return None
