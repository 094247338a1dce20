"""The series that a forecast learns from, through the same queries that answer questions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from tools.forecast.args import ForecastArgs
from tools.forecast.horizon import Horizon
from tools.tool import Context
from warehouse.days import buckets, unit_of, unit_start
from warehouse.errors import NotEnoughData, QueryError
from warehouse.period import Last
from warehouse.query import Filter, Group, Order, Query
from warehouse.resolved import Measurement, Shown
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

MOST_SERIES = 300


@dataclass(frozen=True)
class History:
    """One series a group, None where there are no groups: its values by bucket, None where a ratio had none.

    `groups` tells how many there are in all. `additive` series sum to the whole, in time (`adds_up`) or over groups.
    """

    asked: Measurement
    starts: tuple[datetime.date, ...]
    series: dict[Cell, list[float | None]]
    groups: int
    group: Column | None
    rows: int
    sql: tuple[str, ...]

    @property
    def shown(self) -> Shown:
        """The metric."""
        return self.asked.shown[0]

    @property
    def adds_up(self) -> bool:
        """Whether the metric of a whole is the sum of its parts', of days as of groups."""
        return is_additive(self.shown)


def is_additive(shown: Shown) -> bool:
    """Whether a metric is a sum or count over rows, or adds and takes off such ones."""
    nodes = [] if shown.metric.formula is None else list(shown.metric.formula.walk())
    linear = all(isinstance(each, exp.Add | exp.Sub | exp.Paren | exp.Column | exp.Identifier) for each in nodes)
    return linear and all(each.route.additive for each in shown.leaves)


def query(args: ForecastArgs) -> Query:
    """The history as a question of its own."""
    by = () if args.by is None else (args.by,)
    return Query(metrics=(args.metric,), by=by, grain=args.grain, period=_period(args), where=args.where)


def read(args: ForecastArgs, horizon: Horizon, context: Context) -> History:
    """All of the history's whole buckets, of at most 300 groups, those where the metric is greatest."""
    context.begin(Text("读取历史", "reading the past"))
    reading = context.reading
    told, groups, sqls = query(args), 1, []
    if args.by is not None:
        largest, sql = _largest(args, args.by, context)
        groups = largest.row_count
        sqls.append(sql)
        if largest.truncated and args.by.grain is not None:
            raise _too_many(groups)
        if largest.truncated:
            kept = Filter(dimension=args.by.dimension, values=tuple(str(row[0]) for row in largest.rows if row[0]))
            told = told.model_copy(update={"keep": (kept,)})
    asked = reading.resolver.query(told)
    found = reading.read(reading.compiler.measurement(asked), limit=None, stop=context.stop)
    starts = _whole_buckets(asked, horizon)
    if not starts:
        raise _nothing(asked)
    series = _series(found.table, starts, grouped=args.by is not None)
    group = found.table.columns[1] if args.by is not None else None
    return History(asked, starts, series, groups, group, found.table.row_count, (*sqls, found.sql))


def _period(args: ForecastArgs) -> Last | None:
    return None if args.history is None else Last(n=args.history, unit="day")


def _largest(args: ForecastArgs, by: Group, context: Context) -> tuple[Table, str]:
    ranked = Query(
        metrics=(args.metric,), by=(by,), period=_period(args), where=args.where, order=Order(column=args.metric.column)
    )
    compiled = context.reading.compiler.measurement(context.reading.resolver.query(ranked))
    found = context.reading.read(compiled, limit=MOST_SERIES, stop=context.stop)
    return found.table, found.sql


def _whole_buckets(asked: Measurement, horizon: Horizon) -> tuple[datetime.date, ...]:
    """Those that the period holds all days of, up to the one that is not finished."""
    span, grain = asked.window.span, horizon.grain
    if unit_start(span.start, grain) != span.start:
        span = span._replace(start=unit_of(span.start, grain).end + datetime.timedelta(1))
    if span.end < span.start:
        return ()
    return tuple(each for each in buckets(span, grain) if unit_of(each, grain).end <= span.end)


def _series(table: Table, starts: Sequence[datetime.date], *, grouped: bool) -> dict[Cell, list[float | None]]:
    at = {each: place for place, each in enumerate(starts)}
    series: dict[Cell, list[float | None]] = {}
    for row in table.rows:
        values = series.setdefault(row[1] if grouped else None, [None] * len(starts))
        place, value = at.get(_day(row[0])), row[-1]
        if place is not None and isinstance(value, int | float | Decimal):
            values[place] = float(value)
    return series


def _day(cell: Cell) -> datetime.date:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    raise TypeError(f"not a day: {cell!r}")


def _too_many(groups: int) -> QueryError:
    return QueryError(
        Text(
            f"这样有 {groups:,} 组，最多预测 {MOST_SERIES} 组。",
            f"That makes {groups:,} groups; at most {MOST_SERIES} are forecast.",
        ),
        Text("请按更长的时段分组，或换一个维度。", "Group by longer buckets, or by another dimension."),
    )


def _nothing(asked: Measurement) -> NotEnoughData:
    span = asked.window.span
    return NotEnoughData(
        Text(
            f"{span.start} 至 {span.end} 没有一个完整的时段。", f"No whole bucket lies in {span.start} to {span.end}."
        ),
        Text("请用更长的历史，或更短的时段。", "Take a longer history, or shorter buckets."),
    )
