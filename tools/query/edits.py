"""What may stand in the place of each piece of a query, and what goes with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from tools.chart import CHART_WORDS, DrawnAs
from tools.edits import conditions, kinds
from tools.edits.piece import INSTEAD, OPPOSITE, Candidate, Edits, Piece, Sort, changed
from warehouse.query import Against, Having, Measure, Not, Order, Query, Versus
from warehouse.resolve import AGAINST_COLUMNS, VERSUS_COLUMNS, columns_of
from warehouse.text import Text
from warehouse.warehouse import Reading

PER = Text("每组", "Of each group")
# What may be drawn of buckets or none, and of so many groups.
CHARTS: Mapping[tuple[bool, int], tuple[DrawnAs, ...]] = {
    (True, 0): ("line", "bar", "table"),
    (True, 1): ("line", "stacked", "heatmap", "table"),
    (False, 1): ("bar", "pie", "table"),
    (False, 2): ("bar", "stacked", "heatmap", "table"),
}
LIMITS = (1, 3, 5, 10, 20, 50, 100)


def _mended(args: Query, fields: Mapping[str, Any], reading: Reading) -> Query | None:
    """The query with other fields, without what they leave hanging: an order by a column that is gone, and the like."""
    told: dict[str, Any] = {**dict(args), **_following(args, fields, reading), **fields}
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
    return changed(args, **{**fields, **mended})


def _following(args: Query, fields: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """What goes with a metric in another's place: ordered by it, and bounded by it where its unit is the same."""
    told: tuple[Measure, ...] = fields.get("metrics", args.metrics)
    if len(told) != len(args.metrics) or told == args.metrics:
        return {}
    old, new = next(pair for pair in zip(args.metrics, told, strict=True) if pair[0] != pair[1])
    plain = {old.show, new.show} <= {"value", "running", "moving", "mean", "median", "highest", "lowest"}
    units = {reading.model.metric(each.metric).unit for each in (old, new)}
    alike = plain and len(units) == 1
    having = [each for each in args.having if alike or _renamed(each.column, old, new) == each.column]
    order = args.order
    return {
        "having": tuple(Having(column=_renamed(each.column, old, new), bounds=each.bounds) for each in having),
        "order": order and Order(column=_renamed(order.column, old, new), descending=order.descending),
    }


def _renamed(column: str, old: Measure, new: Measure) -> str:
    further = {f"{old.column}_{name}": f"{new.column}_{name}" for name in AGAINST_COLUMNS}
    return {old.column: new.column, **further}.get(column, column)


def _bounds(piece: Piece) -> Iterator[Sort]:
    having, shown = piece.value, piece.reading.resolver.query(piece.args).shown
    metric = next((each for each in shown if having.column.startswith(each.column)), shown[0])
    ratio = having.column.endswith(("_growth", "_share", "_share_of_parent"))
    for title, found in conditions.by_bounds(having.bounds, piece.sought, "ratio" if ratio else metric.metric.unit):
        yield Sort(title, (Candidate((piece.put(changed(having, bounds=bounds)),), (name,)) for bounds, name in found))


def _kept(piece: Piece) -> Iterator[Sort]:
    for title, found in conditions.others(piece.value, piece.reading, piece.sought):
        tests = (each for each in found if not isinstance(each.condition, Not))
        yield Sort(title, (Candidate((piece.put(each.condition),), each.names) for each in tests))


def _orders(piece: Piece) -> Iterator[Sort]:
    order: Order = piece.value
    yield Sort(OPPOSITE, [Candidate((piece.put(changed(order, descending=not order.descending)),))])
    columns = columns_of(piece.reading.resolver.query(piece.args))
    orders = (Order(column=each, descending=order.descending) for each in columns)
    yield Sort(INSTEAD, (Candidate((piece.put(each),)) for each in orders))


def _limits(piece: Piece) -> Iterator[Sort]:
    yield from kinds.number(piece, LIMITS)
    groups = (None, *(each.column for each in piece.args.by))
    yield Sort(PER, [Candidate((piece.changed(limit_per=each),)) for each in groups])


def _charts(piece: Piece) -> Iterator[Sort]:
    """The charts for groups of that kind; what the rows do not fit is told beside the answer."""
    asked = piece.args
    drawn = CHARTS.get((asked.grain is not None, len(asked.by)), ("table",))
    yield Sort(INSTEAD, (Candidate((piece.put(each),), (*CHART_WORDS[each], each)) for each in drawn))


EDITS = Edits(
    ways={
        "metrics": kinds.metric,
        "period": kinds.period,
        "where": kinds.conditions,
        "grain": kinds.grain,
        "by": kinds.dimension,
        "compare": kinds.comparison,
        "having": _bounds,
        "keep": _kept,
        "order": _orders,
        "limit": _limits,
        "chart": _charts,
    },
    mended=_mended,
)
