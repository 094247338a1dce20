"""A value compared with the one that the question before was limited to: 红的里程, then 跟蓝比一下."""

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Contrast
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import When
from tools.query.tool import QueryArgs
from warehouse.query import Condition, Filter


def set_beside(phrase: Phrase, frame: Frame, query: QueryArgs) -> QueryArgs:
    """The query without the value that it was limited to, which is compared with the one told; else as it is."""
    places = phrase.places("than")
    timed = frame.period is not None or any(True for _ in phrase.of(When))
    if not places or frame.compare is not None or timed or len(frame.where) != 1:
        return query
    told = frame.where[0]
    held = [each for each in query.where if _one(each) and _one(told) and _dimension(each) == _dimension(told)]
    if len(held) != 1 or held[0] == told:
        return query
    frame.compare = Contrast(_dimension(told), _value(held[0]), _value(told))
    frame.where = []
    phrase.take(*places, *phrase.places("gap"))
    return query.model_copy(update={"where": tuple(each for each in query.where if each not in held)})


def _one(condition: Condition) -> bool:
    return isinstance(condition, Filter) and condition.op == "in" and len(condition.values) == 1


def _dimension(condition: Condition) -> str:
    return condition.dimension if isinstance(condition, Filter) else ""


def _value(condition: Condition) -> str:
    return condition.values[0] if isinstance(condition, Filter) else ""
