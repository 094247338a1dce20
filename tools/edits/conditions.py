"""Other conditions in the place of one: its opposite, other values, numbers and periods, other things done."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tools.edits import numbers, periods
from tools.edits.piece import INSTEAD, OPPOSITE, TYPED, changed
from warehouse.model import Dimension, Words
from warehouse.query import (
    All,
    Any_,
    Bounds,
    Condition,
    Dated,
    Did,
    Filter,
    Not,
    Ranged,
    Segment,
    Total,
)
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

ALSO = Text("再加上", "Or also")
FEWER = Text("去掉其中", "Leave out")
WHEN = Text("时间", "Period")
AHEAD = Text("今后", "Ahead")
OTHER_TIMES = Text("其他时间", "Other periods")
COMPARED = Text("比较", "Compared")
TIMES = Text("次数", "How often")
MEMBERS = Text("同时满足或任一满足", "All or any")
GENERATIONS = ((1970, 1979), (1980, 1989), (1990, 1999), (2000, 2009), (1985, 1989), (1995, 1999), (2005, 2009))
SEVERAL_TIMES = (2, 3, 5)
TEXT_TESTS = ("contains", "starts", "ends")


class Another(NamedTuple):
    """A condition that may stand in the place, and what it is called."""

    condition: Condition | None
    names: tuple[str, ...] = ()


Sorts = Iterator[tuple[Text, Iterable[Another]]]


def others(condition: Condition, reading: Reading, sought: str) -> Sorts:
    """What may stand in the place of a condition, by sort; whether the plan carries it is for the resolver to say."""
    match condition:
        case Not():
            yield OPPOSITE, [Another(condition.not_)]
            for title, found in _plain(condition.not_, reading, sought):
                yield title, (Another(_negated(each.condition), each.names) for each in found)
        case _:
            yield OPPOSITE, [Another(_negated(condition))]
            yield from _plain(condition, reading, sought)


def by_periods(reading: Reading, sought: str) -> Iterator[tuple[Text, Iterator[periods.Named]]]:
    """Other periods, by sort."""
    yield TYPED, periods.typed(sought, reading)
    yield WHEN, periods.usual(reading)
    yield AHEAD, periods.ahead(reading)
    yield OTHER_TIMES, periods.of_calendar(reading)


def by_bounds(bounds: Bounds, sought: str, unit: str | None) -> Iterator[tuple[Text, Iterator[tuple[Bounds, str]]]]:
    """Other bounds, by sort, each with what it is called."""
    yield TYPED, ((each, sought) for each in numbers.with_numbers(bounds, sought, unit))
    yield COMPARED, ((each, "") for each in numbers.compared_otherwise(bounds))


def values_of(dimension: str, reading: Reading) -> list[Another]:
    """A filter by each value of a dimension of words, called by its translations too."""
    known = TIME_PARTS.get(dimension) or reading.model.dimension(dimension)
    values = known.bands or reading.values.get(dimension) or tuple(known.values)
    return [Another(Filter(dimension=dimension, values=(value,)), _called(known, value)) for value in values]


def _plain(condition: Condition, reading: Reading, sought: str) -> Sorts:
    match condition:
        case Filter(op="in"):
            yield from _values(condition, reading)
        case Filter():
            yield from _texts(condition, sought)
        case Ranged():
            yield from _ranges(condition, reading, sought)
        case Dated() | Segment():
            yield from _segments(condition, reading)
            yield from _timed(condition, reading, sought)
        case Did():
            yield from _deeds(condition, reading)
            yield from _timed(condition, reading, sought)
            yield from _times(condition, sought)
        case Total():
            unit = reading.model.metric(condition.metric).unit
            for title, bounds in by_bounds(condition.bounds, sought, unit):
                yield title, (Another(changed(condition, bounds=each), (name,)) for each, name in bounds)
            yield from _timed(condition, reading, sought)
        case All():
            yield MEMBERS, [Another(Any_(any=condition.all))]
        case Any_():
            yield MEMBERS, [Another(All(all=condition.any))]


def _negated(condition: Condition | None) -> Condition | None:
    return None if condition is None or isinstance(condition, Not) else Not(not_=condition)


def _values(condition: Filter, reading: Reading) -> Sorts:
    told, known = condition.values, values_of(condition.dimension, reading)
    if len(told) > 1:
        fewer = (tuple(each for each in told if each != value) for value in told)
        yield FEWER, [Another(changed(condition, values=values), values) for values in fewer]
    yield INSTEAD, known
    more = ((each, each.condition.values) for each in known if isinstance(each.condition, Filter))
    yield ALSO, (Another(changed(condition, values=(*told, *values)), each.names) for each, values in more)


def _texts(condition: Filter, sought: str) -> Sorts:
    if condition.op != "missing":
        yield TYPED, [Another(changed(condition, values=(sought.strip(),)), (sought,))] if sought.strip() else []
        yield COMPARED, [Another(changed(condition, op=each), (each,)) for each in TEXT_TESTS]


def _ranges(condition: Ranged, reading: Reading, sought: str) -> Sorts:
    dimension = TIME_PARTS.get(condition.dimension) or reading.model.dimension(condition.dimension)
    if dimension.kind == "birth_year":
        born = ((Bounds(at_least=first, at_most=last), f"{first % 100:02d}后") for first, last in GENERATIONS)
        yield INSTEAD, [Another(changed(condition, bounds=bounds), (name,)) for bounds, name in born]
    for title, found in by_bounds(condition.bounds, sought, dimension.unit):
        yield title, [Another(changed(condition, bounds=bounds), (name,)) for bounds, name in found]


def _segments(condition: Dated | Segment, reading: Reading) -> Sorts:
    if isinstance(condition, Segment):
        known = reading.model.segments.items()
        yield INSTEAD, [Another(changed(condition, segment=name), _surfaces(each.words)) for name, each in known]


def _deeds(condition: Did, reading: Reading) -> Sorts:
    known = reading.model.behaviours.items()
    yield (
        INSTEAD,
        [
            Another(changed(condition, behaviour=name), (*_surfaces(each.words), *_surfaces(each.negated)))
            for name, each in known
        ],
    )


def _times(condition: Did, sought: str) -> Sorts:
    told = numbers.typed(sought)
    typed = [each for each in told if isinstance(each, int) and each > 0 and len(told) == 1]
    counts = [(each, (sought,)) for each in typed] or [(each, (str(each),)) for each in SEVERAL_TIMES]
    plain: dict[str, None] = {"days": None, "in_a_row": None, "times": None}
    several = [Another(changed(condition, **plain | {"times": Bounds(at_least=n)}), names) for n, names in counts]
    yield TIMES, [Another(changed(condition, **plain)), *several]


def _timed(condition: Dated | Did | Segment | Total, reading: Reading, sought: str) -> Sorts:
    for title, found in by_periods(reading, sought):
        yield title, (Another(changed(condition, period=each.period), each.names) for each in found)


def _called(dimension: Dimension, value: str) -> tuple[str, ...]:
    words = dimension.values.get(value)
    return (value,) if words is None else (value, *_surfaces(words))


def _surfaces(words: Words) -> tuple[str, ...]:
    return (*words.label, *words.zh, *words.en)
