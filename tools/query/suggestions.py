"""Plain queries to go on with, each of them one that a planner without a language model reads back."""

from collections.abc import Iterator

from warehouse.days import Grain
from warehouse.errors import QueryError
from warehouse.period import Last
from warehouse.query import Condition, Filter, Group, Measure, Query, Ranged
from warehouse.resolved import Measurement
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

MOST_SUGGESTIONS = 3
A_MONTH = Last(n=30, unit="day")
A_QUARTER_YEAR = 92  # days; longer trends are suggested by month


def suggestions(args: Query, asked: Measurement, reading: Reading) -> tuple[Query, ...]:
    """The metrics cut in other ways that they have, of all where they were filtered, over a month."""
    mine = Query(**{name: getattr(args, name) for name in Query.model_fields})
    found = dict.fromkeys(each for each in _variants(mine, asked, reading) if each != mine and _answered(each, reading))
    return tuple(found)[:MOST_SUGGESTIONS]


def _variants(args: Query, asked: Measurement, reading: Reading) -> Iterator[Query]:
    timed = all(leaf.route.at is not None for shown in asked.shown for leaf in shown.leaves)
    simple = all(each == Measure(metric=each.metric) for each in args.metrics)
    metrics = args.metrics if simple else (Measure(metric=args.metrics[0].metric),)
    everything = Query(metrics=metrics, period=args.period if timed else None)
    readable = all(_is_plain(each, reading) for each in args.where)
    plain = everything.model_copy(update={"where": args.where if readable else ()})
    for grain in _trends(asked) if timed else []:
        yield plain.model_copy(update={"grain": grain})
    filtered = {each.dimension for each in plain.where if isinstance(each, Filter | Ranged)}
    for dimension in reading.model.groupings:
        if dimension.name not in filtered:
            yield plain.model_copy(update={"by": (Group(dimension=dimension.name),)})
    yield everything
    if timed:
        yield plain.model_copy(update={"period": A_MONTH, "grain": "day"})


def _trends(asked: Measurement) -> list[Grain]:
    days = asked.window.span.days
    return ["month"] if days > A_QUARTER_YEAR else ["day"] if days > 1 else []


def _is_plain(condition: Condition, reading: Reading) -> bool:
    """Whether it is one value, or years of birth."""
    match condition:
        case Filter(op="in", values=(_,)):
            return condition.dimension not in TIME_PARTS
        case Ranged() if condition.dimension not in TIME_PARTS:
            born = reading.model.dimension(condition.dimension).kind == "birth_year"
            return born and condition.bounds.at_least is not None and condition.bounds.at_most is not None
        case _:
            return False


def _answered(query: Query, reading: Reading) -> bool:
    try:
        reading.resolver.query(query)
    except QueryError:
        return False
    return True
