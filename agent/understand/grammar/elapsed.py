"""How long ago something was last done: 最近一次下单在30天前, whose last order was in May, joined over 90 days ago."""

from collections.abc import Sequence

from agent.understand.grammar.done import Done
from agent.understand.grammar.lasting import UNITS
from agent.understand.grammar.node import Choice, Node, Test
from agent.understand.grammar.objects import Objects
from agent.understand.grammar.phrase import Phrase
from agent.understand.loose import Ago
from agent.understand.mentions import Deed, Loosely, When
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour
from warehouse.period import Last
from warehouse.query import Condition, Did, Filter, Not

BETWEEN = ("at", "aux", "since_then", "until_now", "now")
OTHERWISE = ("all_time", "in_a_row", "sofar", "running")


def elapsed(phrase: Phrase, place: int) -> bool:
    """The last time, or the only one of becoming a customer, told by how long ago it was: done then, and not since."""
    deed = phrase.part(place)
    if not isinstance(deed, Deed) or deed.negated:
        return False
    behaviour = phrase.model.behaviour(deed.behaviour)
    first = _led(phrase, place, bare=deed.bare)
    became = behaviour.source == phrase.model.customer.source
    if _told_otherwise(phrase, phrase.before(first if first is not None else place)):
        return False
    where, at = _object(phrase, place, behaviour)
    told = phrase.part(at)
    if first is not None and phrase.english(place) and isinstance(told, When):
        which = "first" if phrase.word(first, "ordinal") == "first" else "last"
        phrase.join(first, at, Test(Did(behaviour=behaviour.name, period=told.period, where=where, which=which)))
        return True
    length = told.loose.long if isinstance(told, Loosely) and isinstance(told.loose, Ago) else told
    if not isinstance(length, Quantity) or (length.bare and length is told) or _of_first(phrase, first):
        return False
    made = _conditions(Did(behaviour=behaviour.name, where=where), length, became=became)
    if (first is None and not became) or not made:
        return False
    start = phrase.nodes[first if first is not None else place].start
    ends = [phrase.nodes[place].end, phrase.nodes[at].end][-len(made) :]
    nodes = [Node(begin, end, Test(each)) for begin, end, each in zip((start, ends[0]), ends, made, strict=False)]
    phrase.nodes[first if first is not None else place : at + 1] = nodes
    return True


def _led(phrase: Phrase, place: int, *, bare: bool) -> int | None:
    """Where the word for the last time stands: right before what was done, in English of what people had or did."""
    before = phrase.before(place, over=("at",))
    if not phrase.english(place):
        return before if phrase.word(before, "last") else None
    if not phrase.word(before, "ordinal"):
        return None
    owned = phrase.word(phrase.before(before), "whose") is not None
    return before if owned or (not bare and phrase.word(phrase.before(before), "who")) else None


def _told_otherwise(phrase: Phrase, before: int) -> bool:
    """Whether something told before says when it was, or what it was done to."""
    return isinstance(phrase.part(before), When | Choice) or any(phrase.word(before, kind) for kind in OTHERWISE)


def _of_first(phrase: Phrase, first: int | None) -> bool:
    """Whether it is the first time that is told, which says nothing of later ones."""
    return first is not None and phrase.word(first, "ordinal") == "first"


def _object(phrase: Phrase, place: int, behaviour: Behaviour) -> tuple[tuple[Filter, ...], int]:
    """What it was done to, told right behind, and the place behind that."""
    at = phrase.after(place, over=BETWEEN)
    choice = phrase.part(at)
    if not isinstance(choice, Choice) or phrase.about_people(choice.dimension) or choice.link in {"and", "listed"}:
        return (), at
    if not Objects(phrase).reaches(Done(place, behaviour=behaviour), choice.dimension):
        return (), at
    return (Filter(dimension=choice.dimension, values=choice.values),), phrase.after(at, over=BETWEEN)


def _conditions(done: Did, length: Quantity, *, became: bool) -> Sequence[Condition]:
    """Done, and not since: in the last so many days. Everyone became a customer once, who is one."""
    unit, bounds = UNITS.get(length.unit), length.bounds
    if unit is None:
        return ()
    days = int(unit == "day")  # more than 30 days ago is 31 days ago or earlier; of a month nobody tells the day
    low = bounds.at_least if bounds.more_than is None else bounds.more_than + days
    high = bounds.less_than if bounds.at_most is None or length.bare else bounds.at_most + days
    if any(each is not None and (each != int(each) or each < 1) for each in (low, high)):
        return ()
    made: list[Condition] = []
    if high is not None:
        made.append(done.model_copy(update={"period": Last(n=int(high), unit=unit)}))
    elif not became:
        made.append(done)
    if low is not None:
        made.append(Not(not_=done.model_copy(update={"period": Last(n=int(low), unit=unit)})))
    return made
