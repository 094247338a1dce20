"""Of what a share is: the values whose share is asked for choose among groups, and do not narrow the whole."""

from collections.abc import Sequence

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Contrast, Test
from agent.understand.grammar.phrase import Phrase
from warehouse.query import Condition, Did, Filter, Group, Measure, Segment

SHARES = frozenset({"share", "share_of_parent"})


def shared(frame: Frame, phrase: Phrase, metrics: Sequence[Measure]) -> tuple[list[Measure], Filter | None]:
    """The metrics, and the values whose share they are.

    Where other groups are asked for the share is of each of them. Raises ValueError where it is not told of what.
    """
    if not any(each.show in SHARES for each in metrics):
        return list(metrics), None
    told = _told(frame, phrase)
    only = all(each.show in SHARES for each in metrics) and not phrase.has("gap", "growth")
    if told is None and only and isinstance(frame.compare, Contrast):
        told = Filter(dimension=frame.compare.dimension, values=(frame.compare.first, frame.compare.second))
        frame.compare = None  # each has its share of them all, which stand side by side
    if told is None or all(each.dimension == told.dimension for each in frame.by):
        return list(metrics), told
    within = {"show": "share_of_parent"}
    return [each.model_copy(update=within) if each.show in SHARES else each for each in metrics], told


def _told(frame: Frame, phrase: Phrase) -> Filter | None:
    marked = [*frame.shared, *(part.condition for _, part in phrase.of(Test) if part.shared)]
    values = [each for each in frame.where if isinstance(each, Filter) and each.op == "in"]
    if frame.total and any(len(each.values) > 1 for each in values):
        raise ValueError("the share of several together, of which each has its own")
    if marked:
        return _only(marked, values)
    alone = [each for each in values if len(each.values) == 1 and Group(dimension=each.dimension) in frame.by]
    if alone or frame.by or _of_all_buckets(frame, phrase):
        return alone[0] if alone else None
    others = [each for each in frame.where if each not in values and not isinstance(each, Did | Segment)]
    match values, others:
        case [only], []:
            return only
        case [first, second], []:
            return second if phrase.fork("the share of the other one") else first
    if frame.where and (frame.grain is not None or frame.trend):
        raise ValueError("a share over time of nothing told as a part")
    return None


def _only(marked: Sequence[Condition], values: Sequence[Filter]) -> Filter:
    """The values marked, where no others of their dimension narrow the whole."""
    told = [each for each in values if each == marked[0]]
    if len(marked) != 1 or len(told) != 1:
        raise ValueError("a share of what is told more than once")
    if sum(each.dimension == told[0].dimension for each in values) > 1:
        raise ValueError("a part and a whole of one kind")
    return told[0]


def _of_all_buckets(frame: Frame, phrase: Phrase) -> bool:
    """Whether each length of time is a part of all of them, told so."""
    places = phrase.places("whole_period")
    phrase.take(*(places if frame.grain is not None or frame.trend else ()))
    return bool(places)


def as_groups(told: Filter, by: list[Group], where: Sequence[Condition]) -> list[Condition]:
    """Group last by the dimension of the values whose share is asked for, which do not narrow what it is of."""
    group = Group(dimension=told.dimension)
    by[:] = [*(each for each in by if each != group), group]
    return [each for each in where if each != told]
