"""The end and the beginning of a month or a year: a day for what has a state, no certain days for all else."""

from agent.understand.grammar.counts import number_of_customers
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.ties import routes
from agent.understand.loose import Edge
from agent.understand.mentions import Deed, Loosely, Measure, Member, People, When
from warehouse.days import unit_of
from warehouse.errors import QueryError
from warehouse.period import Open, Relative, Year


def customers_by_then(phrase: Phrase, place: int) -> bool:
    """How many customers there were by a day: the metric that counts them through the end of a period."""
    named = isinstance(phrase.part(place), People) and (phrase.has("how_many") or phrase.english(place))
    named = named and not phrase.has("who", "which", "list")
    if not (named or phrase.word(place, "headcount")) or _described(phrase):
        return False
    if not any(_by_then(each.part) for each in phrase.nodes):
        return False
    counting = number_of_customers(phrase.model)
    if counting is None:
        return False
    phrase.put(place, Measure(counting))
    return True


def _described(phrase: Phrase) -> bool:
    """Whether something is measured, or customers are told by what they did."""
    return any(isinstance(node.part, Measure | Deed | Member) for node in phrase.nodes)


def _by_then(part: object) -> bool:
    if isinstance(part, Loosely):
        return isinstance(part.loose, Edge)
    return isinstance(part, When) and isinstance(part.period, Open) and part.period.side == "until"


def edges(phrase: Phrase, place: int) -> bool:
    """5月底的趟数: what is a state is asked for at the last day, or the first one."""
    part = phrase.part(place)
    edge = part.loose if isinstance(part, Loosely) else None
    if not isinstance(edge, Edge) or _of_each(edge, phrase) or not _of_state(phrase) or not _ended(edge, phrase):
        return False
    phrase.put(place, When(edge.period))
    return True


def _of_each(edge: Edge, phrase: Phrase) -> bool:
    """Whether it may be the end of each of several: 每月月末的趟数."""
    return isinstance(edge.of, Relative) and edge.of.offset == 0 and phrase.has("grains", "each", "trend")


def _of_state(phrase: Phrase) -> bool:
    """Whether all that is measured, or the people named beside, are so at the end of a period."""
    measured = [part for _, part in phrase.of(Measure)]
    if any(True for _ in phrase.of(Deed)):
        return False
    if measured:
        return all(_is_state(phrase, each) for each in measured)
    members = [part for _, part in phrase.of(Member)]
    return bool(members) and all(phrase.model.segment(each.segment).taken == "at_end" for each in members)


def _is_state(phrase: Phrase, measure: Measure) -> bool:
    reaches = {route.reach for route in routes(phrase, measure.metric)}
    return "period" not in reaches and reaches != {"always"}


def _ended(edge: Edge, phrase: Phrase) -> bool:
    """Whether the day is one of the data's: an end may be still to come."""
    as_of = phrase.reading.as_of
    unit = "year" if isinstance(edge.of, Year) else edge.of.unit
    try:
        through = edge.of.resolve(as_of, phrase.model.calendar).end
    except QueryError:
        return False
    return edge.side == "first" or unit_of(through, unit).end <= as_of
