"""What may stand in the place of each piece of a query, and the query without it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from tools.chart import CHART_WORDS, DrawnAs
from tools.edits import conditions, numbers
from tools.edits.conditions import INSTEAD, OPPOSITE, TYPED
from tools.edits.edit import Candidate, Sort, changed
from warehouse.days import Bucket
from warehouse.labels import BY_GRAIN
from warehouse.model import Words
from warehouse.query import Against, Filter, Group, Having, Measure, Not, Order, Query, Versus
from warehouse.resolve import AGAINST_COLUMNS, VERSUS_COLUMNS, about_customers, columns_of
from warehouse.resolved import Measurement
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

Field = Literal["metrics", "period", "where", "grain", "by", "compare", "having", "keep", "order", "limit", "chart"]
Plan = TypeVar("Plan", bound=Query)

SHOWN_AS = Text("看法", "Shown as")
BY = Text("按", "By")
PER = Text("每组", "Of each group")
WAYS: tuple[dict[str, Any], ...] = (
    {"show": "value"},
    {"show": "share"},
    {"show": "share_of_parent"},
    {"show": "running"},
    {"show": "moving", "n": 7},
    {"show": "mean", "over": "day"},
    {"show": "mean", "over": "month"},
    {"show": "median", "over": "day"},
    {"show": "median", "over": "customer"},
    {"show": "highest", "over": "day"},
    {"show": "lowest", "over": "day"},
)
# What may be drawn of buckets or none, and of so many groups.
CHARTS: Mapping[tuple[bool, int], tuple[DrawnAs, ...]] = {
    (True, 0): ("line", "bar", "table"),
    (True, 1): ("line", "stacked", "heatmap", "table"),
    (False, 1): ("bar", "pie", "table"),
    (False, 2): ("bar", "stacked", "heatmap", "table"),
}
LIMITS = (1, 3, 5, 10, 20, 50, 100)


class Place(NamedTuple):
    """Where a piece stands in a query."""

    field: Field
    at: int = 0


class Piece(NamedTuple):
    """A piece that is being changed: its place in which query, and what was typed to find others."""

    args: Query
    place: Place
    asked: Measurement
    reading: Reading
    sought: str


def places(asked: Measurement, *, drawn: bool) -> tuple[Place, ...]:
    """The place of each piece that is said of a query, in the order said; last the chart, where one was asked for."""
    query = asked.asked
    of_rows = [at for at in range(len(query.where)) if not about_customers(asked.where[at])]
    of_people = [at for at in range(len(query.where)) if about_customers(asked.where[at])]
    single: list[tuple[Field, object]] = [("order", query.order), ("limit", query.limit), ("chart", drawn or None)]
    return (
        *_each("metrics", query.metrics),
        Place("period"),
        *(Place("where", at) for at in (*of_rows, *of_people)),
        *([] if query.grain is None else [Place("grain")]),
        *_each("by", query.by),
        *([] if query.compare is None else [Place("compare")]),
        *_each("having", query.having),
        *_each("keep", query.keep),
        *(Place(field) for field, told in single if told is not None),
    )


def without(args: Plan, place: Place) -> Plan | None:
    """The query without a piece, and without what hangs on it; None where no query is left, or the same one.

    The usual order, which the first so many stand in, cannot be left out.
    """
    told = getattr(args, place.field)
    if told is None:
        return None
    rest = (*told[: place.at], *told[place.at + 1 :]) if isinstance(told, tuple) else None
    left = _mended(args, **{place.field: rest})
    return None if left == args else left


def _each(field: Field, told: tuple[object, ...]) -> Iterator[Place]:
    return (Place(field, at) for at in range(len(told)))


def _put(args: Plan, place: Place, part: object) -> Plan | None:
    """The query with another part in the place."""
    if part is None:
        return None
    told = getattr(args, place.field)
    return _mended(args, **{place.field: (*told[: place.at], part, *told[place.at + 1 :])})


def _mended(args: Plan, **fields: Any) -> Plan | None:
    """The query with other fields, without what they leave hanging: an order by a column that is gone, and the like."""
    told: dict[str, Any] = {**dict(args), **fields}
    groups, grain, compare = [each.column for each in told["by"]], told["grain"], told["compare"]
    if isinstance(compare, Versus) and compare.dimension not in groups:
        compare = None
    against, versus = isinstance(compare, Against), isinstance(compare, Versus)
    further = AGAINST_COLUMNS if against else VERSUS_COLUMNS if versus else ()
    shown = [each.column for each in told["metrics"]]
    measured = {*shown, *(f"{each}_{name}" for each in shown for name in further)}
    order = told["order"] if told["order"] and told["order"].column in {*groups, grain, *measured} else None
    per = told["limit_per"]
    cut, alone = bool(groups or grain), len(groups) == 1 and grain is None
    mended = {
        "compare": compare,
        "having": tuple(each for each in told["having"] if cut and each.column in measured),
        "keep": tuple(each for each in told["keep"] if each.dimension in groups),
        "order": order if cut else None,
        "limit": told["limit"] if cut and (per is None or (per in groups and not alone)) else None,
        "limit_per": per if per in groups and not alone and told["limit"] is not None else None,
    }
    return changed(args, **fields | mended)


def _periods(piece: Piece) -> Iterator[Sort]:
    for title, found in conditions.by_periods(piece.reading, piece.sought):
        yield Sort(title, (Candidate((_mended(piece.args, period=each.period),), each.names) for each in found))


def _conditions(piece: Piece) -> Iterator[Sort]:
    args, place = piece.args, piece.place
    for title, held in conditions.others(args.where[place.at], piece.reading, piece.sought):
        plans = ((_put(args, place, each.condition), each.names) for each in held)
        yield Sort(title, (Candidate((plan,), names) for plan, names in plans))


def _buckets(piece: Piece) -> Iterator[Sort]:
    plans = ((_mended(piece.args, grain=each), (*words, each)) for each, words in BY_GRAIN.items())
    yield Sort(BY, (Candidate((plan,), names) for plan, names in plans))


def _metrics(piece: Piece) -> Iterator[Sort]:
    args, at, reading = piece.args, piece.place.at, piece.reading
    old = args.metrics[at]

    def instead(name: str, words: Words) -> Candidate:
        ways = (changed(old, metric=name), Measure(metric=name))
        return Candidate(tuple(_measured(args, at, each, reading) for each in ways), (*words.zh, *words.en))

    metrics = reading.model.metrics.items()
    yield Sort(INSTEAD, (instead(name, each.words) for name, each in metrics if name != old.metric))
    ways = (Measure.model_validate({"metric": old.metric, **way}) for way in WAYS)
    yield Sort(SHOWN_AS, (Candidate((_measured(args, at, each, reading),)) for each in ways))


def _measured(args: Plan, at: int, new: Measure | None, reading: Reading) -> Plan | None:
    """The query with another metric in the place: ordered by it, too, and bounded by it where its unit is the same."""
    if new is None:
        return None
    old = args.metrics[at]
    plain = {old.show, new.show} <= {"value", "running", "moving", "mean", "median", "highest", "lowest"}
    units = {reading.model.metric(each.metric).unit for each in (old, new)}
    alike = plain and len(units) == 1
    having = [each for each in args.having if alike or _renamed(each.column, old, new) == each.column]
    order = args.order
    return _mended(
        args,
        metrics=(*args.metrics[:at], new, *args.metrics[at + 1 :]),
        having=tuple(Having(column=_renamed(each.column, old, new), bounds=each.bounds) for each in having),
        order=order and Order(column=_renamed(order.column, old, new), descending=order.descending),
    )


def _renamed(column: str, old: Measure, new: Measure) -> str:
    further = {f"{old.column}_{name}": f"{new.column}_{name}" for name in AGAINST_COLUMNS}
    return {old.column: new.column, **further}.get(column, column)


def _groups(piece: Piece) -> Iterator[Sort]:
    args, place = piece.args, piece.place
    old = args.by[place.at]
    lengths: list[Bucket] = [each for each in BY_GRAIN if each != "hour"]
    if old.grain is not None or old.since is not None:
        way = "grain" if old.grain is not None else "since"
        cut = [(each, Group.model_validate({"dimension": old.dimension, way: each})) for each in lengths]
        yield Sort(INSTEAD, [Candidate((_put(args, place, group),), (*BY_GRAIN[each], each)) for each, group in cut])
    dimensions = [*piece.reading.model.groupings, *TIME_PARTS.values()]
    yield Sort(
        BY,
        (
            Candidate((_put(args, place, Group(dimension=each.name)),), (*each.words.zh, *each.words.en))
            for each in dimensions
        ),
    )


def _comparisons(piece: Piece) -> Iterator[Sort]:
    args, reading = piece.args, piece.reading
    compare = args.compare
    if isinstance(compare, Against):
        ways = (Against(period="previous"), Against(period="year_earlier"))
        yield Sort(INSTEAD, [Candidate((_mended(args, compare=each),)) for each in ways])
    if isinstance(compare, Versus):
        swapped = changed(compare, first=compare.second, second=compare.first)
        yield Sort(OPPOSITE, [Candidate((_mended(args, compare=swapped),))])
        yield Sort(INSTEAD, _compared(args, compare, "second", reading))
        yield Sort(INSTEAD, _compared(args, compare, "first", reading))


def _compared(args: Plan, compare: Versus, side: str, reading: Reading) -> Iterator[Candidate]:
    for each in conditions.values_of(compare.dimension, reading):
        if isinstance(each.condition, Filter):
            other = changed(compare, **{side: each.condition.values[0]})
            yield Candidate((None if other is None else _mended(args, compare=other),), each.names)


def _bounds(piece: Piece) -> Iterator[Sort]:
    args, place, asked = piece.args, piece.place, piece.asked
    having = args.having[place.at]
    metric = next((each for each in asked.shown if having.column.startswith(each.column)), asked.shown[0])
    ratio = having.column.endswith(("_growth", "_share", "_share_of_parent"))
    for title, found in conditions.by_bounds(having.bounds, piece.sought, "ratio" if ratio else metric.metric.unit):
        plans = ((_put(args, place, changed(having, bounds=bounds)), name) for bounds, name in found)
        yield Sort(title, (Candidate((plan,), (name,)) for plan, name in plans))


def _kept(piece: Piece) -> Iterator[Sort]:
    args, place = piece.args, piece.place
    for title, found in conditions.others(args.keep[place.at], piece.reading, piece.sought):
        tests = (each for each in found if not isinstance(each.condition, Not))
        plans = ((_put(args, place, each.condition), each.names) for each in tests)
        yield Sort(title, (Candidate((plan,), names) for plan, names in plans))


def _orders(piece: Piece) -> Iterator[Sort]:
    args = piece.args
    order = args.order
    if order is None:
        return
    turned = changed(order, descending=not order.descending)
    yield Sort(OPPOSITE, [Candidate((_mended(args, order=turned),))])
    orders = (Order(column=each, descending=order.descending) for each in columns_of(piece.asked))
    yield Sort(INSTEAD, (Candidate((_mended(args, order=each),)) for each in orders))


def _limits(piece: Piece) -> Iterator[Sort]:
    args = piece.args
    told = numbers.typed(piece.sought)
    typed = [each for each in told if isinstance(each, int) and len(told) == 1]
    yield Sort(TYPED, [Candidate((_mended(args, limit=each),), (piece.sought,)) for each in typed])
    yield Sort(INSTEAD, [Candidate((_mended(args, limit=each),), (str(each),)) for each in LIMITS])
    groups = (None, *(each.column for each in args.by))
    yield Sort(PER, [Candidate((_mended(args, limit_per=each),)) for each in groups])


def _charts(piece: Piece) -> Iterator[Sort]:
    """The charts for groups of that kind; what the rows do not fit is told beside the answer."""
    asked = piece.asked
    kinds = CHARTS.get((asked.grain is not None, len(asked.by)), ("table",))
    drawn = ((changed(piece.args, chart=each), (*CHART_WORDS[each], each)) for each in kinds)
    yield Sort(INSTEAD, (Candidate((plan,), names) for plan, names in drawn))


OTHERS: Mapping[Field, Callable[[Piece], Iterator[Sort]]] = {
    "metrics": _metrics,
    "period": _periods,
    "where": _conditions,
    "grain": _buckets,
    "by": _groups,
    "compare": _comparisons,
    "having": _bounds,
    "keep": _kept,
    "order": _orders,
    "limit": _limits,
    "chart": _charts,
}


def others(piece: Piece) -> Iterator[Sort]:
    """Queries with something else in the place, by sort."""
    return OTHERS[piece.place.field](piece)
