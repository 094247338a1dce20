"""Where a word that counts only in company has the company that it needs."""

from agent.understand.grammar.counts import counts_people
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.ties import routes
from agent.understand.mentions import Member, People, When, Word
from agent.understand.quantities import Quantity
from warehouse.days import DAYS
from warehouse.query import Filter, Ranged
from warehouse.timepart import WEEKDAY

WITH = frozenset({"with", "that"})


def asks_shown(phrase: Phrase, place: int) -> bool:
    """Whether an English how much stands right before what has no plural, which it asks for: how much stock."""
    at = phrase.after(place)
    return phrase.english(place) and isinstance(phrase.part(at), Shown) and not phrase.told(at).endswith("s")


def asks_whether(phrase: Phrase, place: int) -> bool:
    """Whether it only makes a question: a word that negates, too, does so at the end alone: 涨了没."""
    return not phrase.word(place, "negation") or phrase.after(place) >= len(phrase.nodes)


def unmeant(phrase: Phrase, place: int, frame: Frame) -> bool:
    """Whether how many asks for no metric here: in English of an amount, how many refunds; of people, 里程多少人."""
    if phrase.word(place, "headcount"):
        return not frame.people and not any(counts_people(phrase.model, each.metric) for each in frame.measures)
    if not frame.people and frame.compare is None and _counts_rows(phrase, place):
        return True
    if frame.people and not phrase.english(place):
        counted = {each for behaviour in phrase.model.behaviours.values() for each in behaviour.counted.zh}
        return phrase.told(place).endswith(tuple(counted))  # no number of people: 退款的有多少笔
    shown = phrase.part(phrase.after(place))
    if not isinstance(shown, Shown) or not phrase.english(place):
        return False
    unit = phrase.model.metric(shown.measure.metric).unit
    return unit is not None and (unit == "ratio" or unit.isupper())


def _counts_rows(phrase: Phrase, place: int) -> bool:
    """Whether what has a value is counted in a clause of its own, before any metric: 红车有多少，里程多少."""
    ends = [at for at in range(len(phrase.nodes)) if any(phrase.word(at, kind) for kind in ("comma", "and", "but"))]
    first = max((at + 1 for at in ends if at < place), default=0)
    last = min((at for at in ends if at > place), default=len(phrase.nodes))
    clause = [phrase.part(at) for at in range(first, last)]
    told = any(isinstance(part, Test | Choice | People) for part in clause)
    return told and not any(isinstance(phrase.part(at), Shown) for at in range(last))


def during(phrase: Phrase, place: int) -> bool:
    """Whether "over" only leads to the period asked about: over the last 8 weeks."""
    return phrase.told(place) == "over" and isinstance(phrase.part(phrase.after(place)), When)


def came_to(phrase: Phrase) -> list[int]:
    """Verbs that say of a number that there was so much, where no clause on people may own them."""
    if phrase.has("who") or any(
        phrase.told(place) not in WITH for place, _ in phrase.of(Word) if phrase.word(place, "whose")
    ):
        return []
    return [place for place in phrase.places("came_to") if not isinstance(phrase.part(phrase.before(place)), People)]


def counts_groups(phrase: Phrase, frame: Frame, place: int, number: Quantity) -> bool:
    """Whether a plain number only says how many groups there are, all of which are asked for: 七天都列出来."""
    if not number.bare or not phrase.word(place + 1, "all_of") or len(frame.by) != 1:
        return False
    name = frame.by[0].dimension
    values = DAYS["week"] if name == WEEKDAY.name else len(phrase.reading.values.get(name, ()))
    return number.bounds.at_least == values


def in_stock(phrase: Phrase, frame: Frame) -> bool:
    """Whether all that is asked for is what there is at the end of a period: how many days of stock are left."""
    reaches = {route.reach for each in frame.measures for route in routes(phrase, each.metric)}
    return "last" in reaches and "period" not in reaches and not frame.people


def each_of_several(phrase: Phrase, frame: Frame) -> bool:
    """Whether the values in a list stand behind a word that cuts by them: split between men and women."""
    places = (at for at in range(len(phrase.nodes)) if phrase.word(at, "by") and phrase.english(at))
    return frame.several is not None and any(isinstance(phrase.part(phrase.after(at)), Test | Choice) for at in places)


def to_people(phrase: Phrase, place: int) -> bool:
    """Whether what follows is of customers alone: sales to women, but not to a place, which may be the delivery's."""
    part = phrase.part(phrase.after(place))
    told = part.condition if isinstance(part, Test) else part
    if not isinstance(told, Filter | Choice):
        return isinstance(part, People | Member) or (isinstance(told, Ranged) and phrase.about_people(told.dimension))
    others = (name for name in phrase.reading.values if not phrase.about_people(name))
    shared = any(set(told.values) & set(phrase.reading.values[name]) for name in others)
    return phrase.about_people(told.dimension) and not shared
