"""Example questions, made of what the model has, so that every one of them is answered."""

from collections.abc import Iterator

from agent.planner import Call
from tools.audience import AudienceArgs
from tools.query.tool import QueryArgs
from tools.registry import tool
from warehouse.days import Grain
from warehouse.period import Last, Period, Relative
from warehouse.query import Condition, Did, Filter, Group, Measure, Not, Segment, plain
from warehouse.text import Text
from warehouse.warehouse import Reading

WEEK = Last(n=7, unit="day")
MONTH = Last(n=30, unit="day")
THIS_MONTH = Relative(unit="month", offset=0)
THIS_YEAR = Relative(unit="year", offset=0)


def examples(reading: Reading) -> tuple[Text, ...]:
    """Up to six whole questions: people, a number, a trend, and the metrics by what they can be cut by."""
    return tuple(said(call, reading) for call in [*_people(reading), *_metrics(reading)][:6])


def crowds(reading: Reading) -> Iterator[tuple[Condition, ...]]:
    """Customers told in a few ways: by what they did lately, what they are, a segment of the model's."""
    for behaviour in list(reading.model.behaviours)[:1]:
        yield (Did(behaviour=behaviour, period=MONTH),)
    if told := _one_value(reading):
        yield told
    lately = (each.name for each in reading.model.segments.values() if each.taken != "at_end")
    yield from ((Segment(segment=each, period=MONTH),) for each in list(lately)[:1])


def said(call: Call, reading: Reading) -> Text:
    """A call as the question that gives it."""
    chosen = tool(call.tool)
    return chosen.say(chosen.Args.model_validate(call.args), reading)


def _people(reading: Reading) -> Iterator[Call]:
    behaviours = list(reading.model.behaviours.values())
    if not behaviours:
        return
    done = behaviours[0]
    others = [each for each in behaviours if each.source != done.source][:1]
    did, *undone = (Did(behaviour=each.name, period=WEEK) for each in (done, *others))
    where: tuple[Condition, ...] = (did, *(Not(not_=each) for each in undone), *_one_value(reading))
    yield _call("audience", AudienceArgs(where=where))


def _one_value(reading: Reading) -> tuple[Filter, ...]:
    for dimension in reading.model.groupings:
        if reading.resolver.about_people(dimension) and dimension.values:
            return (Filter(dimension=dimension.name, values=(next(iter(dimension.values)),)),)
    return ()


def _metrics(reading: Reading) -> Iterator[Call]:
    shapes: list[tuple[Period, Grain | None, bool]] = [
        (THIS_MONTH, None, True),
        (MONTH, "day", False),
        (WEEK, None, False),
        (THIS_YEAR, "month", False),
        (MONTH, None, True),
    ]
    for metric, (period, grain, cut) in zip(_cycled(reading), shapes, strict=False):
        tied = [
            each.name for each in reading.model.groupings if reading.resolver.tied([reading.model.metric(metric)], each)
        ]
        by = tuple(Group(dimension=each) for each in tied[:1]) if cut else ()
        yield _call("query", QueryArgs(metrics=(Measure(metric=metric),), period=period, grain=grain, by=by))


def _cycled(reading: Reading) -> list[str]:
    names = list(reading.model.metrics)
    return [names[place % len(names)] for place in range(5)]


def _call(name: str, args: QueryArgs | AudienceArgs) -> Call:
    return Call(name, plain(args))
