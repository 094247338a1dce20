"""Plain queries to go on with, of the same rows."""

from collections.abc import Iterator

from warehouse.days import Grain
from warehouse.errors import QueryError
from warehouse.period import Last
from warehouse.query import Filter, Group, Measure, Query, Ranged
from warehouse.resolved import Measurement
from warehouse.warehouse import Reading

MOST_SUGGESTIONS = 6  # of which those are offered that a planner reads back
A_MONTH = Last(n=30, unit="day")
A_QUARTER_YEAR = 92  # days; longer trends are suggested by month


def suggestions(args: Query, asked: Measurement, reading: Reading) -> tuple[Query, ...]:
    """The metrics cut in other ways that they have, of all together, over a month; under the same conditions."""
    mine = Query(**{name: getattr(args, name) for name in Query.model_fields})
    found = dict.fromkeys(each for each in _variants(mine, asked, reading) if each != mine and _answered(each, reading))
    return tuple(found)[:MOST_SUGGESTIONS]


def _variants(args: Query, asked: Measurement, reading: Reading) -> Iterator[Query]:
    timed = all(leaf.route.at is not None for shown in asked.shown for leaf in shown.leaves)
    simple = all(each == Measure(metric=each.metric) for each in args.metrics)
    metrics = args.metrics if simple else (Measure(metric=args.metrics[0].metric),)
    plain = Query(metrics=metrics, period=args.period if timed else None, where=args.where)
    for grain in _trends(asked) if timed else []:
        yield plain.model_copy(update={"grain": grain})
    filtered = {each.dimension for each in plain.where if isinstance(each, Filter | Ranged)}
    for dimension in reading.model.groupings:
        if dimension.name not in filtered:
            yield plain.model_copy(update={"by": (Group(dimension=dimension.name),)})
    yield plain
    if timed:
        yield plain.model_copy(update={"period": A_MONTH, "grain": "day"})


def _trends(asked: Measurement) -> list[Grain]:
    days = asked.window.span.days
    return ["month"] if days > A_QUARTER_YEAR else ["day"] if days > 1 else []


def _answered(query: Query, reading: Reading) -> bool:
    try:
        reading.resolver.query(query)
    except QueryError:
        return False
    return True
