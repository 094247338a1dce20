"""The conditions of a plan, and those that a question after it puts in their place, beside them, or takes away."""

from collections.abc import Sequence

from warehouse.model import SemanticModel
from warehouse.query import (
    All,
    Any_,
    Attribute,
    Condition,
    Dated,
    Did,
    Filter,
    Not,
    Ranged,
    Segment,
    Total,
)
from warehouse.timepart import TIME_PARTS

AGE = "age"


def replaced(old: Sequence[Condition], new: Sequence[Condition], model: SemanticModel) -> tuple[Condition, ...] | None:
    """New conditions in the place of those on the same thing, else behind; None where several could be meant."""
    found = list(old)
    taken: set[int] = set()
    for each in new:
        places = [at for at, held in enumerate(old) if at not in taken and _alike(held, each, model)]
        same = [at for at in places if isinstance(old[at], Not) == isinstance(each, Not)]
        places = same or places
        if _deed(each) is not None and len(places) > 1:
            return None
        if not places:
            found.append(each)
            continue
        taken |= set(places)
        for at in places:
            found[at] = _in_its_window(each, old[at])
    return tuple(dict.fromkeys(found))


def narrowed(
    old: Sequence[Condition], new: Sequence[Condition], model: SemanticModel, *, lifts: bool
) -> tuple[Condition, ...] | None:
    """What is left out is left out of what was asked; all else stands in the place of what is on the same thing."""
    left_out = [each for each in new if positive(each) != each]
    kept = without(old, list(map(positive, left_out)), lifts=lifts)
    return None if kept is None else replaced(kept, [each for each in new if each not in left_out], model)


def positive(condition: Condition) -> Condition:
    """What is to be taken away: the value, where a word that leaves out has made it one that is left out."""
    return condition.not_ if isinstance(condition, Not) and is_filter(condition) else condition


def without(old: Sequence[Condition], gone: Sequence[Condition], *, lifts: bool) -> tuple[Condition, ...] | None:
    """The conditions without what is taken away: one that is asked is no more, of a list a value less, else excluded.

    Where the words do not say that it `lifts` what is asked, but asks for the opposite, nothing would be left: None.
    """
    found = list(old)
    for each in gone:
        if each in found:
            if not lifts:
                return None
            found.remove(each)
        elif isinstance(each, Filter) and each.op == "in":
            left = _left_out(found, each)
            if left is None:
                return None
            found = left
        else:
            found.append(each.not_ if isinstance(each, Not) else Not(not_=each))
    return tuple(dict.fromkeys(found))


def _left_out(old: Sequence[Condition], gone: Filter) -> list[Condition] | None:
    for at, held in enumerate(old):
        inner = held.not_ if isinstance(held, Not) else held
        if not isinstance(inner, Filter) or (inner.dimension, inner.op) != (gone.dimension, "in"):
            continue
        if isinstance(held, Not):
            values = tuple(dict.fromkeys((*inner.values, *gone.values)))
            return [*old[:at], Not(not_=inner.model_copy(update={"values": values})), *old[at + 1 :]]
        rest = tuple(each for each in inner.values if each not in gone.values)
        if not rest or len(rest) + len(gone.values) > len(inner.values):
            return None
        return [*old[:at], inner.model_copy(update={"values": rest}), *old[at + 1 :]]
    return [*old, Not(not_=gone)]


def united(old: Sequence[Condition], more: Sequence[Condition]) -> tuple[Condition, ...] | None:
    """The conditions with more values beside those of the same dimension; None where it is not limited to any."""
    found = list(old)
    for each in more:
        places = [
            at
            for at, held in enumerate(found)
            if isinstance(each, Filter) and isinstance(held, Filter)
            if (held.dimension, held.op, each.op) == (each.dimension, "in", "in")
        ]
        if not places or not isinstance(each, Filter):
            return None
        held = found[places[0]]
        values = tuple(dict.fromkeys((*getattr(held, "values", ()), *each.values)))
        found[places[0]] = each.model_copy(update={"values": values})
    return tuple(found)


def dimensions(condition: Condition) -> frozenset[str]:
    """The dimensions that a condition on rows is on; none of one on what was done."""
    match condition:
        case Filter() | Ranged() | Dated():
            return frozenset({condition.dimension})
        case Not():
            return dimensions(condition.not_)
        case Any_(any=parts) | All(all=parts):
            return frozenset(name for each in parts for name in dimensions(each))
        case _:
            return frozenset()


def _alike(old: Condition, new: Condition, model: SemanticModel) -> bool:
    """Whether a new condition is on the same thing as an old one: a step of the same ladder, an age, a behaviour."""
    deed = _deed(new)
    if deed is not None or _deed(old) is not None:
        return deed == _deed(old)
    told, held = dimensions(new), dimensions(old)
    if len(told) != 1 or len(held) != 1:
        return old == new
    first, second = next(iter(told)), next(iter(held))
    if isinstance(new, Not) or isinstance(old, Not):
        return first == second
    return _topic(first, model) == _topic(second, model)


def _deed(condition: Condition) -> str | None:
    match condition:
        case Did(behaviour=name):
            return f"did {name}"
        case Total(metric=name):
            return f"total {name}"
        case Segment():
            return "segment"
        case Not():
            return _deed(condition.not_)
        case _:
            return None


def _topic(name: str, model: SemanticModel) -> str:
    """The top of the ladder that a dimension stands on; birth and age are both how old people are."""
    if name in TIME_PARTS or name not in model.dimensions:
        return name
    dimension = model.dimension(name)
    if dimension.kind == "birth_year" or dimension.unit == "years":
        return AGE
    return name if dimension.within is None else _topic(dimension.within, model)


def _in_its_window(new: Condition, old: Condition) -> Condition:
    """What stands in the place of something done, in its window where it tells none."""
    window = getattr(_inner(old), "period", None)
    untold = _deed(new) is not None and getattr(_inner(new), "period", None) is None
    return _moved(new, window) if untold and window is not None else new


def done_otherwise(old: Sequence[Condition], new: Sequence[Condition]) -> bool:
    """Whether something done before is told again, of another thing or as not done to it: both may be meant to hold."""
    return any(_otherwise(held, each) for held in old for each in new)


def _otherwise(held: Condition, told: Condition) -> bool:
    before, then = _inner(held), _inner(told)
    if not isinstance(before, Did) or not isinstance(then, Did) or before.behaviour != then.behaviour:
        return False
    denied = isinstance(told, Not) != isinstance(held, Not)
    return bool(then.where) and then.where != before.where and (denied or bool(before.where))


def done_to(conditions: Sequence[Condition]) -> tuple[Attribute, ...]:
    """What something was done to, where that is told once, or alike of all that was done."""
    told = {each.where for each in map(_inner, conditions) if isinstance(each, Did) and each.where}
    return told.pop() if len(told) == 1 else ()


def windows(conditions: Sequence[Condition]) -> set[object]:
    """The windows told of what was done."""
    deeds = [each for each in map(_inner, conditions) if isinstance(each, Did | Total | Segment)]
    return {each.period for each in deeds if each.period is not None}


def becoming(condition: Condition, model: SemanticModel) -> bool:
    """Whether something done is becoming a customer, whose time does not bound what was done later."""
    inner = _inner(condition)
    return isinstance(inner, Did) and model.behaviour(inner.behaviour).source == model.customer.source


def within(conditions: Sequence[Condition], window: object, model: SemanticModel) -> list[Condition]:
    """The conditions with a window for what tells none; a state that people are in is one of the day asked."""
    return [_moved(each, window) if _untimed(each, model) else each for each in conditions]


def along(conditions: Sequence[Condition], old: object, new: object, model: SemanticModel) -> tuple[Condition, ...]:
    """The conditions as the period asked becomes another: who is new in it are others then."""
    return tuple(_moved(each, new) if of_those_days(each, old, model) else each for each in conditions)


def moved(conditions: Sequence[Condition], window: object) -> tuple[Condition, ...] | None:
    """The conditions in another window; None where several tell their own, or none does and there are several."""
    deeds = [each for each in conditions if _deed(each) is not None]
    timed = [each for each in deeds if getattr(_inner(each), "period", None) is not None]
    told = timed or deeds
    if not told or len({getattr(_inner(each), "period", None) for each in timed}) > 1 or (not timed and len(deeds) > 1):
        return None
    return tuple(_moved(each, window) if each in told else each for each in conditions)


def _inner(condition: Condition) -> Condition:
    return condition.not_ if isinstance(condition, Not) else condition


def _untimed(condition: Condition, model: SemanticModel) -> bool:
    inner = _inner(condition)
    if isinstance(inner, Segment):
        return inner.period is None and model.segment(inner.segment).taken != "at_end"
    return isinstance(inner, Did | Total) and inner.period is None


def of_those_days(condition: Condition, days: object, model: SemanticModel) -> bool:
    """Whether a condition is who is new, or the like, in those days."""
    inner = _inner(condition)
    if not isinstance(inner, Segment) or model.segment(inner.segment).taken == "at_end":
        return False
    return inner.period == days


def _moved(condition: Condition, window: object) -> Condition:
    if isinstance(condition, Not):
        return Not(not_=_moved(condition.not_, window))
    return condition.model_copy(update={"period": window})


def is_filter(condition: Condition) -> bool:
    """Whether a condition is a test of rows, or of one of them its opposite."""
    return isinstance(_inner(condition), Attribute)
